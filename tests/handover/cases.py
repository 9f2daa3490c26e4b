"""Cases and workbooks for the tests of what is handed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from goodoffices import catalog
from goodoffices.case import Case, build, read_case
from goodoffices.case._plain import plain
from goodoffices.handover.workbook import write_workbook
from tests.brief.cases import BASIC, HOSTILE
from tests.conftest import ROOT

SHIPPED = ROOT / "examples" / "gaza-2024" / "case.yaml"


@cache
def shipped() -> Case:
    """The case that comes with the package."""
    return read_case(SHIPPED)


@cache
def small() -> Case:
    """A small case that has something of everything that can be settled."""
    return build(BASIC)


@cache
def known() -> dict[str, Case]:
    """Every case of the package by name."""
    return {**{name: catalog.load(name) for name in catalog.names()}, "shipped": shipped()}


def said(case: Case) -> str:
    """Everything that a case says, its order included."""
    return repr(plain(case))


def marked(case: Case, *paths: str) -> Case:
    """A case in which some parts are marked confidential."""
    data = plain(case, short=False)
    for path in paths:
        node: Any = data
        for part in path.split("."):
            node = node[part]
        node["confidential"] = True
    return build(data)


@cache
def shipped_book() -> bytes:
    """The workbook of the shipped case."""
    return write_workbook(shipped())


@cache
def small_book() -> bytes:
    """The workbook of the small case."""
    return write_workbook(small())


def edited(case: Case, change: Callable[[Any], None]) -> bytes:
    """The workbook of a case as a person hands it back, after some change."""
    books = {id(shipped()): shipped_book, id(small()): small_book}
    made = books.get(id(case)) or (shipped_book if case == shipped() else None)
    raw = made() if made is not None else write_workbook(case)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell_of(sheet: Any, key: str, head: str) -> Any:
    """The cell of an item, named in the first column, under a head."""
    heads = [cell.value for cell in sheet[1]]
    row = next(cell.row for cell in sheet["A"] if cell.value == key)
    return sheet.cell(row, heads.index(head) + 1)


def repacked(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """An office file with other members."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def member(raw: bytes, name: str) -> bytes:
    """One part of an office file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file and return its path."""
    place = folder / name
    place.write_bytes(content)
    return place


__all__ = [
    "HOSTILE",
    "SHIPPED",
    "cell_of",
    "edited",
    "known",
    "marked",
    "member",
    "put",
    "repacked",
    "said",
    "shipped",
    "shipped_book",
    "small",
    "small_book",
]
