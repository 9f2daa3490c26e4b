"""Which demands cannot hold together, and which liftings make the rest hold.

A *conflict* is a set of demands that no package meets together. A *lifting* is a set of demands
such that some package meets all the others. Of both only the minimal sets matter, and they are
each other's minimal hitting sets: every lifting takes a demand from every conflict, and no
smaller set does.

Both are enumerated together, knowing of the demands only whether a package meets a given set:

1. A minimal hitting set of the liftings found so far is a candidate for a conflict, and one of
   the conflicts found so far a candidate for a lifting. Take a smallest candidate.
2. If it is what it stands for, it is minimal: anything smaller misses a set that must be hit.
3. If not, its complement is of the other kind. Drop demands from that while it stays so; the
   minimal set that is left is new, and all candidates of step 1 must hit it too.
4. A side whose candidates are all found is complete, and by the duality so is the other.

References: Reiter (1987), A theory of diagnosis from first principles; Gunopulos et al. (2003),
Discovering all most specific sentences (Dualize and Advance); Bailey & Stuckey (2005), Discovery
of minimal unsatisfiable subsets using hitting set dualization; Liffiton et al. (2016), Fast,
flexible MUS enumeration (MARCO). The hitting sets grow as in Berge (1989), Hypergraphs, chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

__all__ = ["Conflicts", "Oracle", "find_conflicts"]

Oracle = Callable[[frozenset[int]], bool | frozenset[int] | None]
"""Whether some package meets all these demands.

A yes may be `True` or, which saves checks, the set of *all* demands that the package found meets;
that set may be empty and is a yes all the same. A subset of a feasible set must be feasible.
`None` says that it can't be decided, and ends the search as if the budget were spent.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflicts:
    """The minimal conflicts and the minimal liftings of some demands, smallest first.

    If all demands hold together there is no conflict and one lifting: that of nothing. If there is
    no package even when all are lifted, the empty set is the one conflict and no lifting helps.

    >>> find_conflicts(2, lambda demands: True).liftings
    (frozenset(),)
    >>> find_conflicts(2, lambda demands: False).hopeless
    True
    """

    minimal: tuple[frozenset[int], ...]
    """Minimal conflicts, by size and then by their demands in ascending order."""
    liftings: tuple[frozenset[int], ...]
    """Minimal liftings, in the same order."""
    checks: int
    """How many sets of demands the oracle was asked about."""
    complete: bool
    """Whether every minimal conflict and every minimal lifting is listed."""
    minimal_up_to: int
    """Every minimal conflict of at most so many demands is listed; -1 where nothing is known."""
    liftings_up_to: int
    """The same for liftings."""

    @property
    def hopeless(self) -> bool:
        """Whether no package exists even when every demand is lifted."""
        return self.minimal == (frozenset(),)


def find_conflicts(
    count: int, feasible: Oracle, *, most_checks: int = 10_000, most_sets: int = 1_000
) -> Conflicts:
    """Find all minimal conflicts and all minimal liftings of the demands 0, ..., `count` - 1.

    U conflicts and C liftings cost about min(U + C n, C + U n) checks for n demands; an oracle
    that names all demands met saves most of the factor n.

    `most_checks` bounds the questions to the oracle, `most_sets` the sets found and the candidates
    held, on each side. Past either the answer is bounded: each set listed is still minimal and
    true, `complete` is false, and `minimal_up_to` and `liftings_up_to` say how far each side is
    nevertheless known to be complete. (If one side is complete, so is the other.)

    Raises ValueError if the oracle names a package that misses a demand it was asked for.

    Two demands of which only one can be met, and a third that nobody minds:

    >>> found = find_conflicts(3, lambda demands: not demands >= {0, 1})
    >>> found.minimal, found.liftings
    ((frozenset({0, 1}),), (frozenset({0}), frozenset({1})))
    >>> found.complete
    True
    """
    if count < 0 or most_checks < 0 or most_sets < 1:
        raise ValueError("count and most_checks are at least 0, most_sets at least 1")
    full = (1 << count) - 1
    memory = _Memory(feasible, full, most_checks)
    conflicts = _Side(memory.conflict, count, most_sets)
    liftings = _Side(memory.lifting, count, most_sets)
    complete = _search(conflicts, liftings, full)
    return Conflicts(
        minimal=_in_order(conflicts.found),
        liftings=_in_order(liftings.found),
        checks=memory.checks,
        complete=complete,
        minimal_up_to=count if complete else conflicts.up_to(),
        liftings_up_to=count if complete else liftings.up_to(),
    )


# Inside, a set of demands is an integer whose bit d stands for demand d. A `_Holds` says whether
# a set is a conflict, or whether it is a lifting.
_Holds = Callable[[int], bool]


class _Spent(Exception):
    """The budget is used up, or the oracle can't decide."""


