"""What a page shows, as one of the data sets that search engines and catalogues list: schema.org's ``Dataset``."""

from __future__ import annotations

from collections.abc import Mapping

from geo.attribution import cite, find_time, list_authors, shorten_hash
from geo.draw.wording.captions import write_lede
from geo.draw.wording.localised_names import LocalisedTable, LocalisedUnits
from geo.licences import find_licence
from geo.longitude import turn_longitude
from geo.model import Activity, Moment, Table
from geo.sentences import add_unsaid

__all__ = ["describe_counts", "describe_data", "list_downloads", "name_dataset"]

ENCODINGS = {
    "table": "application/yaml", "csv": "text/csv", "geojson": "application/geo+json",
    "datapackage": "application/json", "stix": "application/stix+json;version=2.1",
}  # fmt: skip
"""Media types of what a publication gives to take."""


def describe_data(joined: LocalisedTable) -> dict[str, object]:
    """Describe a table; what it does not say is left out."""
    phrases, table = joined.phrases, joined.table
    return _keep_known(
        {
            "description": add_unsaid(write_lede(joined), phrases.say("foot_strong"), phrases.say("foot_silence")),
            "temporalCoverage": _write_span(*(find_time(table) or (None, None))),
            "spatialCoverage": _cover_place(joined),
            "creator": _name_creators(table),
            "license": find_licence(table.licence) or _word_licence(table.licence),
            "citation": [cite(source) for source in table.sources.values()],
            "version": shorten_hash(joined.data_hash),
        }
    )


def describe_counts(drawn: LocalisedUnits, activity: Activity, data_hash: str) -> dict[str, object]:
    """Describe counts of recorded events; whoever counted them is not known."""
    since, until = activity.since, activity.until
    if not since and not until and activity.periods:
        since, until = activity.periods[0], activity.periods[-1]
    return _keep_known(
        {
            "description": drawn.phrases.say("events_caution"),
            "temporalCoverage": _write_span(since, until),
            "spatialCoverage": _cover_place(drawn),
            "citation": [source.citation or source.title for source in activity.sources],
            "version": shorten_hash(data_hash),
        }
    )


def name_dataset(title: str, described: Mapping[str, object]) -> dict[str, object]:
    """Return the description with what it is, as JSON-LD.

    Examples
    --------
    >>> name_dataset("Groups", {"version": "a74d53dfc8eb"})["@type"]
    'Dataset'
    """
    return {"@context": "https://schema.org", "@type": "Dataset", "name": title, **described}


def list_downloads(places: Mapping[str, str]) -> list[dict[str, object]]:
    """List what there is to take of a data set, by addresses; whatever else has a place is left out.

    Examples
    --------
    >>> list_downloads({"csv": "data/presence.csv", "manifest": "manifest.json"})
    [{'@type': 'DataDownload', 'encodingFormat': 'text/csv', 'contentUrl': 'data/presence.csv'}]
    """
    return [{"@type": "DataDownload", "encodingFormat": form, "contentUrl": places[key]}
            for key, form in ENCODINGS.items() if key in places]  # fmt: skip


def _keep_known(told: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if value}


def _name_creators(table: Table) -> object:
    """Name the authors, or whom the byline names.

    Whether that is a person or an organisation, nobody said, and schema.org has no word for either but both.
    """
    names = [{"@type": ["Person", "Organization"], "name": name} for name in list_authors(table)]
    return names[0] if len(names) == 1 else names


def _word_licence(licence: str | None) -> dict[str, object] | None:
    return {"@type": "CreativeWork", "name": licence} if licence else None


def _write_span(start: Moment | None, end: Moment | None) -> str:
    if start == end:
        return str(end or "")
    return f"{start or '..'}/{end or '..'}"


def _cover_place(drawn: LocalisedUnits) -> dict[str, object]:
    """Name the country, where it is known; else the box that holds all units, by latitude and longitude."""
    place: dict[str, object] = {"@type": "Place"}
    if country := drawn.gazetteer.country:
        return {**place, "name": country}
    if drawn.units.empty:
        return {}
    west, south, east, north = map(float, drawn.units.total_bounds)
    corners = (south, turn_longitude(west, 0), north, turn_longitude(east, 0))
    return {**place, "geo": {"@type": "GeoShape", "box": " ".join(f"{each:.2f}" for each in corners)}}
