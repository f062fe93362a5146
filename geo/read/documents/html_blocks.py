"""A web page becomes blocks: what its reader sees, without scripts and styles."""

from __future__ import annotations

from html.parser import HTMLParser

from geo.read.documents.blocks import Block, join_lines
from geo.read.documents.text_blocks import make_row

__all__ = ["split_html"]

HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
        "nav",
        "title",
    ]
)
BREAKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "main",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "hr",
        "body",
        "html",
        "form",
        "address",
        "details",
        "summary",
    ]
)
ITEMS = frozenset(("li", "dd", "dt"))
VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track", "param"]
)


class _Reader(HTMLParser):
    """Gathers text until an element begins or ends that stands by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.parts: list[tuple[int, str]] = []
        self.kind, self.depth, self.hidden = "paragraph", 0, 0
        self.hidden_by = ""
        self.cells: list[str] | None = None
        self.head: tuple[str, ...] = ()
        self.is_head = False
        self.row_line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden:
            self.hidden += tag == self.hidden_by
            return
        if tag in HIDDEN or (any(name == "hidden" for name, _ in attrs) and tag not in VOID):
            self.hidden, self.hidden_by = 1, tag
            return
        if tag == "br":
            self.parts.append((self.getpos()[0], " "))
        elif tag in BREAKS:
            self._close()
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag == "table":
            self.head = ()
        elif tag == "tr":
            self.cells, self.is_head, self.row_line = [], True, self.getpos()[0]
        elif tag in ("td", "th"):
            self.is_head &= tag == "th"
        elif tag[0] == "h" and tag[1:].isdigit():
            self.kind, self.depth = "heading", int(tag[1:])
        elif tag in ITEMS:
            self.kind = "item"

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= tag == self.hidden_by
            return
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append("".join(text for _, text in self.parts))
            self.parts = []
        elif tag == "tr" and self.cells is not None:
            self._close_row()
        elif tag in BREAKS:
            self._close()

    def _close_row(self) -> None:
        cells, self.cells, self.parts = self.cells or [], None, []
        if self.is_head and cells and not self.head:
            self.head = tuple(" ".join(cell.split()) for cell in cells)
        elif any(cell.strip() for cell in cells):
            self.blocks.append(make_row(cells, self.row_line, None, self.head))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            line = self.getpos()[0]
            self.parts += [(line + at, part) for at, part in enumerate(data.split("\n"))]

    def _close(self) -> None:
        if self.cells is not None:
            self.parts.append((self.getpos()[0], " "))
            return
        block = _join(self.kind, self.parts, self.depth)
        if block.text:
            self.blocks.append(block)
        self.parts, self.kind, self.depth = [], "paragraph", 0

    def close(self) -> None:
        super().close()
        self._close()


def _join(kind: str, parts: list[tuple[int, str]], depth: int) -> Block:
    """Join parts of a line as they stand, and lines by blanks."""
    lines: list[tuple[int, str]] = []
    for number, text in parts:
        if lines and lines[-1][0] == number:
            lines[-1] = (number, lines[-1][1] + text)
        else:
            lines.append((number, text))
    return join_lines(kind, lines, None, depth)


def split_html(text: str) -> list[Block]:
    """Part a page into what its reader sees.

    Examples
    --------
    >>> [(each.kind, each.text) for each in split_html("<h2>Kunar</h2><p>The <b>Reds</b>.</p><script>x</script>")]
    [('heading', 'Kunar'), ('paragraph', 'The Reds.')]
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # older versions of html.parser, on "<![" before a name they do not know
        reader._close()
    return reader.blocks
