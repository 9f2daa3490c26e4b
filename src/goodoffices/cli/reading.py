"""Commands that turn documents into drafts, and let a person confirm them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from goodoffices.cli.app import AsJson, CaseFile, app, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goodoffices.reading.findings import Document, Findings
    from goodoffices.reading.report import Unread

__all__ = ["read", "review"]


Documents = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Text, Markdown, HTML, PDF, DOCX.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="The case file to write. [case.yaml]")
]
Into = Annotated[
    Path | None,
    typer.Option(metavar="CASE", help="Add to this case; with -o, to a copy of it there."),
]
EngineName = Annotated[
    Literal["rules", "model"], typer.Option(help="Read by rules, or ask a language model.")
]
Url = Annotated[
    str | None, typer.Option(help="For `model`: the endpoint, http://localhost:11434/v1.")
]
ModelName = Annotated[
    str | None, typer.Option(help="For `model`: the name that the endpoint knows it by.")
]
KeyEnv = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="For `model`: the variable that holds the key, if any."),
]
OwnParties = Annotated[
    Path | None, typer.Option(help="For `rules`: a YAML file of parties and their names.")
]
Parser = Annotated[
    str | None, typer.Option(metavar="NAME", help="For `rules`: another spaCy model.")
]
Jobs = Annotated[int, typer.Option(min=1, max=256, help="Documents to read at a time.")]
KeptIn = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Keep what was found there, to go on after a stop."),
]
Again = Annotated[
    bool, typer.Option("--again", help="Look for more in documents that the case has read.")
]


@app.command()
def read(
    files: Documents,
    output: Output = None,
    into: Into = None,
    engine: EngineName = "rules",
    url: Url = None,
    model: ModelName = None,
    key_env: KeyEnv = None,
    gazetteer: OwnParties = None,
    parser: Parser = None,
    jobs: Jobs = 1,
    store: KeptIn = None,
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Turn documents into drafts: who said what, in which words.

    Writes a case file in which everything is a draft, with copies of the documents beside it, or
    adds drafts to a case. Nothing counts before a person confirms it. No network, but for the
    language model that you name.
    """
    from goodoffices.errors import DocumentError
    from goodoffices.reading.filing import file_reading
    from goodoffices.reading.merge import merge
    from goodoffices.reading.report import report_of, summary

    chosen = _engine(engine, url, model, key_env, gazetteer, parser, into)
    target = output or into or Path("case.yaml")
    _check_target(target, into)
    found, unread = _read_all(files, chosen, jobs, store)
    if not found:
        faults = [replace(fault, where=each.path) for each in unread for fault in each.faults]
        raise DocumentError(faults, "the documents")
    reading = merge(found)
    filed = file_reading(reading, target, into, again=again)
    report = report_of(reading, filed.drafted, list(map(str, filed.written)), unread)
    if as_json:
        from goodoffices.schemas import to_json

        print(to_json(report))
        return
    for line in summary(report):
        print(line)
    for line in _next(target, report.written, report.waiting):
        print(line)


Engine = tuple["Callable[[Document], Findings]", str]
"""What reads a document, and its name with everything that changes what it finds."""


def _engine(
    engine: str,
    url: str | None,
    model: str | None,
    key_env: str | None,
    gazetteer: Path | None,
    parser: str | None,
    into: Path | None,
) -> Engine:
    if engine == "model":
        if url is None or model is None:
            raise typer.BadParameter("--engine model needs --url and --model")
        if gazetteer is not None or parser is not None:
            raise typer.BadParameter("--gazetteer and --parser are for --engine rules")
        from goodoffices.reading.model import Endpoint, read_by_model

        endpoint = Endpoint(url=url, model=model, key_env=key_env)
        return partial(read_by_model, endpoint=endpoint), f"model {model} at {url}"
    if url is not None or model is not None or key_env is not None:
        raise typer.BadParameter("--url, --model and --key-env are for --engine model")
    from goodoffices.reading.extras import needs
    from goodoffices.reading.rules import Gazetteer, read_by_rules

    needs("read", "spacy")
    known = Gazetteer.shipped()
    if into is not None:
        known = known.extended(_own_parties(into))
    if gazetteer is not None:
        known = known.extended(gazetteer)
    mark = hashlib.sha256(repr(known.entries).encode()).hexdigest()[:16]
    return partial(read_by_rules, gazetteer=known, model=parser), f"rules {parser} {mark}"


def _own_parties(case: Path) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Return the parties of a case, as a gazetteer lists them, but for those that it knows."""
    from goodoffices.case.drafts import settled
    from goodoffices.case.file import read_case
    from goodoffices.reading.rules import Gazetteer

    known = {entry.name for entry in Gazetteer.shipped().entries}
    # What is a draft itself must not steer what is read next.
    parties = settled(read_case(case, checked=False)).parties.values()
    own = {party.name: {"also": list(party.aliases)} for party in parties}
    return {"parties": {name: fields for name, fields in own.items() if name not in known}}


def _check_target(target: Path, into: Path | None) -> None:
    """Refuse before the work what would be refused after it."""
    from goodoffices.cli.app import refuse_to_overwrite

    if into is None or target != into:
        refuse_to_overwrite(target)
    if not target.parent.is_dir():
        raise typer.BadParameter(f"{target.parent} is not a folder; make it first")


def _read_all(
    files: Sequence[Path], engine: Engine, jobs: int, store: Path | None
) -> tuple[list[Findings], list[Unread]]:
    """Read every document that can be read; say why the others can't."""
    from goodoffices.reading.jobs import read_many
    from goodoffices.reading.report import Unread

    run, name = engine
    found: list[Findings] = []
    unread: list[Unread] = []
    with progress("Reading") as advance:
        for one in read_many(files, run, jobs=jobs, store=store, engine=name, progress_to=advance):
            if one.findings is not None:
                found.append(one.findings)
            else:
                unread.append(Unread(path=str(one.path), faults=one.faults))
    return found, unread


def _next(target: Path, written: Sequence[str], waiting: int) -> list[str]:
    lines = ["", "wrote " + ", ".join(written) if written else "nothing to write"]
    if waiting:
        wait = "draft waits" if waiting == 1 else "drafts wait"
        lines.append(f"{waiting} {wait} for you; next: goodoffices review {target}")
    return lines


@app.command()
def review(
    case: CaseFile,
    listing: Annotated[
        bool, typer.Option("--list", help="Only list what waits, a line each.")
    ] = False,
    accept: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Accept this draft; may be repeated.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Reject this draft; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Go through the drafts: accept, edit, reject, undo.

    Shows each draft with its words in their context. By keys alone; every decision is in the file
    at once, so that quitting loses nothing. What you reject is not proposed again.
    """
    from goodoffices.cli.reviewing import converse, decide, listed, opened

    saved = opened(case)
    lines = [decide(saved, path, accepted=True) for path in accept or ()]
    lines += [decide(saved, path, accepted=False) for path in reject or ()]
    waiting = list(listed(saved))
    if as_json:
        print(json.dumps({"done": lines, "waiting": waiting}, indent=2, ensure_ascii=False))
    elif listing or lines:
        print("\n".join(lines + (waiting if listing else [])))
    else:
        converse(saved)
