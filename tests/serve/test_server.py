"""What the preview server answers, and to whom."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from geo.draw.web.assets import hash_source
from geo.errors import PresenceError
from geo.serve.file_changes import read_stamp, wait_for_change
from geo.serve.frame_page import draw_preview
from geo.serve.preview import Preview, Shown
from geo.serve.server import serve_preview
from tests.elements import Elements

PAGES = {"overlay": b"<!DOCTYPE html><p>overlay", "report": b"<!DOCTYPE html><p>report"}
HOSTILE = ("</pre><script>alert(1)</script>", '"><img onerror=x>', "{{7*7}}", "a\nb", "\u2028گروه")
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def preview() -> Preview:
    preview = Preview()
    preview.show(PAGES)
    return preview


@pytest.fixture
def port(preview: Preview) -> Iterator[int]:
    with serve_preview(preview) as address:
        yield int(address.rstrip("/").rpartition(":")[2])


def ask(port: int, path: str, *, method: str = "GET", host: str | None = None, **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": host or f"127.0.0.1:{port}", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_map_is_served_as_it_is(port: int) -> None:
    for name, page in PAGES.items():
        status, headers, body = ask(port, f"/maps/{name}.html?again")
        assert (status, body) == (200, page)
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"] == "frame-ancestors 'self'"


def test_head_gives_no_body(port: int) -> None:
    status, headers, body = ask(port, "/maps/overlay.html", method="HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", str(len(PAGES["overlay"])))


@pytest.mark.parametrize(
    "path",
    [
        "/maps/", "/maps", "/maps/overlay", "/maps/compare.html", "/overlay.html", "/presence.yaml",
        "/../presence.yaml", "/MAPS/overlay.html",
        "/maps/../presence.yaml", "/maps/%2e%2e/presence.yaml", "//etc/passwd", "/etc/passwd", "/maps/overlay.html/",
        "/maps/overlay.html%00", "/maps/..%2foverlay.html", "/maps\\overlay.html", "http://evil.example/",
        "/%6daps/overlay.html", "/state/", "*",
    ],
)  # fmt: skip
def test_nothing_else_is_served(port: int, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "presence.yaml").write_text("internal: secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status, headers, body = ask(port, path)
    assert (status, body) == (404, b"no such page\n")
    assert headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost.evil:%d", "", "a@b:%d"]
)
@pytest.mark.parametrize("path", ["/", "/state", "/maps/overlay.html"])
def test_another_host_gets_nothing(port: int, host: str, path: str) -> None:
    host = host.replace("%d", str(port))
    status, headers, body = ask(port, path, host=host or " ")
    assert (status, body) == (403, b"not the name of this server\n")
    assert "access-control-allow-origin" not in headers


def test_localhost_is_this_machine_too(port: int) -> None:
    assert ask(port, "/", host=f"localhost:{port}")[0] == 200


def test_a_request_without_a_host_gets_nothing(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        plain.sendall(b"GET /state HTTP/1.0\r\n\r\n")
        assert b" 403 " in plain.makefile("rb").readline()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_sent(port: int, method: str) -> None:
    assert ask(port, "/", method=method)[0] == 501


def test_it_listens_on_this_machine_only_and_until_it_ends(preview: Preview) -> None:
    with serve_preview(preview) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2])), timeout=5)


def test_a_port_that_is_taken_is_told(preview: Preview, port: int) -> None:
    with (
        pytest.raises(PresenceError, match=rf"127\.0\.0\.1:{port}: cannot be listened at: "),
        serve_preview(preview, port),
    ):
        pass


def test_state_follows_what_is_shown(port: int, preview: Preview) -> None:
    assert json.loads(ask(port, "/state")[2]) == {"version": 1, "maps": ["overlay", "report"], "problems": []}
    preview.tell(list(HOSTILE))
    told = json.loads(ask(port, "/state")[2])
    assert (told["version"], told["problems"]) == (1, list(HOSTILE))
    assert ask(port, "/maps/report.html")[2] == PAGES["report"], "the last good map is gone"
    preview.show({"overlay": b"new"})
    assert json.loads(ask(port, "/state")[2]) == {"version": 2, "maps": ["overlay"], "problems": []}
    assert ask(port, "/maps/overlay.html")[2] == b"new"
    assert ask(port, "/maps/report.html")[0] == 404


def test_hostile_problems_are_text_on_the_page(port: int, preview: Preview) -> None:
    plain = Elements(ask(port, "/")[2].decode())
    preview.tell(list(HOSTILE))
    page = Elements(ask(port, "/")[2].decode())
    found, harmless = ([(part.name, part.attributes) for part in each.parts] for each in (page, plain))
    assert found == harmless
    assert page.read("pre") == "\n".join(HOSTILE)


def test_the_page_allows_its_own_script_and_style_and_nothing_else(port: int) -> None:
    _, headers, body = ask(port, "/")
    page = Elements(body.decode())
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == hash_source(page.read("script"))
    assert policy["style-src"] == hash_source(page.read("style"))
    assert policy["frame-ancestors"] == "'none'"


def test_the_map_stands_in_a_frame_without_rights(port: int) -> None:
    frames = Elements(ask(port, "/")[2].decode()).find("iframe")
    assert [frame["src"] for frame in frames] == ["/maps/overlay.html"]
    assert "allow-same-origin" not in str(frames[0]["sandbox"])


def test_before_the_first_good_build_there_is_no_map() -> None:
    page = Elements(draw_preview(Shown(problems=("t.yaml: wrong",))))
    assert [frame.get("src") for frame in page.find("iframe")] == [None]


def test_a_browser_that_goes_away_disturbs_nobody(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    for sent in (b"", b"GET / HT", b"\x00\xff\r\n\r\n", b"GET /maps/overlay.html HTTP/1.1\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
            plain.sendall(sent)
    assert ask(port, "/state")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_a_change_is_a_new_file_size_or_time(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    assert read_stamp(path) is None
    stamps = []
    for text in ("a", "ab"):
        path.write_text(text, encoding="utf-8")
        stamps.append(read_stamp(path))
    (tmp_path / "new").write_text("ab", encoding="utf-8")
    (tmp_path / "new").replace(path)
    stamps.append(read_stamp(path))
    assert len(set(stamps)) == 3


def test_waiting_ends_when_a_saved_file_has_come_to_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("a", encoding="utf-8")
    steps: Iterator[Callable[[], object]] = iter(
        [path.unlink, lambda: path.write_text("", "utf-8"), lambda: path.write_text("abc", "utf-8"), lambda: None]
    )
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        next(steps)()

    monkeypatch.setattr("geo.serve.file_changes.time.sleep", sleep)
    lost: list[None] = []
    wait_for_change(path, read_stamp(path), lambda: lost.append(None), pause=3)
    assert path.read_text("utf-8") == "abc"
    assert slept == [3] * 4
    assert not lost, "an editor that saves in steps"


@pytest.mark.parametrize("is_known", [True, False])
def test_a_file_that_is_gone_is_told_once_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    """The same file that comes back ends the waiting too: what was told of it holds no more."""
    path, aside = tmp_path / "t.yaml", tmp_path / "aside.yaml"
    path.write_text("a", encoding="utf-8")
    seen = read_stamp(path) if is_known else None
    path.rename(aside)
    steps: Iterator[Callable[[], object]] = iter([lambda: None] * 20 + [lambda: aside.rename(path), lambda: None])
    monkeypatch.setattr("geo.serve.file_changes.time.sleep", lambda _: next(steps)())
    lost: list[None] = []
    wait_for_change(path, seen, lambda: lost.append(None))
    assert path.read_text("utf-8") == "a"
    assert len(lost) == is_known, "where there was none before, that was told already"
    assert next(steps, None) is None
