"""The definitions of the graph model, written out literally over plain sets.

R[i][s] is the set of states that decision maker i reaches from s by one move, and rank[i][s] says
how i likes s, the higher the better. Slow, and meant to be obviously right.
"""

from collections.abc import Callable, Iterable, Sequence

Moves = Sequence[Sequence[set[int]]]
Ranks = Sequence[Sequence[int]]


def option_moves(
    states: Sequence[int], owners: Sequence[int], directions: Sequence[str]
) -> list[list[set[int]]]:
    """The moves over bit patterns: option k belongs to owners[k] and changes as directions say."""

    def may(i: int, s: int, t: int) -> bool:
        for k, (owner, direction) in enumerate(zip(owners, directions, strict=True)):
            before, after = s >> k & 1, t >> k & 1
            if before == after:
                continue
            if owner != i or direction == ("back" if after else "fwd"):
                return False
        return s != t

    return [
        [{b for b, t in enumerate(states) if may(i, s, t)} for s in states]
        for i in range(max(owners) + 1)
    ]


def legal(R: Moves, H: Iterable[int], s: int, gains: Callable[[int, int, int], bool]) -> set[int]:
    """R_H(s): nobody moves twice in succession, and a move of k from s to t has gains(k, s, t)."""
    H = list(H)
    reached: set[tuple[int, int]] = set()
    frontier = [(s, -1)]
    while frontier:
        at, last = frontier.pop()
        for k in H:
            if k == last:
                continue
            for t in R[k][at]:
                if (t, k) not in reached and gains(k, at, t):
                    reached.add((t, k))
                    frontier.append((t, k))
    return {state for state, _ in reached}


def any_move(k: int, s: int, t: int) -> bool:
    return True


def improving(rank: Ranks) -> Callable[[int, int, int], bool]:
    return lambda k, s, t: rank[k][t] > rank[k][s]


def stable(R: Moves, rank: Ranks, i: int, s: int, concept: str) -> bool:
    """Whether s is stable for i: Nash, GMR, SMR, SEQ or SSEQ."""
    others = [k for k in range(len(R)) if k != i]
    gains = improving(rank) if concept in ("seq", "sseq") else any_move
    for s1 in R[i][s]:
        if rank[i][s1] <= rank[i][s]:
            continue
        if concept == "nash":
            return False
        answers = [s2 for s2 in legal(R, others, s1, gains) if rank[i][s] >= rank[i][s2]]
        if concept in ("smr", "sseq"):
            answers = [s2 for s2 in answers if all(rank[i][s] >= rank[i][s3] for s3 in R[i][s2])]
        if not answers:
            return False
    return True


def equilibria(R: Moves, rank: Ranks, concept: str) -> list[int]:
    """The states that are stable for everybody."""
    return [
        s for s in range(len(R[0])) if all(stable(R, rank, i, s, concept) for i in range(len(R)))
    ]


def coalition_stable(
    R: Moves, rank: Ranks, H: Sequence[int], s: int, concept: str, gain: str
) -> bool:
    """Whether s is stable for the coalition H, whose joint improvements are strict or Pareto."""

    def better(t: int) -> bool:
        if gain == "strict":
            return all(rank[i][t] > rank[i][s] for i in H)
        return all(rank[i][t] >= rank[i][s] for i in H) and any(rank[i][t] > rank[i][s] for i in H)

    others = [k for k in range(len(R)) if k not in H]
    gains = improving(rank) if concept in ("seq", "sseq") else any_move
    for s1 in legal(R, H, s, any_move):
        if not better(s1):
            continue
        if concept == "nash":
            return False
        answers = [s2 for s2 in legal(R, others, s1, gains) if not better(s2)]
        if concept in ("smr", "sseq"):
            answers = [s2 for s2 in answers if not any(map(better, legal(R, H, s2, any_move)))]
        if not answers:
            return False
    return True
