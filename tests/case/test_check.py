import time
from pathlib import Path

import pytest

from goodoffices.case import build, check, check_file, parse_case, starter
from goodoffices.case._yaml import read
from goodoffices.errors import clip
from tests.case.cases import GONE, SMALL, case_with, faults_with, write_small


def test_a_sound_case_has_no_error(tmp_path: Path) -> None:
    faults = check_file(write_small(tmp_path))
    assert [str(fault) for fault in faults] == [
        (
            "line 7, sources.letter: no plain-text copy, so its quotes cannot be looked up; "
            "put one beside the case file and name it: `file:`"
        ),
        (
            "line 91, demands.south-no-deal: rests on no claim and no assumption; "
            "add `because:` or `assumed:`"
        ),
    ]
    assert {fault.severity for fault in faults} == {"warning"}


def test_all_faults_come_at_once_errors_first_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        SMALL.replace("by: office", "by: offic")
        .replace("at: 3", "at: 1")
        .replace("weight: 70", "weight: 90")
        .replace("because: north-stays}", "because: reader}")
    )
    faults = check_file(write_small(tmp_path, text))
    assert [(fault.severity, fault.line, fault.where) for fault in faults] == [
        ("error", 27, "claims.serious.at"),
        ("error", 40, "interests.safety.because"),
        ("error", 67, "positions.south"),
        ("error", 109, "packages.draft.by"),
        ("warning", 7, "sources.letter"),
        ("warning", 91, "demands.south-no-deal"),
    ]


def test_a_fault_of_a_missing_part_has_the_line_of_what_should_hold_it(tmp_path: Path) -> None:
    text = SMALL.replace(', assumed: "team: sooner is better"', "")
    (fault,) = (f for f in check_file(write_small(tmp_path, text)) if f.severity == "error")
    assert (fault.line, fault.where) == (63, "positions.north.days")


def test_without_lines_and_folder_faults_have_no_line_and_quotes_are_not_looked_up() -> None:
    faults = check(case_with({"claims/serious/quote": "never said", "packages/draft/by": "x"}))
    assert {fault.line for fault in faults} == {None}
    assert [fault.where for fault in faults if fault.severity == "error"] == ["packages.draft.by"]


def test_a_fault_of_a_field_hides_the_faults_between_fields(tmp_path: Path) -> None:
    text = SMALL.replace("by: office", "by: offic").replace("kind: report,", "kind: reprot,")
    assert [str(fault) for fault in check_file(write_small(tmp_path, text))] == [
        (
            'line 6, sources.report.kind: "reprot" is not one of report, communique, interview, '
            'agreement, study, comment, other; did you mean "report"?'
        )
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the case: the file is empty; `goodoffices new` writes a starter"),
        (b"a: [", "line 1, a.0: a bracket is opened and never closed; close it"),
        (b"\xff", "line 1, the case: not UTF-8 text: byte 0xff; save it with the encoding UTF-8"),
        (b"x: \x00", "line 1, the case: a control character, U+0000; remove it"),
        (
            b"[1, 2]",
            "the case: a list stands where a case must stand; begin with `goodoffices: 1`",
        ),
    ],
)
def test_a_file_that_is_no_case_has_faults_and_no_traceback(
    raw: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(raw)
    assert [str(fault) for fault in check_file(path)] == [message]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [str(fault) for fault in check_file(tmp_path / "gone.yaml")] == [
        "the case: cannot be read (No such file or directory); look at its path"
    ]


def test_a_folder_is_no_case_file(tmp_path: Path) -> None:
    assert [str(fault) for fault in check_file(tmp_path)] == [
        "the case: a folder, not a file; name a file inside of it"
    ]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {"scenarios/watched/set": {"demands.sty.firmness": 0.3}},
            [
                (
                    'scenarios.watched.set.demands.sty.firmness: "demands.sty.firmness" is not in '
                    'the case; did you mean "demands.stay.firmness"?'
                )
            ],
        ),
        (
            {"scenarios/watched/set": {"demands.stay.firmness": 3}},
            [
                (
                    'scenarios.watched: demands.stay.firmness: "3" is outside 0 to 1; write 0.4, '
                    '40%, 30..50%, 0.3..0.4..0.55, a phrase such as "unlikely", or unknown'
                )
            ],
        ),
        (
            {"scenarios/watched/set": {"positions.south.days.weight": 90}},
            [
                (
                    "scenarios.watched: positions.south: its weights over all 2 issues add up to "
                    "160, not to 100; lower some of them"
                )
            ],
        ),
        (
            {"scenarios/watched/set": {"demands.stay.because": "reader"}},
            [
                (
                    'scenarios.watched: demands.stay.because: "reader" is of class opinion, and '
                    "opinion is no evidence; rest it on another claim, or on `assumed:`"
                )
            ],
        ),
        (
            {"scenarios/watched/remove": ["demands.north-no-deal"]},
            [
                (
                    "scenarios.watched: parties.north: must accept a package, and has no "
                    "walk-away; "
                    "add a demand with `by: north`, `kind: walk-away`; its value may be `unknown`"
                )
            ],
        ),
        ({"scenarios/watched/remove": ["trust.in-north", "promises"]}, []),
    ],
)
def test_a_scenario_must_yield_a_sound_case(changes: dict[str, object], faults: list[str]) -> None:
    assert faults_with(changes, "error") == faults


