"""The page of the editor: its frame for the map, its places for lists and forms, and what its script is told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.draw.html import Markup, chain, tag, tag_source, tell_language
from geo.draw.serialise import dump_json
from geo.draw.web.assets import read_editor_script, read_editor_style
from geo.draw.wording.catalogue import LANGUAGES, Catalogue, read_catalogue
from geo.model import UnitNoun

__all__ = ["POLICY", "draw_editor", "list_files"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No script stands in the page; the map brings a policy of its own, by hash."""

COMMAND = "presence edit"
PARTS = ("presence", "groups", "sources", "levels", "relations", "regions", "head")


def draw_editor(phrases: Catalogue, file: str, known: Mapping[str, Any]) -> Markup:
    """Draw the page in a language; ``known`` are the schema of a table and the names of units and regions.

    Examples
    --------
    >>> page = draw_editor(read_catalogue("en"), "<b>.yaml", {})
    >>> "&lt;b&gt;.yaml" in page, "<b>" in page, 'src="/editor.js"' in page
    (True, False, True)
    """
    say = phrases.say
    words = {key.partition(".")[2]: text for key, text in _fill(phrases).items() if key.startswith("edit.")}
    fields = {key.partition(".")[2]: text for key, text in _fill(phrases).items() if key.startswith("edit_field.")}
    block = {**known, "words": words, "fields": fields, "file": file, "language": phrases.language}
    links = [
        tag("a", {"href": f"/{each}", "hreflang": each, "lang": each}, read_catalogue(each).say("edit", "language"))
        for each in LANGUAGES
        if each != phrases.language
    ]
    tools = [_draw_tool(name, say("edit", name)) for name in ("undo", "redo")]
    tools.append(
        tag("button", {"type": "button", "id": "save", "class": "primary", "disabled": ""}, say("edit", "save"))
    )
    parts = [tag("button", {"type": "button", "data-part": each}, say("edit", f"part_{each}")) for each in PARTS]
    parts.append(tag("button", {"type": "button", "id": "text-shown"}, say("edit", "part_text")))
    parts.append(tag("button", {"type": "button", "id": "problems-shown"}, say("edit", "problems")))
    title = (
        tag("h1", {}, say("edit", "heading"), " ", tag("bdi", {"dir": "ltr"}, file)),
        tag("span", {"id": "state"}, ""),
    )
    begins = tag("p", {"id": "map-told", "role": "status"}, say("edit", "map_begins"))
    body = (
        tag("header", {}, title, tag("div", {"class": "tools"}, tools)),
        tag("p", {"id": "status", "role": "status"}, ""),
        tag(
            "main", {},
            tag("section", {"id": "map", "aria-label": say("edit", "map")}, begins),
            tag(
                "section", {"id": "side", "aria-label": say("edit", "side")},
                tag("nav", {"aria-label": say("edit", "parts")}, parts),
                tag("div", {"id": "panel"}, tag("h2", {"id": "panel-heading"}, say("edit", "loading"))),
            ),
        ),
        tag("footer", {}, say("edit", "foot"), links),
        *(tag("datalist", {"id": f"names-{each}"}, "") for each in ("unit", "region")),
        tag_source("script", dump_json(block), {"type": "application/json", "id": "edit-data"}),
        tag("script", {"src": "/editor.js"}, ""),
    )  # fmt: skip
    head = (
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("title", {}, file),
        tag("link", {"rel": "stylesheet", "href": "/editor.css"}),
        tag("link", {"rel": "icon", "href": "data:,"}),
    )
    page = tag("html", tell_language(phrases.language), tag("head", {}, head), tag("body", {}, body))
    return chain([Markup("<!DOCTYPE html>\n"), page, "\n"])


def list_files(
    language: str, file: str, known: Mapping[str, Any], nouns: Mapping[str, UnitNoun]
) -> dict[str, tuple[str, str, bytes]]:
    """List what the server hands out, by address: each with its kind and policy; the page is there in every language.

    ``nouns`` is what units are called, by language.
    """
    pages = {each: draw_editor(read_catalogue(each).about(nouns[each]), file, known).encode() for each in LANGUAGES}
    html, none = "text/html; charset=utf-8", "default-src 'none'"
    files = {f"/{each}": (html, POLICY, page) for each, page in pages.items()}
    files["/"] = (html, POLICY, pages[language])
    files["/editor.js"] = ("text/javascript; charset=utf-8", none, read_editor_script().encode())
    files["/editor.css"] = ("text/css; charset=utf-8", none, read_editor_style().encode())
    return files


def _draw_tool(name: str, text: str) -> Markup:
    return tag("button", {"type": "button", "id": name, "disabled": ""}, text)


def _fill(phrases: Catalogue) -> dict[str, str]:
    """Give all phrases that are one text, with what units are called."""
    return {
        key: phrases.noun.fill(text, command=COMMAND) for key, text in phrases.texts.items() if isinstance(text, str)
    }
