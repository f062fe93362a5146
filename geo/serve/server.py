"""A server for this machine only: three kinds of address, all answered from memory, and no file ever opened."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

from geo.errors import PresenceError, Problem
from geo.serve.frame_page import POLICY, describe_state, draw_preview
from geo.serve.preview import Preview

__all__ = ["HEADERS", "HTML", "LOOPBACK", "LocalServer", "serve_preview"]

LOOPBACK = "127.0.0.1"
SECONDS = 10
HTTP_PORT = 80
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMED = "frame-ancestors 'self'"
HTML = "text/html; charset=utf-8"


class LocalServer(ThreadingTCPServer):
    """Listens on this machine; not `http.server.HTTPServer`, which looks its own name up in the network.

    ``hosts`` are the names by which a browser may ask for it: HTTP's own port is left out of them.
    """

    daemon_threads = True
    # On Windows this would let another program listen at the same port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler], names: Iterable[str]) -> None:
        super().__init__((LOOPBACK, port), handler)
        self.port: int = self.server_address[1]
        held = tuple(names)
        self.hosts = (*(f"{name}:{self.port}" for name in held), *(held if self.port == HTTP_PORT else ()))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a browser goes away in the middle of an answer."""


class Server(LocalServer):
    """The server of a preview."""

    def __init__(self, preview: Preview, port: int) -> None:
        super().__init__(port, Handler, (LOOPBACK, "localhost"))
        self.preview = preview


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    server_version = "presence"
    sys_version = ""
    timeout = SECONDS

    def do_GET(self) -> None:
        """Answer with a page, the state, or an error."""
        if self.headers.get("Host") not in self.server.hosts:
            # A page elsewhere whose name was made to lead here would send its own name.
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"not the name of this server\n")
            return
        shown = self.server.preview.shown
        maps = {f"/maps/{name}.html": page for name, page in shown.pages.items()}
        address = self.path.partition("?")[0]
        if address == "/":
            self._answer(HTTPStatus.OK, HTML, draw_preview(shown).encode(), POLICY)
        elif address == "/state":
            self._answer(HTTPStatus.OK, "application/json", describe_state(shown).encode())
        elif address in maps:
            self._answer(HTTPStatus.OK, HTML, maps[address], FRAMED)
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"no such page\n")

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, status: HTTPStatus, kind: str, body: bytes, policy: str = "default-src 'none'") -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Security-Policy": policy, "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep requests out of the terminal, which belongs to the table's problems."""


@contextmanager
def serve_preview(preview: Preview, port: int = 0) -> Iterator[str]:
    """Serve a preview, which may change at any time, to browsers on this machine, until the block is left.

    It gives the address, on 127.0.0.1; port 0 is one that is free, and one that cannot be had is a `PresenceError`.

    Examples
    --------
    >>> with serve_preview(Preview()) as address:
    ...     address.rpartition(":")[0]
    'http://127.0.0.1'
    """
    try:
        server = Server(preview, port)
    except OSError as error:
        found = f"cannot be listened at: {error.strerror or error}"
        expected = "another --port, or none for one that is free"
        raise PresenceError([Problem(f"{LOOPBACK}:{port}", found, expected)]) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
