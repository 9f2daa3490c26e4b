"""Scenarios: compare them, and make one from the edits since some earlier state."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.errors import CaseError, Fault
from goodoffices.workbench.desk import Given, desk_of, page
from goodoffices.workbench.edits import Change, Difference, differences, tell
from goodoffices.workbench.store import Stale

__all__ = ["from_edits", "scenarios"]


def scenarios(request: Request) -> Response:
    """List the scenarios with the zone under each; show what could become another."""
    desk = desk_of(request)
    state = desk.store.state()
    case = state.usable
    if case is None:
        return page(request, "broken.html.jinja")
    entries = [entry for entry in desk.store.history.entries(50) if entry.digest != state.digest]
    job = desk.full(state)
    result = job.answer if job is not None and job.status == "done" else None
    context = {"case": case, "result": result, "entries": entries}
    return page(request, "scenarios.html.jinja", context)


def from_edits(request: Request, given: Given) -> Response:
    """Turn what was edited since an earlier state into a scenario over that state.

    The case goes back to the earlier state and gains the scenario: what was tried out stands
    beside what is known, instead of in its place.
    """
    store = desk_of(request).store
    last = store.history.last()
    try:
        since = int(given.get("since", ""))
        assert last is not None
        before, after = store.compare(since, last.id)
        data = _scenario(given, differences(before, after))
        store.restore(since)
        base = store.state().digest
        change = Change(f"scenarios.{given.get('id', '').strip()}", data)
        store.change([change], base)
    except (KeyError, ValueError):
        fault = Fault(where="scenarios", what="that state is not in the history")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=422)
    except Stale:
        fault = Fault(where="scenarios", what="the case changed meanwhile", mend="try again")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=409)
    except CaseError as error:
        if last is not None and store.state().digest != last.digest:
            # What was edited is not lost with the scenario that could not be made of it.
            store.restore(last.id)
        return page(request, "refused.html.jinja", {"faults": error.faults}, status=422)
    return RedirectResponse("/scenarios", status_code=303)


def _scenario(given: Given, found: tuple[Difference, ...]) -> dict[str, object]:
    if not found:
        raise CaseError([Fault(where="scenarios", what="nothing was edited since then")])
    if any(one.new == "reordered" for one in found):
        what = "the order of parts was changed, which a scenario can't say"
        raise CaseError([Fault(where="scenarios", what=what)])
    return {
        "name": given.get("name", "").strip() or given.get("id", ""),
        "set": {one.path: one.new for one in found if one.new is not None},
        "remove": [one.path for one in found if one.new is None],
        "assumed": given.get("assumed", "").strip() or f"tried out: {tell(found)}",
    }
