"""A table becomes a publication: every page and figure in its languages, data, texts, a cover, and the list of all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urlsplit

from geo import __version__
from geo.api.boundaries import list_inputs, load_gazetteer
from geo.api.checks.arguments import Gate
from geo.api.checks.map_refusals import say_why_not
from geo.api.exports import render_exports
from geo.api.job import Job
from geo.api.maps import MapOptions
from geo.api.output_paths import check_folder, spare_inputs
from geo.api.publication.edition import Joined, list_languages, render_edition
from geo.api.publication.published_copies import COPIES, doubt_copies, name_copies, read_published
from geo.api.publication.published_folder import check_publication, replace_publication
from geo.api.publication.ssh_signature import SigningKey, sign
from geo.api.publication.table_anew import write_anew
from geo.api.quotes.checked_quotes import find_checked
from geo.api.quotes.copies import list_kept
from geo.api.tables import join_checked
from geo.attribution import shorten_hash
from geo.errors import PresenceError, Problem
from geo.join.filters import Choices
from geo.join.join_report import JoinReport
from geo.model import Quoted, Table, UnitNoun
from geo.option_values import LANGUAGES, MAPS, PUBLISHED_TABLE
from geo.read.any_table import is_sheet
from geo.read.common.file_text import read_bytes
from geo.write.manifest import MANIFEST, SIGNATURE, Manifest, list_files, word_manifest

if TYPE_CHECKING:
    from geo.draw.cover.content import Edition
    from geo.join.joined_table import JoinedTable
    from geo.model import Topology

__all__ = ["PublishOptions", "Published", "publish_table", "render_publication"]

KEPT = b"* -text\n"
"""For git, which would write other ends of lines on some machines, and so other bytes than those that are listed."""

DATA = {
    "table": PUBLISHED_TABLE, "csv": "data/presence.csv", "geojson": "data/units.geojson",
    "datapackage": "data/datapackage/datapackage.json", "stix": "data/bundle.json",
}  # fmt: skip
"""The first file of each form of the data; others of a form stand beside it."""

OTHERS = {"cff": ["CITATION.cff"], "bib": ["citation.bib"], "manifest": [MANIFEST]}
NOWHERE = re.compile(r"[\s\x00-\x1f\x7f\\?#@]")
"""What no address of a folder holds: blanks, what a query or a place in a page begins with, a password."""

ARABIC = re.compile("[^A-Za-z\u0620-\u06ff]*[\u0620-\u06ff]")
HOST = re.compile(r"[a-z0-9._-]+")
BROKEN = re.compile("%(?![0-9A-Fa-f]{2})")
SAFE = ":/%[]@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class PublishOptions:
    """What a user asks of a publication only.

    ``languages`` are those beside English, all that the table says something in without; ``base_url`` is the address
    at which the folder will stand. ``force`` replaces files that are no longer as they were published, those that no
    publication wrote, and the publication of another table. ``sign`` is an SSH key that signs the list of
    files: a private one, or a public one that an agent has the other half of.
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
    begun = _begin(table, job, options)
    inputs = [table, *list_inputs(job.boundaries), *list_kept(table, begun.joined.whole)]
    certain: dict[str, bytes | None] = {**dict.fromkeys([*begun.list_pages(), MANIFEST]), **begun.files}
    spare_inputs((folder / path for path in certain), inputs)
    mark = shorten_hash(begun.data_hash).encode()
    check_publication(folder, certain, begun.joined.whole, begun.joined.gazetteer, mark, force=options.force)
    published = begun.finish()
    if options.sign is not None:
        job.progress("signing")
        published = _sign(published, options.sign)
    spare_inputs((folder / path for path in published.files), inputs)
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
    """Draw and write the same in memory: the same bytes for the same table, boundaries, options and program."""
    return _begin(table, job, options).finish()


@dataclass(frozen=True)
class _Begun:
    """A publication before anything of it is drawn, which takes longest: its data, and what it will be drawn of."""

    table: Path
    job: Job
    joined: JoinedTable
    topology: Topology
    warnings: tuple[Problem, ...]
    files: Mapping[str, bytes]
    data_hash: str
    empty: Edition
    checked: frozenset[Quoted] = frozenset()

    def list_pages(self) -> Iterator[str]:
        """List the pages that are certain to be written."""
        from geo.draw.cover.content import find_folder
        from geo.draw.cover.cover import COVER

        names = [f"{name}.html" for name in MAPS if not say_why_not(name, self.joined, MapOptions().by)]
        for language in self.empty.languages:
            yield from (f"{find_folder(language)}{name}" for name in (*names, COVER))

    def finish(self) -> Published:
        """Draw all, and list all."""
        whole, files = self.joined.whole, dict(self.files)
        for language in self.empty.languages:
            told = replace(self.joined, choices=replace(self.joined.choices, language=language))
            drawn = Joined(told, self.topology, self.table, self.checked)
            files |= render_edition(drawn, replace(self.empty, language=language), self.job)
        manifest = Manifest(__version__, self.data_hash, str(whole.as_of or ""), whole.title, list_files(files))
        files = dict(sorted({**files, MANIFEST: word_manifest(manifest)}.items()))
        doubts = (*self.warnings, *_list_missing(whole, str(self.table)), *self._list_told())
        return Published(files, self.joined.report, doubts, self.joined.gazetteer.noun)

    def _list_told(self) -> Iterator[Problem]:
        """Warn of what is told to readers or kept from them, which an author may not expect."""
        source, known, languages = str(self.table), self.joined.gazetteer, self.empty.languages
        if known.file:
            found = f"every file says {known.file!r}, the name of your file of boundaries, though not where it is"
            yield Problem(source, found, "a name for it that everybody may read", severity="warning")
        if len(languages) == 1 and ARABIC.match(self.joined.whole.title):
            found = "its title is in the letters of Dari and Pashto, its publication in English"
            yield Problem(source, found, "--lang fa or --lang ps, or `translations` of the title", severity="warning")


