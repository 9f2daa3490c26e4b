"""Handing over: the brief as a page or in Word, the matrix in Excel, tables, a redacted copy."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.brief import render_brief
from goodoffices.case.file import dump_case
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, ExchangeError, Fault
from goodoffices.workbench.answers import Job
from goodoffices.workbench.desk import Desk, desk_of, page
from goodoffices.workbench.pages.results import sources_of
from goodoffices.workbench.store import State

if TYPE_CHECKING:
    from goodoffices.handover.redact import Redaction

__all__ = ["bring_back", "download", "hand_over"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS: dict[str, tuple[str, str, str]] = {
    "brief.html": ("The brief, one page for the browser", "text/html", "html"),
    "brief.docx": ("The brief in Word, four pages", WORD, "docx"),
    "matrix.xlsx": ("The matrix in Excel, to edit and bring back", EXCEL, "xlsx"),
    "claims.csv": ("The claims, as a table", "text/csv", "claims_csv"),
    "claims.json": ("The claims, as JSON", "application/json", "claims_json"),
    "results.csv": ("The results, as a table", "text/csv", "results_csv"),
    "results.json": ("The results, as JSON", "application/json", "results_json"),
    "case.yaml": ("The case file", "application/yaml", "yaml"),
}
"""File to what it is, its media type, and who makes it."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A case on its way out, and what the lenses say of it."""

    desk: Desk
    case: Case
    redaction: Redaction | None
    deals: Any
    moves: Any
    outlook: Any

    def html(self) -> bytes:
        if self.deals is None and self.moves is None and self.outlook is None:
            what = "no lens has anything to say yet, so there is no brief"
            raise CaseError([Fault(where="", what=what, mend="add issues and positions")])
        page = render_brief(
            self.case,
            self.deals,
            moves=self.moves,
            outlook=self.outlook,
            generated=None,
            sources={} if self.redaction is not None else sources_of(self.case, self.desk),
        )
        return page.encode()

    def docx(self) -> bytes:
        from goodoffices.handover.word import write_docx

        return write_docx(
            self.case,
            self.deals,
            moves=self.moves,
            outlook=self.outlook,
            redaction=self.redaction,
        )

    def xlsx(self) -> bytes:
        from goodoffices.handover.workbook import write_workbook

        return write_workbook(self.case, note=self._note())

    def claims_csv(self) -> bytes:
        from goodoffices.handover.tables import claims_csv

        return claims_csv(self.case).encode()

    def claims_json(self) -> bytes:
        from goodoffices.handover.tables import claims_json

        return claims_json(self.case, self.redaction).encode()

    def results_csv(self) -> bytes:
        from goodoffices.handover.tables import results_csv

        return results_csv(self.case, self.deals, self.moves, self.outlook).encode()

    def results_json(self) -> bytes:
        from goodoffices.handover.tables import results_json

        return results_json(self.deals, self.moves, self.outlook, self.redaction).encode()

    def yaml(self) -> bytes:
        if self.redaction is None:
            return self.desk.store.state().text.encode()
        return f"# {self._note()}\n\n{dump_case(self.case)}".encode()

    def _note(self) -> str:
        return self.redaction.sentence if self.redaction is not None else ""


def hand_over(request: Request) -> Response:
    """Show what can be taken along, and what a redacted copy would leave out."""
    from goodoffices.handover.redact import redacted

    case = desk_of(request).store.state().case
    if case is None:
        return page(request, "broken.html.jinja")
    redaction = redacted(case)[1]
    kinds = [(name, words) for name, (words, _, _) in KINDS.items()]
    return page(request, "hand-over.html.jinja", {"kinds": kinds, "redaction": redaction})


def download(request: Request) -> Response:
    """Make one file and send it."""
    name = request.path_params["name"]
    desk = desk_of(request)
    state = desk.store.state()
    if name not in KINDS or state.case is None:
        fault = Fault(where=name, what="is not a file that can be made")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=404)
    _, media, maker = KINDS[name]
    try:
        parcel = _parcel(desk, state, name, redact="redacted" in request.query_params)
        make: Callable[[], bytes] = getattr(parcel, maker)
        content = make()
    except (CaseError, ExchangeError) as error:
        faults = getattr(error, "faults", None) or [Fault(where=name, what=str(error))]
        return page(request, "refused.html.jinja", {"faults": faults}, status=409)
    stem = desk.store.path.stem if desk.store.path.stem.isascii() else "case"
    called = "".join(c for c in f"{stem}-{name}" if c.isalnum() or c in "-_.")
    headers = {"content-disposition": f'attachment; filename="{called}"'}
    return Response(content, media_type=media, headers=headers)


def bring_back(request: Request, files: Sequence[tuple[str, bytes]]) -> Response:
    """Bring an edited workbook back into the case."""
    from goodoffices.handover.workbook import merge_workbook

    store = desk_of(request).store
    # It lies beside the case only as long as it is read: nothing outside that folder is written.
    beside = store.folder / f".goodoffices-{secrets.token_hex(8)}.xlsx"

    def work(_: State) -> str:
        found = merge_workbook(beside, store.path)
        changed = ", ".join(f"{part} {number}" for part, number in found.changed.items())
        return f"a workbook was brought back: {changed or 'nothing in it differs'}"

    try:
        if len(files) != 1:
            raise CaseError([Fault(where="", what="one workbook at a time", mend="choose one")])
        beside.write_bytes(files[0][1])
        store.through(work)
    except (CaseError, ExchangeError) as error:
        faults = getattr(error, "faults", None) or [Fault(where="", what=str(error))]
        return page(request, "refused.html.jinja", {"faults": faults}, status=422)
    except OSError as error:
        fault = Fault(where=store.folder.name, what=error.strerror or "can't be written")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=409)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return RedirectResponse("/history", status_code=303)


def _parcel(desk: Desk, state: State, name: str, *, redact: bool) -> _Parcel:
    from goodoffices.handover.redact import redacted

    case = state.case
    assert case is not None
    needed = name.startswith(("brief", "results"))
    if needed:
        case = state.usable
        if case is None:
            raise CaseError(state.errors, "the case")
    if redact:
        left, redaction = redacted(case)
        found = _asked(left) if needed else (None, None, None)
        return _Parcel(desk, left, redaction, *found)
    if not needed:
        return _Parcel(desk, case, None, None, None, None)
    jobs = (desk.full(state), desk.moves(state), desk.outlook(state))
    return _Parcel(desk, case, None, *(_awaited(job) for job in jobs))


def _awaited(job: Job | None) -> Any:
    """Return the answer of a job, computed here if the thread has not come to it yet."""
    if job is None:
        return None
    return job.answer if job.status == "done" else job.work(lambda done, total: None)


def _asked(case: Case) -> tuple[Any, Any, Any]:
    """Ask the lenses about a redacted copy: what was left out must not shine through."""
    import datetime as dt

    from goodoffices.deals import deals
    from goodoffices.moves import moves
    from goodoffices.outlook import outlook

    weighed = deals(case) if case.issues else None
    moved = moves(case, deals=weighed) if case.moves is not None else None
    today = case.as_of.date or dt.datetime.now(dt.UTC).date()
    ahead = outlook(case, weighed, today=today) if case.outlook is not None else None
    return weighed, moved, ahead
