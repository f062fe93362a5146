"""``python -m tests.mutants``: every small change of escaper, JSON and name matcher fails a test, or is explained.

What is changed, and which tests look, stands in ``setup.cfg`` under ``mutmut``; this adds up and gives the exit code.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULT = re.compile(r"^\s*(\S+__mutmut_\d+): (.+)$", re.MULTILINE)
HEADS = ("+++", "---")

NO_ATTRIBUTES = "None is no attribute, as {} is"
# The changed line and why no test can tell it from the line it was made of.
EXPLAINED = {
    'return html.escape(str(text), ).replace("{", "&#123;").replace("}", "&#125;")': "quotes are escaped by default",
    'text = json.dumps(value, ensure_ascii=None, allow_nan=False, separators=(",", ":"))': "None is as good as False",
    'text = json.dumps(value, ensure_ascii=False, allow_nan=None, separators=(",", ":"))': "None is as good as False",
    'return tag("section", {"id": anchor, "class": "text"}, tag("h2", None, heading), *children)': NO_ATTRIBUTES,
    'tag("caption", None, caption) if caption else "",': NO_ATTRIBUTES,
    'tag("thead", None, tag("tr", {}, head)) if head else "",': NO_ATTRIBUTES,
    'tag("thead", {}, tag("tr", None, head)) if head else "",': NO_ATTRIBUTES,
    'tag("tbody", None, rows),': NO_ATTRIBUTES,
    "if value is None and type(value) is str:": "a short way for what comes back as it is",
    "if value is None or type(None) is str:": "a short way for what comes back as it is",
    "near = get_close_matches(folded, known, 2 * n, )": "0.6 is the default too",
    "script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)": "None is false too",
    'if (script := unicodedata.name(sign, "XXXX").partition(" ")[0]) in LOOKALIKES:': (
        "a letter without a name is of no script, whatever stands for the name"
    ),
}


def call(*words: str) -> str:
    """Run mutmut; the examples of hypothesis are the same for every mutant."""
    environment = os.environ | {"HYPOTHESIS_PROFILE": "quick"}
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"mutmut {' '.join(words)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def read_change(diff: str) -> str:
    """Take the line that a mutant has instead of ours out of a diff."""
    return "\n".join(line[1:].strip() for line in diff.splitlines() if line[:1] == "+" and line[:3] not in HEADS)


def sum_up(results: Iterable[tuple[str, str, str]]) -> tuple[str, list[str]]:
    """Count results, and list those that are neither killed nor explained; each is a name, a status and a change."""
    found = list(results)
    left = [each for each in found if each[1] != "killed" and each[2] not in EXPLAINED]
    killed = sum(status == "killed" for _, status, _ in found)
    line = f"{len(found)} mutants, {killed} killed, {len(found) - killed - len(left)} explained, {len(left)} left"
    return line, [f"{name} ({status}): {change}" for name, status, change in left]


def main() -> int:
    """Make and try all mutants."""
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    call("run")
    results = RESULT.findall(call("results", "--all", "true"))
    changes = {name: read_change(call("show", name)) for name, status in results if status != "killed"}
    line, left = sum_up((name, status, changes.get(name, "")) for name, status in results)
    print(line)
    for each in left:
        print(each, file=sys.stderr)
    return 1 if left or not results else 0


if __name__ == "__main__":
    sys.exit(main())
