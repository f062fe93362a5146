"""A table as a data package (Data Package v2): CSV in long form, with a descriptor that says what each column holds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from geo.attribution import CAUTIONS, find_time, list_authors
from geo.export.csv_sheets import write_separated
from geo.export.package_tables import Column, PackageTable, list_package_tables, write_cell
from geo.join.joined_table import JoinedTable
from geo.licences import find_licence
from geo.model import Sheet, Table
from geo.sentences import add_unsaid, end_sentence

__all__ = ["DESCRIPTOR", "write_package"]

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
GUARDED = (
    "A text that a spreadsheet would run as a formula (it begins with =, +, - or @) has an apostrophe before it, as in "
    "all CSV of presence-maps."
)
NUMBERS = ("integer", "number")


def write_package(
    joined: JoinedTable, format_schema: Mapping[str, Any], data_hash: str
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Write what counts of a table as a data package, its files by name and the descriptor first; say what it holds.

    ``format_schema`` is the JSON Schema of a table, whose words describe the columns; ``data_hash`` what a page prints.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer
    >>> none = gpd.GeoDataFrame(geometry=[], index=[], crs=4326)
    >>> joined = join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), none)
    >>> files, told = write_package(joined, {}, "a74d53dfc8eb")
    >>> [*files][:2], told
    (['datapackage.json', 'claims.csv'], ('0 claims of 0 records, in 18 tables',))
    """
    tables = list_package_tables(joined)
    files = {f"{each.name}.csv": _write_rows(each) for each in tables}
    resources = [_describe_resource(each, files[f"{each.name}.csv"], format_schema) for each in tables]
    descriptor = _describe_package(joined, data_hash) | {"resources": resources}
    text = json.dumps(descriptor, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    claims, records = len(joined.table.claims), len(joined.table.records)
    told = f"{claims:,} claim{'s' * (claims != 1)} of {records:,} record{'s' * (records != 1)}, in {len(tables)} tables"
    return {DESCRIPTOR: text.encode(), **files}, (told,)


def _write_rows(table: PackageTable) -> bytes:
    rows = tuple(tuple(map(write_cell, row)) for row in table.rows)
    sheet = Sheet(table.name, tuple(column.name for column in table.columns), rows)
    return write_separated(sheet, encoding="utf-8")


def _describe_package(joined: JoinedTable, data_hash: str) -> dict[str, Any]:
    table = joined.table
    said = {"subtitle": table.subtitle, "headline": table.headline, "alt": table.alt,
            "byline": table.byline if table.authors else None,
            "licence": None if find_licence(table.licence) else table.licence,
            "as_of": str(table.as_of) if table.as_of else None}  # fmt: skip
    hidden = sum(joined.report.hidden.values())
    left = f"{hidden} of {len(joined.whole.records)} records are left out, as was chosen." if hidden else ""
    texts = [end_sentence(each) for each in (table.subtitle, table.headline) if each]
    described = " ".join(filter(None, [add_unsaid(" ".join(texts), *CAUTIONS), left, GUARDED]))
    package: dict[str, Any] = {
        "$schema": PROFILE.format("datapackage"),
        "name": _make_name(table.title),
        "title": table.title,
        "description": described,
        "version": data_hash,
        "licenses": _name_licence(table.licence),
        "contributors": [{"title": name, "roles": ["creator"]} for name in list_authors(table)],
        "temporal": _cover_time(table),
        "sources": [
            {"title": source.title, **({"path": source.url} if source.url else {}),
             **({"version": str(source.date)} if source.date else {})}
            for source in table.sources.values()
        ],
        "presence": {key: text for key, text in said.items() if text},
    }  # fmt: skip
    return {key: value for key, value in package.items() if value}


def _name_licence(licence: str | None) -> list[dict[str, str]]:
    """Name a licence as the standard does, by its identifier and address; of words alone it knows nothing.

    >>> _name_licence("CC-BY-4.0"), _name_licence("Ask the desk")
    ([{'name': 'CC-BY-4.0', 'path': 'https://creativecommons.org/licenses/by/4.0/'}], [])
    """
    path = find_licence(licence)
    if not licence or not path:
        return []
    return [{**({"name": licence} if path != licence else {}), "path": path}]


def _make_name(title: str) -> str:
    """Make a name of a title, of signs that an address may hold.

    >>> _make_name("Armed groups: 2020"), _make_name("گروه")
    ('armed-groups-2020', 'presence-table')
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "presence-table"


def _cover_time(table: Table) -> dict[str, str]:
    """Give the first and the last day that a table speaks of."""
    covered = find_time(table)
    return {"start": covered[0].first.isoformat(), "end": covered[1].last.isoformat()} if covered else {}


def _describe_resource(table: PackageTable, data: bytes, format_schema: Mapping[str, Any]) -> dict[str, Any]:
    fields = [_describe_column(column, format_schema) for column in table.columns]
    schema: dict[str, Any] = {
        "$schema": PROFILE.format("tableschema"), "fields": fields,
        "missingValues": [""], "primaryKey": list(table.key),
    }  # fmt: skip
    if keys := list(_list_foreign_keys(table)):
        schema["foreignKeys"] = keys
    return {
        "$schema": PROFILE.format("dataresource"),
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.told,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def _list_foreign_keys(table: PackageTable) -> Iterable[dict[str, Any]]:
    for column in table.columns:
        if column.refers:
            resource, name = column.refers
            # As the standard has it, a table that refers to itself names none.
            other = {} if resource == table.name else {"resource": resource}
            yield {"fields": [column.name], "reference": {**other, "fields": [name]}}


def _describe_column(column: Column, format_schema: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a column in the words of the format's own definition, which also says what may stand there."""
    defined = _find_key(format_schema, column.key.split(".")) if column.key else {}
    told = " ".join(filter(None, (defined.get("description"), column.told)))
    limits: dict[str, Any] = {"required": True} if column.is_required else {}
    enum = defined.get("enum", [])
    if column.kind == "string" and enum and all(isinstance(each, str) for each in enum):
        limits["enum"] = list(enum)
    pattern = str(defined.get("pattern", ""))
    if column.kind == "string" and pattern.startswith("^(?:"):
        limits["pattern"] = pattern.removeprefix("^(?:").removesuffix(")$")
    if column.kind in NUMBERS:
        limits |= {name: defined[name] for name in ("minimum", "maximum") if name in defined}
    limits |= column.constraints
    described = {"name": column.name, "type": column.kind, "description": told}
    return described | ({"constraints": limits} if limits else {})


def _find_key(schema: Mapping[str, Any], path: Iterable[str]) -> Mapping[str, Any]:
    """Find what a JSON Schema says of a key under keys, through lists and through mappings by id."""
    found: Mapping[str, Any] = schema
    for name in path:
        for inside in ("items", "additionalProperties"):
            if isinstance(found.get(inside), Mapping) and "properties" in found[inside]:
                found = found[inside]
        found = found.get("properties", {}).get(name, {})
    return found
