"""The docs hold together, and what they show is what the program does.

Blocks of code on a page share one temporary folder, with the checkout's `examples` in it:

    ```python                doctest examples; names live on to the end of the page
    ```console               `$ goodoffices ...` runs, and prints what stands below it
    ```yaml port.yaml        goes into that case file: new sections to its end, new fields into
                             their section, and a field that is there takes the new value
    ```text gazette.txt      is what that file holds

In output, `...` stands for anything and white space counts as one space. Where nothing stands
below a command, its output isn't compared.
"""

import contextlib
import doctest
import io
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
from ruamel.yaml import YAML

from goodoffices.brief import render_brief
from goodoffices.case import read_case
from goodoffices.cli import main
from goodoffices.deals import deals

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
LANGUAGES = {"python", "console", "yaml", "text"}
# Commands that a page may name without this test running them.
NOT_RUN = {"make", "git", "pip"}


@dataclass(frozen=True)
class Block:
    language: str
    file: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    text, found = page.read_text(encoding="utf-8"), []
    for fence in FENCE.finditer(text):
        language, _, file = fence["info"].partition(" ")
        line = text.count("\n", 0, fence.start()) + 1
        found.append(Block(language, file, fence["text"], line))
    return found


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def runs(block: Block) -> bool:
    return block.language in {"python", "console"} or block.file != ""


RUNNING = [page for page in PAGES if any(map(runs, blocks(page)))]


class Folder:
    """A folder in which the blocks of one page are done one after the other."""

    def __init__(self, place: Path, page: Path) -> None:
        self.place, self.page = place, named(page)
        self.names: dict[str, Any] = {}
        (place / "examples").symlink_to(ROOT / "examples")

    def do(self, block: Block) -> None:
        if block.language == "python":
            self._python(block)
        elif block.language == "console":
            self._console(block)
        elif block.file and block.language == "yaml":
            self._merge(block)
        elif block.file:
            (self.place / block.file).write_text(block.text, encoding="utf-8")

    def _python(self, block: Block) -> None:
        where = f"{self.page}:{block.line}"
        test = doctest.DocTestParser().get_doctest(block.text, self.names, where, where, block.line)
        assert test.examples, (
            f"{where}: a python block without >>> shows nothing that can be tested"
        )
        told = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
        runner.run(test, out=told.write, clear_globs=False)
        # The runner works on a copy of the names; the page's later blocks need them.
        self.names.update(test.globs)
        assert runner.failures == 0, told.getvalue()

    def _console(self, block: Block) -> None:
        for command, wanted in commands(block):
            if program(command) in NOT_RUN:
                continue
            got, code = run(command)
            where = f"{self.page}:{block.line}: $ {command}"
            assert code in {0, 1}, f"{where}\n{got}"
            if wanted.strip():
                same = doctest.OutputChecker().check_output(wanted, got, FLAGS)
                assert same, f"{where}\nwanted:\n{wanted}\ngot:\n{got}"

    def _merge(self, block: Block) -> None:
        path = self.place / block.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        yaml = YAML()
        yaml.width = 100
        whole, part = yaml.load(text) or {}, yaml.load(block.text)
        if not whole.keys() & part.keys():
            # New sections go to the end, as a reader would put them, so that lines agree.
            path.write_text(f"{text}\n{block.text}" if text else block.text, encoding="utf-8")
            return
        put(whole, part)
        with path.open("w", encoding="utf-8") as file:
            yaml.dump(whole, file)


def put(whole: Any, part: Any) -> None:
    for name, value in part.items():
        if isinstance(value, dict) and isinstance(whole.get(name), dict):
            put(whole[name], value)
        else:
            whole[name] = value


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block, and the output that stands below it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        joined = part.replace("\\\n", " ")
        command, _, wanted = joined.partition("\n")
        yield command, wanted


def program(command: str) -> str:
    return next(word for word in shlex.split(command) if "=" not in word)


def run(command: str) -> tuple[str, int]:
    """Run a command as a shell would, which may send the output to a file: `> case.json`."""
    words, said = shlex.split(command, comments=True), io.StringIO()
    assert program(command) == "goodoffices", f"{command}: not a command that the docs may show"
    target = words[words.index(">") + 1] if ">" in words else None
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(words[1:-2] if target else words[1:])
        except SystemExit as done:
            code = int(done.code or 0)
    if target is None:
        return said.getvalue(), code
    Path(target).write_text(said.getvalue(), encoding="utf-8")
    return "", code


@pytest.mark.parametrize("page", RUNNING, ids=named)
def test_the_code_on_a_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    folder = Folder(tmp_path, page)
    with contextlib.chdir(tmp_path):
        for block in blocks(page):
            folder.do(block)


