"""Write what the reference says of the code itself: commands, fields, phrases, faults, schemas.

Run it as `make reference`. In the Markdown pages of `docs/reference`, it fills what stands between
`<!-- generated: NAME -->` and `<!-- end -->`; the schemas it writes whole. A test fails while a
page says something else than the code.
"""

from __future__ import annotations

import ast
import copy
import datetime as dt
import inspect
import json
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from pydantic import BaseModel
from ruamel.yaml import YAML

from goodoffices import errors, schemas
from goodoffices.case import _yaml, build, check, evidence, model, parse_case, paths, phrases
from goodoffices.case import quantity as quantities
from goodoffices.case.check import MOST_SCENARIOS
from goodoffices.cli import app
from goodoffices.deals import results, share
from goodoffices.moves import results as moves_results
from goodoffices.outlook import bands, ripeness, tabled, waiting
from goodoffices.outlook import results as outlook_results

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
EXAMPLE = ROOT / "docs" / "tutorial"
GENERATED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
WIDTH = 80
WORDS = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
"""Meanings that the code does not tell, and examples of faults."""
LEFT_OUT = "(left out)"


def pages() -> dict[Path, str]:
    """Return every generated file and what it should hold."""
    found = {
        REFERENCE / "schemas" / f"{name}.schema.json": _json(schemas.schema_of(name))
        for name in schema_names()
    }
    for page in sorted(REFERENCE.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if GENERATED.search(text):
            found[page] = GENERATED.sub(lambda m: f"{m[1]}\n{SECTIONS[m[2]]()}\n{m[3]}", text)
    return found


def commands() -> tuple[str, ...]:
    """Return the names of all commands."""
    return tuple(_group().commands)


def schema_names() -> tuple[str, ...]:
    """Return the names by which `goodoffices schema` prints schemas."""
    # Nobody else needs the list, so the package keeps it to itself.
    return tuple(schemas._SCHEMAS)


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


# --- Commands -------------------------------------------------------------------------------------


def _group() -> Any:
    return typer.main.get_command(app)


def write_commands() -> str:
    """Write the help of the program and of each command, as a terminal of 80 columns shows it."""
    group = _group()
    size: Any = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    top = group.make_context("goodoffices", [], resilient_parsing=True, **size)
    parts = ["## goodoffices\n", _help("goodoffices --help", group.get_help(top))]
    for name, command in group.commands.items():
        below = command.make_context(name, [], parent=top, resilient_parsing=True, **size)
        parts += [f"## goodoffices {name}\n", _help(f"goodoffices {name} --help", _text(below))]
    return "\n".join(parts)


def _text(context: Any) -> str:
    return str(context.command.get_help(context))


def _help(command: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"```text\n$ {command}\n{lines}\n```\n"


# --- Fields of a case -----------------------------------------------------------------------------


def write_fields() -> str:
    """Write a table for each part of a case, in the order in which a case names them."""
    return "\n".join(_part(part) for part in _parts(model.Case))


def _parts(first: type[BaseModel]) -> list[type[BaseModel]]:
    """Return the parts of a case: those that have a table of their own."""
    found: list[type[BaseModel]] = []
    waiting = [first]
    while waiting:
        part = waiting.pop(0)
        if part not in found and part is not model.Dated:
            found.append(part)
            hints = get_type_hints(part, include_extras=True)
            waiting += [inner for hint in hints.values() for inner in _models(hint)]
    return [found[0], model.Basis, *found[1:]]


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for inner in get_args(hint):
        if not isinstance(inner, str):
            yield from _models(inner)


def _part(part: type[BaseModel]) -> str:
    hints = get_type_hints(part, include_extras=True)
    inherited = model.Basis.model_fields if part is not model.Basis else {}
    rows = []
    for name, info in part.model_fields.items():
        if name in inherited and issubclass(part, model.Basis):
            continue
        told = info.description or WORDS["case_fields"].get(f"{part.__name__}.{name}")
        if told is None:
            raise SystemExit(f"say what {part.__name__}.{name} means, there or in reference.yaml")
        must = " *(needed)*" if info.is_required() else ""
        rows.append(f"| `{info.alias or name}`{must} | {_kind(hints[name])} | {_line(told)} |")
    said = _line(inspect.getdoc(part) or "")
    if issubclass(part, model.Basis) and part is not model.Basis:
        said += " It says why, by `because` and `assumed` ([Basis](#basis))."
    head = "| Field | What stands there | Meaning |\n|---|---|---|"
    return f"### {part.__name__}\n\n{said}\n\n{head}\n" + "\n".join(rows) + "\n"


def _kind(hint: Any) -> str:
    """Say in words what a field takes."""
    kinds = vars(model)
    special = (
        (kinds["Id"], "[id](#ids)"),
        (kinds["Ids"], "[ids](#ids)"),
        (kinds["Choices"], "[choices](#picks)"),
        (kinds["Picks"], "[picks](#picks)"),
        (kinds["Text"], "text or number"),
        (model.Dated, "[date](#dates)"),
        (dt.date, "[date](#dates)"),
        (str, "text"),
        (bool, "`true` or `false`"),
        (float, "number"),
        (int, "number"),
        (Any, "anything"),
    )
    for known, words in special:
        if hint == known:
            return words
    if isinstance(hint, type) and issubclass(hint, quantities.Quantity):
        return f"[{hint.kind}](#quantities)"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return _composed(hint)


def _composed(hint: Any) -> str:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inside)
    if origin is typing.Annotated:
        return _kind(inside[0])
    if origin is dict:
        return f"per {_kind(inside[0])}: {_kind(inside[1])}"
    if origin is tuple:
        return f"{_kind(inside[0])}, or a list"
    if origin in (Union, type(int | None)):
        return " or ".join(_kind(one) for one in inside if one is not type(None))
    raise SystemExit(f"no words for {hint}")


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# --- Phrases --------------------------------------------------------------------------------------


def write_phrases() -> str:
    """Write the phrases of every yardstick with the probabilities that they stand for."""
    head = "| Phrase | Median | 9 in 10 readers |\n|---|---|---|"
    readers = []
    for phrase in phrases.READERS:
        read = quantities.Probability.parse(phrase)
        readers.append(
            f"| {phrase} | {_percent(read.central)} | {_percent(read.low)} to "
            f"{_percent(read.high)} |"
        )
    parts = ["### readers\n", head, *readers, ""]
    parts += _alike(phrases.ALIASES)
    for yardstick, table in phrases.BANDS.items():
        parts += [f"### {yardstick}\n", "| Phrase | From | To |\n|---|---|---|"]
        parts += [
            f"| {p} | {_percent(low)} | {_percent(high)} |" for p, (low, high) in table.items()
        ]
        parts += ["", *_alike(phrases.SYNONYMS[yardstick])]
    return "\n".join(parts)


def _alike(others: Mapping[str, str]) -> list[str]:
    """Say which wordings read like a phrase of the table."""
    if not others:
        return []
    grouped: dict[str, list[str]] = {}
    for other, phrase in others.items():
        grouped.setdefault(phrase, []).append(f'"{other}"')
    told = "; ".join(f"{', '.join(some)} as {phrase}" for phrase, some in grouped.items())
    return [f"Read like a phrase of the table: {told}.\n"]


def _percent(probability: float) -> str:
    percent = 100 * probability
    digits = 0 if 1 <= round(percent, 1) <= 99 or percent in (0, 100) else 1
    return f"{percent:.{digits}f} %"


# --- Faults ---------------------------------------------------------------------------------------


def write_faults() -> str:
    """Write faults with the words that the program really has for them."""
    text = (EXAMPLE / "port.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe", pure=True).load(text)
    known = {fault.where + fault.what for fault in _faults(data)}
    parts = []
    for title, examples in WORDS["faults"].items():
        parts += [f"### {title}\n", "| Written | The program says |\n|---|---|"]
        for path, value in examples:
            if path is None:
                shown, found = value, _text_faults(text, value)
            else:
                shown, found = f"{path}: {_flow(value)}", _faults(_with(data, path, value))
            new = [fault for fault in found if fault.where + fault.what not in known]
            if not new:
                raise SystemExit(f"no fault in {shown}")
            parts.append(f"| `{_cell(shown)}` | {_said(new[0])} |")
        parts.append("")
    return "\n".join(parts)


def _flow(value: Any) -> str:
    """Write data on one line, as a case file may hold it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


def _with(data: Any, path: str, value: Any) -> Any:
    changed = copy.deepcopy(data)
    node = changed
    *way, last = path.split(".")
    for name in way:
        node = node.setdefault(name, {})
    if value == LEFT_OUT:
        del node[last]
    else:
        node[last] = value
    return changed


def _faults(data: Any) -> tuple[errors.Fault, ...]:
    try:
        return check(build(_plain(data)), folder=EXAMPLE)
    except errors.CaseError as problem:
        return problem.faults


def _plain(data: Any) -> Any:
    """Return data as the program's own reader gives it: names of fields and dates are text."""
    if isinstance(data, dict):
        return {str(name): _plain(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data if isinstance(data, (str, int, float, bool, type(None))) else str(data)


def _text_faults(text: str, more: str) -> tuple[errors.Fault, ...]:
    try:
        parse_case(f"{text}{more}\n")
    except errors.CaseError as problem:
        # Where the example stands in the tutorial's file tells a reader nothing.
        return tuple(replace(fault, line=None) for fault in problem.faults)
    return ()


def _said(fault: errors.Fault) -> str:
    return f"{fault.severity}: {_cell(str(fault))}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


# --- Limits ---------------------------------------------------------------------------------------


def write_limits() -> str:
    """Write the limits within which a case file is read."""
    rows = {
        "Size of a case file": f"{_yaml.MOST_CHARACTERS / 1e6:g} MB, UTF-8",
        "Fields, names and items in it": f"{_yaml.MOST_NODES:,}",
        "Fields inside fields": f"{_yaml.MOST_DEPTH} deep",
        "Aliases (`*name`)": f"{_yaml.MOST_ALIASES}; `<<` and tags are refused",
        "Digits of a number": f"{_yaml.MOST_DIGITS}; NaN and infinity are refused",
        "Length of an id": "80 characters",
        "Options of a numeric issue": f"{model.MOST_STEPS:,}",
        "Scenarios": f"{MOST_SCENARIOS}",
        "Length of a scenario's path": f"{paths.MOST_LENGTH} characters",
        "Size of one source": f"{evidence.MOST_SOURCE / 1e6:g} MB, UTF-8, inside the case's folder",
        "Size of all sources together": f"{evidence.MOST_SOURCES / 1e6:g} MB",
    }
    lines = "\n".join(f"| {what} | {limit} |" for what, limit in rows.items())
    return f"| What | Limit |\n|---|---|\n{lines}\n"


# --- Results --------------------------------------------------------------------------------------


def write_results() -> str:
    """Write a table for each result object, from the whole to its parts."""
    classes = _told_classes()
    order = ["Deals", *sorted(_classes(results).keys() - {"Deals"}), "Share"]
    order += ["CheckReport", "Fault", "Written"]
    return "\n".join(_result(classes[name], classes) for name in order)


def write_moves() -> str:
    """Write a table for each result object of the moves lens, from the whole to its parts."""
    own, classes = _classes(moves_results), _told_classes()
    order = ["MovesReport", *sorted(own.keys() - {"MovesReport"})]
    return "\n".join(_result(classes[name], classes) for name in order)


def write_outlook() -> str:
    """Write a table for each result object of the outlook lens, from the whole to its parts."""
    own, classes = _classes(outlook_results) | _classes(tabled), _told_classes()
    order = ["OutlookReport", *sorted(own.keys() - {"OutlookReport"})]
    order += ["Band", "Ripeness", "PartyRipeness", "Arrival"]
    return "\n".join(_result(classes[name], classes) for name in order)


def _told_classes() -> dict[str, ast.ClassDef]:
    # Of names that several modules use for parts of their own, the first lens's is the one told.
    modules = (waiting, ripeness, bands, outlook_results, tabled)
    modules = (*modules, share, results, moves_results, errors, schemas)
    return {name: node for module in modules for name, node in _classes(module).items()}


def _classes(module: Any) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(module))
    frozen = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.decorator_list]
    return {node.name: node for node in frozen}


def _result(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> str:
    said = _first(ast.get_docstring(node) or "")
    rows = []
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
            field, words = here.target.id, WORDS["result_fields"]
            told = _attribute(after) or words.get(f"{node.name}.{field}") or words.get(field)
            told = told or _of_class(here, classes)
            if not told:
                raise SystemExit(f"say what {node.name}.{field} means, there or in reference.yaml")
            kind = _linked(ast.unparse(here.annotation), classes)
            rows.append(f"| `{field}` | {kind} | {_line(told)} |")
    head = "| Field | Type | Meaning |\n|---|---|---|"
    return f"### {node.name}\n\n{said}\n\n{head}\n" + "\n".join(rows) + "\n"


def _first(text: str) -> str:
    """Return a docstring without its examples."""
    return " ".join(text.partition("\n\n>>>")[0].split())


def _attribute(after: ast.stmt | None) -> str | None:
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        return inspect.cleandoc(str(after.value.value))
    return None


def _of_class(field: ast.AnnAssign, classes: dict[str, ast.ClassDef]) -> str | None:
    """Return the meaning of the result object that a field holds."""
    names = (node.id for node in ast.walk(field.annotation) if isinstance(node, ast.Name))
    known = next((name for name in names if name in classes), None)
    return _first(ast.get_docstring(classes[known]) or "") if known else None


def _linked(annotation: str, classes: dict[str, ast.ClassDef]) -> str:
    """Write a type so that the result objects in it are links."""
    for name in re.findall(r"\w+", annotation):
        if name in classes:
            shown = annotation.replace(", ...]", "]").replace("|", "\\|")
            return re.sub(rf"\b{name}\b", f"[{name}](#{name.lower()})", shown)
    return "`" + annotation.replace(", ...]", "]").replace("|", "\\|").replace("'", '"') + "`"


SECTIONS: dict[str, Callable[[], str]] = {
    "commands": write_commands,
    "fields": write_fields,
    "phrases": write_phrases,
    "faults": write_faults,
    "limits": write_limits,
    "results": write_results,
    "moves": write_moves,
    "outlook": write_outlook,
}


def main() -> None:
    """Write what has changed."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
