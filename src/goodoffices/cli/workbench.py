"""The command that opens the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from goodoffices.cli.app import CaseFile, app, say

__all__ = ["open_"]


@app.command("open")
def open_(
    case: CaseFile,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser, too.")] = True,
) -> None:
    """Open the workbench: a local page to read and edit a case.

    It is served on this machine only, until Ctrl-C. The address holds a key: whoever has it can
    read and change the case. Every edit is saved at once, and can be taken back.
    """
    from goodoffices.reading.extras import needs

    needs("workbench", "starlette")
    from goodoffices.workbench.server import serve

    def opened(address: str) -> None:
        print(address, flush=True)
        say("the workbench is open; stop it with Ctrl-C")
        if browser:
            import webbrowser

            webbrowser.open(address)

    serve(case, port=port, opened=opened)
