"""A server of files on this machine, good or bad by the first folder of what is asked for."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

STATUS = {"no": 404, "secret": 401, "forbidden": 403, "broken": 500}


class WebServer(ThreadingHTTPServer):
    """Serves a folder; ``asked`` counts requests by method and path."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Answer, folder))
        self.asked: Counter[tuple[str, str]] = Counter()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    """``ok`` gives ranges; ``plain`` none; ``nosize`` no size either; ``stops`` ends in the middle, ``falters`` once.

    ``grows`` has another checksum each time, ``bare`` none, ``cuts`` says that all was sent when it was not.
    """

    protocol_version = "HTTP/1.1"
    server: WebServer

    def __init__(self, folder: Path, *values: object) -> None:
        self.folder = folder
        super().__init__(*values)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Tell of a file."""
        self.do_GET()

    def do_GET(self) -> None:
        """Give a file, or a part of it."""
        path = urlsplit(self.path).path
        _, how, name = path.split("/", 2)
        self.server.asked[self.command, path] += 1
        if how in STATUS:
            self._answer(STATUS[how], b"")
            return
        data = (self.folder / name).read_bytes()
        wanted = re.match(r"bytes=(\d+)-(\d+)", self.headers.get("Range") or "")
        if self.command == "HEAD":
            self._answer(200, data, how)
        elif wanted and how not in ("plain", "nosize"):
            begin, end = int(wanted[1]), int(wanted[2]) + 1
            self._answer(206, data[begin:end], how, f"bytes {begin}-{min(end, len(data)) - 1}/{len(data)}")
        else:
            self._answer(200, data, how)

    def _answer(self, status: int, data: bytes, how: str = "", part: str = "") -> None:
        number = self.server.asked["GET", urlsplit(self.path).path]
        is_far = bool(part) and not part.startswith(("bytes 0-", "bytes 1-1/"))
        stops = how == "stops" and is_far
        stops = stops or (how == "falters" and self.command == "GET" and number % 3 == 2)
        kept = data[: len(data) // 2] if stops else b"" if how == "cuts" and is_far else data
        self.send_response(status)
        if part:
            self.send_header("Content-Range", part)
        if how not in ("bare", "nosize", ""):
            self.send_header("ETag", f'"{sum(self.server.asked.values()) if how == "grows" else len(data)}"')
        if how == "nosize":
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(kept if how == "cuts" else data)))
        self.end_headers()
        if self.command == "GET":
            with suppress(ConnectionError):  # who asked may have had enough
                self.wfile.write(kept)
        if stops:
            self.close_connection = True
            self.connection.close()


@contextmanager
def serve_folder(folder: Path) -> Iterator[WebServer]:
    """Serve a folder for a while."""
    server = WebServer(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
