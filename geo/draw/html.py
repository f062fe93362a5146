"""Markup by type: a ``str`` is text and is escaped, only `Markup` is markup; text becomes markup in this file alone.

The other door by which a user's text enters a page is :func:`geo.draw.serialise.dump_json`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from string import Template
from typing import Any, NoReturn, Self

import markupsafe

__all__ = [
    "FIGURE", "Cell", "Markup", "chain", "fill_layout", "frame_wide", "is_right_to_left", "say_name", "tag", "tag_row",
    "tag_section", "tag_source", "tag_table", "tell_language",
]  # fmt: skip

VOID = frozenset({"rect", "circle", "path", "input", "meta", "br", "img", "link"})
_LEAVES_SOURCE = re.compile("</(?:script|style)|<!--", re.IGNORECASE)


class Markup(markupsafe.Markup):
    """A text that is markup; what is put beside it is escaped unless it is `Markup` too.

    Braces are escaped as well, since folium reads a page once more as a template.

    Examples
    --------
    >>> Markup.escape('<b onclick="x">{{7*7}}')
    Markup('&lt;b onclick=&quot;x&quot;&gt;&#123;&#123;7*7&#125;&#125;')
    >>> Markup("<br/>") + "<{" + Markup("<br/>")
    Markup('<br/>&lt;&#123;<br/>')
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """Return markup as it is, anything else as text that is safe as content or quoted attribute of HTML and SVG."""
        return s if isinstance(s, cls) else cls(_escape(s))

    def __format__(self, form: str, /) -> NoReturn:
        """Refuse to become part of a plain text, where a reader would see the tags."""
        raise TypeError("markup in an f-string or format() is text: use tag, chain or mark_up")


def _escape(text: object) -> str:
    return html.escape(str(text), quote=True).replace("{", "&#123;").replace("}", "&#125;")


def _write(part: str) -> str:
    return part if isinstance(part, Markup) else _escape(part)


def chain(parts: Iterable[str], between: str = "") -> Markup:
    """Put text and markup one after the other.

    Examples
    --------
    >>> chain(["<x>", tag("b", {}, "y")], " & ")
    Markup('&lt;x&gt; &amp; <b>y</b>')
    """
    return Markup(str.join(_write(between), map(_write, parts)))


def tag(name: str, attributes: Mapping[str, str] | None = None, *children: str | Iterable[str]) -> Markup:
    """Build one element of text and markup; the value of an attribute is text.

    Examples
    --------
    >>> tag("li", {"class": "a&b"}, "<x>", tag("rect", {"width": "1"}))
    Markup('<li class="a&amp;b">&lt;x&gt;<rect width="1"/></li>')
    """
    opening = name + "".join(f' {key}="{_escape(value)}"' for key, value in (attributes or {}).items())
    if name in VOID and not children:
        return Markup(f"<{opening}/>")
    inner = (_write(child) if isinstance(child, str) else "".join(map(_write, child)) for child in children)
    return Markup("".join((f"<{opening}>", *inner, f"</{name}>")))


def tag_source(name: str, source: str, attributes: Mapping[str, str] | None = None) -> Markup:
    """Build a script or a style of ours, in which nothing can be escaped; what would end it early is refused.

    Examples
    --------
    >>> tag_source("script", "1 < 2 && {}")
    Markup('<script>1 < 2 && {}</script>')
    """
    if found := _LEAVES_SOURCE.search(source):
        raise ValueError(f"{found[0]} in the source of a {name}")
    return tag(name, attributes, Markup(source))


def tag_section(anchor: str, heading: str, *children: str | Iterable[str]) -> Markup:
    """Build a section of text that a link can lead to."""
    return tag("section", {"id": anchor, "class": "text"}, tag("h2", {}, heading), *children)


