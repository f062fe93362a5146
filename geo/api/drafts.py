"""A draft of records made of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BoundaryFile, load_gazetteer
from geo.api.job import Job
from geo.api.output_paths import settle_file
from geo.errors import Problem, TableError, WriteError
from geo.model import Gazetteer, Shape, Table
from geo.option_values import DEFAULT_TABLE
from geo.read.any_table import is_sheet, parse_parts
from geo.read.common.file_text import read_bytes
from geo.read.common.nodes import List, Map, Node, quote
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

if TYPE_CHECKING:
    from geo.draft.proposals import Draft
    from geo.read.documents.read_document import Document

__all__ = [
    "DraftOptions", "Drafted", "ReadTexts", "build_draft", "check_groups", "draft_documents", "propose_draft",
    "read_texts",
]  # fmt: skip

GROUPS = "groups under `groups`, by whose names a text is read; 'presence init' writes a table that has some"

USUAL_INDENT = 2
ID = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True)
class DraftOptions:
    """What texts are read by: a table of known groups, and the id of the source that they are."""

    table: Path = Path(DEFAULT_TABLE)
    source: str | None = None


@dataclass(frozen=True)
class Drafted:
    """What became of texts: the proposals, their YAML, and what is to be told of the reading."""

    draft: Draft
    data: bytes
    told: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ReadTexts:
    """Texts as they were read, the table by whose names that was done, and what is proposed.

    ``indent`` is how many blanks stand before a record of the table.
    """

    documents: tuple[Document, ...]
    table: Table
    indent: int
    gazetteer: Gazetteer
    draft: Draft


def build_draft(
    texts: Iterable[Path], out: Path = OUTPUT, job: Job = Job(), options: DraftOptions = DraftOptions(), *,
    force: bool = False,
) -> Drafted:  # fmt: skip
    r"""Draft records of texts and write them as YAML, every proposal a comment; ``-`` is standard input or output.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table, text = Path(folder, "presence.yaml"), Path(folder, "a.txt")
    ...     _ = table.write_text("presence: {Red Group: [Kabul]}", encoding="utf-8")
    ...     _ = text.write_text("The Red Group is active in Kunar.", encoding="utf-8")
    ...     drafted = build_draft([text], Path(folder, "draft.yaml"), options=DraftOptions(table))
    >>> drafted.draft.records[0].units
    ('AF-KNR',)
    """
    texts = tuple(dict.fromkeys(texts))
    read = [path for path in (*texts, options.table) if str(path) != "-"]
    out, _ = settle_file(out, ["yaml"], read=read, boundaries=job.boundaries)
    if out != OUTPUT and out.exists() and not force:
        raise WriteError([Problem(str(out), "exists already", "another name, or --force to replace it")])
    drafted = propose_draft(texts, job, options)
    job.progress("writing")
    write_files({out: drafted.data})
    return drafted


def propose_draft(texts: Iterable[Path], job: Job = Job(), options: DraftOptions = DraftOptions()) -> Drafted:
    """Draft records of texts, and write nothing.

    Examples
    --------
    >>> propose_draft([Path("no.txt")], options=DraftOptions(Path("no.yaml")))
    Traceback (most recent call last):
    geo.errors.TableError: no.yaml: there is no such file; expected the path of a presence table
    """
    from geo.export.record_draft import DraftFrame, write_record_draft

    texts = tuple(texts)
    read = read_texts(texts, job, options)
    table = read.table
    title = texts[0].stem if texts and options.source not in (None, *table.sources) else None
    names = tuple(each.source for each in read.documents)
    frame = DraftFrame(names, options.source, title, read.indent, len(table.levels) > 1)
    told = [problem for each in read.documents for problem in each.told]
    return Drafted(read.draft, write_record_draft(read.draft, read.gazetteer, frame).encode(), tuple(told))


def read_texts(texts: Iterable[Path], job: Job = Job(), options: DraftOptions = DraftOptions()) -> ReadTexts:
    """Draft records of texts, with all that they were drafted by.

    Examples
    --------
    >>> read_texts([Path("no.txt")], options=DraftOptions(Path("no.yaml")))
    Traceback (most recent call last):
    geo.errors.TableError: no.yaml: there is no such file; expected the path of a presence table
    """
    gazetteer = load_gazetteer(job.boundaries)
    data, name = read_bytes(options.table), str(options.table)
    parsed = parse_parts(data, name, gazetteer, allow_empty=True)
    table = parsed.table
    check_groups(table, name)
    _check_source(options, table)
    documents = _read_documents(texts, job)
    draft = draft_documents(documents, table, gazetteer, job)
    indent = USUAL_INDENT if is_sheet(name, data) else _find_indent(parsed.root)
    return ReadTexts(tuple(documents), table, indent, gazetteer, draft)


def check_groups(table: Table, source: str) -> None:
    """Refuse a table by whose names no text can be read.

    Examples
    --------
    >>> check_groups(Table("", {}, {}, {}, (), ()), "t.yaml")
    Traceback (most recent call last):
    geo.errors.TableError: t.yaml: a table without groups; expected groups under `groups`, by whose names a text is \
