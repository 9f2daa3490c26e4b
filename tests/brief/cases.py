"""Cases for the tests of the brief: a small one that has everything, and a hostile one."""

from __future__ import annotations

import copy
import datetime as dt
from functools import cache
from typing import Any

from goodoffices.brief.ahead import Ahead, ahead_of
from goodoffices.brief.deadlock import Deadlock
from goodoffices.brief.elements import Rich, plain
from goodoffices.brief.evidence import collect
from goodoffices.brief.material import Material, Subject
from goodoffices.brief.naming import Naming, long_texts
from goodoffices.brief.states import deadlock_of
from goodoffices.case.model import Case
from goodoffices.case.voices import voices
from goodoffices.deals.lens import deals
from goodoffices.deals.results import Deals
from goodoffices.moves import MovesReport, moves
from goodoffices.outlook import outlook
from goodoffices.outlook.forecast_log import Forecast, ForecastLog, Resolution
from goodoffices.outlook.record import ScoreReport, score
from goodoffices.outlook.results import OutlookReport

TODAY = dt.date(2020, 2, 3)
Raw = dict[str, Any]
TEXT = (
    "The talks stand still. West said it will “keep its forces  in the strip” for now, "
    "and left.\n\nEast asks for a full withdrawal first. Nothing moved."
)
TEXTS = {"wire": TEXT, "letter": "The ferry should be free, a reader writes."}

WEST: Raw = {
    "name": "West",
    "role": "principal",
    "because": "keep",
    "alternative": "It stays where it is.",
    "factions": {"cabinet": {"name": "Cabinet", "veto": True}, "navy": "Navy"},
    "constituencies": {
        "fishers": {"name": "Fishers", "wants": {"ferry": "daily"}, "because": "keep"}
    },
}

