import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from goodoffices import case as package
from goodoffices.case import (
    Case,
    Value,
    check_file,
    dump_case,
    file,
    load_document,
    parse_case,
    read_case,
    save_case,
    starter,
)
from goodoffices.errors import CaseError, CaseFileError
from tests.case.cases import SMALL, case_with, write_small


def faults(of: Callable[[], object]) -> list[str]:
    with pytest.raises(CaseError) as raised:
        of()
    return [str(fault) for fault in raised.value.faults]


def changed(case: Case, text: str) -> Case:
    """Return a case with another value for an option of the north."""
    north = case.positions["north"]
    values = {**north["corridor"].values, "share": Value.parse(text)}
    corridor = north["corridor"].model_copy(update={"values": values})
    positions = {**case.positions, "north": {**north, "corridor": corridor}}
    return case.model_copy(update={"positions": positions})


def test_the_packages_public_names_are_these() -> None:
    assert " ".join(package.__all__) == (
        "YARDSTICKS Basis Case Claim Constituency Dated Demand Document Faction Guarantee "
        "Interest Issue Linkage Option Package Party Points Position Probability Progress Promise "
        "Quantity Scenario Source Trust Value Voices Weight Yardstick apply_scenario build check "
        "check_file dump_case load_document parse_case read_case read_phrase save_case schema "
        "select source_text starter voices"
    )
    assert all(getattr(package, name) is not None for name in package.__all__)


def test_a_sound_file_is_a_case(tmp_path: Path) -> None:
    assert read_case(write_small(tmp_path)) == case_with({})
    assert read_case(str(write_small(tmp_path))) == case_with({})


def test_reading_raises_all_errors_and_no_warning(tmp_path: Path) -> None:
    text = SMALL.replace("by: office", "by: offic").replace("at: 3", "at: 1")
    path = write_small(tmp_path, text)
    assert faults(lambda: read_case(path)) == [
        (
            "line 27, claims.serious.at: the quote does not stand at 1; "
            "it stands in paragraph 3: write `at: 3`"
        ),
        'line 109, packages.draft.by: "offic" is not a party or faction; did you mean "office"?',
    ]


def test_an_unchecked_file_needs_the_form_of_a_case_only(tmp_path: Path) -> None:
    path = write_small(tmp_path, SMALL.replace("by: office", "by: offic"))
    assert read_case(path, checked=False).packages["draft"].by == "offic"
    (tmp_path / "case.yaml").write_text("goodoffices: 1\n", encoding="utf-8")
    assert faults(lambda: read_case(path, checked=False)) == ["title: missing; add `title:`"]


def test_the_error_names_the_file(tmp_path: Path) -> None:
    path = write_small(tmp_path, "goodoffices: 1\n")
    with pytest.raises(CaseError) as raised:
        read_case(path)
    assert str(raised.value) == f"1 fault in {path}:\n  title: missing; add `title:`"


def test_a_new_file_is_written_and_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    case = case_with({})
    save_case(case, path)
    assert path.read_text(encoding="utf-8") == dump_case(case)
    assert read_case(path, checked=False) == case
    assert os.listdir(tmp_path) == ["new.yaml"]


def test_a_new_file_has_the_mode_that_the_person_asks_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save_case(case_with({}), tmp_path / "new.yaml")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o640


def test_saving_an_unchanged_case_does_not_touch_the_file(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    os.utime(path, ns=(1, 1))
    save_case(read_case(path), path)
    assert path.stat().st_mtime_ns == 1


def test_saving_changes_the_field_that_differs_and_no_other_byte(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    case = changed(read_case(path), "20..25..30")
    save_case(case, path)
    assert path.read_bytes() == SMALL.replace("share: 30..60,", "share: 20..25..30,").encode()
    assert read_case(path) == case


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("because: north-stays\n      assumed", "because: [north-stays]\n      assumed"),
        ("{farmers: Farmers}", "{farmers: {name: Farmers}}"),
        ("weight: 70", "weight: '70'"),
        ("    at: 3\n", "    at: 3   # there\n"),
        ("as_of: 2024-05-31", "as_of: {date: 2024-05-31}"),
        ("as_of: 2024-05-31", "as_of: '2024-05-31'  # the day"),
        ("wants: stay", "wants: [stay]"),
        ("days: at least 10", "days: ['at least 10']"),
        ("value: unknown", "value: unknown   "),
        ("\ntext_agreed:", "\nmoves:\ntext_agreed:"),
        ("title: The corridor", "title: >-\n  The\n  corridor"),
    ],
)
def test_fields_that_mean_the_same_keep_how_they_are_written(
    before: str, after: str, tmp_path: Path
) -> None:
    text = SMALL.replace(before, after, 1)
    assert text != SMALL
    path = write_small(tmp_path, text)
    save_case(changed(read_case(path), "1"), path)
    assert path.read_bytes() == text.replace("share: 30..60,", "share: 1,").encode()