read; 'presence init' writes a table that has some
    """
    if not table.groups:
        raise TableError([Problem(source, "a table without groups", GROUPS)])


def draft_documents(documents: Sequence[Document], table: Table, gazetteer: Gazetteer, job: Job = Job()) -> Draft:
    """Draft records of texts that are read already.

    Examples
    --------
    >>> draft_documents((), Table("", {}, {}, {}, (), ()), Gazetteer({}, {}, "")).records
    []
    """
    from geo.draft.whole_text import draft_blocks

    has_borders = any("border" in block.text for each in documents for block in each.blocks)
    borders = _find_borders(job.boundaries, gazetteer) if has_borders else {}
    job.progress("looking for groups and places")
    return draft_blocks((each.blocks for each in documents), table, gazetteer, borders)


def _find_indent(root: Node) -> int:
    """Find how many blanks stand before a record, so that a proposal fits where it is put."""
    part = root.values.get("presence") if isinstance(root, Map) else None
    records = part.items if isinstance(part, List) else []
    is_block = records and isinstance(root, Map) and records[0].line > root.keys["presence"].line
    return max(records[0].column - 1 - len("- "), 0) if is_block else USUAL_INDENT


def _check_source(options: DraftOptions, table: Table) -> None:
    """Refuse an id that no source can have."""
    source = options.source
    if source is not None and source not in table.sources and not ID.fullmatch(source):
        found = f"the source {quote(source)}"
        raise TableError(
            [Problem(str(options.table), found, "an id: letters, digits, - and _", tuple(table.sources)[:3])]
        )


def _read_documents(texts: Iterable[Path], job: Job) -> list[Document]:
    """Read all texts before one is told to be wrong."""
    from geo.read.documents.read_document import read_document

    documents: list[Document] = []
    problems: list[Problem] = []
    for text in texts:
        job.progress(f"reading {'standard input' if str(text) == '-' else text}")
        try:
            documents.append(read_document(text))
        except TableError as error:
            problems += error.problems
    if problems:
        raise TableError(problems)
    return documents


def _find_borders(boundaries: BoundaryFile, gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """List by a country's name the bundled units along its border."""
    if boundaries.path is not None:
        return {}
    from geo.read.boundaries.bundled import read_topology

    topology = read_topology()
    arcs = {shape.key: _list_arcs(shape) for shape in (*topology.units, *topology.neighbours)}
    return {
        country.name.lower(): tuple(
            code for code in gazetteer.units if not arcs[code].isdisjoint(arcs[country.key])
        )
        for country in topology.neighbours
        if country.name
    }  # fmt: skip


def _list_arcs(shape: Shape) -> frozenset[int]:
    return frozenset(arc if arc >= 0 else ~arc for rings in shape.polygons for ring in rings for arc in ring)
