import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from goodoffices import exchange
from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import find_genius, read_genius
from tests.exchange.genius_files import (
    FUND,
    domain_xml,
    literal_packages,
    literal_utility,
    profile_xml,
    utilities,
    walk_aways,
    written,
)

DOMAINS = (
    "AMPOvsCity",
    "AcquisitionB",
    "Domain1",
    "EnergyA",
    "EnglandZimbabwe",
    "ItexvsCypress",
    "LaptopA",
    "Lunch",
    "NiceOrDieC",
    "SYAgent",
    "Travel",
)
WEST = {"Size": {"small": 2, "large": 8}, "Term": {"one year": 0, "two years": 5, "ten years": 10}}


def read(folder: Path, domain: str, *profiles: str) -> Case:
    names = {f"p{n}": text for n, text in enumerate(profiles, 1)}
    paths = written(folder, domain=domain, **names)
    return read_genius(paths["domain"], [paths[name] for name in names])


def refusal(folder: Path, domain: str, *profiles: str) -> str:
    with pytest.raises(ExchangeError) as caught:
        read(folder, domain, *profiles)
    return str(caught.value)


def one_issue(folder: Path, issue: object, *values: object) -> Case:
    """Read a domain of one issue and the parties' values for it."""
    profiles = [profile_xml({"Size": v}, [1]) for v in values]
    return read(folder, domain_xml({"Size": issue}), *profiles)


def values_of(case: Case, issue: str = "size", party: str = "p1") -> dict[str, float]:
    return {key: value.central for key, value in case.positions[party][issue].values.items()}


# --- The shared domains --------------------------------------------------------------------------


