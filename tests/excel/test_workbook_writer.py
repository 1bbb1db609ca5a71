"""Plans rendered and read back by another program; whatever Excel refuses is refused first."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.ooxml_validator import validate
from support.vba_workbooks import DOCUMENTS, MODULES

from cchc_xl.excel.vba.project import build_vba_project
from cchc_xl.excel.write import styles
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import (
    CellValue,
    ConditionalStyle,
    Merge,
    Page,
    PlannedButton,
    PlannedCell,
    PlannedChart,
    PlannedSheet,
    PlannedSparkline,
    PlannedWorkbook,
    Role,
    Series,
    Validation,
)

WHOLE = '=IF(ISNUMBER(B1),AND(B1>=0,B1=INT(B1)),B1="KPS")'
THIRD = Decimal(1) / Decimal(3)
CELLS = (
    PlannedCell("A1", "form.title", "Biểu mẫu 1"),
    PlannedCell("A2", "form.label", rich=(("Tỷ lệ ", False), ("(luỹ kế từ đầu năm)", True))),
    PlannedCell("A3", "form.label", "=1+1"),
    PlannedCell("A4", "form.label", "<r>x & y</r>"),
    PlannedCell("A5", "form.label", "  hai đầu trắng "),
    PlannedCell("B1", "form.figure.count", Decimal("5650"), Role.INPUT),
    PlannedCell("B2", "form.figure.count", "KPS", Role.INPUT),
    PlannedCell("B3", "input.date", date(2026, 6, 30), Role.INPUT),
    PlannedCell("B4", "form.figure.ratio", None, Role.INPUT),
    PlannedCell("C1", "form.figure.computed.ratio", THIRD, Role.FORMULA, "=bieu1_1/16950"),
    PlannedCell("C2", "side.text", "", Role.FORMULA, '=IF(B1>0,"","x")'),
    PlannedCell("C3", "mark", "✔", Role.FORMULA, '=IF(B1<>"","✔","&")'),
    PlannedCell("D1", "link", "Tới trang Kiểm tra", link="internal:'Kiểm tra'!A1"),
    PlannedCell("D2", "link", "✖", Role.FORMULA, '="✖"', link="internal:bieu1_1"),
    PlannedCell("F1", "table.text", "Xã"),
    PlannedCell("F2", "table.text", "Phường"),
    PlannedCell("G1", "table.count", 5),
    PlannedCell("G2", "table.count", 7),
)
VALIDATIONS = (
    Validation("B1:B2", "custom", WHOLE, prompt_title="Số liệu", prompt="Số nguyên", stop="Chỉ gõ số"),
    Validation("B3", "date", bounds=(date(2026, 1, 1), date(2026, 12, 31))),
    Validation("B4 B5", "list", choices=("0 Không", "1 Có"), warns_only=True),
    Validation("H1", "any", prompt="Ghi chú tự do"),
)
KINDS = ("bar", "stacked_bar", "column", "stacked_column", "line", "pie", "doughnut")
CHARTS = tuple(
    PlannedChart(
        f"J{1 + 20 * number}",
        kind,
        "Hồ sơ",
        (Series("Số", "'Biểu 1'!$F$1:$F$2", "'Biểu 1'!$G$1:$G$2"),),
        value_format="#,##0",
        reverse=kind == "bar",
        legend=True,
        value_min=0,
        value_max=10,
        axis_title="Hồ sơ",
    )
    for number, kind in enumerate(KINDS)
)
FORM = PlannedSheet(
    "Biểu 1",
    "wsMain",
    CELLS,
    column_widths={"A": 40, "B:C": 15},
    row_heights={1: 30},
    merges=(Merge("A8:C9", "banner"),),
    validations=VALIDATIONS,
    conditionals=(
        ConditionalStyle("C3:C5", '=C3="✔"', "good"),
        ConditionalStyle("C6 C8:C9", '=C6="✖"', "bad"),
    ),
    charts=CHARTS,
    sparklines=(PlannedSparkline("I1", "'Biểu 1'!$G$1:$G$2"),),
    buttons=(PlannedButton("H3", "Kiểm tra & tính lại", "CountUp"),),
    page=Page(
        area="A1:G20", repeat_rows=(1, 2), repeat_columns=("A", "B"), header="&CBiểu 1", footer="&C&P/&N"
    ),
    freeze="A3",
    tab_color="#1F3864",
    hidden_columns=("H",),
)
LIST = PlannedSheet(
    "Kiểm tra",
    "wsData",
    (PlannedCell("A1", "table.header", "Quy tắc"), PlannedCell("A2", "table.text", "Một")),
    autofilter="A1:A2",
    page=Page(area="A1:C40", landscape=True, breaks=(20,)),
    gridlines=True,
    zoom=90,
)
META = PlannedSheet("_meta", "wsMeta", (PlannedCell("A1", "meta", "cchc_xl"),), state="veryHidden")
BOOK = PlannedWorkbook(
    (FORM, LIST), {"bieu1_1": "='Biểu 1'!$B$1"}, "Báo cáo", "2026-Q2", active_sheet="Kiểm tra"
)


def _book(*cells: PlannedCell, **changes: object) -> PlannedWorkbook:
    sheet = replace(PlannedSheet("T", "wsT", cells or (PlannedCell("A1", "plain", "x"),)), **changes)
    return PlannedWorkbook((sheet,), {}, "t")


def _read(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values, rich_text=not values)


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


@pytest.fixture(scope="module")
def rendered() -> bytes:
    return render(replace(BOOK, sheets=(*BOOK.sheets, META)))


def test_texts_numbers_dates_and_blanks_come_back_as_planned(rendered: bytes) -> None:
    sheet = _read(rendered, values=True)["Biểu 1"]
    assert [sheet[a].value for a in ("B1", "B2", "B3", "B4")] == [5650, "KPS", datetime(2026, 6, 30), None]
    assert [sheet[a].value for a in ("A3", "A4", "A5")] == ["=1+1", "<r>x & y</r>", "  hai đầu trắng "]
    assert sheet["A3"].data_type == "s"


def test_every_formula_carries_its_result(rendered: bytes) -> None:
    assert _read(rendered)["Biểu 1"]["C1"].value == "=bieu1_1/16950"
    values = _read(rendered, values=True)["Biểu 1"]
    assert values["C1"].value == float(THIRD)
    assert (values["C3"].value, values["D2"].value) == ("✔", "✖")


def test_an_empty_result_is_stored_as_a_text(rendered: bytes) -> None:
    cell = re.search(r'<c r="C2"[^>]*>.*?</c>', _part(rendered, "xl/worksheets/sheet1.xml"))
    assert cell is not None
    assert 't="str"' in cell[0]
    assert cell[0].endswith("<v></v></c>")


@pytest.mark.parametrize("seed", range(5))
def test_no_digit_of_a_number_is_lost(seed: int) -> None:
    numbers = [random.Random(seed * 50 + n).uniform(-1e9, 1e9) for n in range(50)]
    cells = [PlannedCell(f"A{n}", "table.decimal", x) for n, x in enumerate(numbers, start=1)]
    cells += [
        PlannedCell(f"B{n}", "table.decimal", x, Role.FORMULA, "=1") for n, x in enumerate(numbers, start=1)
    ]
    sheet = _read(render(_book(*cells)), values=True)["T"]
    assert [sheet[f"A{n}"].value for n in range(1, 51)] == numbers
    assert [sheet[f"B{n}"].value for n in range(1, 51)] == numbers


def test_italics_inside_a_label_stay_italics(rendered: bytes) -> None:
    runs = _read(rendered)["Biểu 1"]["A2"].value
    assert [(run.text, bool(run.font.i), run.font.rFont) for run in runs] == [
        ("Tỷ lệ ", False, styles.FONT),
        ("(luỹ kế từ đầu năm)", True, styles.FONT),
    ]


def test_only_inputs_are_unlocked_and_the_sheet_is_protected_without_password(rendered: bytes) -> None:
    sheet = _read(rendered)["Biểu 1"]
    unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert unlocked == {"B1", "B2", "B3", "B4"}
    protection = sheet.protection
    assert (protection.sheet, protection.password) == (True, None)
    assert not protection.formatColumns
    assert not protection.formatRows
    assert not protection.selectLockedCells


def test_filters_work_on_protected_lists(rendered: bytes) -> None:
    sheet = _read(rendered)["Kiểm tra"]
    assert sheet.auto_filter.ref == "A1:A2"
    assert not sheet.protection.autoFilter


def test_validations_say_what_is_allowed(rendered: bytes) -> None:
    found = {str(v.sqref): v for v in _read(rendered)["Biểu 1"].data_validations.dataValidation}
    assert found["B1:B2"].formula1 == WHOLE[1:]
    assert (found["B1:B2"].promptTitle, found["B1:B2"].prompt) == ("Số liệu", "Số nguyên")
    assert found["B3"].formula1 == "46023"
    assert (found["B4 B5"].formula1, found["B4 B5"].errorStyle) == ('"0 Không,1 Có"', "warning")
    assert len(found) == len(VALIDATIONS)


def test_conditional_styles_names_and_links_are_kept(rendered: bytes) -> None:
    book = _read(rendered)
    sheet = book["Biểu 1"]
    rules = {str(r.sqref): r.rules[0].formula for r in sheet.conditional_formatting}
    assert rules == {"C3:C5": ['C3="✔"'], "C6 C8:C9": ['C6="✖"']}
    assert book.defined_names["bieu1_1"].attr_text == "'Biểu 1'!$B$1"
    assert sheet["D1"].hyperlink.location == "'Kiểm tra'!A1"
    assert sheet["D2"].hyperlink.location == "bieu1_1"


def test_sheets_print_on_a4_with_the_margins_of_official_papers(rendered: bytes) -> None:
    book = _read(rendered)
    sheet = book["Biểu 1"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert round(sheet.page_margins.left * 25.4, 3) == 30
    assert (sheet.print_area, sheet.print_title_rows) == ("'Biểu 1'!$A$1:$G$20", "$1:$2")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == ("Biểu 1", "&P/&N")


def test_manual_page_breaks_are_not_undone_by_fitting_to_width(rendered: bytes) -> None:
    sheet = _read(rendered)["Kiểm tra"]
    assert [b.id for b in sheet.row_breaks.brk] == [20]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    wide = replace(LIST, column_widths={"A:C": 100})
    scaled = _read(render(replace(BOOK, sheets=(FORM, wide))))["Kiểm tra"]
    assert 10 <= scaled.page_setup.scale < 60


def test_states_active_sheet_and_view_are_kept(rendered: bytes) -> None:
    book = _read(rendered)
    assert book.active.title == "Kiểm tra"
    assert book["_meta"].sheet_state == "veryHidden"
    assert book["Biểu 1"].freeze_panes == "A3"
    assert book["Kiểm tra"].sheet_view.zoomScale == 90
    assert book["Biểu 1"].column_dimensions["H"].hidden
    assert book["Biểu 1"].row_dimensions[1].height == 30


def test_charts_and_sparklines_are_native(rendered: bytes) -> None:
    assert len(_read(rendered)["Biểu 1"]._charts) == len(KINDS)
    assert "x14:sparkline" in _part(rendered, "xl/worksheets/sheet1.xml")


def test_the_same_plan_gives_the_same_bytes(rendered: bytes) -> None:
    assert render(replace(BOOK, sheets=(*BOOK.sheets, META))) == rendered


def test_buttons_are_written_only_with_macros(rendered: bytes) -> None:
    macros = build_vba_project(MODULES, DOCUMENTS)
    with_macros = render(BOOK, macros=macros)
    assert _part(rendered, "xl/workbook.xml").count("codeName") == 0
    with zipfile.ZipFile(io.BytesIO(with_macros)) as package:
        assert package.read("xl/vbaProject.bin") == macros
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
    assert "[0]!CountUp" in drawing
    assert "Kiểm tra &amp; tính lại" in drawing
    assert 'codeName="ThisWorkbook"' in _part(with_macros, "xl/workbook.xml")
    for number, sheet in enumerate(BOOK.sheets, start=1):
        assert f'codeName="{sheet.code_name}"' in _part(with_macros, f"xl/worksheets/sheet{number}.xml")


@pytest.mark.validator
def test_a_workbook_with_every_feature_is_valid_for_the_open_xml_sdk(rendered: bytes, tmp_path: Path) -> None:
    plain, macro_file = tmp_path / "a.xlsx", tmp_path / "b.xlsm"
    plain.write_bytes(rendered)
    macro_file.write_bytes(render(BOOK, macros=build_vba_project(MODULES, DOCUMENTS)))
    assert validate([plain, macro_file]) == {plain: [], macro_file: []}


@pytest.mark.validator
def test_the_validator_sees_faults(rendered: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(io.BytesIO(rendered)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'errorStyle="warning"', b'errorStyle="shout"'))
    assert len(validate([broken])[broken]) == 1


# What is refused


def test_names_equal_but_for_their_case_are_refused() -> None:
    with pytest.raises(WriteRefused, match="trùng"):
        render(replace(_book(), names={"bieu1_1": "=T!$A$1", "Bieu1_1": "=T!$A$1"}))


PLAIN = PlannedCell("A1", "plain", "x")
FAULTS: list[tuple[str, PlannedWorkbook]] = [
    ("không có giá trị", _book(PlannedCell("B2", "mark", None, Role.FORMULA, "=1"))),
    ("không có công thức", _book(PlannedCell("B2", "mark", 1, Role.FORMULA))),
    ("không có trong sổ tính", _book(PlannedCell("B2", "mark", 1, Role.FORMULA, "=bieu9_9"))),
    ("không có trong sổ tính", _book(PlannedCell("B2", "mark", 1, Role.FORMULA, "='Biểu 9'!A1"))),
    ("bị khoá", _book(PlannedCell("B2", "form.label", 1, Role.INPUT))),
    ("không được có công thức", _book(PlannedCell("B2", "plain", 1, Role.TEXT, "=1"))),
    ("form.lable", _book(PlannedCell("B2", "form.lable", 1))),
    ("form.label sloping", _book(PlannedCell("B2", "form.label sloping", 1))),
    ("“B0”", _book(PlannedCell("B0", "plain", 1))),
    ("XFE1: địa chỉ", _book(PlannedCell("XFE1", "plain", 1))),
    ("đã được ghi", _book(PLAIN, PLAIN)),
    ("32.767", _book(PlannedCell("B2", "plain", "x" * 32_768))),
    ("không ghi được vào Excel", _book(PlannedCell("B2", "plain", float("inf")))),
    ("trước 01/3/1900", _book(PlannedCell("B2", "table.date", date(1899, 1, 1)))),
    ("không dẫn tới", _book(PlannedCell("B2", "link", "x", link="https://example.org"))),
    ("không dẫn tới", _book(PlannedCell("B2", "link", "x", link="internal:'Biểu 9'!A1"))),
    ("32; hãy", _book(validations=(Validation("A1", "any", prompt="x", prompt_title="x" * 33),))),
    ("256 ký tự", _book(validations=(Validation("A1", "any", prompt="x" * 256),))),
    ("256 ký tự", _book(validations=(Validation("A1", "any", prompt="x", stop="x" * 256),))),
    ("danh sách chọn dài", _book(validations=(Validation("A1", "list", choices=("x" * 200, "y" * 60)),))),
    ("dấu phẩy", _book(validations=(Validation("A1", "list", choices=("có, không",)),))),
    ("“whole”", _book(validations=(Validation("A1", "whole"),))),
    ("“any”", _book(validations=(Validation("A1", "any"),))),
    ("chỉ nhận 255", _book(validations=(Validation("A1", "custom", "=" + "1+" * 128 + "1"),))),
    ("chỉ nhận 255", _book(conditionals=(ConditionalStyle("A1", "=" + "1+" * 128 + "1", "good"),))),
    ("không có trong sổ tính", _book(conditionals=(ConditionalStyle("A1", "=nothing_here>1", "good"),))),
    ("không ghi được", _book(merges=(Merge("A1:B2", "plain"), Merge("B2:C3", "plain")))),
    ("không ghi được", _book(merges=(Merge("A1", "plain"),))),
    ("chân trang", _book(page=Page(footer="x" * 256))),
    ("“cone”", _book(charts=(replace(CHARTS[0], kind="cone", series=()),))),
    ("không có trong sổ tính", _book(charts=CHARTS[:1])),
    ("trạng thái", _book(state="secret")),
    ("bị ẩn", _book(state="hidden")),
    ("không ghi được", _book(name="x" * 32)),
    ("không ghi được", _book(name="a/b")),
]


@pytest.mark.parametrize(("reason", "plan"), FAULTS, ids=itertools.count())
def test_faulty_plans_are_refused_before_a_file_exists(reason: str, plan: PlannedWorkbook) -> None:
    with pytest.raises(WriteRefused, match=re.escape(reason)):
        render(plan)


def test_a_refusal_names_sheet_and_cell() -> None:
    with pytest.raises(WriteRefused, match=r"^Trang “T”, B2: "):
        render(_book(PlannedCell("B2", "mark", None, Role.FORMULA, "=1")))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\ud800x", "\ufffdx"),
        ("a\uffffb", "a\ufffdb"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("http://x.vn", "http://x.vn"),
        ("{=1}", "{=1}"),
        ("</t></si>", "</t></si>"),
        ("_x0041_", "_x0041_"),
    ],
)
def test_texts_from_files_stay_texts(value: CellValue, expected: str) -> None:
    cell = _read(render(_book(PlannedCell("A1", "plain", value))), values=True)["T"]["A1"]
    assert (cell.value.replace("_x005F", ""), cell.data_type, cell.hyperlink) == (expected, "s", None)


def test_a_text_shaped_like_markup_in_a_link_does_not_break_the_file() -> None:
    cell = PlannedCell("A1", "link", "<r><evil></r>", link="internal:'T'!A1")
    assert _read(render(_book(cell)), values=True)["T"]["A1"].value == "<r><evil></r>"


def test_every_style_is_times_new_roman_and_inputs_are_yellow_and_unlocked() -> None:
    for name in styles.BASE:
        assert styles.properties_of(name)["font_name"] == "Times New Roman"
        if name.startswith("input."):
            assert styles.is_unlocked(name)
            assert styles.properties_of(name)["bg_color"] == styles.YELLOW
    assert styles.properties_of("form.label italic indent1")["indent"] == 1
