"""The first sheet of a workbook of events: where it stands, and whether its rows follow each other."""

from __future__ import annotations

import posixpath
import zipfile
from xml.etree import ElementTree

from geo.events.stores.remote_files import give_input
from geo.read.common.nodes import quote
from geo.read.sheets.xlsx_checks import Hidden, Stop, check_sheet

__all__ = ["check_first_sheet"]


def check_first_sheet(path: str, stop: Stop) -> Hidden:
    """Refuse a workbook that openpyxl would not read whole, or whose second sheet it would take for the first."""
    with zipfile.ZipFile(give_input(path)) as archive:
        name = _find_first_sheet(archive)
        if name not in archive.namelist():
            found = f"a workbook whose first sheet is missing, its part {quote(name)}"
            stop(1, 1, found, "a whole copy of the workbook, or CSV")
        with archive.open(name) as part:
            return check_sheet(part, stop)


def _find_first_sheet(archive: zipfile.ZipFile) -> str:
    """Find where the XML of the first sheet stands."""
    links = {each.get("Id"): each for each in _read_xml(archive, "xl/_rels/workbook.xml.rels")}
    for sheet in _read_xml(archive, "xl/workbook.xml").iterfind(".//{*}sheet"):
        link = next((links[value] for name, value in sheet.items() if name.endswith("}id") and value in links), None)
        if link is not None and link.get("Type", "").endswith("/worksheet"):
            return posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
    return "xl/worksheets/sheet1.xml"


def _read_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))  # noqa: S314  # the size of each part was looked at
