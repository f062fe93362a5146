"""``python -m tests.fuzz SECONDS [TARGET ...]``: each target for so long, guided by coverage; exit 1 on a finding."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOUND = HERE.parents[1] / ".fuzz"
SEEDS = {"tree": "table"}
"""The corpus of another target that serves this one too."""
MISSING = """fuzzing needs atheris, which has wheels for CPython 3.11 to 3.13 on Linux (x86-64) only.
Choose such a Python: make fuzz PYTHON=python3.13 VENV=.venv-fuzz"""
LINE = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")


def run_target(name: str) -> None:
    """Hand this process over to libFuzzer; the modules to be watched must be imported under its eye."""
    import atheris

    with atheris.instrument_imports(include=["geo", "yaml"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *sys.argv[3:]], TARGETS[name])
    atheris.Fuzz()


def write_words(path: Path) -> None:
    """Write the words of the format, from its own definition, as the fuzzer's dictionary."""
    from geo.read.fields.hints import COUNTRY, KEYS
    from tests.fuzz.words import list_words

    words = sorted(list_words() | COUNTRY | KEYS.keys())
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


def fuzz_target(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own, print its figures and tell whether it held."""
    grown = FOUND / "corpus" / name
    grown.mkdir(parents=True, exist_ok=True)
    words = FOUND / "words.dict"
    write_words(words)
    command = [
        sys.executable, "-m", "tests.fuzz", "--target", name,
        f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1", "-max_len=20000",
        f"-dict={words}", f"-artifact_prefix={FOUND}/{name}-", str(grown), str(HERE / "corpus" / SEEDS.get(name, name)),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=HERE.parents[1], stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    (FOUND / f"{name}.log").write_text(done.stderr, encoding="utf-8")
    print(f"{name}: {sum_up(done.stderr)}, {'no finding' if done.returncode == 0 else 'A FINDING'}", flush=True)
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    return done.returncode == 0


def sum_up(log: str) -> str:
    """Take the figures out of what libFuzzer prints."""
    runs = re.search(r"stat::number_of_executed_units: *(\d+)", log)
    last = LINE.findall(log)[-1:] or [("?", "?", "?")]
    return f"{int(runs[1]) if runs else 0:,} runs, coverage {last[0][0]}, features {last[0][1]}, corpus {last[0][2]}"


def main() -> int:
    """Fuzz the targets named, or all."""
    if sys.argv[1:2] == ["--target"]:
        run_target(sys.argv[2])
        return 0
    try:
        import atheris  # noqa: F401
    except ImportError:
        print(MISSING, file=sys.stderr)
        return 1
    from tests.fuzz.targets import TARGETS

    seconds, names = int(sys.argv[1]), sys.argv[2:] or list(TARGETS)
    held = [fuzz_target(name, seconds) for name in names]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
