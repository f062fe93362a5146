"""Every page in every state that can be reached, checked by axe: no rule of WCAG 2.2 AA or good practice is broken."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import geo
from geo.api import MAPS, render_maps
from geo.errors import TableError
from geo.join.overlap import list_comparable
from geo.join.timeline import find_steps
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.browser.views import choose_view, list_views
from tests.browser.waiting import wait_until
from tests.daily import IS_WHOLE, choose, takes_long

Open = Callable[..., Page]
CODES = tuple(read_gazetteer().units)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([within, runOnly, enabled]) => {
  const options = { runOnly, rules: { "color-contrast": { enabled } }, resultTypes: ["violations"] };
  const found = await axe.run(within, options);
  return found.violations.map((each) => [each.id, each.nodes.map((node) => node.target.join(" ")).slice(0, 3)]);
}"""
# Also what is not drawn before one scrolls to it; of a report all tabs at once.
SHOW_ALL = """() => {
  document.body.classList.remove("tabbed");
  for (const each of document.querySelectorAll(".text")) each.style.contentVisibility = "visible";
}"""
HOSTILE = '<img src=x onerror="window.__pwned=1">{{7*7}}" گروه\u0300 ' + "word" * 60

PAGE, MAP = "html", "#view"
STYLES = [path.read_text("utf-8") for path in sorted(Path(geo.__file__).parent.glob("draw/web/css/*.css"))]
NARROW = [block for style in STYLES for block in re.findall(r"@media [^{]*width[^{]*\{(.*?)^\}", style, re.S | re.M)]
COLOURING = re.compile(r"[{;\s]((?:[a-z-]*-)?color|background[a-z-]*|opacity|fill[a-z-]*|filter|stroke)\s*:")


def find_violations(page: Page, within: str = PAGE, *, contrast: bool = True) -> list[Any]:
    """Ask axe; contrast is most of its work, and of a width that changes no colour it is known from another width."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(RUN, [within, RULES, contrast or IS_WHOLE])
    return found


def click(page: Page, chosen: str) -> bool:
    """Click the first of what a page has; tell whether it has it."""
    found = page.locator(chosen)
    if found.count():
        found.first.evaluate("(each) => each.click()")
    return found.count() > 0


def visit(page: Page) -> Iterator[tuple[str, str]]:
    """Lead a page from state to state; give each a name and the part of the page that it changes."""
    for view in list_views(page):
        choose_view(page, view)
        yield f"view {view}", MAP
    click(page, 'input[value="overlay"]')
    page.evaluate("location.hash = '#unit=AF-KAB'")
    page.wait_for_selector("#detail h2")
    yield "province", MAP
    page.keyboard.press("Escape")
    while click(page, "[data-group]:checked"):
        pass
    yield "no group", MAP
    if click(page, "#narrow summary"):
        page.locator("#narrow select").last.select_option(index=1)
        yield "filter", MAP
        click(page, "#narrow button")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    click(page, "#copy-link")
    page.wait_for_selector("#link:not([hidden])")
    yield "link", ".tools"
    yield from visit_comparison(page)
    yield from visit_tabs(page)


def visit_comparison(page: Page) -> Iterator[tuple[str, str]]:
    if click(page, "#matrix button"):
        page.locator("[data-compare='2']").select_option(index=3)
        click(page, "#combinations button")
        yield "combination", "#compare"


def visit_tabs(page: Page) -> Iterator[tuple[str, str]]:
    if not page.locator("body.tabbed").count():
        return
    for tab in page.locator("nav a").evaluate_all("(all) => all.map((each) => each.getAttribute('href'))"):
        click(page, f'nav a[href="{tab}"]')
        page.wait_for_selector(f'nav a[href="{tab}"][aria-current]')
        yield f"tab {tab}", "nav, main > section:not(.away)"
    click(page, 'nav a[href="#table"]')
    click(page, "#units thead button")
    page.locator("#filter-text").fill("no such thing")
    page.wait_for_selector("#units:not(:has(tbody:not([hidden])))", state="attached")
    yield "no hit", "#table"


STATES = {
    "choropleth": {"filter", "view count", "view level:haqqani", "view level:isis-k", "view level:let"},
    "overlay": {"filter"},
    "compare": {"combination"},
    "report": {"view overlay", "view count", "view compare", "view level:haqqani", "view level:isis-k",
               "view level:let", "filter", "combination", "no hit", "tab #view", "tab #compare", "tab #multiples",
               "tab #table", "tab #groups-and-ties", "tab #evidence", "tab #about"},
}  # fmt: skip
"""What is reached beside "province", "no group" and "link"; of a map that is not known here anything is."""


@pytest.fixture(scope="module")
def maps(pages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give every map that can be built, those that other tests do not know included."""
    made = tmp_path_factory.mktemp("maps")
    others = [name for name in MAPS if name not in pages]
    table = Path(__file__).parents[2] / "presence.yaml"
    for name, page in render_maps(table, others).pages.items() if others else ():
        (made / f"{name}.html").write_bytes(page)
    return {name: pages.get(name, made / f"{name}.html") for name in MAPS}


