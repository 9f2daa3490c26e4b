import contextlib
import itertools
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodoffices.case import (
    Case,
    Issue,
    Probability,
    Value,
    Weight,
    apply_scenario,
    check,
    dump_case,
    parse_case,
    read_case,
    save_case,
    select,
    starter,
    voices,
)
from goodoffices.case._plain import plain
from goodoffices.case._write import document
from goodoffices.case._yaml import read, resolve
from goodoffices.case.evidence import SourceText, normal
from goodoffices.case.phrases import ALIASES, READERS
from goodoffices.errors import CaseError, CaseFileError, ScenarioError
from tests.case.cases import SMALL
from tests.case.strategies import ANYTHING, cases, data, spans, texts

STARTER = starter()


def said(case: Case) -> str:
    """Everything that a case says, its order included."""
    return repr(plain(case))


@given(cases())
def test_reading_a_written_case_gives_the_same_case(case: Case) -> None:
    again = parse_case(dump_case(case))
    assert again == case
    assert said(again) == said(case)


@given(cases())
def test_writing_a_case_again_gives_the_same_text(case: Case) -> None:
    text = dump_case(case)
    assert dump_case(parse_case(text)) == text


@given(cases(), cases())
def test_a_case_saved_over_another_reads_back_equal(before: Case, after: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        save_case(before, path)
        save_case(after, path)
        again = read_case(path, checked=False)
        assert os.listdir(folder) == ["case.yaml"]
    assert again == after
    assert said(again) == said(after)


@given(cases())
def test_a_case_saved_over_itself_leaves_every_byte(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(SMALL, encoding="utf-8")
        save_case(case, path)
        before = path.read_bytes()
        save_case(read_case(path, checked=False), path)
        assert path.read_bytes() == before


def shared(one: list[str], other: list[str]) -> int:
    """Count the lines with which both begin."""
    pairs = zip(one, other, strict=False)
    return len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))


def spots(case: Case) -> list[tuple[str, str]]:
    """Every position of a case."""
    return [(actor, issue) for actor, row in case.positions.items() for issue in row]


@given(
    st.sampled_from([SMALL, STARTER]),
    st.integers(0, 100),
    spans(0, 100).map(Weight.parse),
    texts().map(lambda text: text or "team: nothing"),
)
def test_changing_one_position_leaves_every_other_line_and_every_remark(
    text: str, which: int, weight: Weight, assumed: str
) -> None:
    case = parse_case(text)
    actor, issue = spots(case)[which % len(spots(case))]
    position = case.positions[actor][issue].model_copy(
        update={"weight": weight, "assumed": assumed}
    )
    row = {**case.positions[actor], issue: position}
    after = case.model_copy(update={"positions": {**case.positions, actor: row}})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(text, encoding="utf-8")
        save_case(after, path)
        assert read_case(path, checked=False) == after
        new = path.read_text(encoding="utf-8")
    lines, changed = text.split("\n"), new.split("\n")
    same = shared(lines, changed)
    rest = shared(lines[same:][::-1], changed[same:][::-1])
    # A position takes eight lines at most in these files.
    assert len(lines) - same - rest <= 8
    assert re.findall("#.*", text) == [mark for mark in re.findall("#.*", new) if mark in text]


@given(data())
def test_any_case_can_be_checked(raw: dict[str, Any]) -> None:
    case = parse_case(document(raw))
    faults = check(case)
    assert faults == check(case)
    assert all(fault.what and "\n" not in str(fault) for fault in faults)


@given(cases())
def test_every_party_is_heard_or_unheard(case: Case) -> None:
    heard = voices(case)
    assert set(heard.spoken) == set(case.parties)
    assert set(heard.unheard) == {party for party, count in heard.spoken.items() if count == 0}
    claims = [claim for claim in case.claims.values() if claim.class_ != "assumption"]
    assert sum(heard.spoken.values()) + heard.others == len(claims)
    assert heard.neutral <= len(claims)


@given(cases())
def test_a_scenario_fits_or_says_why_not(case: Case) -> None:
    for name in case.scenarios:
        with contextlib.suppress(ScenarioError):
            assert apply_scenario(case, name).scenarios == {}


