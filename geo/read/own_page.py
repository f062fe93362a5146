"""One of our own pages is read again: what it is called, what it shows, and in which language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from reprlib import repr as shorten
from typing import Any, NoReturn

from geo.errors import PresenceError, Problem
from geo.regular_files import IrregularError, LargeError, read_regular

__all__ = ["BLOCK", "VERSIONS", "EmbeddedPage", "parse_page", "read_page"]

LARGEST_PAGE = 500_000_000
BLOCK = "presence-data"
"""The id of the data block, which every page of ours has, and hardly another one."""
VERSIONS = (1, 2)
"""Versions of the data block that are known here."""

OURS = "a map of 'presence build', as maps/overlay.html"


@dataclass(frozen=True)
class EmbeddedPage:
    """What a page around one of our maps needs to know of it; texts are plain."""

    title: str
    """That of the page."""
    description: str
    """Its map in words."""
    version: int
    """That of the data block."""
    view: str = ""
    """What the page opens with; empty where its data do not say."""
    lang: str = ""
    """Tag of its language; empty where it does not say."""
    is_tabbed: bool = False
    """Whether it is a report, which opens with one of its maps."""
    block: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Its data, of which nothing but the version was checked."""


class _Reader(HTMLParser):
    """Collects the first title, the description, the data block, the language and the class of the body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "meta" and known.get("name") == "description":
            self.found.setdefault("description", known.get("content") or "")
        if tag in ("html", "body"):
            self.found.setdefault(tag, known.get("lang" if tag == "html" else "class") or "")
        wanted = "title" if tag == "title" else "data" if (tag, known.get("id")) == ("script", BLOCK) else ""
        self._inside = "" if wanted in self.found else wanted

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[self._inside] = self.found.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # html.parser's signature
        self._inside = ""


def parse_page(text: str, source: str) -> EmbeddedPage:
    """Find title, description, language and data in the text of a page; ``source`` is its name, for messages.

    If it is none of our pages, or of a version that is not known here, that is a `PresenceError`.

    Examples
    --------
    >>> data = '<script type="application/json" id="presence-data">{"version":1}</script>'
    >>> parse_page('<title>A &amp; B</title><meta name="description" content="Where.">' + data, "a.html")
    EmbeddedPage(title='A & B', description='Where.', version=1, view='', lang='', is_tabbed=False)
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # older versions of html.parser, on "<![" before a name they do not know
        _stop(source, "this is not one of our maps: its markup is damaged")
    found = reader.found
    block = _read_data(found.get("data", ""), source)
    title, description = (" ".join(found.get(part, "").split()) for part in ("title", "description"))
    if not title:
        _stop(source, "the page has no title")
    view = block.get("view")
    return EmbeddedPage(
        title,
        description,
        block["version"],
        view if isinstance(view, str) else "",
        found.get("html", ""),
        "tabbed" in found.get("body", "").split(),
        block,
    )


def read_page(path: Path) -> tuple[EmbeddedPage, bytes]:
    """Read a page and its bytes, with the errors of `parse_page` and those of a file that cannot be read.

    Examples
    --------
    >>> read_page(Path("no.html"))
    Traceback (most recent call last):
    geo.errors.PresenceError: no.html: there is no such file; expected a map of 'presence build', as maps/overlay.html
    """
    source = str(path)
    try:
        data = read_regular(path, LARGEST_PAGE)
        return parse_page(data.decode(), source), data
    except IrregularError as error:
        _stop(source, error.found)
    except LargeError:
        _stop(source, f"the file is larger than {LARGEST_PAGE // 1_000_000} MB, which no map is")
    except FileNotFoundError:
        _stop(source, "there is no such file")
    except UnicodeDecodeError:
        _stop(source, "the file is not UTF-8 text")
    except (OSError, ValueError) as error:
        _stop(source, f"the file cannot be read: {getattr(error, 'strerror', None) or 'not a path'}")


def _read_data(data: str, source: str) -> dict[str, Any]:
    if not data:
        _stop(source, f"this is not one of our maps: it has no script#{BLOCK}")
    try:
        block = json.loads(data)
    except (ValueError, RecursionError):
        _stop(source, f"the data of the map (script#{BLOCK}) are damaged")
    version = block.get("version") if isinstance(block, dict) else None
    if type(version) is not int or version not in VERSIONS:
        known = ", ".join(map(str, VERSIONS))
        found = f"version {shorten(version)} of the map's data is not known"
        _stop(source, found, f"one of the versions {known}: build the map again")
    return dict(block)


def _stop(source: str, found: str, expected: str = OURS) -> NoReturn:
    raise PresenceError([Problem(source, found, expected)]) from None
