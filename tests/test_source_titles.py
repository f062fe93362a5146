"""Sources whose titles name one document, and those that only look like it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Moment, Source
from geo.source_documents import name_documents

Given = str | tuple[str, dict[str, Any]]


def make(*given: Given) -> list[Source]:
    """Make sources a, b, c, ... of titles, some with further values."""
    pairs = [(each, {}) if isinstance(each, str) else each for each in given]
    return [Source(chr(ord("a") + number), title, **rest) for number, (title, rest) in enumerate(pairs)]


YEAR = {year: {"date": Moment(year)} for year in (2019, 2020)}
ONE: dict[str, tuple[Given, Given]] = {
    "a symbol, with a page or without": ("UNSC S/2021/655 p. 12", "UNSC S/2021/655"),
    "a symbol in other words": ("Report of the Monitoring Team (S/2020/717)", "S/2020/717, para. 12"),
    "a symbol in small letters": ("s/2020/717", "UN/S/2020/717"),
    "a symbol with blanks": ("S / 2020 / 717", "S\u22152020\u2215717"),
    "a symbol in an address": ("https://undocs.org/en/S/2020/717", "S/2020/717"),
    "a symbol of four parts": ("A/HRC/46/22 on Afghanistan", "Report A/HRC/46/22"),
    "a resolution whose number looks like a year": ("S/RES/2041 (2012)", "Resolution S/RES/2041"),
    "one of two symbols of a document": ("A/75/634-S/2020/1182", "The situation, S/2020/1182"),
    "a treaty body": ("CEDAW/C/AFG/CO/3", "Observations, CEDAW/C/AFG/CO/3, p. 4"),
    "a press release": ("SC/14567", "Press release SC/14567"),
    "an addendum": ("S/2020/717", "S/2020/717/Add.1"),
    "a DOI": ("doi:10.1000/Xyz.12.", "Paper, 10.1000/xyz.12"),
    "a symbol, whatever the dates": (("S/2020/717", YEAR[2019]), ("S/2020/717", YEAR[2020])),
    "pages": ("UN report 2020, p. 12", "UN report 2020, p. 14"),
    "pages in other words": ("UN report, pp. 3-4", "UN report (pages 7, 9 and 12)"),
    "a page in front": ("Page 12: UN report", "p. 14: UN report"),
    "a Roman page": ("UN report, p. iv", "UN report, page 3"),
    "paragraphs": ("UN report, para. 12", "UN report \u00a7 4"),
    "pages in Dari": ("گزارش، صفحه ۱۲", "گزارش، ص. ۱۴"),
    "a page and a year behind it": ("UN report, p. 12, 2020", "UN report, p. 14, 2020"),
    "case, blanks and punctuation": ("The Taliban\u2019s  allies.", "the Taliban's allies"),
    "dates of which one holds the other": (("Report", YEAR[2020]), ("Report", {"date": Moment(2020, 6)})),
    "a date that is missing": (("Report", YEAR[2020]), "Report"),
    "an author that is missing": (("Report", {"author": "Ann"}), ("Report", {"publisher": "UN"})),
}
TWO: dict[str, tuple[Given, Given]] = {
    "symbols": ("S/2020/717", "S/2021/655"),
    "symbols with pages": ("S/2020/717, p. 12", "S/2021/655, p. 12"),
    "symbols of which one begins the other": ("S/2020/71", "S/2020/717"),
    "years": ("Report 2019", "Report 2020"),
    "years behind pages": ("UN report, p. 12, 2019", "UN report, p. 12, 2020"),
    "letters": ("Report A", "Report B"),
    "provinces one letter apart": ("Profile of Paktia", "Profile of Paktika"),
    "numbers": ("Thabat 3", "Thabat 18"),
    "camps, parts and steps": ("Camp 12", "Camp 14"),
    "a word that begins like a page": ("Plan para 2020", "Plan para 2021"),
    "agencies and a year": ("AFP/AP/2020 on Kabul", "AFP/AP/2020 on Herat"),
    "an agency, a year and a month": ("UNHCR/2020/06 on Kabul", "UNHCR/2020/06 on Herat"),
    "groups with a slash": ("ISIS/Daesh in Kunar", "ISIS/Daesh in Herat"),
    "days": ("Attack of 3/4/2020 in Kabul", "Attack of 3/4/2020 in Herat"),
    "one title, two years": (("Annual report", YEAR[2019]), ("Annual report", YEAR[2020])),
    "one title and pages, two years": (("Annual report, p. 3", YEAR[2019]), ("Annual report, p. 4", YEAR[2020])),
    "one title, two authors": (("Annual report", {"author": "Ann"}), ("Annual report", {"author": "Bob"})),
    "one title, two publishers": (("Annual report", {"publisher": "UN"}), ("Annual report", {"publisher": "ICG"})),
    "pages alone": ("p. 12", "p. 14"),
    "signs alone": ("?", "!"),
}


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE)
def test_titles_that_name_one_document(pair: tuple[Given, Given]) -> None:
    assert name_documents(make(*pair)) == {"a": "a", "b": "a"}
    assert name_documents(make(*reversed(pair))) == {"a": "a", "b": "a"}


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_titles_of_two_documents_stay_two(pair: tuple[Given, Given]) -> None:
    assert name_documents(make(*pair)) == {}


def test_a_title_about_two_documents_does_not_make_them_one() -> None:
    assert name_documents(make("S/2020/717", "S/2021/655", "What S/2020/717 and S/2021/655 say")) == {}


def test_many_of_one_and_one_alone() -> None:
    found = name_documents(make("B", "S/2020/717", "A", "S/2020/717, p. 3", "A, p. 1", "On S/2020/717", "C"))
    assert found == {"b": "b", "c": "c", "d": "b", "e": "c", "f": "b"}


@given(st.lists(st.text(), max_size=8))
def test_any_titles_give_the_first_that_names_each_document(titles: list[str]) -> None:
    sources = [Source(str(number), title) for number, title in enumerate(titles)]
    found = name_documents(sources)
    assert all(found[first] == first and int(first) <= int(id_) for id_, first in found.items())
    equal = {title: [each.id for each in sources if each.title == title] for title in titles if title.isalnum()}
    assert all(len({found.get(id_) for id_ in ids}) == 1 for ids in equal.values() if len(ids) > 1)


LONG = {
    "slashes": "A/" * 50_000, "blanks": " " * 100_000 + "x", "signs": "§" * 100_000, "pages": "p. " * 50_000,
    "brackets": ",(" * 50_000, "commas": "p. 1" + " ," * 50_000, "DOIs": "10.1000/" * 20_000,
    "symbols": "S/2020/7-" * 20_000, "letters": "p. " + "i" * 100_000 + "!",
}  # fmt: skip


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_no_title_takes_long(title: str) -> None:
    begun = time.process_time()
    name_documents(make(title, title + "y"))
    assert time.process_time() - begun < 2


def test_ten_thousand_sources_take_a_moment() -> None:
    days = [Moment(1990 + number // 360, 1 + number // 30 % 12, 1 + number % 28) for number in range(10_000)]
    begun = time.process_time()
    dated = name_documents(Source(str(number), "Daily report", date=day) for number, day in enumerate(days))
    paged = name_documents(Source(str(number), f"Report, p. {number % 900}") for number in range(10_000))
    assert time.process_time() - begun < 5
    assert (len(paged), len(set(paged.values()))) == (10_000, 1)
    assert all(days[int(id_)] == days[int(first)] for id_, first in dated.items())
