"""The site of the documents is built without a warning, every link in it leads somewhere, and it asks no other host."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from docs.made.sources import PAGES
from tests.daily import choose, takes_long
from tests.elements import Elements

ROOT = Path(__file__).parents[2]
BUILD = re.search(r"^\t\$\(BIN\)/python (-m sphinx .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
          "embed": "src", "object": "data", "link": "href"}  # fmt: skip
NOT_LOADED = {"next", "prev", "index", "search", "author", "canonical"}
STYLED = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
SEEN = choose(("search", "index", "commands", "tutorial"), 2)
"""Pages that are opened in Chromium: each kind of page that there is."""

CHECKED = choose(("search", "tutorial"), 1)
"""Those that axe-core looks at: it takes seconds for a long page, and all are made alike."""


def list_styled(style: str) -> list[str]:
    """List what a style loads, but for what stands in it."""
    found = [first or second for first, second in STYLED.findall(style)]
    return [address for address in found if not address.startswith(("data:", "#"))]


def list_loaded(page: Elements) -> list[str]:
    """List the addresses of what a page loads."""
    loaded = []
    for part in page.begun:
        found = {name: value or "" for name, value in part.attributes}
        if LOADED.get(part.name) in found and not (
            part.name == "link" and set(found.get("rel", "").split()) <= NOT_LOADED
        ):
            loaded.append(found[LOADED[part.name]])
        loaded += list_styled(found.get("style", ""))
    return loaded


def list_faults(site: Path) -> list[str]:
    """Name each link of a site that leads nowhere, and each thing that it would ask another host for."""
    pages = {path: Elements(path.read_text("utf-8")) for path in sorted(site.glob("*.html"))}
    ids = {path: {dict(part.attributes).get("id") for part in page.begun} for path, page in pages.items()}
    faults = []
    for path, page in pages.items():
        loads = list_loaded(page)
        for address in [link["href"] or "" for link in page.find("a") if "href" in link] + loads:
            parts = urlsplit(address)
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc:
                faults += [f"{path.name} asks {address}"] * (address in loads and parts.scheme != "data")
            elif not there.is_file() or (parts.fragment and there in ids and parts.fragment not in ids[there]):
                faults.append(f"{path.name} leads to {address}")
    for path in sorted(site.rglob("*.css")):
        styled = list_styled(path.read_text("utf-8"))
        faults += [f"{path.name} asks {address}" for address in styled if "//" in address]
    return faults


def list_complaints(browser: Browser, site: Path) -> list[str]:
    """Open pages on a telephone without a network: what do they ask for, what fails, what bars whom?"""
    context = browser.new_context(offline=True, viewport={"width": 380, "height": 800})
    notes: list[str] = []
    context.on("request", lambda request: notes.append(request.url))
    context.on("requestfailed", lambda request: notes.append(f"failed: {request.url}"))
    context.on("weberror", lambda error: notes.append(f"error: {error.error}"))
    for name in SEEN:
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri() + ("?q=hatch" if name == "search" else ""))
        if name == "search":
            page.wait_for_selector("#search-results li")
        if name in CHECKED:  # preloading would fetch the styles once more
            found = Axe().run(page, options={"preload": False}).response["violations"]
            notes += [f"{name}: {each['id']}" for each in found if each["impact"] in ("critical", "serious")]
    context.close()
    return [note for note in notes if not note.startswith((site.as_uri(), "data:"))]


@takes_long
def test_the_site_is_built_and_stands_alone(browser: Browser, tmp_path: Path) -> None:
    """One test, since building takes longer than all that is asked of it."""
    assert BUILD
    site = tmp_path / "site"
    words = BUILD[1].replace("build/docs", str(site)).split()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list_faults(site) == []
    assert {path.stem for path in site.glob("*.html")} > set(PAGES.values())
    assert list_complaints(browser, site) == []


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ('<a href="#a">a</a><h1 id="a">A</h1><a href="https://example.org/">away</a><img src="a.png">', []),
        ('<img src="data:image/png;base64,AA=="><link rel="next" href="b.html"><a href="b.html#c">b</a>', []),
        ('<a href="c.html">c</a>', ["a.html leads to c.html"]),
        ('<a href="b.html#d">b</a>', ["a.html leads to b.html#d"]),
        ('<a href="#a">a</a>', ["a.html leads to #a"]),
        ('<img src="b.png">', ["a.html leads to b.png"]),
        ('<script src="https://example.org/a.js"></script>', ["a.html asks https://example.org/a.js"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["a.html asks //example.org/a.css"]),
        ('<p style="background: url(https://example.org/a.png)">', ["a.html asks https://example.org/a.png"]),
    ],
)
def test_a_fault_of_a_site_is_seen(html: str, faults: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html, "utf-8")
    (tmp_path / "b.html").write_text('<h1 id="c">C</h1>', "utf-8")
    (tmp_path / "a.png").touch()
    assert list_faults(tmp_path) == faults


def test_a_style_that_asks_another_host_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text('@import "https://example.org/b.css"; p { background: url(a.png) }', "utf-8")
    assert list_faults(tmp_path) == ["a.css asks https://example.org/b.css"]
