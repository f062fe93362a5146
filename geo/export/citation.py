"""How to cite a table, for programs: the Citation File Format 1.2.0, and BibTeX."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from geo.licences import LICENCES, find_licence
from geo.model import Moment, Source, Table

__all__ = ["Citation", "write_bibtex", "write_cff"]

NOBODY = "anonymous"
"""Whom the Citation File Format names where nobody is: it refuses a work without authors."""

MARK = 12
CAUTION = "Presence is not control. Silence is not absence."
ESCAPES = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " "}
    | {sign: f"\\{sign}" for sign in "{}$&#_%"}
)


@dataclass(frozen=True)
class Citation:
    """What is cited: a table, the hash of its data and boundaries, and the address of its publication or "" ."""

    table: Table
    data_hash: str
    url: str = ""


def write_cff(cited: Citation) -> bytes:
    """Write a ``CITATION.cff``: software and repositories read it. Authors are the table's own or, without, its byline.

    Examples
    --------
    >>> print(write_cff(Citation(Table("Groups", {}, {}, {}, (), ()), "ab" * 32)).decode().partition("abstract")[0])
    cff-version: "1.2.0"
    message: "If you use these data, please cite them as below."
    type: "dataset"
    title: "Groups"
    authors:
      - name: "anonymous"
    <BLANKLINE>
    """
    table = cited.table
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": table.title,
        "authors": [{"name": name} for name in _list_authors(table) or [NOBODY]],
        "abstract": " ".join(filter(None, [table.subtitle and _end(table.subtitle), CAUTION])),
        "version": cited.data_hash[:MARK],
        "date-released": _write_day(table.as_of),
        "url": cited.url,
        "license": table.licence if table.licence in LICENCES else None,
        "license-url": None if table.licence in LICENCES else find_licence(table.licence),
        "references": [_refer(source) for source in table.sources.values()],
    }
    return "".join(f"{line}\n" for line in _list_lines(told)).encode()


def _list_authors(table: Table) -> list[str]:
    return list(table.authors or filter(None, [table.byline]))


def _refer(source: Source) -> dict[str, Any]:
    return {
        "type": "generic",
        "title": source.title,
        "authors": [{"name": source.author or source.publisher or NOBODY}],
        "publisher": {"name": source.publisher} if source.publisher else None,
        "year": str(source.date.year) if source.date else None,
        "date-published": _write_day(source.date),
        "url": source.url,
    }


def _end(said: str) -> str:
    return said if said[-1] in ".!?…؟" else f"{said}."


def _write_day(moment: Moment | None) -> str | None:
    """Write a day, which alone the format takes for a date."""
    return str(moment) if moment and moment.day else None


def _list_lines(told: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Write YAML, every text in quotes as JSON has them, which YAML reads alike: so none is taken for anything else."""
    for key, value in told.items():
        if isinstance(value, list) and value:
            yield f"{indent}{key}:"
            for each in value:
                first, *rest = _list_lines(each, f"{indent}    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _list_lines(value, f"{indent}  ")
        elif value:
            yield f"{indent}{key}: {int(value) if key == 'year' else json.dumps(value, ensure_ascii=False)}"


def write_bibtex(cited: Citation) -> bytes:
    r"""Write a ``citation.bib``, of an entry that BibTeX and biblatex know.

    Examples
    --------
    >>> cited = Citation(Table("Groups & ties", {}, {}, {}, (), ()), "ab" * 32)
    >>> print(write_bibtex(cited).decode().partition("  note")[0])
    @misc{presence-abababababab,
      title = {{Groups \& ties}},
    <BLANKLINE>
    """
    table, mark = cited.table, cited.data_hash[:MARK]
    said = f"Data {mark}, as presence-maps prints it. {CAUTION}"
    fields = {
        "author": " and ".join(f"{{{_escape(name)}}}" for name in _list_authors(table)),
        "title": f"{{{_escape(table.title)}}}",
        "year": str(table.as_of.year) if table.as_of else "",
        "month": str(table.as_of.month) if table.as_of and table.as_of.month else "",
        "url": quote(cited.url, safe=":/?&=+,;@!'()*~#[]") if cited.url else "",
        "note": _escape(said),
    }
    lines = [f"  {key} = {{{value}}},\n" for key, value in fields.items() if value]
    return f"@misc{{presence-{mark},\n{''.join(lines)}}}\n".encode()


def _escape(text: str) -> str:
    return text.translate(ESCAPES)