def exact(shared_data: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((shared_data / "genius/exact.json").read_text())[name]
    return found


def the_case(shared_data: Path, name: str) -> Case:
    return read_genius(*find_genius(shared_data / "genius" / name))


def all_utilities(case: Case) -> np.ndarray:
    return np.stack([utilities(case, party) for party in case.signatories], axis=1)


def frontier_size(points: np.ndarray) -> int:
    """The number of different points that no other one dominates."""
    points = np.unique(np.round(points, 9), axis=0)[::-1]
    if points.shape[1] > 2:
        better = (points[None] >= points[:, None]).all(2) & (points[None] > points[:, None]).any(2)
        return int((~better.any(axis=1)).sum())
    # Sorted by the first party's utility, falling: a point stays if the second gains.
    best = np.maximum.accumulate(points[:, 1])
    return 1 + int((points[1:, 1] > best[:-1]).sum())


@pytest.mark.parametrize("name", DOMAINS)
def test_shared_domains_have_the_packages_and_points_of_full_enumeration(shared_data, name):
    """exact.json: sizes, reservation values and solution points of the domains, by enumeration.

    One profile of SYAgent has weights that add up to 1.1: the case divides them, and the
    reservation value with them, so its own scale is stretched back here.
    """
    wanted, case = exact(shared_data, name), the_case(shared_data, name)
    stretch = np.array([1.1, 1, 1]) if name == "SYAgent" else 1.0
    points, floors = all_utilities(case) * stretch, np.array(walk_aways(case)) * stretch
    assert len(points) == wanted["n"]
    assert len(case.signatories) == wanted["parties"]
    assert floors == pytest.approx(wanted["r"], abs=1e-12)
    distance = np.sqrt(((1 - points) ** 2).sum(axis=1)).min()
    assert distance == pytest.approx(wanted["opp"], abs=1e-12)
    rational = (points >= floors - 1e-9).all(axis=1)
    assert rational.sum() == wanted["ir"]
    if not rational.any():
        assert "nash" not in wanted
        return
    points = points[rational]
    gains = points - floors
    found = {"nash": gains.prod(axis=1), "egal": gains.min(axis=1), "util": points.sum(axis=1)}
    for solution, score in found.items():
        assert points[score.argmax()] == pytest.approx(wanted[solution], abs=1e-12), solution
    assert frontier_size(points) == wanted["pareto"]


def test_an_option_evaluated_twice_keeps_its_last_evaluation(shared_data):
    """AMPO's starting salary "0" is evaluated 0, then 8. exact.json's 192 frontier points need 8.

    GENIUS keeps evaluations in a map, where the later one overwrites the earlier one.
    """
    case = the_case(shared_data, "AMPOvsCity")
    position = case.positions["ampo"]["increase-in-starting-salaries"]
    assert position.values["0"].central == 8
    assert position.assumed == (
        'ampo_vs_city_ampo_space.xml: as converted from GENIUS XML; "0" is evaluated twice, 0 and '
        "8; the last one stands, as in GENIUS"
    )


def test_ampo_and_city_come_in_the_order_and_by_the_names_of_their_domain(shared_data):
    case = the_case(shared_data, "AMPOvsCity")
    assert {key: party.name for key, party in case.parties.items()} == {
        "ampo": "AMPO",
        "city": "City",
    }
    assert list(case.positions) == ["ampo", "city"]


def test_items_in_another_order_than_the_domain_are_matched_by_name(shared_data):
    """City's file lists Fire before Keep, AMPO's Keep before Fire."""
    case = the_case(shared_data, "AMPOvsCity")
    both = [values_of(case, "commisioner-daniels", party) for party in ("ampo", "city")]
    assert both == [{"fire": 100, "keep": 0}, {"fire": 0, "keep": 100}]


@pytest.mark.parametrize("name", ["LaptopA", "AcquisitionB", "NiceOrDieC", "SYAgent", "Lunch"])
def test_a_discounted_profile_keeps_its_walk_away(shared_data, name):
    """Outcome-space fault 8: readers that look at the discount factor first lose the walk-away."""
    case = the_case(shared_data, name)
    assert len(case.demands) == len(case.parties)
    stretch = {"util1": 1.1} if name == "SYAgent" else {}
    for demand, wanted in zip(case.demands.values(), exact(shared_data, name)["r"], strict=True):
        assert demand.kind == "walk-away"
        assert demand.worth.central / 100 * stretch.get(demand.by, 1) == pytest.approx(wanted)
        assert demand.binds.central == 1
        assert "discount factor 0." in (demand.assumed or "")


def test_skipping_the_division_by_the_largest_evaluation_gives_other_points(shared_data):
    """Outcome-space fault 8: England's evaluations have 9, 8, 12, 10 and 10 as largest."""
    case = the_case(shared_data, "EnglandZimbabwe")
    assert values_of(case, "size-of-fund", "england") == {
        "100-billion": pytest.approx(100 * 5 / 9),
        "50-billion": pytest.approx(100 * 7 / 9),
        "10-billion": 100,
        "no-agreement": pytest.approx(100 / 9),
    }


@pytest.mark.parametrize("name", ["EnglandZimbabwe", "LaptopA", "Domain1", "ItexvsCypress"])
def test_every_package_is_worth_what_the_files_literally_say(shared_data, name):
    domain, profiles = find_genius(shared_data / "genius" / name)
    case = read_genius(domain, profiles)
    for party, profile in zip(case.signatories, profiles, strict=True):
        literal = [literal_utility(profile, package) for package in literal_packages(domain)]
        assert utilities(case, party) == pytest.approx(literal, abs=1e-12)


@pytest.mark.parametrize("name", DOMAINS)
def test_everything_that_is_read_says_why(shared_data, name):
    case = the_case(shared_data, name)
    assert {basis.founded for _, basis in case.based()} == {"assumed"}
    files = {file.name for file in (shared_data / "genius" / name).iterdir()}
    for _, basis in case.based():
        assert str(basis.assumed).split(":")[0] in files


# --- Values, weights, walk-aways -----------------------------------------------------------------


def test_a_value_is_the_evaluation_over_the_largest_of_its_issue(tmp_path):
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.25, 0.75]))
    assert values_of(case) == {"small": 25, "large": 100}
    assert values_of(case, "term") == {"one-year": 0, "two-years": 50, "ten-years": 100}
    assert [p.weight.central for p in case.positions["p1"].values()] == [25, 75]


