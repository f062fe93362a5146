"""Time from navigation to the frame that shows all units, in Chromium, each page in a fresh context."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route, ViewportSize

__all__ = ["Page", "find_chromium", "put_beside", "time_pages"]

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZE: ViewportSize = {"width": 1280, "height": 860}
PATIENCE = 30_000
"""Milliseconds."""

WATCH = """
(([selector, wanted]) => {
  const look = () => {
    const drawn = [...document.querySelectorAll(selector)].filter((path) => {
      const box = path.getBoundingClientRect();
      return box.width && box.height;
    });
    // A callback runs before its frame is painted: the next one is the first to come after the paint.
    if (drawn.length >= wanted) requestAnimationFrame(() => console.debug(`painted ${performance.now()}`));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""

_ADDRESS = re.compile(r'(?:src|href)="(https?://[^"]+)"')


@dataclass(frozen=True)
class Page:
    """A page to open, and what shows that it is drawn: at least ``wanted`` elements of ``selector``."""

    path: Path
    selector: str
    wanted: int


def find_chromium() -> str | None:
    """Return the browser's executable, None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def time_pages(
    pages: Mapping[str, Page], rounds: int, files: Mapping[str, bytes]
) -> tuple[str, dict[str, list[float]], set[str]]:
    """Open each page once a round, every other round in reverse order; the first round only warms up.

    Parameters
    ----------
    pages : mapping of str to Page
    rounds : int
    files : mapping of str to bytes
        What stands for the CDNs: last part of an address to content; any other address gets an empty answer.

    Returns
    -------
    version : str
        The browser's.
    times : dict of str to list of float
        Milliseconds from the start of the navigation, one for each round.
    missing : set of str
        Addresses that got an empty answer.
    """
    from playwright.sync_api import sync_playwright

    missing: set[str] = set()

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name not in files:
            missing.add(route.request.url)
        kind = "text/css" if name.endswith("css") else "text/javascript"
        route.fulfill(status=200, body=files.get(name, b""), content_type=kind)

    times: dict[str, list[float]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for turn in range(rounds + 1):
            for name in list(pages)[:: -1 if turn % 2 else 1]:
                taken = _time_page(browser, pages[name], answer)
                if turn:
                    times[name].append(taken)
        version = browser.version
        browser.close()
    return version, times, missing


def _time_page(browser: Browser, page: Page, answer: Callable[[Route], None]) -> float:
    with closing(browser.new_context(viewport=SIZE, device_scale_factor=1)) as context:
        # A page that asks for nothing outside never meets the route.
        context.route(re.compile("^https?:"), answer)
        context.add_init_script(f"{WATCH}({[page.selector, page.wanted]!r})")
        tab = context.new_page()
        # The page tells by itself: its policy forbids the eval that polling from outside needs.
        with tab.expect_console_message(lambda message: message.text.startswith("painted "), timeout=PATIENCE) as told:
            tab.goto(page.path.resolve().as_uri(), wait_until="commit")
        return float(told.value.text.split()[1])


def put_beside(page: Path, files: Mapping[str, bytes], target: Path) -> Path:
    """Write the page anew with its CDN files beside it, so that not even asking for them through us is counted."""
    folder = target.parent / "cdn"
    folder.mkdir(exist_ok=True)
    text = page.read_text("utf-8")
    for address in _ADDRESS.findall(text):
        name = address.rpartition("/")[2]
        (folder / name).write_bytes(files.get(name, b""))
        text = text.replace(f'"{address}"', f'"cdn/{name}"')
    target.write_text(text, "utf-8")
    return target
