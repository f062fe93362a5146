"""What people write by mistake and what they mean by it: the remedy to name, never a value to take."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from geo.read.common.names import fold_name
from geo.read.common.nodes import LONGEST_QUOTE, Map, Text

__all__ = [
    "COUNTRY", "find_meant_key", "find_open_lists", "find_told_key", "means_group", "show_list", "split_list",
    "trim_province",
]  # fmt: skip

# A wrong key and what may be meant by it; of several the first that can stand there is named.
KEYS: Mapping[str, tuple[str, ...]] = {
    "abbreviation": ("short",), "actor": ("group",), "actors": ("group", "groups"), "alias": ("aliases",),
    "author": ("authors",), "corrections": ("changes",), "license": ("licence",), "log": ("changes",),
    "reason": ("why",),
    "citation": ("source", "title"), "claims": ("presence",), "color": ("colour",), "comment": ("note",),
    "comments": ("note",), "country": ("nationwide",), "date": ("observed", "as_of"), "dates": ("observed",),
    "description": ("note", "subtitle"), "estimate": ("strength",), "group": ("groups", "between"),
    "groups": ("group", "between"), "label": ("name",), "level": ("levels",), "levels": ("level",),
    "link": ("url",), "links": ("relations",), "location": ("in",), "locations": ("in",), "name": ("title",),
    "notes": ("note",), "organisation": ("publisher",), "organization": ("publisher",), "pages": ("page",),
    "parent": ("part_of",), "parties": ("between",), "place": ("in",), "places": ("in",),
    "presences": ("presence",), "province": ("in",), "provinces": ("in",), "records": ("presence",),
    "ref": ("source",), "reference": ("source",), "references": ("source", "sources"), "region": ("regions",),
    "regions": ("region",), "relation": ("relations",), "reliability": ("grade",), "remark": ("note",),
    "remarks": ("note",), "short_name": ("short",), "size": ("strength",), "source": ("sources",),
    "sources": ("source",), "start": ("from",), "statement": ("statements", "text"),
    "status": ("standing", "level", "finding"), "strengths": ("strength",), "subgroup_of": ("part_of",),
    "ties": ("relations",), "title": ("name",), "type": ("kind", "level"), "until": ("to",),
    "when": ("observed",), "where": ("in",), "who": ("group",), "year": ("observed", "date"),
    "bemerkung": ("note",), "datum": ("observed",), "fecha": ("observed",), "fuente": ("source",),
    "hinweis": ("note",), "niveau": ("level",), "nivel": ("level",), "notas": ("note",), "provincia": ("in",),
    "provinz": ("in",), "quelle": ("source",), "remarque": ("note",), "remarques": ("note",), "stufe": ("level",),
    "ولایت": ("in",), "منبع": ("source",), "تاریخ": ("observed",), "سطح": ("level",),
    "ملاحظات": ("note",),
}  # fmt: skip

# Words of a header of several, and the key that such a column holds.
TOLD: Mapping[str, str] = {
    "type": "level", "level": "level", "status": "level", "presence": "level", "intensity": "level", "source": "source",
    "sources": "source", "reference": "source", "references": "source", "citation": "source", "url": "source",
    "link": "source", "date": "observed", "dates": "observed", "year": "observed", "month": "observed",
    "period": "observed", "observed": "observed", "updated": "observed", "note": "note", "notes": "note",
    "comment": "note", "comments": "note", "remark": "note", "remarks": "note", "description": "note", "page": "page",
    "pages": "page", "quote": "quote", "reliability": "grade", "grade": "grade", "confidence": "confidence",
    "basis": "basis", "region": "region", "regions": "region", "trend": "trend",
}  # fmt: skip

# Headers of a column of groups, in some languages of those who make such sheets.
GROUPS = frozenset(
    ("group", "groups", "group s", "armed group", "armed groups", "militant group", "militant groups", "actor",
     "terror group", "terror groups", "terrorist group", "terrorist groups", "insurgent group", "insurgent groups",
     "militia", "factions", "organisation name", "organization name",
     "actors", "armed actor", "armed actors", "organisation", "organization", "organisations", "organizations",
     "faction", "name of group", "group name", "name of the group", "armed group name", "who", "gruppe", "gruppen",
     "bewaffnete gruppe",
     "groupe", "groupes", "groupe arme", "grupo", "grupos", "grupo armado", "группа", "группировка",
     "گروه", "گروه ها", "گروه مسلح", "ډله", "جماعة", "الجماعة", "مجموعة")
)  # fmt: skip

# Folded words for the whole country, none of which is a unit's name.
COUNTRY = frozenset(
    ("all", "all provinces", "country wide", "countrywide", "everywhere", "nation wide", "nationwide",
     "the whole country", "whole country")
)  # fmt: skip

BETWEEN = re.compile(r"\s*[,;/&+،؛]\s*(?:and\s+)?|\s+(?:and|و)\s+")
PROVINCE = re.compile(r"\b(?:provinces?(?: of\b)?|[wv][ei]layat(?: e)?|ولایت)\b")


def find_meant_key(name: str, known: Collection[str]) -> str | None:
    """Find the key that is meant by another word or another way to write it.

    ``known`` are those that can stand there and do not yet.

    Examples
    --------
    >>> find_meant_key("date", ("group", "observed")), find_meant_key("As of", ("as_of",))
    ('observed', 'as_of')
    >>> find_meant_key("date", ("group",)), find_meant_key("", ("group",))
    (None, None)
    """
    word = re.sub(r"[\s-]+", "_", name.strip().lower())
    return next((key for key in (word, *KEYS.get(word, ())) if key in known), None)


def find_told_key(header: str, known: Collection[str]) -> str | None:
    """Find the key that a header of several words speaks of.

    Examples
    --------
    >>> find_told_key("Type of presence", ("level", "note")), find_told_key("Red Group", ("group", "level"))
    ('level', None)
    """
    if means_group(header):
        return "group" if "group" in known else None
    words = re.findall(r"\w+", fold_name(header))
    return next((TOLD[word] for word in words if TOLD.get(word) in known), None)


def means_group(header: str) -> bool:
    """Tell whether a header is that of a column of groups.

    Examples
    --------
    >>> means_group("Armed groups"), means_group("Red Group")
    (True, False)
    """
    return " ".join(re.findall(r"\w+", fold_name(header))) in GROUPS


def find_open_lists(node: Map, known: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Find what looks like a list without brackets in a mapping in braces: ``{in: Kabul, Paktia}``.

    YAML reads each text after a comma as a further key without a value; so for each key its own value is given and the
    texts that follow it. ``known`` are keys that are no items of a list.

    Examples
    --------
    >>> from geo.read.yaml.parse import parse_tree
    >>> find_open_lists(parse_tree(b"{in: Kabul, Paktia, level: cells}", "t.yaml"))
    {'in': ('Kabul', 'Paktia')}
    >>> find_open_lists(parse_tree(b"{in: [Kabul, Paktia], level: }", "t.yaml"))
    {}
    """
    lists: dict[str, tuple[str, ...]] = {}
    if not node.flow:
        return lists
    first = ""
    for name, value in node.values.items():
        is_bare = type(value) is Text and value.plain and not value.text and name not in known
        if not is_bare:
            first = name if type(value) is Text and value.text else ""
            start = value.text if type(value) is Text else ""
        elif first:
            lists[first] = (*lists.get(first, (start,)), name)
    return lists