def test_comments_order_and_layout_of_the_starter_stay(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(starter(), encoding="utf-8")
    case = read_case(path)
    issues = dict(case.issues)
    meters = issues.pop("meters")
    demands = {key: demand for key, demand in case.demands.items() if key != "district-reads"}
    update = {
        "title": "The lake: a second round",
        "issues": issues | {"meters": meters.model_copy(update={"note": "new"})},
        "demands": demands,
    }
    save_case(case.model_copy(update=update), path)
    old, new = starter().splitlines(), path.read_text(encoding="utf-8").splitlines()
    assert [line for line in new if line not in old] == [
        'title: "The lake: a second round"',
        "    note: new",
    ]
    gone = [line for line in old if line not in new]
    assert gone[0] == "title: Water of the lake"
    assert "  district-reads:" in gone
    assert len(gone) == 6
    rest = iter(old)
    assert all(line in rest for line in new if line in old), "the order changed"


def test_the_order_of_options_is_part_of_what_a_case_says(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    case = read_case(path)
    corridor = case.issues["corridor"]
    options = dict(reversed(corridor.options.items()))
    issues = {**case.issues, "corridor": corridor.model_copy(update={"options": options})}
    save_case(case.model_copy(update={"issues": issues}), path)
    assert read_case(path).issues["corridor"].option_ids == ("stay", "share", "leave")


def test_a_byte_order_mark_and_line_breaks_stay(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    save_case(changed(read_case(path), "1"), path)
    text = SMALL.replace("share: 30..60,", "share: 1,").replace("\n", "\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.encode()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    path.chmod(0o604)
    save_case(changed(read_case(path), "1"), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_link_to_a_case_stays_a_link(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    link = tmp_path / "link.yaml"
    link.symlink_to("case.yaml")
    save_case(changed(read_case(link), "1"), link)
    assert link.is_symlink()
    assert "share: 1," in path.read_text(encoding="utf-8")


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    before = load_document(path).text
    case = changed(read_case(path), "1")
    path.write_text(SMALL + "# a remark\n", encoding="utf-8")
    assert faults(lambda: save_case(case, path, expected=before)) == [
        (
            "the case: was changed by somebody else since it was read; "
            "read it again and repeat the change"
        )
    ]
    assert path.read_text(encoding="utf-8") == SMALL + "# a remark\n"
    save_case(case, path, expected=SMALL + "# a remark\n")
    assert "share: 1," in path.read_text(encoding="utf-8")


def test_a_file_that_is_gone_meanwhile_is_not_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    assert faults(lambda: save_case(case_with({}), path, expected=SMALL)) == [
        "the case: is gone since it was read"
    ]
    assert not path.exists()


@pytest.mark.parametrize("text", ["a: [", "titel: x\n", "goodoffices: 1\ntitle: 3\n"])
def test_a_file_that_is_no_case_any_more_is_not_overwritten(text: str, tmp_path: Path) -> None:
    path = write_small(tmp_path, text)
    assert faults(lambda: save_case(case_with({}), path))
    assert path.read_text(encoding="utf-8") == text


def failing(kind: int) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(kind, os.strerror(kind))

    return fail


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "chmod"])
def test_a_full_disk_leaves_the_file_whole_and_nothing_beside_it(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path)
    case = changed(read_case(path), "1")
    monkeypatch.setattr(file.os, call, failing(errno.ENOSPC))
    found = faults(lambda: save_case(case, path))
    monkeypatch.undo()
    assert found == [
        (
            "the case: cannot be written: No space left on device; "
            "look at the folder's permissions and free space"
        )
    ]
    assert path.read_text(encoding="utf-8") == SMALL
    assert sorted(os.listdir(tmp_path)) == ["case.yaml", "report.txt"]


def test_a_write_that_is_interrupted_leaves_the_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path)
    case = changed(read_case(path), "1")

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(file.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_case(case, path)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == SMALL
    assert sorted(os.listdir(tmp_path)) == ["case.yaml", "report.txt"]


def test_the_text_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path)
    case = changed(read_case(path), "1")
    order: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(file.os, "fsync", lambda d: (order.append("fsync"), fsync(d)))
    monkeypatch.setattr(file.os, "replace", lambda a, b: (order.append("replace"), replace(a, b)))
    save_case(case, path)
    assert order == ["fsync", "replace", "fsync"]


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path)
    case = changed(read_case(path), "1")
    fsync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(descriptor)

    monkeypatch.setattr(file.os, "fsync", only_files)
    save_case(case, path)
    assert read_case(path) == case


def test_a_write_protected_file_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path)
    # The superuser may write everything, so the answer is given here.
    monkeypatch.setattr(file.os, "access", lambda *_: False)
    assert faults(lambda: save_case(changed(read_case(path), "1"), path)) == [
        "the case: cannot be written: it is write-protected; save under another name"
    ]


@pytest.mark.parametrize("name", ["none/case.yaml", "case.yaml/below", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_written_is_an_error(name: str, tmp_path: Path) -> None:
    write_small(tmp_path)
    assert faults(lambda: save_case(case_with({}), tmp_path / name))


def test_a_folder_is_no_place_for_a_case(tmp_path: Path) -> None:
    assert faults(lambda: save_case(case_with({}), tmp_path)) == [
        "the case: a folder, not a file; name a file inside of it"
    ]


@pytest.mark.parametrize("title", ["nul \x00", "bell \x07", "half \ud800"])
def test_what_a_file_cannot_hold_is_an_error_before_anything_is_written(
    title: str, tmp_path: Path
) -> None:
    path = write_small(tmp_path)
    case = case_with({}).model_copy(update={"title": title})
    message = f"a control character, U+{ord(title[-1]):04X}; remove it"
    wanted = [f"the case: cannot be written: would not read back: line 2, title: {message}"]
    assert faults(lambda: dump_case(case)) == wanted
    assert len(faults(lambda: save_case(case, path))) == 1
    assert path.read_text(encoding="utf-8") == SMALL


def test_a_case_that_would_be_too_large_to_read_is_not_written(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    case = case_with({}).model_copy(update={"purpose": "x " * 2_100_000})
    with pytest.raises(CaseFileError, match="longer than 4,000,000 characters"):
        save_case(case, path)
    assert path.read_text(encoding="utf-8") == SMALL


def test_what_a_scenario_sets_must_be_plain_data(tmp_path: Path) -> None:
    case = case_with({})
    scenario = case.scenarios["watched"].model_copy(update={"set": {"title": {1, 2}}})
    with pytest.raises(CaseFileError, match="a set cannot be written"):
        dump_case(case.model_copy(update={"scenarios": {"watched": scenario}}))


def test_a_dump_is_pleasant_to_read() -> None:
    text = dump_case(case_with({}))
    assert text.startswith("goodoffices: 1\ntitle: The corridor\nas_of: 2024-05-31\n\nsources:\n")
    assert (
        "  stay:\n"
        "    by: north\n"
        "    kind: red line\n"
        "    name: Troops stay\n"
        "    refuses: {corridor: leave}\n"
        "    firmness: likely\n"
        "    interest: safety\n"
        "    because: north-stays\n"
        '    assumed: "team: said once"\n'
    ) in text
    assert all(len(line) <= 100 and line == line.rstrip() for line in text.split("\n"))


def test_the_starter_says_every_form_of_a_quantity(tmp_path: Path) -> None:
    text = starter()
    for form in ["30..40..50", "40..50", "weight: 50", "unknown", "likely", "(UK)", "60..80%"]:
        assert form in text
    case = parse_case(text)
    assert len(case.signatories) == 2
    assert [party.role for party in case.parties.values()].count("mediator") == 1
    assert len(case.issues) == 3
    assert sum(issue.range is not None for issue in case.issues.values()) == 1
    assert len(case.scenarios) == 1
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert {fault.severity for fault in check_file(path)} == {"warning"}


def test_the_starters_commented_evidence_is_right_when_it_is_used(tmp_path: Path) -> None:
    lines = starter().splitlines()
    first = lines.index("# sources:")
    last = next(i for i in range(first, len(lines)) if lines[i].startswith("# --"))
    used = [line.removeprefix("# ") for line in lines[first:last]]
    text = "\n".join([*lines[:first], *used, *lines[last:]]) + "\n"
    quote = "“Without the eastern shore our wells run dry, without the eastern shore our wells run"
    (tmp_path / "gazette.txt").write_text(f"a\n\nb\n\n{quote} dry.”\n", encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert {fault.severity for fault in check_file(path)} == {"warning"}
