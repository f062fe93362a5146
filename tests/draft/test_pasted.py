"""A draft whose comment marks are taken away and whose questions are answered reads as a part of the table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo.api.drafts import DraftOptions, propose_draft
from geo.export.yaml_table import write_table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.draft.score import TABLE
from tests.draft.test_bars import TEXTS

MORE = """\
LeT is allied with al-Qaeda. ISIS-K has up to 2,200 fighters, at least 600 of them foreign.

The Haqqani Network: "a `rm -rf` # {group: x} 'quoted' \\ and: more" in Kunar, has cells there.

Al-Qaeda is active in 12 to 15 provinces and across the country. All groups are active in Loya Paktia.
"""


def uncomment(draft: str) -> str:
    return "\n".join(line.removeprefix("# ") for line in draft.split("\n") if not line.startswith("##"))


def answer(proposed: dict[str, Any], table: dict[str, Any]) -> None:
    """Answer each question with what makes no claim twice."""
    levels, groups = list(table["levels"]), list(table["groups"])
    seen: set[str] = set()
    for record in proposed.get("presence", []):
        options = [
            record | {"level": level, "group": group}
            for level in ([record["level"]] if record["level"] != "?" else levels)
            for group in ([record["group"]] if record["group"] != "?" else groups)
        ]
        for option in options:
            option["in"] = ["Kabul"] if option.get("in") == "?" else option.get("in")
            marks = {
                f"{group} {place} {option['level']} {option.get('finding')} {option.get('observed')}"
                for group in (option["group"] if isinstance(option["group"], list) else [option["group"]])
                for place in option["in"] or [option.get("region") or option.get("unlocated") or "all"]
            }
            if not marks & seen:
                seen |= marks
                record |= {key: value for key, value in option.items() if value is not None}
                break
        else:
            raise AssertionError(record)
    for relation in proposed.get("relations", []):
        relation["standing"] = relation["standing"].replace("?", "existing")


@pytest.mark.parametrize("text", [*TEXTS, MORE], ids=lambda text: getattr(text, "name", "more"))
def test_what_is_taken_over_reads(text: Path | str, tmp_path: Path) -> None:
    if isinstance(text, str):
        (tmp_path / "more.txt").write_text(text, "utf-8")
        text = tmp_path / "more.txt"
    written = propose_draft([text], options=DraftOptions(TABLE, "new-source")).data.decode()
    table = yaml.load(TABLE.read_text("utf-8"), yaml.BaseLoader)
    proposed = yaml.load(uncomment(written), yaml.BaseLoader)
    answer(proposed, table)
    proposed.get("groups", {}).pop("?", None)
    for group, parts in proposed.get("groups", {}).items():
        for key, more in parts.items():
            table["groups"][group].setdefault(key, []).extend(more)
    for section in ("presence", "relations"):
        table[section] += proposed.get(section, [])
    table["sources"] |= proposed["sources"]
    read, _ = parse_presence(write_table(table), "t.yaml", read_gazetteer())
    assert len(read.records) == len(table["presence"]) > 5
    assert {record.evidence.quote for record in read.records if record.evidence.quote}


def test_lines_fit_where_they_are_put(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Al-Qaeda has camps in Zabul and cells in Ghazni.", "utf-8")
    for indent, given in (
        (2, "  - {group: let, in: Kunar, level: cells}"),
        (0, "- {group: let, in: Kunar, level: cells}"),
    ):
        text = re.sub(
            r"(?s)\npresence:\n.*?\n\nrelations:", f"\npresence:\n{given}\n\nrelations:", TABLE.read_text("utf-8")
        )
        table = tmp_path / f"{indent}.yaml"
        table.write_text(text, "utf-8")
        written = propose_draft([tmp_path / "a.txt"], options=DraftOptions(table, "ahmad-2020")).data.decode()
        lines = [line.removeprefix("# ") for line in written.split("\n") if line.startswith(f"# {' ' * indent}- ")]
        assert len(lines) == 2
        pasted = text.replace(given, "\n".join([given, *lines]))
        read, _ = parse_presence(pasted.encode(), "t.yaml", read_gazetteer())
        assert [record.level for record in read.records] == ["cells", "camps", "cells"]


def test_what_the_text_says_of_itself_stays_data(tmp_path: Path) -> None:
    hostile = 'ISIS-K is active in Kunar"}, they say:\n# - {group: taliban}\u2028# presence: [] !!x &a.\u202e'
    (tmp_path / "a.txt").write_text(hostile, "utf-8")
    written = propose_draft([tmp_path / "a.txt"], options=DraftOptions(TABLE)).data.decode()
    records = yaml.load(uncomment(written), yaml.BaseLoader)["presence"]
    assert [(record["group"], record["in"]) for record in records] == [("isis-k", ["Kunar"])]
    assert not re.search("[\u2028\u202e]", written)
