"""The history: every edit with its time, any state back, any two compared."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.errors import CaseError, Fault
from goodoffices.workbench.desk import Given, desk_of, page
from goodoffices.workbench.edits import differences, in_words

__all__ = ["compare", "history", "restore"]

PER_PAGE = 100
MOST_ROWS = 400
"""Differences that a page lists."""


def history(request: Request) -> Response:
    """List what changed, the newest first."""
    store = desk_of(request).store
    before = _number(request.query_params.get("before", ""))
    entries = store.history.entries(PER_PAGE, before)
    older = entries[-1].id if len(entries) == PER_PAGE else None
    return page(request, "history.html.jinja", {"entries": entries, "older": older})


def restore(request: Request, given: Given) -> Response:
    """Let an earlier state hold again."""
    try:
        desk_of(request).store.restore(_number(given.get("entry", "")) or 0)
    except KeyError:
        fault = Fault(where="history", what="there is no such state")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=404)
    except CaseError as error:
        return page(request, "refused.html.jinja", {"faults": error.faults}, status=409)
    return RedirectResponse("/history", status_code=303)


def compare(request: Request) -> Response:
    """Show what two states differ in, the older one first."""
    store = desk_of(request).store
    asked = [_number(request.query_params.get(name, "")) or 0 for name in ("one", "other")]
    try:
        first, second = sorted(asked)
        old, new = store.compare(first, second)
        entries = store.history.entry(first), store.history.entry(second)
    except KeyError:
        fault = Fault(
            where="history", what="there is no such state", mend="choose two from the list"
        )
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=404)
    except CaseError as error:
        return page(request, "refused.html.jinja", {"faults": error.faults}, status=422)
    found = differences(old, new)
    rows = [
        (one, in_words(one.path, new if one.new is not None else old)) for one in found[:MOST_ROWS]
    ]
    context = {"entries": entries, "rows": rows, "more": max(0, len(found) - MOST_ROWS)}
    return page(request, "compare.html.jinja", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None
