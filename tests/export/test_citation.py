"""How to cite: a ``CITATION.cff`` that keeps to its format, and an entry that BibTeX reads, whatever a table says."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from geo.api import Job, join_table
from geo.export.citation import Citation, write_bibtex, write_cff
from geo.model import Table
from tests.hostile.plant import dump, find_spots, plant
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG

HASH = "ab" * 32
URL = r"^https?://[!#-;=?-Z_a-z~]+$"
"""Signs that a URI has; the format's own schema asks for a URI."""
NAMED = {"type": "object", "required": ["name"], "additionalProperties": False,
         "properties": {"name": {"type": "string", "minLength": 1}}}  # fmt: skip
DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
ADDRESS = {"type": "string", "pattern": URL}
SAID = {"type": "string", "minLength": 1}
CFF = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"}, "message": SAID, "title": SAID, "abstract": SAID, "version": SAID,
        "type": {"const": "dataset"}, "date-released": DAY, "url": ADDRESS, "license-url": ADDRESS,
        "license": {"enum": ["CC-BY-4.0"]},
        "authors": {"type": "array", "minItems": 1, "uniqueItems": True, "items": NAMED},
        "references": {
            "type": "array", "minItems": 1, "uniqueItems": True,
            "items": {
                "type": "object", "required": ["authors", "title", "type"], "additionalProperties": False,
                "properties": {
                    "type": {"const": "generic"}, "title": SAID, "publisher": NAMED, "year": {"type": "integer"},
                    "date-published": DAY, "url": ADDRESS,
                    "authors": {"type": "array", "minItems": 1, "uniqueItems": True, "items": NAMED},
                },
            },
        },
    },
}  # fmt: skip
"""What the Citation File Format 1.2.0 asks of the keys that are written here, in words of our own."""


def read(text: str) -> Table:
    return join_table(text, Job(allow_empty=True))[0].whole


def cite(text: str, url: str = "") -> tuple[dict[str, Any], str]:
    """Write both of a table; the first is checked and read."""
    cited = Citation(read(text), HASH, url)
    # YAML takes a day for a date; the format's own schema is of JSON.
    told = json.loads(json.dumps(yaml.safe_load(write_cff(cited))))
    jsonschema.validate(told, CFF)
    return told, write_bibtex(cited).decode()


def parse_bibtex(text: str) -> dict[str, str]:
    """Read an entry as BibTeX does: braces count, whatever stands before them."""
    head = re.match(r"@misc\{([^,{}]+),\n", text)
    assert head, text
    fields, at = {}, head.end()
    while match := re.compile(r"  ([a-z]+) = \{").match(text, at):
        depth, at = 1, match.end()
        start = at
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        fields[match[1]] = text[start : at - 1]
        assert text[at : at + 2] == ",\n", text[at:]
        at += 2
    assert text[at:] == "}\n", text[at:]
    return fields


