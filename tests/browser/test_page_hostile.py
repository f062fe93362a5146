"""Text from a table is shown as text and runs nowhere: not in the browser, not in a template, not in a style."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
import pytest
from playwright.sync_api import Frame, Page, Route

from geo.errors import TableError
from geo.join.presence import Joined

NAMES = ("choropleth", "overlay", "compare", "report")
RUN = "window.__pwned=1"

PAYLOADS = {
    "markup": f'<img src=x onerror="{RUN}"></script><script>{RUN}</script>',
    "comment": f"<!--<script>{RUN}//--></script>",
    "title": f"</title><script>{RUN}</script><plaintext>",
    "style": f"}}</style><script>{RUN}</script> url(https://example.org/x);background:url('//example.org/y')",
    "attribute": f"\"><svg onload={RUN}><a b='c' onfocus={RUN} autofocus tabindex=1>",
    "code": f"javascript:{RUN} ${{{RUN}}} `+({RUN})+` ';{RUN};// \\';{RUN};//",
    "jinja": "{{7*7}}{{ 'HI' ~ 'T' }}{{cycler.__init__.__globals__.os.getpid()}}",
    "jinja-open": "{% raw %} 50 {% of {{ {#",
    "format": "{n} {group} {0} {rest} $map ${headline} $$ $& $1 %s %(a)s \\u003cb\\u003e &lt;i&gt; &#60;",
    "folium-id": "0123456789abcdef0123456789abcdef map_presence",
    "long": "word " * 999 + "words",
    "unbroken": "x" * 5000,
    "letters": "Z" + "\u0334\u0310\u0359" * 60 + "algo گروه تندرو \u200f<b>‏ולא</b>",
}  # fmt: skip
REFUSED = {"bidi": "abc\u202egnp.exe", "isolate": "a\u2066b\u2069", "bell": "a\u0007b", "separator": "a\u2028b"}

FIELDS = (
    "title", "subtitle", "byline", "alt", "level.name", "level.note", "source.title", "source.author",
    "source.publisher", "source.note", "group.name", "group.short", "group.alias", "group.names", "group.note",
    "part_of.note", "strength.counts", "strength.note", "of_which.counts", "of_which.note", "statement.text",
    "statement.note", "record.note", "record.quote", "record.as_written", "record.page", "region.name",
    "region.as_written", "nationwide.note", "unlocated.as_written", "relation.note", "relation.quote",
)  # fmt: skip

EXERCISE = """async () => {
  const tick = () => new Promise((done) => setTimeout(done, 0));
  const texts = [];
  for (const path of document.querySelectorAll("path.unit")) {
    path.dispatchEvent(new PointerEvent("pointermove", { clientX: 300, clientY: 300, bubbles: true }));
    path.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    texts.push(document.getElementById("detail").textContent, document.getElementById("tip").textContent,
      path.getAttribute("aria-label"));
    path.dispatchEvent(new PointerEvent("pointerleave"));
  }
  for (const input of document.querySelectorAll("#switches input")) {
    input.click();
    for (const row of document.querySelectorAll(".legend-row")) row.dispatchEvent(new PointerEvent("pointerenter"));
    texts.push(document.getElementById("legend").textContent, document.getElementById("summary").textContent);
    if (input.type === "checkbox") input.click();
  }
  document.querySelector("#switches input")?.click();
  await tick();
  const body = document.body.cloneNode(true);
  for (const each of body.querySelectorAll("script, style")) each.remove();
  const described = [document.querySelector("meta[name=description]").content,
    document.querySelector("#static svg").getAttribute("aria-label"), document.title];
  const every = [...document.querySelectorAll("*")];
  return {
    texts: [...texts, ...described, body.textContent].join("\\n"),
    detail: texts.join("\\n"),
    pwned: window.__pwned, title: document.title,
    units: document.querySelectorAll("path.unit").length,
    scripts: document.scripts.length, styles: document.querySelectorAll("style").length,
    foreign: every.filter((each) => ["IMG", "IFRAME", "OBJECT", "EMBED", "PLAINTEXT", "B", "I"].includes(each.tagName)
      && !each.closest("#legend, .leaflet-container")).map((each) => each.outerHTML.slice(0, 100)),
    handlers: every.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on")),
    links: every.map((each) => each.getAttribute("href") || "").filter((href) => href && !/^(#|https?:)/.test(href)),
  };
}"""


def make_table(planted: dict[str, str], internal: str | None = None) -> dict[str, Any]:
    """Make a table that fills every text field, some of them with what is planted."""

    def text(field: str) -> str:
        return planted.get(field, f"Words of {field}")

    table = {
        "title": text("title"), "subtitle": text("subtitle"), "byline": text("byline"), "as_of": "2020-06-14",
        "levels": {"low": {"name": text("level.name"), "note": text("level.note"), "rank": 1}, "own": {"name": "Own"}},
        "sources": {
            "s": {
                "title": text("source.title"), "author": text("source.author"), "publisher": text("source.publisher"),
                "note": text("source.note"), "url": "https://example.org/a?b=1", "grade": "B",
            },
            "t": {"title": "Another source"},
        },
        "groups": {
            "a": {
                "name": text("group.name"), "short": text("group.short"), "aliases": [text("group.alias")],
                "names": {"fa": text("group.names")}, "note": text("group.note"),
                "part_of": {"group": "b", "source": "s", "note": text("part_of.note")},
                "strength": [
                    {"best": 5, "counts": text("strength.counts"), "note": text("strength.note"), "source": "s",
                     "of_which": [
                         {"share": {"low": 0.1}, "counts": text("of_which.counts"), "note": text("of_which.note")}
                     ]}
                ],
                "statements": [
                    {"text": text("statement.text"), "about": ["b"], "source": "s", "note": text("statement.note")}
                ],
            },
            "b": {"name": "Second group"},
        },
        "regions": {text("region.name"): ["Herat", "Ghor"]},
        "presence": [
            {"group": ["a", "b"], "in": ["Kabul", "Kunar"], "level": "low", "source": "s", "via": "t",
             "as_written": text("record.as_written"), "note": text("record.note"), "quote": text("record.quote"),
             "page": text("record.page"), "observed": "2020"},
            {"group": "a", "in": ["Kabul"], "level": "own", "finding": "absent", "source": "s"},
            {"group": "a", "region": text("region.name"), "level": "low", "as_written": text("region.as_written")},
            {"group": "a", "nationwide": True, "level": "low", "note": text("nationwide.note")},
            {"group": "a", "unlocated": {"low": 12}, "level": "low", "as_written": text("unlocated.as_written")},
        ],
        "relations": [
            {"between": ["a", "b"], "type": "alliance", "standing": "discussed", "source": "s",
             "note": text("relation.note"), "quote": text("relation.quote")},
        ],
    }  # fmt: skip
    if "alt" in planted:
        table["alt"] = planted["alt"]
    return table if internal is None else add_internal(table, internal)


def add_internal(value: Any, text: str) -> Any:
    """Put the analyst's key on every mapping."""
    if isinstance(value, list):
        return [add_internal(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    return {"internal": text} | {key: add_internal(each, text) for key, each in value.items()}


Join = Callable[..., Joined]
Open = Callable[..., Page]
Draw = Callable[..., folium.Map]


@pytest.fixture(scope="session")
def plant(join: Join) -> Callable[[str], tuple[Joined, dict[str, str]]]:
    """Return a function that puts a payload into every field that takes it; one that the reader refuses is safe."""

    @cache
    def plant_payload(payload: str) -> tuple[Joined, dict[str, str]]:
        planted = {field: f"{payload} [{field}]" for field in FIELDS}
        if not is_read(join, planted):
            planted = {field: text for field, text in planted.items() if is_read(join, {field: text})}
        return join(make_table(planted)), planted

    return plant_payload


def is_read(join: Join, planted: dict[str, str]) -> bool:
    try:
        join(make_table(planted))
    except TableError:
        return False
    return True


def check_page(page: Page | Frame, planted: dict[str, str]) -> None:
    """Use every part of a page, then check that text stayed text."""
    seen = page.evaluate(EXERCISE)
    assert seen["pwned"] is None
    assert seen["units"] == 34
    assert seen["foreign"] == seen["handlers"] == seen["links"] == []
    missing = [field for field, text in planted.items() if text.strip() not in seen["texts"]]
    assert missing == []
    for field in {
        "group.name",
        "record.note",
        "record.quote",
        "record.as_written",
        "region.as_written",
    } & planted.keys():
        assert planted[field] in seen["detail"], f"{field} in the panel"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_every_field_stays_text(
    payload: str,
    name: str,
    plant: Callable[[str], tuple[Joined, dict[str, str]]],
    write_page: Callable[..., Path],
    open_page: Open,
) -> None:
    joined, planted = plant(PAYLOADS[payload])
    assert len(planted) >= len(FIELDS) - 1, "a payload that the reader refuses nearly everywhere tests nothing"
    page = open_page(write_page(name, joined))
    title, headline = page.title(), page.locator("#headline").text_content()
    assert " ".join(title.split()) == " ".join(f"{headline} – {joined.table.title}".split())
    check_page(page, planted)
    assert page.title() == title
    for width in (1280, 380):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("payload", REFUSED)
def test_text_that_cannot_be_shown_safely_is_refused(payload: str, join: Join) -> None:
    assert [field for field in FIELDS if is_read(join, {field: REFUSED[payload]})] == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://a", 'https://a/"x', "//a", "ftp://a"]
)
def test_an_address_that_is_no_web_address_is_refused(address: str, join: Join) -> None:
    table = make_table({})
    table["sources"]["s"]["url"] = address
    with pytest.raises(TableError):
        join(table)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes: what a text must not change."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.scripts: list[str] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, [name for name, _ in attrs]))
        self._within = f"{tag} {dict(attrs).get('type')}"

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(tag)
        self._within = ""

    def handle_comment(self, data: str) -> None:
        self.parts.append(data)

    def handle_data(self, data: str) -> None:
        if self._within in ("script None", "style None"):
            self.scripts.append(data)


def read_skeleton(source: str) -> Skeleton:
    found = Skeleton()
    found.feed(source)
    found.close()
    return found


@pytest.mark.parametrize("name", [name for name in NAMES if name != "report"])
def test_no_field_changes_the_elements_of_the_page(name: str, join: Join, draw: Draw) -> None:
    """One field after the other holds everything at once.

    Not in the report, whose diagram of ties wraps names into as many lines as they need.
    """
    everything = " ".join(text for kind, text in PAYLOADS.items() if kind not in ("long", "unbroken", "letters"))
    before = read_skeleton(draw(name, join(make_table({}))).get_root().render())
    for field in FIELDS:
        after = read_skeleton(draw(name, join(make_table({field: everything}))).get_root().render())
        assert after.parts == before.parts, field
        assert after.scripts == before.scripts, field


def test_the_skeleton_sees_a_change() -> None:
    assert read_skeleton("<p>a</p>").parts == read_skeleton("<p>b</p>").parts
    assert read_skeleton("<p>a<br></p>").parts != read_skeleton("<p>a</p>").parts
    assert read_skeleton("<p onclick=a>").parts != read_skeleton("<p>").parts
    assert read_skeleton("<script>a</script>").scripts == ["a"]


@pytest.fixture(scope="module")
def everything(join: Join) -> tuple[Joined, dict[str, str]]:
    """Join a table in which every field holds all payloads."""
    text = " ".join(text for kind, text in PAYLOADS.items() if kind not in ("long", "unbroken"))
    planted = {field: f"{text} [{field}]" for field in FIELDS}
    return join(make_table(planted)), planted


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_map_is_as_safe(
    name: str, everything: tuple[Joined, dict[str, str]], draw: Draw, tmp_path: Path, open_page: Open
) -> None:
    joined, planted = everything
    path = tmp_path / "saved.html"
    draw(name, joined).save(str(path))
    check_page(open_page(path), planted)


@pytest.mark.parametrize("name", NAMES)
def test_a_map_in_a_notebook_is_as_safe(
    name: str, everything: tuple[Joined, dict[str, str]], draw: Draw, tmp_path: Path, open_page: Open
) -> None:
    joined, planted = everything
    host = tmp_path / "host.html"
    host.write_text(f"<!DOCTYPE html><title>Host</title>{draw(name, joined)._repr_html_()}", encoding="utf-8")
    page = open_page(host)
    frame = page.frames[1]
    frame.wait_for_selector("path.unit")
    check_page(frame, planted)
    assert page.evaluate("window.__pwned") is None
    assert page.title() == "Host"


@pytest.mark.parametrize("name", NAMES)
def test_a_map_with_foliums_own_assets_is_as_safe(
    name: str,
    everything: tuple[Joined, dict[str, str]],
    write_page: Callable[..., Path],
    open_page: Open,
    tmp_path: Path,
) -> None:
    """No policy guards this page, and only Leaflet reaches it."""
    joined, planted = everything
    path = write_page(name, joined, standalone=False)
    assert "Content-Security-Policy" not in path.read_text("utf-8")
    blank = tmp_path / "blank.html"
    blank.write_text("<title>Blank</title>", encoding="utf-8")
    page = open_page(blank, known="^request (https://|file:)|^console Failed to load resource|^error (L|jQuery|\\$) ")
    page.route("https://**/*", give_leaflet)
    page.goto(path.as_uri())
    page.wait_for_selector(".live path.unit", state="attached")
    check_page(page, planted)


def give_leaflet(route: Route) -> None:
    if route.request.url.endswith("/leaflet.js"):
        leaflet = files("xstatic.pkg.leaflet").joinpath("data", "leaflet.js").read_text("utf-8")
        route.fulfill(body=leaflet.partition("//# sourceMappingURL")[0], content_type="text/javascript")
    else:
        route.abort()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_internal_stays_inside(name: str, join: Join, draw: Draw) -> None:
    secret = "Zq7secret"
    told = draw(name, join(make_table({"alt": "A"}, internal=f"call {secret} <b>{secret}</b>"))).get_root().render()
    assert secret not in told
    assert "internal" not in html.unescape(told).lower().replace("internals", "")
    untold = draw(name, join(make_table({"alt": "A"}))).get_root().render()
    assert told == untold, "not even the hash knows"
