"""What the site takes from elsewhere: documents of the root, links between them, and the reference made from code."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.made.commands import write_commands
from docs.made.interface import write_classes, write_interface
from docs.made.table_format import write_format

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["PAGES", "mend_markup", "setup", "take_sources", "turn_links"]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = {
    "README.md": "index",
    "SECURITY.md": "security",
    "CONTRIBUTING.md": "contributing",
    "CHANGELOG.md": "changes",
    "shapefiles/README.md": "boundaries",
    "benchmarks/README.md": "benchmarks",
}
"""Documents that stand where people look for them, and the page of the site that shows each."""

WRITERS = {
    "commands": write_commands,
    "table format": write_format,
    "interface": write_interface,
    "classes": write_classes,
}
PLACE = re.compile(r"^<!-- made from code: ([a-z ]+) -->$", re.MULTILINE)
UNWRAPPED = re.compile(r'(<div class="highlight-none[^>]*>\s*<div class="highlight">)<pre>')
"""A block whose lines keep their length: a drawing made of signs."""

LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def turn_links(text: str, folder: Path) -> str:
    """Let links that are right in the folder of a document be right on the site.

    Parameters
    ----------
    text : str
        A document in Markdown.
    folder : Path
        Where it stands.

    Returns
    -------
    str
        The same; a link to a document of the root leads to its page.

    Examples
    --------
    >>> turn_links("[a](docs/trust.md#mutants), [b](SECURITY.md), [c](#here)", ROOT)
    '[a](trust.md#mutants), [b](security.md), [c](#here)'
    """

    def turn(link: re.Match[str]) -> str:
        there = Path(os.path.normpath(folder / link[1]))
        page = PAGES.get(there.relative_to(ROOT).as_posix())
        return f"]({f'{page}.md' if page else Path(os.path.relpath(there, DOCS)).as_posix()}{link[2] or ''})"

    return LINK.sub(turn, text)


def take_sources(text: str, page: str) -> str:
    """Give the whole text of a page: a document of the root for its page, and what is made from code in its place.

    Parameters
    ----------
    text : str
        What stands in the file of the page.
    page : str
        Its name.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> take_sources("See [SECURITY.md](../SECURITY.md).", "security").splitlines()[0]
    '# Security'
    """
    document = next((name for name, of in PAGES.items() if of == page and page != "index"), None)
    if document:
        text = (ROOT / document).read_text("utf-8")
    made = turn_links(text, (ROOT / (document or "docs/index.md")).parent)
    return PLACE.sub(lambda place: WRITERS[place[1]](), made)


def mend_markup(html: str) -> str:
    """Let headings of the menu have a rank, and what can be scrolled be reached with Tab.

    Parameters
    ----------
    html : str
        A part of a page as Sphinx makes it.

    Returns
    -------
    str

    Examples
    --------
    >>> mend_markup('<p class="caption" role="heading">')
    '<p class="caption" role="heading" aria-level="2">'
    """
    html = html.replace('class="caption" role="heading"', 'class="caption" role="heading" aria-level="2"')
    html = html.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    return UNWRAPPED.sub(r'\1<pre tabindex="0">', html)


def setup(app: Sphinx) -> dict[str, bool]:
    """Hear of every page that Sphinx reads."""

    def take(_app: Sphinx, page: str, source: list[str]) -> None:
        source[0] = take_sources(source[0], page)

    def open_to_keys(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
        for part in {"body", "furo_navigation_tree"} & context.keys():
            context[part] = mend_markup(context[part])

    app.connect("source-read", take)
    app.connect("html-page-context", open_to_keys, priority=900)  # after the theme
    return {"parallel_read_safe": True, "parallel_write_safe": True}