def test_numbers_keep_every_digit(tmp_path):
    weights = ["0.37808251708013424", "0.62191748291986576"]
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, weights))
    assert [p.weight.central for p in case.positions["p1"].values()] == [
        37.808251708013424,
        62.191748291986576,
    ]


@pytest.mark.parametrize(("weight", "shown"), [("0.457", "45.7"), ("0.07", "7"), ("0.1", "10")])
def test_decimal_numbers_stay_as_short_as_they_are_written(tmp_path, weight, shown):
    """In binary arithmetic 100 * 0.07 is 7.000000000000001."""
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [weight, 1 - float(weight)]))
    assert str(case.positions["p1"]["size"].weight) == shown


def test_an_issue_that_is_worth_nothing_throughout_is_worth_0(tmp_path):
    assert values_of(one_issue(tmp_path, ["a", "b"], {"a": 0, "b": "0.0"})) == {"a": 0, "b": 0}


def test_an_option_without_evaluation_is_unknown_and_never_0(tmp_path):
    case = one_issue(tmp_path, ["a", "b", "c", "d"], {"a": 2, "b": None, "c": 1, "d": "null"})
    assert values_of(case) == {"a": 100, "c": 50}


def test_an_issue_that_a_utility_space_leaves_out_is_unknown(tmp_path):
    text = profile_xml({"Size": WEST["Size"]}, [0.5]).replace(
        "</objective>", '<weight index="2" value="0.5"/></objective>'
    )
    case = read(tmp_path, domain_xml(FUND), text)
    assert case.positions["p1"]["term"].weight.central == 50
    assert values_of(case, "term") == {}


def test_weights_within_one_per_cent_of_1_are_taken_as_written(tmp_path):
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.255, 0.755], 0.5))
    assert [p.weight.central for p in case.positions["p1"].values()] == [25.5, 75.5]
    assert walk_aways(case) == [0.5]


def test_other_weights_are_divided_by_their_sum_and_the_reservation_value_too(tmp_path):
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.5, 1.5], 0.5))
    assert [p.weight.central for p in case.positions["p1"].values()] == [25, 75]
    assert walk_aways(case) == [0.25]
    notes = [str(basis.assumed) for _, basis in case.based() if "p1.xml" in str(basis.assumed)]
    assert len(notes) == 4
    assert all("weights add up to 2 and were divided by that" in note for note in notes)


def test_a_single_weight_a_little_above_1_is_divided_too(tmp_path):
    case = read(tmp_path, domain_xml({"Size": ["a"]}), profile_xml({"Size": {"a": 1}}, [1.005]))
    assert case.positions["p1"]["size"].weight.central == 100


def test_a_reservation_value_that_no_package_reaches_is_kept(tmp_path):
    profile = profile_xml({"Size": {"a": 1, "b": 0}, "Term": {"x": 0, "y": 0}}, [0.5, 0.5], 0.9)
    case = read(tmp_path, domain_xml({"Size": ["a", "b"], "Term": ["x", "y"]}), profile)
    assert walk_aways(case) == [0.9]
    assert utilities(case, "p1").max() == 0.5


@pytest.mark.parametrize(("said", "times"), [("1.2", "1.2"), ("-0.1", "-0.1")])
def test_a_reservation_value_outside_the_scale_is_refused(tmp_path, said, times):
    """Kept at 100 it would let a party sign its ideal, which the file says it would not."""
    assert refusal(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.5, 0.5], said)) == (
        f"line 1, p1.xml: the reservation value is {times} times what the best package could be "
        "worth, not between 0 and 1; write 1 if it signs nothing but its ideal, 0 if it signs "
        "anything"
    )


def test_a_missing_reservation_value_is_0_and_says_so(tmp_path):
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.5, 0.5]))
    demand = case.demands["p1-walks-away"]
    assert demand.worth.central == 0
    assert str(demand.assumed).endswith("no reservation value is written, which GENIUS reads as 0")


@pytest.mark.parametrize(("factor", "kept"), [("0.75", True), ("1.0", False), ("0", False)])
def test_a_discount_factor_is_kept_in_words(tmp_path, factor, kept):
    case = read(tmp_path, domain_xml(FUND), profile_xml(WEST, [0.5, 0.5], 0.5, factor))
    said = "discount factor 0.75 per round" in str(case.demands["p1-walks-away"].assumed)
    assert said is kept
    assert walk_aways(case) == [0.5]


