"""What is one of our pages, and what is not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from geo.draw.compose.data_block import BLOCK_VERSION
from geo.errors import PresenceError
from geo.read.own_page import VERSIONS, EmbeddedPage, parse_page, read_page

DATA = '<script type="application/json" id="presence-data">{"version":1,"title":"x"}</script>'
HEAD = '<meta name="description" content="Where &quot;A&quot; is."><title>A &lt;b&gt;</title>'
OURS = EmbeddedPage("A <b>", 'Where "A" is.', 1)


def test_the_version_that_is_written_is_known() -> None:
    assert BLOCK_VERSION in VERSIONS


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (HEAD + DATA, OURS),
        (DATA + HEAD, OURS),
        (HEAD + "<svg><title>Kabul</title></svg>" + DATA, OURS),
        (HEAD + '<script>"<title>no</title>"</script>' + DATA, OURS),
        (HEAD + DATA + DATA.replace("1", "9"), OURS),
        (HEAD.replace("A &lt;b&gt;", " \n A  &lt;b&gt; ") + DATA, OURS),
        (HEAD + DATA.replace('"version":1', '"version":2'), replace(OURS, version=2)),
        ("<title>{{7*7}}</title>" + DATA, EmbeddedPage("{{7*7}}", "", 1)),
        ("<title>A</title>" + DATA.replace('{"version"', '{"view":"all","version"'), EmbeddedPage("A", "", 1, "all")),
        ("<title>A</title>" + DATA.replace('{"version"', '{"view":7,"version"'), EmbeddedPage("A", "", 1)),
        (f'<meta name="description"><title>A</title>{DATA}', EmbeddedPage("A", "", 1)),
        (f'<html lang="fa" dir="rtl">{HEAD}{DATA}', replace(OURS, lang="fa")),
        (f'<html lang>{HEAD}<body class="a tabbed">{DATA}', replace(OURS, is_tabbed=True)),
        (f'{HEAD}<body class="tabbed-not"><p lang="fa" class="tabbed">{DATA}', OURS),
    ],
)
def test_a_page_of_ours_is_read(text: str, page: EmbeddedPage) -> None:
    assert parse_page(text, "a.html") == page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "not one of our maps"),
        (HEAD, "not one of our maps"),
        (f"{HEAD}<!-- {DATA} -->", "not one of our maps"),
        (HEAD + DATA.replace("presence-data", "data"), "not one of our maps"),
        (HEAD + DATA.replace('"version":1', '"version":3'), "version 3 of the map's data is not known"),
        (HEAD + DATA.replace('"version":1', '"version":true'), "version True"),
        (HEAD + DATA.replace('"version":1', '"version":"1"'), "version '1'"),
        (HEAD + DATA.replace('"version":1,', ""), "version None"),
        (HEAD + DATA.replace('{"version":1,"title":"x"}', "[1]"), "version None"),
        (HEAD + DATA.replace('{"version":1', '{"version":'), "are damaged"),
        (HEAD + DATA.replace('{"version":1,"title":"x"}', "[" * 100_000), "are damaged"),
        (DATA, "the page has no title"),
        ("<title> </title>" + DATA, "the page has no title"),
        (HEAD + "<![x[ a", "not one of our maps"),
        (HEAD + "<![-x]]>", "not one of our maps"),
        (HEAD + DATA.replace('"version":1', f'"version":"{"9" * 5000}"'), "version '999"),
    ],
)
def test_any_other_is_refused(text: str, found: str) -> None:
    with pytest.raises(PresenceError, match=r"^a\.html: ") as caught:
        parse_page(text, "a.html")
    assert found in str(caught.value)
    assert "expected" in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_bytes_come_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes((HEAD + DATA).encode() + b"\r\n")
    assert read_page(path) == (OURS, path.read_bytes())


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.html").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(tmp_path / "pipe.html")
    for name, found in {
        "no.html": "there is no such file",
        ".": "this is a folder",
        "binary.html": "not UTF-8 text",
        "pipe.html": "not a regular file",
        "n" * 300: "the file cannot be read: File name too long",
        "a\0b": "the file cannot be read: not a path",
        "a\ud800": "the file cannot be read: not a path",
    }.items():
        with pytest.raises(PresenceError) as caught:
            read_page(tmp_path / name)
        assert caught.value.problems[0].file == str(tmp_path / name)
        assert found in str(caught.value)
        assert "expected a map of 'presence build'" in str(caught.value)