# The report has every section of the others: it stands for them on most runs, also narrow. It has every state too, of
# which most runs visit those of a page of fewer.
SEEN = ("report", *(name for name in MAPS if name != "report"))


@pytest.mark.parametrize(
    ("name", "width"),
    choose(itertools.product(["compare", *(name for name in SEEN if name != "compare")], (1280, 320)), 1),
)
def test_axe_finds_nothing_in_any_state(name: str, width: int, maps: dict[str, Path], open_page: Open) -> None:
    page = open_page(maps[name], width=width)
    found, seen = {}, set()
    for state, part in visit(page):
        # Contrast is looked at on the whole page below, and in each state in the whole.
        found[state] = find_violations(page, part, contrast=False)
        seen.add(state)
    assert {state: each for state, each in found.items() if each} == {}
    assert seen == STATES.get(name, seen) | {"province", "no group", "link"}


@pytest.mark.parametrize("name", choose(SEEN, 1))
def test_axe_finds_nothing_on_the_whole_page_also_in_forced_colours_and_narrow(
    name: str, maps: dict[str, Path], open_page: Open
) -> None:
    page = open_page(maps[name], "unit=AF-KAB")
    page.emulate_media(forced_colors="active")
    assert find_violations(page, MAP) == []
    page.emulate_media(forced_colors="null")
    page.evaluate(SHOW_ALL)
    assert find_violations(page) == []
    if name in ("report", "timeline"):
        page.set_viewport_size({"width": 320, "height": 900})
        wait_until(page, "() => document.documentElement.clientWidth === 320")
        assert find_violations(page, contrast=False) == []


@pytest.mark.parametrize("block", NARROW)
def test_no_colour_depends_on_the_width(block: str) -> None:
    """So contrast is looked at in one width on most runs."""
    assert COLOURING.findall(block) == []


def test_a_colour_that_depends_on_the_width_would_be_seen() -> None:
    assert len(NARROW) > 1
    assert COLOURING.findall("a { color: #fff; } b { border-top: 0; background: none; opacity: .5; fill: red }") == [
        "color", "background", "opacity", "fill",
    ]  # fmt: skip


@takes_long
@pytest.mark.parametrize("name", SEEN)
def test_axe_finds_nothing_without_script(name: str, maps: dict[str, Path], open_page: Open, tmp_path: Path) -> None:
    """Axe itself is a script, so the page's own ones are put out of action."""
    still = tmp_path / "still.html"
    source = maps[name].read_text("utf-8").replace("<script>", '<script type="text/plain">')
    still.write_text(source, encoding="utf-8")
    page = open_page(still, live=False)
    assert page.locator("#static svg:visible").count() == 1
    page.evaluate(SHOW_ALL)
    assert find_violations(page) == []


