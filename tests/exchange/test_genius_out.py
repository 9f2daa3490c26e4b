from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from goodoffices.case.check import check
from goodoffices.case.model import Case
from goodoffices.errors import ExchangeError
from goodoffices.exchange import find_genius, lost_in_genius, read_genius, write_genius
from tests.exchange.genius_files import (
    FUND,
    domain_xml,
    literal_packages,
    literal_utility,
    profile_xml,
    utilities,
    walk_aways,
    without_basis,
    written,
)

DOMAINS = ("AMPOvsCity", "EnglandZimbabwe", "LaptopA", "NiceOrDieC", "SYAgent", "Travel")
ASSUMED = "test: made up"


def a_case(**changes: Any) -> Case:
    """Two parties, an issue of options and an issue of days; everything exact."""
    raw: dict[str, Any] = {
        "goodoffices": 1,
        "title": "Two valleys",
        "parties": {
            "west": {"name": "West", "role": "principal", "assumed": ASSUMED},
            "east": {"name": "East & Co <1>", "role": "principal", "assumed": ASSUMED},
        },
        "issues": {
            "dam": {
                "name": "The dam",
                "options": {"up": {"name": 'Up "now"', "note": "All\nof it"}, "down": "Down"},
                "assumed": ASSUMED,
            },
            "days": {"name": "Days", "range": "0..20", "unit": "days", "assumed": ASSUMED},
        },
        "positions": {
            "west": {
                "dam": {"weight": 70, "values": {"up": 100, "down": 12.5}, "assumed": ASSUMED},
                "days": {"weight": 30, "values": {"0": 0, "20": 100}, "assumed": ASSUMED},
            },
            "east": {
                "dam": {"weight": 33.3, "values": {"up": 0, "down": 100}, "assumed": ASSUMED},
                "days": {"weight": 66.7, "values": {"0": 90, "20": 10}, "assumed": ASSUMED},
            },
        },
        "demands": {
            "west-goes": {
                "by": "west",
                "kind": "walk-away",
                "name": "goes",
                "value": 40,
                "assumed": f"{ASSUMED}; discount factor 0.75 per round is kept in words only",
            },
        },
    }
    for path, value in changes.items():
        *parents, last = path.split("__")
        node = raw
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = value
    return Case.model_validate(raw)


def again(case: Case, folder: Path, *, lossy: bool = False) -> Case:
    """Write a case and read it back."""
    write_genius(case, folder, lossy=lossy)
    return read_genius(*find_genius(folder))


def lost(**changes: Any) -> list[str]:
    return [str(fault) for fault in lost_in_genius(a_case(**changes))]


# --- What is written ------------------------------------------------------------------------------


def test_a_case_becomes_a_domain_and_a_utility_space_per_signatory(tmp_path):
    paths = write_genius(a_case(), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        "domain.xml",
        "profile-1-west.xml",
        "profile-2-east.xml",
    ]
    assert sorted((tmp_path / "new" / "folder").iterdir()) == sorted(paths)


def test_the_domain_names_agents_files_issues_and_options(tmp_path):
    root = ElementTree.parse(write_genius(a_case(), tmp_path)[0]).getroot()
    assert root.tag == "negotiation_template"
    assert [(a.get("name"), a.get("utility_space")) for a in root.iter("agent")] == [
        ("West", "profile-1-west.xml"),
        ("East & Co <1>", "profile-2-east.xml"),
    ]
    space = root.find("utility_space")
    assert space is not None
    assert space.get("number_of_issues") == "2"
    dam, days = root.iter("issue")
    assert (dam.get("name"), dam.get("type"), dam.get("index")) == ("The dam", "discrete", "1")
    assert [(i.get("value"), i.get("description")) for i in dam] == [
        ('Up "now"', "All\nof it"),
        ("Down", ""),
    ]
    assert (days.get("type"), days.get("lowerbound"), days.get("upperbound")) == (
        "integer",
        "0",
        "20",
    )


