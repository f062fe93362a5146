"""``python -m tests.checkers``: what others find in our pages, who know nothing of how they are made.

The Nu HTML checker reads every kind of page, of three tables and in three languages; Lighthouse opens the maps of the
default table on its slow telephone. ``markup`` or ``lighthouse`` asks one of them alone. Both are packages of Node.js
and go into a place of their own; where one cannot be had, a line says so and nothing fails.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.golden.drawings import DRAWINGS, draw

ROOT = Path(__file__).parents[1]
ROOM = ROOT / ".venv-node"
CHECKER = ROOM / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = ROOM / "node_modules" / ".bin" / "lighthouse"
# The newest Lighthouse that Node.js 18 and 20 can run.
PACKAGES = {CHECKER: "vnu-jar", LIGHTHOUSE: "lighthouse@12"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LONGEST = 600  # s
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
OPENED = [f"presence/{name}" for name in ("overlay", "choropleth", "compare", "report")]
BARS = {"performance": 0.96, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
TRIES = 3
"""How often a page is opened: whatever else the machine does makes it look slower, never faster."""
SKIPPED = "robots-txt"
"""Lighthouse asks a server for it from within the page, whose policy allows no request."""


def find(program: Path, *needed: str) -> str:
    """Say what is missing to run a program, nothing where it is there; it is installed if that is all it takes."""
    missing = [name for name in needed if not shutil.which(name)]
    if missing:
        return f"no {' and no '.join(missing)} here"
    if not program.exists():
        words = ["npm", "install", "--prefix", str(ROOM), "--no-audit", "--no-fund", "--ignore-scripts"]
        if not shutil.which("npm"):
            return "no npm here"
        done = subprocess.run([*words, PACKAGES[program]], capture_output=True, text=True, timeout=LONGEST, check=False)
        if done.returncode or not program.exists():
            return f"{PACKAGES[program]} cannot be installed here"
    return ""


def write_pages(folder: Path, names: Sequence[str]) -> list[Path]:
    """Write pages of the golden facts, which are of every kind."""
    paths = {name: folder / f"{name.replace('/', '-')}.html" for name in names}
    for name, path in paths.items():
        path.write_bytes(draw(name))
    return list(paths.values())


def check_markup() -> bool:
    """Ask the Nu HTML checker about every kind of page: whether it finds no error, or is not here."""
    if lack := find(CHECKER, "java"):
        print(f"markup was not checked: {lack}")
        return True
    with tempfile.TemporaryDirectory() as folder:
        pages = write_pages(Path(folder), [name for name in DRAWINGS if "figure" not in name])
        words = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "gnu", *map(str, pages)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=LONGEST, check=False)
    found = [line for line in done.stderr.splitlines() if line]
    print("\n".join(found) or f"markup: no error in {len(pages)} pages")
    return done.returncode == 0


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve the pages of a folder as a host does, packed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = folder / Path(self.path).name
            if not file.is_file():
                self.send_error(404)
                return
            packed = gzip.compress(file.read_bytes(), 9)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

        def log_message(self, format: str, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def open_page(address: str, browser: str) -> Mapping[str, Any]:
    """Open a page once, and return what Lighthouse reports."""
    words = [
        str(LIGHTHOUSE), address, "--quiet", "--output=json", "--output-path=stdout", f"--skip-audits={SKIPPED}",
        f"--chrome-flags={FLAGS}",
    ]  # fmt: skip
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=LONGEST, check=True, env={**os.environ, "CHROME_PATH": browser}
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def judge(reports: Sequence[Mapping[str, Any]]) -> tuple[dict[str, float], bool]:
    """Return the scores of a page that was opened several times, and whether they reach the bars.

    Of performance the best counts, of all else the worst.

    >>> whole = {each: {"score": 1} for each in BARS}
    >>> told = [{"categories": {**whole, "performance": {"score": score}}} for score in (0.9, 0.97)]
    >>> judge(told)[0]["performance"], judge(told)[1], judge(told[:1])[1]
    (0.97, True, False)
    """
    scores = {
        each: (max if each == "performance" else min)(report["categories"][each]["score"] or 0 for report in reports)
        for each in BARS
    }
    return scores, all(scores[each] >= bar for each, bar in BARS.items())


def ask_lighthouse() -> bool:
    """Ask Lighthouse about the default maps: whether all reach the bars, or it is not here."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    if lack := find(LIGHTHOUSE, "node") or ("" if browser else f"no {BROWSERS[0]} here"):
        print(f"Lighthouse was not asked: {lack}")
        return True
    good = True
    print(f"| page, best of {TRIES} | {' | '.join(BARS)} | power of this machine |")
    print("|---" * (len(BARS) + 2) + "|")
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as host:
        for path in write_pages(Path(folder), OPENED):
            reports = [open_page(f"{host}/{path.name}", browser) for _ in range(TRIES)]
            scores, reached = judge(reports)
            power = max(report["environment"]["benchmarkIndex"] for report in reports)
            cells = path.stem, *(f"{score:.2f}" for score in scores.values()), f"{power:.0f}"
            print(f"| {' | '.join(cells)} |", flush=True)
            good &= reached
    print(f"bars: {', '.join(f'{each} {bar}' for each, bar in BARS.items())}; without {SKIPPED}")
    return good


CHECKS: Mapping[str, Callable[[], bool]] = {"markup": check_markup, "lighthouse": ask_lighthouse}


def main(chosen: Sequence[str]) -> int:
    """Run what is named, or all, and return 1 if one of them found something."""
    if unknown := set(chosen) - CHECKS.keys():
        print(f"nothing called {', '.join(sorted(unknown))}; expected some of {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    passed = [CHECKS[name]() for name in chosen or CHECKS]  # the second one too, where the first finds something
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
