"""The comparison and the report: figures against `join`, links between figure and map, tabs, filters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.draw.wording.compare import list_measures, write_comparison
from geo.draw.wording.localised_names import localise
from geo.join.classes import class_by_group
from geo.join.joined_table import JoinedTable
from geo.join.overlap import compare_footprints, measure_units
from tests import daily
from tests.browser.waiting import wait_until
from tests.scripts.tables import CODES, make_overlaps

Open = Callable[..., Page]
TABS = ("view", "multiples", "compare", "table", "groups-and-ties", "evidence", "about")
PARTS = {"groups": 4, "ties": 4, "claims": 5, "sources": 5, "method": 6, "cite": 6}
"""Sections of pages of before within the tabs that hold them."""


READ = """() => {
  const text = (element) => document.querySelector(element).textContent;
  return Object.fromEntries(["#comparison", "#headline", "#summary", "#legend"].map((each) => [each, text(each)]));
}"""


@pytest.fixture(scope="module")
def report(pages: dict[str, Path], open_shared: Open) -> Callable[..., Page]:
    """Return a function that leads one report to a tab; a test leaves it in any state, so each brings its own."""
    page = open_shared(pages["report"])

    def lead(tab: str, width: int = 1280) -> Page:
        page.emulate_media(media="null")
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("(tab) => { location.hash = tab; }", tab)
        expect(page.locator("nav a[aria-current]")).to_have_attribute("href", f"#{tab}")
        return page

    return lead


@pytest.fixture(scope="module")
def compared(pages: dict[str, Path], open_shared: Open) -> tuple[Page, list[list[str]], dict[str, str]]:
    """Return a comparison that a test leaves in any state, and measures and texts that it opened with."""
    page = open_shared(pages["compare"])
    expect(page.locator("#ties-between li").first).to_contain_text("emerging")
    return page, read_measures(page), page.evaluate(READ)


def choose(page: Page, groups: tuple[str, ...]) -> None:
    for place in range(3):
        page.locator(f'[data-compare="{place}"]').select_option(groups[place] if place < len(groups) else "")


def read_measures(page: Page) -> list[list[str]]:
    read = "(rows) => rows.map((row) => [row.dataset.measure, ...[...row.children].map((cell) => cell.textContent)])"
    found: list[list[str]] = page.locator("#measures tbody tr").evaluate_all(read)
    return found


def list_wanted(joined: JoinedTable, groups: tuple[str, ...]) -> list[list[str]]:
    sizes = measure_units(joined.units, joined.gazetteer)
    named, asked = (compare_footprints(joined.footprints, groups, sizes, what_if=each) for each in (False, True))
    return [[row.key, row.label, row.named, row.what_if] for row in list_measures(localise(joined), named, asked)]


@pytest.mark.parametrize(("seed", "name"), daily.choose([(0, "compare"), (1, "report")], 1))
def test_groups_chosen_are_compared_on_the_page(
    name: str, seed: int, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    joined = join(make_overlaps(seed))
    page = open_page(write_page(name, joined), "compare")
    ids = list(joined.footprints)
    for groups in (tuple(ids[:2]), tuple(ids[:3]), (ids[4], ids[1])):
        choose(page, groups)
        assert read_measures(page) == list_wanted(joined, groups)
        sizes = measure_units(joined.units, joined.gazetteer)
        said = write_comparison(localise(joined), compare_footprints(joined.footprints, groups, sizes))
        expect(page.locator("#comparison")).to_have_text(said)
        classes = class_by_group(CODES, joined.footprints, [each for each in ids if each in groups])
        wanted = {each.key for each in classes.values()}
        rows = page.locator("#legend .legend-row").evaluate_all("(all) => all.map((row) => row.dataset.key)")
        assert {key for key in rows if key != "gap:none"} == wanted - {"gap:none"}


def test_default_pair_is_the_issues_example(compared: tuple[Page, list[list[str]], dict[str, str]]) -> None:
    _, measures, texts = compared
    figures = {key: named for key, _, named, _ in measures}
    assert figures["shared"] == "3"
    assert (figures["only:haqqani"], figures["only:isis-k"]) == ("6", "0")
    assert (figures["jaccard"], figures["coefficient"]) == ("3/9 = 0.33", "3/3 = 1.00")
    assert "Kabul, Kunar and Nangarhar" in texts["#comparison"]


def test_figures_without_script_are_those_on_load(
    compared: tuple[Page, list[list[str]], dict[str, str]], pages: dict[str, Path], open_page: Open
) -> None:
    _, measures, texts = compared
    still = open_page(pages["compare"], javascript=False)
    assert read_measures(still) == measures
    assert still.evaluate(READ) == texts


def test_a_cell_of_the_matrix_opens_its_pair(compared: tuple[Page, list[list[str]], dict[str, str]]) -> None:
    page = compared[0]
    page.evaluate("location.hash = 'compare=haqqani,isis-k'")
    expect(page.locator('[data-compare="0"]')).to_have_value("haqqani")
    cell = page.locator('#matrix [data-pair="isis-k,let"]')
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-compare="0"]')).to_have_value("isis-k")
    assert read_measures(page)[0][2] == "3"


def test_a_combination_shows_its_provinces_and_a_province_its_combination(
    compared: tuple[Page, list[list[str]], dict[str, str]],
) -> None:
    page = compared[0]
    page.locator("#combinations summary").click()
    page.locator('tr[data-groups="haqqani"] button').click()
    lit = page.locator("path.unit:not(.dim)").evaluate_all("(all) => all.map((each) => each.dataset.code).sort()")
    assert lit == ["AF-GHA", "AF-KHO", "AF-LOG", "AF-PIA", "AF-PKA", "AF-WAR"]
    page.locator('path.unit[data-code="AF-KAB"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#combinations tr.here")).to_have_attribute("data-groups", "haqqani,isis-k,let")


DENSE = {
    "groups": {each: {"name": f"Front {each.upper()}", "short": f"F-{each.upper()}"} for each in "abcdef"},
    "presence": [
        {"group": ["a", "b"], "in": ["Kabul", "Kunar"]},
        {"group": "c", "in": ["Kunar", "Ghor"]},
        {"group": ["d", "e"], "in": ["Herat", "Farah"]},
        {"group": "f", "in": "Balkh"},
        {"group": "a", "nationwide": True},
        {"group": "d", "nationwide": True},
    ],
    "relations": [
        {"between": list("ab"), "type": "rivalry", "standing": "existing"},
        {"between": list("de"), "type": "alliance", "standing": "existing"},
    ],
}
SPOKEN = ["#headline", "#summary", "#legend", "#off-map", "#measures", "#small-maps", "#comparison", "#ties-between"]


@pytest.mark.parametrize("name", ["compare", "report"])
def test_all_that_speaks_of_a_pair_follows_another(
    name: str, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    page = open_page(write_page(name, join(DENSE)), "compare")
    read = "(all) => all.map((each) => document.querySelector(each).textContent).join(' ')"
    assert "Front A" in page.evaluate(read, SPOKEN)
    choose(page, ("d", "e"))
    expect(page.locator("#headline")).to_have_text("Front D and Front E are named in the same 2 provinces")
    said = page.evaluate(read, SPOKEN)
    assert all(f"Front {each}" in said for each in "DE")
    assert not any(f"{form}{each}" in said for each in "ABCF" for form in ("Front ", "F-"))
    assert "F-D is reported across the country" in said
    assert "alliance" in page.locator("#ties-between").inner_text()
    chips = page.evaluate("[...document.querySelectorAll('[data-state]')].map((each) => each.dataset.state)")
    assert "named" in chips
    fills = page.evaluate("[...document.querySelectorAll('path.unit')].map((p) => p.getAttribute('fill'))")
    assert len({each for each in fills if each and "bands" in each}) == 1
    choose(page, ("a", "f"))
    expect(page.locator("#headline")).to_have_text("Front A and Front F are named in no province together")
    expect(page.locator("#off-map")).to_contain_text("F-A is reported across the country")
    choose(page, ("e", "f"))
    expect(page.locator("#off-map")).not_to_contain_text("F-")


def test_a_link_to_groups_that_are_gone_says_so(pages: dict[str, Path], open_page: Open) -> None:
    for name in ("compare", "report"):
        page = open_page(pages[name], "compare=gone,haqqani")
        note = page.locator("#pair-note")
        expect(note).to_contain_text("Compared are: Haqqani Network and ISIS-Khorasan.")
        choose(page, ("haqqani", "let"))
        expect(note).to_have_text("")
        page.evaluate("location.hash = 'compare=gone,let,isis-k'")
        expect(note).to_contain_text("Compared are: Lashkar-e-Taiba and ISIS-Khorasan.")


@pytest.mark.parametrize("width", [380, 1280])
def test_many_groups_are_compared_in_a_frame_with_their_names_at_its_edge(
    width: int, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    groups = {f"g{number}": {"name": f"Group {number}", "short": f"al-G{number}"} for number in range(40)}
    records = [
        {"group": each, "in": [CODES[place % 34], CODES[(place * 7 + 1) % 34]]} for place, each in enumerate(groups)
    ]
    page = open_page(write_page("compare", join({"groups": groups, "presence": records})), "compare", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    frame = page.get_by_role("region", name="Matrix of all pairs")
    frame.evaluate("(each) => { each.scrollLeft = 400; each.scrollTop = 300; }")
    name = page.locator("#matrix tbody th").nth(20)
    assert (
        name.evaluate(
            "(each) => each.getBoundingClientRect().left - each.closest('.scroll').getBoundingClientRect().left"
        )
        < 2
    )
    lines = page.locator("#matrix th bdi").evaluate_all("(all) => all.map((each) => each.getClientRects().length)")
    assert set(lines) == {1}
    expect(page.locator("#matrix button")).to_have_count(0)


def test_fragment_opens_a_comparison(pages: dict[str, Path], open_page: Open) -> None:
    for name in ("compare", "report"):
        page = open_page(pages[name], "compare=let,haqqani&unit=AF-KAB")
        expect(page.locator('[data-compare="0"]')).to_have_value("let")
        expect(page.locator("#detail h2")).to_have_text("Kabul")
        expect(page.locator("#compare")).to_be_visible()


def test_tabs_show_one_section_and_paper_shows_all(report: Callable[..., Page]) -> None:
    page = report("about")
    for part, place in PARTS.items():
        page.evaluate("(part) => { location.hash = part; }", part)
        expect(page.locator("nav a[aria-current]")).to_have_attribute("href", f"#{TABS[place]}")
        expect(page.locator(f"#{part} h2").first).to_be_in_viewport()
    for tab in TABS:
        page.locator(f'nav a[href="#{tab}"]').click()
        expect(page.locator("nav a[aria-current]")).to_have_attribute("href", f"#{tab}")
        seen = page.locator("main > section:visible").evaluate_all("(all) => all.map((each) => each.id)")
        assert seen == (["view", "compare"] if tab == "compare" else [tab])
    page.emulate_media(media="print")
    expect(page.locator("main > section:visible")).to_have_count(len(TABS))


def test_a_link_into_another_tab_opens_it(report: Callable[..., Page]) -> None:
    page = report("view")
    link = page.locator('#off-map a[href^="#record-"]').first
    record = page.locator(str(link.get_attribute("href")))
    link.click()
    expect(record).to_be_in_viewport()
    record.locator('a[href="#source-1"]').click()
    expect(page.locator("#source-1")).to_be_in_viewport()


def test_table_is_searched_filtered_and_sorted(report: Callable[..., Page]) -> None:
    page = report("table")
    rows = page.locator("#units tbody tr:visible:has(a)")
    headings = page.locator("#units th[colspan]:visible")
    expect(headings).to_have_count(8)
    page.locator("#filter-group").select_option("isis-k")
    expect(rows).to_have_count(3)
    expect(headings).to_have_count(2)
    page.locator("#filter-level").select_option("operational")
    expect(rows).to_have_count(0)
    page.locator("#filter-group").select_option("")
    expect(rows).to_have_count(7)
    page.locator("#filter-text").fill("pakt")
    expect(rows).to_have_count(2)
    page.locator("#filter-text").fill("")
    page.locator("#filter-level").select_option("")
    heads = page.locator("#units thead th")
    for column, first, order in (
        (1, "Ghazni", "descending"), (4, "Kabul", "descending"), (4, "Badakhshan", "ascending"),
        (3, "Kabul", "descending"),
    ):  # fmt: skip
        heads.nth(column).get_by_role("button").click()
        expect(rows.first).to_contain_text(first)
        expect(heads.nth(column)).to_have_attribute("aria-sort", order)
        expect(headings).to_have_count(0)
    heads.first.get_by_role("button").click()
    expect(headings).to_have_count(8)
    expect(page.locator("#units tbody").first).to_contain_text("North EasternBadakhshan")


def test_a_cell_opens_its_unit(report: Callable[..., Page]) -> None:
    page = report("table")
    page.locator("#units tr", has_text="Kunar").locator("td").first.click()
    expect(page.locator("#detail-name")).to_have_text("Kunar")


def test_one_small_map_a_group_in_the_legends_colours(report: Callable[..., Page]) -> None:
    page = report("multiples")
    expect(page.locator("#multiples-maps figure")).to_have_count(3)
    used = page.locator("#multiples-maps path").evaluate_all(
        "(all) => [...new Set(all.map((p) => p.getAttribute('fill')))].sort()"
    )
    keyed = page.locator("#multiples-legend rect").evaluate_all(
        "(all) => all.map((p) => p.getAttribute('fill')).sort()"
    )
    assert used == keyed


def test_small_maps_say_how_many_units_name_the_group(report: Callable[..., Page]) -> None:
    page = report("multiples")
    said = page.locator("#multiples-maps figcaption + p").all_text_contents()
    assert said == ["Named in 9+ of 34", "Named in 3 of 34", "Named in 3 of 34, 2 more by region"]


def test_a_table_with_one_group_has_no_comparison(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    everywhere = {"group": "a", "nationwide": True}
    joined = join({"groups": {"a": {"name": "A"}}, "presence": [{"group": "a", "in": ["Kabul"]}, everywhere]})
    page = open_page(write_page("report", joined), "table")
    expect(page.locator("#compare")).to_have_count(0)
    expect(page.locator("path.unit")).to_have_count(34)
    page.locator("#filter-text").fill("kab")
    expect(page.locator("#filter-count")).to_have_text("1 of 34 provinces shown")
    expect(page.locator("#multiples-maps figure")).to_contain_text("A is reported across the country")


# One that opens with it and one that is led to it go the same way: one opens with a tab on most runs.
@pytest.mark.parametrize("tab", [*TABS, *PARTS] if daily.IS_WHOLE else ["groups"])
def test_a_page_that_opens_with_a_tab_leaves_the_groups_shown_alone(
    tab: str, pages: dict[str, Path], open_page: Open
) -> None:
    """The section "#groups" is no state "groups=" of the map."""
    page = open_page(pages["report"], tab)
    expect(page.locator("[data-group]:checked")).to_have_count(3)


def test_a_tab_leaves_the_groups_shown_alone(report: Callable[..., Page]) -> None:
    for tab in TABS:
        expect(report(tab).locator("[data-group]:checked")).to_have_count(3)


def test_one_row_chooses_what_the_map_shows(report: Callable[..., Page]) -> None:
    """Groups to compare are chosen where they are compared, and one group from a list."""
    page = report("view")
    pair, chosen = page.locator("#pair"), page.locator("#one-group")
    expect(pair).to_be_hidden()
    chosen.select_option("level:isis-k")
    expect(page.locator("#headline")).to_have_text("ISIS-Khorasan is named in Kabul, Kunar and Nangarhar")
    expect(page.locator("input[name=view]:checked")).to_have_count(0)
    page.get_by_role("radio", name="Compare").check(force=True)
    expect(pair).to_be_visible()
    expect(chosen).to_have_value("")
    page.get_by_role("radio", name="How many").check(force=True)
    expect(pair).to_be_hidden()
    chosen.select_option("level:let")
    chosen.select_option("")
    expect(page.get_by_role("radio", name="All groups")).to_be_checked()


def test_the_report_explains_each_colour_of_a_comparison(report: Callable[..., Page]) -> None:
    page = report("compare")
    expect(page.locator('#legend [data-key="haqqani"]')).to_contain_text("Only Haqqani Network, of those compared")
    read = "(all) => all.map((each) => each.getAttribute('fill'))"
    drawn, keyed = (page.locator(each).evaluate_all(read) for each in ("path.unit", "#legend rect"))
    assert set(drawn) <= set(keyed)


def test_what_is_wider_than_a_phone_says_so(pages: dict[str, Path], open_page: Open) -> None:
    """Also the tables of two tabs, which are not."""
    page = open_page(pages["report"], "table", width=380)
    frame = page.locator("#table .scroll")
    hint = page.locator("#table .scroll-hint")
    expect(hint).to_have_text("Scroll sideways for the rest")
    expect(frame).to_have_class("scroll more")
    frame.evaluate("(each) => { each.scrollLeft = each.scrollWidth; }")
    expect(frame).to_have_class("scroll")
    for tab in ("compare", "groups"):
        page.evaluate("(tab) => { location.hash = tab; }", tab)
        expect(page.locator(f"#{tab}")).to_be_visible()
        expect(page.locator(f"#{tab} .scroll-hint").first).to_be_attached()
        page.wait_for_timeout(100)
        expect(page.locator(f"#{tab} .scroll-hint:visible")).to_have_count(0)
    page.evaluate("location.hash = 'table'")
    expect(hint).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(hint).to_be_hidden()


def test_a_window_too_small_for_a_map_breaks_nothing(report: Callable[..., Page]) -> None:
    page = report("compare")
    for width in (30, 10, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(page, "(wide) => document.documentElement.clientWidth === wide", width)
    expect(page.locator("path.unit")).to_have_count(34)


def test_report_stays_under_half_a_megabyte(pages: dict[str, Path]) -> None:
    assert pages["report"].stat().st_size < 500_000
