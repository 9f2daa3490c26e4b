"""What promises are worth: on trust alone, under each guarantee, and if they were sure."""

from __future__ import annotations

from goodoffices.brief.elements import Rich
from goodoffices.brief.material import Material, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import cost
from goodoffices.deals.results import PromiseLevel, PromiseReport

__all__ = ["tabulate_promises"]

Guarantee = tuple[str, str]
"""Its issue and its option."""


def tabulate_promises(material: Material) -> Table | None:
    """Set what each promised option is worth to its receiver beside its worth if it were sure."""
    given = material.result.promises
    if not given:
        return None
    guarantees = tuple(dict.fromkeys(key for one in given for key in _levels(material, one) if key))
    heads: list[Rich] = [
        ("Promise",),
        ("To",),
        ("If it were sure",),
        ("On trust alone",),
        *(("With “", material.naming.option(*key), "”") for key in guarantees),
        ("Rests on",),
    ]
    return Table(
        anchor="promises",
        stacks=True,
        caption=("What a promise is worth to the one who receives it, in points of its own scale",),
        columns=tuple(heads),
        rows=tuple(_row(material, one, guarantees) for one in given),
    )


def _levels(material: Material, one: PromiseReport) -> dict[Guarantee | None, PromiseLevel]:
    """Return the levels by issue and option of the guarantee; None for trust alone."""
    guarantee = material.case.promises[one.promise].guarantee
    return {
        (guarantee.issue, level.guarantee) if guarantee and level.guarantee else None: level
        for level in one.levels
    }


def _row(material: Material, one: PromiseReport, guarantees: tuple[Guarantee, ...]) -> Row:
    promise = material.case.promises[one.promise]
    levels = _levels(material, one)
    cells: list[Rich] = [
        (
            material.naming.actor(promise.by),
            ": “",
            material.naming.option(one.issue, one.option),
            "”",
        ),
        (material.naming.actor(one.to),),
        (computed("promises", cost(one.if_sure)),),
        *(
            (computed("promises", cost(levels[key].worth)),) if key in levels else ("–",)
            for key in (None, *guarantees)
        ),
    ]
    refs = material.evidence.refs(f"promises.{one.promise}")
    if promise.trust in material.case.trust:
        refs = (*refs, " ", *material.evidence.refs(f"trust.{promise.trust}"))
    return Row(cells=(*cells, refs))
