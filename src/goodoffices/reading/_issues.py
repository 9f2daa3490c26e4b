"""Issues of a draft, who wants what of them, and what can block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from goodoffices.case.model import Demand, Interest, Issue, Option, Picks, Position
from goodoffices.case.options import select
from goodoffices.errors import QuantityError
from goodoffices.reading._board import Board
from goodoffices.reading._cast import Cast
from goodoffices.reading._evidence import Evidence
from goodoffices.reading._naming import in_order, same_option, says_nothing, titled
from goodoffices.reading._triggers import is_trigger
from goodoffices.reading._words import free, slug, tidy
from goodoffices.reading.compare import denies
from goodoffices.reading.findings import Topic, TopicOption
from goodoffices.reading.merged import Reading
from goodoffices.reading.similar import content, similarity

__all__ = ["add_interests", "add_issues", "phrase_of"]

SAME = 0.5
MOST_OPTIONS = 12
OTHER = "other"

_BLOCKING: dict[str, Literal["red line", "precondition"]] = {
    "red line": "red line",
    "precondition": "precondition",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A topic as an issue of the case."""

    issue: str
    options: dict[int, str]
    """Place of an option in the topic to the option's id."""


def add_issues(board: Board, reading: Reading, cast: Cast, evidence: Evidence) -> None:
    """Add an issue for each topic that some claim asks something of, with positions and demands."""
    for topic in reading.topics:
        placed = _placed(board, topic, evidence)
        if placed is None:
            continue
        for number, option in enumerate(topic.options):
            if number in placed.options:
                chosen = placed.options[number]
                _wanted(board, reading, cast, evidence, option, placed.issue, chosen)
        for demand in _demands(board, reading, cast, evidence, topic, placed):
            _add_demand(board, demand)


def add_interests(board: Board, reading: Reading, cast: Cast, evidence: Evidence) -> None:
    """Add what parties say they need."""
    actors = {*board.case.parties, *board.case.factions}
    for index, claim in enumerate(reading.claims):
        statement = claim.statement
        because = evidence.proposing(board, [index])
        of = cast.actor(statement.speakers[-1]) if statement.speakers else None
        if statement.type != "interest" or not because or of not in actors:
            continue
        if any(set(each.because) & set(because) for each in board.case.interests.values()):
            continue
        name = phrase_of(board, because[0])
        part = Interest(name=name, of=of, because=because, status="draft")
        board.add("interests", board.key("interests", name), part)


def _placed(board: Board, topic: Topic, evidence: Evidence) -> _Placed | None:
    """Find the issue that a topic is in the case, or add it."""
    because = evidence.proposing(board, topic.statements)
    name = titled(topic.name)
    if not because or not name or says_nothing(name):
        return None
    known = _known(board, name, because)
    if known is not None:
        ids = _options_of(board.case.issues[known], topic.options)
        return _Placed(known, _grown(board, known, topic.options, ids, evidence))
    options, ids = _new_options(topic.options)
    if len(options) < 2:
        return None
    key = board.subject(name)
    issue = Issue(name=name, options=options, because=because, status="draft")
    return _Placed(key, ids) if board.add("issues", key, issue) else None


def _grown(
    board: Board,
    key: str,
    options: Sequence[TopicOption],
    ids: dict[int, str],
    evidence: Evidence,
) -> dict[int, str]:
    """Let an issue that is a draft itself gain the options that it lacks, before `other`.

    An issue that a person has confirmed keeps its options: positions, packages and linkages count
    on them, and an option has no status of its own. The claims are drafted all the same.
    """
    issue = board.case.issues[key]
    if issue.status != "draft" or not issue.options or issue.agreed is not None:
        return ids
    grown = {name: option for name, option in issue.options.items() if name != OTHER}
    for number, option in enumerate(options):
        name = titled(option.name)
        fresh = number not in ids and name and evidence.proposing(board, option.statements)
        if fresh and len(grown) < MOST_OPTIONS:
            made = free(slug(name), {*grown, OTHER})
            grown[made] = Option(name=name)
            ids = {**ids, number: made}
    if OTHER in issue.options:
        grown[OTHER] = issue.options[OTHER]
    if grown.keys() != issue.options.keys():
        board.case.issues[key] = issue.model_copy(update={"options": grown})
    return ids


def _known(board: Board, name: str, because: Iterable[str]) -> str | None:
    """Return the issue that is called nearly so, or that rests on one of the claims."""
    words = content(name)
    for key, issue in board.case.issues.items():
        same = issue.name.casefold() == name.casefold()
        if same or similarity(words, content(issue.name)) >= SAME:
            return key
    for key, issue in board.case.issues.items():
        if not set(because).isdisjoint(issue.because):
            return key
    return None


