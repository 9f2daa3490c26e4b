"""Which role the claims of a reading show, and what a threat's condition is worth."""

from __future__ import annotations

import pytest

from goodoffices.case import Case
from goodoffices.case.speech import StatementType
from goodoffices.reading._evidence import _spare
from goodoffices.reading.drafting import draft
from goodoffices.reading.findings import Findings, Named, Role, Statement, Topic, TopicOption
from goodoffices.reading.merge import merge
from tests.reading.found import document, said, span

TEXT = (
    "Chad will close its border if shelling continues. Chad offers to host a meeting. "
    "Chad refuses the plan. Egypt demands that Chad leave. Chad backs the army. "
    "Chad urges calm. It will close the border unless the shelling stops."
)
CHAD = Named(id="chad", name="Chad", kind="party")
EGYPT = Named(id="egypt", name="Egypt", kind="party")


def case_of(
    *statements: Statement, role: Role | None = None, topics: tuple[Topic, ...] = ()
) -> Case:
    named = (Named(id="chad", name="Chad", kind="party", role=role), EGYPT)
    found = Findings(
        document=document("d", TEXT), named=named, statements=statements, topics=topics
    )
    return draft(merge([found])).case


def one(words: str, type_: StatementType) -> Statement:
    return said(TEXT, words, type_, "chad")


HOSTS = one("offers to host a meeting", "offer")


@pytest.mark.parametrize(
    ("statements", "role"),
    [
        ([HOSTS], "mediator"),
        ([HOSTS, one("backs the army", "support")], "bystander"),
        (
            [HOSTS, one("refuses the plan", "reject")],
            "principal",
        ),
        ([one("urges calm", "request")], "bystander"),
        ([one("demands that Chad leave", "demand")], "principal"),
    ],
)
def test_a_role_is_what_the_claims_show(statements: list[Statement], role: str) -> None:
    assert case_of(*statements).parties["chad"].role == role


def test_whoever_must_do_what_is_demanded_is_a_principal() -> None:
    demand = said(TEXT, "demands that Chad leave", "demand", "egypt", addressee="chad")
    assert case_of(demand).parties["chad"].role == "principal"


def test_a_role_that_the_documents_say_stays() -> None:
    refusing = one("refuses the plan", "reject")
    assert case_of(refusing, role="mediator").parties["chad"].role == "mediator"


def test_whoever_only_appeals_is_no_principal_for_all_that_an_engine_says() -> None:
    assert case_of(one("urges calm", "request"), role="principal").parties["chad"].role == (
        "bystander"
    )


def threatened(words: str, condition: str) -> Case:
    sentence = span(TEXT, f"{words} {condition}.")
    threat = said(TEXT, words, "threaten", "chad")
    trigger = said(TEXT, condition, "precondition", "chad")
    both = [
        Statement(
            span=each.span,
            sentence=sentence,
            type=each.type,
            class_="attributed claim",
            speakers=("chad",),
        )
        for each in (threat, trigger)
    ]
    option = TopicOption(name=condition, wanted_by=("chad",), statements=(1,))
    topic = Topic(id="s", name="shelling", options=(option,), statements=(1,))
    return case_of(*both, topics=(topic,))


def test_what_sets_off_a_threat_is_not_wanted() -> None:
    case = threatened("will close its border", "if shelling continues")
    assert "chad" not in case.positions
    assert not [each for each in case.demands.values() if each.kind == "precondition"]


def test_what_takes_a_threat_back_is_wanted() -> None:
    case = threatened("will close the border", "unless the shelling stops")
    assert case.positions["chad"]["shelling"].wants == ("shelling-stops",)


def test_where_there_is_no_room_what_weighs_least_is_left_out() -> None:
    found = Findings(
        document=document("d", TEXT),
        statements=(
            one("backs the army", "statement"),
            one("refuses the plan", "reject"),
            said(TEXT, "urges calm", "demand", voice="opinion"),
        ),
    )
    claims = merge([found]).claims
    assert _spare(claims, 3) == set()
    assert _spare(claims, 2) == {2}
    assert _spare(claims, 1) == {0, 2}
    assert _spare(claims, -4) == {0, 1, 2}
