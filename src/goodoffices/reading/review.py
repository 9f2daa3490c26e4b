"""Going through drafts: what a person decides, one after the other, and can take back.

Nothing here touches disk or screen: each decision takes a `Review` and returns the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.case.check import check
from goodoffices.case.drafts import Part, drafts_of, rebased, section_of, with_status, without
from goodoffices.case.model import Case, Claim, Demand, Interest, Party, Place, Position
from goodoffices.case.outlook import Estimate, Event
from goodoffices.errors import Fault, ModelError, clip, nearest
from goodoffices.reading.marks import mark_of
from goodoffices.reading.similar import content, similarity

__all__ = [
    "Review",
    "accept",
    "alike",
    "current",
    "dependants",
    "join",
    "left",
    "needs",
    "reject",
    "skip",
    "start",
    "turn_to",
    "undo",
]

_ORDER = (
    *("parties", "factions", "constituencies", "issues", "demands", "positions", "interests"),
    *("questions", "estimates", "events", "claims"),
)
"""What the rest hangs on comes first; with a demand its claims are settled, so they come last."""
_RESTING = (Demand, Position, Interest, Event, Estimate)
"""Parts that are nothing without the claims that they rest on."""
MOST_ALIKE = 3
ALIKE = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """Where a person stands in going through the drafts of a case."""

    case: Case
    order: tuple[str, ...]
    """Paths of the drafts, in the order in which they are shown."""
    skipped: frozenset[str] = frozenset()
    past: tuple[Review, ...] = field(default=(), repr=False)
    """The reviews before each decision, the latest last."""
    said: str = ""
    """What the last decision did, in words."""


def start(case: Case) -> Review:
    """Begin with the first draft: parties, then what hangs on them, then the other claims."""
    paths = list(drafts_of(case))
    rank = {section: number for number, section in enumerate(_ORDER)}
    paths.sort(key=lambda path: rank.get(section_of(path), len(rank)))
    return Review(case=case, order=tuple(paths))


def left(review: Review) -> tuple[str, ...]:
    """Return the drafts that are still to be shown."""
    there = drafts_of(review.case)
    return tuple(p for p in review.order if p in there and p not in review.skipped)


def current(review: Review) -> str | None:
    """Return the path of the draft that is shown, or None at the end."""
    return next(iter(left(review)), None)


def turn_to(review: Review, path: str) -> Review:
    """Show a certain draft next; `ModelError` if it is none."""
    there = drafts_of(review.case)
    if path not in there:
        hint = nearest(path, there) or "see them all: goodoffices review CASE --list"
        raise ModelError(f'"{clip(path)}" is not a draft; {hint}')
    order = (path, *(each for each in review.order if each != path))
    return replace(review, order=order, skipped=review.skipped - {path})


def needs(case: Case, path: str) -> tuple[str, ...]:
    """Return the other drafts that a draft cannot do without, all the way down.

    A demand needs its party, its issues and its claims; a party that must sign, its walk-away.
    """
    there = drafts_of(case)
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        for need in _needs(case, waiting.pop(), there):
            if need in there and need not in found and need != path:
                found[need] = None
                waiting.append(need)
    return tuple(found)


def dependants(case: Case, path: str) -> tuple[str, ...]:
    """Return the drafts that cannot do without a draft, or would rest on nothing."""
    there = drafts_of(case)
    gone = {path}
    grown = True
    while grown:
        more = {
            other
            for other, part in there.items()
            if other not in gone and (_hangs(case, other, there, gone) or _bare(part, gone))
        }
        gone |= more
        grown = bool(more)
    return tuple(each for each in there if each in gone and each != path)


def accept(review: Review) -> Review:
    """Confirm the draft that is shown, with what it needs.

    Where it would then have a fault (an event without a day), nothing changes, and `said` tells.
    """
    path = current(review)
    if path is None:
        return review
    chosen = (path, *needs(review.case, path))
    case = with_status(review.case, chosen)
    brought = _brought(review.case, case)
    inside = [fault for fault in brought if _lies_in(fault, chosen)]
    if inside:
        return replace(review, said=f"not yet: {inside[0]}")
    also = f", and {len(chosen) - 1} more that it needs" if len(chosen) > 1 else ""
    mend = f"; now mend {brought[0]}" if brought else ""
    return _decided(review, case, f"accepted {path}{also}{mend}")


def reject(review: Review) -> Review:
    """Take the draft that is shown out of the case, with what hangs on it; it stays away."""
    path = current(review)
    if path is None:
        return review
    there = drafts_of(review.case)
    gone = (path, *dependants(review.case, path))
    marks = (mark_of(review.case, each, there[each]) for each in gone)
    kept = without(review.case, gone)
    rejected = tuple(dict.fromkeys((*kept.rejected, *marks)))
    also = f", and {len(gone) - 1} more that hung on it" if len(gone) > 1 else ""
    case = kept.model_copy(update={"rejected": rejected})
    return _decided(review, case, f"rejected {path}{also}")


def skip(review: Review) -> Review:
    """Leave the draft that is shown as it is, and go on."""
    path = current(review)
    if path is None:
        return review
    skipped = review.skipped | {path}
    return replace(review, skipped=skipped, past=(*review.past, review), said=f"skipped {path}")


def undo(review: Review) -> Review:
    """Take the last decision back."""
    if not review.past:
        return replace(review, said="nothing to take back")
    return replace(review.past[-1], said="taken back")


def alike(review: Review) -> tuple[str, ...]:
    """Return claims that may say the same as the claim that is shown, the likest first."""
    path = current(review)
    part = drafts_of(review.case).get(path or "")
    if not isinstance(part, Claim):
        return ()
    words = content(part.quote or "")
    fits = {
        key: similarity(words, content(claim.quote or ""))
        for key, claim in review.case.claims.items()
        if f"claims.{key}" != path and claim.class_ == part.class_
    }
    close = sorted((key for key in fits if fits[key] >= ALIKE), key=lambda key: -fits[key])
    return tuple(close[:MOST_ALIKE])


def join(review: Review, claim: str) -> Review:
    """Let the claim that is shown be one more place of another claim, and take its own entry out.

    What rested on it rests on the other.
    """
    path = current(review)
    part = drafts_of(review.case).get(path or "")
    if path is None or not isinstance(part, Claim) or part.source is None:
        return replace(review, said="only a claim can be joined to another")
    key = path.partition(".")[2]
    if claim not in review.case.claims or claim == key:
        return replace(review, said=f'"{clip(claim)}" is not another claim')
    other = review.case.claims[claim]
    here = Place(source=part.source, quote=part.quote or "", at=part.at)
    joined = other.model_copy(update={"also": (*other.also, here, *part.also)})
    case = rebased(review.case, key, claim)
    claims = {name: each for name, each in case.claims.items() if name != key}
    case = case.model_copy(update={"claims": {**claims, claim: joined}})
    return _decided(review, case, f"joined {key} to {claim}")


def edited(review: Review, case: Case) -> Review:
    """Go on with a case in which the draft that is shown was changed."""
    return _decided(review, case, f"changed {current(review)}")


def _decided(review: Review, case: Case, said: str) -> Review:
    return replace(review, case=case, past=(*review.past, review), said=said)


def _brought(before: Case, after: Case) -> list[Fault]:
    """Return the errors that a decision brings."""
    known = {(fault.where, fault.what) for fault in check(before)}
    found = [fault for fault in check(after) if fault.severity == "error"]
    return [fault for fault in found if (fault.where, fault.what) not in known]


def _lies_in(fault: Fault, paths: tuple[str, ...]) -> bool:
    where = fault.where.partition(": ")[0]
    return any(where == path or where.startswith(f"{path}.") for path in paths)


def _hangs(case: Case, path: str, there: Mapping[str, Part], gone: set[str]) -> bool:
    """Whether a draft needs something that goes, evidence and the walk-away left aside."""
    part = there[path]
    resting = {f"claims.{claim}" for claim in getattr(part, "because", ())}
    own = {need for need in _needs(case, path, there) if need not in resting}
    if isinstance(part, Party):
        own = set()
    return not own.isdisjoint(gone)


def _bare(part: Part, gone: set[str]) -> bool:
    """Whether a part would lose all the claims that it rests on."""
    claims = getattr(part, "because", ())
    return (
        isinstance(part, _RESTING) and bool(claims) and all(f"claims.{c}" in gone for c in claims)
    )


def _needs(case: Case, path: str, there: Mapping[str, Part]) -> Iterator[str]:
    """Yield paths, drafts or not, that a part cannot do without."""
    part, parts = there[path], path.split(".")
    if parts[0] == "parties" and len(parts) > 2:
        yield f"parties.{parts[1]}"
    if isinstance(part, Party) and part.signs:
        walk_away = case.walk_away(parts[1])
        yield f"demands.{walk_away}"
    actors = [getattr(part, name, None) for name in ("by", "of")]
    issues: list[str] = []
    if isinstance(part, Position):
        actors, issues = [parts[1]], [parts[2]]
    if isinstance(part, Demand):
        issues = [*part.refuses, *part.requires]
    for actor in actors:
        if isinstance(actor, str):
            yield from _places(case, actor)
    yield from (f"issues.{issue}" for issue in issues)
    if isinstance(part, Estimate):
        yield f"outlook.questions.{part.question}"
    interest = getattr(part, "interest", None)
    if interest is not None:
        yield f"interests.{interest}"
    if isinstance(part, _RESTING):
        yield from (f"claims.{claim}" for claim in part.because)


def _places(case: Case, actor: str) -> Iterator[str]:
    """Yield the paths of a party, or of a faction and its party."""
    home = case.party_of(actor)
    yield f"parties.{home}"
    if home != actor:
        yield f"parties.{home}.factions.{actor}"
