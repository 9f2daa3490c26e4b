import pytest

from goodoffices.brief.naming import LONG, Naming, long_texts
from tests.brief.cases import MOVES, case_of, words


@pytest.fixture
def naming() -> Naming:
    return Naming(case=case_of(), full={})


def test_parties_factions_and_groups_go_by_their_names(naming: Naming) -> None:
    assert words((naming.actor("west"),)) == "West"
    assert words((naming.actor("cabinet"),)) == "Cabinet"
    assert words((naming.actor("fishers"),)) == "Fishers"
    assert words((naming.actor("a passer-by"),)) == "a passer-by"


def test_a_faction_is_named_with_its_party(naming: Naming) -> None:
    assert words(naming.owner("cabinet")) == "Cabinet (West)"
    assert words(naming.owner("west")) == "West"


def test_each_actor_is_named_once(naming: Naming) -> None:
    assert words(naming.actors(["west", "east", "west"])) == "West and East"


def test_an_option_has_its_name_and_a_number_its_unit(naming: Naming) -> None:
    assert words((naming.option("ferry", "daily"),)) == "A daily ferry"
    assert words((naming.option("strip", "7"),)) == "7 km"


def test_what_the_case_does_not_know_is_shown_as_it_stands(naming: Naming) -> None:
    assert words((naming.option("ferry", "hourly"),)) == "hourly"
    assert words((naming.option("harbour", "big"),)) == "big"
    assert words((naming.issue("harbour"),)) == "harbour"
    assert naming.selected("harbour", ("big",)) == ()
    assert naming.selected("ferry", ("hourly",)) == ()


def test_choices_of_a_number_are_read_as_words(naming: Naming) -> None:
    assert words(naming.choices("strip", ("below 8",))) == "below 8 km"
    assert words(naming.choices("strip", ("2..4", "9"))) == "2 to 4 km or 9 km"


def test_named_options_stand_in_quotes_so_that_their_commas_do_not_confuse(naming: Naming) -> None:
    assert words(naming.choices("watch", ("none", "ships"))) == "“Nobody” or “Ships”"


def test_picks_name_each_issue(naming: Naming) -> None:
    said = words(naming.picks({"strip": ("0",), "ferry": ("daily",)}, between=" with "))
    assert said == "Length of the strip: 0 km with The ferry: “A daily ferry”"


def test_demands_are_numbered_as_the_case_lists_them(naming: Naming) -> None:
    assert [naming.demand_label(key) for key in ("stay", "withdraw", "east-alone")] == [
        "D1",
        "D2",
        "D5",
    ]
    assert words(naming.demand("stay")) == "D1 “Forces stay”"
    assert dict(naming.demand_link("stay").attributes)["href"] == "#d-stay"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("demands.stay.firmness", "Whether D1 “Forces stay” binds West"),
        ("demands.west-alone.value", "What no agreement is worth to West"),
        ("demands.stay", "West: D1 “Forces stay”"),
        ("positions.west.strip.weight", "Weight of “Length of the strip” for West"),
        ("positions.east.watch.values.ships", "Value of “Ships” to East (Who watches)"),
        ("positions.east.strip.values.4", "Value of “4 km” to East (Length of the strip)"),
        ("positions.east.strip", "East on “Length of the strip”"),
        ("linkages.free-ferry.bonus.east", "Bonus to East if The ferry: “A daily ferry”"),
        ("linkages.no-both", "Tie: if The ferry: “A daily ferry”"),
        ("promises.pay.kept", "Whether East keeps its promise (Fees: “Low”)"),
        (
            "promises.sail.guarantee.kept.buoys",
            "Whether West keeps its promise (The ferry: “A daily ferry”) under “Buoys”",
        ),
        ("promises.pay", "East keeps its promise (Fees: “Low”)"),
        ("trust.in-west.kept", "Trust of East that West keeps its word"),
        ("parties.west", "West"),
        ("parties.west.constituencies.fishers", "Fishers (West)"),
        ("issues.ferry", "Issue “The ferry”"),
        ("interests.safety", "Interest “Nobody lands at night”"),
        ("packages.old", "Package “The old draft”"),
        ("scenarios.calm", "Scenario “East no longer insists”"),
        ("text_agreed", "Share of the text that is agreed"),
    ],
)
def test_a_place_in_the_case_is_said_in_words(naming: Naming, path: str, said: str) -> None:
    assert words(naming.path(path)) == said


@pytest.mark.parametrize(
    "path", ["", "demands", "demands.gone.firmness", "nothing.at.all", "positions.west", "promises"]
)
def test_a_place_that_is_not_there_is_shown_as_it_stands(naming: Naming, path: str) -> None:
    assert words(naming.path(path)) == path


def test_every_part_that_says_why_has_a_name(naming: Naming) -> None:
    for path, _ in naming.case.based():
        assert words(naming.path(path)) != path


def test_a_long_name_is_cut_and_leads_to_all_of_it() -> None:
    name = "long " * 100
    case = case_of(title=name)
    full = long_texts(case)
    assert list(full) == [name]
    shown = Naming(case=case, full=full).text(name)
    assert dict(shown.attributes)["href"] == f"#{full[name]}"
    assert len(words((shown,))) < LONG
    assert words((shown,)).endswith("…")


def test_a_long_text_without_a_place_of_its_own_is_only_cut(naming: Naming) -> None:
    assert naming.text("y" * 1000).tag == "bdi"


def test_names_of_ordinary_length_are_never_cut(naming: Naming) -> None:
    assert long_texts(naming.case) == {}
    assert words((naming.text("z" * LONG),)) == "z" * LONG


def test_only_names_are_gathered_and_not_what_stands_in_full_anyway() -> None:
    case = case_of(purpose="p" * 500, title="t" * 500)
    assert list(long_texts(case, case)) == ["t" * 500]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("moves.options.land", "What West could do: “Land at night”"),
        ("moves.preferences.norway", "What Norway prefers"),
        ("moves.rules.one-way", "Rule: not “Land at night” if “Leave the strip”"),
        ("moves.options.gone", "moves.options.gone"),
        ("moves", "moves"),
    ],
)
def test_a_path_into_the_moves_is_told_in_words(path: str, said: str) -> None:
    case = case_of(moves=MOVES)
    assert words(Naming(case=case, full={}).path(path)) == said


def test_an_option_or_a_named_state_is_named_in_quotes() -> None:
    naming = Naming(case=case_of(moves=MOVES), full={})
    assert words(naming.act("raid")) == "“A raid”"
    assert words(naming.act("gone")) == "“gone”"
    assert Naming(case=case_of(), full={}).moves.options == {}
