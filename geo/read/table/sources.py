"""Sources: what a claim rests on, for whom it speaks, whether it is made of other sources, which copy is kept."""

from __future__ import annotations

from typing import Any

from geo.model import Source, SourceCopy
from geo.read.common.nodes import Map, Text
from geo.read.fields.dates import Date
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.scalars import Flag, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext, find_position
from geo.read.table.evidence import UNSEEN
from geo.read.table.groups import GROUPS
from geo.read.table.translations import NOTES, take_notes

__all__ = ["COPY_FILE", "SOURCE", "is_kept"]

# No @ before the path: in https://good.org@evil.org/ the host is not what one reads.
URL = Pattern(
    rf"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@<>\x22\x27`{{}}|\\^{UNSEEN}]+(?:[/?#][^\s<>\x22\x27`{{}}|\\^{UNSEEN}]*)?",
    "an address that begins with http:// or https:// and the name of a site",
)


NO_PATH = rf"\\:*?\x22<>|\x00-\x1f\x7f-\x9f\u2028-\u202e{UNSEEN}"
STEP = rf"(?:[^./~{NO_PATH}]|\.[^./{NO_PATH}]|\.\.[^/{NO_PATH}])[^/{NO_PATH}]*"
COPY_FILE = Pattern(
    rf"(?:{STEP}/)*{STEP}",
    "the path of a file in the folder of the table or below it, with /, such as copies/report.pdf",
)
"""No way out of that folder, on any system."""


def _build_copy(values: dict[str, Any], node: Map, _reading: TableContext) -> SourceCopy:
    return SourceCopy(**values, position=find_position(node.values["file"]))


COPY = Kind(
    "a copy",
    (
        Key("file", COPY_FILE, required=True, help="Where it is: a path from the folder of the table, with /."),
        Key(
            "sha256",
            Pattern("[0-9A-Fa-f]{64}", "the SHA-256 of the file, 64 hexadecimal digits, as `presence check` tells it"),
            help="The SHA-256 of the file, by which a change is noticed; `presence check` tells it.",
        ),
        Key("taken", Date(may_follow=True), help="When it was taken: YYYY, YYYY-MM or YYYY-MM-DD."),
        Key(
            "publish",
            Flag(is_either=True),
            help="true where `presence publish` may put it into its folder; without that it reaches nobody.",
        ),
    ),
    _build_copy,
)


def _build_source(values: dict[str, Any], node: Map, reading: TableContext) -> Source:
    take_notes(values, node, reading)
    source = Source(**values)
    reading.favours[source.id] = source.favours
    return source


SOURCE = Kind(
    "a source",
    (
        Key("title", Line("a title on one line"), required=True, help="What the source is called."),
        Key("author", Line(), help="Who wrote it."),
        Key("publisher", Line(), help="Who published it."),
        Key("date", Date(), help="When it appeared: YYYY, YYYY-MM or YYYY-MM-DD."),
        Key("url", URL, help="Where it can be read; http or https."),
        Key("archived", URL, help="A copy that stays."),
        Key(
            "grade",
            Pattern("[A-F]", "a letter from A to F; the digit 1 to 6 belongs to the record"),
            help="How reliable the source is, from A (reliable) to F (cannot be judged); the Admiralty letter.",
        ),
        Key(
            "favours",
            GROUPS,
            help="Groups it speaks for, as a newsletter of their own does; what it claims of them is `basis: claimed`, "
            "unless the record says otherwise.",
        ),
        Key(
            "derived",
            Flag(),
            help="true where it is a map or a compilation, made of other sources; `presence check` tells claims that "
            "rest on nothing else.",
        ),
        Key("note", Prose(), help="Anything to know about the source. It is published."),
        NOTES,
        Key("copy", COPY, help="A copy that you keep beside the table, in which `presence check` looks for quotes."),
    ),
    _build_source,
)


def is_kept(kind: Kind, name: str, node: Map) -> bool:
    """Tell whether a key of a mapping is the copy of a source that its author keeps: where it is, nobody is told.

    Examples
    --------
    >>> from geo.read.yaml.parse import parse_tree
    >>> source = parse_tree(b"{title: A, copy: {file: a.pdf}}", "t")
    >>> is_kept(SOURCE, "copy", source), is_kept(SOURCE, "title", source)
    (True, False)
    """
    copy = node.values.get(name) if kind is SOURCE and name == "copy" else None
    publish = copy.values.get("publish") if isinstance(copy, Map) else None
    return copy is not None and not (isinstance(publish, Text) and publish.text.strip() == "true")