HEAD = "presence: {Red: [Kabul]}\n"
AUTHORS = {
    "a brace that opens": ("Zoë {Quoted", r"{Zoë \textbraceleft{}Quoted}"),
    "a brace that closes": ("Zoë} Quoted", r"{Zoë\textbraceright{} Quoted}"),
    "a pair": ("{The} Desk", r"{\textbraceleft{}The\textbraceright{} Desk}"),
    "signs of TeX": ("A & B_%$#~^\\", r"{A \& B\_\%\$\#\textasciitilde{}\textasciicircum{}\textbackslash{}}"),
    "a conjunction": ("Rock and Roll", "{Rock and Roll}"),
    "none of that": ("The Desk", "{The Desk}"),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_an_entry_is_whole_whatever_it_says(name: str) -> None:
    said, wanted = AUTHORS[name]
    told, bib = cite(HEAD + json.dumps({"authors": [said]})[1:-1].replace('"authors"', "authors"))
    assert parse_bibtex(bib)["author"] == wanted
    assert told["authors"] == [{"name": said}]


@pytest.mark.parametrize("number", range(0, len(TURNS), 9))
def test_both_keep_to_their_formats_whatever_a_table_says(number: int) -> None:
    planted = dump(plant(LONG, turn([spot for spot in find_spots(LONG) if spot.is_free], number))).decode()
    _, bib = cite(planted)
    assert {"author", "title", "note"} <= parse_bibtex(bib).keys()


SOURCES = {
    "the same twice": ("{s: {title: S, publisher: P, date: 2020}, t: {title: S, publisher: P, date: 2020}}", 1),
    "of another date": ("{s: {title: S, publisher: P, date: 2020}, t: {title: S, publisher: P, date: 2021}}", 2),
    "of another address": ("{s: {title: S, url: 'https://a.org/1'}, t: {title: S, url: 'https://a.org/2'}}", 2),
}


@pytest.mark.parametrize("name", SOURCES)
def test_no_reference_stands_there_twice(name: str) -> None:
    sources, number = SOURCES[name]
    assert len(cite(f"{HEAD}sources: {sources}\n")[0]["references"]) == number


ADDRESSES = {
    "https://example.org/terms": "https://example.org/terms",
    "https://example.org/ü": "https://example.org/%C3%BC",
    "https://example.org/%C3%BC?a=b&c#d": "https://example.org/%C3%BC?a=b&c#d",
    "https://example.org/100%": "https://example.org/100%25",
    "https://example.org/a[1]": "https://example.org/a%5B1%5D",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_has_the_signs_of_one(address: str) -> None:
    said = f"{HEAD}licence: '{address}'\nsources: {{s: {{title: S, url: '{address}'}}}}\n"
    told, bib = cite(said, address)
    wanted = ADDRESSES[address]
    assert (told["license-url"], told["references"][0]["url"], told["url"]) == (wanted, wanted, wanted)
    assert parse_bibtex(bib)["url"] == wanted


RELEASES = {
    "no log": ("", None, None),
    "a log": ("[{date: 2021-03-04, type: added, what: W}]", "2021-03-04", ("2021", "3")),
    "the newest of a log": ("[{date: 2022-01-02, type: added, what: W}, {date: 2021-03-04, type: added, what: W}]",
                            "2022-01-02", ("2022", "1")),
    "a log without days": ("[{date: 2021-03, type: added, what: W}]", None, ("2021", "3")),
    "a log of years": ("[{date: 2021, type: added, what: W}]", None, ("2021", None)),
}  # fmt: skip


@pytest.mark.parametrize("name", RELEASES)
def test_the_day_of_what_is_told_is_no_day_of_release(name: str) -> None:
    log, released, month = RELEASES[name]
    told, bib = cite(f"{HEAD}as_of: 2020-06-14\n" + (f"changes: {log}\n" if log else ""))
    fields = parse_bibtex(bib)
    assert told.get("date-released") == released
    assert (fields.get("year"), fields.get("month")) == (month or (None, None))
    assert "As of 2020-06-14." in told["abstract"]
    assert "As of 2020-06-14." in fields["note"]


@pytest.mark.parametrize(
    ("said", "key", "value"),
    [("licence: CC-BY-4.0", "license", "CC-BY-4.0"), ("licence: Ask the desk", "license", None), ("", "license", None)],
)
def test_a_licence_is_named_where_the_format_knows_it(said: str, key: str, value: str | None) -> None:
    assert cite(f"{HEAD}{said}\n")[0].get(key) == value


@pytest.mark.parametrize("wrong", [{"references": [{"type": "generic", "title": "S", "authors": [{"name": "A"}]}] * 2},
                                   {"license-url": "https://example.org/ü"}, {"date-released": "2020-06"},
                                   {"authors": []}, {"licence": "MIT"}])  # fmt: skip
def test_the_check_of_the_format_can_fail(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(cite(HEAD)[0] | wrong, CFF)


def test_the_reading_of_an_entry_can_fail() -> None:
    with pytest.raises((AssertionError, IndexError)):
        parse_bibtex("@misc{a,\n  author = {{Zo\\{ Quoted}},\n}\n")