def test_the_tutorial_ends_with_the_case_that_stands_beside_it(tmp_path: Path) -> None:
    page = ROOT / "docs" / "tutorial.md"
    folder = Folder(tmp_path, page)
    for block in blocks(page):
        if block.language in {"yaml", "text"}:
            folder.do(block)
    beside = ROOT / "docs" / "tutorial"
    assert read_case(tmp_path / "port.yaml") == read_case(beside / "port.yaml")
    assert (tmp_path / "gazette.txt").read_bytes() == (beside / "gazette.txt").read_bytes()


def test_the_page_on_reading_the_brief_quotes_the_brief() -> None:
    place = ROOT / "examples" / "gaza-2024" / "case.yaml"
    case = read_case(place)
    brief = render_brief(case, deals(case), generated=None)
    said = " ".join(unescape(re.sub(r"<[^>]+>", "", brief)).split()).casefold()
    page = (ROOT / "docs" / "how-to" / "read-the-brief.md").read_text(encoding="utf-8")
    quotes = [" ".join(quote.split()).casefold() for quote in re.findall(r'"([^"]*\d[^"]*)"', page)]
    assert len(quotes) >= 3
    assert [quote for quote in quotes if quote not in said] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_language_it_is(page: Path) -> None:
    assert {block.language for block in blocks(page)} <= LANGUAGES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_piece_of_yaml_can_be_read(page: Path) -> None:
    for block in blocks(page):
        if block.language == "yaml":
            YAML(typ="safe", pure=True).load(block.text)


def prose(page: Path) -> str:
    """The page without its blocks of code, spans of code and comments."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"<!--.*?-->", "", re.sub(r"`[^`\n]+`", "", text), flags=re.DOTALL)


# --- Links ----------------------------------------------------------------------------------------


@cache
def anchors(page: Path) -> frozenset[str]:
    """Anchors as GitHub makes them from headings, and those that a page sets itself."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    every = set(re.findall(r'<a id="([^"]+)"', text))
    for title in re.findall(r"^#{1,6} +(.+?) *$", text, flags=re.MULTILINE):
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        slug = re.sub(r"[^\w\- ]", "", bare).replace(" ", "-")
        count = found.get(slug, 0)
        found[slug] = count + 1
        every.add(f"{slug}-{count}" if count else slug)
    return frozenset(every)


def links(page: Path) -> list[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]+`", "", text))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        known = target.exists() and (
            not anchor or (target.suffix == ".md" and anchor in anchors(target))
        )
        if not known or not target.is_relative_to(ROOT):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_first_one() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        local = (link.partition("#")[0] for link in links(page) if not re.match(r"[a-z]+:", link))
        waiting += [
            target
            for link in local
            if (target := (page.parent / link).resolve()).suffix == ".md" and target.exists()
        ]
    # Benchmark tables are written by a program; the folder they stand in is what is linked.
    written = [page for page in PAGES if page.parent.name != "benchmarks"]
    assert [named(page) for page in written if page not in seen] == []


# --- Words ----------------------------------------------------------------------------------------


@cache
def refused() -> dict[str, str]:
    """Words that the glossary refuses, and what it says instead."""
    text = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    section = text.partition("## Words not used")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| \*(\w+)\* \| (.+?) \|", section, flags=re.MULTILINE))


def test_the_glossary_refuses_what_the_design_refuses() -> None:
    assert {"agent", "player", "outcome", "utils", "helpers"} <= set(refused())


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_uses_a_word_that_the_glossary_refuses(page: Path) -> None:
    text = prose(page)
    if page.name == "glossary.md":
        text = text.partition("## Words not used")[0]
    used = [
        word
        for word in refused()
        if re.search(rf"\b{word.removesuffix('s')}s?\b", text, flags=re.IGNORECASE)
    ]
    assert used == []


# --- Generated pages ------------------------------------------------------------------------------


@cache
def reference() -> ModuleType:
    spec = spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_generated_page_is_up_to_date() -> None:
    stale = [
        named(path)
        for path, text in reference().pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make reference`"


def test_every_dependency_has_a_reason_and_a_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    asked += [line for extra in extras for line in extra]
    names = {re.split(r"[^\w.-]", line)[0] for line in asked} - {"goodoffices"}
    text = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w.-]+)` \| .+ \| .+ \|", text, flags=re.MULTILINE))
    assert names == told


def test_every_command_is_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = [name for name in reference().commands() if f"\n## goodoffices {name}\n" not in text]
    assert missing == []


def test_every_command_is_shown_at_work_on_a_page_for_readers() -> None:
    shown = {
        shlex.split(command)[1]
        for page in RUNNING
        for block in blocks(page)
        if block.language == "console"
        for command, _ in commands(block)
        if command.startswith("goodoffices ")
    }
    assert set(reference().commands()) <= shown
