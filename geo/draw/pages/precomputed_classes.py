"""A view whose classes are given with the page: the script shows them and works none out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from geo.draw.html import Markup
from geo.draw.marks.legend import LegendRow
from geo.draw.marks.textures import Textures
from geo.draw.pages.page_plan import Section

__all__ = ["PrecomputedClasses"]


@dataclass(frozen=True)
class PrecomputedClasses:
    """What a page says in place of what it would work out by itself.

    Parameters
    ----------
    view : str
        Name of the view, of which the page has no other.
    classes : mapping of str to str
        Code to key of class; a key holds a colon.
    rows : tuple of LegendRow
        The legend.
    headline, summary : str
        Plain text.
    heading : str
        Plain text: what stands above the legend; what units are called where it is empty.
    note : str
        Plain text: what stands below the legend, before what is always said there.
    colours : mapping of str to str
        Key of class to ``#rrggbb``, or ``url(#fill-name)`` with a texture of that name.
    textures : Textures
        Besides those of the gaps.
    signs : mapping of str to str, optional
        Code to what stands under its name, the same for all of a class; without, what the class says by itself.
    lines : mapping of str to tuple of str
        Code to what is said of a unit to the ear and at the pointer, and before its claims.
    records : tuple of int
        Numbers of the records whose claims a chosen unit lists; all where there is none.
    disputed : collection of str
        Codes of the units with a broken outline.
    sections : tuple of Section
        What follows the map before all else.
    off_map : Markup or None
        In place of the list of what is not on the map; None keeps that.
    """

    view: str
    classes: Mapping[str, str]
    rows: tuple[LegendRow, ...]
    headline: str
    summary: str
    heading: str = ""
    note: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    textures: Textures = field(default_factory=dict)
    signs: Mapping[str, str] | None = None
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[int, ...] = ()
    disputed: Collection[str] = frozenset()
    sections: tuple[Section, ...] = ()
    off_map: Markup | None = None

    def build(self) -> dict[str, object]:
        """Return what of it the page's script needs.

        Examples
        --------
        >>> agree = LegendRow("between:agree", "Agree", 1)
        >>> PrecomputedClasses("sources", {"AF-KAB": "between:agree"}, (agree,), "", "").build()
        {'classes': {'AF-KAB': 'between:agree'}, 'rows': [{'key': 'between:agree', 'label': 'Agree'}]}
        """
        built: dict[str, object] = {
            "classes": dict(self.classes),
            "rows": [{"key": row.key, "label": row.label} for row in self.rows if row.key != "disputed"],
        }
        optional = {
            "signs": {self.classes[code]: sign for code, sign in (self.signs or {}).items() if sign},
            "lines": {code: list(lines) for code, lines in self.lines.items()},
            "records": list(self.records),
        }
        return built | {key: value for key, value in optional.items() if value}
