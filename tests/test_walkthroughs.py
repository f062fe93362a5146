"""Whoever does what a document or the help of a command says gets what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

import geo
from docs.made.commands import write_commands
from geo.api import render_maps
from geo.cli.main import main
from tests.blank_figures import leave_out_drawing
from tests.publications import make_key, make_publication
from tests.walkthrough import Block, expect_exit, find_blocks, follow, matches, run_command, split_session

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
STARTS = {
    "tutorial.md": [], "from-an-article.md": [], "diff.md": ["presence.yaml"], "two-sources.md": [],
    "three-reports.md": [], "time.md": [],
    "spreadsheets.md": ["records.xlsx"], "events.md": [],
    "quotes.md": [], "sheets.md": [], "drafting.md": ["presence.yaml", "report.txt", "page.html", "annex.md"],
}  # fmt: skip
"""What lies in a reader's folder at first, where it is not the default table and some other tables."""

DRAWN = ("tutorial.md",)
"""Where figures are drawn. Elsewhere the commands run without this one step: tests/figure draws every kind."""

HELP = [call for block in find_blocks(write_commands(), ROOT) for call, _ in split_session(block)]
INLINE = re.compile(r"`(presence(?: [^`]+)?)`")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make whatever file a document or a help text speaks of."""
    folder = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("presence.yaml", "provinces.yaml", "tables/one.yaml", "tables/two.yaml"):
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / "presence.yaml", name)
        shutil.copy(ROOT / "examples" / "three-reports.yaml", folder)
        for name in ("events.csv", "groups.yaml"):
            shutil.copy(ROOT / "docs" / "tables" / name, folder)
        for words in ("build", "export --format csv", "export"):
            assert run_command(f"presence {words}", folder).exit_code == 0
        shutil.copy("export/table.xlsx", "records.xlsx")
        Path("export/table.xlsx").unlink()
        Path("report.txt").write_text("The Haqqani Network has camps in Khost and Paktia.\n", "utf-8")
        Path("page.html").write_text("<p>Lashkar-e-Taiba is active in Kunar.</p>", "utf-8")
        Path("annex.md").write_text("# Camps\n\n- Kunar: Lashkar-e-Taiba\n", "utf-8")
        Path("provinces.csv").write_text("province;Red Group\nKabul;x\n", "utf-8")
        provinces = geo.read_boundaries().reset_index().drop(columns=["name_fa"])
        for name in ("provinces.geojson", "provinces.gpkg"):
            provinces.to_file(name)
        provinces.rename(columns={"pcode": "ADM1_PCODE"}).to_file("adm.gpkg", layer="adm1")
        provinces.assign(ADM1_EN="Afghanistan").to_file("districts.geojson")
        sign_publication(folder)
    return folder


def sign_publication(folder: Path) -> None:
    """Make a key, a publication signed by it and a file that knows it; unsigned where there is no ssh-keygen."""
    key = make_key(folder, "maps.key") if shutil.which("ssh-keygen") else None
    make_publication(folder / "public", {"a.html": b""}, key)
    if key:
        (folder / "signers.txt").write_text(f"me {Path(f'{key}.pub').read_text()}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, where no browser opens, and a watch or an editor ends at once."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    notebook, display = ModuleType("IPython"), ModuleType("IPython.display")
    vars(notebook).update(version_info=(9, 0), get_ipython=lambda: None)  # matplotlib asks
    vars(display).update(IFrame=lambda address, **_: address, display=lambda shown: Path(shown.split("#")[0]).stat())
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr("geo.serve.file_changes.wait_for_change", end)
    monkeypatch.setattr("geo.serve.editor_server.wait_until_left", end)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def take(shelf: Path, folder: Path, pattern: str) -> None:
    for path in shelf.glob(pattern):
        there = folder / path.relative_to(shelf)
        there.parent.mkdir(exist_ok=True)
        shutil.copy(path, there)


def has_steps(path: Path) -> bool:
    blocks = find_blocks(path.read_text("utf-8"), path.parent)
    return any(split_session(block) or block.text.startswith("import ") for block in blocks)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if has_steps(path)], ids=lambda path: path.name)
def test_a_document_can_be_followed(path: Path, shelf: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for pattern in STARTS.get(path.name, ["presence.yaml", "tables/*"]):
        take(shelf, folder, pattern)
    if "--commits" in path.read_text("utf-8"):
        commit_twice(folder)
    if path.name not in DRAWN:
        leave_out_drawing(monkeypatch)
    assert "\n\n".join(follow(path.read_text("utf-8"), path, folder)) == ""


def test_the_tables_in_the_readme_are_tables(folder: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    tables = [block.text for block in find_blocks(text, ROOT) if re.search("^presence:", block.text, re.MULTILINE)]
    assert len(tables) == 2
    for table in tables:
        (folder / "presence.yaml").write_text(table, "utf-8")
        assert run_command("presence check", folder).exit_code == 0


def commit_twice(folder: Path) -> None:
    """Make a reader's folder a clone of a short history."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for words in (["init", "-q"], ["add", "."], *[["commit", "-q", "--allow-empty", "-m", "x"]] * 2):
        subprocess.run(["git", *who, *words], cwd=folder, check=True)


