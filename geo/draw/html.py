"""The door by which a user's text enters a page as markup; the other one is :func:`geo.draw.serialise.dump_json`."""

from __future__ import annotations

import html
from collections.abc import Iterable

__all__ = ["escape", "frame_wide", "is_right_to_left", "say_name", "tag"]

VOID = frozenset({"rect", "circle", "path", "input", "meta", "br", "img"})


def escape(text: str) -> str:
    """Make any text safe as content or quoted attribute of HTML and SVG, also if a template engine reads it.

    Examples
    --------
    >>> escape('<b onclick="x">{{7*7}}')
    '&lt;b onclick=&quot;x&quot;&gt;&#123;&#123;7*7&#125;&#125;'
    """
    return html.escape(text, quote=True).replace("{", "&#123;").replace("}", "&#125;")


def tag(name: str, attributes: dict[str, str] | None = None, *children: str | Iterable[str]) -> str:
    """Build one element; attribute values are escaped here, children are markup already.

    Examples
    --------
    >>> tag("li", {"class": "a&b"}, escape("<x>"), tag("rect", {"width": "1"}))
    '<li class="a&amp;b">&lt;x&gt;<rect width="1"/></li>'
    """
    opening = name + "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
    if name in VOID and not children:
        return f"<{opening}/>"
    inner = "".join(child if isinstance(child, str) else "".join(child) for child in children)
    return f"<{opening}>{inner}</{name}>"


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


def say_name(text: str, lang: str = "") -> str:
    """Return a name that keeps its own direction of writing, and is read out in its language where that is known."""
    right_to_left = {"dir": "rtl"} if is_right_to_left(lang) else {}
    return tag("bdi", {"lang": lang, **right_to_left} if lang else {}, escape(text))


def frame_wide(label: str, content: str) -> str:
    """Return content that may be wider than the page in a frame that scrolls by itself, by keyboard too.

    Parameters
    ----------
    label : str
        Plain text: what the frame holds.
    content : str
        Markup.

    Examples
    --------
    >>> frame_wide("A & B", "<p></p>")
    '<div class="scroll" tabindex="0" role="region" aria-label="A &amp; B"><p></p></div>'
    """
    return tag("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": label}, content)