def test_a_utility_space_says_weights_evaluations_and_reservation_value(tmp_path):
    root = ElementTree.parse(write_genius(a_case(), tmp_path)[1]).getroot()
    assert root.tag == "utility_space"
    assert [w.get("value") for w in root.iter("weight")] == ["0.7", "0.3"]
    assert [i.get("evaluation") for i in root.iter("item")] == ["100", "12.5"]
    evaluator = root.find(".//evaluator")
    assert evaluator is not None
    assert evaluator.attrib == {"ftype": "linear", "offset": "0", "slope": "0.05"}
    assert [r.get("value") for r in root.iter("reservation")] == ["0.4"]


def test_a_discount_factor_is_written_back_from_the_words(tmp_path):
    west, east = (ElementTree.parse(p).getroot() for p in write_genius(a_case(), tmp_path)[1:])
    assert [d.get("value") for d in west.iter("discount_factor")] == ["0.75"]
    assert [d.get("value") for d in east.iter("discount_factor")] == ["1.0"]


def test_a_party_without_walk_away_has_no_reservation_value(tmp_path):
    east = ElementTree.parse(write_genius(a_case(), tmp_path)[2]).getroot()
    assert east.find("reservation") is None


def test_what_is_written_reads_back_with_the_same_names_and_utilities(tmp_path):
    case = a_case()
    back = again(case, tmp_path)
    assert back.title == "Two valleys"
    assert [party.name for party in back.parties.values()] == ["West", "East & Co <1>"]
    assert back.issues["the-dam"].options["up-now"].note == "All\nof it"
    assert (back.issues["days"].range, back.issues["days"].step) == ("0..20", 1)
    for mine, theirs in zip(case.signatories, back.signatories, strict=True):
        assert utilities(back, theirs) == pytest.approx(utilities(case, mine), abs=1e-12)
    assert walk_aways(back) == [0.4, 0]


def test_what_was_read_passes_the_check(tmp_path):
    """Only warnings: nobody is heard in it, and it has no date."""
    assert {fault.severity for fault in check(again(a_case(), tmp_path))} == {"warning"}


def test_a_case_that_was_read_is_the_same_when_written_and_read_again(tmp_path):
    profile = profile_xml({"Size": {"small": 3, "large": 7}, "Term": {"one year": 1}}, [0.3, 0.7])
    # Unknown values can't be written, so that the second profile values all of them.
    full = {"Size": {"small": 3, "large": 7}, "Term": {"one year": 1, "two years": 3}}
    domain = domain_xml({"Size": ["small", "large"], "Term": ["one year", "two years"]})
    paths = written(tmp_path, domain=domain, west=profile_xml(full, [0.3, 0.7], 0.5, 0.9))
    case = read_genius(paths["domain"], [paths["west"]])
    back = again(case, tmp_path / "out")
    assert without_basis(back.model_dump()) == without_basis(case.model_dump())
    assert "discount factor 0.9" in str(back.demands["west-walks-away"].assumed)
    paths = written(tmp_path, domain=domain, west=profile)
    with pytest.raises(ExchangeError, match=r"positions\.west\.term\.values\.two-years: unknown"):
        write_genius(read_genius(paths["domain"], [paths["west"]]), tmp_path / "other")


@pytest.mark.parametrize("name", DOMAINS)
def test_shared_domains_survive_being_written_and_read(shared_data, tmp_path, name):
    case = read_genius(*find_genius(shared_data / "genius" / name))
    back = again(case, tmp_path)
    assert without_basis(back.model_dump()) == without_basis(case.model_dump())


def test_what_is_written_means_the_same_to_a_literal_reader(shared_data, tmp_path):
    domain, profiles = find_genius(shared_data / "genius" / "EnglandZimbabwe")
    new, *spaces = write_genius(read_genius(domain, profiles), tmp_path)
    packages = list(literal_packages(domain))
    assert list(literal_packages(new)) == packages
    for old, space in zip(profiles, spaces, strict=True):
        mine = [literal_utility(space, package) for package in packages]
        assert mine == pytest.approx([literal_utility(old, p) for p in packages], abs=1e-12)


