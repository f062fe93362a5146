"""Whoever does what a message says is rid of the problem, and has no other from it; and no such message is forgotten.

Every fourth of them with every run of the tests, all by `make whole`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.blank_figures import leave_out_drawing
from tests.daily import choose
from tests.remedies.follow import Case, follow
from tests.remedies.rows import CASES, read_followed
from tests.remedies.sites import list_sites, watch_sites

LARGE = (
    "asks for less than a limit of size, which takes long to reach; the limits are tried in tests/read/test_limits.py"
)
MACHINE = "is up to the machine: a permission, a disk, a port, git, a font, a package; see tests/faults"
PROGRAM = "is told to a program: see test_python.py, and tests/test_arguments.py for all of its kind"
CLUSTER = "needs workers that are not as they should be: see tests/events/test_dask_cluster.py"
OTHER = "asks for another file, or this one whole; there is nothing to write"
FIRST = "is told by a check before this one, where a command asks"
SIGNED = "is up to ssh-keygen, which need not be here, and a key: see tests/cli/test_sign.py and test_verify.py"
MEANWHILE = "asks that nobody writes to a folder meanwhile: see tests/cli/test_verify.py"
ASKED = (
    "is told in a review on a terminal, or to a program: see tests/cli/test_draft_review.py and tests/test_library.py"
)
EDITED = "is told on the page of `presence edit`: see tests/cli/test_edit.py"
STORE = "is up to folders, stores and pipes: see tests/events/test_stores.py and test_s3.py"
LOOK = "asks to look again; nothing that is written says that somebody did"

NO_ROW = {
    r"geo\.api\.output_paths:settle_file:": FIRST,
    r"geo\.api\.maps:_point_to_others:": "no table fails in one map alone today: see tests/cli/test_maps.py",
    r"geo\.api\.events\.counts:_check_asked: 'a folder for what": FIRST,
    r"geo\.api\.events\.counts:_limit_places:": LARGE,
    r"geo\.api\.events\.outputs:_check_wanted: 'one event": FIRST,
    r"geo\.api\.events\.outputs:_write_records:": LARGE,
    r"geo\.api\.(checks\.arguments|python_interface):": PROGRAM,
    r"geo\.api\.publication\.publish_table:_check_options:": PROGRAM,
    r"geo\.api\.publication\.publish_table:_Begun\._list_told: 'a name for it": LOOK,
    r"geo\.api\.publication\.published_folder:check_publication:": MACHINE,
    r"geo\.api\.entry\.": ASKED,
    r"geo\.api\.editing\.": EDITED,
    r"geo\.read\.updates\.(move_entry|rename_id|splice_change):": EDITED,
    r"geo\.cli\.draft_review:check_terminal: '--review asks on standard": OTHER,
    r"geo\.read\.updates\.splice_entries:EntrySplicer\.list_edits:": ASKED,
    r"geo\.read\.updates\.splice_entries:splice_entries: BY_HAND": "no table is known that leaves no room",
    r"geo\.api\.watch:.*in its place again": "is told while the command runs on: see tests/serve/test_watch.py",
    r"geo\.cli\.events:command: '--scheduler": CLUSTER,
    r"geo\.cli\.main:_show_words:": "repeats what Click says",
    r"geo\.cli\.streams:": MACHINE,
    r"geo\.draw\.figure\.fonts:": MACHINE,
    r"geo\.write\.manifest:": OTHER,
    r"geo\.api\.publication\.(ssh_signature:|publish_table:(_sign|_try_key):|verify_folder:_read_signers:)": SIGNED,
    r"geo\.api\.publication\.\w+:\w+: QUIET": MEANWHILE,
    r"geo\.api\.publication\.folder_contents:list_places: OURS": LARGE,
    r"geo\.api\.publication\.folder_contents:read_whole:": OTHER,
    r"geo\.api\.publication\.folder_contents:(list_places|_open): 'a (folder|file) that you may": MACHINE,
    r"geo\.api\.publication\.folder_contents:_blame: 'a regular": OTHER,
    r"geo\.draw\.web\.mercator:": "is told to a program: see tests/draw/test_mercator.py",
    r"geo\.events\.point_in_unit:": PROGRAM,
    r"geo\.events\.files\.chunks:": OTHER,
    r"geo\.events\.dask_cluster:": CLUSTER,
    r"geo\.events\.files\.inspect_file:(EventFile\.check_unchanged|_choose_member|_find_kind|_read_names): '": OTHER,
    r"geo\.events\.files\.inspect_file:stat_source:": FIRST,
    r"geo\.events\.(stores\.|files\.partitions:|files\.columns:find_columns: 'columns of coordinates)": STORE,
    r"geo\.api\.events\.counts:(_ask|_inspect_files: 'the command without --resume)": STORE,
    r"geo\.events\.files\.inspect_file:load_objects: '(CSV|--encoding)": LARGE,
    r"geo\.events\.files\.inspect_file:open_parquet: f": MACHINE,
    r"geo\.events\.files\.workbook:": OTHER,
    r"geo\.export\.xlsx_sheets:": LARGE,
    r"geo\.join\.(event_classes|joined_table):": PROGRAM,
    r"geo\.join\.class_breaks:_import_mapclassify:": MACHINE,
    r"geo\.join\.class_breaks:break_values:": FIRST,
    r"geo\.read\.common\.safe_zip:": OTHER,
    r"geo\.read\.boundaries\.bundled:parse_topology:": "is of the bundled file",
    r"geo\.read\.yaml\.builder:Builder\.attach:": LARGE,
    r"geo\.read\.fields\.containers:Items\.read: .*at most": LARGE,
    r"geo\.read\.boundaries\.formats:_read_file: 'a (file that|readable)": MACHINE,
    r"geo\.read\.boundaries\.formats:\w+: 'fewer": LARGE,
    r"geo\.read\.boundaries\.formats:_take_json: 'GeoJSON or TopoJSON'": OTHER,
    r"geo\.read\.sheets\.sheet_reader:_fill_merged:": LARGE,
    r"geo\.read\.fields\.numbers:Number\.read: 'a figure that you have checked'": LOOK,
    r"geo\.read\.dataframes:": PROGRAM,
    r"geo\.read\.boundaries\.gazetteer:": "is of the bundled file",
    r"geo\.read\.table\.file_at_commit:_Asked\.(ask|read):": MACHINE,
    r"geo\.read\.table\.file_at_commit:_Asked\.refuse_missing: 'a clone": MACHINE,
    r"geo\.read\.table\.file_at_commit:read_commit: 'git, or": MACHINE,
    r"geo\.read\.boundaries\.layers:_find_crs: 'one that PROJ": OTHER,
    r"geo\.read\.boundaries\.layers:_find_crs: 'the true": OTHER,
    r"geo\.read\.boundaries\.layers:_refuse_broken:": OTHER,
    r"geo\.read\.boundaries\.layers:read_layer: 'one shape": LARGE,
    r"geo\.read\.boundaries\.layers:read_layer: f": MACHINE,
    r"geo\.read\.boundaries\.match_to_gazetteer:_Matching\._tell_disagreement:": LOOK,
    r"geo\.read\.own_page:_read_data: f'one of the versions": "is of pages of a later version",
    r"geo\.read\.table\.reader:_limit_claims:": LARGE,
    r"geo\.read\.sheets\.csv_reader:.*smaller": LARGE,
    r"geo\.read\.table\.shorthand:Shorthand\.read: f'group names, at": LARGE,
    r"geo\.read\.table\.shorthand:Shorthand\.read: f'group names, each": FIRST,
    r"geo\.read\.documents\.": OTHER,
    r"geo\.read\.common\.file_text:\w+: (SMALLER|wanted\.smaller|'a file that you|'a readable)": MACHINE,
    r"geo\.read\.yaml\.parse:_build:": "is of PyYAML without libyaml",
    r"geo\.read\.sheets\.xlsx_checks:_Looker\.(merge: UNMERGED|start_cell: WORKBOOK\.smaller)": LARGE,
    r"geo\.read\.sheets\.xlsx_checks:look_at_sheet: WORKBOOK": OTHER,
    r"geo\.read\.sheets\.xlsx_reader:": OTHER,
    r"geo\.serve\.(editor_)?server:": MACHINE,
    r"geo\.write\.": MACHINE,
}
"""Messages that offer a remedy and that no row follows, by how their place is called, and why."""

FOLLOWED = read_followed()


@pytest.mark.parametrize("name", choose(CASES, 85))
def test_a_remedy_works(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    case: Case = CASES[name]
    if case.command.startswith("publish"):
        leave_out_drawing(monkeypatch)
    with watch_sites() as reached:
        follow(case, tmp_path)
    claimed = {site for site, row in FOLLOWED.items() if row == name}
    assert claimed <= reached, "run python -m tests.remedies"


def test_every_message_with_a_remedy_is_followed_or_it_is_said_why_not() -> None:
    offered = {name for *_, name in list_sites()}
    assert len(offered) > 300
    left = sorted(name for name in offered - set(FOLLOWED) if not any(re.match(each, name) for each in NO_ROW))
    assert left == [], "write a row in tests/remedies that follows it, then run python -m tests.remedies"
    assert sorted(set(FOLLOWED) - offered) == [], "run python -m tests.remedies"
    assert sorted(set(FOLLOWED.values()) - set(CASES)) == [], "run python -m tests.remedies"


@pytest.mark.parametrize("pattern", NO_ROW)
def test_no_excuse_is_left_over(pattern: str) -> None:
    assert any(re.match(pattern, name) for *_, name in list_sites() if name not in FOLLOWED)