def test_the_reservation_value_may_stand_before_or_inside_the_objective(tmp_path):
    text = profile_xml(WEST, [0.5, 0.5])
    before = text.replace("<objective", '<reservation value="0.5"/><objective')
    inside = text.replace("</objective>", '<reservation value="0.5"/></objective>')
    case = read(tmp_path, domain_xml(FUND), before, inside)
    assert walk_aways(case) == [0.5, 0.5]


# --- Numeric issues ------------------------------------------------------------------------------


def test_an_integer_issue_is_numeric_and_its_evaluator_counts_from_the_lower_bound(tmp_path):
    case = one_issue(tmp_path, ("integer", 10, 20), 'ftype="linear" offset="0.2" slope="0.08"')
    issue = case.issues["size"]
    assert (issue.range, issue.step, len(issue.numbers)) == ("10..20", 1, 11)
    assert values_of(case) == {"10": 20, "20": 100}


def test_no_largest_evaluation_divides_a_numeric_issue(tmp_path):
    case = one_issue(tmp_path, ("integer", 0, 4), 'ftype="linear" offset="0.1" slope="0.1"')
    assert utilities(case, "p1") == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])


def test_an_evaluator_in_parameters_counts_from_0(tmp_path):
    text = 'ftype="linear" parameter0="-1" parameter1="0.1"'
    case = one_issue(tmp_path, ("integer", 10, 20), text)
    assert values_of(case) == {"10": 0, "20": 100}


def test_values_are_cut_off_at_0_and_1_and_the_bends_are_kept(tmp_path):
    case = one_issue(tmp_path, ("integer", 0, 10), 'offset="-0.25" slope="0.25"')
    assert values_of(case) == {"0": 0, "1": 0, "5": 100, "10": 100}
    assert "cut off at 0 and 1" in str(case.positions["p1"]["size"].assumed)
    literal = np.clip(-0.25 + 0.25 * np.arange(11), 0, 1)
    assert utilities(case, "p1") == pytest.approx(literal)


def test_a_bend_between_two_numbers_is_kept_too(tmp_path):
    case = one_issue(tmp_path, ("integer", 0, 10), 'offset="-0.3" slope="0.2"')
    literal = np.clip(-0.3 + 0.2 * np.arange(11), 0, 1)
    assert utilities(case, "p1") == pytest.approx(literal)


def test_a_constant_evaluator_says_the_same_of_all_numbers(tmp_path):
    case = one_issue(tmp_path, ("integer", 0, 10), 'ftype="constant" parameter0="0.4"')
    assert values_of(case) == {"0": 40, "10": 40}


def test_a_triangle_rises_to_its_top_and_falls(tmp_path):
    text = 'ftype="triangular" parameter0="2" parameter1="8" parameter2="4"'
    case = one_issue(tmp_path, ("integer", 0, 10), text)
    assert values_of(case) == {"0": 0, "2": 0, "4": 100, "8": 0, "10": 0}
    assert utilities(case, "p1")[[3, 6]] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(("low", "high", "top"), [(0, 10, 0), (0, 10, 10)])
def test_a_triangle_may_have_its_top_at_an_end(tmp_path, low, high, top):
    text = f'ftype="triangular" parameter0="{low}" parameter1="{high}" parameter2="{top}"'
    case = one_issue(tmp_path, ("integer", 0, 10), text)
    assert utilities(case, "p1")[[top, 10 - top, 5]] == pytest.approx([1, 0, 0.5])


def test_a_real_issue_is_taken_in_20_steps_and_says_so(tmp_path):
    text = 'ftype="linear" parameter0="-1" parameter1="0.0001"'
    case = one_issue(tmp_path, ("real", 10000, 20000), text)
    issue = case.issues["size"]
    assert (issue.range, issue.step, len(issue.numbers)) == ("10000.0..20000.0", 500, 21)
    assert "the whole range is taken in 20 equal steps" in str(issue.assumed)
    assert utilities(case, "p1") == pytest.approx(np.linspace(0, 1, 21))


