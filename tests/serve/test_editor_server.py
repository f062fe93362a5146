"""Whom the editor's server answers, and what nobody gets from it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from geo.api.editing.session import EditSession
from geo.errors import PresenceError, Problem
from geo.serve import editor_server, server
from geo.serve.editor_page import POLICY
from geo.serve.editor_server import Editing, EditorSite, serve_editor

SECRET = "what the table says"
Answer = tuple[int, dict[str, str], bytes]


class Asked:
    """What was asked of the session."""

    def __init__(self) -> None:
        self.questions: list[Any] = []

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        if asked["do"] == "fail":
            raise PresenceError([Problem("t.yaml", "wrong")])
        self.questions.append(asked)
        return {"said": SECRET}


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def site(asked: Asked) -> EditorSite:
    files = {"/": ("text/html; charset=utf-8", POLICY, b"<!DOCTYPE html>"), "/editor.js": ("text/javascript", "", b"1")}
    return EditorSite(files, asked.answer, lambda language: f"map in {language}".encode())


@pytest.fixture
def editing(site: EditorSite) -> Iterator[Editing]:
    with serve_editor(site) as editing:
        yield editing


def find_port(editing: Editing) -> int:
    return int(editing.address.partition("/#")[0].rpartition(":")[2])


def send(editing: Editing, path: str = "/ask", body: bytes = b'{"do":"state"}', *, method: str = "POST",
         **changed: Any) -> Answer:  # fmt: skip
    """Send what the editor's own page would, but for headers that are changed, or left out by None."""
    port = find_port(editing)
    headers: dict[str, str | None] = {
        "Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json",
        "X-Presence-Token": editing.address.partition("#")[2], "Content-Length": str(len(body)),
        "Sec-Fetch-Site": "same-origin",
    }  # fmt: skip
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        if value is not None:
            connection.putheader(name, value.replace("PORT", str(port)))
    connection.endheaders(body)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, said


def test_its_own_page_is_answered(editing: Editing, asked: Asked) -> None:
    status, headers, body = send(editing)
    assert (status, json.loads(body), asked.questions) == (200, {"said": SECRET}, [{"do": "state"}])
    assert headers["content-security-policy"] == "default-src 'none'"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("port", ["", ":PORT"])