# --- Numeric issues -------------------------------------------------------------------------------


def numeric(
    evaluator: str, kind: str = "integer", low: object = 0, high: object = 10
) -> tuple[str, str]:
    return domain_xml({"Size": (kind, low, high)}), profile_xml({"Size": evaluator}, [1])


@pytest.mark.parametrize(
    ("kind", "low", "high", "evaluator"),
    [
        ("integer", 0, 10, 'offset="0.13" slope="0.07"'),
        ("integer", -7, 3, 'offset="1" slope="-0.1"'),
        ("integer", 0, 10, 'offset="-0.3" slope="0.17"'),
        ("integer", 0, 10, 'offset="1.3" slope="-0.17"'),
        ("integer", 0, 10, 'offset="-5" slope="1"'),
        ("integer", 0, 10, 'ftype="constant" parameter0="0.4"'),
        ("integer", 0, 9, 'offset="0.51" slope="-0.044444444444444446"'),
        ("integer", 0, 999, 'offset="0" slope="0.001001001"'),
        ("real", 0, 10, 'parameter0="0.1" parameter1="0.07"'),
        ("real", 13000, 22666, 'parameter0="-1.4" parameter1="0.0001"'),
        ("real", 0.25, 0.75, 'ftype="constant" parameter0="1"'),
    ],
)
def test_a_range_on_a_line_stays_a_range(tmp_path, kind, low, high, evaluator):
    domain, profile = numeric(evaluator, kind, low, high)
    paths = written(tmp_path, domain=domain, west=profile)
    case = read_genius(paths["domain"], [paths["west"]])
    back = again(case, tmp_path / "out")
    assert back.issues["size"].range is not None
    assert without_basis(back.model_dump()) == without_basis(case.model_dump())


@pytest.mark.parametrize(
    ("kind", "high", "evaluator"),
    [
        ("integer", 10, 'ftype="triangular" parameter0="0" parameter1="10" parameter2="4"'),
        ("integer", 5000, 'offset="0" slope="0.0002"'),
    ],
)
def test_a_range_off_any_line_becomes_a_list_of_the_same_worth(tmp_path, kind, high, evaluator):
    domain, profile = numeric(evaluator, kind, 0, high)
    paths = written(tmp_path, domain=domain, west=profile)
    case = read_genius(paths["domain"], [paths["west"]])
    back = again(case, tmp_path / "out")
    assert [o.name for o in back.issues["size"].options.values()] == list(
        case.issues["size"].numbers
    )
    assert utilities(back, "west") == pytest.approx(utilities(case, "west"), abs=1e-12)


@pytest.mark.parametrize(
    ("bounds", "step"), [("0..20", 2), ("0.0..10.4", 0.5), ("0.0..20.0", 5), ("0..1", 0.05)]
)
def test_a_range_in_steps_that_genius_would_not_take_becomes_a_list(tmp_path, bounds, step):
    """10.4 in steps of 0.5 has 21 numbers, as a real issue has in GENIUS, but other ones."""
    high = bounds.split("..")[1]
    values = {"0": 0, high: 100}
    case = a_case(
        issues__days__range=bounds,
        issues__days__step=step,
        positions__west__days__values=values,
        positions__east__days__values=values,
    )
    back = again(case, tmp_path, lossy=True)
    assert [o.name for o in back.issues["days"].options.values()] == [
        f"{number} days" for number in case.issues["days"].numbers
    ]


