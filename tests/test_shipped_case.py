import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from goodoffices.case import Case, apply_scenario, check, check_file, read_case
from goodoffices.case.model import Demand, Picks
from goodoffices.case.options import select
from goodoffices.case.quantity import Quantity
from goodoffices.moves import Concept, MovesReport, moves
from goodoffices.moves.results import FirstStep

# Claim to what a reader must find, all in one paragraph of the text that the report retells.
EVIDENCE: dict[str, tuple[str, ...]] = {
    "impasse": ("ceasefire", "release of hostages", "impasse"),
    "close-to-zero": ("Israeli negotiators", "US officials", "close to zero"),
    "ten-percent": ("CIA Director", "10% of the deal remains"),
    "hardest-part": ("final portion", "most intractable demands"),
    "bad-faith": ("both sides", "accuse", "dragging out", "bad faith"),
    "no-will": ("political will", "lacking", "both sides"),
    "no-way-out": ("no breakthrough in sight",),
    "keep-corridor": ("insistence", "forces remain stationed", "Philadelphi Corridor"),
    "border": ("14-kilometer", "Gaza-Egypt border"),
    "smuggling": ("weapons", "smuggling tunnels"),
    "troops-out-first": ("Hamas", "refusing", "meaningful talks", "unless", "withdraw"),
    "exchange-disputed": ("conflicting demands", "hostage-for-prisoner exchange"),
    "six-killed": ("Hamas", "six hostages in recent days"),
    "american-killed": ("six hostages", "American citizen"),
    "complicates": ("Israeli officials say", "complicated"),
    "doubt-serious": ("US officials", "Hamas", "no longer serious"),
    "families-press": ("Families", "urging the government", "prioritize the return"),
    "protests": ("massive protests", "across Israel", "hostage crisis"),
    "wider-war": ("Defense Minister", "ceasefire", "regional war", "Hezbollah", "Iran"),
    "time-costs-lives": ("Defense Minister", "as time goes on, more hostages will die"),
    "security-first": ("Netanyahu’s office insists", "compromises Israeli security"),
    "no-truce-unassured": ("reluctance", "ceasefire", "without guaranteed security"),
    "operations": ("military operations against Hamas continue",),
    "final-offer": ("Washington", "take it or leave it", "both Israel and Hamas"),
    "offer-terms": ("broad deal", "hostages", "temporary halt"),
    "offer-overtaken": ("execution", "hostages", "derailed"),
    "no-new-draft": ("Biden administration", "reluctant", "new draft proposal"),
    "wary": ("Biden administration", "wary", "more deeply entangled"),
    "too-far-apart": ("sources familiar", "US now believes", "too far apart"),
    "embolden": ("fears", "ceasefire", "embolden Hamas", "weakening Israel"),
    "seriousness-first": ("Hamas to demonstrate seriousness", "halting executions"),
    "turned-down": ("reconsidering its refusal", "certain Israeli demands"),
    "containing": ("shifted from brokering", "managing the fallout"),
    "region": ("US officials", "destabilization in the region"),
    "expect-little": ("little optimism in Washington", "near-term"),
    "reader": ("hostages", "CANNOT be the nation’s priority"),
}
# Words that both texts share because somebody is quoted with them.
QUOTED = ("close to zero", "take it or leave it", "CANNOT be the nation's priority")
ROWS = [f"S{number}" for number in range(1, 17)]


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "examples" / "gaza-2024"


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return read_case(folder / "case.yaml")


@pytest.fixture(scope="module")
def coverage(root: Path) -> dict[str, list[str]]:
    """Row to its cells."""
    text = (root / "docs" / "reference" / "coverage.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (S\d+) \|(.*)\|$", text, flags=re.MULTILINE)
    return {row: [cell.strip() for cell in cells.split("|")] for row, cells in found}


