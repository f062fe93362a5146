"""A table becomes a publication: every page and figure in its languages, data, texts, a cover, and the list of all."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from geo import __version__
from geo.api.boundaries import list_inputs, load_gazetteer
from geo.api.exports import render_exports
from geo.api.job import Job
from geo.api.output_paths import check_folder, spare_inputs
from geo.api.publication.edition import Joined, list_languages, render_edition
from geo.api.publication.published_folder import replace_publication
from geo.api.publication.ssh_signature import SigningKey, sign
from geo.api.publication.table_anew import write_anew
from geo.api.tables import join_checked
from geo.errors import PresenceError, Problem
from geo.join.join_report import JoinReport
from geo.model import Table, UnitNoun
from geo.option_values import LANGUAGES, PUBLISHED_TABLE
from geo.read.common.file_text import read_bytes
from geo.write.manifest import MANIFEST, SIGNATURE, Manifest, list_files, word_manifest

__all__ = ["PublishOptions", "Published", "publish_table", "render_publication"]

KEPT = b"* -text\n"
"""For git, which would write other ends of lines on some machines, and so other bytes than those that are listed."""

TABLE = PUBLISHED_TABLE
DATA = {
    "table": TABLE, "csv": "data/presence.csv", "geojson": "data/units.geojson",
    "datapackage": "data/datapackage/datapackage.json", "stix": "data/bundle.json",
}  # fmt: skip
OTHERS = {"cff": "CITATION.cff", "bib": "citation.bib", "manifest": MANIFEST}
CONTROL = re.compile(r"[\s\x00-\x1f\x7f\\]")


@dataclass(frozen=True)
class PublishOptions:
    """What a user asks of a publication only.

    ``languages`` are those beside English, all that the table says something in without; ``base_url`` is the address
    at which the folder will stand. ``force`` replaces files that are no longer as they were published. ``sign`` is an
    SSH key that signs the list of files: a private one, or a public one that an agent has the other half of.
    """

    languages: tuple[str, ...] | None = None
    base_url: str = ""
    force: bool = False
    sign: Path | None = None


@dataclass(frozen=True)
class Published:
    """The files of a publication by their path in its folder, what became of its records, what is doubtful.

    ``key`` is the one that signed its list, None where none did.
    """

    files: Mapping[str, bytes]
    report: JoinReport
    warnings: tuple[Problem, ...]
    noun: UnitNoun
    removed: tuple[Path, ...] = ()
    key: SigningKey | None = None


def publish_table(table: Path, folder: Path, job: Job = Job(), options: PublishOptions = PublishOptions()) -> Published:
    """Write all that there is to publish of a table into a folder, all of it or nothing; signed, if a key is given."""
    check_folder(folder, table, job.boundaries)
    if options.sign is not None:
        _try_key(options.sign, folder)
    published = render_publication(table, job, options)
    if options.sign is not None:
        job.progress("signing")
        published = _sign(published, options.sign)
    spare_inputs((folder / path for path in published.files), [table, *list_inputs(job.boundaries)])
    job.progress("writing")
    return replace(published, removed=replace_publication(folder, published.files, force=options.force))


def _try_key(key: Path, folder: Path) -> None:
    """Refuse a key that cannot sign before anything is drawn, and one that would be published beside what it signs."""
    if Path(os.path.realpath(key)).is_relative_to(os.path.realpath(folder)):
        found = f"stands in {folder}, which is made to be published"
        raise PresenceError([Problem(str(key), found, "a key in a folder of your own, such as ~/.ssh")])
    sign(b"", key)


def _sign(published: Published, key: Path) -> Published:
    """Add the signature of the list, which stands beside it and in no list."""
    signature, made = sign(published.files[MANIFEST], key)
    files = dict(sorted({**published.files, SIGNATURE: signature}.items()))
    doubts = published.warnings
    if not made.is_repeatable:
        found = f"signatures of this key ({made.kind}) may differ from run to run, and so {SIGNATURE}"
        expected = "a key of 'ssh-keygen -t ed25519' for the same bytes every time"
        doubts = (*doubts, Problem(str(key), found, expected, severity="warning"))
    return replace(published, files=files, warnings=doubts, key=made)


def render_publication(table: Path, job: Job = Job(), options: PublishOptions = PublishOptions()) -> Published:
    """Draw and write the same in memory: the same bytes for the same table and choices."""
    base = check_address(options.base_url)
    data = read_bytes(table)
    joined, topology, warnings = join_checked(table, job, data)
    from geo.draw.cover.content import Edition
    from geo.draw.serialise import hash_data

    asked = list_languages(joined.whole) if options.languages is None else options.languages
    languages = tuple(each for each in LANGUAGES if each == LANGUAGES[0] or each in asked)
    files = _write_data(table, data, job) | _write_citation(joined.whole, hash_data(joined), base)
    editions: dict[str, bytes] = {}
    for language in languages:
        told = replace(joined, choices=replace(joined.choices, language=language))
        empty = Edition(language, languages, {}, data={**DATA, **OTHERS}, base=base)
        editions |= render_edition(Joined(told, topology, table), empty, job)
    files |= editions | {".gitattributes": KEPT}
    as_of = str(joined.whole.as_of or "")
    manifest = Manifest(__version__, hash_data(joined), as_of, joined.whole.title, list_files(files))
    files = dict(sorted({**files, MANIFEST: word_manifest(manifest)}.items()))
    doubts = (*warnings, *_list_missing(joined.whole, str(table)))
    return Published(files, joined.report, doubts, joined.gazetteer.noun)


def check_address(address: str) -> str:
    """Take the address of a folder on the web, with its last slash; "" where there is none.

    Examples
    --------
    >>> check_address("https://example.org/maps"), check_address("")
    ('https://example.org/maps/', '')
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        fits = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and not (parts.query or parts.fragment or parts.username)
        )
    except ValueError:
        fits = False
    if not fits or CONTROL.search(address):
        expected = "the address of the folder on the web, as https://example.org/maps/"
        raise PresenceError([Problem("--base-url", f"{address!r} is no such address", expected)])
    return quote(address, safe=":/%[]@!$&'()*+,;=~-._").rstrip("/") + "/"


def _write_data(table: Path, data: bytes, job: Job) -> dict[str, bytes]:
    """Write the table anew, and of that alone its other forms: what is left out there is in none."""
    name = "standard input" if str(table) == "-" else str(table)
    job.progress("writing the table anew")
    anew = write_anew(data, name, load_gazetteer(job.boundaries), job.allow_empty)
    silent = replace(job, progress=Job().progress)
    made = render_exports(table, ["csv", "geojson", "datapackage", "stix"], silent, data=anew)
    return {TABLE: anew, **{f"data/{file}": content for file, content in made.items()}}


def _write_citation(table: Table, data_hash: str, base: str) -> dict[str, bytes]:
    from geo.export.citation import Citation, write_bibtex, write_cff

    cited = Citation(table, data_hash, base)
    return {"CITATION.cff": write_cff(cited), "citation.bib": write_bibtex(cited)}


def _list_missing(table: Table, source: str) -> list[Problem]:
    """Warn of what a publication should say and its table does not."""
    missing = []
    if not table.authors and not table.byline:
        found = "nobody is named who made this table, so CITATION.cff says anonymous"
        missing.append(Problem(source, found, "`authors` with names", severity="warning"))
    if not table.licence:
        found = "no licence is named, so nobody knows what may be done with these data"
        missing.append(Problem(source, found, "`licence`, such as CC-BY-4.0", severity="warning"))
    return missing
