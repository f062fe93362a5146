"""A publication is compared with its own list, and the list with its signature; nothing of it is trusted by half."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.api.publication.folder_contents import (
    A_FILE,
    GIT,
    OURS,
    QUIET,
    hash_still,
    list_places,
    read_start,
    read_whole,
    refuse_place,
)
from geo.api.publication.ssh_signature import (
    LARGEST_SIGNATURE,
    SigningKey,
    check_signature,
    find_signer,
    read_signers,
)
from geo.errors import PresenceError, Problem
from geo.model import Moment
from geo.read.fields.dates import read_day
from geo.read.own_page import parse_page
from geo.read.page_claims import PageClaim, count_claims
from geo.regular_files import hash_bytes
from geo.write.manifest import LARGEST, MANIFEST, SIGNATURE, Manifest, PublishedFile, parse_manifest

__all__ = ["FileFinding", "Verification", "VerifyOptions", "verify_folder"]

LARGEST_PAGE = 50_000_000
"""Bytes of a changed page whose claims are read; what we publish has some hundred thousand."""

SAME = "as listed"


@dataclass(frozen=True)
class VerifyOptions:
    """What a user asks of a publication beyond that it is whole: by one of whom, and how old at most.

    ``signers`` is a file of allowed signers as OpenSSH reads it, outside of the folder.
    """

    signers: Path | None = None
    at_least: Moment | None = None


@dataclass(frozen=True)
class FileFinding:
    """What became of one file: ``state`` is "as listed", "changed", "missing" or "added", ``why`` says more.

    Of a changed page that still reads, ``only_here`` are the claims that ``other``, a page as listed, has not, and
    ``only_there`` those that it has instead.
    """

    path: str
    state: str
    why: str = ""
    other: str = ""
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """Who signed: the key of a signature that holds, and the name that the signers asked for give it."""

    key: SigningKey | None = None
    name: str = ""


@dataclass(frozen=True)
class Verification:
    """What was found of a publication, file by file, and by whom its list was signed.

    Parameters
    ----------
    manifest : Manifest
        Its list: title, hash and date of its table as the list says.
    files : tuple of FileFinding
        In the order of their paths.
    is_signed : bool
        Whether there is a signature, good or bad.
    signer : Signer
        ``key`` where the signature holds, ``name`` where the signers that were asked for know that key.
    faults : tuple of str
        What is wrong with signature, signer or date.
    skipped : tuple of str
        What stands there and was not looked at.
    """

    manifest: Manifest
    files: tuple[FileFinding, ...]
    is_signed: bool
    signer: Signer = Signer()
    faults: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def differing(self) -> tuple[FileFinding, ...]:
        """The files that are not as published."""
        return tuple(each for each in self.files if each.state != SAME)

    @property
    def is_whole(self) -> bool:
        """Whether each file is as published, none is missing or added, and all holds that was asked for."""
        return not (self.differing or self.faults)


def verify_folder(folder: Path, options: VerifyOptions = VerifyOptions()) -> Verification:
    """Compare the files of a publication with its list, and the list with its signature.

    What is wrong with files, signature, signer or date is told in what is given back. Where there is no list that could
    be ours, a file cannot be read or changes meanwhile, or signers are named within the folder, nothing can be told:
    that is a `PresenceError`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from geo.write.manifest import list_files, word_manifest
    >>> listed = Manifest("0.1.0", "0" * 64, "2020-06", "T", list_files({"a.html": b"<p>"}))
    >>> with TemporaryDirectory() as made:
    ...     _ = Path(made, "manifest.json").write_bytes(word_manifest(listed))
    ...     _ = Path(made, "b.html").write_bytes(b"")
    ...     [(file.path, file.state) for file in verify_folder(Path(made)).files]
    [('a.html', 'missing'), ('b.html', 'added')]
    """
    if not folder.is_dir():
        refuse_place(folder, "this is no folder" if os.path.lexists(folder) else "there is no such folder", OURS)
    signers = _read_signers(folder, options.signers)
    data = read_whole(folder / MANIFEST, LARGEST)
    if data is None:
        refuse_place(folder, f"holds no {MANIFEST}", OURS)
    signature = read_start(folder / SIGNATURE, LARGEST_SIGNATURE)
    manifest = parse_manifest(data, str(folder / MANIFEST))
    dated = read_day(manifest.as_of or None, str(folder / MANIFEST))
    if signature is None:
        unsigned = f"not signed, where a signer of {options.signers} is asked for"
        signer, faults = Signer(), [unsigned] if signers is not None else []
    else:
        signer, faults = _find_signer(folder, data, signature, (signers, options.signers))
    faults += _check_age(dated, options.at_least)
    files = _compare(folder, manifest, {MANIFEST, SIGNATURE} if signature is not None else {MANIFEST})
    if signature is not None and signer.key is None:
        files.append(FileFinding(SIGNATURE, "changed", f"it does not sign this {MANIFEST}"))
    told = tuple(sorted(files, key=lambda each: each.path))
    skipped = (GIT,) if os.path.lexists(folder / GIT) else ()
    return Verification(manifest, told, signature is not None, signer, tuple(faults), skipped)


def _read_signers(folder: Path, file: Path | None) -> bytes | None:
    """Read who may sign, but never from the folder: whoever wrote that may have written all of it."""
    if file is None:
        return None
    signers = read_signers(file)
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder)):
        refuse_place(
            file, "stands in the folder that is verified, so anyone may have written it", "signers of your own"
        )
    return signers


def _find_signer(
    folder: Path, data: bytes, signature: bytes, asked: tuple[bytes | None, Path | None]
) -> tuple[Signer, list[str]]:
    """Find by which key a list was signed and who that is, and what is wrong with either."""
    key = check_signature(data, signature, str(folder / SIGNATURE))
    if key is None:
        found = f"{SIGNATURE} is no signature of this {MANIFEST}: one of them was changed, or is of another publication"
        return Signer(), [found]
    signers, file = asked
    if signers is None:
        return Signer(key), []
    name, because = find_signer(data, signature, signers, str(file))
    return Signer(key, name), [] if name else [f"signed by {key}, an unknown signer: {because}"]


def _check_age(dated: Moment | None, at_least: Moment | None) -> list[str]:
    """Say why a table is not surely as new as asked for."""
    if at_least is None or (dated and dated.first >= at_least.first):
        return []
    return [
        f"older than asked for: its table is {f'of {dated}' if dated else 'without a date'}, not of {at_least} or later"
    ]


def _compare(folder: Path, manifest: Manifest, known: set[str]) -> list[FileFinding]:
    """Compare all that stands in a folder with its list; ``known`` are the list itself and what signs it."""
    found = list_places(folder)
    listed = {each.path: each for each in manifest.files}
    files, problems = [], list[Problem]()
    for each in manifest.files:
        try:
            files.append(_compare_file(folder, each, found.get(each.path, "")))
        except PresenceError as error:
            problems += error.problems
    for path, kind in found.items():
        if path not in listed and path not in known:
            files.append(FileFinding(path, "added", "" if kind == A_FILE else f"it is {kind}"))
    if not problems and list_places(folder) != found:
        problems.append(Problem(str(folder), "changed while it was read", QUIET))
    if problems:
        raise PresenceError(problems)
    changed = [each for each in files if each.state == "changed" and _is_page(each) and found[each.path] == A_FILE]
    truth = _find_truth(folder, [listed[each.path] for each in files if each.state == SAME]) if changed else None
    return [_tell_claims(folder, each, truth) if truth and each in changed else each for each in files]


def _compare_file(folder: Path, listed: PublishedFile, kind: str) -> FileFinding:
    if not kind:
        return FileFinding(listed.path, "missing")
    if kind != A_FILE:
        return FileFinding(listed.path, "changed", f"it is {kind}")
    size, digest = hash_still(folder / listed.path, listed.size)
    if size != listed.size:
        return FileFinding(
            listed.path, "changed", f"{size:,} byte{'' if size == 1 else 's'}, where {listed.size:,} were published"
        )
    if digest != listed.sha256:
        return FileFinding(listed.path, "changed", "as long as published, with other bytes")
    return FileFinding(listed.path, SAME)


def _is_page(file: FileFinding | PublishedFile) -> bool:
    return file.path.endswith(".html")


def _find_truth(folder: Path, files: Sequence[PublishedFile]) -> tuple[str, Counter[PageClaim]] | None:
    """Read the claims of a page that is as published, in English if one is; every page of a publication has all."""
    pages = (each for each in files if _is_page(each) and each.size <= LARGEST_PAGE)
    for each in sorted(pages, key=lambda page: (page.path.count("/"), page.path)):
        data = read_whole(folder / each.path, LARGEST_PAGE) or b""
        if hash_bytes(data) != each.sha256:
            refuse_place(folder / each.path, "changed while it was read", QUIET)
        if (claims := _parse_claims(data)) is not None:
            return each.path, claims
    return None


def _parse_claims(data: bytes) -> Counter[PageClaim] | None:
    try:
        return count_claims(parse_page(data.decode(), MANIFEST).block)
    except (PresenceError, UnicodeDecodeError):
        return None


def _tell_claims(folder: Path, file: FileFinding, truth: tuple[str, Counter[PageClaim]]) -> FileFinding:
    """Add to a changed page what it claims otherwise, where its data can still be read."""
    other, claims = truth
    place = folder / file.path
    found = _parse_claims(read_whole(place, LARGEST_PAGE) or b"") if place.stat().st_size <= LARGEST_PAGE else None
    if found is None:
        return FileFinding(file.path, file.state, f"{file.why}; no claims can be read in it")
    here, there = (tuple(map(str, sorted(one - two))) for one, two in ((found, claims), (claims, found)))
    return FileFinding(file.path, file.state, file.why, other, here, there)
