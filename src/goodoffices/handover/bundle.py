"""Files for other people: one by its ending, or a folder with all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case.drafts import settled
from goodoffices.case.file import dump_case, replace_file, source_text
from goodoffices.case.model import Case
from goodoffices.deals.results import Deals
from goodoffices.errors import CaseError, ExchangeError, Fault
from goodoffices.handover.redact import Redaction, redacted
from goodoffices.handover.tables import claims_csv, claims_json, results_csv, results_json
from goodoffices.handover.word import write_docx
from goodoffices.handover.workbook import write_workbook
from goodoffices.moves.results import MovesReport
from goodoffices.outlook.results import OutlookReport

__all__ = ["Results", "hand_over"]

MADE = {"brief.docx", "matrix.xlsx", "claims.csv", "claims.json", "results.csv", "results.json"}
"""Files that are made from the case and can be made again."""
ENDINGS = (".docx", ".xlsx", ".csv", ".json", ".yaml", ".yml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What the lenses say; None for one that was not asked."""

    deals: Deals | None = None
    moves: MovesReport | None = None
    outlook: OutlookReport | None = None


Ask = Callable[[Case], Results]


@dataclass(kw_only=True, slots=True)
class _Parcel:
    """A case on its way out; the lenses are asked once, and only if a file needs them."""

    case: Case
    home: Path
    """The folder of the case file, where sources are looked for."""
    ask: Ask
    redaction: Redaction | None
    asked: Results | None = None

    @property
    def results(self) -> Results:
        if self.asked is None:
            self.asked = self.ask(settled(self.case))
        return self.asked

    def docx(self) -> bytes:
        found = self.results
        return write_docx(
            settled(self.case),
            found.deals,
            moves=found.moves,
            outlook=found.outlook,
            redaction=self.redaction,
        )

    def xlsx(self) -> bytes:
        note = self.redaction.sentence if self.redaction is not None else ""
        return write_workbook(self.case, note=note)

    def csv(self, results: bool) -> bytes:
        if not results:
            return claims_csv(self.case).encode()
        found = self.results
        return results_csv(self.case, found.deals, found.moves, found.outlook).encode()

    def json(self, results: bool) -> bytes:
        if not results:
            return claims_json(self.case, self.redaction).encode()
        found = self.results
        return results_json(found.deals, found.moves, found.outlook, self.redaction).encode()

    def yaml(self) -> bytes:
        said = f"# {self.redaction.sentence}\n\n" if self.redaction is not None else ""
        return (said + dump_case(self.case)).encode()


def hand_over(
    case: Case,
    path: str | os.PathLike[str],
    output: str | os.PathLike[str],
    ask: Ask,
    *,
    results: bool = False,
    redact: bool = False,
) -> tuple[tuple[Path, ...], Redaction | None]:
    """Write a case, read from a file, as another file by its ending, or as a folder with all.

    `ask` asks the lenses, for the files that need them. `results`: a .csv or .json file holds
    the results instead of the claims. `redact`: what is marked confidential is left out first, and
    how much is returned.

    Raises `ExchangeError` for an ending that isn't known, `CaseError` where the case file itself
    would be written over.
    """
    target, home = Path(output), Path(path).parent
    left, redaction = redacted(case) if redact else (case, None)
    parcel = _Parcel(case=left, home=home, ask=ask, redaction=redaction)
    if target.suffix.lower() not in ENDINGS:
        if target.suffix and not target.is_dir():
            known = ", ".join(ENDINGS[:-1])
            raise ExchangeError(f"{target}: not a kind of file to write; end it in {known}")
        return _folder(parcel, target, Path(path)), redaction
    content = _content(parcel, target.suffix.lower(), results)
    _refuse_own(target, Path(path))
    if target.suffix.lower() in {".yaml", ".yml"}:
        _refuse_other(target, content)
    replace_file(target, content)
    return (target,), redaction


def _content(parcel: _Parcel, ending: str, results: bool) -> bytes:
    makers: dict[str, Callable[[], bytes]] = {
        ".docx": parcel.docx,
        ".xlsx": parcel.xlsx,
        ".csv": lambda: parcel.csv(results),
        ".json": lambda: parcel.json(results),
    }
    return makers.get(ending, parcel.yaml)()


def _folder(parcel: _Parcel, target: Path, path: Path) -> tuple[Path, ...]:
    """Write every kind of file, and the sources that the case names, into a folder."""
    for name in ("case.yaml", *MADE):
        _refuse_own(target / name, path)
    sources = dict(_sources(parcel))
    for name, content in sources.items():
        _refuse_other(target / name, content)
    files: dict[str, bytes] = {
        "brief.docx": parcel.docx(),
        "matrix.xlsx": parcel.xlsx(),
        "claims.csv": parcel.csv(results=False),
        "claims.json": parcel.json(results=False),
        "results.csv": parcel.csv(results=True),
        "results.json": parcel.json(results=True),
        "case.yaml": parcel.yaml(),
        **sources,
    }
    _refuse_other(target / "case.yaml", files["case.yaml"])
    written = []
    for name, content in files.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, content)
        written.append(place)
    return tuple(written)


def _sources(parcel: _Parcel) -> Iterator[tuple[str, bytes]]:
    """Yield the stored copies of sources by their names beside the case."""
    for key, source in parcel.case.sources.items():
        text = source_text(parcel.case, key, parcel.home)
        if text is None or source.file is None:
            continue
        name = os.path.normpath(source.file)
        if os.path.isabs(name) or name.startswith(os.pardir):
            fault = Fault(
                where=f"sources.{key}.file",
                what="a path that leaves the folder of the case",
                mend="name the file as it lies beside the case",
            )
            raise CaseError([fault])
        yield name, text.encode()


def _refuse_other(target: Path, content: bytes) -> None:
    """Refuse to write over a case or a source that says something else: it may be the only one."""
    if target.exists() and not (target.is_file() and target.read_bytes() == content):
        what = "is there already and says something else"
        raise CaseError([Fault(where=str(target), what=what, mend="name a new file or folder")])


def _refuse_own(target: Path, path: Path) -> None:
    if target.exists() and path.exists() and target.samefile(path):
        what = "is the case itself"
        raise CaseError([Fault(where=str(target), what=what, mend="name another file")])
