"""How to cite a table, for programs: the Citation File Format 1.2.0, and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from geo.attribution import CAUTIONS, list_authors, shorten_hash
from geo.licences import LICENCES, find_licence
from geo.model import Moment, Source, Table
from geo.sentences import add_unsaid, end_sentence

__all__ = ["Citation", "write_bibtex", "write_cff"]

NOBODY = "anonymous"
"""Whom the Citation File Format names where nobody is: it refuses a work without authors."""

ESCAPES = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " "}
    # BibTeX counts braces whatever stands before them, so that one alone would swallow the rest.
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {sign: f"\\{sign}" for sign in "$&#_%"}
)
ADDRESS = re.compile(r"([A-Za-z]+)(://[^/?#]*)([^#]*)(.*)", re.DOTALL)
SAFE = "!$&'()*+,;=:@/?%"


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
        "authors": [{"name": name} for name in list_authors(table) or [NOBODY]],
        "abstract": add_unsaid(f"{end_sentence(table.subtitle or '')} {_say_day(table)}".strip(), *CAUTIONS),
        "version": shorten_hash(cited.data_hash),
        "date-released": _write_day(_find_release(table)),
        "url": _spell_address(cited.url),
        "license": table.licence if table.licence in LICENCES else None,
        "license-url": None if table.licence in LICENCES else _spell_address(find_licence(table.licence)),
        "references": _drop_repeats(map(_refer, table.sources.values())),
    }
    return "".join(f"{line}\n" for line in _list_lines(told)).encode()


def _refer(source: Source) -> dict[str, Any]:
    return {
        "type": "generic",
        "title": source.title,
        "authors": [{"name": source.author or source.publisher or NOBODY}],
        "publisher": {"name": source.publisher} if source.publisher else None,
        "year": str(source.date.year) if source.date else None,
        "date-published": _write_day(source.date),
        "url": _spell_address(source.url),
    }


def _drop_repeats(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first of those that say the same: the format refuses a reference that stands there twice."""
    return list({json.dumps(each): each for each in told}.values())


def _find_release(table: Table) -> Moment | None:
    """Find when these data were published, as far as the log says; ``as_of`` is of what they speak of."""
    return max((change.date for change in table.changes), key=lambda date: date.last, default=None)


def _say_day(table: Table) -> str:
    return f"As of {table.as_of}." if table.as_of else ""


def _spell_address(address: str | None) -> str | None:
    """Spell an address with the signs that a URI has.

    >>> _spell_address("HTTPS://example.org/\u00fc%20%z[1]#a#b")
    'https://example.org/%C3%BC%20%25z%5B1%5D#a%23b'
    """
    if not address or not (parts := ADDRESS.fullmatch(re.sub("%(?![0-9A-Fa-f]{2})", "%25", address))):
        return None
    scheme, host, path, fragment = parts.groups()
    rest = quote(path, safe=SAFE) + fragment[:1] + quote(fragment[1:], safe=SAFE)
    return scheme.lower() + quote(host, safe=f"{SAFE}[]") + rest


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
      key = {{Groups \& ties}},
      title = {{Groups \& ties}},
    <BLANKLINE>
    """
    table, mark = cited.table, shorten_hash(cited.data_hash)
    said = " ".join(filter(None, [_say_day(table), f"Data {mark}, as presence-maps prints it.", *CAUTIONS]))
    released = _find_release(table)
    authors, title = list_authors(table), f"{{{_escape(table.title)}}}"
    fields = {
        "author": " and ".join(f"{{{_escape(name)}}}" for name in authors),
        "key": "" if authors else title,  # By which a work of nobody's stands in its place of a list.
        "title": title,
        "year": str(released.year) if released else "",
        "month": str(released.month) if released and released.month else "",
        "url": _spell_address(cited.url),
        "note": _escape(said),
    }
    lines = [f"  {key} = {{{value}}},\n" for key, value in fields.items() if value]
    return f"@misc{{presence-{mark},\n{''.join(lines)}}}\n".encode()


def _escape(text: str) -> str:
    return text.translate(ESCAPES)