BASIC: Raw = {
    "goodoffices": 1,
    "title": "The strip",
    "purpose": "To try the brief.",
    "not_for": "Anything else.",
    "as_of": {"date": "2020-02-03", "inferred": "the weather"},
    "sources": {
        "wire": {
            "title": "A wire report",
            "kind": "report",
            "publisher": "The Wire",
            "date": {"date": "2020-02-01", "inferred": "the ink"},
            "camp": "west",
        },
        "letter": {"title": "A letter", "kind": "comment"},
    },
    "claims": {
        "keep": {
            "class": "attributed claim", "source": "wire", "at": 1, "speaker": "west",
            "quote": "keep its forces in the strip", "note": "For how long, nobody says.",
        },
        "leave": {
            "class": "fact", "source": "wire", "at": "100-130", "speaker": "a witness",
            "quote": "full withdrawal",
        },
        "ferry-free": {
            "class": "opinion", "source": "letter", "speaker": "a reader",
            "quote": "should be free",
        },
    },
    "parties": {
        "west": WEST,
        "east": {"name": "East", "role": "principal", "because": "leave"},
        "norway": {"name": "Norway", "role": "mediator", "assumed": "team: known to all"},
    },
    "interests": {
        "safety": {
            "name": "Nobody lands at night", "of": "west", "because": "keep",
            "served_by": {"strip": "above 5", "watch": "buoys"},
        },
        "trade": {"name": "Trade goes on", "of": "cabinet", "assumed": "team: likely"},
    },
    "issues": {
        "strip": {
            "name": "Length of the strip", "range": "0..10", "step": 1, "unit": "km",
            "because": "keep",
        },
        "ferry": {
            "name": "The ferry", "options": {"none": "No ferry", "daily": "A daily ferry"},
            "assumed": "team: our own options",
        },
        "watch": {
            "name": "Who watches",
            "options": {"none": "Nobody", "buoys": "Buoys", "ships": "Ships"},
            "assumed": "team: our own options",
        },
        "fees": {
            "name": "Fees", "options": {"low": "Low", "high": "High"}, "agreed": "low",
            "because": "leave",
        },
    },
    "positions": {
        "west": {
            "strip": {
                "weight": "40..60", "values": {"0": "0..10", "10": 100}, "wants": 10,
                "interest": "safety", "because": "keep", "assumed": "team: scale",
            },
            "ferry": {"weight": 20, "values": {"none": 0, "daily": 100}, "because": "keep"},
            "watch": {"weight": 20, "values": {"none": 50}, "assumed": "team: scale"},
            "fees": {"weight": 10, "values": {"low": 100}, "assumed": "team: scale"},
        },
        "navy": {"strip": {"weight": 50, "values": {"0": 50, "10": 60}, "assumed": "team: x"}},
        "east": {
            "strip": {
                "weight": "30..50", "values": {"0": 100, "4": "20..30..60", "10": 0},
                "wants": "below 2", "because": "leave", "assumed": "team: scale",
            },
            "ferry": {"weight": 30, "values": {"none": 100, "daily": 0}, "assumed": "team: y"},
            "watch": {"weight": "5..20", "values": {"none": 0, "ships": 100}, "assumed": "team: y"},
        },
    },
    "demands": {
        "stay": {
            "by": "west", "kind": "red line", "name": "Forces stay", "firmness": "60..90%",
            "refuses": {"strip": "below 8"}, "interest": "safety", "because": "keep",
            "assumed": "team: firm",
        },
        "withdraw": {
            "by": "east", "kind": "precondition", "name": "Forces leave first",
            "firmness": "likely", "requires": {"strip": "at most 2"}, "because": "leave",
        },
        "no-gap": {
            "by": "cabinet", "kind": "red line", "name": "No strip without a watch",
            "firmness": "50%", "refuses": {"strip": "below 3", "watch": "none"},
            "assumed": "team: read so",
        },
        "west-alone": {
            "by": "west", "kind": "walk-away", "name": "Alone", "value": "20..30",
            "assumed": "team: low",
        },
        "east-alone": {
            "by": "east", "kind": "walk-away", "name": "Alone", "value": 20, "because": "leave",
        },
    },
    "linkages": {
        "free-ferry": {
            "when": {"ferry": "daily"}, "bonus": {"east": "-5..5"}, "assumed": "team: small",
        },
        "no-both": {
            "when": {"ferry": "daily"}, "excludes": {"watch": "ships"}, "because": "leave",
        },
        "needs": {
            "when": {"watch": "ships"}, "requires": {"strip": "at most 9"}, "because": "leave",
        },
    },
    "trust": {"in-west": {"who": "east", "whom": "west", "kept": "20..40%", "because": "leave"}},
    "promises": {
        "sail": {
            "by": "west", "to": "east", "delivers": {"ferry": "daily"}, "trust": "in-west",
            "guarantee": {"issue": "watch", "kept": {"buoys": "60..80%"}}, "assumed": "team: p",
        },
        "pay": {"by": "east", "to": "west", "delivers": {"fees": "low"}, "kept": 0.9,
                "because": "leave"},
    },
    "packages": {
        "old": {
            "name": "The old draft", "by": "norway", "assumed": "team: from memory",
            "picks": {"strip": "5", "ferry": "daily", "watch": "none"},
        }
    },
    "text_agreed": {"share": "80%", "because": "leave"},
    "scenarios": {
        "calm": {
            "name": "East no longer insists", "remove": "demands.withdraw",
            "assumed": "team: what if",
        }
    },
}  # fmt: skip
"""A case in which every part of the model stands at least once."""

