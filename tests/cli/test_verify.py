"""`presence verify` tells what became of a published folder, and promises no more than was checked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path

import pytest
from click.testing import Result

import geo
from geo.api.publication import folder_contents, ssh_signature, verify_folder
from geo.write.manifest import LARGEST, MANIFEST, SIGNATURE
from tests.publications import (
    FILES,
    PAGES,
    RECORDS,
    draw_page,
    list_manifest,
    make_key,
    make_publication,
    needs_ssh,
    seal,
)

Run = Callable[..., Result]
Change = Callable[[Path], object]

ANYONE = "pub: matches its own list, which anyone can write"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def pub(here: Path) -> Path:
    make_publication(here / "pub")
    return Path("pub")


@pytest.fixture
def signed(here: Path, keys: Path) -> Path:
    make_publication(here / "pub", key=make_key(keys, "me"))
    return Path("pub")


def allow(file: str, *keys: Path, options: str = "") -> str:
    """Write who may sign."""
    lines = (f"{key.name}@example.org {options} {key.with_suffix('.pub').read_text()}" for key in keys)
    Path(file).write_text("# those whom we know\n" + "".join(lines))
    return file


def test_a_folder_without_a_signature_is_not_called_more_than_it_is(run: Run, pub: Path) -> None:
    done = run("verify", pub, code=0)
    assert done.stdout.splitlines() == [
        ANYONE, "  9 files as listed; table 'A test', of 2020-06-14, data abababababab, presence-maps 0.1.0"
    ]  # fmt: skip
    assert "signed" not in done.stdout
    assert done.stderr == ""


@needs_ssh
def test_a_signature_holds_for_its_key_alone(run: Run, signed: Path) -> None:
    said = run("verify", signed, code=0).stdout
    assert said.startswith("pub: unchanged since signed by ED25519 SHA256:")
    assert "(signer not checked)\n  9 files as signed; table 'A test', of 2020-06-14" in said


@needs_ssh
def test_a_signer_is_named_by_the_file_of_whoever_asks(run: Run, signed: Path, keys: Path) -> None:
    allow("known", make_key(keys, "other"), make_key(keys, "me"))
    said = run("verify", signed, "--signers", "known", code=0).stdout
    assert "pub: unchanged since signed by me@example.org, ED25519 SHA256:" in said
    assert "(signer named by known)" in said
    found = geo.verify_folder("pub", signers="known")
    assert (found.is_whole, found.signer.name) == (True, "me@example.org")


@needs_ssh
@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("other", "", "known does not name the key"),
        ("me", 'namespaces="git"', 'known:2: key is not permitted for use in signature namespace "presence-maps"'),
        ("me", 'valid-before="20200101"', "known:2: key has expired"),
        ("me", "nonsense", "known:2: "),
    ],
)
def test_an_unknown_signer_is_refused(run: Run, signed: Path, keys: Path, name: str, options: str, why: str) -> None:
    allow("known", make_key(keys, name), options=options)
    said = run("verify", signed, "--signers", "known", code=1).stdout
    assert "(signer unknown)" in said
    assert f"an unknown signer: {why}" in said
    assert "  9 files as signed;" in said


@needs_ssh
def test_where_a_signer_is_asked_for_no_signature_will_not_do(run: Run, pub: Path, keys: Path) -> None:
    allow("known", make_key(keys, "me"))
    said = run("verify", pub, "--signers", "known", code=1).stdout
    assert f"{ANYONE}\n  not signed, where a signer of known is asked for\n" in said
    Path("empty").touch()
    assert "not signed, where a signer of empty" in run("verify", pub, "--signers", "empty", code=1).stdout


@pytest.mark.parametrize("name", ["pub/known", "pub/fa/../known", "link", "pub/fa/link"])
def test_signers_are_never_read_from_the_folder(run: Run, pub: Path, name: str) -> None:
    (pub / "known").write_text("a@b ssh-ed25519 AAAA\n")
    for place, to in (("link", "pub/known"), ("pub/fa/link", "../known")):
        Path(place).symlink_to(to)
    said = run("verify", pub, "--signers", name, code=1).stderr
    assert said.startswith(f"{name}: stands in the folder that is verified, so anyone may have written it")
    with pytest.raises(geo.PresenceError, match="stands in the folder"):
        geo.verify_folder(pub.resolve(), signers=name)


@pytest.mark.parametrize(
    ("of", "at_least", "code"),
    [("2020-06-14", "2020", 0), ("2020-06-14", "2020-06-14", 0), ("2020-06-14", "2020-06-15", 1),
     ("2020-06", "2020-06", 0), ("2020-06", "2020-06-14", 1), ("2020", "2020-06", 1),
     ("2021", "2020-06", 0), ("", "2020", 1)],
)  # fmt: skip
def test_an_older_folder_is_whole_and_told_as_what_it_is(
    run: Run, here: Path, of: str, at_least: str, code: int
) -> None:
    make_publication(here / "pub", as_of=of)
    dated = f"of {of}" if of else "without a date"
    said = run("verify", "pub", code=0).stdout
    assert f"table 'A test', {dated}, data" in said
    said = run("verify", "pub", "--at-least", at_least, code=code).stdout
    assert said.startswith(ANYONE)
    assert (f"older than asked for: its table is {dated}, not of {at_least} or later" in said) == bool(code)
    assert geo.verify_folder("pub", at_least=at_least).is_whole == (not code)


def swap(pub: Path) -> None:
    (pub / "x").write_bytes(b"")
    for one, two in (("x", "index.html"), ("index.html", "fa/alt.txt"), ("fa/alt.txt", "x")):
        (pub / one).write_bytes((pub / two).read_bytes())
    (pub / "x").unlink()


def put_link(path: Path, to: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(to)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of one may have 100 letters
        made.bind(path.name)
        os.chdir(here)


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_out(path: Path) -> None:
    """Put a link in the place of what it leads to."""
    path.rename("kept")
    path.symlink_to("../kept")


def touch_bytes(pub: Path) -> None:
    Path(os.fsdecode(bytes(pub) + b"/\xff\xfe")).touch()


def write(path: str, old: bytes, new: bytes) -> Change:
    return lambda pub: (pub / path).write_bytes(FILES[path].replace(old, new))


NO_CLAIMS = "no claims can be read in it"
PIPE = "it is neither a file nor a folder"
TAMPERED: dict[str, tuple[Change, list[str]]] = {
    "a byte": (write("overlay.png", b"\7\x08", b"\7\7"),
               ["changed overlay.png: as long as published, with other bytes"]),
    "a line more": (write("data/presence.yaml", b"\n", b"\n\n"),
                    ["changed data/presence.yaml: 24 bytes, where 23 were published"]),
    "other ends of lines": (write("index.html", b"\r", b""),
                            [f"changed index.html: 23 bytes, where 24 were published; {NO_CLAIMS}"]),
    "an empty file": (write("fa/alt.txt", FILES["fa/alt.txt"], b""),
                      ["changed fa/alt.txt: 0 bytes, where 8 were published"]),
    "two swapped": (swap, ["changed fa/alt.txt: 24 bytes, where 8 were published",
                           f"changed index.html: 8 bytes, where 24 were published; {NO_CLAIMS}"]),
    "one gone": (lambda pub: (pub / ".gitattributes").unlink(), ["missing .gitattributes"]),
    "a folder gone": (lambda pub: shutil.rmtree(pub / "data"),
                      ["missing data/empty.csv", "missing data/presence.yaml"]),
    "one added": (lambda pub: (pub / "fa" / "x.js").touch(), ["added fa/x.js"]),
    "one hidden": (lambda pub: (pub / ".x").touch(), ["added .x"]),
    "a twin by case": (lambda pub: (pub / "Index.html").touch(), ["added Index.html"]),
    "one renamed": (lambda pub: (pub / "overlay.png").rename(pub / "overlay.PNG"),
                    ["missing overlay.png", "added overlay.PNG"]),
    "a link added": (lambda pub: put_link(pub / "x", "/etc/passwd"), ["added x: it is a link"]),
    "a link to a folder": (lambda pub: put_link(pub / "x", "/etc"), ["added x: it is a link"]),
    "a link that leads nowhere": (lambda pub: put_link(pub / "x", "x"), ["added x: it is a link"]),
    "a link to the same": (lambda pub: link_out(pub / "overlay.png"), ["changed overlay.png: it is a link"]),
    "a page as a link": (lambda pub: put_link(pub / "overlay.html", "report.html"),
                         ["changed overlay.html: it is a link"]),
    "a folder as a link": (lambda pub: link_out(pub / "fa"),
                           ["missing fa/alt.txt", "missing fa/overlay.html", "added fa: it is a link"]),
    "a folder for a file": (lambda pub: put_folder(pub / "overlay.png"), ["missing overlay.png"]),
    "a pipe": (lambda pub: put_pipe(pub / "overlay.png"), [f"changed overlay.png: {PIPE}"]),
    "a socket": (lambda pub: make_socket(pub / "x"), [f"added x: {PIPE}"]),
    "a name for a terminal": (lambda pub: (pub / "a\x1b[2J\nb\u202ec").touch(), ["added a\\x1b[2J\\nb\\u202ec"]),
    "a name in no encoding": (touch_bytes, ["added \\udcff\\udcfe"]),
}  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize(("change", "told"), TAMPERED.values(), ids=TAMPERED)
def test_what_differs_is_named(run: Run, pub: Path, change: Change, told: list[str]) -> None:
    change(pub)
    done = run("verify", pub, code=1)
    lines = done.stdout.splitlines()
    assert lines[0] == "pub: differs from its own list"
    assert lines[1:-1] == [f"  {line}" for line in told]
    assert done.stderr == ""
    assert "verified" not in done.stdout
    described = json.loads(run("verify", pub, "--format", "json", code=1).stdout)
    assert described["whole"] is False
    assert sum(each["state"] != "as listed" for each in described["files"]) == len(told)


def test_an_empty_folder_and_what_git_keeps_are_no_files_of_it(run: Run, pub: Path) -> None:
    (pub / "empty" / "er").mkdir(parents=True)
    (pub / ".git" / "refs").mkdir(parents=True)
    (pub / ".git" / "HEAD").write_text("ref")
    said = run("verify", pub, code=0).stdout
    assert said.splitlines()[0] == ANYONE
    assert said.splitlines()[2:] == ["  not looked at: .git"]
    (pub / "fa" / ".git").mkdir()
    (pub / "fa" / ".git" / "x").touch()
    assert "added fa/.git/x" in run("verify", pub, code=1).stdout


def test_which_claims_differ_is_told_of_a_changed_page(run: Run, pub: Path) -> None:
    moved = [RECORDS[0] | {"units": ["AF-KAB", "AF-GHO"]}, *RECORDS[1:]]
    (pub / "fa/overlay.html").write_bytes(draw_page(moved, title="نقشه"))
    lines = run("verify", pub, code=1).stdout.splitlines()
    assert lines[1] == "  changed fa/overlay.html: as long as published, with other bytes"
    assert lines[2:4] == [
        "    claims that overlay.html has not: blue, AF-GHO, cells, source s; red, AF-GHO, cells, source s",
        "    claims of overlay.html that it has not: blue, AF-KNR, cells, source s; red, AF-KNR, cells, source s",
    ]
    [page] = geo.verify_folder(pub).differing
    assert (page.path, page.other, len(page.only_here), len(page.only_there)) == (
        "fa/overlay.html",
        "overlay.html",
        2,
        2,
    )


MANY = [{"groups": [f"g{each}"], "level": "l"} for each in range(99)]
CLAIMED: dict[str, tuple[dict[str, bytes], str]] = {
    "only words": ({"overlay.html": draw_page(title="Another")},
                   "the same claims as report.html; what else differs was not compared"),
    "one of two alike": ({"overlay.html": draw_page([*RECORDS, RECORDS[2]])},
                         "claims that report.html has not: red, unlocated, cells, absent"),
    "none left": ({"overlay.html": draw_page([])},
                  "claims of report.html that it has not: blue, AF-KAB, cells, source s; "),
    "no data": ({"overlay.html": b"<title>A</title>"}, f"; {NO_CLAIMS}"),
    "other data": ({"overlay.html": draw_page({"a": 1})}, f"; {NO_CLAIMS}"),
    "no text": ({"overlay.html": b"\xff\xfe"}, f"; {NO_CLAIMS}"),
    "no page left": (dict.fromkeys(PAGES, b"x"), "changed overlay.html: 1 byte, where"),
    "very many": ({"overlay.html": draw_page(MANY)}, "; and 89 more"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "told"), CLAIMED.values(), ids=CLAIMED)
def test_claims_are_told_as_far_as_they_can_be_read(run: Run, pub: Path, files: dict[str, bytes], told: str) -> None:
    for path, data in files.items():
        (pub / path).write_bytes(data)
    assert told in run("verify", pub, code=1).stdout


def test_what_a_page_claims_cannot_write_on_a_terminal(run: Run, pub: Path) -> None:
    (pub / "overlay.html").write_bytes(draw_page([{"groups": ["\x1b[2J\n" + "x" * 9999], "level": "l"}]))
    said = run("verify", pub, code=1).stdout
    assert "claims that report.html has not: \\x1b[2J\\nxxx" in said
    assert max(map(len, said.splitlines())) < 400


@needs_ssh
def test_a_bad_signature_leaves_nothing_known(run: Run, signed: Path, keys: Path, here: Path) -> None:
    other = make_publication(here / "other", {"a.html": b""}, make_key(keys, "me"))
    kept = (signed / SIGNATURE).read_bytes()
    forged = seal(FILES, make_key(keys, "other"))[SIGNATURE]
    for data in (
        (other / SIGNATURE).read_bytes(),
        b"",
        b"x",
        kept[:-9],
        kept + b"\n",
        kept.replace(b"\n", b"\r\n"),
        bytes(9),
    ):
        (signed / SIGNATURE).write_bytes(data)
        said = run("verify", signed, code=1).stdout
        assert said.startswith(
            "pub: not as signed: the signature is bad, so nothing here is known to be as published\n"
        )
        assert f"changed {SIGNATURE}: it does not sign this {MANIFEST}" in said
        assert "since signed by" not in said
        assert "9 files as listed" in said
    (signed / SIGNATURE).write_bytes(forged)  # by another key, which is known for what it is
    allow("known", make_key(keys, "me"))
    assert "signer not checked" in run("verify", signed, code=0).stdout
    assert "signer unknown" in run("verify", signed, "--signers", "known", code=1).stdout


@needs_ssh
def test_a_signature_for_another_purpose_is_none(run: Run, signed: Path, keys: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssh_signature, "NAMESPACE", "git")
        patch.setattr(ssh_signature, "check_signature", lambda *_: "any")
        (signed / SIGNATURE).write_bytes(ssh_signature.sign(list_manifest(FILES), make_key(keys, "me"))[0])
    assert "the signature is bad" in run("verify", signed, code=1).stdout


@needs_ssh
def test_every_bit_of_a_signature_counts(keys: Path) -> None:
    """As written by ssh-keygen, which itself would read some others as the same."""
    signature, _ = ssh_signature.sign(b"x", make_key(keys, "me"))
    twins = [
        signature.replace(b"\n-----END", b"=\n-----END"), signature.rstrip(), signature + signature, b" " + signature,
        signature.replace(b"U1NIU0lHAAAAAQ", b"U1NIU0lHAAAAAA"), signature.replace(b"\n", b"\n\n", 3),
    ]  # fmt: skip
    assert ssh_signature.check_signature(b"x", signature)
    assert [twin for twin in twins if ssh_signature.check_signature(b"x", twin)] == []


LISTED: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{", "is no list of a publication"),
    "empty": (b"", "is no list of a publication"),
    "deep": (b"[" * 100_000, "is no list of a publication"),
    "huge": (b" " * (LARGEST + 1), "has more than 1,000,000 bytes"),
    "a later version": (list_manifest(FILES).replace(b'"version": 1\n', b'"version": 2\n'), "is a list of version 2"),
    "a day that is none": (list_manifest(FILES, "2020-13-40"), "manifest.json: "),
    **{
        f"path {path}": (list_manifest({"a": b""}).replace(b'"a"', json.dumps(path).encode()), why)
        for path, why in {
            "../a": "leads out of the folder", "/etc/passwd": "leads out of the folder", "fa/../../a": "leads out",
            "c:/a": "some systems read otherwise", "a\\b": "some systems read otherwise", "a//b": "some systems read",
            "./a": "some systems read", "manifest.json": "the list itself", "MANIFEST.json.SIG": "which signs the list",
        }.items()
    },
    "half a sign in a path": (list_manifest({"a": b""}).replace(b'"a"', b'"\\udcff"'), "is no list of a publication"),
    "half a sign in the title": (list_manifest(FILES).replace(b"A test", b"\\ud800"), "is no list of a publication"),
    "twins": (list_manifest({"a": b"", "A": b""}), "names 'a' twice"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), LISTED.values(), ids=LISTED)
def test_a_list_that_is_none_ends_it(run: Run, pub: Path, data: bytes, told: str) -> None:
    (pub / MANIFEST).write_bytes(data)
    done = run("verify", pub, code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(f"pub/{MANIFEST}: ")
    assert told in done.stderr
    assert "; expected " in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere"], "nowhere: there is no such folder; expected a folder that 'presence publish' wrote"),
        (["presence.yaml"], "presence.yaml: this is no folder; expected"),
        (["."], ".: holds no manifest.json; expected"),
        (
            ["pub", "--signers", "nowhere"],
            "nowhere: there is no such file; expected a file of allowed signers, a line each:",
        ),
        (["pub", "--signers", "pub"], "pub: this is a folder; expected a file of allowed signers"),
        (["pub", "--signers", "/dev/null"], "/dev/null: this is not a regular file; expected"),
    ],
)
def test_what_cannot_be_looked_at_is_told(run: Run, pub: Path, words: list[str], told: str) -> None:
    done = run("verify", *words, code=1)
    assert done.stderr.startswith(told)
    assert done.stdout == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_a_list_or_signature_that_is_no_file_is_not_waited_for(run: Run, pub: Path, name: str) -> None:
    (pub / name).unlink(missing_ok=True)
    os.mkfifo(pub / name)
    assert run("verify", pub, code=1).stderr.startswith(f"pub/{name}: this is not a regular file")
    put_link(pub / name, "index.html")
    assert run("verify", pub, code=1).stderr.startswith(f"pub/{name}: this is a link")


def test_a_large_file_is_no_signature(run: Run, pub: Path) -> None:
    (pub / SIGNATURE).write_bytes(b"x" * 9_000_000)
    said = run("verify", pub, code=1).stdout
    assert "the signature is bad" in said
    assert "9 files as listed, 1 changed" in said


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(run: Run, pub: Path) -> None:
    (pub / "overlay.png").chmod(0)
    assert "overlay.png: cannot be read" in run("verify", pub, code=1).stderr


def test_a_hundred_thousand_files_are_counted_and_some_named(
    run: Run, pub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pub / "x").mkdir()
    for each in range(100_000 if os.environ.get("PRESENCE_WHOLE") == "1" else 2_000):
        os.close(os.open(pub / "x" / str(each), os.O_CREAT))
    said = run("verify", pub, code=1).stdout
    assert len(said.splitlines()) == 53
    assert "more: --format json lists all" in said
    monkeypatch.setattr(folder_contents, "MOST", 1_000)
    assert "pub: holds more than 1,000 files and folders" in run("verify", pub, code=1).stderr


CHANGING: dict[str, Change] = {
    "written": lambda pub: (pub / "overlay.png").write_bytes(bytes(2304)),
    "longer": lambda pub: (pub / "overlay.png").write_bytes(bytes(9999)),
    "another": lambda pub: shutil.copy(pub / "overlay.png", pub / "x") and (pub / "x").replace(pub / "overlay.png"),
    "gone": lambda pub: (pub / "overlay.png").unlink(),
    "added": lambda pub: (pub / "x").touch(),
}


@pytest.mark.parametrize("change", CHANGING.values(), ids=CHANGING)
def test_a_file_that_changes_while_it_is_read_ends_it(
    run: Run, pub: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.file_digest

    def disturb(file: BufferedReader, name: str) -> object:
        if os.fstat(file.fileno()).st_size == 2304:  # that of overlay.png
            change(pub)
        return digest(file, name)

    monkeypatch.setattr(hashlib, "file_digest", disturb)
    done = run("verify", pub, code=1)
    assert done.stdout == ""
    assert "changed while it was read; expected a folder that nobody writes to" in done.stderr


def test_a_page_that_changes_once_it_was_compared_is_no_measure(
    run: Run, pub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pub / "fa/overlay.html").write_bytes(b"x")
    read = folder_contents.read_whole

    def disturb(place: Path, largest: int) -> bytes | None:
        data = read(place, largest)
        return b"y" if place.name == "overlay.html" else data

    monkeypatch.setattr(verify_folder, "read_whole", disturb)
    assert "pub/overlay.html: changed while it was read" in run("verify", pub, code=1).stderr


@needs_ssh
def test_without_ssh_keygen_a_signature_is_not_passed_over(
    run: Run, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("", ".", str(signed)):
        monkeypatch.setenv("PATH", path)
        done = run("verify", signed, code=1)
        assert done.stderr.startswith(
            f"pub/{SIGNATURE}: there is no ssh-keygen here, which signs and checks; expected OpenSSH"
        )
        assert done.stdout == ""
    make_publication(signed)
    assert run("verify", signed, code=0).stdout.startswith(ANYONE)  # which needs none


@pytest.mark.parametrize(
    ("words", "told"),
    [({"folder": 3}, "folder 3; expected a path"), ({"signers": []}, "signers of type list; expected a path"),
     ({"at_least": "06/2020"}, "expected a date as"), ({"folder": "a\0b"}, "there is no such folder")],
)  # fmt: skip
def test_the_library_refuses_what_the_command_does(words: dict[str, object], told: str) -> None:
    with pytest.raises(geo.PresenceError, match=told):
        geo.verify_folder(**{"folder": "x", **words})  # type: ignore[arg-type]


def test_the_command_says_no_more_on_another_system(run: Run, pub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert run("verify", pub, code=0).stdout.startswith(ANYONE)