def test_a_range_of_many_integers_is_taken_in_as_many_steps_as_a_case_holds(tmp_path):
    case = one_issue(tmp_path, ("integer", 0, 5000), 'offset="0" slope="0.0002"')
    issue = case.issues["size"]
    assert (issue.step, len(issue.numbers)) == (8, 626)
    assert "625 equal steps" in str(issue.assumed)
    assert utilities(case, "p1") == pytest.approx(np.linspace(0, 1, 626))


@pytest.mark.parametrize("kind", ["integer", "real"])
def test_a_range_of_one_number_is_an_option(tmp_path, kind):
    case = one_issue(tmp_path, (kind, 5, 5), 'ftype="constant" parameter0="0.4"')
    assert case.issues["size"].option_ids == ("5",)
    assert values_of(case) == {"5": 40}


@pytest.mark.parametrize(
    ("issue", "evaluator", "message"),
    [
        (("integer", 9, 0), 'offset="0" slope="1"', "its range runs downwards"),
        (("integer", 0.5, 3), 'offset="0" slope="1"', "an integer issue has bounds that are none"),
        (("real", 0, 1e-30), 'parameter0="0" parameter1="1"', "too narrow to be cut into steps"),
        (("real", 0, "1e400"), 'parameter0="0" parameter1="1"', '`upperbound` is "1e400"'),
        (("real", 0, 1), 'offset="0" slope="1"', "<evaluator> has no `parameter0`"),
        (("real", 0, 1), 'ftype="faratin"', 'evaluators of type "faratin" are not understood'),
        (("real", 0, 1), 'parameter1="1"', "<evaluator> has no `parameter0`"),
        (
            ("real", 0, 1),
            'ftype="triangular" parameter0="0" parameter1="1" parameter2="2"',
            "its triangle is not in order",
        ),
    ],
)
def test_a_numeric_issue_that_makes_no_sense_is_refused(tmp_path, issue, evaluator, message):
    with pytest.raises(ExchangeError, match="line 1, ") as caught:
        one_issue(tmp_path, issue, evaluator)
    assert message in str(caught.value)


def test_a_numeric_issue_needs_one_evaluator(tmp_path):
    message = refusal(
        tmp_path, domain_xml({"Size": ("integer", 0, 5)}), profile_xml({"Size": {}}, [1])
    )
    assert message == "line 1, p1.xml: an issue of type integer has 0 <evaluator>; it needs one"


def test_a_range_that_differs_from_the_domain_is_refused(tmp_path):
    """An integer's offset counts from the lower bound, so another bound means other values."""
    text = profile_xml({"Size": 'offset="0" slope="0.2"'}, [1])
    text = text.replace('type="integer"', 'type="integer" lowerbound="1" upperbound="5"')
    message = refusal(tmp_path, domain_xml({"Size": ("integer", 0, 5)}), text)
    assert "`lowerbound` differs from the domain's; write the same range" in message


# --- Names and ids -------------------------------------------------------------------------------


def test_ids_are_made_from_names_and_names_are_kept(tmp_path):
    issues = {"Size of  Fund ($)": ["5 %", "5 $", "???", "Über_Maß"]}
    worth = {"Size of  Fund ($)": {"5 %": 1, "5 $": 1, "???": 1, "Über_Maß": 1}}
    case = read(tmp_path, domain_xml(issues), profile_xml(worth, [1]))
    issue = case.issues["size-of-fund"]
    assert issue.name == "Size of Fund ($)"
    assert {key: option.name for key, option in issue.options.items()} == {
        "5": "5 %",
        "5-2": "5 $",
        "option": "???",
        "über-mass": "Über_Maß",
    }


