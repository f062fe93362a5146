"""One Chromium for all tests of the pages, offline: whatever a page does in secret fails its test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import folium
import pytest
from playwright.sync_api import Browser, Error, Page, Request, sync_playwright

from geo.api import MAPS, render_maps
from geo.join.joined_table import JoinedTable
from tests.pages import draw_page, join_data

TABLE = Path(__file__).parents[2] / "presence.yaml"
NO_CHROMIUM = "the tests of the pages need Chromium: install it (Debian: apt-get install chromium fonts-noto-core)"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Threads that compile what no page runs for long take a seventh of the time of both cores, which other tests have.
    "--js-flags=--single-threaded",
]  # fmt: skip
OWN_SCHEMES = ("data:", "blob:", "about:")
# A page of ours whose script has drawn the map, or a page of another kind.
LIVE = "html.live:has(path.unit[aria-label]), html:not(:has(#presence-data))"
# A selector would first have a whole library put into each page, which costs as much as drawing it.
WAIT_LIVE = """async (live) => {
  for (let left = 3000; left > 0; left -= 1) {
    if (document.querySelector(live)) return true;
    await new Promise((done) => setTimeout(done, 10));
  }
  return false;
}"""

READ_PICTURE = """() => {
  const paint = (chosen) => Object.fromEntries(
    [...document.querySelectorAll(chosen)].map((path) => [path.dataset.code, path.getAttribute("fill")]));
  // What one group alone is drawn in has one row; which colour is whose, the table of groups says.
  const rows = [...document.querySelectorAll("#legend .legend-row:not([data-key=alone])")].map((row) => [
    row.dataset.key, row.querySelector("span").textContent, Number(row.querySelector("b").textContent),
    row.querySelector("rect").getAttribute("fill")]);
  const alone = [...document.querySelectorAll("#legend [data-key=alone]")].map((row) => [
    Number(row.querySelector("b").textContent),
    ...[...row.querySelectorAll("rect")].map((each) => each.getAttribute("fill"))]);
  const ticked = [...document.querySelectorAll("#groups-shown [type=checkbox]:checked")];
  for (const row of ticked.map((box) => box.closest("tr")).filter((each) => each.querySelector("[data-count=alone]")))
    rows.push([row.dataset.of, row.querySelector("label").textContent,
      Number(row.querySelector("[data-count=alone]").textContent), row.querySelector("rect").getAttribute("fill")]);
  return {
    legend: rows, alone: alone.flat(), live: paint("path.unit"), still: paint("#static path[data-code]"),
    labels: Object.fromEntries(
      [...document.querySelectorAll("path.unit")].map((path) => [path.dataset.code, path.getAttribute("aria-label")])),
    summary: document.getElementById("summary").textContent,
    headline: document.getElementById("headline").textContent,
  };
}"""

FIND_INSIDE = """(path) => {
  const box = path.getBBox(), matrix = path.getScreenCTM(), steps = 24;
  for (const size of [steps / 2, steps])
    for (let i = 1; i < size; i += 1)
      for (let j = 1; j < size; j += 1) {
        const at = new DOMPoint(box.x + (box.width * i) / size, box.y + (box.height * j) / size);
        const seen = at.matrixTransform(matrix);
        if (path.isPointInFill(at) && document.elementFromPoint(seen.x, seen.y) === path) return [seen.x, seen.y];
      }
  return null;
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one browser of this session or worker."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class Idle:
    """Offline pages that nobody looks at: a new one costs more than all that a test does with it.

    Parameters
    ----------
    browser : Browser
    """

    def __init__(self, browser: Browser) -> None:
        self._context = cache(lambda javascript: browser.new_context(offline=True, java_script_enabled=javascript))
        self._idle: dict[bool, list[Page]] = {True: [], False: []}

    def take(self, javascript: bool) -> Page:
        """Give a page with, or without, JavaScript."""
        if not self._idle[javascript]:
            return self._context(javascript).new_page()
        page = self._idle[javascript].pop()
        page.bring_to_front()  # In the background nothing moves.
        return page

    def give_back(self, page: Page, javascript: bool) -> None:
        """Take back a page and whatever a test may have set in it; one that is closed is gone."""
        if page.is_closed():
            return
        try:
            page.unroute_all()
            page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
            page.goto("about:blank")
            page.mouse.move(0, 0)
        except Error as error:
            if "Target crashed" not in str(error):
                raise
            return  # The test that had it has failed; it is not given to another.
        self._idle[javascript].append(page)


@pytest.fixture(scope="session")
def idle(browser: Browser) -> Idle:
    """Return the pages that tests use one after the other."""
    return Idle(browser)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build both pages of the default table, once."""
    folder = tmp_path_factory.mktemp("default")
    built = render_maps(TABLE).pages
    # What a table of one date has no use for can be asked for nevertheless.
    alone = {name: render_maps(TABLE, [name]).pages[name] for name in MAPS if name not in built}
    for name, page in {**built, **alone}.items():
        (folder / f"{name}.html").write_bytes(page)
    return {name: folder / f"{name}.html" for name in MAPS}


@pytest.fixture(scope="session")
def join() -> Callable[..., JoinedTable]:
    """Return the function that joins a table, given as plain data, to the provinces."""
    return join_data


@pytest.fixture(scope="session")
def default_join(join: Callable[..., JoinedTable]) -> JoinedTable:
    """Join the default table."""
    return join(TABLE)


@pytest.fixture(scope="session")
def draw() -> Callable[..., folium.Map]:
    """Return the function that draws a joined table as the named page."""
    return draw_page


@pytest.fixture
def write_page(tmp_path: Path, draw: Callable[..., folium.Map]) -> Callable[..., Path]:
    """Return a function that writes the named page of a joined table."""

    def write(name: str, joined: JoinedTable, **options: Any) -> Path:
        path = tmp_path / f"{name}.html"
        path.write_bytes(draw(name, joined, **options).get_root().render().encode())
        return path

    return write


@pytest.fixture
def open_page(watch_pages: Callable[[], AbstractContextManager[Callable[..., Page]]]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a file; see `_watch`."""
    with watch_pages() as open_file:
        yield open_file


@pytest.fixture(scope="module")
def open_shared(
    watch_pages: Callable[[], AbstractContextManager[Callable[..., Page]]],
) -> Iterator[Callable[..., Page]]:
    """Return the same function for pages that all tests of a module may use."""
    with watch_pages() as open_file:
        yield open_file


@pytest.fixture(scope="session")
def watch_pages(
    idle: Idle,
) -> Callable[[], AbstractContextManager[Callable[..., Page]]]:
    """Return what makes the two above, for pages that live as long as another fixture."""
    return lambda: _watch(idle)


@contextmanager
def _watch(idle: Idle) -> Iterator[Callable[..., Page]]:
    """Open files; at the end no page may have spoken, failed, asked or fetched anything.

    ``known`` is a regular expression of what may be noted nevertheless.
    """
    opened: list[tuple[Page, list[str], str]] = []
    letting_go: list[Callable[[], None]] = []

    def open_file(
        path: Path,
        fragment: str = "",
        *,
        width: int = 1280,
        height: int = 900,
        javascript: bool = True,
        live: bool = True,
        known: str = "",
    ) -> Page:
        page = idle.take(javascript)
        page.set_viewport_size({"width": width, "height": height})
        notes: list[str] = []
        opened.append((page, notes, known))
        ears = _listen(page, path.as_uri(), notes)
        letting_go.append(partial(_release, idle, page, javascript, ears))
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        if javascript and live:
            assert page.evaluate(WAIT_LIVE, LIVE), f"{path.name} does not come to life"
        return page

    yield open_file
    found = [note for _, notes, known in opened for note in notes if not (known and re.search(known, note))]
    for let_go in letting_go:
        let_go()
    assert found == []


def _release(idle: Idle, page: Page, javascript: bool, ears: dict[str, Any]) -> None:
    for event, ear in ears.items():
        page.remove_listener(event, ear)
    idle.give_back(page, javascript)


def _listen(page: Page, address: str, notes: list[str]) -> dict[str, Any]:
    def note_request(request: Request) -> None:
        if request.url.split("#")[0] != address and not request.url.startswith(OWN_SCHEMES):
            notes.append(f"request {request.url}")

    def note_dialog(dialog: Any) -> None:
        notes.append(f"dialog {dialog.message}")
        dialog.dismiss()

    ears = {
        "request": note_request,
        "dialog": note_dialog,
        "console": lambda message: notes.append(f"console {message.text}"),
        "pageerror": lambda error: notes.append(f"error {error}"),
        "popup": lambda popup: notes.append(f"popup {popup.url}"),
    }
    for event, ear in ears.items():
        page.on(event, ear)  # type: ignore[call-overload]
    return ears


@pytest.fixture(scope="session")
def read_picture() -> Callable[[Page], dict[str, Any]]:
    """Return a function that reads legend, fills, labels, summary and headline off a page."""
    return lambda page: page.evaluate(READ_PICTURE)


@pytest.fixture(scope="session")
def find_inside() -> Callable[[Page, str], tuple[float, float]]:
    """Return a function that finds a point of the screen on which a unit, and nothing else, is painted."""

    def find(page: Page, code: str) -> tuple[float, float]:
        unit = page.locator(f'path.unit[data-code="{code}"]')
        unit.scroll_into_view_if_needed()
        x, y = unit.evaluate(FIND_INSIDE)
        return x, y

    return find
