"""What a text comes as: encodings, HTML, Markdown, PDF; and what is none, each with a clear word."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.errors import TableError
from geo.read.documents.pdf_pages import mend_lines
from geo.read.documents.read_document import parse_document

Run = Callable[..., Result]

SAID = "The Haqqani Network has camps in Khost."
TABLE = "groups: {haqqani: {name: Haqqani Network}}\npresence: [{group: haqqani, in: Kunar}]\n"


def make_pdf(*pages: list[str]) -> bytes:
    """Make a PDF of lines of text, as small as one can be."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    for at, lines in enumerate(pages):
        shown = "BT /F1 12 Tf 14 TL 40 760 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        packed = zlib.compress(shown.encode("cp1252"))
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * at} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>".encode())  # fmt: skip
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return data + f"{end}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()


@pytest.fixture
def desk(here: Path) -> Path:
    (here / "presence.yaml").write_text(TABLE, "utf-8")
    return here


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SAID.encode(), ""),
        (b"\xef\xbb\xbf" + SAID.encode(), ""),
        (SAID.encode("utf-16"), "read as UTF-16"),
        (SAID.encode("utf-16-be"), "read as UTF-16, without a mark"),
        (("“É.” " + SAID).encode("cp1252"), "was read as Windows-1252"),
        (SAID.replace("camps", "ca\x07mps\x00").replace("ca\x07mps", "camps\x07").encode(), "read as a blank"),
        (SAID.replace(" ", "\r\n").encode(), ""),
    ],
)
def test_a_text_is_read_in_its_encoding_and_that_is_told(run: Run, desk: Path, data: bytes, told: str) -> None:
    (desk / "a.txt").write_bytes(data)
    result = run("draft", "a.txt", code=0)
    assert "# " + " " * 2 + "- {group: haqqani, in: [Khost]" in result.stdout
    assert told in result.stderr
    assert ("warning" in result.stderr) == bool(told)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "the text is empty; expected sentences"),
        ("a.txt", b" \n\t\n", "the text is empty"),
        (
            "a.docx",
            b"PK\x03\x04rest",
            "this is a spreadsheet, a zip or a damaged Word file; expected a text: save it as .docx, PDF",
        ),
        ("a.txt", b"\x89PNG\r\n", "this is a picture"),
        ("a.txt", b"caf\x81", "is neither UTF-8 nor Windows-1252"),
        ("a.txt", b"\xff\xfea", "is not UTF-16, which the text begins as"),
        ("a.txt", b"x" * 16_000_001, "larger than 16 MB; expected a part of it"),
        ("a.pdf", b"%PDF-1.4 nothing", "a damaged PDF"),
        ("a.pdf", make_pdf([], []), "a PDF without text, as a scan is; expected one whose text can be marked"),
    ],
)
def test_what_is_no_text_is_told_and_nothing_is_written(
    run: Run, desk: Path, name: str, data: bytes, says: str
) -> None:
    (desk / name).write_bytes(data)
    result = run("draft", name, "-o", "d.yaml", code=1)
    assert says in result.stderr
    assert not (desk / "d.yaml").exists()


def test_a_pdf_gives_pages_and_whole_words(run: Run, desk: Path) -> None:
    pages = ["Annex"], ["The Haqqani Network has camps in Nan-", "garhar and Khost.", "", "It is absent from Herat."]
    (desk / "a.pdf").write_bytes(make_pdf(*pages))
    drafted = run("draft", "a.pdf", code=0).stdout
    assert "## page 2, line 1" in drafted
    assert 'in: [Nangarhar, Khost], as_written: "Nangarhar and Khost", page: "2"' in drafted
    assert 'finding: absent, as_written: "Herat", page: "2"' in drafted


def test_without_pypdf_a_pdf_names_what_is_missing(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    (desk / "a.pdf").write_bytes(make_pdf(["x"]))
    assert "pip install pypdf" in run("draft", "a.pdf", code=1).stderr


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    blocks = parse_document((Path(__file__).parent / "texts" / "news.html").read_bytes(), "a", ".html").blocks
    text = "\n".join(block.text for block in blocks)
    assert "color" not in text
    assert "var x" not in text
    assert "Nangarhar’s Achin district" in text
    assert [block.kind for block in blocks].count("row") == 2
    assert blocks[-1].head == ("Group", "Provinces", "Notes")


@pytest.mark.parametrize(
    "text", ["<p>a<b", "<![if x", "<p>a</td></tr></table>b", "<script>", "<div hidden><p>x</div>y"]
)
def test_broken_markup_is_read_as_far_as_it_goes(text: str) -> None:
    parse_document(text.encode(), "a", ".html")


def test_page_feeds_of_plain_text_count_pages() -> None:
    blocks = parse_document(b"One.\n\fTwo.\n", "a").blocks
    assert [(block.text, block.page, block.lines) for block in blocks] == [("One.", 1, (1,)), ("Two.", 2, (2,))]


def test_standard_input_is_a_text(run: Run, desk: Path) -> None:
    assert "in: [Khost]" in run("draft", "-", input=SAID, code=0).stdout


def test_nothing_is_written_over_unless_that_is_asked(run: Run, desk: Path) -> None:
    (desk / "a.txt").write_text(SAID, "utf-8")
    (desk / "d.yaml").write_text("mine", "utf-8")
    assert "exists already" in run("draft", "a.txt", "-o", "d.yaml", code=1).stderr
    assert (desk / "d.yaml").read_text("utf-8") == "mine"
    run("draft", "a.txt", "-o", "d.yaml", "--force", code=0)
    assert (desk / "d.yaml").read_text("utf-8").startswith("## A draft of a.txt")
    assert (desk / "presence.yaml").read_text("utf-8") == TABLE


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("The sun shone on Paris.", [], "wrote standard output: 0 records, 0 questions"),
        (SAID, ["--source", "a b"], "the source 'a b'; expected an id"),
        (SAID, ["--table", "empty.yaml"], "a table without groups; expected groups under `groups`"),
        (SAID, ["--table", "none.yaml"], "there is no such file"),
    ],
)
def test_what_gives_no_draft_is_told(run: Run, desk: Path, text: str, words: list[str], says: str) -> None:
    (desk / "a.txt").write_text(text, "utf-8")
    (desk / "empty.yaml").write_text("title: x\n", "utf-8")
    assert says in run("draft", "a.txt", *words).stderr


def test_a_new_source_comes_with_its_entry(run: Run, desk: Path) -> None:
    (desk / "a.txt").write_text(SAID, "utf-8")
    drafted = run("draft", "a.txt", "--source", "un-2022", code=0).stdout
    assert '# sources:\n#   un-2022: {title: "a"}' in drafted
    assert "source: un-2022" in drafted


def test_several_wrong_texts_are_told_at_once(run: Run, desk: Path) -> None:
    result = run("draft", "no.txt", "none.md", code=1)
    assert result.stderr.count("there is no such file") == 2
    with pytest.raises(TableError):
        parse_document(b"", "a")


def test_a_soft_hyphen_parts_no_word() -> None:
    assert list(mend_lines("The so\u00adft Nan\u00ad\ngarhar")) == ["The soft Nangarhar", ""]