def test_a_list_of_numbers_shows_their_unit(tmp_path):
    case = a_case(
        issues__days__step=10,
        positions__east__days__values={"0": 100, "10": 80, "20": 0},
    )
    back = again(case, tmp_path)
    assert [o.name for o in back.issues["days"].options.values()] == [
        "0 days",
        "10 days",
        "20 days",
    ]
    assert utilities(back, "west") == pytest.approx(utilities(case, "west"), abs=1e-12)


def test_values_beyond_the_numbers_given_stay_as_at_the_last_one(tmp_path):
    case = a_case(positions__east__days__values={"5": 100, "15": 0})
    back = again(case, tmp_path)
    assert back.issues["days"].range == "0..20"
    expected = np.interp(range(21), [5, 15], [100, 0])
    assert utilities(back, "east-co-1")[:21] == pytest.approx(0.667 * expected / 100)


def test_all_parties_must_be_on_a_line_for_a_range(tmp_path):
    case = a_case(positions__east__days__values={"0": 0, "10": 100, "20": 50})
    assert again(case, tmp_path).issues["days"].range is None


# --- What is lost ---------------------------------------------------------------------------------

LOSSES: dict[str, tuple[dict[str, Any], str]] = {
    "range": (
        {"positions__west__dam__weight": "60..80"},
        "positions.west.dam.weight: uncertain (60..80)",
    ),
    "unknown weight": (
        {"positions__west__dam__weight": None},
        "positions.west.dam.weight: unknown",
    ),
    "triangle": (
        {"positions__west__dam__values": {"up": "80..90..100", "down": 100}},
        "positions.west.dam.values.up: uncertain (80..90..100)",
    ),
    "missing value": (
        {"positions__west__dam__values": {"up": 100}},
        "positions.west.dam.values.down: unknown",
    ),
    "missing numbers": (
        {"positions__west__days__values": {}},
        "positions.west.days.values: unknown",
    ),
    "stretch": (
        {"positions__west__dam__values": {"up": 80, "down": 20}},
        "positions.west.dam.values: the best option is worth 80; GENIUS stretches the best to 100",
    ),
    "walk-away": (
        {"demands__west-goes__value": "30..50"},
        "demands.west-goes.value: uncertain (30..50)",
    ),
    "unknown walk-away": (
        {"demands__west-goes__value": None},
        "demands.west-goes.value: unknown",
    ),
    "firmness": (
        {"demands__west-goes__firmness": "likely"},
        "demands.west-goes.firmness: a doubt whether a walk-away binds",
    ),
    "second walk-away": (
        {"demands__more": {"by": "west", "kind": "walk-away", "name": "m", "value": 50}},
        "demands.more: a second walk-away of the same party",
    ),
    "red line": (
        {
            "demands__never": {
                "by": "east",
                "kind": "red line",
                "name": "never up",
                "refuses": {"dam": "up"},
            }
        },
        "demands.never: a red line",
    ),
    "precondition": (
        {
            "demands__first": {
                "by": "east",
                "kind": "precondition",
                "name": "first down",
                "requires": {"dam": "down"},
            }
        },
        "demands.first: a precondition",
    ),
    "linkage": (
        {"linkages__tie": {"when": {"dam": "up"}, "excludes": {"days": "above 10"}}},
        "linkages.tie: a linkage",
    ),
    "promise": (
        {"promises__pay": {"by": "east", "to": "west", "delivers": {"dam": "down"}, "kept": 0.5}},
        "promises.pay: a promise",
    ),
    "veto": (
        {"parties__east__factions": {"hill": {"name": "Hill", "veto": True}}},
        "parties.east.factions.hill: a faction with a veto",
    ),
    "faction": (
        {"parties__east__factions": {"hill": "Hill"}},
        "parties.east.factions.hill: a faction",
    ),
    "constituency": (
        {"parties__east__constituencies": {"farms": "Farms"}},
        "parties.east.constituencies.farms: a constituency",
    ),
    "mediator": (
        {"parties__north": {"name": "North", "role": "mediator"}},
        "parties.north: a mediator who does not sign",
    ),
    "agreed": ({"issues__dam__agreed": "up"}, "issues.dam.agreed: an issue that is agreed"),
    "package": (
        {"packages__first": {"name": "First", "picks": {"dam": "up", "days": "5"}}},
        "packages.first: a named package",
    ),
    "scenario": ({"scenarios__rain": {"name": "Rain"}}, "scenarios.rain: a scenario"),
}


