"""Edits: one field at a time, checked as one types, saved at once, taken back at will."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast, get_args

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from goodoffices.case._plain import plain
from goodoffices.errors import CaseError, CaseFileError, Fault, GoodOfficesError
from goodoffices.workbench.desk import Given, desk_of, page
from goodoffices.workbench.edits import REMOVE, Change, changed, typed
from goodoffices.workbench.fields import PANEL, Field, Form, field_at
from goodoffices.workbench.store import Saved, Stale, State

__all__ = ["edit", "redo", "remove", "taste", "undo"]

MOST_TYPED = 200_000
"""Characters of one field."""


def edit(request: Request, given: Given) -> Response:
    """Save one field: `path`, `form`, `value` and the `revision` that the page was made from."""
    field = _field(request, given)
    text = given.get("value", "")
    try:
        change = Change(field.path, _typed(text, field.form))
        saved = desk_of(request).store.change([change], given.get("revision", ""))
    except Stale as stale:
        context = {"field": replace(field, value=text), "clashes": stale.clashes}
        return page(request, "stale.html.jinja", context)
    except CaseError as error:
        fault = _fault_of(error, field.path)
        refused = replace(field, value=text, fault=fault)
        message = "not saved: the file stays as it was"
        return page(request, "field-swap.html.jinja", {"field": refused}, message=message)
    return _saved(request, field, saved)


def taste(request: Request, given: Given) -> Response:
    """Say what is wrong with what is being typed, without saving it; nothing if all is well."""
    field = _field(request, given)
    case = desk_of(request).store.state().case
    if case is None:
        return PlainTextResponse("")
    try:
        changed(case, [Change(field.path, _typed(given.get("value", ""), field.form))])
    except CaseError as error:
        return PlainTextResponse(_fault_of(error, field.path))
    return PlainTextResponse("")


def remove(request: Request, given: Given) -> Response:
    """Remove one part of the case, and go back to where it was listed."""
    path = given.get("path", "")
    desk = desk_of(request)
    try:
        desk.store.change([Change(path, REMOVE)], given.get("revision", ""))
    except Stale as stale:
        field = Field(path=path, label=path, form="data", value="", missing=True)
        return page(request, "clash.html.jinja", {"field": field, "clashes": stale.clashes})
    except CaseError as error:
        return page(request, "refused.html.jinja", {"faults": error.faults}, status=422)
    return RedirectResponse(_place(given.get("back", "")), status_code=303)


def undo(request: Request, given: Given) -> Response:
    """Take the last change back."""
    return _step(request, given, back=True)


def redo(request: Request, given: Given) -> Response:
    """Make the change that was taken back again."""
    return _step(request, given, back=False)


def _step(request: Request, given: Given, *, back: bool) -> Response:
    store = desk_of(request).store
    try:
        if back:
            store.undo()
        else:
            store.redo()
    except GoodOfficesError as error:
        faults = getattr(error, "faults", (Fault(where="", what=str(error)),))
        return page(request, "refused.html.jinja", {"faults": faults}, status=409)
    return RedirectResponse(_place(given.get("back", "")), status_code=303)


def _place(back: str) -> str:
    """Return an address of this server only: a path, and nothing that could name another host."""
    return "/" + back.lstrip("/\\") if "\\" not in back and ":" not in back else "/"


def _field(request: Request, given: Given) -> Field:
    form = cast(Form, given.get("form", "text") if given.get("form") in get_args(Form) else "text")
    path, label = given.get("path", "")[:500], given.get("label", "")[:200]
    place = PANEL if given.get("place") == PANEL else ""
    case = desk_of(request).store.state().case
    if case is None:
        return Field(path=path, label=label, form=form, value="", place=place)
    return replace(field_at(plain(case, short=False), path, form, label), place=place)


def _typed(text: str, form: Form) -> Any:
    if len(text) > MOST_TYPED:
        what = f"longer than {MOST_TYPED:,} characters"
        raise CaseFileError([Fault(where="", what=what, mend="shorten it")])
    return typed(text, {"long": "text", "choice": "text"}.get(form, form))


def _fault_of(error: CaseError, path: str) -> str:
    """Say what is wrong with a field: its own faults, and else all that the edit would bring."""
    own = [fault for fault in error.faults if fault.where.startswith(path)] or list(error.faults)
    return " ".join(
        f"{'' if fault.where == path else fault.where + ': '}{fault.what}"
        + (f"; {fault.mend}" if fault.mend else "")
        + "."
        for fault in own
    )


def _saved(request: Request, field: Field, saved: Saved) -> Response:
    state: State = saved.state
    desk_of(request).answers.only(state.digest)
    fresh = field
    if state.case is not None:
        data = plain(state.case, short=False)
        fresh = field_at(data, field.path, field.form, field.label)
        fresh = replace(fresh, place=field.place)
    near = [fault for fault in state.faults if fault.where == field.path]
    fresh = replace(fresh, fault="; ".join(str(fault.what) for fault in near))
    message = f"Saved. {saved.words}"
    if saved.merged:
        message = f"Saved, beside what changed elsewhere in the meantime. {saved.words}"
    context = {"field": fresh, "state": state}
    return page(request, "field-swap.html.jinja", context, message=message)
