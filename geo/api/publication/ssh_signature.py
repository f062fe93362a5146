"""Signatures by SSH keys: made and checked by ssh-keygen, which is asked so that it can ask nobody.

Nothing of the cryptography is ours. What is signed here holds for this purpose alone, by its namespace.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import NoReturn

from geo.errors import PresenceError, Problem
from geo.regular_files import IrregularError, LargeError, open_regular, read_regular

__all__ = ["LARGEST_SIGNATURE", "NAMESPACE", "SigningKey", "check_signature", "find_signer", "read_signers", "sign"]

NAMESPACE = "presence-maps"
"""What a signature is for: none made for a commit of git, or a mail, is one of a publication."""

REPEATABLE = "ED25519"
"""The kind of key whose signature of the same bytes is the same every time, as its standard says."""

LARGEST_SIGNATURE = 100_000
LARGEST_SIGNERS = 10_000_000
SECONDS = 60
ALONE = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS")
"""By these ssh-keygen would find a window in which to ask for a passphrase."""

HEAD, TAIL, WIDTH = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n", 70
START = b"SSHSIG\0\0\0\1"
GOOD = re.compile(rf'Good "{NAMESPACE}" signature (?:for .* )?with (\S+) key (SHA256:[A-Za-z0-9+/]{{43}})\s')
ASKED = "signers"
NUMBERED = re.compile(f"{ASKED}:[0-9]+: ")


@dataclass(frozen=True)
class SigningKey:
    """The key of a signature, as ssh-keygen names it: its kind and its fingerprint.

    Examples
    --------
    >>> str(SigningKey("ED25519", "SHA256:abc")), SigningKey("RSA", "SHA256:abc").is_repeatable
    ('ED25519 SHA256:abc', False)
    """

    kind: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint}"

    @property
    def is_repeatable(self) -> bool:
        """Whether its signature of the same bytes is the same every time."""
        return self.kind == REPEATABLE


def sign(data: bytes, key: Path) -> tuple[bytes, SigningKey]:
    """Sign bytes with a private key, or with a public one whose private half an agent holds.

    Whoever would have to be asked for a passphrase is not: then, and where the key is none or cannot sign, that is a
    `PresenceError`.

    Examples
    --------
    >>> sign(b"", Path("no such key"))
    Traceback (most recent call last):
    geo.errors.PresenceError: no such key: there is no such file; expected the path of an SSH key
    """
    _look_at(key)
    with _Room(str(key)) as room:
        (room.folder / "data").write_bytes(data)
        done = room.ask("-Y", "sign", "-n", NAMESPACE, "-f", str(Path.cwd() / key), "data")
        if done.returncode:
            _explain(key, done.stderr.decode("utf-8", "replace"))
        signature = read_regular(room.folder / "data.sig", LARGEST_SIGNATURE)
    made = check_signature(data, signature)
    if made is None:
        _stop(str(key), "gave a signature that does not hold", "a private key and beside it its own .pub, or none")
    return signature, made


def check_signature(data: bytes, signature: bytes, source: str = "signature") -> SigningKey | None:
    """Find the key by which bytes were signed; None where this is no signature of them.

    Who holds that key is another question: `find_signer`.
    """
    if not _is_plain(signature):
        return None
    with _Room(source) as room:
        done = room.check(data, signature, "-Y", "check-novalidate", "-n", NAMESPACE)
    found = GOOD.match(done.stdout.decode("utf-8", "replace"))
    return None if done.returncode or found is None else SigningKey(*found.groups())


def read_signers(file: Path) -> bytes:
    """Read a file of allowed signers.

    Examples
    --------
    >>> read_signers(Path("no such file"))
    Traceback (most recent call last):
    geo.errors.PresenceError: no such file: there is no such file; expected a file of allowed signers, a line each: \
