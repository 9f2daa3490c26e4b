"""A local endpoint that answers as a script says, also when the script says to misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Asked to wait for a millisecond, a client comes back at once.
SOON = {"retry-after-ms": "1"}


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media: str = "application/json"
    hang_up: bool = False
    drip: bool = False
    """Send the body byte by byte until the client hangs up or the test ends."""


def said(content: Any, *, finish: str = "stop", **more: Any) -> Scripted:
    """Return a chat completion; content that isn't text is written as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    message = {"role": "assistant", "content": text, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return Scripted(body=json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def failed(status: int, words: str = "no", **headers: str) -> Scripted:
    """Return an error as these endpoints write it."""
    body = json.dumps({"error": {"message": words, "type": "error"}}).encode()
    return Scripted(status=status, body=body, headers={**SOON, **headers})


@dataclass
class Endpoint:
    """The server, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def forms(self) -> list[str]:
        """Return the form of answer that each question asked for."""
        return [one.get("response_format", {}).get("type", "text") for one in self.asked]


Script = Callable[[int, dict[str, Any]], Scripted]


@contextmanager
def scripted(*answers: Scripted, script: Script | None = None) -> Iterator[Endpoint]:
    """Serve the answers in turn, the last one for ever, or what the script returns."""

    def turn(place: int, _: dict[str, Any]) -> Scripted:
        return answers[min(place, len(answers) - 1)]

    endpoint = Endpoint("")
    answer = script or turn

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            asked = json.loads(raw)
            place = len(endpoint.asked)
            endpoint.asked.append(asked)
            endpoint.headers.append({k.lower(): v for k, v in self.headers.items()})
            _reply(self, answer(place, asked), endpoint.ended)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _reply(handler: BaseHTTPRequestHandler, answer: Scripted, ended: threading.Event) -> None:
    handler.close_connection = True
    if answer.hang_up:
        return
    try:
        handler.send_response(answer.status)
        handler.send_header("content-type", answer.media)
        handler.send_header("content-length", str(len(answer.body)))
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if answer.drip:
            for byte in answer.body:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                if ended.wait(0.02):
                    return
        else:
            handler.wfile.write(answer.body)
    except ConnectionError:
        # The client had enough; that is what some tests are about.
        return
