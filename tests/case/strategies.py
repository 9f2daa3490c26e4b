"""Cases of every shape, for laws: the form of each field is right, the whole need not be."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from goodoffices.case import Case, build

# Texts that one reader or another takes for something else.
TRAPS = [
    *("yes", "no", "on", "null", "~", "true", "1e5", "0x1f", "010", "1_000", ".inf", "40", "4.0"),
    *("a: b", "a:", ": a", "- a", "-", "? a", "# a", "a # b", "a #", "&a", "*a", "!a", "%a", "@a"),
    *("`a`", "'a'", '"a"', "it's", 'say "no"', "[a]", "{a}", "a, b", "|", ">", ">-", "<<", "=", ""),
    *(" a", "a ", "a\n", "\na", "a\nb", "a\n\nb\n", " a\nb", "a \nb", "a\n b\n", "\t", "a\tb"),
    *(
        "---",
        "...",
        "--- a",
        "2024-08-31",
        "30..50",
        "\u200f\u05e9\u05dc\u05d5\u05dd\u200e",
        "\u202eabc\u202c",
        "𝄞",
    ),
    *("a\u00a0b", "a\u2028b", "a\u0085b", "\ufeffa", "caf\u0301", "x" * 300, "word " * 60 + "end"),
    *("<script>alert(1)</script>", "a\\b", "C:\\x", "\\n", "${x}", "%s", "{{ x }}"),
]
SIGNS = st.characters(
    exclude_categories=["Cs", "Cc"],
    include_characters="\n\t",
    exclude_characters="\ufffe\uffff",
)


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Any text that a file can hold."""
    return st.sampled_from(TRAPS) | st.text(SIGNS, max_size=most)


def ids() -> st.SearchStrategy[str]:
    """Ids, traps among them; few, so that some refer to each other."""
    return st.sampled_from(
        ["a", "b", "north", "south", "yes", "null", "1", "010", "1e5", "0x1", "true", "a-b", "北"]
    )


def spans(low: int, high: int, sign: str = "") -> st.SearchStrategy[Any]:
    """Quantities as they may be written."""
    number = st.integers(low, high) | st.floats(low, high, allow_nan=False)
    sorted_numbers = st.lists(number, min_size=1, max_size=3).map(sorted)
    written = sorted_numbers.map(lambda numbers: "..".join(map(str, numbers)) + sign)
    bare = st.sampled_from([None, "unknown", "?"])
    return written | bare if sign else number | written | bare


VALUES = spans(0, 100)
# Phrases that both of the yardsticks below know.
CHANCES = (
    spans(0, 1)
    | spans(0, 100, "%")
    | st.sampled_from(["unlikely", "Highly  likely", "likely (ICD 203)"])
)
DATES = st.dates().map(str)
DATED = (
    DATES
    | st.just("unknown")
    | st.none()
    | st.fixed_dictionaries({}, optional={"date": DATES, "inferred": texts()})
)
CHOICES = st.lists(texts(8) | st.integers(-5, 50), max_size=3) | st.integers(0, 9)
PICKS = st.dictionaries(ids(), CHOICES, max_size=2)
SOME_PICKS = st.dictionaries(ids(), CHOICES, min_size=1, max_size=2)
BASIS: dict[str, st.SearchStrategy[Any]] = {
    "because": ids() | st.lists(ids(), max_size=3),
    "assumed": texts(),
    "status": st.sampled_from(["draft", "confirmed"]),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(8), inner, max_size=3),
    max_leaves=5,
)