def test_parties_and_issues_never_share_an_id(tmp_path):
    paths = written(tmp_path, domain=domain_xml(FUND), size=profile_xml(WEST, [0.5, 0.5]))
    case = read_genius(paths["domain"], [paths["size"]])
    assert list(case.parties) == ["size-2"]
    assert case.parties["size-2"].name == "size"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (("Laptop-A-prof1", "Laptop-A-prof2"), ["prof1", "prof2"]),
        (("ItexvsCypress_Itex", "ItexvsCypress_Cypress"), ["Itex", "Cypress"]),
        (("England", "Zimbabwe"), ["England", "Zimbabwe"]),
        (("side_1", "side_2"), ["side_1", "side_2"]),
        (("a_b_c",), ["a_b_c"]),
        (("a_b", "a_b_c"), ["b", "b_c"]),
    ],
)
def test_parties_without_agent_are_named_after_their_files(tmp_path, files, names):
    paths = written(tmp_path, domain=domain_xml(FUND))
    spaces = written(tmp_path, **{file: profile_xml(WEST, [0.5, 0.5]) for file in files})
    case = read_genius(paths["domain"], [spaces[file] for file in files])
    assert [party.name for party in case.parties.values()] == names
    assert all(party.role == "principal" for party in case.parties.values())


def test_agents_name_their_parties_whatever_machine_their_paths_are_from(tmp_path):
    agents = {"North": "C:\\data\\P1.xml", "South": "etc/templates/p2.xml"}
    profile = profile_xml(WEST, [0.5, 0.5])
    case = read(tmp_path, domain_xml(FUND, agents), profile, profile)
    assert list(case.parties) == ["north", "south"]


@pytest.mark.parametrize(
    ("objective", "file", "title"),
    [
        ("Peace talks", "x", "Peace talks"),
        ("root", "Fund-domain", "Fund"),
        ("", "domain", "domain"),
    ],
)
def test_the_title_is_the_objective_or_the_file(tmp_path, objective, file, title):
    text = domain_xml(FUND).replace('name="root"', f'name="{objective}"')
    paths = written(tmp_path, **{file: text, "west": profile_xml(WEST, [0.5, 0.5])})
    assert read_genius(paths[file], [paths["west"]]).title == title


def test_a_description_that_says_more_than_the_name_is_kept_as_a_note(tmp_path):
    text = domain_xml({"Size": ["a", "b"]})
    text = text.replace('value="a"', 'value="a" description="all of it"')
    text = text.replace('value="b"', 'value="b" description="b"')
    case = read(tmp_path, text, profile_xml({"Size": {"a": 1, "b": 0}}, [1]))
    assert [option.note for option in case.issues["size"].options.values()] == ["all of it", None]


def test_issues_of_nested_objectives_are_read_in_order(tmp_path):
    domain = (
        '<negotiation_template><utility_space><objective index="0" name="root">'
        '<objective index="1" name="money"><issue index="2" name="A"><item value="x"/></issue>'
        '</objective><issue index="3" name="B"><item value="y"/></issue>'
        "</objective></utility_space></negotiation_template>"
    )
    profile = (
        '<utility_space><objective index="0"><weight index="1" value="0.5"/>'
        '<weight index="3" value="0.6"/><objective index="1"><weight index="2" value="0.4"/>'
        '<issue index="2" name="A"><item value="x" evaluation="1"/></issue></objective>'
        '<issue index="3" name="B"><item value="y" evaluation="1"/></issue>'
        "</objective></utility_space>"
    )
    case = read(tmp_path, domain, profile)
    assert {k: p.weight.central for k, p in case.positions["p1"].items()} == {"a": 40, "b": 60}


def test_items_inside_similarity_functions_are_not_options(tmp_path):
    """AMPOvsCity lists its items a second time there, with other evaluations."""
    text = profile_xml({"Size": {"a": 4, "b": 2}}, [1]).replace(
        "</issue>",
        '<similarity_function><item value="b" evaluation="9"/></similarity_function></issue>',
    )
    case = read(tmp_path, domain_xml({"Size": ["a", "b"]}), text)
    assert values_of(case) == {"a": 100, "b": 50}


def test_a_declared_encoding_reaches_the_names(tmp_path):
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    domain, profile = tmp_path / "d.xml", tmp_path / "p.xml"
    domain.write_bytes((head + domain_xml({"Größe": ["groß"]})).encode("latin-1"))
    profile.write_bytes((head + profile_xml({"Größe": {"groß": 1}}, [1])).encode("latin-1"))
    case = read_genius(domain, [profile])
    assert case.issues["grösse"].name == "Größe"


