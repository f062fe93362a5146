"""Maps: pages drawn in memory, and written all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.api.boundaries import list_inputs
from geo.api.checks.check_choices import match_group
from geo.api.checks.map_refusals import PAIRED, check_compared, limit_groups, require_dates, say_why_not
from geo.api.job import Job
from geo.api.maps_folder import LeftoverFiles, MapsFolder, write_folder, write_pages
from geo.api.output_paths import settle_file, spare_inputs
from geo.api.quotes.checked_quotes import find_checked
from geo.api.quotes.copies import list_kept
from geo.api.tables import join_checked
from geo.errors import PresenceError, Problem, TableError
from geo.join.join_report import JoinReport
from geo.model import Quoted, UnitNoun
from geo.option_values import MAPS
from geo.write.inventory import INVENTORY

if TYPE_CHECKING:
    from geo.draw.web.address import Address
    from geo.join.joined_table import JoinedTable
    from geo.model import Topology

__all__ = ["Built", "MapOptions", "build_maps", "draw_pages", "render_maps", "render_page", "settle_pages"]


@dataclass(frozen=True)
class Built:
    """Maps as bytes, by name, what became of the table's records and of other files, and what units are called.

    ``kept`` are the copies of sources beside the table, on none of which anything may be written.
    """

    pages: Mapping[str, bytes]
    report: JoinReport
    warnings: tuple[Problem, ...]
    noun: UnitNoun
    left: LeftoverFiles = field(default_factory=LeftoverFiles)
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True)
class MapOptions:
    """What a user asks of maps only.

    ``compared`` are the two or three groups of a comparison, the two that share most without; ``by`` says what the
    steps of a time line go by, ``"published"`` or ``"observed"``. ``basemap`` lays the tiles of OpenStreetMap below;
    the pages then ask its server for them. ``addresses`` says of pages, by name, where they will stand; ``stamp`` is
    what a publication says at the foot of each, behind the hash of its data. ``checked`` are quotes that were found in
    the copies of their sources.
    """

    compared: tuple[str, ...] = ()
    by: str = "published"
    basemap: bool = False
    addresses: Mapping[str, Address] = field(default_factory=dict)
    stamp: str = ""
    checked: frozenset[Quoted] = frozenset()


def render_maps(table: Path, only: Iterable[str] = MAPS, job: Job = Job(), options: MapOptions = MapOptions()) -> Built:
    """Draw those of `MAPS` that are wanted, in memory; of several, one that says nothing of this table is left out.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     built = render_maps(table, ["overlay"])
    >>> built.pages["overlay"][:15]
    b'<!DOCTYPE html>'
    """
    joined, topology, warnings = join_checked(table, job)
    only = tuple(only)
    kept = list_kept(table, joined.whole)
    checked = find_checked(table, joined.whole, job) if "report" in only else frozenset()
    compared = tuple(next(iter(match_group(joined.whole, each)), each) for each in options.compared)
    options = replace(options, compared=compared, checked=checked)
    pages = draw_pages(joined, topology, table, only, job, options)
    return Built(pages, joined.report, warnings, joined.gazetteer.noun, kept=kept)


def draw_pages(
    joined: JoinedTable, topology: Topology, table: Path, wanted: Sequence[str], job: Job, options: MapOptions
) -> dict[str, bytes]:
    """Draw maps of what is joined already, in the language of its choices."""
    pages, failed = {}, {}
    for name in wanted:
        if len(wanted) > 1 and (
            why := "" if name == "compare" and options.compared else say_why_not(name, joined, options.by)
        ):
            job.progress(f"leaving out {name}: {why}")
            continue
        job.progress(f"drawing {name}")
        try:
            _check_drawable(name, joined, table, options, job)
            pages[name] = _draw_page(name, joined, topology, options)
        except Exception as error:  # noqa: BLE001  # raised below, once it is known which others can be drawn
            failed[name] = error
    if failed:
        raise _point_to_others(failed, tuple(pages), table)
    return pages


def _point_to_others(failed: Mapping[str, Exception], drawn: Sequence[str], table: Path) -> Exception:
    """Return what went wrong, a fault of ours before all else, with the way to the maps that can be drawn."""
    others = " ".join(f"--only {name}" for name in drawn)
    problems: dict[Problem, None] = {}
    for error in failed.values():
        if not isinstance(error, PresenceError):
            if drawn:
                error.add_note(f"{others} draws the others")
            return error
        problems |= dict.fromkeys(error.problems)
    if drawn:
        found = f"{', '.join(failed)} cannot be drawn, so nothing is written"
        problems[Problem(str(table), found, f"{others}, which draws the others")] = None
    return TableError(problems)


def build_maps(
    table: Path,
    files: Mapping[str, Path],
    job: Job = Job(),
    options: MapOptions = MapOptions(),
    *,
    folder: MapsFolder | None = None,
) -> Built:
    """Draw maps and write each to its file, all or none; what an earlier build left in its own folder goes."""
    files = settle_pages(table, files, job)
    if folder:
        spare_inputs([folder.path / INVENTORY], [table, *list_inputs(job.boundaries)])
    built = render_maps(table, files, job, options)
    job.progress("writing")
    pages = {path: built.pages[name] for name, path in files.items() if name in built.pages}
    spare_inputs(pages, built.kept)
    if folder:
        return replace(built, left=write_folder(folder, pages))
    write_pages(pages)
    return built


def settle_pages(table: Path, files: Mapping[str, Path], job: Job) -> dict[str, Path]:
    """Settle where pages go, each .html or without an ending, which it is given."""
    return {
        name: settle_file(path, ["html"], table=table, boundaries=job.boundaries)[0] for name, path in files.items()
    }


def render_page(drawn: Any, *, basemap: bool = False) -> bytes:
    """Render a map of folium, perhaps with the tiles of OpenStreetMap below."""
    if basemap:
        from geo.draw.web.basemap import lay_basemap

        lay_basemap(drawn)
    page: str = drawn.get_root().render()
    return page.encode()


def _check_drawable(name: str, joined: JoinedTable, table: Path, options: MapOptions, job: Job) -> None:
    if name in PAIRED:
        limit_groups(joined, table, job.boundaries, name)
    if name == "compare":
        check_compared(joined, table, options.compared)
    if name == "timeline":
        require_dates(joined, table, options.by)


def _draw_page(name: str, joined: JoinedTable, topology: Topology, options: MapOptions) -> bytes:
    from geo.draw.pages.kinds import KINDS

    more: dict[str, dict[str, Any]] = {
        "compare": {"groups": options.compared}, "timeline": {"by": options.by}, "report": {"checked": options.checked},
    }  # fmt: skip
    drawn = KINDS[name].draw(joined, topology, **more.get(name, {}))
    if options.stamp or name in options.addresses:
        from geo.draw.web.address import place_page

        place_page(drawn, options.addresses.get(name), options.stamp)
    return render_page(drawn, basemap=options.basemap)