def tag_row(name: str | None, cells: Iterable[Cell], attributes: Mapping[str, str] | None = None) -> Markup:
    """Build a row of a table, headed by a name unless that is None; a cell may come with attributes of its own.

    Examples
    --------
    >>> tag_row("A", ["<x>", ({"class": "figure"}, "1")])
    Markup('<tr><th scope="row">A</th><td>&lt;x&gt;</td><td class="figure">1</td></tr>')
    """
    head = "" if name is None else tag("th", {"scope": "row"}, name)
    pairs = (({}, cell) if isinstance(cell, str) else cell for cell in cells)
    return tag("tr", attributes, head, (tag("td", look, content) for look, content in pairs))


Cell = str | tuple[Mapping[str, str], str]
FIGURE = {"class": "figure"}
"""A cell that holds a figure."""


def tag_table(
    attributes: Mapping[str, str], heads: Iterable[Cell | None], rows: Iterable[Markup], caption: str = ""
) -> Markup:
    """Build a table of heads, if it has any, and rows; a head that is None stands over names of rows.

    One may come with attributes of its own.

    Examples
    --------
    >>> tag_table({"id": "t"}, ["<x>"], [tag_row(None, ["1"])], "C")
    Markup('<table id="t"><caption>C</caption><thead><tr><th scope="col">&lt;x&gt;</th></tr></thead><tbody><tr>...')
    """
    pairs = (each if isinstance(each, tuple | None) else ({}, each) for each in heads)
    head = [tag("td") if each is None else tag("th", {"scope": "col", **each[0]}, each[1]) for each in pairs]
    return tag(
        "table", attributes,
        tag("caption", {}, caption) if caption else "",
        tag("thead", {}, tag("tr", {}, head)) if head else "",
        tag("tbody", {}, rows),
    )  # fmt: skip


def fill_layout(layout: str, texts: Mapping[str, str], parts: Mapping[str, Markup]) -> Markup:
    """Put text and markup into markup of ours with ``$name`` where each goes; an attribute holds text.

    Examples
    --------
    >>> fill_layout('<p title="$a">$b</p>', {"a": "<x>"}, {"b": tag("br")})
    Markup('<p title="&lt;x&gt;"><br/></p>')
    """
    for name, part in parts.items():
        if not isinstance(part, Markup):
            raise TypeError(f"${name} of a layout is {type(part).__name__}, not markup")
    return Markup(Template(layout).substitute({name: _escape(text) for name, text in texts.items()}, **parts))


RIGHT_TO_LEFT = frozenset(
    ("ar", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "pnb", "prs", "ps", "sd", "ug", "ur", "yi")
)
RIGHT_TO_LEFT_SCRIPTS = frozenset(("arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"))


def is_right_to_left(lang: str) -> bool:
    """Tell whether a language tag means a script that is written from the right: by its script, else its language.

    Examples
    --------
    >>> [is_right_to_left(lang) for lang in ("fa", "ps-AF", "uz-Arab", "fa-Latn", "en", "de", "")]
    [True, True, True, False, False, False, False]
    """
    language, *rest = lang.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script in RIGHT_TO_LEFT_SCRIPTS if script else language in RIGHT_TO_LEFT


def tell_language(lang: str) -> dict[str, str]:
    """Return attributes that tell a language and its direction."""
    return {"lang": lang, "dir": "rtl" if is_right_to_left(lang) else "ltr"}


def say_name(text: str, lang: str = "") -> Markup:
    """Return a name that keeps its own direction of writing, and is read out in its language where that is known."""
    right_to_left = {"dir": "rtl"} if is_right_to_left(lang) else {}
    return tag("bdi", {"lang": lang, **right_to_left} if lang else {}, text)


def frame_wide(label: str, content: Markup) -> Markup:
    """Return content that may be wider than the page in a frame that scrolls by itself, by keyboard too.

    ``label`` says what the frame holds.

    Examples
    --------
    >>> frame_wide("A & B", tag("br"))
    Markup('<div class="scroll" tabindex="0" role="region" aria-label="A &amp; B"><br/></div>')
    """
    return tag("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": label}, content)