'me@example.org ssh-ed25519 AAAA...'
    """
    expected = "a file of allowed signers, a line each: 'me@example.org ssh-ed25519 AAAA...'"
    try:
        return read_regular(file, LARGEST_SIGNERS)
    except LargeError:
        _stop(str(file), f"the file is larger than {LARGEST_SIGNERS // 1_000_000} MB", expected)
    except (OSError, ValueError) as error:
        _stop(str(file), _say_fault(error), expected)


def find_signer(data: bytes, signature: bytes, signers: bytes, file: str) -> tuple[str, str]:
    """Find who signed among those that the bytes of a file of allowed signers name; ``file`` is its name.

    Give who it is and, where it is nobody, why.
    """
    with _Room(file) as room:
        (room.folder / ASKED).write_bytes(signers)
        named = room.check(data, signature, "-Y", "find-principals", "-f", ASKED)
        said = [named.stderr]
        for name in named.stdout.decode("utf-8", "replace").splitlines() if not named.returncode else ():
            done = room.check(data, signature, "-Y", "verify", "-n", NAMESPACE, "-f", ASKED, "-I", name)
            if not done.returncode and GOOD.match(done.stdout.decode("utf-8", "replace")):
                return name, ""
            said.append(done.stderr)
    lines = b"\n".join(said).decode("utf-8", "replace").splitlines()
    told = [file + line.removeprefix(ASKED) for line in lines if NUMBERED.match(line)]
    return "", told[0] if told else f"{file} does not name the key"


class _Room:
    """A folder for what ssh-keygen reads and writes, gone afterwards; ``source`` is whose fault it is if it fails."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.program = _find_program(source)

    def __enter__(self) -> _Room:
        try:
            self.made = TemporaryDirectory(prefix="presence-maps-")
        except OSError as error:
            _stop(self.source, f"no temporary folder can be made: {error.strerror}", "TMPDIR, a folder to write to")
        self.folder = Path(self.made.name)
        return self

    def __exit__(self, *_: object) -> None:
        self.made.cleanup()

    def check(self, data: bytes, signature: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Ask about a signature of bytes."""
        (self.folder / "sig").write_bytes(signature)
        return self.ask(*words, "-s", "sig", data=data)

    def ask(self, *words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run ssh-keygen in a session without a terminal, where it finds nobody to ask."""
        kept = {name: text for name, text in os.environ.items() if name not in ALONE}
        try:
            return subprocess.run(  # noqa: S603  # no shell; what a user named is a path with a root, or a value
                [self.program, *words], cwd=self.folder, input=data, capture_output=True, check=False, timeout=SECONDS,
                start_new_session=True, env=kept | {"SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            found = f"ssh-keygen did not answer within {SECONDS} seconds"
            _stop(self.source, found, "a key that signs without being asked about, or a touch while it waits")
        except (OSError, ValueError) as error:
            _stop(self.source, f"ssh-keygen cannot be asked: {error}", "an ssh-keygen that answers")


def _find_program(source: str) -> str:
    """Find ssh-keygen, but never in the folder where one is, which Windows looks into first."""
    folders = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute()]
    found = shutil.which("ssh-keygen", path=os.pathsep.join(folders)) if folders else None
    if found is None or not Path(found).is_absolute():
        _stop(source, "there is no ssh-keygen here, which signs and checks", "OpenSSH 8.2 or newer: openssh-client")
    return found


def _is_plain(signature: bytes) -> bool:
    """Whether a signature is written as ssh-keygen writes one, to the byte; it would read some others as the same."""
    try:
        blob = base64.b64decode(b"".join(signature.split(b"\n")[1:-2]), validate=True)
    except binascii.Error:
        return False
    lines = wrap(base64.b64encode(blob).decode(), WIDTH)
    return blob.startswith(START) and signature == "".join([HEAD, *(f"{line}\n" for line in lines), TAIL]).encode()


def _look_at(key: Path) -> None:
    try:
        open_regular(key).close()
    except (OSError, ValueError) as error:
        _stop(str(key), _say_fault(error), "the path of an SSH key")


def _say_fault(error: Exception) -> str:
    if isinstance(error, IrregularError):
        return error.found
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return f"cannot be read: {getattr(error, 'strerror', None) or 'not a path'}"


def _explain(key: Path, said: str) -> NoReturn:
    """Say why a key did not sign, in words that help."""
    named = shlex.quote(str(key))
    reasons: Mapping[str, tuple[str, str]] = {
        "incorrect passphrase": (
            "needs a passphrase, for which nobody is asked here", f"the key in an agent: 'ssh-add {named}'"),
        "are too open": (
            "may be read by others, so ssh-keygen does not use it", f"a key that is yours alone: 'chmod 600 {named}'"),
        "No private key found": (
            "is a public key, and no agent here holds its private half",
            "the private key, or an agent that has it: 'ssh-add'"),
        "Couldn't load public key": (
            "is no SSH key that ssh-keygen reads", "a key as 'ssh-keygen -t ed25519' makes one"),
    }  # fmt: skip
    for sign_, (found, expected) in reasons.items():
        if sign_ in said:
            _stop(str(key), found, expected)
    line = next((each.strip() for each in said.splitlines() if each.strip() and "igning file" not in each), "no reason")
    _stop(str(key), f"did not sign; ssh-keygen says: {line}", "a key that signs: 'ssh-keygen -Y sign'")


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise PresenceError([Problem(source, found, expected)]) from None
