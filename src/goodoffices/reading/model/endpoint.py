"""Where a language model answers, as the user names it; the key stays in the environment."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from goodoffices.errors import GoodOfficesError, clip

__all__ = ["Endpoint", "EndpointError"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_KEY = re.compile(r"[\x21-\x7e]+")


class EndpointError(GoodOfficesError):
    """A language model can't be reached or asked; the message never holds its key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint.

    Nothing here is secret: `key_env` names the environment variable that holds the key, which is
    read when the endpoint is asked. Raises `EndpointError` for what could not be asked, or would
    send the key in the clear.

    >>> Endpoint(url="http://localhost:11434/v1", model="qwen3").host
    'localhost'
    >>> Endpoint(url="http://example.org/v1", model="m", key_env="KEY")
    Traceback (most recent call last):
    goodoffices.reading.model.endpoint.EndpointError: the endpoint would get the key unencrypted;
    write https://, or leave the key out
    """

    url: str
    """Its base, to which `/chat/completions` is added: "http://localhost:11434/v1"."""
    model: str
    key_env: str | None = None
    """None where the endpoint wants no key."""
    timeout: float = 180.0
    """Seconds that one answer may take."""
    retries: int = 2
    """How often a question is asked again after a time-out, a lost connection, or an answer that
    says to try later."""
    budget: int = 6_000
    """Characters of the document in one question."""

    def __post_init__(self) -> None:
        parts = _split(self.url)
        if parts.scheme == "http" and self.key_env and not _is_loopback(parts.hostname or ""):
            raise EndpointError(
                "the endpoint would get the key unencrypted; write https://, or leave the key out"
            )
        if not self.model.strip() or not self.model.isprintable() or len(self.model) > 200:
            raise EndpointError("the model has no usable name; write the one its endpoint knows")
        # What somebody typed here by mistake may be the key itself, so it is not shown.
        if self.key_env is not None and not _VARIABLE.fullmatch(self.key_env):
            raise EndpointError(
                "the key's variable is not a name of letters, digits and _; "
                "name the environment variable, not the key itself"
            )
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise EndpointError("the time-out must be more than 0 seconds")
        if not 0 <= self.retries <= 10:
            raise EndpointError("the retries must be 0 to 10")
        if not 500 <= self.budget <= 100_000:
            raise EndpointError("the budget must be 500 to 100,000 characters")

    @property
    def host(self) -> str:
        """The name or number of the machine that is asked."""
        return _split(self.url).hostname or ""

    @property
    def is_private(self) -> bool:
        """Whether what is sent stays on this machine, or goes encrypted."""
        return _split(self.url).scheme == "https" or _is_loopback(self.host)

    def key(self) -> str | None:
        """Return the key from the environment; `EndpointError` where it isn't set."""
        if self.key_env is None:
            return None
        key = os.environ.get(self.key_env, "").strip()
        if not key:
            raise EndpointError(
                f"the environment variable {self.key_env} holds no key; set it, "
                "or leave it out for an endpoint that wants none"
            )
        if not _KEY.fullmatch(key):
            raise EndpointError(
                f"the key in {self.key_env} holds spaces or signs that no key has; set it anew"
            )
        return key


def _split(url: str) -> SplitResult:
    """Return the parts of an address that may be asked; `EndpointError` for another."""
    try:
        parts = urlsplit(url)
        # Reading the port is what finds a bad one.
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        usable, parts = False, urlsplit("")
    # An address may hold a password or a key, so only one without either is ever shown.
    if "@" in url or parts.query or parts.fragment:
        raise EndpointError(
            "the endpoint's address holds a user, a query or a fragment; leave it out, "
            "and name the variable with the key"
        )
    if not usable or not url.isprintable() or " " in url:
        raise EndpointError(
            f'"{clip(url)}" is no address of an endpoint; write one such as '
            "http://localhost:11434/v1"
        )
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
