"""The overview: the ten questions with their short answers, and what is not settled yet."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from goodoffices.workbench.answers import Question
from goodoffices.workbench.desk import DRAWS, Given, desk_of, page

__all__ = ["overview", "stop", "zone"]


def overview(request: Request) -> Response:
    """Show the short answers, the faults and what is unconfirmed."""
    if desk_of(request).store.state().case is None:
        return page(request, "broken.html.jinja")
    return page(request, "overview.html.jinja")


def zone(request: Request) -> Response:
    """Show the chance that a deal exists, as far as it is known by now."""
    return page(request, "zone.html.jinja")


def stop(request: Request, given: Given) -> Response:
    """Stop computing the full answer; the quick one stays."""
    desk = desk_of(request)
    state = desk.store.state()
    desk.answers.stop(Question(state.digest, "deals", None, DRAWS))
    return page(request, "zone.html.jinja")
