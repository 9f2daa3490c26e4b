import re
import shutil
import subprocess
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

# Brackets keep each pattern from matching its own line in this file.
FOREIGN = {
    "a path of somebody's machine": r"(?<![\w.:/-])/([w]ork|[h]ome|[U]sers|[r]oot|[o]pt)/\w",
    "a drive of somebody's machine": r"\b[C-Z]:\\{1,2}[U]sers",
    "a registry's address": r"[p]ypi\.org/simple|[f]iles\.pythonhosted\.org|[t]est\.pypi\.org",
    "an option that names a registry": r"--[i]ndex-url|--[e]xtra-index-url|--[f]ind-links",
    "an unresolved merge": r"^([<]{7} |[>]{7} )",
}
PICTURES = {".gif", ".ico", ".jpeg", ".jpg", ".png", ".webp", ".woff2"}
# These reorder or hide text, so that a reader and the program see different files.
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
PLAIN = set("\n\t")


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    """Every file that belongs to the repository: tracked, or new and not ignored."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        pytest.skip("needs git and a git checkout to know which files belong")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (root / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def texts(root: Path, files: list[Path]) -> dict[str, str]:
    """The text of every file that is not a picture, by its path; newlines as they stand."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in files
        if path.suffix not in PICTURES
    }


def lines(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            yield f"{name}:{number}", line


def pins(root: Path) -> list[str]:
    text = (root / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_holds(what: str, texts: dict[str, str]) -> None:
    found = [
        f"{where}: {line.strip()}" for where, line in lines(texts) if re.search(FOREIGN[what], line)
    ]
    assert found == []


def test_no_file_holds_a_control_or_a_hidden_character(texts: dict[str, str]) -> None:
    found = [
        f"{where}: U+{ord(sign):04X}"
        for where, line in lines(texts)
        if not line.isprintable()
        for sign in line
        if unicodedata.category(sign) in HIDDEN and sign not in PLAIN
    ]
    assert found == []


def test_every_text_ends_with_one_newline(texts: dict[str, str]) -> None:
    found = [name for name, text in texts.items() if text and not re.search(r"[^\n]\n\Z", text)]
    assert found == []


def test_every_pin_is_one_version_with_hashes(root: Path) -> None:
    found = [
        pin.split(" ")[0]
        for pin in pins(root)
        if not re.fullmatch(
            r"[a-z0-9-]+==[\w.]+( ; [^\\#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", pin
        )
    ]
    assert pins(root)
    assert found == []


def test_every_dependency_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w.-]+", line)[0].replace(".", "-").lower() for line in asked}
    assert names <= {pin.split("==")[0] for pin in pins(root)}


def test_make_lists_every_task_that_readers_are_told_of(root: Path) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([a-z]+):.*## ", text, flags=re.MULTILINE))
    assert {"brief", "test", "check", "format", "bench", "clean", "help"} <= listed