@pytest.fixture(scope="module")
def article(shared_seed: Path) -> list[str]:
    """The paragraphs of the text that the report retells."""
    text = (shared_seed / "article.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def paragraphs(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower()))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}


def reach(case: Case, path: str) -> object:
    node: object = case
    for step in path.split("."):
        node = node[step] if isinstance(node, Mapping) else getattr(node, step)
    return node


def holds(case: Case, package: dict[str, str], picks: Picks) -> bool:
    return all(package[issue] in select(case.issues[issue], picks[issue]) for issue in picks)


def meets(case: Case, package: dict[str, str], demand: Demand) -> bool:
    refused = bool(demand.refuses) and holds(case, package, demand.refuses)
    return not refused and holds(case, package, demand.requires)


def packages(case: Case) -> Iterator[dict[str, str]]:
    options = [
        [issue.agreed] if issue.agreed else issue.option_ids for issue in case.issues.values()
    ]
    for picked in itertools.product(*options):
        yield dict(zip(case.issues, picked, strict=True))


# The file itself.


def test_the_shipped_case_has_no_errors(folder: Path) -> None:
    faults = check_file(folder / "case.yaml")
    assert [str(fault) for fault in faults if fault.severity == "error"] == []


def test_every_claim_stands_word_for_word_where_it_says(case: Case, folder: Path) -> None:
    for key, claim in case.claims.items():
        assert claim.source is not None
        assert claim.quote is not None
        file = case.sources[claim.source].file
        assert claim.quote in paragraphs(folder / str(file))[int(str(claim.at)) - 1], key


def test_every_paragraph_of_the_sources_is_claimed(case: Case, folder: Path) -> None:
    for key, source in case.sources.items():
        claimed = {claim.at for claim in case.claims.values() if claim.source == key}
        assert claimed == set(range(1, len(paragraphs(folder / str(source.file))) + 1))


def test_everything_in_the_case_says_why(case: Case) -> None:
    assert [path for path, part in case.based() if part.founded == "unfounded"] == []


def test_the_file_stays_short_enough_to_read(folder: Path) -> None:
    assert len((folder / "case.yaml").read_text(encoding="utf-8").splitlines()) < 700


# The table of what it covers.


def test_the_table_has_every_row_once(coverage: dict[str, list[str]]) -> None:
    assert list(coverage) == ROWS


@pytest.mark.parametrize("row", ROWS)
def test_what_the_table_names_is_in_the_case(
    row: str, coverage: dict[str, list[str]], case: Case
) -> None:
    places = re.findall(r"`([^`]+)`", coverage[row][1])
    assert places
    for place in places:
        assert reach(case, place) is not None, place


@pytest.mark.parametrize("row", ROWS)
def test_every_row_says_who_answers_or_not_yet(row: str, coverage: dict[str, list[str]]) -> None:
    answer = coverage[row][2]
    assert re.match(r"(deals: |moves: |outlook: |not yet: |nothing: )\w", answer)
    for lens in re.findall(r"not yet: (\w+)", answer):
        assert lens in {"outlook", "reading"}


@pytest.mark.parametrize("row", ["S4", "S6", "S8", "S9", "S11", "S12", "S13", "S14"])
def test_what_parties_could_do_is_held_and_answered_by_the_moves(
    row: str, coverage: dict[str, list[str]]
) -> None:
    assert "`moves." in coverage[row][1]
    assert "moves: " in coverage[row][2]


def test_scenarios_that_the_table_names_exist(coverage: dict[str, list[str]], case: Case) -> None:
    named = {
        name for cells in coverage.values() for name in re.findall(r"scenario `([\w-]+)`", cells[2])
    }
    assert named
    assert named <= set(case.scenarios)


# The article, where it is at hand.


def test_every_claim_has_its_evidence_named(case: Case) -> None:
    assert set(EVIDENCE) == set(case.claims)


@pytest.mark.parametrize("claim", EVIDENCE)
def test_a_claim_still_finds_its_evidence_in_the_article(claim: str, article: list[str]) -> None:
    needed = [re.escape(words) for words in EVIDENCE[claim]]
    found = [
        at
        for at, paragraph in enumerate(article)
        if all(re.search(pattern, paragraph, flags=re.IGNORECASE) for pattern in needed)
    ]
    assert found
    if claim == "reader":
        assert found == [len(article) - 1]
    else:
        assert found[0] < len(article) - 1


@pytest.mark.parametrize("name", ["report.txt", "comment.txt"])
def test_the_sources_are_in_words_of_their_own(name: str, folder: Path, article: list[str]) -> None:
    own = (folder / name).read_text(encoding="utf-8")
    shared = runs(own, 6) & runs("\n".join(article), 6)
    allowed = [" ".join(words(quoted)) for quoted in QUOTED]
    assert [run for run in shared if not any(quoted in " ".join(run) for quoted in allowed)] == []


def test_the_title_of_the_report_is_not_the_headline(case: Case, article: list[str]) -> None:
    assert not runs(case.sources["report"].title, 3) & runs(article[0], 3)


# The traps of the report.


def test_the_date_is_marked_as_inferred(case: Case) -> None:
    assert case.as_of.inferred
    assert case.sources["report"].date.inferred
    assert case.sources["comment"].date.date is None


def test_the_comment_is_opinion_and_feeds_nothing(case: Case) -> None:
    assert case.sources["comment"].kind == "comment"
    from_comment = {key for key, claim in case.claims.items() if claim.source == "comment"}
    opinions = {key for key, claim in case.claims.items() if claim.class_ == "opinion"}
    assert from_comment == opinions == {"reader"}
    assert not any(opinions & set(part.because) for _, part in case.based())


def test_ten_per_cent_is_progress_and_nowhere_a_probability(case: Case) -> None:
    assert case.text_agreed is not None
    assert case.text_agreed.because == ("ten-percent",)
    assert case.text_agreed.share.central == 0.9
    firm = [demand for demand in case.demands.values() if "ten-percent" in demand.because]
    assert firm == []


def test_close_to_zero_has_no_single_author(case: Case) -> None:
    speaker = case.claims["close-to-zero"].speaker or ""
    assert speaker not in case.parties
    assert speaker not in case.factions
    assert "unnamed" in speaker


def test_one_side_and_the_bystanders_are_unheard(case: Case) -> None:
    heard = {case.party_of(claim.speaker or "") for claim in case.claims.values()}
    heard &= set(case.parties)
    assert heard == {"israel", "us"}


def test_the_mediator_has_interests_of_its_own(case: Case) -> None:
    assert case.parties["us"].role == "mediator"
    assert [interest for interest in case.interests.values() if interest.of == "us"]


def test_one_party_speaks_with_two_voices(case: Case) -> None:
    factions = case.parties["israel"].factions
    assert [faction.veto for faction in factions.values()] == [True, False]
    ministry = case.position("defence-ministry", "truce")
    assert ministry.values["lasting"].central > ministry.values["weeks"].central
    assert case.position("pm-office", "truce") == case.position("israel", "truce")


def test_trust_does_not_rest_on_the_comment(case: Case) -> None:
    assert {trust.because for trust in case.trust.values()} == {("bad-faith",)}


# The same rule for every party.


def spread(quantity: Quantity | None) -> tuple[float, float]:
    assert quantity is not None
    return quantity.low, quantity.high


def test_both_sides_have_the_same_walk_away_and_the_same_trust(case: Case) -> None:
    walk_aways = {spread(case.demands[f"{side}-walk-away"].value) for side in ("israel", "hamas")}
    assert walk_aways == {(20.0, 60.0)}
    assert {spread(trust.kept) for trust in case.trust.values()} == {(0.05, 0.5)}
    guarantees = [promise.guarantee for promise in case.promises.values()]
    assert all(guarantee == guarantees[0] for guarantee in guarantees)


def test_demands_in_the_same_words_are_equally_firm(case: Case) -> None:
    firm = {key: spread(demand.firmness) for key, demand in case.demands.items() if demand.firmness}
    assert firm == {
        "israel-corridor": (0.6, 0.95),
        "hamas-withdrawal": (0.6, 0.95),
        "pm-security": (0.6, 0.95),
        "israel-assurances": (0.3, 0.8),
    }


@pytest.mark.parametrize("issue", ["corridor", "exchange", "release", "truce"])
def test_opposed_positions_mirror_each_other(issue: str, case: Case) -> None:
    israel = [spread(value) for value in case.positions["israel"][issue].values.values()]
    hamas = [spread(value) for value in case.positions["hamas"][issue].values.values()]
    assert sorted(israel) == sorted(hamas)
    assert israel[0] == hamas[-1]


def test_values_follow_the_rule_at_the_top_of_the_file(case: Case) -> None:
    rule = {(100, 100), (0, 15), (20, 70), (60, 100), (0, 40), (20, 80), (0, 100)}
    weights = {(20, 40), (10, 30), (5, 15)}
    for party in case.positions.values():
        for position in party.values():
            assert spread(position.weight) in weights
            assert {spread(value) for value in position.values.values()} <= rule


def test_no_life_has_a_value_in_any_score(case: Case) -> None:
    for issue in case.issues.values():
        names = " ".join(issue.option_name(option) for option in issue.option_ids)
        assert not re.search(r"\b(kill|death|dead|die|lives)", f"{issue.name} {names}".lower())


# What follows at face value.


def test_no_package_meets_both_the_corridor_demand_and_the_condition_for_talks(case: Case) -> None:
    clash = [case.demands["israel-corridor"], case.demands["hamas-withdrawal"]]
    for demand in clash:
        assert any(meets(case, package, demand) for package in packages(case))
    for package in packages(case):
        assert not all(meets(case, package, demand) for demand in clash)


def test_without_one_of_the_two_the_other_demands_can_be_met(case: Case) -> None:
    for lifted in ("israel-corridor", "hamas-withdrawal"):
        rest = [
            demand
            for key, demand in case.demands.items()
            if key != lifted and demand.kind != "walk-away"
        ]
        assert any(
            all(meets(case, package, demand) for demand in rest) for package in packages(case)
        )


def meetable(case: Case) -> bool:
    """Whether a package meets every demand but the walk-aways, and every linkage."""
    demands = [demand for demand in case.demands.values() if demand.kind != "walk-away"]
    ties = [tie for tie in case.linkages.values() if tie.requires]
    return any(
        all(meets(case, package, demand) for demand in demands)
        and all(
            not holds(case, package, tie.when) or holds(case, package, tie.requires) for tie in ties
        )
        for package in packages(case)
    )


def test_at_face_value_no_package_meets_all_demands(case: Case) -> None:
    assert not meetable(case)


@pytest.mark.parametrize(
    ("scenario", "opens"),
    [
        ("monitored-corridor", True),
        ("talks-before-withdrawal", True),
        ("written-guarantee", False),
        ("pressure-at-home", False),
    ],
)
def test_only_what_moves_one_of_the_two_corridor_demands_opens_a_package(
    scenario: str, opens: bool, case: Case
) -> None:
    assert meetable(apply_scenario(case, scenario)) is opens


def test_every_scenario_is_without_errors(case: Case, folder: Path) -> None:
    for name in case.scenarios:
        faults = check(apply_scenario(case, name), folder)
        assert [str(fault) for fault in faults if fault.severity == "error"] == []


def test_the_reported_final_offer_picks_every_open_issue(case: Case) -> None:
    picks = case.packages["final-offer"].picks
    assert set(picks) == {key for key, issue in case.issues.items() if issue.agreed is None}
    for issue, option in picks.items():
        assert select(case.issues[issue], [option]) == (option,)


# The moves: the same rule for both sides, and what follows from their words.

SCENARIOS = (
    None,
    "monitored-corridor",
    "talks-before-withdrawal",
    "written-guarantee",
    "pressure-at-home",
)
CEASEFIRES = ("ceasefire-in", "ceasefire-in-bound", "ceasefire-out", "ceasefire-out-bound")


@pytest.fixture(scope="module")
def answers(case: Case) -> dict[str | None, MovesReport]:
    """What the moves lens says of the case, and of each of its scenarios."""
    return {name: moves(case, scenario=name, draws=400) for name in SCENARIOS}


def rests(answer: MovesReport, concept: Concept) -> set[str]:
    """Named states that are an equilibrium."""
    held = [state for state in answer.states if concept in state.equilibrium]
    return {name for state in held for name in state.named}


def alone(answer: MovesReport) -> dict[str, list[FirstStep]]:
    """First steps that open a way, by who takes them."""
    assert answer.way is not None
    found: dict[str, list[FirstStep]] = {}
    for step in answer.way.first_steps:
        found.setdefault(step.move.by, []).append(step)
    return found


def test_every_scenario_is_asked_about_moves(case: Case) -> None:
    assert set(case.scenarios) == set(SCENARIOS) - {None}


def test_the_moves_stay_small_enough_to_draw(answers: dict[str | None, MovesReport]) -> None:
    assert {answer.states_total for answer in answers.values()} == {37}


def test_both_sides_order_of_concerns_follows_one_rule(case: Case) -> None:
    assert case.moves is not None
    orders = {side: case.moves.preferences[side].statements for side in ("israel", "hamas")}
    for order in orders.values():
        war, corridor, condition, agreement, violence = order
        assert (war, agreement) == ("not regional-war", "agreement")
        assert corridor in {"leave-corridor", "not leave-corridor"}
        assert " iff " in condition
        assert violence.startswith("not ")
        assert case.moves.options[violence.removeprefix("not ")].harm


def test_what_either_side_does_that_harms_people_is_marked(case: Case) -> None:
    assert case.moves is not None
    harm = {key: option.by for key, option in case.moves.options.items() if option.harm}
    assert harm == {"operations": "israel", "killing": "hamas", "wider-war": "hezbollah"}


def test_nobody_has_a_reported_wish_to_harm(case: Case) -> None:
    assert case.moves is not None
    for side, preference in case.moves.preferences.items():
        assert "killing" not in preference.statements
        assert "operations" not in preference.statements
        assert side == "hezbollah" or "not regional-war" in preference.statements


def test_no_way_takes_up_anything_that_harms(answers: dict[str | None, MovesReport]) -> None:
    for answer in answers.values():
        assert answer.way is not None
        ways = [answer.way.path or (), *((s.move, *s.path) for s in answer.way.first_steps)]
        assert [move for way in ways for move in way if move.harm] == []


def test_at_their_word_nobody_gains_by_moving_alone(
    answers: dict[str | None, MovesReport],
) -> None:
    answer = answers[None]
    assert Concept.NASH in answer.state(answer.status_quo).equilibrium
    assert answer.leaving[0].temptations == ()
    assert answer.way is not None
    assert answer.way.path is None


def test_at_their_word_no_ceasefire_would_last(answers: dict[str | None, MovesReport]) -> None:
    assert rests(answers[None], Concept.SEQ) & set(CEASEFIRES) == set()


def test_at_their_word_only_a_side_that_gives_way_opens_one(
    answers: dict[str | None, MovesReport],
) -> None:
    steps = alone(answers[None])
    assert set(steps) == {"israel", "hamas"}
    assert {"leave-corridor" in step.move.takes for step in steps["israel"]} == {True}
    assert {"talks" in step.move.takes for step in steps["hamas"]} == {True}
    assert not any(step.move.gains for one in steps.values() for step in one)


@pytest.mark.parametrize(
    ("scenario", "rest"),
    [
        ("monitored-corridor", "ceasefire-out-bound"),
        ("talks-before-withdrawal", "ceasefire-in-bound"),
    ],
)
def test_whichever_side_is_content_with_less_one_ceasefire_would_last(
    scenario: str, rest: str, answers: dict[str | None, MovesReport]
) -> None:
    assert rests(answers[scenario], Concept.NASH) & set(CEASEFIRES) == {rest}


def test_the_mediators_step_opens_a_way_if_the_interest_is_what_binds(
    answers: dict[str | None, MovesReport],
) -> None:
    [step] = alone(answers["monitored-corridor"])["us"]
    assert step.move.takes == ("offer", "third-party")
    assert step.third
    assert not step.move.gains


def test_the_sign_that_the_mediator_asks_for_opens_one_then_too(
    answers: dict[str | None, MovesReport],
) -> None:
    signs = [
        step
        for step in alone(answers["monitored-corridor"])["hamas"]
        if (step.move.takes, step.move.drops) == ((), ("killing",))
    ]
    assert len(signs) == 1
    assert signs[0].path[0].by == "us"


def test_a_written_guarantee_alone_opens_nothing_new(
    answers: dict[str | None, MovesReport],
) -> None:
    assert set(alone(answers["written-guarantee"])) == {"israel", "hamas"}
    assert rests(answers["written-guarantee"], Concept.SEQ) & set(CEASEFIRES) == set()


def test_pressure_at_home_makes_a_ceasefire_last_and_the_first_step_no_easier(
    answers: dict[str | None, MovesReport],
) -> None:
    answer = answers["pressure-at-home"]
    assert {"ceasefire-out", "ceasefire-out-bound"} <= rests(answer, Concept.SEQ)
    assert answer.leaving[0].temptations == ()
    assert answer.way is not None
    assert answer.way.path is None


def test_tabling_now_is_taken_back_by_the_mediator_alone(
    answers: dict[str | None, MovesReport],
) -> None:
    answer = answers[None]
    [tabled] = next(named.listed for named in answer.named if named.id == "offer-now")
    leaving = next(one for one in answer.leaving if one.state == tabled)
    assert [(one.move.by, one.move.drops) for one in leaving.temptations] == [("us", ("offer",))]


def test_what_hezbollah_prefers_is_drawn_either_way(
    answers: dict[str | None, MovesReport],
) -> None:
    [now] = [share for share in answers[None].shares if share.named is None]
    assert abs(now.shares[Concept.NASH].value - 0.5) < 0.1


def test_the_three_sentences_lead_back_to_claims_and_assumptions(
    answers: dict[str | None, MovesReport], case: Case
) -> None:
    for answer in answers.values():
        assert len(answer.why) == 3
        for sentence in answer.why:
            assert sentence.because
            assert set(sentence.because) <= set(case.claims)
            assert sentence.assumed


def test_no_change_of_preference_that_is_told_asks_anybody_to_prefer_more_harm(case: Case) -> None:
    report = moves(case, draws=50)
    assert case.moves is not None
    marked = [k for k, option in enumerate(case.moves.options.values()) if option.harm]
    told = [
        pair
        for one in report.changes
        for alternative in one.alternatives
        for change in alternative.changes
        for pair in change.reversals
    ]
    assert told
    for above, below in told:
        assert sum(above[k] == "Y" for k in marked) <= sum(below[k] == "Y" for k in marked)
    assert any(one.withheld for one in report.changes)
