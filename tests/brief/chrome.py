"""A headless browser for the tests, spoken to through a pipe: no port, no driver, no network."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 60.0
"""Seconds to wait for an answer."""


def find() -> str | None:
    """Return the browser to test with, if there is one."""
    return next((place for name in NAMES if (place := shutil.which(name))), None)


class Chrome:
    """One browser with one tab; every message is a JSON text that ends with a zero byte."""

    def __init__(self, program: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="brief-")
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()
        command = " ".join((
            f'exec "{program}"', *SWITCHES, f'"--user-data-dir={self.folder}"', "about:blank",
            f"3<&{to_read} 4>&{to_write} 2>/dev/null",
        ))  # fmt: skip
        self.process = subprocess.Popen(["bash", "-c", command], pass_fds=(to_read, to_write))
        os.close(to_read)
        os.close(to_write)
        self.events: list[dict[str, Any]] = []
        self.session: str | None = None
        self.buffer, self.last = b"", 0
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self.session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self(f"{domain}.enable")

    def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its answer; events that come before it are kept."""
        self.last += 1
        message: dict[str, Any] = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.last:
                assert "error" not in answer, answer
                found: dict[str, Any] = answer["result"]
                return found
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read], [], [], max(0.0, end - time.monotonic()))
            part = os.read(self.read, 1 << 20) if ready else b""
            assert part, "the browser fell silent"
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        message: dict[str, Any] = json.loads(text)
        return message

    def open(self, page: Path) -> None:
        """Load a page and wait until it is there."""
        self.events.clear()
        self("Page.navigate", url=page.as_uri())
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._next())

    def width(self, pixels: int) -> None:
        """Make the window as wide as a phone or a desk."""
        self("Emulation.setDeviceMetricsOverride", width=pixels, height=844, deviceScaleFactor=1,
             mobile=pixels < 700)  # fmt: skip

    def theme(self, name: str) -> None:
        """Ask for light or dark."""
        feature = {"name": "prefers-color-scheme", "value": name}
        self("Emulation.setEmulatedMedia", features=[feature])

    def value(self, expression: str) -> Any:
        """Return what an expression is worth on the page."""
        answer = self("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def printed_pages(self) -> int:
        """Return on how many sheets the page prints."""
        pdf = base64.b64decode(self("Page.printToPDF", preferCSSPageSize=True)["data"])
        (count,) = re.findall(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
        return int(count)

    def requests(self) -> list[str]:
        """Return the addresses that the page asked for."""
        found = (e for e in self.events if e.get("method") == "Network.requestWillBeSent")
        return [e["params"]["request"]["url"] for e in found]

    def complaints(self) -> list[dict[str, Any]]:
        """Return what the browser logged: errors, warnings, breaches of the page's policy."""
        kinds = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}
        return [e["params"] for e in self.events if e.get("method") in kinds]

    def close(self) -> None:
        """End the browser and remove what it left."""
        self.session = None
        with contextlib.suppress(AssertionError, OSError):
            self("Browser.close")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        os.close(self.read)
        os.close(self.write)
        shutil.rmtree(self.folder, ignore_errors=True)
