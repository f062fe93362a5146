"""Files in stores are looked at and opened by fsspec; what fails is told in words, none of them the store's.

What a library says of an error may hold an address with its signature. So it is told by its kind alone.
"""

from __future__ import annotations

import importlib
import io
import logging
import time
from collections.abc import Callable
from typing import IO, Any, NoReturn, TypeVar, cast

from geo.errors import EventsError, Problem, name_install
from geo.events.stores.addresses import SCHEME, Address, cut_secrets, is_stored
from geo.regular_files import open_regular

__all__ = ["LIBRARIES", "ask", "connect", "give_input", "look_at", "name_library", "open_source", "refuse_store"]

Answer = TypeVar("Answer")

LIBRARIES = {
    "s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs", "https": "aiohttp", "http": "aiohttp",
    "memory": "fsspec",
}  # fmt: skip
"""The library that each kind of address needs, beside fsspec."""

CREDENTIALS = {
    "s3fs": "credentials where the tools of AWS look: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gcsfs": "credentials where the tools of Google look: GOOGLE_APPLICATION_CREDENTIALS, or those of gcloud",
    "adlfs": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, or AZURE_STORAGE_CONNECTION_STRING",
}
LOGIN = "an address that is still valid, or a login in ~/.netrc"
LOGGERS = ("adlfs", "aiobotocore", "aiohttp", "asyncio", "azure", "botocore", "fsspec", "gcsfs", "google", "s3fs",
           "urllib3")  # fmt: skip

BLOCK = 8 << 20
"""Bytes that are fetched at once."""

PAUSES = (0.5, 2.0, 5.0)
"""Seconds before what failed is tried again."""

STAMPS = (
    "ETag", "etag", "md5Hash", "Content-MD5", "Digest", "LastModified", "last_modified", "Last-Modified", "updated",
    "mtime", "created",
)  # fmt: skip
"""What stores say of a file that changes with it; a checksum before a time."""

AGAIN = "the command again; with --resume it goes on where it stopped"
MISSING = {"FileNotFoundError", "NoSuchKey", "NoSuchBucket", "ResourceNotFoundError", "NotADirectoryError"}
REFUSED = {
    "PermissionError", "NoCredentialsError", "PartialCredentialsError", "ProfileNotFound", "TokenRetrievalError",
    "ClientAuthenticationError", "CredentialUnavailableError", "GoogleAuthError",
}  # fmt: skip
CHANGED = {"FileExpired"}
SILENT = {
    "TimeoutError",
    "ServerTimeoutError",
    "ReadTimeoutError",
    "ConnectTimeoutError",
    "ServiceResponseTimeoutError",
}
UNREACHED = {
    "ClientConnectorError", "EndpointConnectionError", "ConnectionRefusedError", "gaierror", "ServiceRequestError",
}  # fmt: skip
STATUS = {401: REFUSED, 403: REFUSED, 404: MISSING, 410: MISSING, 412: CHANGED}


def name_library(address: str) -> str:
    """Name the library that an address needs; one of a kind that is not known is an `EventsError`.

    Examples
    --------
    >>> name_library("s3://bucket/a.csv")
    's3fs'
    """
    found = SCHEME.match(address)
    scheme = found[1].lower() if found else ""
    if scheme not in LIBRARIES:
        known = "a path, or an address that begins with s3://, gs://, az:// or https://"
        raise EventsError([Problem(cut_secrets(address), f"{scheme}://, which is no store that is known here", known)])
    return LIBRARIES[scheme]


def connect(address: str) -> tuple[Any, str]:
    """Connect to the store of an address: its file system, and what the address is called there."""
    library = name_library(address)
    for each in ("fsspec", library):
        try:
            importlib.import_module(each)
        except ModuleNotFoundError:
            told = f"an address of a store, which needs {each}"
            wanted = name_install(*dict.fromkeys((library, "fsspec")))
            raise EventsError([Problem(cut_secrets(address), told, f"it: {wanted}")]) from None
    for each in LOGGERS:  # what is told there may hold an address as it was given
        logging.getLogger(each).addHandler(logging.NullHandler())
    return ask(cut_secrets(address), lambda: _connect(address, library))