@pytest.mark.parametrize("name", choose(SEEN[::-1], 1))
def test_axe_finds_nothing_in_the_embed_view(name: str, maps: dict[str, Path], open_page: Open) -> None:
    page = open_page(maps[name], "embed&unit=AF-KNR", width=640)
    assert page.locator("html.embed").count() == 1
    assert find_violations(page) == []


def name_everything(text: str) -> dict[str, Any]:
    """Make a table in which every name and note is one text."""
    evidence = {"source": "s", "note": text, "quote": text}
    return {
        "title": text, "subtitle": text, "byline": text, "levels": {"low": {"name": text, "rank": 1}},
        "sources": {"s": {"title": text, "author": text}},
        "groups": {
            "a": {"name": text, "short": text, "aliases": [text], "names": {"fa": text, "de": text},
                  "strength": [{"best": 5, "counts": text, "source": "s"}], "statements": [{"text": text}]},
            "b": {"name": "B", "part_of": {"group": "a", **evidence}},
        },
        "regions": {text: ["Herat"]},
        "presence": [
            {"group": ["a", "b"], "in": ["Kabul", "Kunar"], "level": "low", "as_written": text, **evidence},
            {"group": "a", "region": text, "level": "low"},
        ],
        "relations": [{"between": ["a", "b"], "type": "alliance", "standing": "discussed", **evidence}],
    }  # fmt: skip


def gather(count: int) -> dict[str, Any]:
    """Make a table of so many groups that neighbours share provinces."""
    ids = range(count)
    return {
        "groups": {f"g{each}": {"name": f"Group {each}"} for each in ids},
        "presence": [{"group": f"g{each}", "in": [CODES[(each + step) % 34] for step in range(7)]} for each in ids],
    }


def doubt() -> dict[str, Any]:
    """Make a table in which one looked in vain, one without a result, and two contradict each other."""
    found = [
        ("present", "Kabul", "s"),
        ("absent", "Kabul", "t"),
        ("absent", "Herat", "s"),
        ("inconclusive", "Ghor", "s"),
    ]
    return {
        "sources": {"s": {"title": "S"}, "t": {"title": "T"}},
        "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
        "presence": [
            *({"group": "a", "in": [place], "finding": finding, "source": source} for finding, place, source in found),
            {"group": "b", "in": ["Zabul"]},
            {"group": "b", "nationwide": True},
        ],
    }


TABLES = {
    "hostile": name_everything(HOSTILE),
    "empty": {"presence": []},
    "one group": gather(1),
    "50 groups": gather(50),
    "doubt": doubt(),
}


@pytest.mark.parametrize("table", choose(TABLES, 1))
def test_axe_finds_nothing_on_any_table(
    table: str, join: Callable[..., Any], draw: Callable[..., Any], watch_pages: Any, tmp_path: Path
) -> None:
    joined, found = join(TABLES[table]), {}
    opened: AbstractContextManager[Open] = watch_pages()
    with opened as open_file:
        for name in MAPS if IS_WHOLE else ("report",):
            if name == "timeline" and not find_steps(joined.table).steps:
                continue  # the command refuses it
            if name == "compare" and len(list_comparable(joined.footprints)) < 2:
                with pytest.raises(TableError, match="to compare"):
                    draw(name, joined)
                continue
            path = tmp_path / f"{name}.html"
            path.write_bytes(draw(name, joined).get_root().render().encode())
            page = open_file(path, "unit=AF-KAB", width=1280)
            page.evaluate(SHOW_ALL)
            # The report holds every section of the others.
            found[name] = find_violations(page, PAGE if name == "report" else f"header, {MAP}")
            found[f"{name}, wide"] = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert {name: each for name, each in found.items() if each} == {}


def test_axe_can_find_something(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    page.locator("path.unit").first.evaluate("(path) => path.removeAttribute('aria-label')")
    page.locator("#copy-link").evaluate("(button) => button.replaceChildren()")
    assert {name for name, _ in find_violations(page, MAP)} == {"aria-command-name", "button-name"}
