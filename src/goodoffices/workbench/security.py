"""Who may ask: this machine, this browser, this page; and what a page may do.

Loopback alone is no protection: any page open in the browser, and any program on the machine, can
ask it. So every request needs the token of this run, which only the person who started it has;
the Host must be this server's (against DNS rebinding), and what changes something must come from
its own pages.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException

__all__ = ["COOKIE", "MOST_BODY", "POLICY", "Guard"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "goodoffices"
MOST_BODY = 64_000_000
"""Bytes of one request, uploads included."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not `no-referrer`: a form would no longer say which page it comes from.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets a request through to the application if it is this person's own.

    The first visit carries the token in the address (`/?token=...`); it is put into a cookie and
    taken out of the address. Everything else is refused with one line that says why.
    """

    application: Application
    token: str
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
            return
        if scope["type"] != "http":
            # Nothing here speaks over a web socket.
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {key.lower(): value for key, value in scope["headers"]}
        if (why := self._foreign(scope, headers)) is not None:
            await _answer(send, 403, why)
            return
        if self._entering(scope):
            await self._let_in(scope, send)
            return
        if not self._known(headers.get(b"cookie", b"")):
            await _answer(send, 403, "open the address that `goodoffices open` printed")
            return
        await self._pass_on(scope, receive, send)

    def _foreign(self, scope: Scope, headers: dict[bytes, bytes]) -> str | None:
        """Say why a request does not come from this server's own pages; None if it may."""
        hosts = {f"{name}:{self.port}".encode() for name in ("127.0.0.1", "localhost", "[::1]")}
        if headers.get(b"host", b"").lower() not in hosts:
            return "this address is not the workbench's own"
        origin = headers.get(b"origin")
        if origin is not None and origin.lower() not in {b"http://" + host for host in hosts}:
            return "the request comes from another page"
        if headers.get(b"sec-fetch-site") in {b"cross-site", b"same-site"}:
            # A link elsewhere that leads here is refused too: it carries no cookie anyway.
            return "the request comes from another site"
        if scope["method"] not in SAFE and origin is None:
            return "the request does not say which page it comes from"
        return None

    def _entering(self, scope: Scope) -> bool:
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token", "")
        return scope["method"] == "GET" and hmac.compare_digest(given.encode(), self.token.encode())

    async def _let_in(self, scope: Scope, send: Send) -> None:
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        # The path is this server's own: a leading `//` would name another host.
        place = "/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else "")
        cookie = f"{COOKIE}-{self.port}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        extra = [(b"location", place.encode()), (b"set-cookie", cookie.encode())]
        await _answer(send, 303, "come in", extra)

    def _known(self, cookies: bytes) -> bool:
        wanted = f"{COOKIE}-{self.port}={self.token}".encode()
        return any(hmac.compare_digest(part.strip(), wanted) for part in cookies.split(b";"))

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        got = 0

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > MOST_BODY:
                raise HTTPException(413, f"more than {MOST_BODY // 1_000_000} MB at once")
            return message

        async def armoured(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.application(scope, bounded, armoured)


async def _answer(
    send: Send, status: int, words: str, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    body = f"Good Offices: {words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS, *(extra or ())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