MOVES: Raw = {
    "options": {
        "land": {"name": "Land at night", "by": "west", "harm": True, "because": "keep"},
        "leave": {"name": "Leave the strip", "by": "west", "only": "take", "because": "keep"},
        "patrol": {"name": "Patrol", "by": "east", "taken": True, "because": "leave"},
        "vouch": {"name": "Vouch for both", "by": "norway", "assumed": "team: it offered once"},
    },
    "rules": {"one-way": {"holds": "not land if leave", "assumed": "team: nobody there to land"}},
    "states": {
        "agreement": {"name": "A quiet strip", "when": "leave and not patrol"},
        "raid": {"name": "A raid", "when": "land and patrol"},
    },
    "preferences": {
        "west": {
            "statements": ["not patrol", "leave iff vouch", "not (land or raid)"],
            "because": "keep",
        },
        "east": {"ranking": [["agreement", "leave"], "not patrol if vouch"], "because": "leave"},
        "norway": {
            "scores": {"agreement": "40..80", "raid": 0, "not vouch": 50},
            "assumed": "team: it is tired",
        },
    },
}
"""Moves with every form of preference; one option adds harm, and a rule leaves 12 states of 16."""

OUTLOOK: Raw = {
    "by": "2020-08-03",
    "questions": {
        "sign": {"name": "West and East sign", "by": "2020-08-03"},
        "fire": {"name": "Shots are fired", "by": "2020-05-04", "risk": "escalation"},
    },
    "estimates": {
        "envoy": {
            "question": "sign", "probability": "unlikely", "speaker": "an envoy",
            "date": "2020-01-20", "camp": "norway", "group": "wires", "assumed": "team: heard",
        },
        "paper": {
            "question": "sign", "probability": "40%", "speaker": "a paper",
            "date": "2020-01-30", "because": "leave", "assumed": "team: heard",
        },
    },
    "events": {
        "storm": {
            "name": "A storm closes the strip", "date": {"date": "2020-01-10", "inferred": "tides"},
            "multiplies": {"deal": "0.5..1"}, "half_life": 8, "signals": {"east-means-it": 0.5},
            "because": "leave", "assumed": "team: a guess",
        },
        "feast": {"name": "A feast", "date": "2020-03-01", "assumed": "team: every year"},
    },
    "beliefs": {
        "east-means-it": {
            "name": "East means it", "about": "east", "prior": "40..60%",
            "unless": {"deal": 0.5}, "assumed": "team: even",
        }
    },
    "records": {"in-west": {"kept": 3, "broken": 4, "because": "leave"}},
    "risks": {
        "deal": {"name": "They sign", "chance": "20..60%", "within": 26, "assumed": "team: wide"},
        "escalation": {
            "name": "Shots", "class": "escalation-deaths", "factor": "0.5..2", "harms": True,
            "because": "keep", "assumed": "team: like others",
        },
    },
    "perceptions": {
        "west": {"feels": "50%", "sees_way_out": "20..40%", "assumed": "team: heard"},
        "east": {"sees_way_out": "10..30%", "because": "leave"},
    },
    "waiting": {
        "fish": {
            "name": "The catch", "amount": 800, "unit": "t", "half_life": "10..20", "worth": 10,
            "to": "west", "assumed": "team: counted",
        },
        "sick": {"name": "Islanders in care", "half_life": 50, "people": True, "because": "keep"},
    },
    "pressure": {
        "fishers": {"on": "west", "per_week": "0..2", "most": 15, "assumed": "team: loud"}
    },
    "tabling": {
        "package": "best", "accepted": "60..100",
        "worth": {"deal": "60..90", "escalation": "0..10", "open": "20..40"}, "lost": "0..10",
        "together": "0..50%", "refused": {"deal": 0.8, "escalation": "1..2"},
        "contain": {"deal": 0.5, "escalation": 0.8}, "alternatives": {"east": "0..5"},
        "assumed": "norway: its own values",
    },
    "inside": {"signed": "20..60%", "within": 26, "assumed": "team: wide"},
    "weights": {"inside": 1, "outside": 2, "estimates": 1, "assumed": "team: by hand"},
}  # fmt: skip
"""An outlook in which every part stands at least once; what East feels, nobody says."""

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; </style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "&lt;b&gt; &#60;i&#62;",
    "\u202egpj.exe\u202c \u2066x\u2069 \u200b",
    "شرق ( غرب ) 12",
    "a\x00b\x07c\ud800d",
    "x" * 10_000,
    "Z" + "\u0301" * 50,
    "]]> --> <!-- ",
    "javascript:alert(1)",
)


