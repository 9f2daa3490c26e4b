"""The application: routes, what guards them, and serving it on this machine."""

from __future__ import annotations

import contextlib
import mimetypes
import secrets
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from goodoffices.case.file import load_document
from goodoffices.errors import Fault, GoodOfficesError
from goodoffices.workbench.answers import Answers
from goodoffices.workbench.desk import Desk, Given, page
from goodoffices.workbench.pages import (
    builder,
    deadlock,
    documents,
    edit,
    handing,
    matrix,
    parts,
    past,
    results,
    scenarios,
)
from goodoffices.workbench.pages.documents import MOST_FILES
from goodoffices.workbench.security import MOST_BODY, Application, Guard
from goodoffices.workbench.store import Store

__all__ = ["application", "serve"]

MOST_FIELDS = 1000
STATIC = frozenset({"brief.css", "workbench.css", "workbench.js", "htmx.min.js"})


def _posted(work: Callable[[Request, Given], Response]) -> Callable[..., Awaitable[Response]]:
    """Read a form, then work on it in a thread, as pages that are only looked at are."""

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        given = {key: value for key, value in form.items() if isinstance(value, str)}
        return await run_in_threadpool(work, request, given)

    return endpoint


Files = Sequence[tuple[str, bytes]]


def _uploaded(work: Callable[[Request, Files], Response]) -> Callable[..., Awaitable[Response]]:
    """Read uploaded files with their names, then work on them in a thread."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES + 1, max_fields=MOST_FIELDS) as form:
            sent = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            files = [(file.filename or "", await file.read()) for file in sent if file.filename]
        return await run_in_threadpool(work, request, files)

    return endpoint


ROUTES = [
    Route("/", results.overview),
    Route("/zone", results.zone),
    Route("/pulse", results.pulse),
    Route("/stop", _posted(results.stop), methods=["POST"]),
    Route("/matrix", matrix.matrix),
    Route("/matrix/{issue}", matrix.issue),
    Route("/cell", matrix.cell),
    Route("/edit", _posted(edit.edit), methods=["POST"]),
    Route("/taste", _posted(edit.taste), methods=["POST"]),
    Route("/remove", _posted(edit.remove), methods=["POST"]),
    Route("/undo", _posted(edit.undo), methods=["POST"]),
    Route("/redo", _posted(edit.redo), methods=["POST"]),
    Route("/parts", parts.parts),
    Route("/part", parts.part),
    Route("/add", _posted(parts.add), methods=["POST"]),
    Route("/packages", builder.builder),
    Route("/packages/assessed", builder.assessed),
    Route("/packages/keep", _posted(builder.keep), methods=["POST"]),
    Route("/packages/sweep", builder.sweep),
    Route("/conflicts", results.conflicts),
    Route("/moves", results.moves),
    Route("/moves/state", deadlock.state),
    Route("/outlook", results.outlook),
    Route("/scenarios", scenarios.scenarios),
    Route("/scenarios/make", _posted(scenarios.from_edits), methods=["POST"]),
    Route("/history", past.history),
    Route("/compare", past.compare),
    Route("/documents", documents.documents),
    Route("/documents/read", _uploaded(documents.read_in), methods=["POST"]),
    Route("/documents/decide", _posted(documents.decide), methods=["POST"]),
    Route("/hand-over", handing.hand_over),
    Route("/hand-over/bring-back", _uploaded(handing.bring_back), methods=["POST"]),
    Route("/hand-over/{name}", handing.download),
    Route("/restore", _posted(past.restore), methods=["POST"]),
]


def application(case: Path, *, token: str, port: int) -> Guard:
    """Return the workbench of one case file, to be served on a loopback port.

    Raises `CaseFileError` if the file can't be read at all.
    """
    store = Store(case)
    desk = Desk(store, Answers())

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.answers.close()
        store.close()

    made = Starlette(
        routes=[*ROUTES, Route("/static/{name}", _static)],
        lifespan=lifespan,
        exception_handlers={
            HTTPException: _refused,
            GoodOfficesError: _in_words,
            sqlite3.Error: _without_history,
        },
    )
    made.state.desk = desk
    found: Application = made
    return Guard(found, token, port)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("there is no such file", status_code=404)
    kind = mimetypes.guess_type(name)[0] or "text/plain"
    return Response(_asset(name), media_type=kind)


def _asset(name: str) -> bytes:
    # The brief and the workbench show the same figures, in the same style.
    if name == "brief.css":
        return resources.files("goodoffices.brief").joinpath("style.css").read_bytes()
    return resources.files("goodoffices.workbench").joinpath("static", name).read_bytes()


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {
        404: "there is no such page",
        405: "this page can't be asked for that way",
        413: f"more than {MOST_BODY // 1_000_000} MB at once",
    }
    return PlainTextResponse(words.get(status, "the request can't be read"), status_code=status)


async def _in_words(request: Request, error: Exception) -> Response:
    faults = getattr(error, "faults", None) or (Fault(where="", what=str(error)),)
    return page(request, "refused.html.jinja", {"faults": faults}, status=409)


async def _without_history(request: Request, error: Exception) -> Response:
    """Say that the history failed while a page read it; what is asked next goes on without."""
    desk: Desk = request.app.state.desk
    await run_in_threadpool(desk.store.begin_anew, str(error))
    fault = Fault(where="history", what=f"cannot be read ({error})", mend="ask again")
    return await run_in_threadpool(
        page, request, "refused.html.jinja", {"faults": [fault]}, status=409
    )


def serve(case: Path, *, port: int = 0, opened: Callable[[str], Any] = print) -> None:
    """Serve the workbench on this machine until it is stopped.

    `opened` is called with its address, which holds the token; port 0 takes a free one.
    """
    import uvicorn

    # A file that can't be read is refused before anything is opened for it.
    load_document(case)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    # Whoever is told the address may ask at once, before the server has started.
    listening.listen(128)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(32)
    made = application(case, token=token, port=port)
    config = uvicorn.Config(
        made,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=64,
        timeout_graceful_shutdown=3,
    )
    opened(f"http://127.0.0.1:{port}/?token={token}")
    uvicorn.Server(config).run(sockets=[listening])
