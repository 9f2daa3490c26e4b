"""Whether every number rests on a claim or an assumption, and every claim on its source's words."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.case._faults import error
from goodoffices.case.model import (
    Basis,
    Case,
    Demand,
    Issue,
    Linkage,
    Position,
    Progress,
    Promise,
    Scenario,
    Trust,
)
from goodoffices.case.outlook import NUMBERED
from goodoffices.case.quantity import Quantity
from goodoffices.errors import Fault, clip

__all__ = ["basis_faults", "numbers_of"]


def basis_faults(case: Case) -> Iterator[Fault]:
    """Yield numbers that rest on nothing, opinions used as evidence, and claims without words."""
    yield from _claims(case)
    barred = _barred(case)
    for where, basis in case.based():
        yield from _founded(where, basis)
        if basis.assumed is not None:
            yield from _named(where, basis.assumed)
        for claim in basis.because:
            if claim in barred:
                what = f'"{clip(claim)}" is {barred[claim]}, and opinion is no evidence'
                mend = "rest it on another claim, or on `assumed:`"
                yield error(f"{where}.because", what, mend)


def numbers_of(basis: Basis) -> tuple[str, ...]:
    """Return the names of a node's own fields that hold a number; unknown is not a number.

    >>> numbers_of(Issue(name="Days", range="0..20", step=10))
    ('range',)
    """
    held: dict[str, object] = {}
    if isinstance(basis, Position):
        held = {"weight": basis.weight, "values": tuple(basis.values.values())}
    elif isinstance(basis, Demand):
        held = {"value": basis.value, "firmness": basis.firmness}
    elif isinstance(basis, Linkage):
        held = {"bonus": tuple(basis.bonus.values())}
    elif isinstance(basis, Promise):
        kept = () if basis.guarantee is None else tuple(basis.guarantee.kept.values())
        held = {"kept": basis.kept, "guarantee": kept}
    elif isinstance(basis, Trust):
        held = {"kept": basis.kept}
    elif isinstance(basis, NUMBERED):
        each = {name: getattr(basis, name) for name in type(basis).model_fields}
        held = {n: tuple(v.values()) if isinstance(v, dict) else v for n, v in each.items()}
    elif isinstance(basis, Progress):
        held = {"share": basis.share}
    elif isinstance(basis, Issue):
        return ("range",) if basis.range is not None else ()
    elif isinstance(basis, Scenario):
        return tuple(name for name in ("set", "remove") if getattr(basis, name))
    return tuple(name for name, value in held.items() if _is_number(value))


def _is_number(value: object) -> bool:
    if isinstance(value, tuple):
        return any(map(_is_number, value))
    return isinstance(value, Quantity) and value.shape != "unknown"


def _founded(where: str, basis: Basis) -> Iterator[Fault]:
    if basis.founded != "unfounded":
        return
    numbers = numbers_of(basis)
    if numbers:
        named = " and ".join(f"`{name}`" for name in numbers)
        what = f"{named} {'rests' if len(numbers) == 1 else 'rest'} on no claim and no assumption"
        yield error(where, what, 'add `because:` with claims, or `assumed: "who: why"`')


def _named(where: str, assumed: str) -> Iterator[Fault]:
    who, colon, why = assumed.partition(":")
    if not (colon and who.strip() and why.strip()):
        what = f'"{clip(assumed)}" does not say who assumes it and why'
        yield error(f"{where}.assumed", what, 'write `assumed: "team: no figure was reported"`')


def _barred(case: Case) -> dict[str, str]:
    """Return the claims that may not feed the model, and what they are."""
    barred = {}
    for key, claim in case.claims.items():
        source = case.sources.get(claim.source or "")
        if claim.class_ == "opinion":
            barred[key] = "of class opinion"
        elif source is not None and source.kind == "comment":
            barred[key] = "from a comment"
    return barred


def _claims(case: Case) -> Iterator[Fault]:
    for key, claim in case.claims.items():
        where = f"claims.{key}"
        if claim.class_ == "assumption":
            if claim.quote is None and claim.note is None:
                yield error(where, "says nothing", "add `note:` with what is assumed")
            continue
        lacking = [name for name in ("source", "quote") if getattr(claim, name) is None]
        if lacking:
            what = f"a claim of class {claim.class_} without {' and '.join(lacking)}"
            mend = f"add {' and '.join(f'`{name}:`' for name in lacking)}, or make it an assumption"
            yield error(where, what, mend)
