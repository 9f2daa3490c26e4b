"""Question 9: what happens next, by when, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.brief.ahead import Ahead, band_of, middle_of, numbered, range_words, stated
from goodoffices.brief.elements import Element, Rich, join, number
from goodoffices.brief.material import computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import THIN, count, day
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import (
    EstimateReport,
    HazardReport,
    LegReport,
    PooledReport,
    QuestionReport,
    RiskReport,
    Together,
)
from goodoffices.outlook.telling import rough

__all__ = [
    "foreseen_in_short",
    "list_legs",
    "nothing_by_then",
    "tabulate_asked",
    "tabulate_estimates",
    "tabulate_hazards",
    "tell_foreseen",
]

MOST_QUESTIONS = 8
_SURE = "Confidence in that is "
MOST_ESTIMATES = 12
VIEWS = {
    "outside": "Outside view: cases of its kind",
    "inside": "Inside view: the packages",
    "estimates": "What the sources think",
}


def tell_foreseen(ahead: Ahead) -> Rich:
    """Say how likely the first question is, and what may come first."""
    if not ahead.asked:
        return _first(ahead) or ("No question of the case is open, and it names no risk.",)
    question, together = ahead.asked[0]
    return join([_likelihood(ahead, question, together), _first(ahead)], between=" ")


def foreseen_in_short(ahead: Ahead) -> Rich:
    """Say how likely the first question is; and, in another sentence, how firm the ground is."""
    if not ahead.asked:
        return tell_foreseen(ahead)
    question, together = ahead.asked[0]
    sure = f" Confidence in that is {together.level}: the reasons stand under question 9."
    return (*_likelihood(ahead, question, together), sure)


def _likelihood(ahead: Ahead, question: QuestionReport, together: Together) -> Rich:
    asked = ahead.question(question.question)
    return (*asked, f" by {day(question.by)}: ", *band_of("together", together.probability), ".")


def _first(ahead: Ahead) -> Rich:
    """Say what may come first, the likeliest before the others; and that nothing may."""
    hazards = ahead.report.hazards
    if hazards is None or not hazards.risks:
        return ()
    order = sorted(hazards.risks, key=lambda one: -one.by_horizon.central)
    told = [
        (*ahead.naming.risk(one.risk), " (", *middle_of("hazards", one.by_horizon), ")")
        for one in order
    ]
    return (
        f"Seen from outside, what comes first by {day(ahead.report.by)} may be ",
        *join(told, last=" or "),
        "; nothing of that has come by then with ",
        *nothing_by_then(hazards),
        ".",
    )


def nothing_by_then(hazards: HazardReport) -> Rich:
    """Show how likely nothing has come by the horizon, as rough as the widest of the risks."""
    widest = max((one.by_horizon.high - one.by_horizon.low for one in hazards.risks), default=0.0)
    last = hazards.nothing[-1]
    ends = max(0.0, last - widest / 2), min(1.0, last + widest / 2)
    return middle_of("hazards", Band(low=ends[0], central=last, high=ends[1]))


def tabulate_asked(ahead: Ahead) -> Table | None:
    """List every question: by when, how likely, and in another column how sure that is."""
    if not ahead.asked:
        return None
    rows = tuple(
        Row(
            cells=(
                ahead.question(question.question),
                (day(question.by),),
                band_of("together", together.probability),
                _capital(numbered("together", together.confidence.removeprefix(_SURE))),
            )
        )
        for question, together in ahead.asked[:MOST_QUESTIONS]
    )
    more = len(ahead.asked) - len(rows)
    return Table(
        anchor="asked",
        stacks=True,
        caption=("How likely by when; and, apart from it, how well that is known",),
        columns=(("Will it have happened?",), ("By",), ("Likelihood",), ("Confidence",)),
        rows=rows,
        more=("Not shown: ", computed("together", count(more)), " more.") if more else (),
    )


def list_legs(ahead: Ahead) -> tuple[Rich, ...]:
    """Return the views that the first question's likelihood is put together from."""
    if not ahead.asked:
        return ()
    question, together = ahead.asked[0]
    told = [_leg(ahead, question, leg) for leg in together.legs]
    if question.pooled is not None and together.legs[-1].leg == "estimates":
        told[-1] = (*told[-1], " ", *_differ(ahead, question.pooled))
    if together.missing:
        names = [VIEWS[key.partition(":")[0]].lower() for key in together.missing]
        told.append((f"Missing: {', '.join(names)}.",))
    return tuple(told)


def _leg(ahead: Ahead, question: QuestionReport, leg: LegReport) -> Rich:
    paths = {"outside": f"outlook.risks.{question.risk}", "inside": "outlook.inside"}
    refs: Rich = ()
    if leg.leg in paths:
        refs = (" ", *ahead.evidence.refs(paths[leg.leg]))
    weight = computed("together", f"{100 * leg.weight:.0f}\u202f%")
    said = numbered("together", leg.how)
    return (
        f"{VIEWS[leg.leg]} (counts ",
        weight,
        "): ",
        *band_of("together", leg.probability),
        ". ",
        *_capital(said),
        *refs,
        ".",
    )


def _capital(said: Rich) -> Rich:
    first = said[0] if said else ""
    return (first[:1].upper() + first[1:], *said[1:]) if isinstance(first, str) else said


