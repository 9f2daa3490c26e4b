"""A case as large as an analyst may ever hold: many parties, issues and claims.

Numbers are uncertain, every position rests on claims, every claim is quoted from a source, and
every party has a walk-away and a red line, as in a case that somebody filled over months.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["large_case"]

OPTIONS = 4


def large_case(parties: int = 12, issues: int = 60, claims: int = 2000, *, seed: int = 7) -> str:
    """Return the text of a case file with so many parties, issues and claims."""
    rng = random.Random(seed)
    return "\n".join(
        [
            "goodoffices: 1",
            "title: A large case",
            "sources:",
            *(f"  note-{n}: {{title: Note {n}, kind: report}}" for n in range(40)),
            "claims:",
            *(_claim(n, parties, issues, rng) for n in range(claims)),
            "parties:",
            *(f"  party-{p}: {{name: Party {p}, role: principal}}" for p in range(parties)),
            "issues:",
            *(f"  issue-{i}: {{name: Issue {i}, options: {_options()}}}" for i in range(issues)),
            "positions:",
            *_positions(parties, issues, claims, rng),
            "demands:",
            *_demands(parties, issues, claims, rng),
            "",
        ]
    )


def _options() -> str:
    return "{" + ", ".join(f"o{n}: Option {n}" for n in range(OPTIONS)) + "}"


def _claim(number: int, parties: int, issues: int, rng: random.Random) -> str:
    party, issue = f"party-{rng.randrange(parties)}", f"issue-{rng.randrange(issues)}"
    quote = f"Party {party} said in note {number} that on {issue} it would not move before others."
    return (
        f"  claim-{number}:\n    class: attributed claim\n    source: note-{number % 40}\n"
        f"    speaker: Party {party}\n    quote: {quote}\n    about: [{party}, {issue}]"
    )


def _positions(parties: int, issues: int, claims: int, rng: random.Random) -> Iterator[str]:
    for party in range(parties):
        yield f"  party-{party}:"
        for issue in range(issues):
            # Weights of a party add up to 100.
            low, high = (round(rng.uniform(*ends) / issues, 2) for ends in ((40, 90), (110, 180)))
            rising = rng.random() < 0.5
            steps = [round(100 * n / (OPTIONS - 1)) for n in range(OPTIONS)]
            lows = [max(0, step - rng.randrange(1, 15)) for step in steps]
            values = [f"{low}..{step}" for low, step in zip(lows, steps, strict=True)]
            ordered = values if rising else values[::-1]
            said = ", ".join(f"o{n}: {value}" for n, value in enumerate(ordered))
            yield (
                f"    issue-{issue}: {{weight: {low:g}..{high:g}, "
                f"values: {{{said}}}, because: claim-{rng.randrange(claims)}}}"
            )


def _demands(parties: int, issues: int, claims: int, rng: random.Random) -> Iterator[str]:
    for party in range(parties):
        issue = rng.randrange(issues)
        yield (
            f"  floor-{party}: {{by: party-{party}, kind: walk-away, name: Floor {party}, "
            f"value: 20..45, because: claim-{rng.randrange(claims)}}}"
        )
        yield (
            f"  line-{party}: {{by: party-{party}, kind: red line, name: Line {party}, "
            f"refuses: {{issue-{issue}: o{rng.randrange(OPTIONS)}}}, firmness: 60..90%, "
            f"because: claim-{rng.randrange(claims)}}}"
        )