def case_of(**changes: Any) -> Case:
    """Return the basic case with some of its top fields changed."""
    raw = copy.deepcopy(BASIC) | changes
    return Case.model_validate(raw, context={"yardstick": "readers"})


def hostile_case() -> Case:
    """Return a case in which every text that may be free is one that would do harm as markup."""
    turn = iter(range(10_000))

    def poisoned(node: Any, field: str = "") -> Any:
        if isinstance(node, dict):
            return {k: poisoned(v, k) for k, v in node.items()}
        if field in _FREE and isinstance(node, str):
            return HOSTILE[next(turn) % len(HOSTILE)]
        return node

    raw = poisoned(copy.deepcopy(BASIC))
    for issue in raw["issues"].values():
        if "options" in issue:
            issue["options"] = {key: HOSTILE[next(turn) % len(HOSTILE)] for key in issue["options"]}
    for party in raw["parties"].values():
        for key in party.get("factions", {}):
            party["factions"][key] = {"name": HOSTILE[next(turn) % len(HOSTILE)], "veto": True}
    for key, claim in raw["claims"].items():
        claim["speaker"] = HOSTILE[next(turn) % len(HOSTILE)] if key != "keep" else "west"
    raw["as_of"]["inferred"] = HOSTILE[0]
    raw["elicitation"] = "\n".join(HOSTILE)
    raw["moves"] = poisoned(copy.deepcopy(MOVES))
    raw["outlook"] = poisoned(copy.deepcopy(OUTLOOK))
    for n, estimate in enumerate(raw["outlook"]["estimates"].values()):
        estimate["speaker"] = HOSTILE[n]
    return Case.model_validate(raw)


_FREE = {
    "title", "name", "purpose", "not_for", "publisher", "quote", "note", "assumed", "alternative",
    "unit", "inferred",
}  # fmt: skip


@cache
def basic() -> tuple[Case, Deals]:
    """Return the basic case and its results, computed once."""
    case = case_of()
    return case, deals(case, draws=300)


@cache
def stuck() -> tuple[Case, MovesReport]:
    """Return the basic case with moves, and what the moves lens says of it."""
    case = case_of(moves=copy.deepcopy(MOVES))
    return case, moves(case, draws=200)


@cache
def hostile_moves() -> MovesReport:
    """Return what the moves lens says of the hostile case."""
    return moves(hostile()[0], draws=20)


@cache
def foreseen() -> tuple[Case, Deals, OutlookReport]:
    """Return the basic case with an outlook, and what two lenses say of it."""
    case = case_of(outlook=copy.deepcopy(OUTLOOK))
    result = deals(case, draws=300, compare=False)
    return case, result, outlook(case, result, today=TODAY, draws=300)


@cache
def hostile_outlook() -> OutlookReport:
    """Return what the outlook lens says of the hostile case."""
    case, result = hostile()
    return outlook(case, result, today=TODAY, draws=100)


def kept_score(happened: str = "yyn") -> ScoreReport:
    """Return the score of a log in which one question after the other is resolved."""
    log = ForecastLog(
        forecasts=tuple(
            Forecast(
                made=TODAY, question=f"q{n}", by=TODAY + dt.timedelta(90),
                probability=(0.1, 0.6, 0.9)[n % 3], basis={"base_rate": 0.3},
            )
            for n in range(len(happened))
        ),
        resolutions=tuple(
            Resolution(
                question=f"q{n}", until=TODAY + dt.timedelta(90),
                happened=TODAY + dt.timedelta(9) if letter == "y" else None,
            )
            for n, letter in enumerate(happened)
            if letter in "yn"
        ),
    )  # fmt: skip
    return score(log)