def test_at_the_port_of_http_a_browser_leaves_it_out(
    site: EditorSite, monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    monkeypatch.setattr(server, "HTTP_PORT", number)  # that of HTTP itself is not everybody's
    with serve_editor(site, number) as editing:
        named: dict[str, Any] = {"Host": f"127.0.0.1{port}", "Origin": f"http://127.0.0.1{port}"}
        assert send(editing, **named)[0] == 200
        assert send(editing, **named | {"Host": "localhost"})[0] == 403
        assert send(editing, **named | {"Host": "127.0.0.1:1"})[0] == 403
        assert send(editing, **named | {"Origin": "http://localhost"})[0] == 403
        assert send(editing, **named | {"Origin": "https://127.0.0.1"})[0] == 403


def test_the_token_is_in_the_fragment_alone(editing: Editing, site: EditorSite) -> None:
    assert editing.address.endswith(f"/#{site.token}")
    assert len(site.token) >= 43
    status, headers, body = send(editing, "/", b"", method="GET", X_Presence_Token=None)
    assert status == 200
    assert headers["content-security-policy"] == POLICY
    assert "'unsafe" not in POLICY
    assert site.token.encode() not in body


ATTACKS: dict[str, dict[str, Any]] = {
    "a name made to lead here": {"Host": "evil.example:PORT"},
    "a name without a port": {"Host": "127.0.0.1"},
    "localhost, whose pages are of another origin": {"Host": "localhost:PORT"},
    "another port": {"Host": "127.0.0.1:1"},
    "a name and a user": {"Host": "127.0.0.1:PORT@evil.example"},
    "two names in one": {"Host": "127.0.0.1:PORT, evil.example"},
    "no name": {"Host": None},
    "an empty name": {"Host": ""},
    "another site": {"Origin": "https://evil.example"},
    "another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "another scheme": {"Origin": "https://127.0.0.1:PORT"},
    "localhost as origin": {"Origin": "http://localhost:PORT"},
    "a sandboxed frame, as the map itself is": {"Origin": "null"},
    "an origin that begins alike": {"Origin": "http://127.0.0.1:PORT.evil.example"},
    "no origin": {"Origin": None},
    "what a browser calls another site": {"Sec_Fetch_Site": "cross-site"},
    "what a browser calls the same site": {"Sec_Fetch_Site": "same-site"},
    "an address typed in": {"Sec_Fetch_Site": "none"},
    "no token": {"X_Presence_Token": None},
    "an empty token": {"X_Presence_Token": ""},
    "a guessed token": {"X_Presence_Token": "A" * 43},
    "a token with more behind it": {"X_Presence_Token": "TOKEN "},
    "a token in other letters": {"X_Presence_Token": "token"},
    "half a token": {"X_Presence_Token": "HALF"},
    "a token that is no ASCII": {"X_Presence_Token": "\xe9" * 43},
    "what a form may send": {"Content_Type": "text/plain"},
    "what a form sends": {"Content_Type": "application/x-www-form-urlencoded"},
    "a form of parts": {"Content_Type": "multipart/form-data"},
    "no type": {"Content_Type": None},
}


@pytest.mark.parametrize("path", ["/ask", "/open"])
@pytest.mark.parametrize("attack", [*ATTACKS])
def test_an_attack_gets_nothing(attack: str, path: str, editing: Editing, asked: Asked, site: EditorSite) -> None:
    changed = dict(ATTACKS[attack])
    if (token := changed.get("X_Presence_Token")) and token.startswith(("TOKEN", "HALF")):
        changed["X_Presence_Token"] = f"{site.token}x" if token.startswith("TOKEN") else site.token[:20]
    status, headers, body = send(editing, path, **changed)
    assert status == 403
    assert SECRET.encode() not in body
    assert not asked.questions
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/presence.yaml", "/../presence.yaml", "/..%2fpresence.yaml", "/%2e%2e/presence.yaml", "//etc/passwd",
        "/etc/passwd", "/map/", "/map", "/map/../ask", "/map/x", "/map/%00", "/editor.js/", "/editor.js%00",
        "/ask", "/open", "*", "http://evil.example/", "/.presence.yaml.edit.lock", "/presence.yaml.edit.json",
    ],
)  # fmt: skip
def test_no_other_address_is_there(
    path: str, editing: Editing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "presence.yaml").write_text(SECRET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status, _, body = send(editing, path, b"", method="GET")
    assert (status, body) == (404, b"no such page\n")
    if path not in ("/ask", "/open"):
        assert send(editing, path)[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "HEAD"])
def test_no_other_way_to_ask(method: str, editing: Editing, asked: Asked) -> None:
    """An OPTIONS that is refused is what keeps another site's page from sending a token at all."""
    assert send(editing, method=method)[0] == 501
    assert not asked.questions


@pytest.mark.parametrize(
    ("body", "changed", "status"),
    [
        (b"", {"Content_Length": "99999999999"}, 413),
        (b"", {"Content_Length": str(34_000_001)}, 413),
        (b"", {"Content_Length": "9" * 5000}, 413),
        (b"", {"Content_Length": "-1"}, 411),
        (b"", {"Content_Length": "1e3"}, 411),
        (b"", {"Content_Length": "\xb2"}, 411),
        (b"", {"Content_Length": None}, 411),
        (b"2\r\n{}\r\n0\r\n\r\n", {"Content_Length": None, "Transfer_Encoding": "chunked"}, 411),
        (b"{}", {}, 400),
        (b"[]", {}, 400),
        (b"null", {}, 400),
        (b"{", {}, 400),
        (b"\xff", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b'{"do":"map"}', {}, 400),
    ],
)  # fmt: skip
def test_a_body_that_is_no_question_is_refused(
    body: bytes, changed: dict[str, Any], status: int, editing: Editing, asked: Asked
) -> None:
    assert send(editing, body=body, **changed)[0] == status
    assert not asked.questions
    assert send(editing)[0] == 200


@pytest.mark.parametrize("sent", ["headers", "body"])
def test_what_arrives_letter_by_letter_is_cut_off(
    sent: str, site: EditorSite, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor_server, "SECONDS", 0.4)
    with serve_editor(site) as editing:
        port = find_port(editing)
        head = f"POST /ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        head += f"Content-Type: application/json\r\nX-Presence-Token: {site.token}\r\nContent-Length: 14\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
            slow.sendall((head + ("\r\n" if sent == "body" else "")).encode())
            begun = time.monotonic()
            with suppress(OSError):
                while time.monotonic() - begun < 5:
                    slow.sendall(b"{" if sent == "body" else b"A")
                    time.sleep(0.1)
            assert time.monotonic() - begun < 5
        assert not asked.questions
        assert send(editing)[0] == 200


