"""``python -m docs.pictures``: draw the pictures of the documentation anew, from the pages of ``presence.yaml``."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geo.build import build_figure, build_maps

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["PICTURES", "Picture", "take_pictures"]

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A file, the map it shows and in which state, and its size in pixels."""

    name: str
    page: str
    fragment: str
    width: int
    height: int


PICTURES = (
    Picture("overlay", "overlay", "#unit=AF-KNR", 1280, 860),
    Picture("choropleth", "choropleth", "", 1280, 860),
    Picture("overlay-phone", "overlay", "", 380, 820),
)


def take_pictures(table: Path, folder: Path) -> list[Path]:
    """Build the maps of a table and take all `PICTURES` of them, with the network off.

    Parameters
    ----------
    table : Path
    folder : Path
        Where the pictures go; made if missing.

    Returns
    -------
    list of Path
        The pictures, as PNG.
    """
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = {page: Path(name).resolve() / f"{page}.html" for page in sorted({each.page for each in PICTURES})}
        build_maps(table, pages)
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        with closing(playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)) as browser:
            taken = [_take_picture(browser, each, pages[each.page], folder / f"{each.name}.png") for each in PICTURES]
    build_figure(table, "overlay", folder / "figure-overlay.png", form="png", dpi=110)
    return [*taken, folder / "figure-overlay.png"]


def _take_picture(browser: Browser, picture: Picture, page: Path, target: Path) -> Path:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=1,
        reduced_motion="reduce",
        locale="en-GB",
        offline=True,
    )
    with closing(context):
        tab = context.new_page()
        tab.goto(page.as_uri() + picture.fragment)
        tab.locator("path.unit").last.wait_for()
        tab.screenshot(path=target, animations="disabled")
    return target


if __name__ == "__main__":
    for path in take_pictures(ROOT / "presence.yaml", ROOT / "docs" / "pictures"):
        sys.stdout.write(f"{path.relative_to(ROOT)} ({path.stat().st_size / 1000:.0f} kB)\n")
