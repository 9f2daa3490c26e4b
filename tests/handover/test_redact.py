import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case, build, check
from goodoffices.case._plain import plain
from goodoffices.handover.redact import redacted
from tests.case.strategies import cases
from tests.handover.cases import marked, shipped, small


def errors(case: Case) -> list[str]:
    return [str(fault) for fault in check(case) if fault.severity == "error"]


def test_a_case_in_which_nothing_is_marked_stays_as_it_is_and_says_so() -> None:
    left, found = redacted(small())
    assert left is small()
    assert found.count == 0
    assert found.sentence == "Nothing in this case is marked confidential: nothing was left out."


def test_a_marked_claim_is_left_out_and_counted() -> None:
    left, found = redacted(marked(shipped(), "claims.bad-faith"))
    assert "bad-faith" not in left.claims
    assert found.marked == {"claims": 1}
    assert "bad-faith" not in str(plain(left))


def test_what_rests_on_marked_claims_alone_goes_with_them() -> None:
    case = marked(small(), "claims.leave")
    alone = {p for p, b in case.based() if b.because == ("leave",) and not b.assumed}
    assert "parties.east" in alone
    left, found = redacted(case)
    assert {path for path, _ in left.based()} & alone == set()
    assert "east" not in left.positions
    assert all(demand.by != "east" for demand in left.demands.values())
    assert found.resting["parties"] == 1


def test_what_is_assumed_too_stays_without_the_claim() -> None:
    left, _ = redacted(marked(shipped(), "claims.keep-corridor"))
    assert left.demands["israel-corridor"].because == ()
    assert left.demands["israel-corridor"].assumed == "analysts: F"


def test_a_marked_source_takes_its_claims_along() -> None:
    left, found = redacted(marked(shipped(), "sources.comment"))
    assert "comment" not in left.sources
    assert "reader" not in left.claims
    assert (found.marked, found.resting) == ({"sources": 1}, {"claims": 1})


def test_a_stored_source_that_holds_confidential_words_is_left_out() -> None:
    left, found = redacted(marked(shipped(), "claims.six-killed"))
    assert (left.sources["report"].file, left.sources["report"].digest) == (None, None)
    assert left.sources["comment"].file == "comment.txt"
    assert found.copies == 1


def test_a_text_that_repeats_such_a_source_is_left_out_too() -> None:
    data = plain(shipped(), short=False)
    data["sources"]["reprint"] = {**data["sources"]["report"], "copy_of": "report"}
    left, found = redacted(marked(build(data), "claims.six-killed"))
    assert left.sources["reprint"].file is None
    assert found.copies == 2


def test_a_marked_source_leaves_no_trace_in_what_stays() -> None:
    data = plain(shipped(), short=False)
    data["sources"]["talk"] = {"title": "A talk in private", "kind": "interview"}
    data["sources"]["report"]["copy_of"] = "talk"
    data["claims"]["impasse"]["also"] = [{"source": "talk", "quote": "stuck, said the envoy"}]
    left, _ = redacted(marked(build(data), "sources.talk"))
    assert "impasse" in left.claims
    assert not {"talk", "stuck, said the envoy"} & {*re.findall("[^'\"]+", str(plain(left)))}


def test_a_draft_that_names_what_is_left_out_goes_too() -> None:
    data = plain(shipped(), short=False)
    data["demands"]["drafted"] = {
        **data["demands"]["israel-assurances"],
        "by": "pm-office",
        "status": "draft",
    }
    left, found = redacted(marked(build(data), "parties.israel.factions.pm-office"))
    assert "drafted" not in left.demands
    assert found.resting["demands"] == 2


@pytest.mark.parametrize(
    "path",
    [
        "parties.israel.factions.pm-office",
        "parties.egypt",
        "issues.exchange",
        "demands.israel-corridor",
        "interests.stop-smuggling",
        "trust.israel-in-hamas",
        "promises.hostages-return",
        "packages.final-offer",
        "linkages.room-for-a-third-party",
        "positions.israel.corridor",
        "moves.options.operations",
        "moves.preferences.us",
        "outlook.risks.escalation",
        "outlook.beliefs.hamas-serious",
        "outlook.questions.collapse",
        "outlook.tabling",
        "text_agreed",
        "scenarios.monitored-corridor",
    ],
)
def test_what_is_left_is_a_sound_case(path: str) -> None:
    left, found = redacted(marked(shipped(), path))
    assert errors(left) == []
    assert sum(found.marked.values()) == 1
    assert path not in {where for where, _ in left.based()}


