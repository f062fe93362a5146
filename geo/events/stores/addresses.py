"""What a file is called that does not lie on this machine, without the secrets that its address may hold."""

from __future__ import annotations

import re

__all__ = ["Address", "cut_secrets", "is_stored"]

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
PORT = re.compile(r":[0-9]{1,5}$")


class Address(str):
    """The name of a file, as it is shown and written; ``place``, where it lies, is neither.

    A place is an address of a store, or the path of a copy on this machine, whose ``checksum`` is then known.

    Examples
    --------
    >>> file = Address("https://example.org/a.csv", "https://example.org/a.csv?key=secret")
    >>> f"{file}", repr(file), file.place[-6:]
    ('https://example.org/a.csv', "'https://example.org/a.csv'", 'secret')
    """

    place: str
    checksum: str

    def __new__(cls, name: str, place: str, checksum: str = "") -> Address:
        """Name a file."""
        made = super().__new__(cls, name)
        made.place, made.checksum = place, checksum
        return made

    def __getnewargs__(self) -> tuple[str, str, str]:  # type: ignore[override]  # what a worker makes it of again
        """Return what it is made of."""
        return str(self), self.place, self.checksum


def is_stored(name: str) -> bool:
    """Tell whether a name is an address.

    Examples
    --------
    >>> is_stored("s3://bucket/a.csv"), is_stored("data/a.csv")
    (True, False)
    """
    return bool(SCHEME.match(name))


def cut_secrets(name: str) -> str:
    """Cut from an address who asks and with what right; a path stays as it is.

    What is asked of a store by a question mark may be a pattern, but for what has an equals sign.

    Examples
    --------
    >>> cut_secrets("https://me:secret@example.org/a.csv?X-Amz-Signature=1#top")
    'https://example.org/a.csv'
    >>> cut_secrets("s3://bucket/20??/a@b.csv"), cut_secrets("a?b=c@d.csv")
    ('s3://bucket/20??/a@b.csv', 'a?b=c@d.csv')
    """
    found = SCHEME.match(name)
    if not found:
        return name
    scheme, rest = found[1].lower(), name[found.end() :]
    is_web = scheme in ("http", "https")
    host = re.split(r"[/?#]" if is_web else "/", rest, maxsplit=1)[0]
    if "@" in host:
        rest = host.rpartition("@")[2] + rest[len(host) :]
    elif "@" in rest and ":" in PORT.sub("", host):  # a password may hold a slash
        rest = rest.rpartition("@")[2]
    if is_web:
        rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    elif "=" in rest.partition("?")[2]:
        rest = rest.partition("?")[0]
    return f"{scheme}://{rest}"
