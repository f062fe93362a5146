"""`presence publish --sign`: which keys sign, what those that cannot are told, and that nobody is ever asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

import geo
from geo.api import Published, PublishOptions, publish_table
from geo.api.publication import publish_table as publishing
from geo.api.publication import ssh_signature
from geo.api.publication.published_folder import replace_publication
from geo.errors import PresenceError, WriteError
from geo.join.join_report import JoinReport
from geo.model import UnitNoun
from geo.write.manifest import MANIFEST, SIGNATURE
from tests.daily import takes_long
from tests.publications import FILES, make_key, needs_ssh, read_all, seal

Run = Callable[..., Result]

pytestmark = needs_ssh
NO_AGENT = "SSH_AUTH_SOCK"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NO_AGENT, raising=False)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish a small folder, since drawing takes long and has tests of its own."""
    report = JoinReport((), (), (), (), (), (), (), ())
    # It is of no table, so the next one would be taken for another's.
    monkeypatch.setattr("geo.api.publication.published_folder._refuse_another", lambda *_: None)
    monkeypatch.setattr(publishing._Begun, "finish", lambda _: Published(seal(), report, (), UnitNoun()))


@pytest.fixture
def agent(keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run an agent that holds a key with a passphrase."""
    if not shutil.which("ssh-agent"):
        pytest.skip("no ssh-agent here: openssh-client")
    room = tempfile.TemporaryDirectory(
        prefix="agent-"
    )  # the name of a socket may have 100 letters, which tmp_path uses up
    place = Path(room.name) / "agent"
    started = subprocess.Popen(["ssh-agent", "-D", "-a", str(place)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(500):
            if place.exists():
                break
            time.sleep(0.01)
        monkeypatch.setenv(NO_AGENT, str(place))
        ask = tmp_path / "ask"
        ask.write_text("#!/bin/sh\necho secret\n")
        ask.chmod(0o700)
        env = os.environ | {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force"}
        key = make_key(keys, "locked", passphrase="secret")
        subprocess.run(["ssh-add", str(key)], check=True, env=env, capture_output=True, stdin=subprocess.DEVNULL)
        yield
    finally:
        started.terminate()
        started.wait()
        room.cleanup()


@pytest.mark.usefixtures("quick")
def test_a_key_signs_and_the_same_bytes_come_of_it(run: Run, keys: Path) -> None:
    key = make_key(keys, "me")
    said = run("publish", "-o", "out", "--sign", key, code=0).stderr
    assert "signing\nwriting\nwrote out: 11 files" in said
    assert "signed manifest.json by ED25519 SHA256:" in said
    assert "may differ" not in said
    first = read_all(Path("out"))
    assert first.keys() == seal().keys() | {SIGNATURE}
    assert run("verify", "out", code=0).stdout.startswith("out: unchanged since signed by ED25519 SHA256:")
    run("publish", "-o", "out", "--sign", key, code=0)
    assert read_all(Path("out")) == first
    shown = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True).stdout
    assert shown.split()[1] in said


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
def test_of_other_kinds_of_keys_it_is_said_that_bytes_may_differ(run: Run, keys: Path, kind: str) -> None:
    said = run("publish", "-o", "out", "--sign", make_key(keys, kind, kind), code=0).stderr
    assert f"warning: signatures of this key ({kind.upper()}) may differ from run to run, and so {SIGNATURE}" in said
    assert f"signed by {kind.upper()} SHA256:" in run("verify", "out", code=0).stdout


@pytest.mark.usefixtures("quick")
def test_a_second_publication_takes_the_signature_along(run: Run, keys: Path) -> None:
    run("publish", "-o", "out", "--sign", make_key(keys, "me"), code=0)
    said = run("publish", "-o", "out", code=0).stderr
    assert f"removed out/{SIGNATURE}, which this run does not write again" in said
    assert read_all(Path("out")) == seal()
    run("publish", "-o", "out", "--sign", make_key(keys, "other"), code=0)
    assert run("verify", "out", code=0).stdout.startswith("out: unchanged since signed")


@pytest.mark.parametrize("new", [seal(), seal() | {SIGNATURE: b"new"}])
def test_a_signature_of_nothing_that_we_published_is_refused_unless_forced(
    tmp_path: Path, new: dict[str, bytes]
) -> None:
    (tmp_path / SIGNATURE).write_bytes(b"mine")
    with pytest.raises(WriteError, match=rf"{SIGNATURE}: was not written by a publication"):
        replace_publication(tmp_path, new)
    assert read_all(tmp_path) == {SIGNATURE: b"mine"}
    replace_publication(tmp_path, new, force=True)
    assert read_all(tmp_path) == new


def copy(keys: Path, name: str, mode: int = 0o600) -> Path:
    path = keys / name
    path.write_bytes(make_key(keys, "me").read_bytes())
    path.chmod(mode)
    return path


def write(keys: Path, name: str, text: str) -> Path:
    path = keys / name
    path.write_text(text)
    path.chmod(0o600)
    return path


UNFIT: dict[str, tuple[Callable[[Path], Path], str]] = {
    "none": (lambda keys: keys / "none", "there is no such file; expected the path of an SSH key"),
    "a folder": (lambda keys: keys, "this is a folder; expected the path of an SSH key"),
    "a device": (lambda _: Path("/dev/zero"), "this is not a regular file; expected the path"),
    "a passphrase": (lambda keys: make_key(keys, "locked", passphrase="secret"),
                     "needs a passphrase, for which nobody is asked here; expected the key in an agent: 'ssh-add "),
    "open to others": (lambda keys: copy(keys, "open", 0o644), "may be read by others, so ssh-keygen does not use it; "
                       "expected a key that is yours alone: 'chmod 600 "),
    "a public one": (lambda keys: Path(shutil.copy(make_key(keys, "me").with_suffix(".pub"), keys / "alone.pub")),
                     "is a public key, and no agent here holds its private half; expected the private key, or "),
    "another file": (lambda keys: write(keys, "text", "hello"), "is no SSH key that ssh-keygen reads; expected a key"),
    "a key cut short": (lambda keys: write(keys, "cut", "-----BEGIN OPENSSH PRIVATE KEY-----\nzzz\n"), "is no SSH key"),
    "empty": (lambda keys: write(keys, "empty", ""), "is no SSH key"),
    "a certificate": (lambda keys: write(keys, "pem", "-----BEGIN CERTIFICATE-----\nAA==\n"), "is no SSH key"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "told"), UNFIT.values(), ids=UNFIT)
def test_a_key_that_cannot_sign_is_refused_before_anything_is_drawn(
    run: Run, keys: Path, make: Callable[[Path], Path], told: str
) -> None:
    key = make(keys)
    done = run("publish", "-o", "out", "--sign", key, code=1)
    assert done.stderr.startswith(f"{key}: {told}")
    assert "drawing" not in done.stderr
    assert not Path("out").exists()


def test_a_key_beside_a_public_one_of_another_gives_no_signature(run: Run, keys: Path) -> None:
    copy(keys, "mixed")
    shutil.copy(make_key(keys, "other").with_suffix(".pub"), keys / "mixed.pub")
    done = run("publish", "-o", "out", "--sign", keys / "mixed.pub", code=1)
    assert done.stderr.startswith(f"{keys / 'mixed.pub'}: ")
    assert not Path("out").exists()


@pytest.mark.parametrize("place", ["out/key", "out/in/key", "link"])
def test_a_key_that_would_be_published_is_refused(run: Run, keys: Path, place: str) -> None:
    Path("out/in").mkdir(parents=True)
    if place == "link":
        shutil.copy(make_key(keys, "me"), "out/key")
        Path(place).symlink_to("out/key")
    else:
        shutil.copy(make_key(keys, "me"), place)
    said = run("publish", "-o", "out", "--sign", place, code=1).stderr
    assert said.startswith(
        f"{place}: stands in out, which is made to be published; expected a key in a folder of your own"
    )


@pytest.mark.usefixtures("quick", "agent")
@pytest.mark.parametrize("name", ["locked", "locked.pub"])
def test_an_agent_signs_with_a_key_that_has_a_passphrase(run: Run, keys: Path, name: str) -> None:
    said = run("publish", "-o", "out", "--sign", keys / name, code=0).stderr
    assert "signed manifest.json by ED25519" in said
    assert run("verify", "out", code=0).stdout.startswith("out: unchanged since signed by ED25519")


def test_nobody_is_asked_on_a_terminal(keys: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "t.yaml").write_text("presence: {A: [Kabul]}")
    ask = write(tmp_path, "ask", f"#!/bin/sh\ntouch {tmp_path}/asked\necho secret\n")
    ask.chmod(0o700)
    env = os.environ | {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":9"}
    take = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"
    )
    words = [sys.executable, "-c", take, sys.executable, "-m", "geo", "publish", "t.yaml", "-o", "out"]
    key = make_key(keys, "locked", passphrase="secret")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "rb") as terminal, os.fdopen(ours, "rb"):
        done = subprocess.run(
            [*words, "--sign", str(key)], cwd=tmp_path, stdin=terminal, capture_output=True, timeout=60, check=False,
            env=env | {"PYTHONPATH": str(Path(geo.__file__).parents[1])}, start_new_session=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"needs a passphrase" in done.stderr
    assert not (tmp_path / "asked").exists()
    assert not (tmp_path / "out").exists()


def put_program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another program in the place of ssh-keygen."""
    program = write(folder, "ssh-keygen", f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("script", "told"),
    [("sleep 9", "ssh-keygen did not answer within 0.3 seconds; expected a key that signs without being asked about"),
     ("echo out of paper >&2; exit 3", "did not sign; ssh-keygen says: out of paper; expected a key that signs"),
     ("exit 3", "did not sign; ssh-keygen says: no reason"),
     ("cp $6 data.sig", "gave a signature that does not hold"),
     ("kill -9 $$", "did not sign")],
)  # fmt: skip
def test_an_ssh_keygen_that_fails_is_told(
    run: Run, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    key = make_key(keys, "me")
    (tmp_path / "bin").mkdir()
    put_program(tmp_path / "bin", script, monkeypatch)
    monkeypatch.setattr(ssh_signature, "SECONDS", 0.3 if "sleep" in script else 9)
    assert run("publish", "-o", "out", "--sign", key, code=1).stderr.startswith(f"{key}: {told}")
    assert not Path("out").exists()


def test_without_ssh_keygen_nothing_is_signed(run: Run, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = make_key(keys, "me")
    monkeypatch.setenv("PATH", "bin:.")  # where one stands, but whoever sent the folder may have put it there
    put = Path("bin")
    put.mkdir()
    write(put, "ssh-keygen", "#!/bin/sh\nexit 0\n").chmod(0o700)
    said = run("publish", "-o", "out", "--sign", key, code=1).stderr
    assert said.startswith(f"{key}: there is no ssh-keygen here, which signs and checks; expected OpenSSH 8.2 or newer")


@pytest.mark.usefixtures("quick")
def test_nothing_is_written_where_the_second_signature_fails(
    run: Run, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("publish", "-o", "out", code=0)
    before, sign = read_all(Path("out")), ssh_signature.sign

    def fail(data: bytes, key: Path) -> object:
        return sign(data, key if not data else Path("gone"))

    monkeypatch.setattr(publishing, "sign", fail)
    assert "gone: there is no such file" in run("publish", "-o", "out", "--sign", make_key(keys, "me"), code=1).stderr
    assert read_all(Path("out")) == before


@pytest.mark.usefixtures("quick")
def test_the_library_refuses_what_the_command_does(here: Path) -> None:
    with pytest.raises(PresenceError, match="none: there is no such file; expected the path of an SSH key"):
        publish_table(here / "t.yaml", here / "out", options=PublishOptions(sign=Path("none")))


@takes_long
def test_a_whole_publication_is_signed_and_its_claims_are_compared(run: Run, keys: Path) -> None:
    run("publish", "-o", "out", "--lang", "fa", "--sign", make_key(keys, "me"), code=0)
    files = read_all(Path("out"))
    assert MANIFEST in files
    assert ".gitattributes" in FILES
    assert run("verify", "out", code=0).stdout.startswith("out: unchanged since signed")
    assert f'href="{SIGNATURE}"' in files["index.html"].decode()
    assert f'href="../{SIGNATURE}"' in files["fa/index.html"].decode()
    page = files["fa/overlay.html"].decode()
    assert page.count('"units":["AF-KAB","AF-KNR"]') == 1
    Path("out/fa/overlay.html").write_text(
        page.replace('"units":["AF-KAB","AF-KNR"]', '"units":["AF-KAB","AF-GHO"]'), "utf-8"
    )
    said = run("verify", "out", code=1).stdout
    assert "claims that choropleth.html has not: blue, AF-GHO, cells, source s; red, AF-GHO, cells, source s" in said
