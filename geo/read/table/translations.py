"""What a table says in other languages: names, notes, and what it says of itself."""

from __future__ import annotations

from typing import Any

from geo.model import Heading
from geo.read.common.nodes import Map
from geo.read.fields.mappings import Key, Kind, Named
from geo.read.fields.scalars import Line, Pattern, Prose
from geo.read.fields.table_context import TableContext

__all__ = ["HEADINGS", "HEADLINE", "LANGUAGE", "NOTES", "name_key", "take_notes"]

LANGUAGE = Pattern("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag such as fa or ps")
HEADLINE = Line("a headline on one line, at most 120 letters", 120)


def name_key(whose: str) -> Key:
    """Make the key of a name in other languages.

    Examples
    --------
    >>> name_key("Its").help
    'Its name by language tag, such as fa or ps.'
    """
    return Key(
        "names", Named("names by language", Line(), LANGUAGE), help=f"{whose} name by language tag, such as fa or ps."
    )


NOTES = Key(
    "translations",
    Named(
        "notes by language",
        Kind("a translated note", (Key("note", Prose(), required=True, help="The note in that language."),)),
        LANGUAGE,
    ),
    help="The note in other languages, {note: text} by language tag.",
)


def take_notes(values: dict[str, Any], node: Map, reading: TableContext) -> None:
    """Turn what is read under `translations` into notes by language; an error is noted where no note is translated.

    Examples
    --------
    >>> from geo.model import Gazetteer
    >>> values = {"note": "a hedge", "translations": {"ps": {"note": "P"}, "fa": {"note": "F"}}}
    >>> take_notes(values, Map(True, 1, 1), TableContext("t", Gazetteer({}, {}, "")))
    >>> values
    {'note': 'a hedge', 'notes': (('fa', 'F'), ('ps', 'P'))}
    """
    if "translations" not in values:
        return
    told = values.pop("translations")
    if "note" not in values:
        reading.error(node.keys["translations"], "`translations` without `note`", "`note`: what they translate")
    values["notes"] = tuple(sorted((language, each["note"]) for language, each in told.items() if each))


def _build_heading(values: dict[str, Any], _node: Map, _reading: TableContext) -> Heading:
    return Heading(**values)


HEADINGS = Named(
    "translations by language",
    Kind(
        "a translation",
        (
            Key("title", Line(), help="The heading of every map."),
            Key("subtitle", Line(), help="A second line under the title."),
            Key("headline", HEADLINE, help="What the maps say before all else, at most 120 letters."),
        ),
        _build_heading,
    ),
    LANGUAGE,
)