def test_more_requests_than_there_is_room_for_are_turned_away(editing: Editing) -> None:
    port = find_port(editing)
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
    try:
        time.sleep(0.3)
        closed = 0
        for each in held:
            each.settimeout(0.05)
            try:
                closed += each.recv(1) == b""
            except (TimeoutError, ConnectionError) as error:
                closed += not isinstance(error, TimeoutError)
        assert closed >= 28
    finally:
        for each in held:
            each.close()
    time.sleep(0.3)
    assert send(editing)[0] == 200


def test_a_map_is_there_for_whoever_was_given_its_ticket(editing: Editing, site: EditorSite) -> None:
    tickets = [json.loads(send(editing, body=b'{"do":"map","language":"fa"}')[2])["map"] for _ in range(6)]
    assert len({*tickets}) == 6
    status, headers, body = send(editing, tickets[-1], b"", method="GET", X_Presence_Token=None, Origin=None)
    assert (status, body) == (200, b"map in fa")
    assert headers["content-security-policy"] == "sandbox allow-scripts; frame-ancestors 'self'"
    assert "allow-same-origin" not in headers["content-security-policy"]
    assert send(editing, tickets[0], b"", method="GET")[0] == 404
    assert len(site.maps) == 4


def test_what_the_session_refuses_is_told(editing: Editing) -> None:
    status, _, body = send(editing, body=b'{"do":"fail"}')
    assert (status, json.loads(body)["told"][0]["message"]) == (200, "wrong")


def test_it_ends_after_its_last_page(site: EditorSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_server, "SECONDS", 0.5)
    monkeypatch.setattr(editor_server, "BEAT", 0.05)
    with serve_editor(site) as editing:
        port = find_port(editing)
        time.sleep(0.7)
        assert not editing.is_left()
        head = f"POST /open HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        head += f"Content-Type: application/json\r\nX-Presence-Token: {site.token}\r\n\r\n"
        pages = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(2)]
        for page in pages:
            page.sendall(head.encode())
            assert page.recv(12)
        time.sleep(0.8)
        assert not editing.is_left()
        pages[0].close()
        time.sleep(0.8)
        assert not editing.is_left()
        pages[1].close()
        time.sleep(1.2)
        assert editing.is_left()


def test_a_port_that_is_taken_is_told(editing: Editing, site: EditorSite) -> None:
    with pytest.raises(PresenceError, match="cannot be listened at"), serve_editor(site, find_port(editing)):
        pass


def test_no_thread_outlives_it(site: EditorSite) -> None:
    with serve_editor(site) as editing:
        send(editing)
    time.sleep(0.2)
    assert not [each for each in threading.enumerate() if "serve_forever" in each.name]


def test_questions_of_what_is_pasted_and_moved_are_answered_or_refused(site: EditorSite, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("groups: {red: {name: Red Group}}\npresence: [{group: red, in: Kabul}]\n", encoding="utf-8")
    session = EditSession(path)
    place: dict[str, Any] = {"path": ["presence", 0]}
    asked: list[tuple[int, dict[str, Any]]] = [
        (200, {"do": "propose", "rows": False, "text": "The Red Group is in Kunar. \ud800"}),
        (200, {"do": "propose", "rows": True, "text": "red\t\ud800"}),
        (200, {"do": "propose", "rows": True, "text": "x" * 2_000_000}), (400, {"do": "propose", "text": "x"}),
        (400, {"do": "propose", "rows": 1, "text": [3]}), (400, {"do": "move", **place, "by": 1}),
        (400, {"do": "move", **place, "by": {}}), (400, {"do": "rename", "path": ["groups", "red"], "to": 3}),
        (400, {"do": "drop", "path": ["presence", 99]}), (400, {"do": "drop", "path": ["groups", ["red"]]}),
        (200, {"do": "rename", "path": ["groups", "red"], "to": "\ud800"}), (200, {"do": "bare"}),
    ]  # fmt: skip
    with serve_editor(EditorSite(site.files, session.answer, site.draw_map)) as editing:
        for status, question in asked:
            body = json.dumps({"version": session.version, **question}).encode()
            assert send(editing, body=body)[0] == status, question
    assert path.read_bytes() == session.data
    assert [each.name for each in tmp_path.iterdir()] == ["t.yaml"]