def test_a_fault_of_the_case_is_not_repeated_for_every_scenario() -> None:
    assert len(faults_with({"packages/draft/by": "x"}, "error")) == 1


def test_a_fault_of_a_scenario_has_the_scenarios_line(tmp_path: Path) -> None:
    text = SMALL.replace("demands.stay.firmness: unlikely", "demands.stay.firmness: 7")
    (fault,) = (f for f in check_file(write_small(tmp_path, text)) if f.severity == "error")
    assert fault.line == 112


def test_too_many_scenarios_are_a_fault() -> None:
    scenarios = {f"s{number}": {"name": "x"} for number in range(51)}
    assert faults_with({"scenarios": scenarios}, "error") == [
        (
            "scenarios: more than 50 scenarios, which are too many to check; "
            "move some into a case of their own"
        )
    ]


def test_a_fault_shows_no_more_than_the_beginning_of_a_huge_name() -> None:
    for fault in check(case_with({"positions/north/corridor/values/" + "x" * 10_000: 3})):
        assert len(str(fault)) < 600
        assert "\n" not in str(fault)


def test_the_starter_has_no_error() -> None:
    assert [fault.severity for fault in check(parse_case(starter()))] == ["warning"]


def large(parties: int, issues: int, claims: int, *, spoilt: bool = False) -> str:
    """Return a case of many lines, sound but for unknown claims and options where spoilt."""
    wrong = "x" if spoilt else ""
    lines = ["goodoffices: 1", "title: Large", "as_of: 2024-01-01", "sources:"]
    lines += ["  s: {title: S, kind: report, file: s.txt, date: 2024-01-01}", "claims:"]
    for c in range(claims):
        lines += [
            f"  c{c}:",
            "    class: estimate",
            "    source: s",
            f"    speaker: p{c % parties}",
        ]
        lines += [f"    quote: number {c} said something of note", f"    at: {c + 1}"]
    lines += ["parties:"]
    lines += [f"  p{p}: {{name: Party {p}, role: principal}}" for p in range(parties)]
    lines += ["issues:"]
    lines += [f"  i{i}: {{name: Issue {i}, options: [a, b, c]}}" for i in range(issues)]
    lines += ["positions:"]
    for p in range(parties):
        lines += [f"  p{p}:"]
        for i in range(issues):
            lines += [
                f"    i{i}:",
                "      weight: 0..100",
                "      values: {a: 0, b: 20..40, c: 100}",
            ]
            lines += [
                f"      wants: c{wrong}",
                f"      because: c{(p * issues + i) % claims}{wrong}",
            ]
    lines += ["demands:"]
    for p in range(parties):
        lines += [f"  w{p}: {{by: p{p}, kind: walk-away, name: w, value: 40, because: c0}}"]
    return "\n".join(lines) + "\n"


def source_of(claims: int) -> str:
    return "\n\n".join(f"Then number {c} said something of note, and left." for c in range(claims))


@pytest.mark.parametrize(
    ("parties", "issues", "claims", "limit"),
    # The limits leave a slow and busy machine room: on a quick one it takes a fifth.
    [(4, 15, 110, 2.0), (12, 60, 2000, 30.0)],
)
def test_reading_and_checking_is_fast(
    parties: int, issues: int, claims: int, limit: float, tmp_path: Path
) -> None:
    (tmp_path / "s.txt").write_text(source_of(claims), encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(large(parties, issues, claims), encoding="utf-8")
    began = time.process_time()
    faults = check_file(path)
    assert time.process_time() - began < limit
    assert not [fault for fault in faults if fault.severity == "error"]


def test_checking_a_large_case_full_of_faults_takes_bounded_time() -> None:
    case = parse_case(large(12, 30, 1000, spoilt=True))
    began = time.process_time()
    faults = check(case)
    assert time.process_time() - began < 10
    assert sum(fault.severity == "error" for fault in faults) == 2 * 12 * 30


def test_a_line_is_found_for_a_path_whose_last_part_holds_dots() -> None:
    text = SMALL.replace("values: {0: 100, 40: 0}", "values: {0: 100, 40.5: 0}", 1)
    tree = read(text)
    (fault,) = (f for f in check(build(tree.data), lines=tree.lines) if f.severity == "error")
    assert (fault.where, fault.line) == ("positions.north.days.values.40.5", 63)


def test_what_a_fault_says_fits_on_a_line() -> None:
    changes = {"parties/north/name": "N\n" * 1000, "claims/north-stays": GONE}
    for fault in check(case_with(changes)):
        assert clip(str(fault), 1000) == str(fault)