def keep_copy(folder: Path) -> None:
    """Keep a copy of a source beside the table."""
    table = folder / "presence.yaml"
    text = table.read_text("utf-8")
    source = re.search(r"^  un-2020:(?: \{|\n    )", text, re.MULTILINE)
    assert source
    copy = "copy: {file: copy.txt}" + (", " if source[0].endswith("{") else "\n    ")
    table.write_text(text[: source.end()] + copy + text[source.end() :], "utf-8")
    (folder / "copy.txt").write_text("They have training camps here.", "utf-8")


@pytest.mark.parametrize("words", HELP)
def test_an_example_of_the_help_runs(words: str, shelf: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_drawing(monkeypatch)
    if "--sign" in words and not shutil.which("ssh-keygen"):
        pytest.skip("no ssh-keygen here: openssh-client")
    command, *rest = shlex.split(words)[1:]
    given = [word for before, word in zip(["", *rest], rest, strict=False) if "." in word and before != "-o"]
    for pattern in [] if command == "init" and "--table" not in rest else given:
        take(shelf, folder, pattern)
    if command not in ("init", "import"):
        take(shelf, folder, "presence.yaml")
    if command == "verify":
        take(shelf, folder, "public/*")
    if command == "quote":
        keep_copy(folder)
    (folder / "report").mkdir()
    if "--commits" in words:
        commit_twice(folder)
    done = run_command(words, folder, ["", "q"] if "--review" in words else ())
    assert done.exit_code == expect_exit(words), done.output


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_command_named_in_a_sentence_is_there_with_its_options(path: Path) -> None:
    assert list_unknown(path.read_text("utf-8")) == []


def list_unknown(text: str) -> list[str]:
    """Name commands, and options of them, that a text has between backticks and the program has not."""
    return [call for call in INLINE.findall(text) if not is_known(call.split()[1:])]


def is_known(words: list[str]) -> bool:
    context = click.Context(main)
    names = main.list_commands(context)
    command = main.get_command(context, words[0]) if words and words[0] in names else None
    known = {option for param in (command or main).params for option in param.opts} | {"--help"}
    options = {word for word in words if word.startswith("-") and len(word) > 1}
    return options <= known and (command is not None or not words or words[0] in {"COMMAND", *options})


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("`presence`, `presence --help`, `presence check --strict`, `presence COMMAND --help`", []),
        ("`presence watch --open` and `presence compare A B [C]`", []),
        ("`presence district`", ["presence district"]),
        ("`presence check --lenient`", ["presence check --lenient"]),
    ],
)
def test_what_the_program_has_not_is_seen(text: str, unknown: list[str]) -> None:
    assert list_unknown(text) == unknown


def test_every_command_has_an_example_that_runs() -> None:
    assert {call.split()[1] for call in HELP} == set(main.list_commands(click.Context(main)))


def test_the_keys_of_the_data_block_are_those_documented(shelf: Path) -> None:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "data-block.md").read_text("utf-8"), re.MULTILINE)
    timed = render_maps(ROOT / "docs" / "tables" / "time.yaml", ["timeline"]).pages["timeline"].decode()
    known: set[str] = set()
    full = render_maps(ROOT / "tests" / "data" / "full.yaml", ["overlay"]).pages["overlay"].decode()
    for page in ((shelf / "maps" / "report.html").read_text("utf-8"), timed, full):
        block = re.search(r'id="presence-data"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert block
        known |= set(json.loads(block[1]))
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == known


DOCUMENT = """Text.

    presence build
    presence schema > a.json      # a remark

Save this as `t.yaml`:

```yaml
presence: {A: [Kabul]}
```

```console
$ presence check t.yaml
1 group
...
```

```text
presence check [TABLE]
```
"""


def test_blocks_and_what_they_show_are_found() -> None:
    first, table, session, usage = find_blocks(DOCUMENT, ROOT)
    assert [name for name, _ in split_session(first)] == ["presence build", "presence schema > a.json"]
    assert (table.saved_as, table.text) == ("t.yaml", "presence: {A: [Kabul]}\n")
    assert split_session(session) == [("presence check t.yaml", ["1 group", "..."])]
    assert (split_session(usage), first.saved_as) == ([], "")


@pytest.mark.parametrize(
    ("shown", "said", "agree"),
    [
        (["wrote a (12 kB)"], "wrote a (345 kB)\n", True),
        (["...", "end"], "reading\ndrawing\nend\n", True),
        (["a", "..."], "a\n", True),
        (["a"], "a\nb\n", False),
        (["...", "2 groups"], "reading\n12 groups\n", False),
        ([], "", True),
        ([], "a\n", False),
    ],
)
def test_an_answer_is_compared_line_by_line(shown: list[str], said: str, agree: bool) -> None:
    assert matches(shown, said) is agree


def test_what_comes_out_otherwise_is_told(folder: Path) -> None:
    text = "```console\n$ presence provinces konar\nAF-KAB\n```\n\n    presence provinces nowhere\n"
    assert [each.splitlines()[0] for each in follow(text, folder / "d.md", folder)] == [
        "presence provinces konar",
        "presence provinces nowhere",
    ]


def test_a_block_that_is_no_session_runs_nothing() -> None:
    assert split_session(Block("yaml", "presence:\n  A: [Kabul]\n")) == []