def tabulate_estimates(ahead: Ahead) -> Table | None:
    """List what others think, on whose yardstick it is read, and how far they differ."""
    pools = [(one, one.pooled) for one in ahead.report.questions if one.pooled is not None]
    every = [(one, pool, each) for one, pool in pools for each in pool.estimates]
    if not every:
        return None
    several = len(pools) > 1
    rows = tuple(
        Row(
            cells=(
                (ahead.naming.text(each.speaker), *_group(ahead, each)),
                *((ahead.question(one.question),) if several else ()),
                (day(each.date), ", inferred" if each.inferred else ""),
                (_says(ahead, each),),
                band_of("estimates", each.reads_as),
                _counts(each),
                ahead.evidence.refs(f"outlook.estimates.{each.estimate}"),
            )
        )
        for one, _, each in every[:MOST_ESTIMATES]
    )
    heads = ("Who", *(("On",) if several else ()), "When", "Says", "Read as", "Counts", "Rests on")
    on: Rich = () if several else (" of ", *ahead.question(pools[0][0].question))
    hidden = len(every) - len(rows)
    left: Rich = (" Not shown: ", computed("estimates", count(hidden)), " more.") if hidden else ()
    return Table(
        anchor="estimates",
        stacks=True,
        caption=("What others think", *on),
        columns=tuple((head,) for head in heads),
        rows=rows,
        more=(*_disagreement(ahead, [pool for _, pool in pools]), *left),
    )


def _group(ahead: Ahead, each: EstimateReport) -> Rich:
    said: list[Rich] = (
        [("one voice with others marked “", ahead.naming.text(each.group), "”")]
        if each.group
        else []
    )
    if each.camp:
        said.append(("speaks from the side of ", ahead.naming.actor(each.camp)))
    told = join(said)
    return (" (", *told, ")") if told else ()


def _says(ahead: Ahead, each: EstimateReport) -> Element:
    given = ahead.naming.outlook.estimates[each.estimate].probability
    return number(ahead.evidence.target(f"outlook.estimates.{each.estimate}"), stated(given))


def _counts(each: EstimateReport) -> Rich:
    if each.replaced:
        return ("no: a later one of the same speaker does",)
    return (computed("estimates", f"{100 * each.weight:.0f}\u202f%"),)


def _disagreement(ahead: Ahead, pools: list[PooledReport]) -> Rich:
    read: Rich = (f"Words are read on the “{ahead.case.yardstick}” yardstick.",)
    said = dict.fromkeys([read, *(_differ(ahead, pool) for pool in pools)])
    return join(list(said), between=" ")


def _differ(ahead: Ahead, pool: PooledReport) -> Rich:
    """Say how far the groups of sources differ, and which of them stand at the ends."""
    if pool.groups < 2:
        return ("One source, or sources that copy each other: none differs.",)
    low, high = (
        (computed("estimates", f"{100 * end:.0f}{THIN}%"), " (", *_speakers(ahead, who), ")")
        for end, who in (
            (pool.lowest, pool.lowest_speakers),
            (pool.highest, pool.highest_speakers),
        )
    )
    return ("They differ: from ", *low, " to ", *high, ".")


def _speakers(ahead: Ahead, names: tuple[str, ...]) -> Rich:
    return join([(ahead.naming.text(name),) for name in names])


def tabulate_hazards(ahead: Ahead) -> Table | None:
    """List where each risk's rate comes from, and everything that multiplies it."""
    hazards = ahead.report.hazards
    if hazards is None or not hazards.risks:
        return None
    rows = tuple(
        Row(
            cells=(
                ahead.naming.risk(one.risk),
                join(list(_origin(ahead, one)), between=" "),
                _multiplied(ahead, one) or ("nothing",),
                join([numbered("hazards", c) for c in one.source.caveats], between=" ") or ("–",),
                ahead.evidence.refs(f"outlook.risks.{one.risk}"),
            )
        )
        for one in hazards.risks
    )
    heads = ("What may come first", "Where its rate comes from", "Times", "Caveats", "Rests on")
    return Table(
        anchor="hazards",
        stacks=True,
        caption=("What may come first: rates, and what moves them in this case",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def _origin(ahead: Ahead, one: RiskReport) -> Iterator[Rich]:
    source = one.source
    if source.reference_class is None:
        given = ahead.naming.outlook.risks[one.risk]
        target = ahead.evidence.target(f"outlook.risks.{one.risk}")
        chance = number(target, stated(given.chance) if given.chance else "unknown")
        weeks = number(target, f"{given.within:g}")
        yield ("A chance of the case’s own: ", chance, " within ", weeks, " weeks.")
        return
    cases = count(source.n)
    known = f"{source.title} ({', '.join(source.events)}): {cases} cases"
    yield numbered("hazards", f"{known}, {source.first} to {source.last}.")
    if source.share is not None:
        share = Band(
            low=max(0.0, source.share * (1 - 1.645 * source.relative_error)),
            central=source.share,
            high=min(1.0, source.share * (1 + 1.645 * source.relative_error)),
        )
        yield numbered("hazards", f"Met by {rough(share)} within {source.share_days} days.")


def _multiplied(ahead: Ahead, one: RiskReport) -> Rich:
    return join(
        [
            (
                number(ahead.evidence.target(by.path), range_words(by.factor)),
                ": ",
                ahead.naming.text(by.name),
            )
            for by in one.multiplied
        ],
        between="; ",
    )
