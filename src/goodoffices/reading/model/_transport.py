"""What goes over the wire: only what the question needs, and no more back than it may hold.

This module needs the extra `model`; nothing imports it before that was looked for.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator

import httpx2

__all__ = ["MOST_ANSWER", "BoundedTransport"]

MOST_ANSWER = 4_000_000
"""Bytes of one answer."""

# The client library adds the system's name, versions, and accounts named in its own environment
# variables; none of these is anybody's business.
_SENT = {"host", "accept", "content-type", "content-length", "connection", "authorization"}


class BoundedTransport(httpx2.BaseTransport):
    """Sends plain requests to one address; an answer that is too long or too slow is cut off.

    No proxy, no redirect and no compression: an answer's size on the wire is its size.
    """

    def __init__(self, base: str, key: str | None, seconds: float) -> None:
        self._base = httpx2.URL(base)
        self._key = key
        self._seconds = seconds
        # Loading the certificates of the world takes longer than a plain request to this machine.
        plain = self._base.scheme == "http"
        verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True
        self._inner = httpx2.HTTPTransport(verify=verify, trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request with the headers that it needs."""
        url, base = request.url, self._base
        if (url.scheme, url.host, url.port) != (base.scheme, base.host, base.port):
            raise httpx2.UnsupportedProtocol("another address than the one named")
        headers = {name: value for name, value in request.headers.items() if name in _SENT}
        headers |= {"user-agent": "goodoffices", "accept-encoding": "identity"}
        headers.pop("authorization", None)
        if self._key is not None:
            headers["authorization"] = f"Bearer {self._key}"
        # The client library still looks at the request as it was, so that one stays as it is.
        sent = httpx2.Request(
            request.method,
            url,
            headers=headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        ends = time.monotonic() + self._seconds
        response = self._inner.handle_request(sent)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise httpx2.DecodingError("the answer is compressed", request=request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Bounded(response.stream, ends, request)
        return response

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()


class _Bounded(httpx2.SyncByteStream):
    """A stream that ends with an error after so many bytes, or at a time."""

    def __init__(self, inner: httpx2.SyncByteStream, ends: float, request: httpx2.Request) -> None:
        self._inner = inner
        self._ends = ends
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._inner:
            size += len(part)
            if size > MOST_ANSWER:
                raise httpx2.DecodingError("the answer is too long", request=self._request)
            # A server that sends a byte now and then never runs into the time-out for one read.
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("the answer takes too long", request=self._request)
            yield part

    def close(self) -> None:
        self._inner.close()
