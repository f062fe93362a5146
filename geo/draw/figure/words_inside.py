"""What a file of a figure says about itself: title, alternative text, language and credit, in SVG, PNG and PDF.

They stay with the picture where nobody writes an ``alt`` for it: in Word, in a slide, in a library of pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from PIL.PngImagePlugin import PngInfo

from geo.draw.figure.fonts import clean_text
from geo.draw.html import Markup, chain, tag

__all__ = ["FigureWords", "describe_svg", "make_chunks", "tag_pdf"]

XMP = {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
PACKET = Markup('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'), Markup('<?xpacket end="r"?>')

SVG_HEAD = re.compile(r"(<svg [^>]*)>(?:\s*<title>.*?</title>)?", re.DOTALL)
ROOT = re.compile(rb"trailer\n<< /Size (\d+) /Root (\d+) 0 R ([^>]*)>>\nstartxref\n(\d+)\n%%EOF\n$")
CATALOG = rb"\n%d 0 obj\n<< /Type /Catalog ([^>]*)>>\nendobj\n"
PAGE = re.compile(rb"\n(\d+) 0 obj\n<< /Type /Page (.*?)/Contents (\d+) 0 R(.*?)>>\nendobj\n", re.DOTALL)


@dataclass(frozen=True)
class FigureWords:
    """What is said of a figure: ``author`` and ``credit`` may be unknown, ``deck`` is what stands below the title."""

    title: str
    description: str = ""
    language: str = "en"
    author: str = ""
    credit: str = ""
    deck: str = ""

    def clean(self) -> FigureWords:
        """Return the same without what no file may hold."""
        each = self.title, self.description, self.language, self.author, self.credit, self.deck
        return FigureWords(*map(clean_text, each))


def describe_svg(svg: bytes, words: FigureWords) -> bytes:
    """Put title and description first into an SVG, which is read out as one picture.

    Their ids are made of them, so that several figures may stand in one page.
    """
    mark = sha256(f"{words.title}\n{words.description}".encode()).hexdigest()[:8]
    ids = {"title": f"title-{mark}", "desc": f"desc-{mark}"}
    said = [("title", words.title), ("desc", words.description)]
    head = tag("svg", {"role": "img", "aria-labelledby": " ".join(ids.values()), "xml:lang": words.language})
    attributes = str(head).removeprefix("<svg").removesuffix("></svg>")
    inside = str(chain((tag(name, {"id": ids[name]}, text) for name, text in said), "\n "))
    return SVG_HEAD.sub(lambda found: f"{found[1]}{attributes}>\n {inside}", svg.decode(), count=1).encode()


def make_chunks(words: FigureWords) -> PngInfo:
    """Make a PNG's ``iTXt`` chunks, in UTF-8: those of the format, and XMP, which systems for pictures read."""
    chunks = PngInfo()
    texts = {"Title": words.title, "Description": words.description, "Author": words.author, "Copyright": words.credit}
    for key, text in texts.items():
        if text:
            chunks.add_itxt(key, text, words.language, key)
    chunks.add_itxt("XML:com.adobe.xmp", str(chain([PACKET[0], _write_xmp(words), PACKET[1]], "\n")))
    return chunks


def _write_xmp(words: FigureWords) -> Markup:
    def write(name: str, text: str) -> Markup:
        said = tag("rdf:li", {"xml:lang": "x-default"}, text)
        return tag(name, {}, tag("rdf:Alt", {}, said)) if text else Markup("")

    creator = tag("dc:creator", {}, tag("rdf:Seq", {}, tag("rdf:li", {}, words.author))) if words.author else ""
    about = tag(
        "rdf:Description", {"rdf:about": ""},
        write("dc:title", words.title), write("dc:description", words.description), creator,
        write("dc:rights", words.credit),
        tag("dc:language", {}, tag("rdf:Bag", {}, tag("rdf:li", {}, words.language))),
        write("iptc:AltTextAccessibility", words.description),
    )  # fmt: skip
    return tag("x:xmpmeta", {"xmlns:x": "adobe:ns:meta/"}, tag("rdf:RDF", XMP, about))


def tag_pdf(pdf: bytes, words: FigureWords) -> bytes:
    """Append to a PDF of one page what makes it a tagged one: its language, and a figure with its alternative text.

    The format provides for that (an incremental update): the objects that change stand again after the end, and a
    second table of places goes before the first.
    """
    end, page = ROOT.search(pdf), PAGE.search(pdf)
    catalog = re.search(CATALOG % int(end[2]), pdf) if end else None
    if not end or not page or not catalog:
        raise ValueError("no PDF as matplotlib writes it")
    size, root, number = int(end[1]), int(end[2]), int(page[1])
    first, last, tree, document, figure = range(size, size + 5)
    language, said = _write_text(words.language), _write_text(words.description)
    objects = {
        root: b"<< /Type /Catalog %s/Lang %s /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R "
        b"/ViewerPreferences << /DisplayDocTitle true >> >>" % (catalog[1], language, tree),
        number: b"<< /Type /Page %s/Contents [ %d 0 R %d 0 R %d 0 R ] /StructParents 0 /Tabs /S%s>>"
        % (page[2], first, int(page[3]), last, page[4]),
        first: _write_stream(b"/Figure << /MCID 0 >> BDC"),
        last: _write_stream(b"EMC"),
        tree: b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree << /Nums [ 0 [ %d 0 R ] ] >> /ParentTreeNextKey 1 >>"
        % (document, figure),
        document: b"<< /Type /StructElem /S /Document /P %d 0 R /K %d 0 R >>" % (tree, figure),
        figure: b"<< /Type /StructElem /S /Figure /P %d 0 R /Pg %d 0 R /K 0 /Alt %s /Lang %s >>"
        % (document, number, said, language),
    }
    written, places = bytearray(pdf), {}
    for key, content in objects.items():
        places[key] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (key, content)
    start = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(_list_places(sorted(places.items())))
    rest = b"%s/Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (end[3], int(end[4]), start)
    written += b"trailer\n<< /Size %d /Root %d 0 R %s" % (size + 5, root, rest)
    return bytes(written)


def _list_places(places: Iterable[tuple[int, int]]) -> Iterable[bytes]:
    return (b"%d 1\n%010d 00000 n \n" % place for place in places)


def _write_stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _write_text(text: str) -> bytes:
    """Write a text of any script; in hexadecimal figures none of its letters can end it."""
    return b"<%s>" % ("\ufeff" + text).encode("utf-16-be").hex().upper().encode()
