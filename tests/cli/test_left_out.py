"""No page says of a unit that no record names it where one does that is left out or has no date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli.main import main

TABLE = """
title: Left out
as_of: 2022-01-01
levels: {l: {name: L}}
sources: {s: {title: S, date: 2020}, t: {title: T, date: 2021}, u: {title: U}}
groups: {a: {name: A}, b: {name: B}}
presence:
- {group: [a, b], in: Kabul, level: l, source: s}
- {group: b, in: Kunar, level: l, source: t}
- {group: b, in: Herat, level: l, source: t, basis: claimed}
- {group: b, in: Ghor, level: l, source: u}
"""
OTHER = "Only in a record that this map does not count"
SILENT = re.compile(r"No record|Neither A nor B|Bamyan\W+0\W+0\W*$")
"""In words, or in a grid no word in any cell, no group, no source."""
BASIS, DAY = "--basis reported", "--as-of 2022"
CLAIMED, UNDATED = "Herat", "Ghor"
CODES = {CLAIMED: "AF-HER", UNDATED: "AF-GHO"}


def read_row(page: str, name: str) -> str:
    """Return what the table of units says of one."""
    found = re.search(rf">{name}</a></th>.*?</tr>", page, re.DOTALL)
    assert found
    return re.sub("<[^>]+>", " ", found[0])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"overlay t.yaml {BASIS}", CLAIMED),
        (f"overlay t.yaml {DAY}", UNDATED),
        (f"choropleth t.yaml {BASIS}", CLAIMED),
        (f"choropleth t.yaml {DAY}", UNDATED),
        (f"choropleth t.yaml --count sources {BASIS}", CLAIMED),
        (f"compare a b --table t.yaml {BASIS}", CLAIMED),
        ("timeline t.yaml", UNDATED),
        (f"timeline t.yaml {BASIS}", CLAIMED),
        (f"compare --source s --source t --table t.yaml {BASIS}", CLAIMED),
        (f"diff t.yaml n.yaml {BASIS}", CLAIMED),
    ],
)  # fmt: skip
def test_a_unit_of_a_record_that_is_left_out(
    line: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(TABLE, "utf-8")
    Path("n.yaml").write_text(TABLE.replace("in: Kunar", "in: Logar"), "utf-8")
    done = CliRunner().invoke(main, [*line.split(), "-o", "page.html"])
    assert done.exit_code == 0, done.output
    page = Path("page.html").read_text("utf-8")
    assert OTHER in read_row(page, name)
    assert re.search(rf'<path data-code="{CODES[name]}"[^>]* fill="url.#fill-other.', page)
    assert SILENT.search(read_row(page, "Bamyan"))


def test_a_group_no_longer_named_where_its_record_is_left_out_is_no_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(TABLE, "utf-8")
    for change, said in (("t, basis: assessed", "does not count here"), (None, "that is silence, not absence")):
        line = "- {group: b, in: Kunar, level: l, source: t}"
        Path("n.yaml").write_text(TABLE.replace(line, line.replace("t}", f"{change}}}") if change else ""), "utf-8")
        done = CliRunner().invoke(main, ["diff", "t.yaml", "n.yaml", "--basis", "reported"])
        assert said in done.output