def _options_of(issue: Issue, options: Iterable[TopicOption]) -> dict[int, str]:
    """Match the options of a topic to those of an issue; what matches none has no place."""
    known = {key: option.name for key, option in issue.options.items()}
    found = {}
    for number, option in enumerate(options):
        # The same words first: another option may be nearly the same.
        exact = [
            key for key in known if titled(known[key]).casefold() == titled(option.name).casefold()
        ]
        near = [key for key in known if key != OTHER and same_option(known[key], option.name)]
        if exact or near:
            found[number] = (exact or near)[0]
    return found


def _new_options(options: Sequence[TopicOption]) -> tuple[dict[str, Option], dict[int, str]]:
    """Return the options of a new issue, with one for whatever nobody has named yet.

    Where every option gives a number of the same thing, they stand from the lowest to the highest.
    """
    made: dict[str, Option] = {}
    ids: dict[int, str] = {}
    for number in in_order([option.name for option in options]):
        name = titled(options[number].name)
        same = (key for key, option in made.items() if same_option(option.name, name))
        key = next(same, None)
        if not name or (key is None and len(made) == MOST_OPTIONS):
            continue
        if key is None:
            key = free(slug(name), {*made, OTHER})
            made[key] = Option(name=name)
        ids[number] = key
    if made:
        made[OTHER] = Option(name="Something else")
    return made, ids


def _wanted(
    board: Board,
    reading: Reading,
    cast: Cast,
    evidence: Evidence,
    option: TopicOption,
    issue: str,
    chosen: str,
) -> None:
    """Note who publicly asks for an option, in that one's own words."""
    actors = {*board.case.parties, *board.case.factions}
    for name in option.wanted_by:
        own = [
            index
            for index in option.statements
            if name in reading.claims[index].statement.speakers[-1:]
            and not is_trigger(reading, reading.claims[index])
        ]
        actor, because = cast.actor(name), evidence.proposing(board, own)
        if actor is None or not because:
            continue
        if actor in actors:
            _wish(board, actor, issue, chosen, because)
        else:
            board.wish(actor, issue, chosen)


def _wish(board: Board, actor: str, issue: str, chosen: str, because: tuple[str, ...]) -> None:
    row = board.case.positions.get(actor, {})
    mine = issue in row and issue not in board.before.positions.get(actor, {})
    if mine and chosen not in row[issue].wants and row[issue].status == "draft":
        old = row[issue]
        both = tuple(dict.fromkeys((*old.because, *because)))
        row[issue] = old.model_copy(update={"wants": (*old.wants, chosen), "because": both})
    else:
        board.add_position(actor, issue, Position(wants=(chosen,), because=because, status="draft"))


@dataclass(frozen=True, slots=True)
class _Blocking:
    by: str
    kind: Literal["red line", "precondition"]
    issue: str
    chosen: str
    refused: bool
    because: tuple[str, ...]


def _demands(
    board: Board,
    reading: Reading,
    cast: Cast,
    evidence: Evidence,
    topic: Topic,
    placed: _Placed,
) -> Iterator[_Blocking]:
    """Yield what blocks: each red line and precondition, and the option that it is about."""
    actors = {*board.case.parties, *board.case.factions}
    for number, option in enumerate(topic.options):
        if number not in placed.options:
            continue
        for index in option.statements:
            statement = reading.claims[index].statement
            kind = _BLOCKING.get(statement.type)
            because = evidence.proposing(board, [index])
            name = statement.speakers[-1] if statement.speakers else ""
            by = cast.actor(name)
            if kind is None or not because or by not in actors:
                continue
            if is_trigger(reading, reading.claims[index]):
                continue
            refused = name in option.refused_by or (
                name not in option.wanted_by and denies(statement)
            )
            yield _Blocking(by, kind, placed.issue, placed.options[number], refused, because)


def _add_demand(board: Board, found: _Blocking) -> None:
    """Add a demand, unless its maker has one that rests on the same words."""
    for known in board.case.demands.values():
        if known.by == found.by and set(known.because) & set(found.because):
            return
    issue = board.case.issues[found.issue]
    picks: Picks = {found.issue: (found.chosen,)}
    try:
        left = set(issue.option_ids) - set(select(issue, picks[found.issue]))
    except QuantityError:
        return
    if not left:
        return
    name = phrase_of(board, found.because[0])
    part = Demand(
        by=found.by,
        kind=found.kind,
        name=name,
        refuses=picks if found.refused else {},
        requires={} if found.refused else picks,
        because=found.because,
        status="draft",
    )
    board.add("demands", free(slug(f"{found.by} {name}"), board.case.demands), part)


def phrase_of(board: Board, claim: str) -> str:
    """Return a claim's words as a name."""
    quote = board.case.claims[claim].quote or claim
    phrase = tidy(quote, 120).strip("“”\"' .,;:")
    return (phrase[:1].upper() + phrase[1:]) or claim
