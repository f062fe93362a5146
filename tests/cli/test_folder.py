"""The folder of a build: yesterday's pages go, what a user changed stays, and neither without a word."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.api import maps
from tests.daily import choose
from tests.pages import list_maps

Run = Callable[..., Result]

DATED = """\
title: {title}
sources: {{a: {{title: A, date: 2020-01-05}}, b: {{title: B, date: 2021-02-05}}}}
groups: {{red: {{name: Red}}}}
presence:
  - {{group: red, in: Kabul, source: a}}
  - {{group: red, in: Kunar, source: b}}
"""
ALONE = "title: {title}\npresence: {{Red: [Kabul]}}\n"
TWO = "title: {title}\npresence: {{Red: [Kabul], Blue: [Kabul]}}\n"
LIST = ".presence-maps.json"


def save(here: Path, text: str, title: str = "T") -> None:
    (here / "presence.yaml").write_text(text.format(title=title), "utf-8")


def names(here: Path, folder: str = "maps") -> list[str]:
    return sorted(path.name for path in (here / folder).iterdir())


def list_files(here: Path, *, without: str) -> list[str]:
    return sorted(f"{name}.html" for name in list_maps(here / "presence.yaml", without=[without]))


def test_pages_that_a_table_no_longer_gives_are_removed_and_told(run: Run, here: Path) -> None:
    save(here, DATED)
    assert run("build").exit_code == 0
    assert names(here) == [LIST, *list_files(here, without="compare")]
    save(here, TWO)
    result = run("build")
    assert names(here) == [LIST, *list_files(here, without="timeline")]
    assert f"removed {Path('maps', 'timeline.html')}, which this run does not write again" in result.stderr
    assert "not of this run" not in result.stderr
    assert run("build", "-q").output == ""


def test_the_list_depends_on_what_was_written_last_alone(run: Run, here: Path) -> None:
    save(here, DATED)
    run("build")
    save(here, ALONE)
    run("build")
    run("build", "-o", "fresh")
    assert (here / "maps" / LIST).read_bytes() == (here / "fresh" / LIST).read_bytes()
    assert set(json.loads((here / "maps" / LIST).read_bytes())["files"]) == {*names(here)} - {LIST}


@pytest.mark.parametrize(
    ("words", "why"), [(["--only", "overlay"], "of an earlier run"), (["--keep"], "of an earlier run")]
)
def test_where_pages_are_kept_they_are_named(run: Run, here: Path, words: list[str], why: str) -> None:
    save(here, DATED)
    run("build")
    save(here, ALONE)
    result = run("build", *words)
    assert "timeline.html" in names(here)
    assert f"{Path('maps', 'timeline.html')} ({why})" in result.stderr
    assert "removed" not in result.stderr
    assert "removed" in run("build").stderr, "the next whole build knows of it still"


def test_changed_pages_and_those_of_other_commands_stay_and_are_named(run: Run, here: Path) -> None:
    save(here, DATED)
    run("build")
    page = here / "maps" / "timeline.html"
    page.write_bytes(page.read_bytes() + b"<!-- mine -->")
    assert run("overlay", "-o", "maps/mine.html").exit_code == 0
    (here / "maps" / "notes.html").write_text("<p>nothing of ours", "utf-8")
    (here / "maps" / "data.csv").write_text("a\n", "utf-8")
    save(here, ALONE)
    before = {name: (here / "maps" / name).read_bytes() for name in ("timeline.html", "mine.html", "notes.html")}
    result = run("build", code=0)
    assert {name: (here / "maps" / name).read_bytes() for name in before} == before
    told = next(line for line in result.stderr.splitlines() if line.startswith("not of this run: "))
    mine, timeline = Path("maps", "mine.html"), Path("maps", "timeline.html")
    assert told == f"not of this run: {mine} (of another command), {timeline} (changed since)"


def test_a_page_changed_by_hand_is_not_replaced(run: Run, here: Path) -> None:
    save(here, ALONE)
    run("build")
    page = here / "maps" / "overlay.html"
    page.write_bytes(b"mine")
    before = {path: path.read_bytes() for path in (here / "maps").iterdir()}
    save(here, TWO)
    result = run("build", code=1)
    assert f"{Path('maps', 'overlay.html')}: was changed since it was written here; expected --force" in result.stderr
    assert {path: path.read_bytes() for path in (here / "maps").iterdir()} == before, "nothing is written at all"
    assert run("build", "--force").exit_code == 0
    assert b"presence-data" in page.read_bytes()


def test_a_page_of_somebody_else_is_not_replaced_and_one_of_ours_is(run: Run, here: Path) -> None:
    save(here, ALONE)
    (here / "maps").mkdir()
    (here / "maps" / "overlay.html").write_text("<p>the user's", "utf-8")
    result = run("build")
    assert (result.exit_code, "was not written by a build; expected --force to replace it" in result.stderr) == (
        1,
        True,
    )
    assert names(here) == ["overlay.html"]
    (here / "maps" / "overlay.html").unlink()
    assert run("overlay").exit_code == 0
    assert run("build").exit_code == 0, "made by another command of ours, as by one that kept no list"


def test_another_command_may_replace_a_page_of_the_build_and_build_it_again(run: Run, here: Path) -> None:
    save(here, TWO)
    run("build")
    assert run("overlay", "--group", "red").exit_code == 0
    assert run("build").exit_code == 0
    assert run("build").stderr.count("not of this run") == 0


@pytest.mark.parametrize(
    "listed",
    [b"", b"[]", b"{", b'{"version": 2, "files": {}}', b'{"version": 1, "files": {"../x.html": {"by": "build"}}}',
     b'{"version": 1, "files": []}', b'{"version": 1, "files": {"x.html": "y"}}', b"[" * 100_000, b"\xff\xfe"],
)  # fmt: skip
def test_a_list_that_could_not_be_ours_removes_nothing(run: Run, here: Path, listed: bytes) -> None:
    save(here, DATED)
    run("build")
    (here / "maps" / LIST).write_bytes(listed)
    save(here, ALONE)
    result = run("build", code=0)
    assert "timeline.html" in names(here)
    assert f"{Path('maps', 'timeline.html')} (of another command)" in result.stderr


def test_a_list_names_nothing_outside_of_its_folder(run: Run, here: Path) -> None:
    save(here, ALONE)
    run("build")
    outside = here / "x.html"
    outside.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for name in ("../x.html", "..", ".", "", str(outside)):
        files = {name: {"by": "build", "sha256": empty}}
        (here / "maps" / LIST).write_text(json.dumps({"version": 1, "files": files}), "utf-8")
        assert run("build").exit_code == 0
        assert outside.exists()


def test_links_are_not_removed_and_not_written_as_a_list(run: Run, here: Path) -> None:
    save(here, DATED)
    run("build")
    page = here / "maps" / "timeline.html"
    page.rename(here / "elsewhere.html")
    page.symlink_to(here / "elsewhere.html")
    save(here, ALONE)
    assert "timeline.html (changed since)" in run("build").stderr
    assert (here / "elsewhere.html").exists()
    assert page.is_symlink()
    (here / "maps" / LIST).unlink()
    (here / "own.json").write_text("{}", "utf-8")
    (here / "maps" / LIST).symlink_to(here / "own.json")
    result = run("build")
    assert (result.exit_code, "is no file; expected a file, or none: remove it" in result.stderr) == (1, True)
    assert (here / "own.json").read_text("utf-8") == "{}"


@pytest.mark.parametrize("seed", choose(range(12), 5))
def test_no_page_of_a_table_gone_by_stays_without_a_word(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Ten tables, one after the other, with --only, --keep, `overlay -o` and changes by hand between them."""
    chance = random.Random(seed)

    def draw(name: str, joined: object, *_: object) -> bytes:
        title = joined.table.title  # type: ignore[attr-defined]
        return f'<script id="presence-data">{name} {title}</script>'.encode()

    monkeypatch.setattr(maps, "_draw_page", draw)
    folder, users = here / "maps", dict[Path, bytes]()
    for turn in range(10):
        save(here, chance.choice([DATED, ALONE, TWO]), title := f"T{turn}")
        for _ in range(chance.randrange(3)):
            match chance.randrange(4):
                case 0 if (folder / LIST).exists():
                    path = folder / chance.choice(["timeline.html", "compare.html", "overlay.html", "own.html"])
                    users[path] = f'by hand, id="presence-data" {turn}'.encode()
                    path.write_bytes(users[path])
                case 1:
                    name = chance.choice(["overlay", "mine", "x"])
                    if folder / f"{name}.html" not in users:
                        assert run("overlay", "-o", f"maps/{name}.html").exit_code == 0
                case 2 if folder.exists():
                    (folder / "text.html").write_text("no map", "utf-8")
                case _ if folder.exists() and users:
                    path = chance.choice(sorted(users))
                    path.unlink()
                    del users[path]
        words = chance.choice([[], [], ["--only", "overlay"], ["--keep"]])
        result = run("build", *words)
        for path, data in users.items():
            assert path.read_bytes() == data
        if result.exit_code:
            assert (
                "was changed since it was written here" in result.stderr
                or "was not written by a build" in result.stderr
            )
            continue
        for path in folder.glob("*.html"):
            if b"presence-data" in path.read_bytes() and f" {title}<".encode() not in path.read_bytes():
                assert str(path.relative_to(here)) in result.stderr
