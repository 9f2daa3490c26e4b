"""Documents: drop files, and confirm what is found in them beside the words it rests on."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.case.drafts import drafts_of, section_of
from goodoffices.case.file import save_case, source_text
from goodoffices.case.model import Case, Claim
from goodoffices.case.voices import voices
from goodoffices.errors import CaseError, CaseFileError, Fault, GoodOfficesError
from goodoffices.reading.editing import fields_of as names_of
from goodoffices.reading.review import (
    Review,
    accept,
    alike,
    dependants,
    join,
    left,
    needs,
    reject,
    start,
    turn_to,
)
from goodoffices.workbench.desk import Given, desk_of, page
from goodoffices.workbench.fields import fields_of, label_of
from goodoffices.workbench.store import State

__all__ = ["MOST_FILES", "Passage", "decide", "documents", "passage_of", "read_in"]

MOST_FILES = 40
"""Documents dropped at once; more of them are for the command line, which shows its progress."""
AROUND = 1_500
"""Characters of a source shown before and after a quote."""
MOST_SAID = 3
MOST_LISTED = 400
"""Drafts of one kind that the page lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A quote in its source."""

    source: str
    title: str
    before: str
    quote: str
    after: str


def documents(request: Request) -> Response:
    """Show the drafts: one in full beside its words, the others as a list."""
    desk = desk_of(request)
    state = desk.store.state()
    case = state.case
    if case is None:
        return page(request, "broken.html.jinja")
    review = start(case)
    path = request.query_params.get("at", "")
    if path in review.order:
        review = turn_to(review, path)
    else:
        path = next(iter(left(review)), "")
    context: dict[str, Any] = {
        "state": state,
        "case_name": case.name_of,
        "path": path,
        "next": _after(review, path, start(case).order),
        "groups": _groups(case),
        "most": MOST_FILES,
        "opinions": [(key, claim) for key, claim in case.claims.items() if _is_opinion(claim)],
        "balance": _balance(case),
        "said": request.query_params.get("said", "")[:300],
        "shown": _shown(request, case, review, path) if path else None,
    }
    return page(request, "documents.html.jinja", context)


def decide(request: Request, given: Given) -> Response:
    """Accept or reject a draft, or join it to another claim; go on to the next one."""
    store = desk_of(request).store
    path, what = given.get("path", ""), given.get("what", "")

    def work(state: State) -> str:
        if state.case is None:
            raise CaseError(state.errors, "the case")
        review = turn_to(start(state.case), path)
        if what == "join":
            decided = join(review, given.get("claim", ""))
        else:
            decided = accept(review) if what == "accept" else reject(review)
        if decided.case is state.case:
            raise CaseError([Fault(where=path, what=decided.said)], "the draft")
        save_case(decided.case, store.path, expected=state.text)
        return decided.said

    target = {"at": given.get("next", "")}
    try:
        target["said"] = store.through(work).words
    except CaseError as error:
        target = {"at": path, "said": " ".join(fault.what for fault in error.faults)}
    except GoodOfficesError as error:
        target["said"] = str(error)
    return RedirectResponse("/documents?" + urlencode(target) + "#draft", status_code=303)


def read_in(request: Request, files: Sequence[tuple[str, bytes]]) -> Response:
    """Read dropped files into drafts, as `goodoffices read --into` does."""
    from goodoffices.reading.extras import needs as needs_extra
    from goodoffices.reading.filing import file_reading
    from goodoffices.reading.jobs import read_many
    from goodoffices.reading.merge import merge
    from goodoffices.reading.report import Unread, report_of, summary
    from goodoffices.reading.rules import read_by_rules

    store = desk_of(request).store
    # What is dropped lies beside the case only as long as it is read.
    beside = store.folder / f".goodoffices-{token_hex(8)}"
    try:
        needs_extra("read", "spacy")
        paths = _laid_down(beside, files)
        found, unread = [], []
        for one in read_many(paths, read_by_rules):
            if one.findings is not None:
                found.append(one.findings)
            else:
                unread.append(Unread(path=one.path.name, faults=one.faults))
        lines: list[str] = []

        def work(_: State) -> str:
            reading = merge(found)
            filed = file_reading(reading, store.path, store.path)
            lines.extend(summary(report_of(reading, filed.drafted, [], unread)))
            names = ", ".join(name for name, _ in files)
            return f"read {names}: {sum(filed.drafted.added.values())} drafts"

        if found:
            store.through(work)
        else:
            lines.extend(f"{each.path}: {fault}" for each in unread for fault in each.faults)
    except (CaseError, GoodOfficesError) as error:
        faults = getattr(error, "faults", None) or (Fault(where="", what=str(error)),)
        return page(request, "refused.html.jinja", {"faults": faults}, status=422)
    except OSError as error:
        fault = Fault(where=store.folder.name, what=error.strerror or "can't be written")
        return page(request, "refused.html.jinja", {"faults": [fault]}, status=409)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return page(request, "read.html.jinja", {"told": lines})


def passage_of(case: Case, claim: Claim, folder: Path) -> Passage | None:
    """Return a claim's quote with what stands around it; None where its source has no text."""
    if claim.source not in case.sources or claim.quote is None:
        return None
    text = None
    with contextlib.suppress(CaseFileError):
        text = source_text(case, claim.source, folder)
    if text is None:
        return None
    first, last = _place(text, claim)
    return Passage(
        source=claim.source,
        title=case.sources[claim.source].title,
        before=("… " if first > AROUND else "") + text[max(0, first - AROUND) : first],
        quote=text[first:last],
        after=text[last : last + AROUND] + (" …" if last + AROUND < len(text) else ""),
    )