def ahead(
    changes: Raw | None = None, report: OutlookReport | None = None, *, weighed: bool = True
) -> Ahead:
    """Return what the sections on time are written from, of the basic case.

    `changes` are made to its outlook; without `weighed` the deals lens was not asked.
    """
    case, result, found = foreseen()
    if changes is not None:
        case = case_of(outlook=copy.deepcopy(OUTLOOK) | changes)
        result = deals(case, draws=100, compare=False)
        found = outlook(case, result if weighed else None, today=TODAY, draws=200)
    elif not weighed:
        found = outlook(case, None, today=TODAY, draws=200)
    subject = material(case, result)
    return ahead_of(subject, report or found, subject if weighed else None)


def only_moves(count: int = 2, makers: int = 2, state: str = "agreement") -> Case:
    """Return a case of so many options and nothing to settle; `state` is named."""
    keys = [f"p{n}" for n in range(makers)]
    options = {
        f"o{k}": {"name": f"Option {k}", "by": keys[k % makers], "assumed": "test"}
        for k in range(count)
    }
    preferences = {
        key: {
            "statements": [
                f"o{(7 * n + 3 * k) % count}" if (n + k) % 3 else f"not o{k}" for k in range(count)
            ],
            "assumed": "test: any order",
        }
        for n, key in enumerate(keys)
    }
    raw: Raw = {
        "goodoffices": 1,
        "title": "Moves only",
        "parties": {
            key: {"name": f"Party {n}", "role": "principal", "assumed": "test"}
            for n, key in enumerate(keys)
        },
        "moves": {
            "options": options,
            "states": {state: {"name": "All done", "when": "o0 and o1"}},
            "preferences": preferences,
        },
    }
    return Case.model_validate(raw)


@cache
def hostile() -> tuple[Case, Deals]:
    """Return the hostile case and its results, computed once."""
    case = hostile_case()
    return case, deals(case, draws=50)


@cache
def three() -> tuple[Case, Deals]:
    """Return a case of three parties who must accept, in which nothing is uncertain."""
    parties = {
        key: {"name": key.title(), "role": "principal", "assumed": "test"}
        for key in ("anna", "bert", "cleo")
    }
    issues = {
        key: {"name": key, "options": ["a", "b", "c"], "assumed": "test"} for key in ("one", "two")
    }
    values = {"anna": (0, 50, 100), "bert": (100, 60, 0), "cleo": (40, 100, 40)}
    positions = {
        party: {
            key: {
                "weight": 50,
                "values": dict(zip("abc", worth, strict=True)),
                "assumed": "test",
            }
            for key in issues
        }
        for party, worth in values.items()
    }
    case = Case.model_validate(
        {
            "goodoffices": 1, "title": "Three", "parties": parties, "issues": issues,
            "positions": positions,
        }
    )  # fmt: skip
    return case, deals(case, draws=100)


def words(parts: Rich) -> str:
    """Return what a reader reads, without the signs that only steer the writing."""
    return plain(parts).replace("\u2068", "").replace("\u2069", "").replace("\u202f", " ")


def material(case: Case | None = None, result: Deals | None = None) -> Material:
    """Return what sections are written from; of the basic case unless told otherwise."""
    given = basic()
    subject = case or given[0]
    return Material(
        case=subject,
        result=result or given[1],
        naming=Naming(case=subject, full=long_texts(subject)),
        evidence=collect(subject, TEXTS),
        voices=voices(subject),
    )


def deadlock(case: Case | None = None, report: MovesReport | None = None) -> Deadlock:
    """Return what the sections of question 7 are written from; of `stuck` unless told otherwise."""
    given = stuck()
    subject = case or given[0]
    return deadlock_of(
        Subject(
            case=subject,
            naming=Naming(case=subject, full=long_texts(subject)),
            evidence=collect(subject, TEXTS),
            voices=voices(subject),
        ),
        report or given[1],
    )