# --- What is refused -----------------------------------------------------------------------------


def changed(old: str, new: str) -> str:
    text = profile_xml(WEST, [0.25, 0.75], 0.5)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('evaluation="8"', 'evaluation="-8"', "`evaluation` is -8; write 0 or more"),
        ('evaluation="8"', 'evaluation="much"', '`evaluation` is "much"; write a number'),
        ('value="0.25"', 'value="-0.25"', "`value` is -0.25; write 0 or more"),
        ('value="0.25"', 'value="nan"', '`value` is "nan"; write a number'),
        ('<weight index="1" value="0.25"/>', "", 'issue 1 ("Size") has no weight; add <weight'),
        ('weight index="1"', 'weight index="2"', "a second weight for issue 2; keep one"),
        ('index="1" name="Size"', 'index="2" name="Size"', 'issue 2 is "Size" here, "Term" in'),
        ('index="1" name="Size"', 'index="9" name="Size"', "the domain has no issue with the"),
        ('index="1" name="Size"', 'name="Size"', "<issue> has no `index`"),
        ('name="Size"', 'name="Seize"', 'issue 1 is "Seize" here, "Size" in the domain'),
        ('value="large"', 'value="larg"', 'no item "larg" in this issue; did you mean "large"?'),
        ('value="large"', "", "<item> has no `value`"),
        ("<objective", '<reservation value="0.1"/><objective', "a second <reservation>"),
        ("<objective", "<hyperRectangle/><objective", "<hyperRectangle> inside <utility_space>"),
        ('<item index="1" value="small"', '<rule/><item value="small"', "<rule> inside <issue>"),
        ("utility_space>", "utility_spaces>", "<utility_spaces> holds 0 <utility_space>"),
    ],
)
def test_a_utility_space_that_could_be_misread_is_refused(tmp_path, old, new, message):
    text = changed(old, new)
    if old == "utility_space>":
        text = text.replace("</utility_space>", "</utility_spaces>")
    assert message in (found := refusal(tmp_path, domain_xml(FUND), text))
    assert found.startswith("line 1, p1.xml: ")


def test_weights_that_add_up_to_nothing_are_refused(tmp_path):
    assert refusal(tmp_path, domain_xml(FUND), profile_xml(WEST, [0, 0])) == (
        "line 1, p1.xml: its weights add up to 0; weigh at least one issue"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('index="2" name', 'index="1" name', "a second issue has the index 1; number the"),
        ('type="discrete"', 'type="price"', 'issues of type "price" are not understood'),
        ('name="Size"', 'name=" "', "<issue> has no `name`"),
        ("<objective", "<utility_function/><objective", "<utility_function> inside"),
        ("<utility_space>", "<utility_space/><utility_space>", "holds 2 <utility_space>"),
    ],
)
def test_a_domain_that_could_be_misread_is_refused(tmp_path, old, new, message):
    domain = domain_xml(FUND).replace(old, new, 1)
    assert message in (found := refusal(tmp_path, domain, profile_xml(WEST, [0.5, 0.5])))
    assert found.startswith("line 1, domain.xml: ")


@pytest.mark.parametrize("items", [[], [f"o{n}" for n in range(1001)]])
def test_an_issue_has_1_to_1000_options(tmp_path, items):
    message = refusal(tmp_path, domain_xml({"Size": items}), profile_xml({}, []))
    assert f"has {len(items)} items; write 1 to 1000" in message


def test_a_domain_without_issues_is_refused(tmp_path):
    assert "has no issue; is it a domain file?" in refusal(
        tmp_path, domain_xml({}), profile_xml({}, [])
    )


@pytest.mark.parametrize("count", [0, 101])
def test_a_case_has_1_to_100_parties(tmp_path, count):
    paths = written(tmp_path, domain=domain_xml(FUND), west=profile_xml(WEST, [0.5, 0.5]))
    with pytest.raises(ExchangeError, match=f"^{count} utility spaces were given; name at least"):
        read_genius(paths["domain"], [paths["west"]] * count)