def test_no_id_of_a_part_that_is_left_out_stays_behind() -> None:
    left, _ = redacted(marked(shipped(), "parties.israel.factions.pm-office"))
    assert "pm-office" not in str(plain(left))
    assert any(claim.speaker is None for claim in left.claims.values())


def test_weights_that_would_betray_a_missing_issue_are_left_blank() -> None:
    exact = {"a": 70, "b": 30}
    data = plain(small(), short=False)
    for key in ("positions", "linkages", "promises", "scenarios", "moves", "outlook", "packages"):
        data.pop(key, None)
    data["issues"] = {
        key: {"name": key, "options": {"no": {"name": "No"}, "yes": {"name": "Yes"}},
              "assumed": "team: x"}
        for key in exact
    }  # fmt: skip
    data["interests"] = {}
    data["parties"]["west"]["constituencies"] = {}
    data["demands"] = {
        f"w-{p}": {"by": p, "kind": "walk-away", "name": "No deal", "value": 10, "assumed": "t: x"}
        for p in ("west", "east")
    }
    data["positions"] = {
        party: {
            key: {"weight": weight, "values": {"no": 0, "yes": 100}, "assumed": "team: x"}
            for key, weight in exact.items()
        }
        for party in ("west", "east")
    }
    case = build(data)
    assert errors(case) == []
    left, found = redacted(marked(case, "issues.a"))
    assert found.weights == 2
    assert {row["b"].weight.text for row in left.positions.values()} == {"unknown"}
    assert errors(left) == []


def test_texts_that_still_name_what_was_left_out_are_told_to_the_sender() -> None:
    left, found = redacted(marked(shipped(), "parties.hezbollah"))
    assert "hezbollah" not in left.parties
    assert "claims.wider-war.quote" in found.look_at
    assert "Hezbollah" not in found.sentence


def test_what_rested_on_it_and_stays_is_told_to_the_sender() -> None:
    left, found = redacted(marked(shipped(), "claims.six-killed"))
    event = left.outlook.events["six-killed"] if left.outlook is not None else None
    assert event is not None
    assert "six-killed" not in event.because
    assert "outlook.events.six-killed" in found.look_at
    assert "outlook.events.six-killed.name" in found.look_at
    assert "demands.israel-corridor" not in found.look_at


def test_what_a_copy_says_of_itself_names_nothing() -> None:
    _, found = redacted(marked(shipped(), "claims.six-killed", "claims.wider-war"))
    assert found.sentence == (
        "This is a redacted copy: 2 confidential items, and what rests on them alone, are left out."
    )


def test_drafts_that_were_turned_down_are_left_out_silently() -> None:
    data = plain(marked(shipped(), "claims.six-killed"), short=False)
    data["rejected"] = ["0123456789abcdef"]
    assert redacted(build(data))[0].rejected == ()


def test_no_order_of_marks_makes_a_difference() -> None:
    paths = ["parties.egypt", "claims.six-killed", "issues.exchange"]
    one, other = marked(shipped(), *paths), marked(shipped(), *reversed(paths))
    assert redacted(one) == redacted(other)


@settings(max_examples=8)
@given(cases(), st.data())
def test_whatever_is_marked_is_gone_and_nothing_new_is_wrong(
    case: Case, data: st.DataObject
) -> None:
    paths = [path for path, _ in case.based() if "." in path and path.count(".") == 1]
    paths += [f"claims.{key}" for key in case.claims] + [f"sources.{key}" for key in case.sources]
    paths = [path for path in paths if not path.startswith("outlook")]
    if not paths:
        return
    chosen = data.draw(st.lists(st.sampled_from(sorted(paths)), min_size=1, unique=True))
    left, found = redacted(marked(case, *chosen))
    assert sum(found.marked.values()) == len(set(chosen))
    kept = {path for path, _ in left.based()}
    kept |= {f"claims.{key}" for key in left.claims} | {f"sources.{key}" for key in left.sources}
    assert kept & set(chosen) == set()