def _begin(table: Path, job: Job, options: PublishOptions) -> _Begun:
    _check_options(job, options)
    base = check_address(options.base_url)
    data = read_bytes(table)
    joined, topology, warnings = join_checked(table, job, data)
    from geo.draw.cover.content import Edition
    from geo.draw.serialise import hash_data

    asked = list_languages(joined.whole) if options.languages is None else options.languages
    languages = tuple(each for each in LANGUAGES if each == LANGUAGES[0] or each in asked)
    data_hash = hash_data(joined)
    names = name_copies(joined.whole)
    copies = read_published(table, joined.whole, names)
    warnings = (*warnings, *doubt_copies(table, joined.whole, names))
    checked = find_checked(table, joined.whole, job)
    files = {
        **copies,
        **_write_data(table, data, job, names),
        **_write_citation(joined.whole, data_hash, base),
        ".gitattributes": KEPT,
    }
    empty = Edition(LANGUAGES[0], languages, {}, data=_list_data(files, options.sign is not None), base=base)
    return _Begun(table, job, joined, topology, warnings, files, data_hash, empty, checked)


def _check_options(job: Job, options: PublishOptions) -> None:
    """Refuse what no command line lets through, and choices: the data of a publication are all of the table's."""
    gate, plain = Gate("publish_table"), Choices()
    if options.languages is not None:
        gate.choose_some("languages", options.languages, LANGUAGES)
    gate.check_type("base_url", options.base_url, str, 'a text, "" where nobody knows the address')
    if made := [each.name for each in fields(plain) if getattr(job.choices, each.name) != getattr(plain, each.name)]:
        found = f"a job with choices ({', '.join(made)}), where a publication holds all of a table"
        gate.refuse(found, "Job() without; build_maps draws a part, PublishOptions(languages=...) chooses languages")
    gate.close()


def check_address(address: str) -> str:
    """Take the address of a folder on the web, with its last slash; "" where there is none.

    Examples
    --------
    >>> check_address("https://example.org/maps"), check_address("")
    ('https://example.org/maps/', '')
    >>> check_address("https://آزمون.example/")
    'https://xn--hgb6a5cej.example/'
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, port = _spell_host(parts), "" if parts.port is None else f":{parts.port}"
        fits = parts.scheme in ("http", "https") and _leads_to_folder(parts.path)
    except ValueError:
        fits = False
    if not fits or NOWHERE.search(address):
        expected = "the address of the folder on the web, as https://example.org/maps/"
        raise PresenceError([Problem("--base-url", f"{address!r} is no such address", expected)])
    return f"{parts.scheme}://{host}{port}{quote(parts.path, safe=SAFE)}".rstrip("/") + "/"


def _spell_host(parts: SplitResult) -> str:
    """Spell a host as networks do, whatever its script; a `ValueError` where none is called so."""
    host = parts.hostname or ""
    if parts.netloc.startswith("["):
        return f"[{host}]"
    spelt = host.encode("idna").decode()
    if not HOST.fullmatch(spelt):
        raise ValueError(host)
    return spelt


def _leads_to_folder(path: str) -> bool:
    """Tell whether a path leads to a folder, to that which it says, and is spelt as addresses are."""
    steps = unquote(path).split("/")
    is_page = steps[-1].lower().endswith((".html", ".htm"))
    return not is_page and not {".", ".."} & {*steps} and not BROKEN.search(path)


def _write_data(table: Path, data: bytes, job: Job, copies: Mapping[str, str]) -> dict[str, bytes]:
    """Write the table anew, and of that alone its other forms: what is left out there is in none."""
    name = "standard input" if str(table) == "-" else str(table)
    job.progress("writing the table anew")
    anew = write_anew(data, name, load_gazetteer(job.boundaries), job.allow_empty, copies)
    # What was read and joined is what will be drawn, which was told.
    told = replace(job, progress=lambda line: None if line.startswith(("reading", "joining")) else job.progress(line))
    source = Path(PUBLISHED_TABLE) if is_sheet(name, data) else table  # what was written anew is YAML
    made = render_exports(source, ["csv", "geojson", "datapackage", "stix"], told, data=anew)
    return {PUBLISHED_TABLE: anew, **{f"data/{file}": content for file, content in made.items()}}


def _list_data(files: Iterable[str], is_signed: bool) -> dict[str, list[str]]:
    """List data by their form: of each first what leads to the rest."""
    folders = {"csv": "data/", "datapackage": "data/datapackage/"}
    found = {form: [first] for form, first in DATA.items()}
    for form, folder in folders.items():
        beside = (path for path in sorted(files) if path.rpartition("/")[0] + "/" == folder)
        found[form] += [path for path in beside if path.endswith(".csv") and path != DATA[form]]
    copies = sorted(path for path in files if path.startswith(f"data/{COPIES}"))
    signed = {"signature": [SIGNATURE]} if is_signed else {}
    return found | ({"copies": copies} if copies else {}) | OTHERS | signed


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