def table(rows: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Ids to rows."""
    return st.dictionaries(ids(), rows, max_size=most)


def row(
    required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """One part of a case: what it must say, and what it may."""
    return st.fixed_dictionaries(required, optional=optional)


SOURCE = row(
    {"title": texts(), "kind": st.sampled_from(["report", "comment", "other"])},
    publisher=texts(),
    date=DATED,
    file=texts(),
    camp=ids() | st.lists(ids(), max_size=2),
    copy_of=ids(),
    digest=texts(),
)
PLACE = row({"source": ids(), "quote": texts()}, at=st.integers(-1, 99) | texts(8))
CLAIM = row(
    {"class": st.sampled_from(["fact", "attributed claim", "estimate", "opinion", "assumption"])},
    source=ids(),
    speaker=texts(),
    quote=texts(),
    at=st.integers(-1, 99) | texts(8),
    about=st.lists(ids(), max_size=2),
    note=texts(),
    type=st.sampled_from(["demand", "red line", "estimate"]),
    modality=st.sampled_from(["asserted", "denied"]),
    to=texts(),
    via=texts() | st.lists(texts(), max_size=2),
    also=PLACE | st.lists(PLACE, max_size=2),
    confidence=st.floats(0, 1),
    status=st.sampled_from(["draft", "confirmed"]),
)
FACTION = texts() | row(
    {"name": texts()}, veto=st.booleans(), status=st.sampled_from(["draft", "confirmed"])
)
CONSTITUENCY = texts() | row({"name": texts()}, wants=PICKS, **BASIS)
PARTY = row(
    {"name": texts(), "role": st.sampled_from(["principal", "mediator", "bystander"])},
    aliases=st.lists(texts(), max_size=2),
    must_accept=st.booleans() | st.none(),
    alternative=texts(),
    factions=table(FACTION),
    constituencies=table(CONSTITUENCY),
    **BASIS,
)
INTEREST = row({"name": texts(), "of": ids()}, served_by=PICKS, **BASIS)
OPTION = texts() | row({"name": texts()}, note=texts())
ORDINARY = row(
    {
        "name": texts(),
        "options": st.dictionaries(ids(), OPTION, min_size=1, max_size=3)
        | st.lists(ids(), min_size=1, max_size=3, unique=True),
    },
    agreed=texts(),
    note=texts(),
    **BASIS,
)
NUMERIC = row(
    {"name": texts(), "range": st.sampled_from(["0..10", "-1..1", "0.5..2.5"])},
    step=st.sampled_from([1, 0.5, 2.0]),
    unit=texts(),
    agreed=st.integers(0, 9),
    **BASIS,
)
POSITION = row(
    {},
    weight=VALUES,
    values=st.dictionaries(texts(8), VALUES, max_size=3),
    wants=CHOICES,
    interest=ids(),
    **BASIS,
)
WALK_AWAY = row(
    {"by": ids(), "kind": st.just("walk-away"), "name": texts()},
    value=VALUES,
    firmness=CHANCES,
    interest=ids(),
    **BASIS,
)
BLOCKING = row(
    {
        "by": ids(),
        "kind": st.sampled_from(["red line", "precondition"]),
        "name": texts(),
        "refuses": SOME_PICKS,
    },
    requires=PICKS,
    firmness=CHANCES,
    interest=ids(),
    **BASIS,
)
BONUS = st.dictionaries(ids(), spans(-100, 100), min_size=1, max_size=2)
EFFECT = (
    st.fixed_dictionaries({"requires": SOME_PICKS})
    | st.fixed_dictionaries({"excludes": SOME_PICKS})
    | st.fixed_dictionaries({"bonus": BONUS})
)
LINKAGE = st.builds(lambda a, b: a | b, row({"when": PICKS}, **BASIS), EFFECT)
TRUST = row({"who": ids(), "whom": ids(), "kept": CHANCES}, **BASIS)
KEPT = st.fixed_dictionaries({"trust": ids()}) | st.fixed_dictionaries({"kept": CHANCES})
GUARANTEE = row({"issue": ids(), "kept": st.dictionaries(texts(8), CHANCES, max_size=2)})
PROMISE = st.builds(
    lambda a, b: a | b,
    row({"by": ids(), "to": ids(), "delivers": PICKS}, guarantee=GUARANTEE, **BASIS),
    KEPT,
)
PACKAGE = row(
    {"name": texts(), "picks": st.dictionaries(ids(), texts(8) | st.integers(0, 9), max_size=2)},
    by=ids(),
    **BASIS,
)
PATHS = texts(12) | st.sampled_from(["title", "demands.a.firmness", "positions.north.a.weight"])
SCENARIO = row(
    {"name": texts()},
    set=st.dictionaries(PATHS, ANYTHING, max_size=2),
    remove=st.lists(PATHS, max_size=2),
    **BASIS,
)
MOVES = row(
    {
        "options": table(
            row(
                {"name": texts(), "by": ids()},
                taken=st.booleans(),
                only=st.sampled_from(["take", "drop", None]),
                harm=st.booleans(),
                **BASIS,
            )
        )
    },
    rules=table(row({"holds": texts()}, **BASIS)),
    states=table(row({"name": texts(), "when": texts()}, one=st.booleans())),
    preferences=table(
        row({"statements": st.lists(texts(), min_size=1, max_size=2) | texts()}, **BASIS)
        | row(
            {
                "ranking": st.lists(
                    st.lists(texts(), min_size=1, max_size=2) | texts(), min_size=1, max_size=2
                )
            },
            **{"from": st.just("deals")},
            **BASIS,
        )
        | row({"scores": st.dictionaries(texts(), spans(-9, 9), min_size=1, max_size=2)}, **BASIS)
    ),
)
CASE = row(
    {"goodoffices": st.just(1), "title": texts()},
    purpose=texts(300),
    not_for=texts(),
    as_of=DATED,
    yardstick=st.sampled_from(["readers", "UK"]),
    sources=table(SOURCE),
    claims=table(CLAIM, 4),
    parties=table(PARTY, 3),
    interests=table(INTEREST),
    issues=table(ORDINARY | NUMERIC, 3),
    positions=table(table(POSITION)),
    demands=table(WALK_AWAY | BLOCKING, 3),
    linkages=table(LINKAGE),
    trust=table(TRUST),
    promises=table(PROMISE),
    packages=table(PACKAGE),
    text_agreed=row({"share": CHANCES}, **BASIS),
    scenarios=table(SCENARIO),
    elicitation=texts(),
    moves=MOVES | st.none(),
    rejected=texts() | st.lists(texts(), max_size=2),
)


# Composites keep a failing law from printing the whole strategy.
@st.composite
def data(draw: st.DrawFn) -> dict[str, Any]:
    """Draw plain data of a case."""
    return draw(CASE)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case whose every field has the right form."""
    return build(draw(CASE))
