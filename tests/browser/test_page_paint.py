"""What stands on the two pages of the default table when they are opened from disk without a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.daily import choose
from tests.elements import Elements
from tests.pages import NO_RECORD

NAMES = ("choropleth", "overlay")
SHARED = {"Kabul", "Nangarhar", "Kunar"}
HAQQANI_ONLY = {"Paktia", "Paktika", "Khost", "Logar", "Wardak", "Ghazni"}
REGION_ONLY = {"Laghman", "Nuristan"}

READ_UNITS = """() => [...document.querySelectorAll("path.unit")].map((path) => {
  const box = path.getBBox();
  return { code: path.dataset.code, area: box.width * box.height, fill: path.getAttribute("fill"),
    seen: getComputedStyle(path).fill, opacity: getComputedStyle(path).fillOpacity,
    tab: path.getAttribute("tabindex"), role: path.getAttribute("role"), label: path.getAttribute("aria-label") };
})"""

FETCHING = {
    "script": ("src",), "link": ("href", "imagesrcset"), "img": ("src", "srcset"), "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",), "object": ("data",), "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",),
    "track": ("src",), "input": ("src",), "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"), "body": ("background",), "base": ("href",), "form": ("action",),
}  # fmt: skip


def list_sources(page: str) -> tuple[list[tuple[str, str]], list[str]]:
    """List what a browser would fetch, and all style text."""
    fetched, styles = [], []
    for part in Elements(page).parts:
        for name, given in part.attributes:
            value = given or ""
            if name in FETCHING.get(part.name, ()) and not (part.name == "use" and value.startswith("#")):
                fetched.append((part.name, value))
            if name in ("style", "fill", "stroke", "mask", "filter"):
                styles.append(value)
        if part.name == "meta" and ("http-equiv", "refresh") in part.attributes:
            fetched.append(("meta", "refresh"))
        if part.name == "style":
            styles.append(part.text)
    return fetched, styles


@pytest.fixture(scope="module", params=choose([f"{name}-{width}" for name in NAMES for width in (1280, 380)], 2))
def opened(request: pytest.FixtureRequest, pages: dict[str, Path], open_shared: Callable[..., Page]) -> Page:
    name, _, width = request.param.partition("-")
    return open_shared(pages[name], width=int(width))


def test_every_province_is_painted(opened: Page) -> None:
    units = opened.evaluate(READ_UNITS)
    assert len({unit["code"] for unit in units}) == len(units) == 34
    assert {"AF-PAN", "AF-DAY"} <= {unit["code"] for unit in units}
    for unit in units:
        assert unit["area"] > 20, unit
        assert unit["opacity"] == "1", unit
        assert re.fullmatch(r"#[0-9a-f]{6}|url\(#[\w-]+\)", unit["fill"]), unit
        assert unit["seen"] not in ("none", ""), unit


def test_every_pattern_in_use_stands_in_the_page(opened: Page) -> None:
    used = {unit["fill"][5:-1] for unit in opened.evaluate(READ_UNITS) if unit["fill"].startswith("url(")}
    assert used
    for name in used:
        assert opened.locator(f"pattern#{name} > *").count() > 0, name


def test_every_province_can_be_reached_and_says_what_it_is(opened: Page) -> None:
    labels = {}
    for unit in opened.evaluate(READ_UNITS):
        assert (unit["tab"], unit["role"]) == ("0", "button")
        name, _, labels[name] = unit["label"].partition(": ")
    assert {"Panjshir", "Daykundi"} <= labels.keys()
    groups = {
        name: {group for group in ("Haqqani Network", "ISIS-Khorasan", "Lashkar-e-Taiba") if group in label}
        for name, label in labels.items()
    }
    assert {name for name, here in groups.items() if len(here) == 3} == SHARED
    assert {name for name, here in groups.items() if here == {"Haqqani Network"}} == HAQQANI_ONLY
    assert {name for name, label in labels.items() if label == "Lashkar-e-Taiba, region only"} == REGION_ONLY
    assert sum(label == NO_RECORD for label in labels.values()) == 23


def test_the_picture_is_that_of_the_article(opened: Page, read_picture: Callable[[Page], dict[str, Any]]) -> None:
    picture = read_picture(opened)
    names = {code: label.partition(":")[0] for code, label in picture["labels"].items()}
    painted: dict[str, set[str]] = {}
    for code, fill in picture["live"].items():
        painted.setdefault(fill, set()).add(names[code])
    rows = {key: (count, painted.get(fill, set())) for key, _, count, fill in picture["legend"]}
    assert all(count == len(units) for count, units in rows.values())
    counted = {"n:3": SHARED, "n:1": HAQQANI_ONLY, "gap:region": REGION_ONLY}
    banded = {"haqqani+isis-k+let": SHARED, "haqqani": HAQQANI_ONLY, "let~": REGION_ONLY}
    wanted = counted if "n:3" in rows else banded
    assert {key: units for key, (_, units) in rows.items() if key in wanted} == wanted
    assert rows["gap:none"][0] == 23
    assert sum(count for count, _ in rows.values()) == 34


def test_what_is_off_the_map_is_said(opened: Page) -> None:
    off_map = opened.locator("#off-map li")
    assert off_map.count() == 2
    expect(off_map.nth(0)).to_contain_text("ISIS-K is reported across the country")
    expect(off_map.nth(1)).to_contain_text("al-Qaeda is reported in 12 provinces that the source does not name (Camps)")
    expect(opened.locator("#summary")).to_contain_text("9 of 34 provinces are named, 2 more only as part of a region")


def test_no_part_is_wider_than_the_screen(opened: Page) -> None:
    wide = opened.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]")
    assert wide[0] <= wide[2]
    assert wide[1] <= wide[2]


def test_the_bones_of_the_page(opened: Page) -> None:
    assert opened.locator("html[lang][dir]").count() == opened.locator("h1").count() == 1
    assert opened.title()
    assert opened.locator('meta[name="description"]').get_attribute("content")
    assert opened.locator("table#units tbody th[scope=row]").count() == 34
    for hook in ("#detail", "#sources li", "#groups h3", "#find", "#reset", "#copy-link", "footer"):
        assert opened.locator(hook).count() > 0, hook
    zooming = opened.locator('meta[name="viewport"]').get_attribute("content") or ""
    assert "user-scalable=no" not in zooming
    assert "maximum-scale" not in zooming


@pytest.mark.parametrize("name", NAMES)
def test_no_address_that_a_browser_would_fetch(name: str, pages: dict[str, Path]) -> None:
    source = pages[name].read_text("utf-8")
    ((loader, icon),), styles = list_sources(source)
    assert loader == "link"
    assert icon.startswith("data:image/svg+xml,%3Csvg")
    assert styles, "no style was read: this test would see nothing"
    for style in styles:
        assert re.sub(r"url\(#[\w-]+\)", "", style).find("url(") == -1, style
        assert "@import" not in style
        assert "image-set(" not in style
    assert "sourceMappingURL" not in source
    assert "src:" not in "".join(styles)


def test_the_list_of_addresses_can_find_one() -> None:
    found = '<script src="a.js"></script><link href="b"><img src=c><style>a{b:url(d)}</style><p style="e:url(f)">'
    assert list_sources(found) == ([("script", "a.js"), ("link", "b"), ("img", "c")], ["a{b:url(d)}", "e:url(f)"])
