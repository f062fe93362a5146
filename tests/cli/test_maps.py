"""The commands that draw: what is written where, what is told, what is refused."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import Result

from geo.api import maps
from geo.draw.pages.kinds import KINDS
from tests.pages import list_maps

Run = Callable[..., Result]


def written(here: Path) -> list[str]:
    return sorted(str(path.relative_to(here)) for path in here.rglob("*.html"))


def test_build_writes_every_map_and_tells_where(run: Run, here: Path) -> None:
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert written(here) == sorted(
        f"maps/{name}.html" for name in list_maps(here / "presence.yaml", without=["timeline"])
    )
    assert f"wrote {Path('maps', 'overlay.html')} (" in result.stderr
    assert (
        "2 of 34 provinces named, 3 only as part of a region, 29 in no record; "
        "1 record covers the whole country; 1 record names no province\n"
    ) in result.stderr


def test_the_same_table_gives_the_same_bytes(run: Run, here: Path) -> None:
    run("build", "-o", "one")
    run("build", "-o", "two")
    for name in ("choropleth.html", "overlay.html"):
        assert (here / "one" / name).read_bytes() == (here / "two" / name).read_bytes()


def test_only_and_out_choose(run: Run, here: Path) -> None:
    result = run("build", "--only", "overlay", "-o", "out", "-q")
    assert (result.exit_code, result.output) == (0, "")
    assert written(here) == ["out/overlay.html"]


@pytest.mark.parametrize("command", ["choropleth", "overlay"])
def test_one_map_goes_to_its_own_place(run: Run, here: Path, command: str) -> None:
    assert run(command).exit_code == 0
    assert run(command, "--group", "blue", "--level", "cells", "--roll-up", "-o", "x.html").exit_code == 0
    assert written(here) == [f"maps/{command}.html", "x.html"]
    assert (here / "x.html").read_bytes() != (here / "maps" / f"{command}.html").read_bytes()


def test_a_choropleth_counts_sources_if_asked(run: Run, here: Path) -> None:
    assert run("choropleth", "--count", "groups", "-o", "groups.html").exit_code == 0
    assert run("choropleth", "--count", "sources", "-o", "sources.html").exit_code == 0
    assert run("choropleth").exit_code == 0
    assert (here / "groups.html").read_bytes() == (here / "maps" / "choropleth.html").read_bytes()
    assert "Counted are sources, not groups" in (here / "sources.html").read_text("utf-8")
    assert run("overlay", "--count", "sources").exit_code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--group", "bleu"], "presence.yaml: no group 'bleu'; expected one of red, blue, far; nearest: blue"),
        (["--level", "cell"], "presence.yaml: no level 'cell'; expected one of cells, camps; nearest: cells"),
        (["-o", "no/such/x.html"], "make 'no' first"),
        (["-o", "presence.yaml"], "presence.yaml: is one of the files that are read"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_written(run: Run, here: Path, words: list[str], says: str) -> None:
    result = run("overlay", *words, code=1)
    assert says in result.stderr
    assert [path.name for path in here.iterdir()] == ["presence.yaml"]


def test_a_failed_build_leaves_yesterdays_maps(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build")
    before = {path: path.read_bytes() for path in (here / "maps").iterdir()}
    text = (here / "presence.yaml").read_text(encoding="utf-8")
    (here / "presence.yaml").write_text(text.replace("A test", "Another"), encoding="utf-8")
    real = maps._draw_page

    def fail_second(name: str, *rest: object) -> bytes:
        if name == "overlay":
            raise RuntimeError("no")
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(maps, "_draw_page", fail_second)
    assert run("build").exit_code == 70
    assert {path: path.read_bytes() for path in (here / "maps").iterdir()} == before


def test_a_table_of_many_groups_builds_but_for_pages_of_all_pairs(run: Run, here: Path) -> None:
    groups = "\n".join(f"  Group {number}: [Kabul]" for number in range(51))
    (here / "presence.yaml").write_text(f"presence:\n{groups}\n", encoding="utf-8")
    result = run("build", code=0)
    for name in ("compare", "report"):
        assert f"leaving out {name}: the pairs of 51 groups have room on no page; --group chooses" in result.stderr
    assert sorted(path.stem for path in (here / "maps").glob("*.html")) == ["choropleth", "overlay"]
    refused = run("compare", "group-1", "group-2", code=1)
    assert "51 groups are too many" in refused.stderr


@pytest.mark.parametrize(("opens", "says"), [(True, ""), (False, "no browser found")])
def test_open_shows_the_map(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, opens: bool, says: str) -> None:
    opened: list[str] = []

    def open_nothing(address: str) -> bool:
        opened.append(address)
        return opens

    monkeypatch.setattr(webbrowser, "open", open_nothing)
    result = run("overlay", "--open")
    assert opened == [(here / "maps" / "overlay.html").as_uri()]
    assert says in result.stderr


def test_many_warnings_are_cut_short(run: Run, here: Path) -> None:
    groups = "\n".join(f"  Group {number}: [Kabul]" for number in range(9))
    (here / "presence.yaml").write_text(f"presence:\n{groups}\n", encoding="utf-8")
    warnings = [line for line in run("choropleth").stderr.splitlines() if "warning" in line]
    assert len(warnings) <= 6


def test_what_group_leaves_out_is_counted_as_what_other_choices_leave_out(run: Run, here: Path) -> None:
    told = run("overlay", "--group", "red").stderr
    assert "; 2 records left out; 1 record names no province" in told
    assert "cover" not in told
    assert "1 record covers the whole country; 1 record names no province" in run("overlay").stderr


def test_a_map_that_fails_says_which_only_draws_the_others(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.api.maps.say_why_not", lambda name, *_: "none is dated" if name == "timeline" else "")
    groups = "\n".join(f"  Group {number}: [Kabul]" for number in range(51))
    (here / "presence.yaml").write_text(f"presence:\n{groups}\n", encoding="utf-8")
    result = run("build")
    assert (result.exit_code, (here / "maps").exists()) == (1, False)
    told = [line for line in result.stderr.splitlines() if line.startswith("presence.yaml: ")]
    way = "--only choropleth --only overlay, which draws the others"
    ways = [f"at most 50; 'presence {each}' draws some of them"
            for each in ("figure compare --group ID --group ID", "overlay --group ID")]  # fmt: skip
    assert [line.split("; expected ")[-1] for line in told] == [*ways, way], result.stderr
    assert "compare, report cannot be drawn, so nothing is written" in told[2]
    assert "leaving out timeline" in result.stderr
    assert run("build", *way.split(",")[0].split()).exit_code == 0
    assert run("build", "--only", "report").stderr.count("presence.yaml: ") == 1


def test_a_fault_of_ours_in_one_map_says_it_as_well(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> NoReturn:
        raise KeyError("x")

    monkeypatch.setitem(KINDS, "overlay", replace(KINDS["overlay"], draw=fail))
    result = run("build")
    assert (result.exit_code, (here / "maps").exists()) == (70, False)
    others = (name for name in list_maps(here / "presence.yaml", without=["timeline"]) if name != "overlay")
    assert result.stderr.splitlines()[-1].endswith(
        f"; {' '.join(f'--only {name}' for name in others)} draws the others"
    )
    assert "--only" not in run("overlay").stderr
