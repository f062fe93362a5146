"""All that one page says, as a value: what its map shows first, its words, its sections, its script's data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from geo.draw.html import Markup
from geo.draw.marks.chips import Chip
from geo.draw.marks.map_classes import LegendRow, MapClass, Texture

__all__ = ["MapView", "PageContent", "Section"]


@dataclass(frozen=True)
class Section:
    """A part of a page below the map: its anchor, its name in the navigation, its markup."""

    id: str
    label: str
    markup: Markup


@dataclass(frozen=True)
class MapView:
    """What a map shows at first, and what it says of itself.

    Parameters
    ----------
    name : str
        Of the view, in the data block and in fragments.
    classes : mapping of str to MapClass
        Of all units, by code.
    rows : sequence of LegendRow
        The legend.
    headline, summary : str
        Plain text.
    own_headline : str
        Plain text: what begins the summary where the table has a headline of its own.
    signs : mapping of str to str, optional
        What stands under the names, by code; without, what the classes say.
    chips : mapping of str to sequence of Chip
        What stands there in place of a sign, by code, where the map shows more groups than bands tell apart.
    disputed : collection of str
        Codes of the units with a broken outline.
    heading : str or Markup
        What stands above the legend; what units are called where it is empty.
    note : str
        Plain text: what stands below the legend, before what is always said there.
    colours : mapping of str to str
        What SVG paints classes with, by key: those that the page's script may come to show.
    textures : sequence of Texture
        Those among them, besides bands and the textures of gaps.
    has_large_signs : bool
        Whether signs that are no figures are drawn larger than names.
    """

    name: str
    classes: Mapping[str, MapClass]
    rows: Sequence[LegendRow]
    headline: str
    summary: str
    signs: Mapping[str, str] | None = None
    chips: Mapping[str, Sequence[Chip]] = field(default_factory=dict)
    disputed: Collection[str] = frozenset()
    heading: str | Markup = ""
    note: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    textures: Sequence[Texture] = ()
    has_large_signs: bool = False
    own_headline: str = ""

    def list_signs(self) -> Mapping[str, str]:
        """Return what stands under the names, by code."""
        return {code: each.sign for code, each in self.classes.items()} if self.signs is None else self.signs


@dataclass(frozen=True)
class PageContent:
    """All that a page says.

    Parameters
    ----------
    kind : str
        Which of the kinds in the page's scripts it is.
    view : MapView
    title : str
        Plain text: of what it is made of.
    kicker : str
        Plain text above the headline: what and when, of how many sources.
    lede : str
        Plain text before the summary, if it needs any.
    about : str
        Plain text below the map: whose it is and what it is meant as.
    left_out : str
        Plain text beside the map: what choices left out.
    description : str
        Plain text: the map in words.
    stamp : str
        Plain text: what it is made of, as one cites it.
    sections : sequence of Section
        What follows the map, in order.
    data : mapping
        What its script needs beside units and their shapes.
    scripts : tuple of str
        Names of the script files that not every page has.
    style : str
        Rules of style that no other page has.
    legend_note : str or Markup
    rows : sequence of LegendRow, optional
        The legend, where something else on the page says some of what the view has.
    groups : Markup
        The table of groups beside the map, which is also what switches them.
    filters : Markup
        What a reader can leave out, beside the map.
    note : Markup
        What no map can show, on its field.
    off_map : Markup
        What stands beside the map, below all else.
    slider, pair_form : Markup
        What chooses a step in time, and which groups are compared.
    has_bar : bool
        Switch between its views above the map, and not beside it.
    layout : mapping of str to str
        What it says otherwise in the layout of every page, by key of the phrase.
    credit : str
        Plain text: whose data it shows, beside those of the boundaries.
    unit_facts : mapping of str to mapping
        What its script needs of single units beside their names, by code.
    is_tabbed : bool
        Show one section at a time on screen; paper shows all.
    dataset : mapping
        What it shows, by the terms of schema.org's ``Dataset``, but for its name.
    """

    kind: str
    view: MapView
    title: str
    kicker: str
    description: str
    stamp: str
    sections: Sequence[Section]
    data: Mapping[str, object]
    scripts: tuple[str, ...] = ()
    style: str = ""
    lede: str = ""
    about: str = ""
    left_out: str = ""
    legend_note: str | Markup = ""
    rows: Sequence[LegendRow] | None = None
    groups: Markup = Markup("")  # noqa: RUF009  # as frozen as a text
    filters: Markup = Markup("")  # noqa: RUF009
    note: Markup = Markup("")  # noqa: RUF009
    off_map: Markup = Markup("")  # noqa: RUF009
    slider: Markup = Markup("")  # noqa: RUF009
    pair_form: Markup = Markup("")  # noqa: RUF009
    has_bar: bool = False
    layout: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""
    unit_facts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    is_tabbed: bool = False
    dataset: Mapping[str, object] = field(default_factory=dict)
