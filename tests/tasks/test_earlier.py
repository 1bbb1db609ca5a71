"""Earlier figures: one shape from every source, each figure marked counted, held or disputed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.samples_of_submissions import UNITS, earlier, figures, scope
from support.through_time_files import write_submission

from cchc_xl.catalogue.units import load_units
from cchc_xl.model import KPS
from cchc_xl.model.earlier import EarlierFigures, EarlierPeriod, EarlierReturn, Standing
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.earlier import earlier_figures, figures_in_folders, return_of
from cchc_xl.tasks.merge import MergeRequest, merge_folder
from cchc_xl.tasks.read import read_one

Q1, Q2 = parse_period("2026-Q1"), parse_period("2026-Q2")
SOUND, HELD, DISPUTED, MISNAMED, NAMED = UNITS[:5]
BEYOND = {"bieu3_2_1_1": Decimal(50), "bieu3_2_1_2": Decimal(51)}  # more in time than all


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last quarter's folder, its summary and its history."""
    folder = tmp_path_factory.mktemp("quy-1")
    sent = folder / "nop"
    blank = {"bieu6_2_4_3": None, "bieu2_1": KPS, "bieu2_1_1": KPS}  # read as 0: the parts reach the total
    write_submission(sent, Q1, figures(1, **blank), unit=SOUND)
    write_submission(sent, Q1, figures(2, **BEYOND), unit=HELD)
    write_submission(sent, Q1, figures(3), unit=DISPUTED)
    first = next(sent.glob(f"*{DISPUTED.code}*"))
    first.rename(first.with_name(f"{DISPUTED.code} ban a.xlsx"))
    write_submission(sent, Q1, figures(3, bieu1_1=Decimal(99)), unit=DISPUTED)
    wrong = write_submission(sent, Q1, figures(4), unit=MISNAMED)
    wrong.rename(wrong.with_name(f"CCHC_{Q1}_{NAMED.code}.xlsx"))
    out, kept = folder / "TongHop.xlsx", folder / "lich-su.db"
    merge_folder(MergeRequest(scope(UNITS[:6], Q1), sent, out, history=kept, jobs=2))
    return folder


@pytest.fixture(scope="module")
def sources(quarter: Path) -> dict[str, EarlierPeriod]:
    """The quarter as each source tells it."""
    now = scope(UNITS[:6], Q2)
    asked = {
        "folder": earlier_figures(now, previous=quarter / "nop"),
        "summary": earlier_figures(now, previous=quarter / "TongHop.xlsx"),
        "history": earlier_figures(now, history=quarter / "lich-su.db"),
        "check": figures_in_folders([quarter / "nop"], now.units),
    }
    assert {source: [known.period for known in found.periods] for source, found in asked.items()} == {
        source: [Q1] for source in asked
    }
    return {source: found.periods[0] for source, found in asked.items()}


def test_every_source_tells_the_same_figures_that_counted(sources: dict[str, EarlierPeriod]):
    counted = sources["folder"].counted
    assert set(counted) == {SOUND.code, HELD.code}
    assert counted[SOUND.code]["bieu6_2_4_3"] == 0 and counted[SOUND.code]["bieu2_1"] == KPS
    assert "bieu3_2_1_1" not in counted[HELD.code] and counted[HELD.code]["bieu1_1"] == figures(2)["bieu1_1"]
    for source, known in sources.items():
        assert known.counted == counted, source


def test_figures_that_did_not_count_are_kept_and_marked(sources: dict[str, EarlierPeriod]):
    for source, known in sources.items():
        held, disputed = known.returns[HELD.code], known.returns[DISPUTED.code]
        assert held.figures["bieu3_2_1_2"] == 51, source
        assert held.standing("bieu3_2_1_2") is held.standing("bieu3_2_1_1") is Standing.HELD, source
        assert held.standing("bieu1_1") is Standing.COUNTED, source
        assert disputed.standing("bieu3_2_1_1") is Standing.HELD, source
        by_whom = Standing.HELD if source == "summary" else Standing.DISPUTED  # a summary shows one of them
        assert disputed.standing("bieu1_1") is by_whom, source
        assert known.returns[SOUND.code].doubtful == {}, source


def test_a_file_named_for_another_unit_tells_nothing_of_either(sources: dict[str, EarlierPeriod]):
    for source, known in sources.items():
        assert not {MISNAMED.code, NAMED.code} & set(known.returns), source


def test_one_file_is_a_return_like_any_other(quarter: Path, sources: dict[str, EarlierPeriod]):
    (path,) = (quarter / "nop").glob(f"*{HELD.code}*")
    alone = return_of(read_one(str(path), load_units()))
    assert alone == sources["folder"].returns[HELD.code]
    assert (alone.source, alone.period) == (path.name, Q1)
    assert alone.window == Q1.window(scope().regime.cutoff_day)


def test_what_is_asked_for_goes_before_what_the_history_says(quarter: Path):
    older = EarlierFigures((earlier(Q1, {"1": {"a": Decimal(1)}}), earlier(parse_period("2025-Q4"), {})))
    newer = EarlierFigures((earlier(Q1, {"2": {"a": Decimal(2)}}),))
    both = older.joined(newer)
    assert [str(known.period) for known in both.periods] == ["2025-Q4", "2026-Q1"]
    assert both.periods[1].counted == {"2": {"a": 2}}
    assert both.compared_with(Q2) is newer.periods[0] and both.compared_with(Q1) is None
    assert both.of_unit(scope().regime.id, "2").keys() == {Q1} and both.of_unit("khac", "2") == {}
    named = earlier_figures(scope(UNITS[:6], Q2), previous=quarter / "TongHop.xlsx").named
    assert named and older.joined(EarlierFigures((named,), named)).compared_with(Q2) is named


def test_what_counted_is_numbers_and_kps_only():
    told = {"a": Decimal(1), "b": KPS, "c": None, "d": "?", "e": "chữ", "f": None, "g": Decimal(2)}
    known = EarlierReturn(Q1, told, {"g": Standing.HELD}, read_as_zero=frozenset({"f"}))
    assert known.counted == {"a": 1, "b": KPS, "f": 0}


def test_a_figure_that_did_not_count_is_no_last_periods_figure_anywhere(quarter: Path, tmp_path: Path):
    from openpyxl import load_workbook

    from cchc_xl.tasks.issue import IssueRequest, issue_workbooks

    codes = (HELD.code, DISPUTED.code)
    request = IssueRequest(scope(UNITS[:6], Q2), tmp_path, codes, plain=True, previous=quarter / "nop")
    held, disputed = (load_workbook(path) for path in issue_workbooks(request).paths)
    shown = {}
    for name, book in (("held", held), ("disputed", disputed)):
        for code in ("kytruoc_bieu1_1", "kytruoc_bieu3_2_1_1", "kytruoc_bieu3_2_1"):
            ((sheet, address),) = book.defined_names[code].destinations
            shown[name, code] = book[sheet][address.replace("$", "")].value
    assert shown["held", "kytruoc_bieu1_1"] == figures(2)["bieu1_1"]  # a sound form of the same file
    assert shown["held", "kytruoc_bieu3_2_1_1"] is None
    assert shown["held", "kytruoc_bieu3_2_1"] is None  # 51 of 50 is nobody's last percentage
    assert {value for (who, _), value in shown.items() if who == "disputed"} == {None}
