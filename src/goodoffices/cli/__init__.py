"""The command line: one thin command per question."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from goodoffices import __version__
from goodoffices.cli import cases, forecasts, handover, lenses, reading, workbench
from goodoffices.cli.app import app, say
from goodoffices.errors import GoodOfficesError

__all__ = ["app", "cases", "forecasts", "handover", "lenses", "main", "reading", "workbench"]

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 faults, 2 wrong usage, 130 stopped."""
    try:
        # Not on its own, it returns the exit code that a command asked for.
        code = app(args=arguments, standalone_mode=False) or 0
        if code == STOPPED:
            say("stopped; nothing was written")
    except GoodOfficesError as error:
        say(str(error))
        code = 1
    except typer.Abort:
        code = STOPPED
    except BrokenPipeError:
        # The reader, such as `head`, has had enough.
        sys.stderr.close()
        code = 0
    except OSError as error:
        say(f"{error.filename or 'a file'}: {error.strerror or error}")
        code = 1
    except Exception as error:
        if not hasattr(error, "exit_code"):
            raise
        # A usage error of the command line library shows itself.
        error.show()  # type: ignore[attr-defined]
        code = error.exit_code
    sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
