"""The server of the editor: for one page on this machine that knows the token, and for as long as it is open.

It opens no file: it hands out what it is given, and passes on questions that came from its own page.
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from geo.draw.serialise import dump_json
from geo.errors import PresenceError, Problem
from geo.serve.server import HEADERS, HTML, LOOPBACK, LocalServer

__all__ = ["Editing", "EditorSite", "serve_editor", "wait_until_left"]

SECONDS = 10
"""How long a request may take to arrive, and how long the server waits after its last page has gone."""

BEAT = 1.0
PAUSE = 0.2
LARGEST = 34_000_000
"""A table of 16 MB as JSON."""

MOST_REQUESTS = 32
MOST_PAGES = 8
MOST_MAPS = 4
MAP_POLICY = "sandbox allow-scripts; frame-ancestors 'self'"
"""Beside the policy by hash that stands in the map itself."""


@dataclass
class EditorSite:
    """What is handed out: files by address, each with its kind and policy, and what answers the page's questions.

    ``draw_map`` draws the map as it is now, in a language.
    """

    files: Mapping[str, tuple[str, str, bytes]]
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    draw_map: Callable[[str], bytes]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    maps: dict[str, bytes] = field(default_factory=dict)


class Server(LocalServer):
    """Threads for a few requests at once; whoever comes above that is turned away."""

    def __init__(self, site: EditorSite, port: int) -> None:
        super().__init__(port, Handler, (LOOPBACK,))
        self.site = site
        self.origins = tuple(f"http://{host}" for host in self.hosts)
        self.places = threading.BoundedSemaphore(MOST_REQUESTS)
        self.watch = threading.Lock()
        self.pages, self.seen, self.left = 0, False, time.monotonic()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a request if there is room for it."""
        if not self.places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and give the room back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.places.release()

    def is_left(self) -> bool:
        """Tell whether a page was open and all have been gone for a while."""
        with self.watch:
            return self.seen and not self.pages and time.monotonic() - self.left > SECONDS


class Handler(BaseHTTPRequestHandler):
    """Answers one request; what arrives too slowly is cut off, headers and body together."""

    server: Server
    server_version = "presence"
    sys_version = ""
    timeout = SECONDS

    def setup(self) -> None:
        """Begin to count."""
        super().setup()
        self.clock = threading.Timer(SECONDS, self._cut)
        self.clock.daemon = True
        self.clock.start()

    def finish(self) -> None:
        """Stop counting."""
        self.clock.cancel()
        super().finish()

    def _cut(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        """Answer with a file of the editor's, or a map by the ticket that its page was given."""
        self.clock.cancel()
        if not self._is_named():
            return
        address = self.path.partition("?")[0]
        site = self.server.site
        if address in site.files:
            self._answer(HTTPStatus.OK, *site.files[address])
        elif address.startswith("/map/") and (page := site.maps.get(address.removeprefix("/map/"))):
            self._answer(HTTPStatus.OK, HTML, MAP_POLICY, page)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "no such page")

    def do_POST(self) -> None:
        """Answer a question of the editor's own page, and of nobody else."""
        if not self._is_named():
            return
        if not self._is_own():
            self._refuse(HTTPStatus.FORBIDDEN, "not the page of this editor")
        elif self.path == "/open":
            self._stay()
        elif self.path != "/ask":
            self._refuse(HTTPStatus.NOT_FOUND, "no such page")
        elif (body := self._read_body()) is not None:
            self._ask(body)

    def _is_named(self) -> bool:
        """Refuse whoever was led here by another name, as a page elsewhere can be."""
        if self.headers.get_all("Host") in [[host] for host in self.server.hosts]:
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "not the name of this server")
        return False

    def _is_own(self) -> bool:
        given = self.headers.get("X-Presence-Token", "").encode("utf-8", "replace")
        return (
            self.headers.get_all("Origin") in [[origin] for origin in self.server.origins]
            and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
            and self.headers.get("Content-Type") == "application/json"
            and secrets.compare_digest(given, self.server.site.token.encode())
        )

    def _read_body(self) -> bytes | None:
        said = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (said.isascii() and said.isdigit()):
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "a length is needed")
        elif len(said) > len(str(LARGEST)) or int(said) > LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        else:
            with suppress(OSError):
                body = self.rfile.read(int(said))
                self.clock.cancel()
                return body if len(body) == int(said) else None
        return None

    def _ask(self, body: bytes) -> None:
        site = self.server.site
        try:
            asked = json.loads(body)
            if asked["do"] == "map":
                # Its policy must not be that of the page around it, which a text in the frame would inherit.
                ticket = secrets.token_urlsafe(32)
                site.maps[ticket] = site.draw_map(str(asked["language"]))
                for old in [*site.maps][:-MOST_MAPS]:
                    site.maps.pop(old, None)
                answer: Mapping[str, Any] = {"map": f"/map/{ticket}"}
            else:
                answer = site.answer(asked)
        except PresenceError as error:
            answer = {"done": False, "told": [{"message": each.message, "path": []} for each in error.problems]}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST, "no question that could be answered")
            return
        self._answer(
            HTTPStatus.OK, "application/json", "default-src 'none'", dump_json(answer).encode("utf-8", "replace")
        )

    def _stay(self) -> None:
        """Hold a page's line for as long as it is open: a clock in a page would stop in a tab that is not seen."""
        self.clock.cancel()
        server = self.server
        with server.watch:
            if server.pages >= MOST_PAGES:
                self._refuse(HTTPStatus.TOO_MANY_REQUESTS, "too many pages")
                return
            server.pages, server.seen = server.pages + 1, True
        try:
            self._begin(HTTPStatus.OK, "text/plain", "default-src 'none'")
            self.end_headers()
            self.close_connection = True
            while True:
                self.wfile.write(b".")
                time.sleep(BEAT)
        except OSError:
            pass
        finally:
            with server.watch:
                server.pages, server.left = server.pages - 1, time.monotonic()

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._answer(status, "text/plain", "default-src 'none'", f"{why}\n".encode())

    def _answer(self, status: HTTPStatus, kind: str, policy: str, body: bytes) -> None:
        self._begin(status, kind, policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _begin(self, status: HTTPStatus, kind: str, policy: str) -> None:
        self.send_response(status)
        said = {**HEADERS, "Content-Security-Policy": policy, "Content-Type": kind}
        for name, value in {**said, "Cross-Origin-Opener-Policy": "same-origin"}.items():
            self.send_header(name, value)

    def log_message(self, *_: object) -> None:
        """Keep requests out of the terminal."""


@dataclass(frozen=True)
class Editing:
    """An editor that is served: its address, with the token that its page has to know, and whether all have left it."""

    address: str
    is_left: Callable[[], bool]


def wait_until_left(editing: Editing) -> None:
    """Wait until the last page has gone."""
    while not editing.is_left():
        time.sleep(PAUSE)


@contextmanager
def serve_editor(site: EditorSite, port: int = 0) -> Iterator[Editing]:
    """Serve an editor to browsers on this machine until the block is left; port 0 is one that is free."""
    try:
        server = Server(site, port)
    except OSError as error:
        found = f"cannot be listened at: {error.strerror or error}"
        expected = "another --port, or none for one that is free"
        raise PresenceError([Problem(f"{LOOPBACK}:{port}", found, expected)]) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Editing(f"{server.origins[0]}/#{site.token}", server.is_left)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