def test_an_exact_additive_case_loses_nothing():
    assert lost() == []


@pytest.mark.parametrize("changes_and_loss", LOSSES.values(), ids=LOSSES)
def test_what_the_format_cannot_hold_is_named_with_its_place(changes_and_loss):
    changes, loss = changes_and_loss
    assert loss in lost(**changes)
    faults = lost_in_genius(a_case(**changes))
    assert {fault.severity for fault in faults} == {"warning"}


@pytest.mark.parametrize("changes_and_loss", LOSSES.values(), ids=LOSSES)
def test_a_case_that_would_lose_something_is_not_written(tmp_path, changes_and_loss):
    changes, loss = changes_and_loss
    with pytest.raises(ExchangeError) as caught:
        write_genius(a_case(**changes), tmp_path / "out")
    assert loss in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("changes_and_loss", LOSSES.values(), ids=LOSSES)
def test_it_is_written_all_the_same_when_the_loss_is_accepted(tmp_path, changes_and_loss):
    back = again(a_case(**changes_and_loss[0]), tmp_path, lossy=True)
    assert list(back.parties) == ["west", "east-co-1"]
    assert lost_in_genius(back) == ()


def test_linkages_are_never_lost_without_a_word(tmp_path):
    """Outcome-space fault 2: linkages are lost on saving."""
    case = a_case(**LOSSES["linkage"][0])
    with pytest.raises(ExchangeError) as caught:
        write_genius(case, tmp_path)
    assert str(caught.value) == (
        "1 part of the case can't be said in GENIUS XML "
        "(`--lossy`, in Python `lossy=True`, writes what can be said):"
        "\n  linkages.tie: a linkage"
    )


def test_all_losses_are_named_in_one_go(tmp_path):
    changes = {k: v for name in LOSSES for k, v in LOSSES[name][0].items()}
    with pytest.raises(ExchangeError) as caught:
        write_genius(a_case(**changes), tmp_path)
    head, *lines = str(caught.value).splitlines()
    assert head.startswith(f"{len(lines)} parts of the case")
    assert {"  linkages.tie: a linkage", "  promises.pay: a promise"} <= set(lines)


def test_what_only_describes_is_left_out_and_not_counted_as_lost():
    assert (
        lost(
            sources__report={"title": "Report", "kind": "report"},
            claims__one={"class": "fact", "source": "report"},
            interests__water={"name": "Water", "of": "west"},
            trust__some={"who": "west", "whom": "east", "kept": 0.5},
            text_agreed={"share": "90%"},
            positions__west__dam__wants="up",
        )
        == []
    )


# --- Written at a loss ----------------------------------------------------------------------------


def test_at_a_loss_central_values_are_written(tmp_path):
    case = a_case(
        positions__west__dam__values={"up": 100, "down": "20..30..70"},
        **{"demands__west-goes__value": "30..50"},
    )
    back = again(case, tmp_path, lossy=True)
    assert back.positions["west"]["the-dam"].values["down"].central == 30
    assert walk_aways(back)[0] == 0.4


def test_at_a_loss_unknown_weights_share_what_the_others_leave(tmp_path):
    back = again(a_case(positions__west__dam__weight=None), tmp_path, lossy=True)
    weights = [position.weight.central for position in back.positions["west"].values()]
    assert weights == [70, 30]


