"""Word files: what their reader sees is drafted and found, what was deleted is not; what is none is told."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.errors import TableError
from geo.read.documents.document_lines import parse_lines
from geo.read.documents.read_document import parse_document
from geo.read.documents.word_paragraphs import is_word

Run = Callable[..., Result]

TABLE = "groups: {haqqani: {name: Haqqani Network}}\npresence: [{group: haqqani, in: Kunar}]\n"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f"""<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>"""
)
NOTES = f"""<w:footnotes {NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>Said in Ghor.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
BODY = """
<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Haqqani Network</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The Haqqani Network </w:t></w:r><w:r><w:t>has camps in Khost.</w:t></w:r>
<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> It is absent from Herat.</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">It is active in </w:t></w:r><w:del><w:r><w:delText>Balkh</w:delText></w:r></w:del>
<w:ins><w:r><w:t>Logar</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Province</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>Who</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Paktia</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>Haqqani Network</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>"""


def make_word(body: str = BODY, *, before: str = "", pictures: int = 0, parts: dict[str, str] | None = None) -> bytes:
    """Make a Word file as small as one can be; a picture is never looked at."""
    document = f'{before}<w:document {NAMES} xmlns:r="{RELATED}"><w:body>{body}</w:body></w:document>'
    kinds = "styles", "footnotes"
    related = "".join(f'<Relationship Id="r{k}" Type="{RELATED}/{k}" Target="{k}.xml"/>' for k in kinds)
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{head}<Relationship Id="r1" Type="{RELATED}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": document, "word/_rels/document.xml.rels": f"{head}{related}</Relationships>",
        "word/styles.xml": STYLES, "word/footnotes.xml": NOTES,
        **{f"word/media/{at}.png": "no picture" for at in range(pictures)}, **(parts or {}),
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "presence.yaml").write_text(TABLE, "utf-8")
    return tmp_path


def test_a_word_file_is_drafted_as_its_reader_sees_it(run: Run, desk: Path) -> None:
    (desk / "a.docx").write_bytes(make_word(pictures=60))
    drafted = run("draft", "a.docx", code=0).stdout
    assert '- {group: haqqani, in: [Khost], as_written: "Khost"' in drafted
    assert 'in: [Herat], finding: absent, as_written: "Herat"' in drafted
    assert '- {group: haqqani, in: [Logar], as_written: "Logar"' in drafted
    assert "- {group: haqqani, in: [Paktia]" in drafted
    assert "Balkh" not in drafted
    assert "line 3" in drafted


def test_a_word_file_has_headings_rows_notes_and_a_line_a_paragraph() -> None:
    blocks = parse_document(make_word(), "a.docx", ".docx").blocks
    assert [(each.kind, each.text, each.find_line(0)) for each in blocks[:3]] == [
        ("heading", "Haqqani Network", 1),
        ("paragraph", "The Haqqani Network has camps in Khost. It is absent from Herat.", 2),
        ("paragraph", "It is active in Logar.", 3),
    ]
    assert [each.kind for each in blocks].count("row") == 2
    assert blocks[-1].text == "Said in Ghor."


def test_a_quote_is_looked_for_in_a_word_file() -> None:
    lines, told = parse_lines(make_word(), "a.docx", ".docx")
    assert ("It is active in Logar.", 3) in [(line.text, line.number) for line in lines.lines]
    assert not told


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
NONE = {
    "no Word file": (make_word(parts={}).replace(b"word/document.xml", b"text/document.xml"), "a spreadsheet, a zip"),
    "an entity": (make_word("<w:p/>", before=BOMB), "a Word file that defines entities"),
    "no text": (make_word("<w:p/>"), "a Word file without text"),
    "no XML": (make_word("<w:p>"), "a damaged Word file"),
    "cut short": (make_word()[:-300], "a spreadsheet, a zip or a damaged Word file"),
    "unpacks to too much": (make_word(parts={"word/big.xml": "a" * 30_000_000}), "times its size"),
    "leads out": (make_word(parts={"../out.xml": "a"}), "a part that leads out of it"),
    "many parts": (make_word(pictures=5_001), "a Word file of 5,007 parts; expected at most 5,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_word_file_is_told(name: str) -> None:
    data, says = NONE[name]
    for parse in (parse_document, parse_lines):
        with pytest.raises(TableError) as caught:
            parse(data, "a.docx", ".docx")
        assert says in str(caught.value)


def test_without_mammoth_a_word_file_names_what_is_missing(
    run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    (desk / "a.docx").write_bytes(make_word())
    assert "pip install mammoth" in run("draft", "a.docx", code=1).stderr


def test_what_begins_as_a_zip_and_is_none_is_no_word_file() -> None:
    assert not is_word(b"PK\x03\x04 and so on")
    assert is_word(make_word())