@given(cases())
def test_a_scenario_that_changes_nothing_gives_the_same_case(case: Case) -> None:
    raw = plain(case) | {"scenarios": {"same": {"name": "x"}}}
    found = apply_scenario(parse_case(document(raw)), "same")
    assert found == case.model_copy(update={"scenarios": {}})


@given(st.dictionaries(texts(), ANYTHING, max_size=4))
def test_reading_written_data_gives_the_same_data(raw: dict[str, Any]) -> None:
    assert repr(read(document(raw)).data) == repr(raw)


@given(st.text(max_size=200) | st.text("abc:-?[]{}#&*!|>'\"%@` \n\t\\,0.~<=", max_size=60))
@example("? ")
@example("- - ? -")
@example("&a\n*a")
@example('"\\')
@example("--- >+\n\n...")
@example("!<")
@example("%TAG")
@example("{? a")
def test_any_text_is_data_or_a_case_file_error(text: str) -> None:
    with contextlib.suppress(CaseFileError):
        tree = read(text)
        assert () in tree.places or tree.data is None


@given(
    st.integers(0, len(STARTER)),
    st.integers(0, 30),
    st.sampled_from(["", ":", "\n", " ", "-", "[", "{", "'", '"', "#", "&a", "*a", "!", "|", "\t"])
    | st.text(max_size=3),
)
def test_a_damaged_file_is_a_case_or_a_case_error(at: int, length: int, text: str) -> None:
    with contextlib.suppress(CaseError):
        check(parse_case(STARTER[:at] + text + STARTER[at + length :]))


@given(st.text(max_size=60))
def test_normal_text_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


WORDS = st.text("ab “”’'-–— ", min_size=1, max_size=12).filter(str.strip)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_a_quote_cut_from_a_source_is_found_in_its_paragraph(
    blocks: list[str], draw: st.DataObject
) -> None:
    source = SourceText.of("\n\n".join(blocks))
    number = draw.draw(st.integers(1, len(blocks)))
    block = normal(blocks[number - 1])
    if not block:
        return
    start = draw.draw(st.integers(0, len(block) - 1))
    end = draw.draw(st.integers(start + 1, len(block)))
    quote = normal(block[start:end])
    if quote:
        assert source.begins_in(quote, number)
        found = source.paragraph_of(quote)
        assert found is not None
        assert found <= number


@given(st.integers(-50, 50), st.integers(1, 12), st.sampled_from([0.1, 0.25, 0.5, 1, 3]))
def test_the_choices_of_a_numeric_issue_part_its_options(low: int, span: int, step: float) -> None:
    if span < step:
        return
    issue = Issue(name="x", range=f"{low}..{low + span}", step=step)
    for option in issue.option_ids:
        assert select(issue, [option]) == (option,)
        below = select_or_none(issue, f"below {option}")
        above = select_or_none(issue, f"above {option}")
        assert (*below, option, *above) == issue.option_ids
        assert (*below, option) == select(issue, [f"at most {option}"])
        assert (option, *above) == select(issue, [f"at least {option}"])


def select_or_none(issue: Issue, choice: str) -> tuple[str, ...]:
    try:
        return select(issue, [choice])
    except ValueError:
        return ()


@given(spans(0, 100))
def test_a_quantity_is_bounded_by_what_was_written(raw: Any) -> None:
    value = Value.parse(raw)
    assert 0 <= value.low <= value.likely <= value.high <= 100
    assert Value.parse(value.text) == value


@pytest.mark.parametrize("phrase", sorted({*READERS, *ALIASES}))
def test_every_phrase_is_a_probability(phrase: str) -> None:
    chance = Probability.parse(phrase)
    assert 0 < chance.low < chance.likely < chance.high < 1


@given(st.text("0123456789+-.eExo_abcdf~nulyt", max_size=12))
def test_a_plain_scalar_is_text_unless_the_core_schema_says_otherwise(text: str) -> None:
    try:
        found = resolve(text)
    except ValueError:
        return
    if isinstance(found, str):
        assert found == text
    elif isinstance(found, float):
        assert found == float(text)
    elif isinstance(found, int) and not isinstance(found, bool):
        assert found == (int(text, 0) if text[:2] in ("0x", "0o") else int(text))