def _place(text: str, claim: Claim) -> tuple[int, int]:
    """Return where a quote stands: where the claim says, else where its words are found first."""
    start_, _, end = str(claim.at or "").partition("-")
    if start_.strip().isdecimal() and end.strip().isdecimal():
        return min(int(start_), len(text)), min(int(end), len(text))
    found = text.find(claim.quote or "")
    return (found, found + len(claim.quote or "")) if found >= 0 else (0, 0)


def _laid_down(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    if not files:
        what, mend = "no file was chosen", "choose at least one"
        raise CaseError([Fault(where="documents", what=what, mend=mend)])
    if len(files) > MOST_FILES:
        what = f"{len(files)} files at once are too many"
        mend = f"drop at most {MOST_FILES}, or use: goodoffices read FILE... --into CASE"
        raise CaseError([Fault(where="documents", what=what, mend=mend)])
    folder.mkdir()
    paths = []
    for number, (name, content) in enumerate(files):
        # The name is a stranger's: only its last part, and nothing that leads elsewhere.
        plain = Path(name.replace("\\", "/")).name.lstrip(".")[-120:] or f"document-{number}"
        inside = folder / str(number)
        inside.mkdir()
        paths.append(inside / "".join(c for c in plain if c.isprintable() and c not in '/:*?"<>|'))
        paths[-1].write_bytes(content)
    return paths


def _shown(request: Request, case: Case, review: Review, path: str) -> dict[str, Any]:
    """Return all that the page shows of one draft."""
    part = drafts_of(case)[path]
    resting = [path.partition(".")[2]] if isinstance(part, Claim) else _resting(case, path, part)
    folder = desk_of(request).store.folder
    claims = [(key, case.claims[key]) for key in resting if key in case.claims]
    names = {label_of(name) for name in names_of(part)}
    return {
        "title": _called(case, path),
        "kind": label_of(section_of(path)).rstrip("s") if section_of(path) else "Part",
        "fields": [field for field in fields_of(case, path) if field.label in names],
        "claims": [(key, claim, passage_of(case, claim, folder)) for key, claim in claims],
        "needs": [_called(case, other) for other in needs(case, path)],
        "hanging": [_called(case, other) for other in dependants(case, path)],
        "alike": [(key, case.claims[key].quote or key) for key in alike(review)],
        "opinion": isinstance(part, Claim) and _is_opinion(part),
    }


def _resting(case: Case, path: str, part: object) -> list[str]:
    """Return the claims that a part rests on; for somebody who rests on none, what they say."""
    because: tuple[str, ...] = getattr(part, "because", ())
    own = path.rpartition(".")[2]
    said = [key for key, claim in case.claims.items() if claim.speaker == own]
    return list(because) or said[:MOST_SAID]


def _groups(case: Case) -> list[tuple[str, list[tuple[str, str]], int]]:
    """Return the drafts by kind: path and what people read for it; and how many more there are."""
    found: dict[str, list[tuple[str, str]]] = {}
    counts: Counter[str] = Counter()
    for path in start(case).order:
        section = label_of(section_of(path))
        counts[section] += 1
        if counts[section] <= MOST_LISTED:
            found.setdefault(section, []).append((path, _called(case, path)))
    return [(name, items, counts[name] - len(items)) for name, items in found.items()]


def _called(case: Case, path: str) -> str:
    part = drafts_of(case).get(path)
    for name in ("name", "quote", "speaker"):
        text = getattr(part, name, None)
        if isinstance(text, str) and text:
            return text
    return path


def _after(review: Review, path: str, order: Sequence[str]) -> str:
    """Return the draft that comes after another one; the first one after the last."""
    if path not in order:
        return ""
    rest = [*order[order.index(path) + 1 :], *order[: order.index(path)]]
    return next(iter(rest), "")


def _is_opinion(claim: Claim) -> bool:
    return claim.class_ == "opinion"


def _balance(case: Case) -> dict[str, Any]:
    heard = voices(case)
    spoken = [(case.parties[key].name, count) for key, count in heard.spoken.items() if count]
    return {
        "spoken": sorted(spoken, key=lambda item: -item[1]),
        "unheard": [case.parties[key].name for key in heard.unheard],
        "others": heard.others,
        "camps": [(case.name_of(key), count) for key, count in heard.camps.items()],
        "neutral": heard.neutral,
    }
