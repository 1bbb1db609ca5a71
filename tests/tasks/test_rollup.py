"""Longer periods from shorter ones: every `over_time` kind by hand, blanks, KPS, held forms, derivation."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import run
from support.through_time_files import FOLDERS, UNIT, check_json, figures_in, write_submission

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.totals.over_time import Reason, added, derive, recipes, roll_up, without
from cchc_xl.model import KPS, OverTime
from cchc_xl.model.earlier import EarlierReturn, Standing
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import Figure

Q1, Q2, S1 = (parse_period(text) for text in ("2026-Q1", "2026-Q2", "2026-S1"))
REGIME = load_regime("cchc-dinh-ky", S1)

FIRST: dict[str, Figure] = {
    "bieu1_1": Decimal(5),
    "bieu1_2_1": Decimal(38),
    "bieu1_2_2": Decimal(10),
    "bieu1_3_1": Decimal(3),
    "bieu1_4_2": KPS,
    "bieu1_4_3": KPS,
    "bieu2_1": KPS,
    "bieu2_1_1": KPS,
    "bieu3_1_1": Decimal("0.98"),
    "bieu3_2_1_1": Decimal(5012),
    "bieu3_2_1_2": Decimal(5000),
    "bieu6_1_1": Decimal(37094),
    "bieu6_1_2": Decimal(9000),
    "bieu6_2_1": Decimal(14),
    "bieu6_2_5": Decimal(14),
}
SECOND: dict[str, Figure] = {
    **FIRST,
    "bieu1_1": Decimal(8),
    "bieu1_2_2": Decimal(23),
    "bieu1_3_1": Decimal(4),
    "bieu2_1": Decimal(5),
    "bieu2_1_1": Decimal(5),
    "bieu3_1_1": Decimal(1),
    "bieu3_2_1_1": Decimal(5650),
    "bieu3_2_1_2": Decimal(5612),
    "bieu6_1_2": Decimal(19884),
    "bieu6_2_1": Decimal(15),
    "bieu6_2_5": Decimal(15),
}
# The half-year by hand. sum: 5 + 8, KPS + KPS, KPS + 5, 5012 + 5650 … · last: the second quarter's figure.
BY_HAND: dict[str, Figure] = {
    "bieu1_1": Decimal(13),
    "bieu1_2_1": Decimal(38),
    "bieu1_2_2": Decimal(23),
    "bieu1_4_2": KPS,
    "bieu2_1": Decimal(5),
    "bieu2_1_1": Decimal(5),
    "bieu3_1_1": Decimal(1),
    "bieu3_2_1_1": Decimal(10662),
    "bieu3_2_1_2": Decimal(10612),
    "bieu6_1_1": Decimal(37094),
    "bieu6_1_2": Decimal(19884),
    "bieu6_2_1": Decimal(15),
    "bieu6_2_5": Decimal(15),
}
RECOMPUTED = {"bieu3_2_1": Decimal(10612) / 10662, "bieu1_2": Decimal(23) / 38}
REENTERED = [
    *("bieu1_3_1", "bieu1_4_1", "bieu1_4_3", "bieu1_5", "bieu5_1_3", "bieu7_1_2_1", "bieu7_1_2_2"),
]


def rolled(first: dict[str, Figure], second: dict[str, Figure], held: frozenset[str] = frozenset()):
    form_of = REGIME.form_of
    doubtful = {code: Standing.HELD for code in form_of if form_of[code] in held}
    return roll_up(REGIME, [EarlierReturn(Q1, first, doubtful), EarlierReturn(Q2, second)])


def test_two_quarters_make_the_half_year_computed_by_hand() -> None:
    assert rolled(FIRST, SECOND).figures == BY_HAND
    kinds = {REGIME.indicators[code].over_time for code in (*BY_HAND, *RECOMPUTED, *REENTERED)}
    assert kinds == set(OverTime)


def test_what_cannot_be_rolled_up_is_listed_and_stays_blank() -> None:
    found = rolled(FIRST, SECOND)
    again = [row.indicator for row in found.to_type if row.reason is Reason.REENTER]
    assert again == REENTERED
    assert not set(again) & set(found.figures)


def test_a_blank_part_leaves_the_sum_blank_and_names_the_period() -> None:
    found = rolled({c: f for c, f in FIRST.items() if c != "bieu1_1"}, SECOND)
    assert "bieu1_1" not in found.figures
    row = next(row for row in found.to_type if row.indicator == "bieu1_1")
    assert (row.reason, row.periods) == (Reason.BLANK, (Q1,))


def test_a_stock_is_the_last_period_s_even_when_that_is_blank() -> None:
    found = rolled(FIRST, {c: f for c, f in SECOND.items() if c != "bieu6_1_1"})
    assert "bieu6_1_1" not in found.figures
    assert ("bieu6_1_1", (Q2,)) in [(row.indicator, row.periods) for row in found.to_type]


def test_a_held_form_is_not_added_but_its_sisters_are() -> None:
    found = rolled(FIRST, SECOND, held=frozenset({"bieu3"}))
    assert "bieu3_2_1_1" not in found.figures and found.figures["bieu1_1"] == 13
    assert {row.reason for row in found.to_type if row.indicator == "bieu3_2_1_1"} == {Reason.HELD}
    assert found.figures["bieu3_1_1"] == 1  # the last quarter's, whose form is sound


def test_blanks_the_breakdown_reads_as_zero_need_no_typing() -> None:
    told = {row.indicator for row in rolled(FIRST, SECOND).to_type}
    assert not told & {"bieu6_2_2", "bieu6_2_3", "bieu6_2_4_1"}
    assert not any(code.startswith("giaitrinh") for code in told)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((KPS, KPS), KPS),
        ((KPS, Decimal(5)), Decimal(5)),
        ((Decimal(0), KPS), Decimal(0)),
        ((None, Decimal(5)), None),
        ((KPS, None), None),
        (("?", Decimal(5)), None),
        ((), None),
    ],
)
def test_blank_zero_and_kps_stay_three_things_in_a_sum(parts: tuple[Figure, ...], expected: Figure) -> None:
    assert added(parts) == expected


def test_a_quarter_is_the_half_year_without_the_other_quarter() -> None:
    half = EarlierReturn(S1, BY_HAND | {"bieu1_3_1": Decimal(6)})
    found = derive(REGIME, half, [EarlierReturn(Q1, FIRST)], Q2)
    assert {c: found.figures[c] for c in ("bieu1_1", "bieu2_1", "bieu3_2_1_1", "bieu6_1_2", "bieu1_4_2")} == {
        "bieu1_1": 8,
        "bieu2_1": 5,
        "bieu3_2_1_1": 5650,
        "bieu6_1_2": 19884,
        "bieu1_4_2": KPS,
    }
    assert [row.indicator for row in found.to_type if row.reason is Reason.REENTER] == REENTERED


def test_the_first_quarter_cannot_take_its_stocks_from_the_half_year() -> None:
    found = derive(REGIME, EarlierReturn(S1, BY_HAND), [EarlierReturn(Q2, SECOND)], Q1)
    assert found.figures["bieu3_2_1_1"] == 5012 and "bieu6_1_2" not in found.figures
    assert {row.reason for row in found.to_type if row.indicator == "bieu6_1_2"} == {Reason.STOCK}


def test_a_quarter_above_the_whole_half_year_is_told_and_not_made_negative() -> None:
    assert without(Decimal(4), [Decimal(5)]) is None
    assert without(Decimal(5), [KPS]) == 5 and without(KPS, [KPS]) == KPS and without(None, [KPS]) is None
    found = derive(
        REGIME, EarlierReturn(S1, BY_HAND | {"bieu1_1": Decimal(4)}), [EarlierReturn(Q1, FIRST)], Q2
    )
    assert {row.reason for row in found.to_type if row.indicator == "bieu1_1"} == {Reason.CONTRADICTS}


def test_periods_are_formed_from_parts_first_and_else_from_a_longer_one() -> None:
    ways = [tuple(map(str, way.needs)) for way in recipes(Q2)]
    assert ways == [
        ("2026-M04", "2026-M05", "2026-M06"),
        ("2026-Q1", "2026-S1"),
        ("2026-Q1", "2026-Q3", "2026-Q4", "2026-A1"),
    ]
    year = recipes(ReferencePeriod(2026, "A", 1))
    assert [len(way.parts) for way in year] == [2, 4, 12] and all(way.whole is None for way in year)


# --- the command -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cac-quy")
    for period, figures in ((Q1, FIRST), (Q2, SECOND)):
        write_submission(folder / FOLDERS[period], period, figures)
    return folder


def test_the_command_writes_the_half_year_and_says_what_to_type(quarters: Path, tmp_path: Path) -> None:
    parts = [quarters / FOLDERS[period] for period in (Q1, Q2)]
    done = run("rollup", *parts, "--to", "2026-S1", "--out", tmp_path / "S1")
    assert done.returncode == 0, done.stderr
    assert "7 dòng: Biểu 1 dòng 3.1, 4.1, 4.3, 5; Biểu 5 dòng 1.3; Biểu 7 dòng 1.2.1, 1.2.2" in done.stdout
    (written,) = (tmp_path / "S1").iterdir()
    assert written.name == f"CCHC_2026-S1_{UNIT.code}_Nam-Thanh-Mien.xlsx"
    file = check_json(written)
    assert (file["period"], file["verdict"]) == ("2026-S1", "accepted")
    assert figures_in(file, BY_HAND) == BY_HAND
    shown = figures_in(file, RECOMPUTED)
    assert {c: float(v) for c, v in shown.items()} == pytest.approx(
        {c: float(v) for c, v in RECOMPUTED.items()}
    )


def test_the_rolled_up_workbook_carries_the_hints_and_can_be_filled_further(
    quarters: Path, tmp_path: Path
) -> None:
    parts = [quarters / FOLDERS[period] for period in (Q1, Q2)]
    run("rollup", *parts, "--to", "2026-S1", "--out", tmp_path / "S1")
    (written,) = (tmp_path / "S1").iterdir()
    stored = openpyxl.load_workbook(written)
    assert "Quý I năm 2026, Quý II năm 2026" in stored["Trang chính"]["A8"].value
    hints = [c.value for c in stored["Biểu 1"]["L"] if c.value]
    assert any("Nhập lại cho cả kỳ" in hint for hint in hints)
    assert any("để trống" in hint for hint in hints)
    assert "L" not in str(stored["Biểu 1"].print_area)
    values = tmp_path / "v.csv"
    values.write_text("indicator,value\nbieu1_3_1,6\n", encoding="utf-8")
    filled = run("fill", written, values, "--out", tmp_path / "filled.xlsx")
    assert filled.returncode == 0, filled.stderr
    assert figures_in(check_json(tmp_path / "filled.xlsx"), ["bieu1_3_1", "bieu1_1"]) == {
        "bieu1_3_1": 6,
        "bieu1_1": 13,
    }


def test_inputs_are_only_read_and_filled_files_never_overwritten(quarters: Path, tmp_path: Path) -> None:
    parts = [quarters / FOLDERS[period] for period in (Q1, Q2)]
    before = [path.read_bytes() for part in parts for path in sorted(part.iterdir())]
    out = tmp_path / "S1"
    assert run("rollup", *parts, "--to", "2026-S1", "--out", out).returncode == 0
    assert run("rollup", *parts, "--to", "2026-S1", "--out", out).returncode == 0
    assert [path.read_bytes() for part in parts for path in sorted(part.iterdir())] == before
    next(out.iterdir()).write_bytes(b"typed in meanwhile")
    refused = run("rollup", *parts, "--to", "2026-S1", "--out", out)
    assert refused.returncode == 2 and "không ghi đè" in refused.stderr


def test_a_quarter_comes_from_the_half_year_where_its_own_file_is_missing(
    quarters: Path, tmp_path: Path
) -> None:
    write_submission(tmp_path / "S1", S1, BY_HAND)
    parts = (tmp_path / "S1", quarters / FOLDERS[Q1])
    done = run("rollup", *parts, "--to", "2026-Q2", "--out", tmp_path / "Q2")
    assert done.returncode == 0 and "Suy ra từ 6 tháng đầu năm 2026 trừ Quý I năm 2026" in done.stdout
    (written,) = (tmp_path / "Q2").iterdir()
    wanted = ("bieu1_1", "bieu3_2_1_1", "bieu6_1_2")
    assert figures_in(check_json(written), wanted) == {c: SECOND[c] for c in wanted}


def test_a_missing_quarter_is_named_and_an_unknown_way_refused(quarters: Path, tmp_path: Path) -> None:
    one = run("rollup", quarters / FOLDERS[Q1], "--to", "2026-S1", "--out", tmp_path / "x")
    assert one.returncode == 2 and "Quý II năm 2026" in one.stderr and not (tmp_path / "x").exists()
    month = run(
        *("rollup", quarters / FOLDERS[Q1], "--to", "2026-M06", "--out", tmp_path / "x"),
        *("--regime", "tthc-thang"),
    )
    assert month.returncode == 2 and "Không lập được" in month.stderr
