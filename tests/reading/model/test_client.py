"""The ladder of forms, an endpoint in every kind of trouble, and a key that nobody sees."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from pydantic import TypeAdapter

from goodoffices.reading.findings import Findings
from goodoffices.reading.model import EndpointError, read_by_model
from goodoffices.reading.model._transport import BoundedTransport
from tests.reading.model.asking import KEY, endpoint, read, reads, refused
from tests.reading.model.samples import STATEMENTS, TEXT, document, good
from tests.reading.model.scripted import Scripted, failed, said, scripted


@pytest.mark.parametrize("status", [400, 415, 422])
def test_a_form_that_is_refused_gives_way_to_a_weaker_one(status: int) -> None:
    def script(_: int, asked: dict[str, Any]) -> Scripted:
        form = asked.get("response_format", {}).get("type")
        return failed(status, "unknown response_format") if form == "json_schema" else said(good())

    found, forms = reads(script)
    assert forms == ["json_schema", "json_schema", "json_object"]
    assert len(found.statements) == len(STATEMENTS)


def test_plain_text_is_the_last_form() -> None:
    def script(_: int, asked: dict[str, Any]) -> Scripted:
        return failed(400) if "response_format" in asked else said(good())

    _, forms = reads(script)
    assert forms == ["json_schema"] * 2 + ["json_object"] * 2 + ["text"]


def test_a_model_that_takes_no_temperature_is_asked_without_it() -> None:
    def script(_: int, asked: dict[str, Any]) -> Scripted:
        return failed(400, "temperature") if "temperature" in asked else said(good())

    _, forms = reads(script)
    assert forms == ["json_schema"] * 2


def test_a_refused_form_is_not_tried_again_for_the_next_stretch() -> None:
    def script(_: int, asked: dict[str, Any]) -> Scripted:
        return failed(400) if "response_format" in asked else said(good())

    _, forms = reads(script, text=TEXT * 3, budget=700)
    assert forms[:5] == ["json_schema"] * 2 + ["json_object"] * 2 + ["text"]
    assert len(forms) > 6
    assert set(forms[5:]) == {"text"}


def test_a_question_that_is_refused_in_every_form_is_an_error() -> None:
    assert "in every form" in refused(failed(400))


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_an_endpoint_in_passing_trouble_is_asked_again(status: int) -> None:
    with scripted(failed(status), said(good())) as server:
        found = read_by_model(document(), endpoint(server.url))
        assert len(server.asked) == 2
    assert len(found.statements) == len(STATEMENTS)


def test_a_lost_connection_is_tried_again() -> None:
    found = read(Scripted(hang_up=True), said(good()), retries=1)
    assert len(found.statements) == len(STATEMENTS)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "does not accept the key"),
        (403, "does not let this key in"),
        (404, "does not know the address or the model"),
        (429, "too many questions"),
        (500, "cannot answer now"),
    ],
)
def test_an_endpoint_in_lasting_trouble_is_an_error_in_our_words(status: int, why: str) -> None:
    message = refused(failed(status, f"Incorrect API key provided: {KEY}"), retries=1)
    assert why in message
    assert str(status) in message


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_will_not_change_is_asked_once(status: int) -> None:
    with scripted(failed(status)) as server, pytest.raises(EndpointError):
        read_by_model(document(TEXT * 4), endpoint(server.url, budget=500))
    assert len(server.asked) == 1


def test_the_wait_that_an_endpoint_asks_for_is_waited() -> None:
    busy = Scripted(status=429, headers={"retry-after": "0.3"})
    began = time.monotonic()
    found = read(busy, said(good()))
    assert time.monotonic() - began >= 0.3
    assert len(found.statements) == len(STATEMENTS)


def test_a_question_that_is_too_long_for_the_endpoint_says_so() -> None:
    assert "smaller stretches" in refused(failed(413))


def test_nothing_is_sent_to_another_address_than_the_one_named() -> None:
    transport = BoundedTransport("http://127.0.0.1:1/v1", KEY, 1.0)
    for other in ("http://127.0.0.1:2/v1", "http://localhost:1/v1", "https://127.0.0.1:1/v1"):
        with pytest.raises(httpx2.UnsupportedProtocol, match="another address"):
            transport.handle_request(httpx2.Request("POST", other))
    transport.close()


def test_a_wait_that_is_too_long_is_not_waited() -> None:
    assert "too many questions" in refused(
        Scripted(status=429, headers={"retry-after": "3600"}), retries=5
    )


def test_nobody_there_is_an_error() -> None:
    with scripted(said(good())) as server:
        url = server.url
    with pytest.raises(EndpointError, match="cannot be reached"):
        read_by_model(document(), endpoint(url, retries=0))


def test_a_slow_endpoint_is_an_error() -> None:
    slow = Scripted(body=said(good()).body, drip=True)
    assert "takes too long" in refused(slow, timeout=0.15, retries=0)


def test_a_closed_connection_is_an_error() -> None:
    assert "closes the connection" in refused(Scripted(hang_up=True), retries=0)


def test_half_an_answer_is_an_error() -> None:
    half = Scripted(body=b'{"choices"', headers={"content-length": "5000"})
    with pytest.raises(EndpointError):
        read(half, retries=0, timeout=0.5)


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(body=b"<html>Log in</html>", media="text/html"),
        Scripted(body=b"not json"),
        Scripted(body=b""),
        Scripted(body=b"{}"),
        Scripted(body=b'{"choices": []}'),
        Scripted(body=b'{"choices": [{"message": {"content": 5}}]}'),
        Scripted(body=b"\xff\xfe\x00"),
        Scripted(body=b"[" * 100_000),
    ],
)
def test_what_is_no_chat_completion_is_an_error(answer: Scripted) -> None:
    message = refused(answer)
    assert "not a chat completion" in message or "says nothing" in message


def test_a_chat_completion_under_another_content_type_is_read() -> None:
    found = read(replace(said(good()), media="text/plain"))
    assert len(found.statements) == len(STATEMENTS)


def test_an_answer_that_is_too_long_is_an_error() -> None:
    assert "too long" in refused(said("x" * 5_000_000), retries=0)


def test_an_error_that_is_too_long_is_an_error() -> None:
    huge = Scripted(status=401, body=b"x" * 5_000_000)
    assert "too long" in refused(huge, retries=0)


def test_a_compressed_answer_is_refused() -> None:
    bomb = Scripted(body=b"\x1f\x8b", headers={"content-encoding": "gzip"})
    assert "compressed" in refused(bomb, retries=0)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with scripted(said(good())) as other:
        away = Scripted(status=status, headers={"location": f"{other.url}/chat/completions"})
        assert "elsewhere" in refused(away)
        assert other.asked == []


def test_the_key_goes_to_the_endpoint_and_nothing_else_that_the_machine_knows() -> None:
    with scripted(said(good())) as server:
        read_by_model(document(), endpoint(server.url))
        (headers,) = server.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert set(headers) == {
        "host",
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "user-agent",
    }
    assert headers["user-agent"] == "goodoffices"


def test_without_a_named_key_none_is_sent() -> None:
    with scripted(said(good())) as server:
        read_by_model(document(), endpoint(server.url, key_env=None))
        assert "authorization" not in server.headers[0]


def test_the_key_is_in_nothing_that_is_shown_written_or_logged(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    with scripted(failed(500, KEY), said(good())) as server:
        at = endpoint(server.url)
        found = read_by_model(document(), at)
    written = TypeAdapter(Findings).dump_json(found).decode()
    shown = capsys.readouterr()
    for text in (repr(at), str(at), repr(found), written, caplog.text, shown.out, shown.err):
        assert KEY not in text
