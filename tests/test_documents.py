"""What the documents name is there, and the figures of SECURITY.md are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.made.table_format import write_format
from geo.api.checks.map_refusals import MOST_GROUPS
from geo.draw.web.embed import RIGHTS
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.file_text import LARGEST_FILE
from geo.read.common.safe_zip import LARGEST_ARCHIVE, MOST_ENTRIES, STRONGEST_PACKING
from geo.read.sheets.cells import MOST_TEXT
from geo.read.sheets.xlsx_checks import MOST_MERGED
from geo.read.table.json_schema import NOT_SAID, make_schema
from geo.read.table.reader import MOST_CLAIMS
from geo.read.table.records import MOST_RECORDS
from geo.read.yaml.builder import DEEPEST, MOST_NODES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOLDERS = "tests|geo|docs|shapefiles|benchmarks|\\.ci"
NAMED = re.compile(rf"`((?:{FOLDERS})/[\w./-]*)")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)")
WORDS = re.compile(r"(?:`|^    )make ([a-z]+)", re.MULTILINE)
MADE = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def list_missing(text: str, folder: Path) -> list[str]:
    """Name what a document names and nobody would find."""
    files = [name for name in NAMED.findall(text) if not (ROOT / name).exists()]
    links = [name for name in LINKED.findall(text) if not (folder / name).exists()]
    return files + links + [word for word in WORDS.findall(text) if word not in MADE]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(path: Path) -> None:
    assert list_missing(path.read_text(encoding="utf-8"), path.parent) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("by `tests/read/yaml/test_parse.py` and `make test`, see [the house](CONTRIBUTING.md#rules)", []),
        ("by `tests/read/test_three.py`", ["tests/read/test_three.py"]),
        ("[this](docs/none.md) and [that](https://example.org/none.md)", ["docs/none.md"]),
        ("`make coffee`", ["coffee"]),
        ("    make tea      # in a block", ["tea"]),
    ],
)
def test_what_is_missing_is_seen(text: str, missing: list[str]) -> None:
    assert list_missing(text, ROOT) == missing


def test_what_only_the_reader_knows_is_listed_for_users() -> None:
    listed = " ".join((ROOT / "docs" / "editors.md").read_text(encoding="utf-8").split())
    assert [each for each in NOT_SAID if f"- {each}" not in listed] == []


def list_keys(schema: object) -> set[str]:
    parts = list(schema.values()) if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    own = set(schema["properties"]) if isinstance(schema, dict) and "additionalProperties" in schema else set()
    return own.union(*map(list_keys, parts))


def test_the_reference_has_every_key_of_the_format_and_no_blank_to_fill() -> None:
    reference = write_format()
    keys = list_keys(make_schema(read_gazetteer()))
    assert {"version", "unlocated", "of_which", "archived"} <= keys
    assert [key for key in sorted(keys) if f"\n`{key}`\n: " not in reference] == []
    assert re.findall(r"\{\w+\\?\}", reference) == []


def test_every_promise_names_its_tests() -> None:
    promised = SECURITY.partition("## What is promised\n")[2].partition("\n## ")[0].split("\n### ")[1:]
    assert len(promised) >= 8
    for promise in promised:
        tests = promise.partition("Tested by ")[2]
        assert re.findall(r"`tests/[\w/]+\.py`", tests), promise.splitlines()[0]


@pytest.mark.parametrize(
    "limit",
    [
        f"at most {LARGEST_FILE // 1_000_000} MB",
        f"{DEEPEST} levels deep",
        f"{MOST_NODES:,} values",
        f"{MOST_RECORDS:,} records",
        f"{MOST_CLAIMS:,} claims",
        f"at most {MOST_GROUPS} groups",
        f'sandbox="{RIGHTS}"',
        f"at most {MOST_TEXT:,} letters",
        f"at most {MOST_MERGED:,}, do not overlap",
        f"at most {MOST_ENTRIES} parts, {LARGEST_ARCHIVE // 1_000_000} MB unpacked, {STRONGEST_PACKING} times its size",
    ],
)
def test_the_limits_are_those_of_the_code(limit: str) -> None:
    assert limit in " ".join(SECURITY.split())
