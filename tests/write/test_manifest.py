"""The list of a publication: what is written is read, and what anyone else may write is refused or harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geo.errors import PresenceError
from geo.write.manifest import LARGEST, Manifest, list_files, parse_manifest, word_manifest

FILES = {"index.html": b"<p>", "fa/overlay.html": b"", ".gitattributes": b"* -text\n", "social-en.png": b"\x89PNG"}
MANIFEST = Manifest("0.1.0", "ab" * 32, "2020-06-14", "گروه‌ها", list_files(FILES))


def change(**keys: Any) -> bytes:
    return json.dumps(json.loads(word_manifest(MANIFEST)) | keys).encode()


def name_file(**keys: Any) -> bytes:
    return change(files=[{"path": "a.html", "bytes": 3, "sha256": "0" * 64} | keys])


def test_what_is_written_is_read_again() -> None:
    assert parse_manifest(word_manifest(MANIFEST)) == MANIFEST
    undated = Manifest("1", "0" * 64, "", "", ())
    assert parse_manifest(word_manifest(undated)) == undated


def test_the_order_of_files_changes_no_byte() -> None:
    turned = Manifest("0.1.0", "ab" * 32, "2020-06-14", "گروه‌ها", list_files(dict(reversed(FILES.items()))))
    assert word_manifest(turned) == word_manifest(MANIFEST)
    assert [each.path for each in MANIFEST.files] == sorted(FILES)


def test_a_file_is_listed_by_path_length_and_hash() -> None:
    [first] = list_files({"fa/a.html": b"abc"})
    assert (first.path, first.size, first.sha256[:8]) == ("fa/a.html", 3, "ba7816bf")
    assert json.loads(word_manifest(MANIFEST))["table"] == {
        "hash": "ab" * 32, "as_of": "2020-06-14", "title": "گروه‌ها"
    }  # fmt: skip


@pytest.mark.parametrize("path", ["a.html", "fa/a.html", ".gitattributes", "a b.html", "نقشه.html", "a..b"])
def test_a_file_in_the_folder_is_taken(path: str) -> None:
    assert parse_manifest(name_file(path=path)).files[0].path == path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (name_file(path="../a.html"), "leads out of the folder"),
        (name_file(path="fa/../../a.html"), "leads out of the folder"),
        (name_file(path="/etc/passwd"), "leads out of the folder"),
        (name_file(path="c:/a.html"), "some systems read otherwise"),
        (name_file(path="fa\\a.html"), "some systems read otherwise"),
        (name_file(path="fa//a.html"), "some systems read otherwise"),
        (name_file(path="./a.html"), "some systems read otherwise"),
        (name_file(path="a.html."), "some systems read otherwise"),
        (name_file(path=""), "some systems read otherwise"),
        (name_file(path="a\n.html"), "some systems read otherwise"),
        (name_file(path="a\u202elmth.html"), "some systems read otherwise"),
        (name_file(path="manifest.json"), "the list itself"),
        (name_file(path="Manifest.JSON"), "the list itself"),
        (change(files=[{"path": path, "bytes": 0, "sha256": "0" * 64} for path in ("a", "A")]), "names 'A' twice"),
        (change(files=[{"path": path, "bytes": 0, "sha256": "0" * 64} for path in ("\xe9", "e\u0301")]), "twice"),
        (name_file(path="manifest.json.sig"), "which signs the list"),
        (name_file(path="Manifest.json.SIG"), "which signs the list"),
        (change(version=2), "is a list of version 2; expected version 1"),
        (b" " * (LARGEST + 1), "has 1,000,001 bytes"),
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_told(data: bytes, words: str) -> None:
    with pytest.raises(PresenceError, match=words):
        parse_manifest(data, "m.json")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"\xff", b"{}", b"[" * 100_000, b'{"version": 1, "version": 1}',
        change(version=True), change(version="1"), change(more=1), change(tool={"name": "x", "version": "1"}),
        change(tool=None), change(table={}), change(table={"hash": "ab", "as_of": None, "title": ""}),
        change(table={"hash": "a" * 64, "as_of": "now", "title": ""}), change(files={}, more=1), change(files=[1]),
        name_file(bytes=True), name_file(bytes=-1), name_file(bytes="3"), name_file(sha256="A" * 64),
        name_file(path=1), name_file(more=1), name_file(bytes=float("nan")),
    ],
)  # fmt: skip
def test_what_is_no_list_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(PresenceError, match=r"m\.json: is no list of a publication"):
        parse_manifest(data, "m.json")
