"""A map within another page: it draws, grows, keeps its links, and cannot touch what is around it."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from geo.api import build_snippets
from tests.daily import choose, takes_long

Open = Callable[..., Page]
Host = Callable[..., Page]

KABUL = 'path.unit[data-code="AF-KAB"]'
MAP = "iframe[data-presence-map]"
HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title><body style="margin:0">'
OTHER = '<iframe id="other" sandbox="allow-scripts" src="other.html"></iframe>'
REFUSED = "Unsafe attempt to initiate navigation|does not have permission to navigate"
REACH = """() => [
  () => window.parent.document.title, () => window.top.localStorage, () => { window.top.location = "other.html"; },
  () => window.parent.eval, () => localStorage.length, () => document.cookie,
].map((reach) => { try { reach(); return "reached"; } catch (error) { return error.name; } })"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; a host page has a strict policy unless its name says otherwise."""

    policy = ""

    def end_headers(self) -> None:
        if self.path.startswith("/strict"):
            self.send_header("Content-Security-Policy", self.policy)
        # A host page written anew within the second would be the old one to Chromium.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pages: dict[str, Path]) -> Path:
    """Put the overlay into a site's folder, and a page of someone else."""
    made = tmp_path_factory.mktemp("site")
    shutil.copy(pages["overlay"], made)
    (made / "other.html").write_text("<!DOCTYPE html><title>Other</title>", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """Serve the folder on this machine."""
    allowed = build_snippets(folder / "overlay.html", freeze=False).resize_hash
    Handler.policy = f"default-src 'none'; frame-src 'self'; script-src {allowed}; style-src 'unsafe-inline'"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def online(browser: Browser) -> Iterator[BrowserContext]:
    """Open a context that may reach this machine."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def open_host(online: BrowserContext, site: str, folder: Path) -> Iterator[Host]:
    """Return a function that opens a host page; at the end none may have noted anything but what is known."""
    notes: list[str] = []
    opened: list[Page] = []
    allowed: list[str] = []

    def open_page(markup: str, *, name: str = "strict.html", width: int = 1240, known: str = "") -> Page:
        (folder / name).write_text(HEAD + markup, encoding="utf-8")
        page = online.new_page()
        opened.append(page)
        allowed.extend(filter(None, [known]))
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: notes.append(message.text))
        page.on("pageerror", lambda error: notes.append(str(error)))
        page.on("request", lambda request: notes.extend([] if request.url.startswith(site) else [request.url]))
        page.goto(f"{site}/{name}")
        return page

    yield open_page
    for page in opened:
        page.close()
    assert [note for note in notes if not any(re.search(known, note) for known in allowed)] == []


@pytest.fixture
def live(folder: Path) -> str:
    return build_snippets(folder / "overlay.html", freeze=False).live


def find_map(page: Page) -> Frame:
    handle = page.wait_for_selector(MAP)
    frame = handle.content_frame() if handle else None
    assert frame
    frame.wait_for_selector("html.live path.unit[aria-label]", state="attached")
    return frame


def measure(page: Page) -> int:
    height: int = page.locator(MAP).evaluate("(frame) => frame.clientHeight")
    return height


def wait_until_fits(page: Page, frame: Frame) -> int:
    """Return the frame's height as soon as it is that of what it holds, twice in a row."""
    end, seen = time.monotonic() + 5, [-1, -2]
    while time.monotonic() < end:
        content = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
        seen = [seen[-1], measure(page) if measure(page) == content else -content]
        if seen[0] == seen[1] > 0:
            return seen[0]
        page.wait_for_timeout(50)
    return pytest.fail(f"the frame does not follow what it holds: {seen}")


def wait_until_nearer(page: Page, frame: Frame, home: float) -> float:
    """Return how wide Kabul is as soon as a step of the zoom has ended, which begins only with the next frame."""
    width = home
    for _ in range(100):
        width = float(frame.locator(KABUL).evaluate("(path) => path.getBBox().width"))
        if width > home * 1.3 and not frame.locator(".leaflet-zoom-anim").count():
            return width
        page.wait_for_timeout(50)
    return pytest.fail(f"the map does not come nearer: {width} of {home}")


def open_kabul(frame: Frame) -> None:
    frame.locator(KABUL).focus()
    frame.locator(KABUL).press("Enter")
    expect(frame.locator("#detail h2")).to_have_text("Kabul")


@pytest.mark.parametrize("width", choose([360, 700, 1240], 1))
def test_the_live_snippet_draws_and_grows_under_a_strict_policy(width: int, live: str, open_host: Host) -> None:
    page = open_host(live, width=width)
    frame = find_map(page)
    assert frame.locator("path.unit").count() == 34
    assert frame.evaluate("origin") == "null"
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = wait_until_fits(page, frame)
    open_kabul(frame)
    opened = wait_until_fits(page, frame)
    assert opened > before + 100
    frame.locator("#detail .close").click()
    assert wait_until_fits(page, frame) == before


def test_the_frozen_snippet_shows_its_copy(folder: Path, open_host: Host) -> None:
    made = build_snippets(folder / "overlay.html")
    assert made.copy is not None
    frame = find_map(open_host(made.frozen))
    assert frame.url.endswith(f"/{made.copy.name}#embed")
    assert frame.locator("path.unit").count() == 34


@takes_long
def test_what_the_reader_zoomed_to_stays_when_the_frame_grows(live: str, open_host: Host) -> None:
    page = open_host(live)
    frame = find_map(page)
    wait_until_fits(page, frame)
    home = frame.locator(KABUL).evaluate("(path) => path.getBBox().width")
    frame.locator(".leaflet-control-zoom-in").click()
    near = wait_until_nearer(page, frame, home)
    open_kabul(frame)
    wait_until_fits(page, frame)
    assert frame.locator(KABUL).evaluate("(path) => path.getBBox().width") == pytest.approx(near, rel=0.01)
    page.set_viewport_size({"width": 900, "height": 900})
    wait_until_fits(page, frame)
    assert frame.locator(KABUL).evaluate("(path) => path.getBBox().width") < home, "a new width is fitted anew"


LINKS = [("text=Open the full page", "#unit=AF-KAB&groups="), ('#detail a[href^="#source-"] >> nth=0', "#source-1")]


@pytest.mark.parametrize(("link", "end"), choose(LINKS, 1))
def test_links_lead_to_the_full_page_in_a_tab_of_its_own(
    link: str, end: str, live: str, open_host: Host, site: str
) -> None:
    page = open_host(live)
    frame = find_map(page)
    open_kabul(frame)
    wait_until_fits(page, frame)  # A frame that still grows moves the links away from the pointer.
    with page.expect_popup() as waiting:
        frame.locator(link).click()
    full = waiting.value
    full.wait_for_selector("html.live path.unit[aria-label]", state="attached")
    assert full.url.startswith(f"{site}/overlay.html{end}")
    assert full.evaluate("window.opener") is None
    expect(full.locator("nav")).to_be_visible()
    expect(full.get_by_role("link", name="Open the full page")).to_have_count(0)
    full.close()
    assert frame.locator("path.unit").count() == 34
    expect(frame.locator("nav")).to_be_hidden()


@takes_long
def test_the_download_and_links_work_in_a_frame_of_the_full_page(live: str, open_host: Host) -> None:
    page = open_host(live.replace("#embed", ""))
    frame = find_map(page)
    with page.expect_download() as waiting:
        frame.locator("#download-csv").click()
    assert Path(waiting.value.path()).read_text("utf-8-sig").count("\n") > 34
    frame.locator("table#units").get_by_role("link", name="Nuristan", exact=True).click()
    expect(frame.locator("#detail h2")).to_have_text("Nuristan")
    wait_until_fits(page, frame)


def test_the_frame_cannot_reach_the_page_around_it(live: str, open_host: Host) -> None:
    page = open_host(live, known=REFUSED)
    frame = find_map(page)
    assert frame.evaluate(REACH) == ["SecurityError"] * 6
    page.wait_for_timeout(100)
    assert page.title() == "Host"
    assert page.evaluate(
        """() => { try { return frames[0].document.title; } catch (error) { return error.name; } }"""
    ) == ("SecurityError")


def test_only_the_map_sets_its_height_and_only_within_bounds(live: str, open_host: Host) -> None:
    page = open_host(OTHER + live)
    frame = find_map(page)
    before = wait_until_fits(page, frame)
    handle = page.wait_for_selector("#other")
    other = handle.content_frame() if handle else None
    assert other

    def post(sender: Frame, *messages: str) -> int:
        """Post to the host, and measure when the last message has come."""
        page.evaluate(
            "() => { window.done = new Promise((end) => onmessage = (event) => event.data === 'end' && end()); }"
        )
        sender.evaluate("() => {" + "".join(f"parent.postMessage({each}, '*');" for each in (*messages, "'end'")) + "}")
        page.evaluate("() => window.done")
        return measure(page)

    assert post(other, "{presenceMaps: {height: 555}}") == before
    refused = ["199", "20001", "-5", "NaN", "Infinity", "'555'", "'555px;position:fixed'", "null", "[555]", "{}"]
    assert post(frame, *(f"{{presenceMaps: {{height: {each}}}}}" for each in refused)) == before
    assert post(frame, "null", "7", "'x'", "{presenceMaps: null}", "{height: 555}") == before
    assert post(frame, "{presenceMaps: {height: 555}}") == 555
    assert page.locator("#other").evaluate("(frame) => frame.style.height") == ""


@takes_long
def test_without_scripts_the_still_picture_stands_at_the_given_height(live: str, open_host: Host) -> None:
    page = open_host(re.sub('sandbox="[^"]*"', 'sandbox=""', live), known="Blocked script execution")
    still = page.frame_locator(MAP).locator("#static svg")
    expect(still).to_be_visible()
    expect(still.locator("path[data-code]")).to_have_count(34)
    expect(page.frame_locator(MAP).locator("path.unit")).to_have_count(0)
    assert measure(page) == 900


@pytest.mark.parametrize("name", choose(["strict.html", "open.html"], 1))
def test_as_srcdoc_it_obeys_the_policy_of_its_host(name: str, live: str, folder: Path, open_host: Host) -> None:
    text = escape((folder / "overlay.html").read_text("utf-8"))
    markup = live.replace('src="overlay.html#embed"', f'srcdoc="{text}"')
    strict = name == "strict.html"
    page = open_host(markup, name=name, known="Content Security Policy" if strict else REFUSED)
    if strict:
        expect(page.frame_locator(MAP).locator("#static svg")).to_be_visible()
        return
    frame = find_map(page)
    assert frame.locator("path.unit").count() == 34
    before = wait_until_fits(page, frame)
    open_kabul(frame)
    assert wait_until_fits(page, frame) >= before
    assert frame.evaluate(REACH) == ["SecurityError"] * 6


BOTTOMS = """() => ["h1", "#map_presence", "#off-map", "#foot-line"].map((each) =>
  Math.round(document.querySelector(each).getBoundingClientRect().bottom))"""


@pytest.mark.parametrize("how", choose(["src", "srcdoc"], 1))
def test_a_small_frame_shows_whose_map_it_is_and_of_when(how: str, live: str, folder: Path, open_host: Host) -> None:
    text = escape((folder / "overlay.html").read_text("utf-8"))
    markup = live if how == "src" else live.replace('src="overlay.html#embed"', f'srcdoc="{text}"')
    frame = find_map(open_host(markup, name="open.html", width=380, known=REFUSED))
    bottoms = frame.evaluate(BOTTOMS)
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] <= 520
    for said in ("Presence is not control.", "As of 14 June 2020.", "Sources: Javid Ahmad"):
        expect(frame.locator("#foot-line")).to_contain_text(said, use_inner_text=True)
    expect(frame.locator(".kicker")).to_be_visible()


SEEN = """() => Object.fromEntries(
  ["h1", "#summary", "#map_presence", "#legend", "#detail", "#off-map", "footer strong", "nav", ".kicker", "#copy-link",
    "#units", "#sources"]
    .map((each) => [each, document.querySelector(each).getClientRects().length > 0]))"""


def test_the_fragment_chooses_the_view(pages: dict[str, Path], open_page: Open) -> None:
    for name in choose(("report", "overlay"), 1):
        page = open_page(pages[name], "embed&unit=AF-KNR")
        expect(page.locator("#detail h2")).to_have_text("Kunar")
        hidden = [each for each, seen in page.evaluate(SEEN).items() if not seen]
        assert hidden == ["nav", "#copy-link", "#units", "#sources"]
        expect(page.locator("footer")).to_contain_text("Presence is not control.")
        expect(page.locator("footer")).to_contain_text("Sources: Javid Ahmad")
        seen = open_page(pages[name], "unit=AF-KNR").evaluate(SEEN)
        assert [each for each in seen if not seen[each]] == (["#units", "#sources"] if name == "report" else [])