class _Memory:
    """The oracle, asked only what does not follow from its earlier answers."""

    def __init__(self, feasible: Oracle, full: int, most_checks: int) -> None:
        self._feasible = feasible
        self._full = full
        self._most_checks = most_checks
        self._met: list[int] = []  # largest sets known to be feasible
        self._unmet: list[int] = []  # smallest sets known to be conflicts
        self.checks = 0

    def conflict(self, demands: int) -> bool:
        """Whether no package meets all these demands."""
        if any(demands & ~met == 0 for met in self._met):
            return False
        if any(unmet & ~demands == 0 for unmet in self._unmet):
            return True
        met = self._ask(demands)
        if met is None:
            self._unmet = [old for old in self._unmet if demands & ~old] + [demands]
        else:
            self._met = [old for old in self._met if old & ~met] + [met]
        return met is None

    def lifting(self, demands: int) -> bool:
        """Whether some package meets all the other demands."""
        return not self.conflict(self._full ^ demands)

    def _ask(self, demands: int) -> int | None:
        """Return all demands met together with these, or None if there is no such package."""
        if self.checks == self._most_checks:
            raise _Spent
        self.checks += 1
        asked = frozenset(_members(demands))
        answer = self._feasible(asked)
        if answer is None:
            raise _Spent
        if not isinstance(answer, Set):
            return demands if answer else None
        if not answer >= asked:
            missed = sorted(asked - answer)
            raise ValueError(f"the package found for {sorted(asked)} misses {missed}")
        return sum(1 << demand for demand in answer)


class _Side:
    """One side of the duality: what was found, and which sets could still be one of it."""

    def __init__(self, holds: _Holds, count: int, most_sets: int) -> None:
        self.holds = holds
        self._count = count
        self._most_sets = most_sets
        # Minimal sets that hit what the other side has found: at first, nothing. All of them up
        # to the limit in size; past it some may be missing, and some need not be minimal.
        self.candidates = [0]
        self._limit = count
        self.found: set[int] = set()

    def add(self, members: int) -> None:
        if len(self.found) == self._most_sets:
            raise _Spent
        self.found.add(members)

    def pending(self) -> list[int]:
        """Return the candidates that have not been found to hold."""
        return [candidate for candidate in self.candidates if candidate not in self.found]

    def complete(self) -> bool:
        return self._limit == self._count and not self.pending()

    def up_to(self) -> int:
        return min([self._limit, *(members.bit_count() - 1 for members in self.pending())])

    def hit(self, new: int) -> None:
        """Let every candidate also hit a new set (one step of Berge's algorithm)."""
        hitting = [candidate for candidate in self.candidates if candidate & new]
        missing = [candidate for candidate in self.candidates if not candidate & new]
        self.candidates = hitting.copy()
        for demand in _members(new):
            bit = 1 << demand
            # Only a set that hits the new one by this demand alone can lie within an extension.
            rest = [candidate ^ bit for candidate in hitting if candidate & new == bit]
            self.candidates += [
                candidate | bit
                for candidate in missing
                if all(other & ~candidate for other in rest)
            ]
        self._trim()

    def _trim(self) -> None:
        """Keep the smallest candidates within the budget."""
        self.candidates.sort(key=_size_first)
        for dropped in self.candidates[self._most_sets : self._most_sets + 1]:
            self._limit = min(self._limit, dropped.bit_count() - 1)
        del self.candidates[self._most_sets :]


def _search(conflicts: _Side, liftings: _Side, full: int) -> bool:
    """Find what there is to find on both sides; say whether that is everything."""
    try:
        while not (conflicts.complete() or liftings.complete()):
            sides = [side for side in (conflicts, liftings) if side.pending()]
            if not sides:
                return False
            # A candidate that holds costs one check, a set found on the other side up to one for
            # each demand: look where the longer list promises that the most candidates will hold.
            side = max(sides, key=lambda side: len(side.candidates))
            _look(side, liftings if side is conflicts else conflicts, full)
    except _Spent:
        return False
    return True


def _look(side: _Side, other: _Side, full: int) -> None:
    """Look at a smallest candidate: one more set is found, here or on the other side."""
    candidate = min(side.pending(), key=_size_first)
    if not side.holds(candidate):
        new = _least(other.holds, full ^ candidate)
        other.add(new)
        side.hit(new)
        return
    # What is minimal already costs no check: what is smaller misses a set of the other side.
    new = _least(side.holds, candidate)
    if new != candidate:
        side.candidates.remove(candidate)
    if new not in side.found:
        side.add(new)
        other.hit(new)


def _size_first(members: int) -> tuple[int, int]:
    return members.bit_count(), members


def _least(holds: _Holds, members: int) -> int:
    """Drop one member after another for as long as the rest holds."""
    left = members
    for member in _members(members):
        if holds(left ^ 1 << member):
            left ^= 1 << member
    return left


def _members(members: int) -> Iterator[int]:
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


def _in_order(sets: Iterable[int]) -> tuple[frozenset[int], ...]:
    lists = sorted((list(_members(members)) for members in sets), key=lambda one: (len(one), one))
    return tuple(map(frozenset, lists))