def _connect(address: str, library: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    options: dict[str, Any] = {}
    if library == "aiohttp":
        import aiohttp

        # A file may take hours, a part of it not; proxies and logins are those of the machine.
        options["client_kwargs"] = {"trust_env": True, "timeout": aiohttp.ClientTimeout(sock_connect=20, sock_read=60)}
    found: tuple[Any, str] = url_to_fs(address, **options)
    return found


def ask(
    name: str,
    question: Callable[[], Answer],
    *,
    again: Callable[[], object] | None = None,
    failed: str = "the store failed",
) -> Answer:
    """Ask a store something, more than once where that may help; what it cannot do is an `EventsError` about a file.

    ``again`` is done before it is asked once more; without, it is asked once. ``failed`` is told of what has no words
    of its own.
    """
    for pause in (*PAUSES, None) if again else (None,):
        try:
            return question()
        except EventsError:
            raise
        except Exception as error:  # noqa: BLE001  # each library has errors of its own
            kinds = _list_kinds(error)
            if pause is None or kinds & (MISSING | REFUSED | CHANGED):
                _refuse(name, error, kinds, failed)
        if pause is not None and again:
            time.sleep(pause)
            again()
    raise AssertionError


def refuse_store(name: str, found: str, expected: str = AGAIN) -> NoReturn:
    """Raise an `EventsError` about a file in a store, without what led to it."""
    raise EventsError([Problem(name, found, expected)]) from None


def _list_kinds(error: BaseException) -> set[str]:
    """List what an error is called, and what the HTTP status within it means."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and cause and type(cause).__module__.startswith("aiohttp"):
        return _list_kinds(cause)  # fsspec calls missing whatever it cannot look at
    status = getattr(error, "status", None) or getattr(error, "status_code", None) or getattr(error, "code", None)
    named = {each.__name__ for each in type(error).__mro__}
    known = (named & each for each in (MISSING, REFUSED, CHANGED))
    return named if any(known) else named | STATUS.get(cast("int", status), set())


def _refuse(name: str, error: Exception, kinds: set[str], failed: str) -> NoReturn:
    library = LIBRARIES.get(name.partition("://")[0], "")
    if kinds & MISSING:
        refuse_store(name, "the store holds nothing of this name", "a file that it holds")
    if kinds & REFUSED:
        told = "the store refuses it: there are no credentials, or they give no right to it"
        refuse_store(name, told, CREDENTIALS.get(library, LOGIN))
    if kinds & CHANGED:
        refuse_store(name, "the file changed while it was read", "a file that stays as it is; start again")
    if kinds & SILENT:
        refuse_store(name, "the store does not answer")
    if kinds & UNREACHED:
        refuse_store(name, "the store cannot be reached", "the address of a store, and a network that leads there")
    cause = error.__cause__ or error
    status = getattr(cause, "status", None) or getattr(cause, "errno", None)
    refuse_store(name, f"{failed}: {type(cause).__name__}{f' {status}' if isinstance(status, int) else ''}")


def look_at(path: Address, *, anew: bool = False) -> tuple[int | None, str]:
    """Tell the size of a file, None where the store does not know, and what changes with it, empty where nothing does.

    What was listed before is not asked again, but for ``anew``.
    """
    if path.checksum:
        return _measure(path), path.checksum
    system, place = connect(path.place)

    def look() -> dict[str, Any]:
        if anew:
            system.invalidate_cache()
        return dict(system.info(place))

    told = ask(path, look)
    if told.get("type") == "directory":
        refuse_store(path, "this is a folder", "a file of events")
    stamp = next((told[each] for each in STAMPS if told.get(each)), "")
    return told.get("size"), str(stamp)


def _measure(path: Address) -> int:
    with open_regular(path.place) as file:
        return file.seek(0, io.SEEK_END)


def open_source(path: str, cache: str = "readahead") -> IO[bytes]:
    """Open a file for reading, wherever it lies; one on this machine as Python opens it.

    ``cache`` is how fsspec keeps what it fetched: ``"none"`` for who knows what it needs, as Arrow.
    """
    if not isinstance(path, Address):
        return open_regular(path)
    return cast("IO[bytes]", _StoredFile(path, cache)) if is_stored(path.place) else open_regular(path.place)


def give_input(path: str, cache: str = "readahead") -> Any:
    """Give the path of a file on this machine, or the file itself: to libraries that take either."""
    return open_source(path, cache) if isinstance(path, Address) else path


class _StoredFile(io.RawIOBase):
    """A file in a store; what is not to be had is asked for again, and then told."""

    def __init__(self, path: Address, cache: str) -> None:
        super().__init__()
        system, place = connect(path.place)
        self._name = str(path)
        self._file = ask(self._name, lambda: system.open(place, "rb", block_size=BLOCK, cache_type=cache))

    def readable(self) -> bool:
        """Tell that it may be read."""
        return True

    def seekable(self) -> bool:
        """Tell that any part may be read."""
        return True

    def tell(self) -> int:
        """Tell how far it is read."""
        return int(self._file.tell())

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return int(self._file.seek(place, whence))

    def read(self, size: int | None = -1) -> bytes:
        """Read at most so many bytes."""
        begin = self.tell()
        wanted = -1 if size is None else size
        failed = f"the store stopped after {begin:,} of {self._file.size:,} bytes"
        data = ask(self._name, lambda: self._file.read(wanted), again=lambda: self._file.seek(begin), failed=failed)
        if not data and wanted and begin < self._file.size:
            refuse_store(self._name, failed)
        return bytes(data)

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Give back what is held."""
        if not self.closed and hasattr(self, "_file"):
            self._file.close()
        super().close()
