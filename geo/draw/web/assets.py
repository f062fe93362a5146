"""Scripts and styles of a page: our own plain files, and Leaflet from its package."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from geo.draw.marks.palette import EDITOR_COLOURS, STYLE_COLOURS

__all__ = [
    "hash_source", "read_editor_script", "read_editor_style", "read_layer_script", "read_layout",
    "read_leaflet_script", "read_leaflet_style", "read_projection",
    "read_script", "read_sheets", "read_style",
]  # fmt: skip

SCRIPTS = ("core.js", "shapes_and_fills.js", "map.js", "arrange.js", "labels.js", "inset.js", "panel.js", "embed.js")
"""What every page has, each using what stands before it; then come those of its kind, and ``app.js`` last."""

EDITOR = ("form.js", "paste.js", "editor.js")
"""What `presence edit` has, each using what stands before it."""

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_RULE = re.compile(r"[^{}]+\{[^{}]*\}")
_CSS_BLANKS = re.compile(r"\s*([{};,])\s*|(: )")
_CSS_OLD = re.compile(r"\s-(?:(?:moz|ms|o)-|webkit-trans)[\w-]+:[^;}]*;")
_UNUSED = re.compile(
    "popup|tooltip|control-layers|control-scale|attribution|marker-shadow|shadow-pane|marker-draggable|div-icon|"
    "crosshair|oldie|vml"
)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_JS_COMMENT = re.compile(r"^//.*\n", re.MULTILINE)
_JS_TEXT = r'"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`'
_JS_OPERATOR = re.compile(rf"({_JS_TEXT})| *([!=]==|[<>]=|[-+*/]=|&&|\|\||\?\?=?|[=?:<>,](?!>)) *")
_JS_BLANKS = re.compile(r"\s*(=>|===|\{)\s*|\s+(?=\})|(?<=[;,(\n])\n+")


@cache
def _read_own(name: str) -> str:
    return files("geo.draw.web").joinpath(name.rpartition(".")[2], name).read_text("utf-8")


@cache
def _read_leaflet(name: str) -> str:
    return files("xstatic.pkg.leaflet").joinpath("data", name).read_text("utf-8")


def read_layout() -> str:
    """Return the body's markup with ``$name`` where a part goes (``string.Template``)."""
    return files("geo.draw.web").joinpath("page.html").read_text("utf-8")


@cache
def read_script(more: tuple[str, ...] = ()) -> str:
    """Return a page's script, with the files that only some pages need: one function, so that no name is global.

    What is left out is blank: a string of our scripts has none beside a brace or an arrow.
    """
    files_in_order = (*SCRIPTS, *(f"kinds/{name}" for name in more), "app.js")
    lines = _JS_COMMENT.sub("", _INDENT.sub("", "\n".join(map(_read_own, files_in_order))))
    lines = "\n".join(map(_close_up, lines.split("\n")))
    lines = _JS_BLANKS.sub(lambda blank: blank[1] or "", lines)
    return f'"use strict";(() => {{\n{lines}}})();'


def _close_up(line: str) -> str:
    """Leave out blanks around operators; a line with an apostrophe, which may begin a text, stays as it is.

    Examples
    --------
    >>> _close_up('a ||= b === c ? "d : e" : `f, ${g}`;')
    'a||=b===c?"d : e":`f, ${g}`;'
    """
    return line if "'" in line else _JS_OPERATOR.sub(lambda found: found[1] or found[2], line)


@cache
def read_editor_script() -> str:
    """Return the script of the page of `presence edit`, which no map has."""
    return '"use strict";(() => {\n' + "\n".join(_read_own(f"editor/{each}") for each in EDITOR) + "})();\n"


@cache
def read_editor_style() -> str:
    """Return its style sheet."""
    colours = "".join(f"--{name}:{colour};" for name, colour in EDITOR_COLOURS.items())
    return f":root {{{colours}}}\n{read_sheets('editor/editor.css')}"


@cache
def read_layer_script() -> str:
    """Return a function of a Leaflet map and of data that draws the units as a plain layer."""
    return _JS_COMMENT.sub("", _read_own("folium_layer.js")).strip()


@cache
def read_projection() -> str:
    """Return a function of a centre, longitude and latitude, that gives a reference system of Leaflet around it."""
    lines = _JS_COMMENT.sub("", _INDENT.sub("", _read_own("projection.js")))
    return _JS_BLANKS.sub(lambda blank: blank[1] or "", lines).strip()


@cache
def read_style(more: tuple[str, ...] = ()) -> str:
    """Return a page's style sheet, one rule a line, without comments and blanks that mean nothing.

    A script may have rules of its own beside it.
    """
    folder = files("geo.draw.web").joinpath("css")
    own = (name.replace(".js", ".css") for name in (*SCRIPTS, *more))
    return read_sheets("page.css", *(name for name in own if folder.joinpath(name).is_file()))


@cache
def read_sheets(*names: str) -> str:
    """Return style sheets of ours by name as one, with the colours that they name."""
    sheets = "".join(map(_read_own, names))
    colours = "".join(f"--{name}:{colour};" for name, colour in STYLE_COLOURS.items() if f"var(--{name})" in sheets)
    sheets = f":root {{{colours}}}\n{sheets}"
    rules = _CSS_BLANKS.sub(lambda blank: blank[1] or ":", _CSS_COMMENT.sub("", sheets))
    return rules.replace(";}", "}").replace("}", "}\n").strip()


@cache
def read_leaflet_script() -> str:
    """Return Leaflet 1.9.3 as packaged, without the address of its source map, which a browser would fetch."""
    return _read_leaflet("leaflet.js").partition("//# sourceMappingURL")[0]


@cache
def read_leaflet_style() -> str:
    """Return Leaflet's style sheet without what would fetch an image, is for browsers of old, or for what we lack."""
    rules = map(_prune, _CSS_RULE.findall(_CSS_COMMENT.sub("", _read_leaflet("leaflet.css"))))
    kept = (rule for rule in rules if "url(" not in rule and "{}" not in rule and not rule.startswith("{"))
    return "\n".join(kept)


def _prune(rule: str) -> str:
    selectors, _, body = _CSS_BLANKS.sub(lambda blank: blank[1] or ":", _CSS_OLD.sub("", rule.strip())).partition("{")
    return ",".join(each for each in selectors.split(",") if not _UNUSED.search(each)) + "{" + body


def hash_source(text: str) -> str:
    """Return a Content-Security-Policy source for an inline script or style.

    Examples
    --------
    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