def test_at_a_loss_a_best_option_below_100_stretches_the_scale_and_the_walk_away(tmp_path):
    """West's best package is worth .7 * .8 + .3 = .86: everything of west's is divided by that."""
    case = a_case(positions__west__dam__values={"up": 80, "down": 20})
    back = again(case, tmp_path, lossy=True)
    assert utilities(back, "west") == pytest.approx(utilities(case, "west") / 0.86, abs=1e-12)
    assert walk_aways(back)[0] == pytest.approx(0.4 / 0.86, abs=1e-12)
    assert utilities(back, "east-co-1") == pytest.approx(utilities(case, "east"), abs=1e-12)


def test_at_a_loss_a_walk_away_above_the_best_package_becomes_1(tmp_path):
    case = a_case(
        positions__west__dam__values={"up": 10, "down": 0}, **{"demands__west-goes__value": 90}
    )
    assert walk_aways(again(case, tmp_path, lossy=True))[0] == 1


def test_at_a_loss_an_agreed_issue_keeps_the_agreed_option_alone(tmp_path):
    back = again(a_case(issues__dam__agreed="up"), tmp_path, lossy=True)
    assert list(back.issues["the-dam"].options) == ["up-now"]


@pytest.mark.parametrize("weights", [(35, 15), (0, 0)])
def test_weights_that_do_not_add_up_are_written_as_shares(tmp_path, weights):
    case = a_case(positions__west__dam__weight=weights[0], positions__west__days__weight=weights[1])
    back = again(case, tmp_path)
    shares = [position.weight.central for position in back.positions["west"].values()]
    assert shares == ([70, 30] if weights[0] else [50, 50])


# --- What can't be written at all -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"issues__dam__options": {"up": "Same  name", "down": "Same name"}},
            "issues.dam.options: two options have the same name, which is all",
        ),
        (
            {"issues__dam__name": "\u0001dam"},
            "issues.dam.name: '\\x01dam' has a character that XML has no place for; delete",
        ),
        ({"parties__west__name": "  "}, "parties.west.name: the name is blank; name it"),
        ({"title": ""}, "title: the name is blank; name it"),
        (
            {"parties__west__role": "mediator", "parties__east__role": "bystander"},
            "parties: nobody signs; make a party a principal",
        ),
        ({"issues": {}, "positions": {}}, "issues: there is nothing to settle; add an issue"),
    ],
)
def test_some_cases_cannot_be_written_at_any_loss(tmp_path, changes, message):
    with pytest.raises(ExchangeError) as caught:
        write_genius(a_case(**changes), tmp_path / "out", lossy=True)
    assert message in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_xml_files_is_not_written_to(tmp_path):
    written(tmp_path, old=profile_xml({"Size": {"small": 1}}, [1]), domain=domain_xml(FUND))
    with pytest.raises(ExchangeError, match=r"holds old\.xml, which would be read as a part of"):
        write_genius(a_case(), tmp_path)
    assert "Two valleys" not in (tmp_path / "domain.xml").read_text()


def test_writing_again_replaces_the_files(tmp_path):
    write_genius(a_case(), tmp_path)
    write_genius(a_case(title="Three valleys"), tmp_path)
    assert "Three valleys" in (tmp_path / "domain.xml").read_text()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExchangeError, match="can't be written"):
        write_genius(a_case(), tmp_path / "file")


def test_a_long_id_makes_a_file_name_that_fits(tmp_path):
    key = "ü" * 80
    case = a_case(
        **{f"parties__{key}": {"name": "Long", "role": "principal"}},
        **{
            f"positions__{key}": {
                "dam": {"weight": 50, "values": {"up": 100, "down": 0}},
                "days": {"weight": 50, "values": {"0": 0, "20": 1}},
            }
        },
    )
    assert [party.name for party in again(case, tmp_path).parties.values()][-1] == "Long"


def test_a_value_for_what_is_no_number_is_passed_over(tmp_path):
    case = a_case(positions__west__days__values={"0": 0, "20": 100, "soon": 5, "1e999999999": 5})
    assert again(case, tmp_path).issues["days"].range == "0..20"
