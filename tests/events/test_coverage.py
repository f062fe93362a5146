"""What files cover: as the user says, by the rule of the format, or by their own first and last dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from geo.errors import EventsError
from geo.events.coverage import find_coverage, read_spans
from geo.events.files.formats import find_format
from geo.events.periods import count_days
from geo.model import Coverage, Moment


def number(day: str) -> int:
    return count_days(date.fromisoformat(day))


def tell(spans: Sequence[tuple[date, date]]) -> list[str]:
    return [f"{first}..{last}" for first, last in spans]


@pytest.mark.parametrize(
    ("form", "files", "basis", "spans"),
    [
        ("generic", {"a": ("2020-03-04", "2020-05-06")}, "files", ["2020-03-04..2020-05-06"]),
        ("acled", {"a": ("2020-03-04", "2020-05-06")}, "files", ["2020-03-04..2020-05-06"]),
        ("ucdp-ged", {"a": ("2020-03-04", "2021-05-06")}, "year", ["2020-01-01..2021-12-31"]),
        ("ucdp-ged", {"GEDEvent_v24_1.csv": ("2020-03-04", "2021-05-06")}, "year", ["2020-01-01..2021-12-31"]),
        ("ucdp-ged", {"GEDEvent_v24_0_6.csv": ("2024-06-04", "2024-06-20")}, "month", ["2024-06-01..2024-06-30"]),
        ("ucdp-ged", {"x/GEDEvent_v24_01_24_06.csv": ("2024-01-04", "2024-06-20")}, "month",
         ["2024-01-01..2024-06-30"]),
        ("ucdp-ged", {"ged241.csv": ("1989-02-04", "2023-12-20"), "GEDEvent_v24_0_2.csv": ("2024-02-04", "2024-02-20")},
         "month", ["1989-01-01..2024-02-29"]),
        ("gtd", {"a": ("1992-03-04", "1994-05-06")}, "month", ["1992-03-01..1992-12-31", "1994-01-01..1994-05-31"]),
        ("gtd", {"a": ("1993-03-04", "1994-05-06")}, "month", ["1994-01-01..1994-05-31"]),
        ("generic", {"a": ("2018-01-04", "2018-12-20"), "b": ("2019-01-15", "2019-02-01")}, "files",
         ["2018-01-04..2019-02-01"]),
        ("generic", {"b": ("2020-01-04", "2020-12-20"), "a": ("2018-01-15", "2018-12-31")}, "files",
         ["2018-01-15..2018-12-31", "2020-01-04..2020-12-20"]),
        ("generic", {"a": ("2018-01-01", "2018-12-31"), "b": ("2018-03-01", "2018-04-01")}, "files",
         ["2018-01-01..2018-12-31"]),
    ],
)  # fmt: skip
def test_what_files_cover(form: str, files: dict[str, tuple[str, str]], basis: str, spans: list[str]) -> None:
    seen = {path: (number(first), number(last)) for path, (first, last) in files.items()}
    found = find_coverage(seen, find_format(form))
    assert found
    assert (found.basis, tell(found.spans)) == (basis, spans)


def test_what_the_user_says_goes_before_all_else() -> None:
    given = read_spans(["2018..2023"])
    found = find_coverage({"a": (0, 1)}, find_format("ucdp-ged"), given)
    assert found == Coverage(given, "given")


def test_files_without_dates_cover_nobody_knows_what() -> None:
    assert find_coverage({}, find_format("generic")) is None
    assert find_coverage({"a": (number("1993-03-04"), number("1993-05-04"))}, find_format("gtd")) is None


@pytest.mark.parametrize(
    ("given", "spans"),
    [
        (["2018"], ["2018-01-01..2018-12-31"]),
        (["2018..2020"], ["2018-01-01..2020-12-31"]),
        ([" 2018-02 .. 2020-03-04 "], ["2018-02-01..2020-03-04"]),
        (["2020", "2018"], ["2018-01-01..2018-12-31", "2020-01-01..2020-12-31"]),
        (["2018", "2019", "2019-06..2020-06"], ["2018-01-01..2020-06-30"]),
    ],
)
def test_spans_are_read_and_put_in_order(given: list[str], spans: list[str]) -> None:
    assert tell(read_spans(given)) == spans


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("soon", "'soon', which is no span of time; expected years, months or days such as 2018..2023"),
        ("2018-2023", "'2018-2023', which is no span of time"),
        ("2018..", "which is no span of time"),
        ("..2018", "which is no span of time"),
        ("", "which is no span of time"),
        ("2023..2018", "which ends before it begins; expected the earlier first: 2018..2023"),
    ],
)
def test_what_is_no_span_is_refused(given: str, said: str) -> None:
    with pytest.raises(EventsError) as error:
        read_spans([given])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("period", "told"),
    [((2018,), "none"), ((2019,), "part"), ((2019, 3), "whole"), ((2019, 2), "part"), ((2020,), "none"),
     ((2021,), "whole"), ((2021, 6, 1), "whole"), ((2019, 1, 31), "none"), ((2019, 2, 15), "whole")],
)  # fmt: skip
def test_how_far_a_period_is_covered(period: tuple[int, ...], told: str) -> None:
    known = Coverage(read_spans(["2019-02-15..2019-12", "2021"]), "given")
    assert known.find(Moment(*period).first, Moment(*period).last) == told
