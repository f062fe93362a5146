"""The data block of a page: all that the script draws from, enough to draw the map elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from geo.draw.compose.page_content import MapView, PageContent
from geo.draw.marks.map_classes import Outline
from geo.draw.marks.palette import OUTLINE, PAPER
from geo.draw.topology.topojson import dump_topology
from geo.draw.wording.catalogue import FIGURES, Catalogue
from geo.draw.wording.localised_names import LocalisedUnits
from geo.model import Gazetteer, Topology

__all__ = ["BLOCK_VERSION", "build_block", "sort_units", "tell_classes"]

BLOCK_VERSION = 2
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


def build_block(content: PageContent, drawn: LocalisedUnits, topology: Topology) -> dict[str, object]:
    """Collect what a page knows: what every page tells of units, with what this one tells besides."""
    units = [_build_unit(code, drawn.gazetteer) for code in sort_units(drawn.gazetteer, map(str, drawn.units.index))]
    facts = content.unit_facts
    return {
        "version": BLOCK_VERSION,
        "kind": content.kind,
        **_tell_writing(drawn.phrases),
        "title": content.title,
        "units": [{**unit, **facts.get(str(unit["code"]), {})} for unit in units],
        "colours": {**content.view.colours, "paper": PAPER, "outline": OUTLINE},
        **content.data,
        "geometry": dump_topology(topology),
    }


def sort_units(known: Gazetteer, codes: Iterable[str]) -> list[str]:
    """Return codes by the names of their units, as a page lists them."""
    return sorted(codes, key=lambda code: known.units[code].name)


def tell_classes(
    view: MapView, lines: Mapping[str, Sequence[str]] = NOTHING, records: Sequence[int] = ()
) -> dict[str, object]:
    """Tell the classes of units to a script that does not work them out, and what it says of each unit besides.

    ``lines`` are said of a unit to the ear, at the pointer and before its claims, by code; ``records`` are numbers of
    the records whose claims a chosen unit lists, all where there is none.
    """
    optional = {"lines": {code: list(said) for code, said in lines.items()}, "records": list(records)}
    return {
        "classes": {code: each.key for code, each in view.classes.items()},
        "signs": {code: sign for code, sign in view.list_signs().items() if sign},
        "rows": [
            {"key": row.shown.key, "label": row.shown.label, "fill": row.shown.fill.paint, "count": row.count}
            for row in view.rows
            if not isinstance(row.shown.fill, Outline)
        ],
        **{key: told for key, told in optional.items() if told},
    }


def _build_unit(code: str, known: Gazetteer) -> dict[str, object]:
    unit = known.units[code]
    aliases = {"aliases": list(unit.aliases)} if unit.aliases else {}
    optional = {"pcode": unit.pcode, "name_fa": unit.name_fa}
    return {"code": code, "name": unit.name, **{key: text for key, text in optional.items() if text}, **aliases}


def _tell_writing(phrases: Catalogue) -> dict[str, object]:
    """Tell how the language writes figures and in which direction, where that is not as scripts do by themselves."""
    figures = phrases.figures
    return {
        **({"digits": figures[:10], "decimal": figures[10], "thousands": figures[11]} if figures != FIGURES else {}),
        **({"direction": "rtl"} if phrases.is_right_to_left else {}),
        **({"counts": list(phrases.counts)} if phrases.counts else {}),
    }
