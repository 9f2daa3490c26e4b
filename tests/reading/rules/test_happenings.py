"""What is told as done: actor, target, place, count and day; and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from goodoffices.reading.findings import Document
from goodoffices.reading.rules import read_by_rules
from tests.reading.rules.conftest import Read, Told, only

Telling = Callable[[str], list[Told]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chad bombed a bridge.", "assault"),
        ("Chad arrested nine men.", "coerce"),
        ("Chad imposed a curfew.", "coerce"),
        ("Chad imposed sanctions on Libya.", "sanction"),
        ("Chad broke off ties with Libya.", "sanction"),
        ("Chad has deployed its troops on the border.", "mobilize"),
        ("Chad lifted the blockade.", "retreat"),
        ("Chad released ten prisoners.", "retreat"),
        ("Chad sent food to Libya.", "aid"),
        ("Chad has shared its intelligence with Libya.", "cooperate"),
        ("Thousands marched through the capital.", "protest"),
        ("Students blocked the highway.", "protest"),
        ("Chad held talks with Libya.", "consult"),
        ("Chad lifted the ban on rallies.", "concede"),
    ],
)
def test_an_act_has_the_type_of_its_verb_and_its_object(
    told: Telling, text: str, kind: str
) -> None:
    assert told(text)[0][0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "The talks hit an impasse.",
        "Chad may bomb the bridge.",
        "Chad called for an end to attacks.",
        "Chad did not bomb the bridge.",
        "The sides struck a deal.",
    ],
)
def test_what_was_not_done_is_no_assault(told: Telling, text: str) -> None:
    assert "assault" not in {kind for kind, _, _ in told(text)}


def test_an_event_names_actor_target_place_count_and_settled_day() -> None:
    text = "Libya killed six soldiers from Chad near Faya on Monday."
    document = Document(id="d", name="d", text=text, date=dt.date(2024, 9, 5))
    what = only(read_by_rules(document), "assault").happening
    assert what is not None
    assert what.actor == "libya"
    assert what.count == 6
    assert what.place == "Faya"
    assert what.date == dt.date(2024, 9, 2)


def test_without_the_documents_date_the_day_stays_in_words(read: Read) -> None:
    what = only(read("Libya bombed Faya on Monday."), "assault").happening
    assert what is not None
    assert what.date is None
    assert what.when == "on Monday"


def test_an_execution_that_a_noun_tells_is_an_event(told: Telling) -> None:
    text = "Hope faded after the execution of six hostages."
    assert ("assault", "", "the execution of six hostages") in told(text)


def test_what_witnesses_report_is_an_attributed_claim(read: Read) -> None:
    one = only(read("Doctors reported that shelling had killed 17 civilians."), "assault")
    assert one.class_ == "attributed claim"
    assert one.speakers == ("doctors",)
