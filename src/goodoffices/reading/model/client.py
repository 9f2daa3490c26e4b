"""Asking the endpoint: the strictest form of answer that it knows, and what went wrong in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

from pydantic import BaseModel, ValidationError

from goodoffices.reading.extras import needs
from goodoffices.reading.model.endpoint import Endpoint, EndpointError

__all__ = ["Answer", "AnswerError", "Client", "Message"]

Message = Mapping[Literal["role", "content"], str]

_REFUSED = {
    401: "it does not accept the key; look at the variable that holds it",
    402: "it wants to be paid first",
    403: "it does not let this key in",
    404: "it does not know the address or the model; look at both",
    405: "nothing there answers questions; look at the address",
    413: "the question is too long for it; send the document in smaller stretches",
    429: "it has had too many questions; wait, or ask for a larger allowance",
}
_FATAL = frozenset([401, 402, 403, 404, 405])
_UNKNOWN_FORM = frozenset([400, 415, 422, 501])
"""An endpoint's ways of saying that it does not know a form of answer."""


class AnswerError(EndpointError):
    """One question got no answer that can be used; another may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the model wrote."""

    text: str
    cut: bool
    """Whether it had to stop before its end."""


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


@dataclass(slots=True)
class Client:
    """A line to one endpoint, used as a context.

    The forms of answer make a ladder: bound to a schema, any JSON object, plain text; each with
    the temperature at zero, then without it, because some endpoints refuse to be told. A rung
    that is refused is not tried again.
    """

    endpoint: Endpoint
    schema: dict[str, Any]
    """The JSON Schema of an answer."""
    _rung: int = 0
    _openai: Any = field(default=None, repr=False)
    _line: Any = field(default=None, repr=False)

    def __enter__(self) -> Self:
        self._openai = needs("model", "openai")
        needs("model", "httpx2")
        # Only now is it known that what this module imports is there.
        from goodoffices.reading.model._transport import BoundedTransport

        key = self.endpoint.key()
        seconds = self.endpoint.timeout
        transport = BoundedTransport(self.endpoint.url, key, seconds)
        self._line = self._openai.OpenAI(
            # The library insists on a key; the transport sends none where none was named.
            api_key="none",
            base_url=self.endpoint.url,
            timeout=seconds,
            max_retries=self.endpoint.retries,
            http_client=self._openai.DefaultHttpxClient(
                transport=transport, trust_env=False, follow_redirects=False, timeout=seconds
            ),
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def ask(self, messages: Sequence[Message]) -> Answer:
        """Return the answer.

        `AnswerError` where this question has none, `EndpointError` where no question will.
        """
        rungs = _rungs(self.schema)
        for rung in range(self._rung, len(rungs)):
            raw = self._sent(messages, rungs[rung])
            if raw is not None:
                self._rung = rung
                return _answer(raw)
        raise AnswerError(
            "the endpoint refuses the question in every form; it may be too long for the model"
        )

    def _sent(self, messages: Sequence[Message], form: dict[str, Any]) -> str | None:
        """Return the body of the answer; None where its form is refused."""
        library = self._openai
        with _told(library):
            try:
                asked = self._line.chat.completions.with_raw_response
                raw = asked.create(model=self.endpoint.model, messages=list(messages), **form)
                body: str = raw.http_response.text
                return body
            except library.APIStatusError as error:
                if error.status_code in _UNKNOWN_FORM:
                    return None
                raise


def _rungs(schema: dict[str, Any]) -> list[dict[str, Any]]:
    named = {"name": "findings", "strict": True, "schema": schema}
    forms: list[dict[str, Any]] = [
        {"response_format": {"type": "json_schema", "json_schema": named}},
        {"response_format": {"type": "json_object"}},
        {},
    ]
    return [form | told for form in forms for told in ({"temperature": 0}, {})]


@contextmanager
def _told(library: Any) -> Iterator[None]:
    """Say what went wrong in our words.

    An endpoint's own words are never passed on, because they may repeat the key; and the error
    that was caught holds the request, so it is not chained.
    """
    try:
        yield
    except library.APIStatusError as error:
        status = error.status_code
        why = _REFUSED.get(status, "it cannot answer now; try later")
        if 300 <= status < 400:
            why = "it sends the question elsewhere, which is not followed; name that address"
        kind = EndpointError if status in _FATAL or 300 <= status < 400 else AnswerError
        raise kind(f"the endpoint answers {status}: {why}") from None
    except library.APITimeoutError:
        raise AnswerError("the endpoint takes too long; allow more time, or ask less") from None
    except library.APIConnectionError as error:
        refused = type(error.__cause__).__name__ == "ConnectError"
        if refused:
            raise EndpointError(
                "the endpoint cannot be reached; is it running, and is its address right?"
            ) from None
        if type(error.__cause__).__name__ == "DecodingError":
            raise AnswerError("the endpoint's answer is too long or compressed") from None
        raise AnswerError("the endpoint closes the connection before it has answered") from None
    except library.OpenAIError:
        raise AnswerError("the endpoint's answer cannot be read") from None


def _answer(body: str) -> Answer:
    """Read the body of an answer."""
    try:
        read = _Completion.model_validate_json(body)
    except ValidationError:
        raise AnswerError("the endpoint's answer is not a chat completion") from None
    if not read.choices or not (read.choices[0].message.content or "").strip():
        raise AnswerError("the model says nothing")
    first = read.choices[0]
    return Answer(text=first.message.content or "", cut=first.finish_reason == "length")
