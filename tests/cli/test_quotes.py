"""Quotes and the copies of their sources, as a user asks for them: check, check --quotes, quote, publish, report."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import geo
from geo.errors import TableError
from tests.quotes.made_texts import make_pdf

Run = Callable[..., Result]

SAID = "The Reds hold the mill. About 40 Blues left in May, and nobody knows why. The Reds hold the gate.\n" * 2 + (
    "Of all this nothing is certain, as the elders say, who were not there when it was so. " * 9
)
HASH = hashlib.sha256(SAID.encode()).hexdigest()
TABLE = f"""\
title: Made up
as_of: 2020-06
byline: Me
licence: CC0-1.0
levels: {{camps: {{name: Camps}}}}
sources:
  s: {{title: A report, date: 2020, copy: {{file: kept/secret name.txt, sha256: {HASH}, taken: 2020-07}}}}
  t: {{title: Another, date: 2020}}
groups: {{red: {{name: Red}}, blue: {{name: Blue}}}}
presence:
- {{group: red, in: Kabul, level: camps, source: s, quote: The Reds hold the mill.}}
- {{group: blue, in: Kunar, level: camps, source: s, quote: "About 40 Blues left in May"}}
- {{group: blue, in: Ghor, level: camps, source: t, quote: Nobody looked.}}
"""


@pytest.fixture
def kept(here: Path) -> Path:
    (here / "kept").mkdir()
    (here / "kept/secret name.txt").write_text(SAID, "utf-8")
    (here / "presence.yaml").write_text(TABLE, "utf-8")
    return here / "kept/secret name.txt"


def change(old: str, new: str) -> None:
    table = Path("presence.yaml")
    text = table.read_text("utf-8")
    assert old in text
    table.write_text(text.replace(old, new), "utf-8")


def test_a_table_whose_quotes_hold(run: Run, kept: Path) -> None:
    (Path("presence.yaml")).write_text(TABLE, "utf-8")
    done = run("check", "--quotes", code=0)
    assert "3 quotes: 2 found, 0 elsewhere, 0 not found, 1 no copy" in done.stdout
    assert re.search(r"11:\d+ +record 1 +s +found +line 1; line 2\n", done.stdout)
    assert done.stderr == ""
    assert run("check", "--strict", code=0).stderr == ""
    assert "quotes" not in json.loads(run("check", "--format", "json").stdout)


@pytest.fixture
def table(run: Run, kept: Path) -> Run:
    Path("presence.yaml").write_text(TABLE, "utf-8")
    return run


def test_a_quote_that_is_none_is_an_error_with_what_stands_there(table: Run) -> None:
    change("About 40 Blues", "About 400 Blues")
    done = table("check", "--quotes", code=1)
    assert "presence.yaml:12:60: 'About 400 Blues left in May', which does not stand in 'kept/" in done.stderr
    assert "nearest: About 40 Blues left in May, and nobody knows why. (line 1)" in done.stderr
    assert "3 quotes: 1 found, 0 elsewhere, 1 not found, 1 no copy" in done.stdout
    told = json.loads(table("check", "--quotes", "--format", "json", code=1).stdout)
    assert [each["state"] for each in told["quotes"]] == ["found", "not found", "no copy"]
    assert (told["ok"], told["problems"][0]["severity"]) == (False, "error")
    assert told["quotes"][1]["nearest"].startswith("About 40 Blues")
    assert "::error" in table("check", "--quotes", "--format", "github", code=1).stdout
    assert table("check", code=0).stderr == ""


def test_a_page_or_locator_that_does_not_hold_is_a_warning(table: Run) -> None:
    change("The Reds hold the mill.}", "The Reds hold the mill., locator: {prefix: Nobody says}}")
    done = table("check", "--quotes", code=0)
    assert "warning: 'The Reds hold the mill.' stands in 'kept/secret name.txt', but without" in done.stderr
    assert "1 elsewhere" in done.stdout
    table("check", "--quotes", "--strict", code=1)


def write_hash(data: bytes) -> None:
    change(HASH, hashlib.sha256(data).hexdigest())


def make_scan() -> bytes:
    return make_pdf(["", ""])


Spoil = Callable[[Path], object]


def put(data: bytes) -> Spoil:
    def spoil(file: Path) -> None:
        file.write_bytes(data)
        write_hash(data)

    return spoil


def link_out(file: Path) -> None:
    file.unlink()
    outside = file.parents[1].parent / "outside.txt"
    outside.write_text(SAID, "utf-8")
    file.symlink_to(outside)


def link_folder(file: Path) -> None:
    outside = file.parents[1].parent / "elsewhere"
    file.parent.rename(outside)
    file.parent.symlink_to(outside)


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def make_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


FAULTS: dict[str, tuple[Spoil, str]] = {
    "missing": (Path.unlink, "there is no copy 'kept/secret name.txt' beside the table; expected that file, or no"),
    "folder": (make_folder, "the copy 'kept/secret name.txt': this is a folder; expected a file"),
    "pipe": (make_pipe, "this is not a regular file"),
    "changed": (lambda file: file.write_text(f"{SAID} ", "utf-8"), "was changed: its SHA-256 is not the one given"),
    "50 MB": (put(b"a " * 25_000_000), "is larger than 16 MB; expected a smaller one, such as its text alone"),
    "no text": (put(b"\x80\x81\x8d" * 50), "'kept/secret name.txt': byte 1 (0x81) is neither UTF-8 nor Windows-1252"),
    "scan": (put(make_scan()), "the copy 'kept/secret name.txt': a PDF without text, as a scan is"),
    "damaged": (put(b"%PDF-1.4 nothing"), "a damaged PDF; expected one that a viewer opens"),
    "word": (put(b"PK\x03\x04 and so on"), "this is a spreadsheet, a zip or a damaged Word file"),
    "empty": (put(b""), "the text is empty"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_copy_that_cannot_be_used_is_told_at_its_place(table: Run, kept: Path, fault: str) -> None:
    spoil, said = FAULTS[fault]
    spoil(kept)
    done = table("check", "--quotes", code=1)
    assert re.search(r"presence.yaml:7:\d+: ", done.stderr)
    assert said in done.stderr
    doubted = table("check", code=0).stderr
    assert f"warning: {said[:20]}" in doubted or said in doubted
    with_fault = geo.check_quotes("presence.yaml")
    assert any(said in str(problem) for problem in with_fault.errors)


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_a_map_needs_no_copy(table: Run, kept: Path, fault: str) -> None:
    FAULTS[fault][0](kept)
    built = table("build", "--only", "report", "-o", ".", code=0)
    assert "marking no quote of a copy" in built.stderr
    assert "Found word for word" not in Path("report.html").read_text("utf-8")


@pytest.mark.parametrize("spoil", [link_out, link_folder])
def test_a_link_out_of_the_folder_is_refused_everywhere(table: Run, kept: Path, spoil: Spoil) -> None:
    spoil(kept)
    said = "a link leads the copy 'kept/secret name.txt' out of the folder of the table"
    for words in (["check"], ["check", "--quotes"], ["build", "--only", "report", "-o", "."], ["quote", "s", "Reds"],
                  ["publish", "-o", "public"]):  # fmt: skip
        done = table(*words, code=1)
        assert re.search(rf"^presence.yaml:7:\d+: {re.escape(said)}", done.stderr, re.MULTILINE), words
    with pytest.raises(TableError, match="out of the folder"):
        geo.check_quotes(Path("presence.yaml"))


def test_a_link_within_the_folder_is_a_way_like_any_other(table: Run, kept: Path) -> None:
    kept.rename(kept.with_name("real.txt"))
    kept.symlink_to("real.txt")
    table("check", "--quotes", code=0)


def test_bytes_that_are_no_utf8_are_told_and_read(table: Run, kept: Path) -> None:
    put((SAID + "café").encode("cp1252"))(kept)
    done = table("check", "--quotes", code=0)
    assert "warning: the copy 'kept/secret name.txt': the text is not UTF-8 and was read as Windows-1252" in done.stderr


def test_a_copy_without_its_hash_is_told_it(table: Run, kept: Path) -> None:
    change(f", sha256: {HASH}", "")
    assert f"without `sha256`, by which a change would be noticed; expected `sha256: {HASH}`" in table("check").stderr


def test_a_table_of_standard_input_has_no_copies(table: Run) -> None:
    table("check", "-", input=TABLE, code=0)
    done = table("check", "--quotes", "-", input=TABLE, code=1)
    assert "standard input: a table from standard input, beside which there are no copies" in done.stderr
    with pytest.raises(TableError, match="beside which there are no copies"):
        geo.check_quotes("-")


def test_more_quotes_than_a_few_are_told(table: Run) -> None:
    words = "so it was said of the old mill by the river " * 30
    change("quote: Nobody looked.", f'quote: "{words}"')
    assert "presence.yaml:13:" in (told := table("check").stderr)
    assert "warning: 300 words" not in told
    assert "330 words quoted of t, more than 300; expected shorter quotes, 300 words in all" in told
    change(words, "Nobody looked.")
    change("About 40 Blues left in May", SAID[:97])
    said = "presence.yaml:12:60: warning: 25 words quoted of s, more than a tenth of the 202 in its copy"
    assert said in table("check").stderr


def test_a_quote_of_several_records_counts_once(table: Run) -> None:
    change("quote: The Reds hold the mill.", 'quote: "About 40 Blues left in May"')
    more = '- {group: red, in: Herat, level: camps, source: s, quote: "About 40 Blues  left in May"}\n' * 1
    Path("presence.yaml").write_text(Path("presence.yaml").read_text("utf-8") + more, "utf-8")
    assert table("check", code=0).stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["s", "40 Blues"], '# line 1\nquote: "About 40 Blues left in May, and nobody knows why."\nlocator: '),
        (["s", "nothing is certain,"], '# line 3\nquote: "Of all this nothing is certain, as the elders say, who were'),
    ],
)
def test_a_sentence_is_printed_as_lines_of_a_record(table: Run, words: list[str], said: str) -> None:
    done = table("quote", *words, "-q", code=0)
    assert done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["s", "forty Blues"], "no sentence of 'kept/secret name.txt' holds 'forty Blues'; expected words as they"),
        (["s", "–"], "no word in '–'; expected some words of the sentence"),
        (["t", "Reds"], "presence.yaml: the source t without a `copy`; expected a source with one: s"),
        (["u", "Reds"], "presence.yaml: no source 'u'; expected a source with one: s"),
        (["s", "Reds", "--table", "no.yaml"], "no.yaml: there is no such file"),
        (["s", "Reds", "--table", "-"], "standard input: a table from standard input"),
    ],
)  # fmt: skip
def test_what_is_not_found_is_told(table: Run, words: list[str], said: str) -> None:
    assert said in table("quote", *words, code=1).stderr


def test_a_table_without_sources_is_told_what_it_lacks(table: Run) -> None:
    Path("bare.yaml").write_text("groups: {a: {name: A}}\npresence: [{group: a, in: Kabul}]\n")
    told = table("quote", "u", "Reds", "--table", "bare.yaml", code=1).stderr
    assert "bare.yaml: no source 'u'; expected that source under `sources`, with a `copy`" in told


def test_a_report_marks_what_was_found_and_no_other_page_does(table: Run, kept: Path) -> None:
    table("build", "--only", "report", "--only", "overlay", "-o", ".", code=0)
    first = Path("report.html").read_bytes()
    assert first.count("✓ Found word for word in a copy of the source.".encode()) == 2
    assert "✓ Found".encode() not in Path("overlay.html").read_bytes()
    overlay = Path("overlay.html").read_bytes()
    table("build", "--only", "report", "--only", "overlay", "-o", ".", code=0)
    assert Path("report.html").read_bytes() == first
    kept.unlink()
    table("build", "--only", "report", "--only", "overlay", "-o", ".", code=0)
    assert "✓ Found".encode() not in Path("report.html").read_bytes()
    assert Path("overlay.html").read_bytes() == overlay
    change(f", copy: {{file: kept/secret name.txt, sha256: {HASH}, taken: 2020-07}}", "")
    table("build", "--only", "overlay", "-o", ".", code=0)
    assert Path("overlay.html").read_bytes() == overlay


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unpack(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"".join(map(packed.read, packed.namelist()))


PRIVATE = ("secret name", "kept/", HASH, "2020-07")


def test_a_kept_copy_reaches_nobody(table: Run) -> None:
    change("title: A report,", "title: A report, note: A note.,")
    Path("old.yaml").write_text(TABLE, "utf-8")
    table("publish", "-o", "public", code=0)
    table("build", "-o", "maps", code=0)
    Path("out").mkdir()
    for form in ("csv", "xlsx", "markdown", "stix", "datapackage", "geojson"):
        table("export", "--format", form, "-o", f"out/{form}", code=0)
    table("diff", "old.yaml", "presence.yaml", "-o", "diff.html", code=0)
    told = {**read_all(Path("public")), **read_all(Path("maps")), **read_all(Path("out"))}
    told["diff.html"] = Path("diff.html").read_bytes()
    for name, data in told.items():
        data = unpack(data) if name.endswith(".xlsx") else data
        assert not any(word.encode() in data for word in PRIVATE), name
    assert "copies" not in "".join(told)
    table("export", "--format", "csv", "--with-internal", "-o", "out/all", code=0)
    assert b"kept/secret name.txt" in Path("out/all/sources.csv").read_bytes()


def test_a_copy_to_publish_is_in_the_folder_as_it_is(table: Run, kept: Path) -> None:
    change("taken: 2020-07", "taken: 2020-07, publish: true")
    table("publish", "-o", "public", code=0)
    published = Path("public/data/copies/s.txt")
    assert published.read_bytes() == kept.read_bytes()
    assert {"path": "data/copies/s.txt", "bytes": len(SAID), "sha256": HASH} in json.loads(
        Path("public/manifest.json").read_text("utf-8")
    )["files"]
    assert 'href="data/copies/s.txt"' in Path("public/index.html").read_text("utf-8")
    assert not any(b"secret name" in data for data in read_all(Path("public")).values())
    table("verify", "public", code=0)
    done = table("check", "--quotes", "public/data/presence.yaml", code=0)
    assert "2 found" in done.stdout
    before = read_all(Path("public"))
    table("publish", "-o", "public", code=0)
    assert read_all(Path("public")) == before
    change("publish: true", "publish: false")
    table("publish", "-o", "public", code=0)
    assert not published.exists()


def test_a_copy_that_was_changed_is_not_published(table: Run, kept: Path) -> None:
    change("taken: 2020-07", "taken: 2020-07, publish: true")
    kept.write_text("Another.", "utf-8")
    assert "was changed: its SHA-256" in table("publish", "-o", "public", code=1).stderr
    kept.unlink()
    assert "there is no copy" in table("publish", "-o", "public", code=1).stderr
    assert not Path("public").exists()


def test_a_page_that_is_published_as_a_copy_is_told(table: Run, kept: Path) -> None:
    kept.rename("kept/page.html")
    change("kept/secret name.txt", "kept/page.html")
    change("taken: 2020-07", "taken: 2020-07, publish: true")
    told = table("publish", "-o", "public", code=0).stderr
    assert "'kept/page.html' is published as it is, with scripts and what it loads from elsewhere" in told
    table("verify", "public", code=0)


def test_nothing_is_written_over_a_copy(table: Run, kept: Path) -> None:
    kept.rename("kept/overlay.html")
    change("kept/secret name.txt", "kept/overlay.html")
    done = table("publish", "-o", "kept", "--force", code=1)
    assert "kept/overlay.html" in done.stderr
    assert Path("kept/overlay.html").read_text("utf-8") == SAID
    table("build", "--only", "overlay", "-o", "kept", code=1)
    assert Path("kept/overlay.html").read_text("utf-8") == SAID