def split_list(text: str) -> tuple[str, ...]:
    """Split a text that may be a list without brackets; what it really is, only a look at its parts can say.

    There are two parts or more; none where it has no comma, slash, "and" or the like.

    Examples
    --------
    >>> split_list("Kabul, Paktia and Khost"), split_list("[Kabul, Paktia]"), split_list("Sar-e Pol")
    (('Kabul', 'Paktia', 'Khost'), ('Kabul', 'Paktia'), ())
    """
    parts = tuple(part for part in BETWEEN.split(text.strip("[] ")) if part)
    return parts if len(parts) > 1 else ()


def show_list(items: Collection[str]) -> str:
    """Show how a list is written, in brackets: of these items of a file, where they are short and can be shown.

    Examples
    --------
    >>> show_list(("Kabul", "Paktia")), show_list(("Kabul" * 20, "Paktia"))
    ('[Kabul, Paktia]', '[one, another]')
    """
    shown = f"[{', '.join(items)}]"
    return shown if shown.isprintable() and len(shown) <= LONGEST_QUOTE else "[one, another]"


def trim_province(text: str) -> str:
    """Leave the word "province" out of a name, to look for names that are like the rest.

    The rest is folded; empty where the word does not stand there.

    Examples
    --------
    >>> trim_province("Kabul Province"), trim_province("Province of Kabul"), trim_province("Kabul")
    ('kabul', 'kabul', '')
    """
    folded = fold_name(text)
    trimmed = " ".join(PROVINCE.sub(" ", folded).split())
    return trimmed if trimmed != folded else ""
