import pytest

from goodoffices.brief.naming import Naming
from tests.brief.cases import OUTLOOK, case_of, words


@pytest.fixture(scope="module")
def naming() -> Naming:
    return Naming(case=case_of(outlook=OUTLOOK), full={})


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("estimates.envoy", "An estimate of “West and East sign”"),
        ("events.storm", "Event “A storm closes the strip”"),
        (
            "events.storm.multiplies.deal",
            "Event “A storm closes the strip”: what it does to “They sign”",
        ),
        (
            "events.storm.signals.east-means-it",
            "Event “A storm closes the strip”: what it shows of “East means it”",
        ),
        ("beliefs.east-means-it.prior", "Belief “East means it”, before the events"),
        (
            "beliefs.east-means-it.unless.deal",
            "Belief “East means it”: what it does to “They sign”",
        ),
        ("records.in-west", "Promises to East that West kept"),
        ("risks.escalation.factor", "Risk “Shots”: what sets this case apart"),
        ("perceptions.west", "What West is believed to see"),
        ("perceptions.west.feels", "Whether West feels a stalemate"),
        ("perceptions.east.sees_way_out", "Whether East sees a way out"),
        ("waiting.fish", "Loss with time “The catch”"),
        ("pressure.fishers", "Pressure of Fishers on West"),
        ("tabling", "What the mediator weighs before it tables a package"),
        ("tabling.lost", "What a refusal costs the mediator besides"),
        ("tabling.worth.open", "What it is worth to the mediator that it comes to nothing of that"),
        ("tabling.refused.deal", "A refusal multiplies the hazard of “They sign”"),
        ("tabling.contain.deal", "Limiting the damage multiplies the hazard of “They sign”"),
        ("tabling.alternatives.east", "By how much a refusal raises the walk-away of East"),
        ("inside.signed", "How a package that all would accept gets signed"),
        ("weights", "How much each view counts"),
    ],
)
def test_a_place_in_the_outlook_is_said_in_words(naming: Naming, path: str, said: str) -> None:
    assert words(naming.path(f"outlook.{path}")) == said


@pytest.mark.parametrize("path", ["gone", "gone.away", "events.gone", "events", "tabling.gone"])
def test_a_place_that_is_not_there_is_shown_as_it_stands(naming: Naming, path: str) -> None:
    assert words(naming.path(f"outlook.{path}")) == f"outlook.{path}"


def test_every_part_of_the_outlook_that_says_why_has_a_name(naming: Naming) -> None:
    paths = [path for path, _ in naming.case.based() if path.startswith("outlook.")]
    assert len(paths) > 15
    assert all(words(naming.path(path)) != path for path in paths)


def test_a_risk_goes_by_its_name_and_the_rest_by_words(naming: Naming) -> None:
    assert words(naming.risk("deal")) == "“They sign”"
    assert words(naming.risk("open")) == "nothing of that"
    assert words(Naming(case=case_of(), full={}).risk("deal")) == "deal"
