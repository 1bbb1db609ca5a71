"""The city summary as planned: right figures, live formulas, safe texts, nothing forgotten."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.samples_of_submissions import (
    PERIOD,
    UNITS,
    city,
    consolidation,
    earlier,
    error,
    figures,
    regime,
    scope,
    submission,
)

from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import KPS, Finding, Severity, Verdict
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.planned import PlannedCell, PlannedSheet, PlannedWorkbook, Role
from cchc_xl.model.terms import Figure, UnitState
from cchc_xl.reading.earlier_summary import read_earlier_summary
from cchc_xl.texts import text
from cchc_xl.workbooks.summary import EarlierPeriod, Receipt, plan_summary
from cchc_xl.workbooks.summary.grid import FIRST_ROW, grid_of
from cchc_xl.workbooks.summary.statistics import median, spread
from cchc_xl.workbooks.summary.totals import totals_layout
from cchc_xl.workbooks.summary.wording import plain

SHEETS = (
    "Tổng hợp",
    "Theo đơn vị",
    "Tình trạng nộp",
    "Lỗi và cảnh báo",
    "So sánh",
    "Biểu đồ",
    "Nguồn",
    "Quy tắc",
)


@pytest.fixture(scope="module")
def merged() -> Consolidation:
    return consolidation()


@pytest.fixture(scope="module")
def summary(merged: Consolidation) -> PlannedWorkbook:
    return plan_summary(merged)


def _cells(sheet: PlannedSheet) -> dict[str, PlannedCell]:
    return {cell.address: cell for cell in sheet.cells}


def _texts(sheet: PlannedSheet) -> str:
    return "\n".join(str(cell.value) for cell in sheet.cells if cell.value not in (None, ""))


def _city_cell(merged: Consolidation, summary: PlannedWorkbook, code: str, column: str = "D") -> PlannedCell:
    row = (totals_layout(grid_of(merged)).figure(code) or "")[1:]
    return _cells(summary.sheet("Tổng hợp"))[f"{column}{row}"]


def _three(*typed: dict[str, object], **extra: object) -> tuple[Consolidation, PlannedWorkbook]:
    sent = [submission(unit, values) for unit, values in zip(UNITS, typed, strict=False)]  # type: ignore[arg-type]
    merged = consolidate(scope(UNITS[:3]), sent)
    return merged, plan_summary(merged, **extra)  # type: ignore[arg-type]


def test_the_sheets_stand_in_the_agreed_order_and_meta_is_very_hidden(summary: PlannedWorkbook) -> None:
    assert tuple(s.name for s in summary.sheets if s.state == "visible") == SHEETS
    assert summary.sheet("_meta").state == "veryHidden"


def test_every_city_sum_and_ratio_is_a_formula_with_the_consolidated_value(
    merged: Consolidation, summary: PlannedWorkbook
) -> None:
    checked = 0
    for code, figure in merged.city.items():
        if figure.total is not None:
            cell = _city_cell(merged, summary, code)
            assert cell.role is Role.FORMULA, code
            assert cell.value == figure.total, code
            assert _city_cell(merged, summary, code, "E").value == figure.answered, code
            assert _city_cell(merged, summary, code, "F").value == figure.total_with_held, code
            checked += 1
    assert checked > 50


def test_the_formulas_look_at_counted_forms_only(merged: Consolidation, summary: PlannedWorkbook) -> None:
    formula = _city_cell(merged, summary, "bieu1_1").formula or ""
    assert 'SUMIFS(dv_bieu1_1,tt_bieu1,"Tính",dv_bieu1_1,"<>")' in formula
    ratio = _city_cell(merged, summary, "bieu3_2_1").formula or ""
    assert 'dv_bieu3_2_1_2,"<>",dv_bieu3_2_1_1,"<>"' in ratio
    assert summary.names["dv_bieu1_1"] == f"='Theo đơn vị'!$F${FIRST_ROW}:$F${FIRST_ROW + 113}"


def test_a_ratio_over_zero_says_kps_and_one_nobody_gave_stays_empty() -> None:
    zero = {"bieu1_3_2_1": Decimal(0), "bieu1_3_2_2": Decimal(0)}
    blank = {"bieu3_2_2_1": None, "bieu3_2_2_2": None}
    merged, summary = _three(figures(1, **zero, **blank), figures(2, **zero, **blank))
    assert _city_cell(merged, summary, "bieu1_3_2").value == KPS
    assert _city_cell(merged, summary, "bieu3_2_2").value == ""
    assert _city_cell(merged, summary, "bieu3_2_2_1").value == ""


def test_blank_zero_and_kps_stay_three_things_in_the_data_sheet() -> None:
    merged, summary = _three(
        figures(1, bieu2_1=KPS, bieu2_1_1=KPS),
        figures(2, bieu2_1=Decimal(0), bieu2_1_1=Decimal(0)),
        figures(3, bieu2_1=None, bieu2_1_1=None),
    )
    grid, cells = grid_of(merged), _cells(summary.sheet("Theo đơn vị"))
    column = grid.columns["bieu2_1"]
    assert [cells[f"{column}{FIRST_ROW + n}"].value for n in range(3)] == [KPS, 0, None]


def test_a_unit_without_a_file_is_missing_everywhere(merged: Consolidation, summary: PlannedWorkbook) -> None:
    unit = merged.missing[0]
    grid = grid_of(merged)
    data = _cells(summary.sheet("Theo đơn vị"))
    row = grid.rows[unit.code]
    assert {data[f"{column}{row}"].value for column in grid.status_columns.values()} == {"Chưa có"}
    assert all(data[f"{grid.columns[i.code]}{row}"].value in (None, "") for i in grid.indicators)
    assert unit.running_name in str(_cells(summary.sheet("Tình trạng nộp"))["A20"].value)


def test_held_forms_are_marked_and_the_others_of_the_unit_counted(merged: Consolidation) -> None:
    grid = grid_of(merged)
    held = next(u for u in merged.units if Verdict.HELD in u.forms.values())
    position = merged.units.index(held)
    words = {form: statuses[position] for form, statuses in grid.statuses.items()}
    assert set(words.values()) == {"Tính", "Giữ lại"}


def test_constants_show_the_agreed_value_and_name_who_differs(
    merged: Consolidation, summary: PlannedWorkbook
) -> None:
    cell = _city_cell(merged, summary, "bieu7_1_1_1")
    assert cell.value == 220
    assert cell.role is Role.FORMULA
    note = str(_city_cell(merged, summary, "bieu7_1_1_1", "G").value)
    differing = merged.city["bieu7_1_1_1"].differing
    first = next(u.unit for u in merged.units if u.unit.code == differing[0])
    assert f"{first.running_name} (230)" in note


def test_answers_by_code_have_a_counted_row_each(merged: Consolidation, summary: PlannedWorkbook) -> None:
    cells = _cells(summary.sheet("Tổng hợp"))
    rows = {c.value: c.address[1:] for c in cells.values() if str(c.value).startswith("– ")}
    row = rows["– Trực tuyến"]
    assert cells[f"D{row}"].value == merged.city["bieu1_4_3"].answers["0"]
    assert "COUNTIFS" in str(cells[f"D{row}"].formula)


def test_a_ratio_without_parts_counts_the_units_at_full(
    merged: Consolidation, summary: PlannedWorkbook
) -> None:
    grid = grid_of(merged)
    at_full = sum(figure == 1 for _, figure in grid.counted("bieu3_1_1"))
    assert _city_cell(merged, summary, "bieu3_1_1").value == at_full
    assert "95,00 %" in str(_city_cell(merged, summary, "bieu3_1_1", "G").value)
    assert _city_cell(merged, summary, "bieu7_1_2_1").value == text("summary_not_added")


def test_the_state_stands_on_top_and_on_every_page(merged: Consolidation, summary: PlannedWorkbook) -> None:
    complete = len(merged.in_state(UnitState.COMPLETE))
    assert 0 < complete < 100  # the samples hold units with holes
    for name in SHEETS:
        sheet = summary.sheet(name)
        said = sheet.page.header + sheet.page.footer
        said = sheet.page.header + sheet.page.footer
        assert f"Đang tổng hợp ({complete}/114 đơn vị đã nhận đủ)" in said, name
        assert "Trang &P/&N" in sheet.page.footer
    final = plan_summary(consolidation(city(changes=False)))
    assert "Đủ điều kiện chốt (114/114 đơn vị đã nhận đủ)" in _texts(final.sheet("Tổng hợp"))


def test_every_entry_of_the_folder_is_told(merged: Consolidation, summary: PlannedWorkbook) -> None:
    sources, coverage = _texts(summary.sheet("Nguồn")), _texts(summary.sheet("Tình trạng nộp"))
    for entry in merged.ledger:
        assert plain(entry.file) in sources
        assert plain(entry.file) in coverage
    assert _cells(summary.sheet("Tình trạng nộp"))["D17"].value == len(merged.ledger)


def test_every_finding_is_listed_errors_first_with_explanation_and_note(summary: PlannedWorkbook) -> None:
    note = {"bieu3_2_1_2": "=cmd|'/c calc'!A1\nhồ sơ\x07 cũ"}
    told = {"bieu3_on_time_within_finished": "Có hồ sơ năm trước"}
    wrong = figures(1, bieu3_2_1_1=Decimal(10), bieu3_2_1_2=Decimal(11))
    sent = submission(UNITS[0], wrong, notes=note, explanations=told)
    merged = consolidate(scope(UNITS[:3]), [sent])
    sheet = plan_summary(merged).sheet("Lỗi và cảnh báo")
    words = [
        c.value for c in sheet.cells if c.address.startswith("A") and c.value in ("Lỗi", "Cảnh báo", "Lưu ý")
    ]
    assert words == sorted(words, key=("Lỗi", "Cảnh báo", "Lưu ý").index)
    texts = _texts(sheet)
    assert "Có hồ sơ năm trước" in texts
    assert "=cmd|'/c calc'!A1 hồ sơ cũ" in texts
    link = next(c.link for c in sheet.cells if c.address == "B6")
    assert link == f"internal:'Theo đơn vị'!C{FIRST_ROW}"


def test_texts_from_files_are_plain_bounded_lines_and_never_formulas_or_outside_links() -> None:
    hostile = '=HYPERLINK("http://x")\r\n\x00\u202e\u200bhttp://x' + "y" * 5000
    finding = Finding(
        "text_unreadable", Severity.ERROR, hostile, hostile, form="bieu1", sheet=hostile, cell="D7"
    )
    sent = replace(
        submission(UNITS[0], extra=(finding,), file=hostile, explanations={"text_unreadable": hostile}),
        reason=hostile,
        modified=hostile,
        control_code=hostile,
    )
    receipt = {UNITS[0].code: Receipt(date(2026, 6, 15), hostile, hostile)}
    summary = plan_summary(consolidate(scope(UNITS[:3]), [sent]), received=receipt)
    for sheet in summary.sheets:
        for cell in sheet.cells:
            assert cell.link is None or cell.link.startswith("internal:'"), cell
            if isinstance(cell.value, str) and "HYPERLINK" in cell.value:
                assert cell.role is Role.TEXT
                assert len(cell.value) <= 900
                assert not re.search("[\x00-\x1f\u202e\u200b]", cell.value)
    assert render(summary)


def test_received_dates_are_shown_or_said_to_be_unknown(merged: Consolidation) -> None:
    given = {UNITS[0].code: Receipt(date(2026, 6, 15), "Trục liên thông", "12/BC-UBND")}
    cells = [c.value for c in plan_summary(merged, received=given).sheet("Tình trạng nộp").cells]
    assert date(2026, 6, 15) in cells
    assert "12/BC-UBND" in cells
    assert "không rõ" in cells


def test_a_window_off_the_period_is_flagged() -> None:
    off = replace(submission(UNITS[0]), window=(date(2026, 5, 15), date(2026, 6, 14)))
    merged = consolidate(scope(UNITS[:3]), [off])
    assert text("summary_window_off") in _texts(plan_summary(merged).sheet("Tình trạng nộp"))


def test_figures_read_from_another_cell_than_usual_are_listed(merged: Consolidation) -> None:
    sent = submission(UNITS[0])
    moved = replace(sent.observations[0], cell="D99")
    sent = replace(sent, observations=(moved, *sent.observations[1:]))
    found = consolidate(scope(UNITS[:3]), [sent])
    assert "D99" in _texts(plan_summary(found).sheet("Nguồn"))


def test_charts_without_data_are_left_out_with_a_sentence() -> None:
    merged = consolidate(scope(), [])
    sheet = plan_summary(merged).sheet("Biểu đồ")
    assert len(sheet.charts) == 2
    assert "chưa đủ số liệu" in _texts(sheet)
    assert len(plan_summary(consolidation()).sheet("Biểu đồ").charts) == 8


def test_a_summary_without_any_accepted_file_can_still_be_written() -> None:
    held = [submission(unit, extra=(error(None),)) for unit in UNITS[:4]]
    summary = plan_summary(consolidate(scope(), held))
    assert "Đang tổng hợp (0/114 đơn vị đã nhận đủ)" in _texts(summary.sheet("Tổng hợp"))
    assert render(summary)


def test_the_same_files_in_any_order_give_the_same_plan_and_bytes(summary: PlannedWorkbook) -> None:
    shuffled = city()
    random.Random(3).shuffle(shuffled)
    again = plan_summary(consolidation(shuffled))
    assert again == summary
    assert render(again) == render(summary)


def test_an_earlier_summary_is_read_back_figure_by_figure(
    merged: Consolidation, summary: PlannedWorkbook
) -> None:
    found = read_earlier_summary(render(summary), regime())
    grid = grid_of(merged)
    assert found.period == PERIOD
    for indicator in grid.indicators:
        if indicator.is_input:
            expected = {u.unit.code: f for u, f in grid.counted(indicator.code) if f is not None}
            read = {code: row[indicator.code] for code, row in found.counted.items() if indicator.code in row}
            assert read == expected, indicator.code


def test_a_workbook_that_is_no_summary_is_refused() -> None:
    other = PlannedWorkbook((PlannedSheet("Khác", "Other", ()),), {}, "Khác")
    with pytest.raises(WorkbookRefused) as refusal:
        read_earlier_summary(render(other), regime())
    assert refusal.value.code == "previous_not_summary"


def test_the_comparison_separates_change_from_who_was_added() -> None:
    before = earlier(
        ReferencePeriod(2026, "Q", 1),
        {
            UNITS[0].code: {"bieu1_1": Decimal(4)},
            UNITS[2].code: {"bieu1_1": Decimal(50)},
        },
    )
    sent = [submission(u, figures(1, bieu1_1=Decimal(10))) for u in UNITS[:2]]
    merged = consolidate(scope(UNITS[:3]), sent)
    sheet = plan_summary(merged, previous=before).sheet("So sánh")
    cells = _cells(sheet)
    row = next(c.address[1:] for c in sheet.cells if c.value == "Biểu 1, 1.")
    values = [cells[f"{column}{row}"].value for column in "DEFGHIJK"]
    assert values == [54, 20, -34, 1, 4, 10, 6, Decimal("1.5")]
    texts = _texts(sheet)
    assert f"kỳ trước chưa có (1): {UNITS[1].running_name}" in texts
    assert f"kỳ này chưa có (1): {UNITS[2].running_name}" in texts


def test_without_an_earlier_summary_the_comparison_says_so(summary: PlannedWorkbook) -> None:
    assert text("summary_no_previous") in _texts(summary.sheet("So sánh"))


def test_outliers_are_found_by_median_and_mad_and_never_from_few_units() -> None:
    values = {str(n): Decimal(90 + n % 3) for n in range(20)} | {"far": Decimal(10)}
    found = spread(values)
    assert found and found.outliers == ("far",)
    assert spread({"a": Decimal(1), "b": Decimal(100)}) is None
    assert median([Decimal(3), Decimal(1), Decimal(2), Decimal(10)]) == Decimal("2.5")
    equal = {str(n): Decimal(1) for n in range(30)}
    assert spread(equal) == spread(dict(reversed(equal.items())))
    assert spread(equal | {"low": Decimal("0.5")}).outliers == ("low",)  # type: ignore[union-attr]


def test_no_formula_spells_a_decimal_inside_a_criterion(summary: PlannedWorkbook) -> None:
    # ">=0.9" inside quotes is read by the PC's decimal separator; a cell reference is not.
    for sheet in summary.sheets:
        for cell in sheet.cells:
            assert not re.search(r'"[<>=]*\d+\.\d', cell.formula or ""), cell.formula


# --- through time ----------------------------------------------------------------------------------------


def _earlier_periods() -> list[EarlierPeriod]:
    periods = [ReferencePeriod(2025, "Q", 4), ReferencePeriod(2026, "Q", 1)]
    return [
        earlier(period, {u.code: figures(int(u.code) + n) for u in UNITS[n:]})
        for n, period in enumerate(periods)
    ]


def test_earlier_periods_give_a_line_for_the_city_and_one_for_every_unit() -> None:
    trend = _earlier_periods()
    sheet = plan_summary(consolidation(), previous=trend[-1], trend=trend).sheet("So sánh")
    cells = {cell.address: cell for cell in sheet.cells}
    followed = [line for line in sheet.sparklines if line.address.startswith("C")]
    by_unit = [line for line in sheet.sparklines if line.address[0] in "JK"]
    assert len(followed) >= 5 and len(by_unit) == 4 * len(UNITS)
    first = followed[0]
    row = int(first.address[1:])
    city = sum_ratio("bieu3_2_1_2", "bieu3_2_1_1", trend[0].counted.values())
    assert cells[f"D{row}"].value == city and first.values.endswith(f"$D${row}:$F${row}")
    titles = [cell.value for cell in sheet.cells if cell.style == "section"]
    assert [str(title)[:2] for title in titles] == [f"{n}." for n in range(1, 9)]


def sum_ratio(top: str, bottom: str, rows: Iterable[Mapping[str, Figure]]) -> Decimal:
    """Σtop / Σbottom, by hand."""
    listed = list(rows)
    sums = [sum((r[c] for r in listed if isinstance(r[c], Decimal)), Decimal(0)) for c in (top, bottom)]
    return sums[0] / sums[1]


def test_the_change_of_every_unit_stands_beside_both_periods() -> None:
    previous = _earlier_periods()[-1]
    sheet = plan_summary(consolidation(), previous=previous).sheet("So sánh")
    cells = {cell.address: cell for cell in sheet.cells}
    rows = [int(a[1:]) for a, cell in cells.items() if a[0] == "A" and cell.value == UNITS[8].code]
    typed = previous.counted[UNITS[8].code]
    row = rows[0]
    before, now, change = (cells[f"{column}{row}"].value for column in "DEF")
    assert before == typed["bieu3_2_1_2"] / typed["bieu3_2_1_1"]  # type: ignore[operator]
    assert change == now - before  # type: ignore[operator]
    assert {line.address[0] for line in sheet.sparklines} == {"C"}  # two periods: no line for a unit
    missing = next(int(a[1:]) for a, c in cells.items() if a[0] == "A" and c.value == UNITS[0].code)
    assert cells[f"D{missing}"].value is None and cells[f"F{missing}"].value == ""


def test_without_earlier_periods_one_sentence_says_how_to_get_them() -> None:
    sheet = plan_summary(consolidation()).sheet("So sánh")
    assert any("--history" in str(cell.value) for cell in sheet.cells) and not sheet.sparklines
