"""Every part of the case as a form: whatever the file can say can be seen and typed here."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.case.model import Case
from goodoffices.errors import CaseError, Fault
from goodoffices.workbench.desk import Given, desk_of, page
from goodoffices.workbench.edits import Change, typed
from goodoffices.workbench.fields import Field, fields_of, label_of
from goodoffices.workbench.store import Stale

__all__ = ["add", "part", "parts"]

STARTS: dict[str, str] = {
    "sources": "title: TITLE\nkind: report",
    "claims": "class: attributed claim",
    "parties": "name: NAME\nrole: bystander",
    "interests": "name: NAME\nof: PARTY",
    "issues": "name: NAME\noptions: [one, other]",
    "demands": "by: PARTY\nkind: red line\nname: NAME\nrefuses: {ISSUE: [OPTION]}",
    "linkages": "when: {ISSUE: [OPTION]}\nexcludes: {OTHER: [OPTION]}",
    "trust": "who: PARTY\nwhom: PARTY\nkept: unknown",
    "promises": "by: PARTY\nto: [PARTY]\ndelivers: {ISSUE: [OPTION]}\nkept: unknown",
    "packages": "name: NAME\npicks: {ISSUE: OPTION}",
    "scenarios": "name: NAME\nset: {PATH: VALUE}",
}
"""What a new part begins with, as it would stand in the file."""
MOST_LISTED = 300
"""Parts of one section that a page lists."""


def parts(request: Request) -> Response:
    """List the sections of the case and what stands in each; the case's own fields first."""
    case = desk_of(request).store.state().case
    if case is None:
        return page(request, "broken.html.jinja")
    top = [field for field in fields_of(case, "") if field.path not in {*STARTS, "goodoffices"}]
    asked = request.query_params.get("find", "").strip().lower()[:100]
    sections = [_section(case, name, asked) for name in STARTS]
    context = {"top": top, "sections": sections, "starts": STARTS, "asked": asked}
    return page(request, "parts.html.jinja", context)


def part(request: Request) -> Response:
    """Show one part as a form."""
    case = desk_of(request).store.state().case
    if case is None:
        return page(request, "broken.html.jinja")
    path = request.query_params.get("path", "")
    found = fields_of(case, path)
    if not found:
        fault = Fault(where=path, what="is not in the case", mend="look for it under All parts")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=404)
    context = {"path": path, "fields": found, "title": _title(case, path)}
    return page(request, "part.html.jinja", context)


def add(request: Request, given: Given) -> Response:
    """Add a part to a section: its id, and what it says, as it would stand in the file."""
    section, key = given.get("section", ""), given.get("id", "").strip()
    path = f"{section}.{key}"
    try:
        if section not in STARTS or not key:
            raise CaseError([Fault(where=section, what="no id", mend="give it a short name")])
        case = desk_of(request).store.state().case
        if case is not None and key in getattr(case, section):
            mend = "choose another id"
            raise CaseError([Fault(where=path, what="is there already", mend=mend)])
        change = Change(path, typed(given.get("value", ""), "data"))
        desk_of(request).store.change([change], given.get("revision", ""))
    except Stale as stale:
        field = Field(path=path, label=path, form="data", value=given.get("value", ""))
        return page(request, "clash.html.jinja", {"field": field, "clashes": stale.clashes})
    except CaseError as error:
        context: dict[str, Any] = {"faults": error.faults, "typed": given.get("value", "")}
        return page(request, "refused.html.jinja", context, status=422)
    return RedirectResponse(f"/part?path={path}", status_code=303)


def _section(case: Case, name: str, asked: str) -> dict[str, Any]:
    items = [(key, _called(key, item)) for key, item in getattr(case, name).items()]
    if asked:
        items = [(key, text) for key, text in items if asked in f"{key} {text}".lower()]
    more = max(0, len(items) - MOST_LISTED)
    return {"name": name, "label": label_of(name), "items": items[:MOST_LISTED], "more": more}


def _called(key: str, item: Any) -> str:
    for name in ("name", "title", "quote", "note"):
        text = getattr(item, name, None)
        if isinstance(text, str) and text:
            return text
    return key


def _title(case: Case, path: str) -> str:
    return label_of(path.split(".")[0]) + ": " + path.partition(".")[2] if path else case.title
