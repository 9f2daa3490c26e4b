import io
from typing import Any

import docx

from goodoffices.brief.elements import Rich, bdi, el, link, number
from goodoffices.brief.tables import Row, Table
from goodoffices.handover._paper import Paper
from goodoffices.handover._references import References
from tests.brief.cases import deadlock, material

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paper(subject: Any = None) -> Paper:
    return Paper(references=References(subject=subject or material()))


def shown(*words: Rich, subject: Any = None) -> str:
    """A paragraph as it reads, labels in brackets."""
    made = paper(subject)
    made.paragraph(*words)
    parts = []
    for node in made.document.paragraphs[-1]._p.iter(f"{W}t"):
        label = any(up.tag == f"{W}hyperlink" for up in node.iterancestors())
        parts.append(f"[{node.text}]" if label else str(node.text))
    return "".join(parts)


def test_a_number_carries_the_label_of_what_it_rests_on() -> None:
    assert shown(("worth ", number("c-keep", "40"), " points")) == "worth 40[C1] points"
    assert shown(("in ", number("how-zone", "36 %", class_="how"))) == "in 36 %[M2]"


def test_a_label_holds_for_the_numbers_after_it_until_the_next_one() -> None:
    one, other = number("how-zone", "36 %", class_="how"), number("c-keep", "5")
    assert shown((one, " to ", one, ", ", other, ", ", one)) == "36 %[M2] to 36 %, 5[C1], 36 %[M2]"


def test_parts_that_rest_on_the_same_claim_each_say_so() -> None:
    mark = link("c-keep", "C1", class_="mark-c")
    told = shown(("West ", mark, ", East ", mark, "; worth ", number("c-keep", "4"), " ", mark))
    assert told == "West [C1], East [C1]; worth 4 "


def test_a_link_to_evidence_is_its_label_and_other_links_are_words() -> None:
    mark = link("c-keep", "C1", class_="mark-c")
    assert shown(("so it says ", mark)) == "so it says [C1]"
    assert shown(("see ", link("d-keep", "D1", class_="mark-d"))) == "see D1"


def test_the_number_of_a_state_is_left_out_with_its_brackets() -> None:
    state = link("st-3", "3", class_="mark-s")
    assert shown(("a truce", " (", state, ")", " holds")) == "a truce holds"


def test_a_preference_is_told_by_what_it_rests_on_itself() -> None:
    given = deadlock()
    actor = next(iter(given.naming.moves.preferences))
    mark = link(f"pm-{actor}", "P1", class_="mark-c")
    told = shown(("nobody gains ", mark), subject=given)
    assert told.startswith("nobody gains [")
    assert "P1" not in told


def test_words_of_a_case_are_isolated_of_their_signs_and_emphasis_is_kept() -> None:
    made = paper()
    made.paragraph((el("strong", "firm: ", bdi("a\u202eb\x00c")),))
    runs = made.document.paragraphs[-1].runs
    assert [(run.text, run.bold) for run in runs] == [("firm: ", True), ("ab c", True)]


def test_a_table_without_a_first_head_gets_one_for_those_who_listen() -> None:
    made = paper()
    table = Table(
        anchor="t",
        caption=("Two ways",),
        columns=(("",), ("A",)),
        rows=(Row(cells=(("Length",), ("4",))),),
        more=("One more.",),
    )
    made.table(table, (1, 3))
    document = docx.Document(io.BytesIO(made.bytes("T", "", None)))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["Compared", "A"], ["Length", "4"]]
    widths = [cell.width.cm for cell in document.tables[0].rows[0].cells]
    assert round(widths[1] / widths[0], 1) == 3.0
    assert document.paragraphs[-1].text == "One more."


def test_without_a_day_it_carries_none_of_the_machine() -> None:
    known = docx.Document(io.BytesIO(paper().bytes("T", "", None))).core_properties
    assert str(known.created)[:10] == str(known.modified)[:10] == "1980-01-01"
    assert known.last_modified_by == "Good Offices"