def test_more_values_than_any_negotiation_has_are_refused_before_they_are_read(tmp_path):
    issues = {f"i{n}": [f"o{m}" for m in range(1000)] for n in range(25)}
    paths = written(tmp_path, domain=domain_xml(issues), west=profile_xml(WEST, [0.5, 0.5]))
    with pytest.raises(ExchangeError, match="25000 options and 9 parties make more than 200,000"):
        read_genius(paths["domain"], [paths["west"]] * 9)


def test_a_domain_of_ten_thousand_like_named_issues_takes_no_time(tmp_path):
    issues = "".join(
        f'<issue index="{n}" name="?"><item value="a"/></issue>' for n in range(10_000)
    )
    weights = "".join(f'<weight index="{n}" value="0.0001"/>' for n in range(10_000))
    case = read(
        tmp_path,
        f"<negotiation_template><utility_space>{issues}</utility_space></negotiation_template>",
        f"<utility_space>{weights}</utility_space>",
    )
    assert len(case.issues) == 10_000
    assert list(case.issues)[-1] == "issue-10000"


# --- Finding the files ---------------------------------------------------------------------------


def test_files_are_found_by_content_and_in_the_order_of_the_agents(tmp_path):
    profile = profile_xml(WEST, [0.5, 0.5])
    agents = {"South": "ways/a2.xml", "North": "a10.xml", "Nobody": "missing.xml"}
    written(tmp_path, zzz=domain_xml(FUND, agents), a1=profile, a2=profile, a10=profile, a3=profile)
    (tmp_path / "notes.txt").write_text("no XML")
    (tmp_path / "other.xml").write_text("<domainrepository/>")
    (tmp_path / "folder.xml").mkdir()
    domain, spaces = find_genius(tmp_path)
    assert domain.name == "zzz.xml"
    assert [file.stem for file in spaces] == ["a2", "a10", "a1", "a3"]


def test_without_agents_files_are_sorted_as_people_count(tmp_path):
    profile = profile_xml(WEST, [0.5, 0.5])
    written(tmp_path, d=domain_xml(FUND), u10=profile, u9=profile, U1=profile)
    assert [file.stem for file in find_genius(tmp_path)[1]] == ["U1", "u9", "u10"]


@pytest.mark.parametrize(("domains", "spaces"), [(0, 1), (2, 1), (1, 0)])
def test_a_folder_holds_one_domain_and_some_utility_spaces(tmp_path, domains, spaces):
    written(tmp_path, **{f"d{n}": domain_xml(FUND) for n in range(domains)})
    written(tmp_path, **{f"p{n}": profile_xml(WEST, [0.5, 0.5]) for n in range(spaces)})
    with pytest.raises(ExchangeError) as caught:
        find_genius(tmp_path)
    names = ", ".join(f"d{n}.xml" for n in range(domains)) or "none"
    assert f"holds {domains} domains ({names}) and {spaces} utility spaces" in str(caught.value)


def test_a_broken_file_in_the_folder_is_named(tmp_path):
    written(tmp_path, d=domain_xml(FUND), p=profile_xml(WEST, [0.5, 0.5]), q="<broken")
    with pytest.raises(ExchangeError, match=r"q\.xml: isn't XML"):
        find_genius(tmp_path)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="can't be listed"):
        find_genius(tmp_path / "nowhere")


def test_a_folder_of_hundreds_of_files_is_refused(tmp_path):
    (tmp_path / "0.xml").write_text(domain_xml(FUND))
    for n in range(1, 202):
        shutil.copy(tmp_path / "0.xml", tmp_path / f"{n}.xml")
    with pytest.raises(ExchangeError, match="holds 202 XML files; name the ones to read"):
        find_genius(tmp_path)


def test_the_package_offers_what_its_formats_need():
    assert exchange.__all__ == [
        "convert",
        "find_genius",
        "lost_in_genius",
        "lost_in_gmcr",
        "read_genius",
        "read_gmcr",
        "read_matrices",
        "read_states",
        "write_genius",
        "write_gmcr",
    ]
