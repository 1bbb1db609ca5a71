"""The native buttons of the commune workbook, pressed for real in LibreOffice on a twin."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest
from support.commune_twin import MODULES, PERIOD, REGIME, UNIT, plan, twin
from support.libreoffice import buttons, press
from support.ooxml_validator import validate
from support.vba_workbooks import compile_errors, container_errors, read_with_oletools

from cchc_xl import texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.vba.judge import lint_package, lint_sources
from cchc_xl.excel.vba.judge.statements import procedures
from cchc_xl.excel.vba.module_sets import NATIVE_MODULES
from cchc_xl.excel.vba.source import stored_text
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.figures.numbers import read_number
from cchc_xl.model import Verdict
from cchc_xl.tasks.read import read_one
from cchc_xl.texts.native_buttons import MACRO_WORDS
from cchc_xl.workbooks.commune import Contents, plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons

STATUS, PASTE_STATUS = "Trang chính!A8", "Dán từ Word!A6"
EXPORTED = plan().names["cchc_da_xuat"].replace("=", "").replace("$", "").replace("'", "")
ISSUED_STATUS = texts.text("bt_status")
SAMPLE_ROWS = (  # as the Word form of a real commune has them, and a few that must not pass
    ("Biểu mẫu 3", "", "", ""),
    ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", ""),
    ("", "", "Đơn vị tính", "Số liệu"),
    ("1.1.", "bieu3_1_1", "%", "= 100%"),
    ("1.2.", "bieu3_1_2", "Thủ tục", "331"),
    ("2.1.", "bieu3_2_1", "%", "99.32%"),
    ("2.1.1.", "bieu3_2_1_1", "Hồ sơ", "5.650"),
    ("2.1.2", "bieu3_2_1_2", "Hồ sơ", "01"),
    ("2.2.1.", "bieu3_2_2_1", "PAKN", "1.000"),
    ("2.2.2.", "một lời khác", "PAKN", "11"),
    ("9.9.", "không có dòng này", "PAKN", "11"),
    ("Biểu mẫu 6", "", "", ""),
    ("1.", "bieu6_1", "%", "53,6"),
    ("1.1.", "bieu6_1_1", "Triệu đồng", "37.094"),
    ("1.2.", "bieu6_1_2", "Triệu đồng", "nhiều"),
    ("2.1.", "bieu6_2_1", "Đơn vị", ""),
    ("2.2.", "bieu6_2_2", "Đơn vị", "kps"),
    ("Biểu mẫu 2", "", "", ""),
    ("1.", "bieu2_1", "Văn bản", "3"),
    ("", "bieu2_1_1", "Văn bản", "2"),
    ("1.", "bieu2_1", "Văn bản", "4"),
)
NUMBER_TEXTS = (
    *("5.650", "5,650", "01", "53,6", "60,5%", "= 100%", "1.000", "99.32%", "1 234", "12.34.567", "-5"),
    *(
        "abc",
        "0",
        "1e5",
        "100",
        "100%",
        "1.000.000",
        "5.650,0",
        "0,5",
        "1,5",
        "1",
        "0,605",
        "60.5 %",
        "1.234,5",
    ),
    *(
        "000",
        "0.0",
        "1,",
        ",5",
        "1.",
        "= 7",
        "==7",
        "1 000 000,00",
        "12 34",
        "999999999999999",
        "9999999999999999",
    ),
)


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    path = tmp_path_factory.mktemp("issued") / "CCHC.xlsm"
    path.write_bytes(render_with_macros(plan(), MODULES))
    return path


def parts_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pasted(rows=SAMPLE_ROWS, first=9):
    """Steps that fill the paste area; a code in the place of a label stands for that row's label."""
    steps = []
    for number, row in enumerate(rows, first):
        for column, text in zip("ABCD", row, strict=True):
            indicator = REGIME.indicators.get(text)
            shown = indicator.label if indicator else text
            if shown:
                steps.append((f"Dán từ Word!{column}{number}", shown))
    return steps


def test_sources_packages_and_containers_have_no_fault(issued):
    assert {module.name for module in MODULES} == set(NATIVE_MODULES)
    assert lint_sources(MODULES) == []
    assert lint_package(issued.read_bytes(), MODULES) == []
    assert container_errors(issued) == []
    assert compile_errors(issued) == []


def test_oletools_reads_every_module_back_byte_by_byte(issued):
    stored = read_with_oletools(parts_of(issued)["xl/vbaProject.bin"])
    for module in MODULES:
        assert stored[module.name] == stored_text(module).encode()


@pytest.mark.validator
def test_the_workbook_with_buttons_has_no_open_xml_error(issued):
    assert validate([issued]) == {issued: []}


def test_the_same_plan_and_sources_give_the_same_bytes(issued):
    again = with_buttons(plan_workbook(REGIME, UNIT, PERIOD), REGIME)
    assert render_with_macros(again, MODULES) == issued.read_bytes()


def test_every_button_has_a_macro_every_macro_a_button_and_every_caption_a_help_text():
    planned = [button for sheet in plan().sheets for button in sheet.buttons]
    entries = next(module for module in MODULES if module.name == "modButtons")
    assert {b.macro for b in planned} == {p.name for p in procedures(entries) if p.is_public}
    for button in planned:
        assert button.caption == texts.text(f"bt_{button.macro}")
        assert button.help == texts.text(f"bt_{button.macro}_help")
        assert len(button.help) > len(button.caption)


def test_every_text_a_macro_looks_up_exists_and_every_text_is_looked_up():
    looked_up = {k for m in MODULES for k in re.findall(r'(?:Phrase|Filled)\("(\w+)"', m.source)}
    assert looked_up == set(MACRO_WORDS)
    for source in (module.source for module in MODULES):
        for key, parts in re.findall(r'Filled\("(\w+)", Array\((.*?)\)\)(?:$| &)', source, re.M):
            wanted = set(re.findall(r"\{(\d)\}", MACRO_WORDS[key]))
            assert wanted and len(wanted) <= parts.count(",") + 1, key
    assert MACRO_WORDS["sign_blank"] == texts.text("wb_blank")


def test_a_button_without_macro_is_found():
    without = [module for module in MODULES if module.name != "modButtons"]
    faults = lint_package(render_with_macros(plan(), without), without)
    assert any("XoaSoLieu" in fault for fault in faults)


def test_clearing_goes_back_to_the_issued_workbook_even_when_the_plan_is_filled():
    blank = plan_workbook(REGIME, UNIT, PERIOD)
    filled = plan_workbook(REGIME, UNIT, PERIOD, Contents(notes={"bieu1_1": "ghi chú của đơn vị"}))
    originals = with_buttons(filled, REGIME, issued=blank).sheet("_goc")
    assert originals == plan().sheet("_goc")


@pytest.mark.libreoffice
def test_captions_are_bound_to_their_macros_in_libreoffice(issued):
    main = [(b.caption, b.macro) for b in buttons(issued) if b.sheet == "Trang chính"]
    assert main == [
        ("Tính lại và kiểm tra", "TinhLaiVaKiemTra"),
        ("Lỗi tiếp theo", "LoiTiepTheo"),
        ("Khôi phục công thức", "KhoiPhucCongThuc"),
        ("Xóa số liệu", "XoaSoLieu"),
        ("Tạo tệp gửi thành phố", "XuatBanNop"),
    ]


@pytest.mark.libreoffice
def test_checking_reports_the_first_fault_and_next_goes_round_until_none_is_left(tmp_path):
    steps = [
        "TinhLaiVaKiemTra",
        ("Biểu 1!D7", -3),
        ("Biểu 3!D12", 100),
        ("Biểu 3!D13", 101),
        ("Biểu 5!D8", "chữ"),
        "TinhLaiVaKiemTra",
        "Biểu 1!LoiTiepTheo",
        "Biểu 3!LoiTiepTheo",
        "Biểu 5!LoiTiepTheo",
        ("Biểu 1!D7", 3),
        ("Biểu 3!D13", 99),
        ("Biểu 5!D8", 4),
        "LoiTiepTheo",
    ]
    seen = press(twin(tmp_path), steps, [STATUS, "Biểu 1!G7", "Biểu 3!D11"])
    assert seen.before[STATUS] == ISSUED_STATUS
    at = [cells[STATUS] for cells in seen.after]
    moment = r"\d\d:\d\d \d\d/\d\d/\d{4}"
    clean = rf"Đã tính lại lúc {moment}: không có chỗ nào phải sửa hay xem lại\. Còn 59 ô chưa nhập\."
    assert re.fullmatch(clean, at[0])
    assert "✖ 3 chỗ phải sửa, ⚠ 0 chỗ cần xem lại. Chỗ đầu tiên: Biểu 1, ô D7: ✖ Số âm" in at[5]
    assert at[6].startswith("Biểu 3, ô D1")
    assert at[7].startswith("Biểu 5, ô D8: ✖ Ô đang là chữ")
    assert at[8].startswith("Biểu 1, ô D7: ✖")
    assert at[12] == MACRO_WORDS["none_left"]
    assert seen.after[-1]["Biểu 1!G7"] == "✔"
    assert seen.after[-1]["Biểu 3!D11"] == 0.99


@pytest.mark.libreoffice
def test_restoring_brings_back_formulas_and_labels_and_keeps_what_was_typed(tmp_path):
    computed, label, check = "Biểu 3!D11", "Biểu 3!B11", "Kiểm tra!F6"
    issued_cells = {(s.name, c.address): c for s in plan().sheets for c in s.cells}
    steps = [
        "KhoiPhucCongThuc",
        ("Biểu 3!D12", 200),
        ("Biểu 3!D13", 150),
        (computed, 1),
        (label, "dán đè"),
        ("Biểu 3!A11", "7"),
        (check, "✔"),
        "KhoiPhucCongThuc",
    ]
    watch = [STATUS, computed, label, check, "Biểu 3!A11", "Biểu 3!D12"]
    seen = press(twin(tmp_path), steps, watch)
    assert seen.after[0][STATUS].startswith("✔ Đã khôi phục 0 ")
    assert seen.after[6] | {STATUS: ""} == {
        STATUS: "",
        computed: 1,
        label: "dán đè",
        check: "✔",
        "Biểu 3!A11": "7",
        "Biểu 3!D12": 200,
    }
    after = seen.after[7]
    assert after[STATUS].startswith("✔ Đã khôi phục 4 ")
    assert after[computed] == 0.75
    assert after[label] == issued_cells["Biểu 3", "B11"].value
    assert after["Biểu 3!A11"] == "2.1."
    assert after["Biểu 3!D12"] == 200
    assert after[check] == seen.before[check]


@pytest.mark.libreoffice
def test_clearing_needs_two_presses_in_the_same_state_and_spares_the_main_sheet(tmp_path):
    figure, note, explanation, person = "Biểu 1!D7", "Biểu 1!E12", "Kiểm tra!I6", "Trang chính!C18"
    steps = [
        (figure, 8),
        (note, "ghi chú mới"),
        (explanation, "vì sao"),
        (person, "Nguyễn Văn A"),
        "XoaSoLieu",
        (figure, 9),
        "XoaSoLieu",
        "LoiTiepTheo",
        "XoaSoLieu",
        "XoaSoLieu",
    ]
    pending = "_goc!AB2"
    seen = press(twin(tmp_path), steps, [STATUS, figure, note, explanation, person, pending])
    for position in (4, 6, 8):
        assert seen.after[position][STATUS] == MACRO_WORDS["clear_ask"]
        assert seen.after[position][note] == "ghi chú mới"
        assert seen.after[position][pending] != ""
    assert seen.after[7][pending] == ""
    last = seen.after[9]
    assert last[STATUS].startswith("✔ Đã xóa 3 ô")
    assert last[figure] == last[explanation] == ""
    assert last[note] == seen.before[note] == "(Nếu có)"
    assert last[person] == "Nguyễn Văn A"


@pytest.mark.libreoffice
def test_a_pasted_word_table_is_shown_beside_the_cells_before_anything_is_written(tmp_path):
    number_instead_of_text = ("Dán từ Word!D28", 2)  # what Excel makes of some pastes
    steps = [("Biểu 3!D9", 300), *pasted(), number_instead_of_text, "DocBangDan"]
    seen = press(twin(tmp_path), steps, [PASTE_STATUS, "Biểu 3!D9"])
    sheet = seen.cells["Dán từ Word"]
    expected = {
        9: "paste_heading",
        12: "paste_new",
        13: "paste_changes",
        14: "paste_computed",
        15: "paste_new",
        16: "paste_new",
        18: "paste_label_differs",
        19: "paste_not_found",
        20: "paste_heading",
        21: "paste_computed",
        22: "paste_new",
        23: "paste_unreadable",
        24: "paste_blank",
        25: "paste_new",
        26: "paste_heading",
        27: "paste_twice",
        28: "paste_not_text",
        29: "paste_twice",
    }
    remarks = {row: MACRO_WORDS[key] for row, key in expected.items()}
    remarks[17] = MACRO_WORDS["paste_ambiguous"].replace("{1}", "1.000 / 1")
    assert {row: sheet[f"J{row}"] for row in range(9, 40) if f"J{row}" in sheet} == remarks
    assert [row for row in range(9, 40) if sheet.get(f"K{row}") == "x"] == [12, 13, 15, 16, 22, 25]
    assert (sheet["G13"], sheet["H13"], sheet["I13"]) == ("Biểu 3, ô D9", 300, 331)
    assert (sheet["I15"], sheet["I16"], sheet["I22"], sheet["I25"]) == (5650, 1, 37094, "KPS")
    assert seen.after[-1]["Biểu 3!D9"] == 300
    assert seen.after[-1][PASTE_STATUS].startswith("Đã đọc: 6 dòng được đánh dấu x để ghi, 13 dòng khác")


@pytest.mark.libreoffice
def test_only_ticked_and_unchanged_rows_are_written(tmp_path):
    steps = [
        *pasted(),
        "DocBangDan",
        ("Dán từ Word!D15", "5.651"),  # changed after reading
        ("Dán từ Word!K16", ""),  # unticked by the officer
        ("Biểu 3!D9", 300),  # typed after reading
        ("Dán từ Word!K23", "x"),  # ticked although there is no figure
        ("Dán từ Word!K18", "x"),  # other words, confirmed by the officer
        "GhiBangDan",
        "XoaVungDan",
    ]
    figures = [f"Biểu 3!D{row}" for row in (8, 9, 12, 13, 16)] + ["Biểu 6!D8", "Biểu 6!D9", "Biểu 6!D12"]
    remarks = ["Dán từ Word!J13", "Dán từ Word!J15", "Dán từ Word!J23"]
    seen = press(twin(tmp_path), steps, [PASTE_STATUS, *figures, *remarks])
    written, emptied = seen.after[-2:]
    assert {seen.after[-3][cell] for cell in figures if cell != "Biểu 3!D9"} == {""}
    assert [written[cell] for cell in figures] == [1, 300, "", "", 11, 37094, "", "KPS"]
    stale, no_value = MACRO_WORDS["paste_stale"], MACRO_WORDS["paste_no_value"]
    assert [written[cell] for cell in remarks] == [stale, stale, no_value]
    assert written[PASTE_STATUS] == "✔ Đã ghi 5 ô. 3 dòng có x không ghi được (xem cột Nhận xét)."
    assert emptied[PASTE_STATUS] == MACRO_WORDS["paste_cleared"]
    assert {emptied[cell] for cell in remarks} == {""}
    assert [emptied[cell] for cell in figures] == [written[cell] for cell in figures]
    assert not [cell for cell in seen.cells["Dán từ Word"] if re.fullmatch(r"[A-EG-N](9|[1-9]\d+)", cell)]


@pytest.mark.libreoffice
def test_macros_read_number_texts_exactly_as_python_does(tmp_path):
    rows = []
    for code in ("bieu3_2_1_1", "bieu3_1_1", "bieu6_1_1"):
        heading = next(form.heading for form in REGIME.forms if form.code == REGIME.form_of[code])
        rows.append((heading, "", "", ""))
        rows += [(REGIME.indicators[code].number, code, "", text) for text in NUMBER_TEXTS]
    seen = press(twin(tmp_path), [*pasted(rows), "DocBangDan"], [PASTE_STATUS])
    for row, (_, code, _, text) in enumerate(rows, 9):
        if code:
            value = read_number(text, REGIME.indicators[code]).value
            expected = None if value is None else float(value)
            assert seen.cells["Dán từ Word"].get(f"I{row}") == expected, (code, text)


@pytest.mark.libreoffice
def test_the_exported_copy_is_read_as_it_is_and_the_source_cannot_be_cleared_any_more(tmp_path):
    path = twin(tmp_path)
    steps = [
        ("Biểu 3!D12", 200),
        ("Biểu 3!D13", 250),
        "XuatBanNop",  # refused: a fault, no reason
        ("Biểu 3!D13", 150),
        ("Biểu 3!D11", 1),
        "XuatBanNop",  # refused: a formula was typed over
        "KhoiPhucCongThuc",
        "XuatBanNop",  # asks: blanks are left
        "XuatBanNop",
        "XoaSoLieu",
    ]
    seen = press(path, steps, [STATUS, EXPORTED, "Biểu 3!D12"])
    at = [cells[STATUS] for cells in seen.after]
    assert at[2].startswith("✖ Chưa tạo tệp: còn 1 chỗ phải sửa")
    assert at[5].startswith("✖ Chưa tạo tệp: có 1 công thức hoặc nhãn bị ghi đè")
    assert at[7].startswith("⚠ Còn 57 ô chưa nhập")
    assert at[8].startswith("✔ Đã tạo tệp gửi thành phố NopCCHC_2026-Q2_11284_lan1.xlsx")
    assert at[9].startswith("✖ Không xóa: tệp gửi thành phố đã được tạo lúc")
    assert (seen.after[7][EXPORTED], seen.after[8][EXPORTED][-10:]) == (
        "",
        at[9][at[9].index("lúc") + 10 :][:10],
    )
    assert "1" not in seen.cells["_meta"].values()  # only the copy is marked as one
    assert seen.after[9]["Biểu 3!D12"] == 200
    exported = tmp_path / "NopCCHC_2026-Q2_11284_lan1.xlsx"
    parts = parts_of(exported)
    assert not [name for name in parts if "vba" in name.lower() or "ctrlprop" in name.lower()]
    assert b"cchc_nut_" not in parts["xl/workbook.xml"]
    assert "Dán từ Word".encode() not in parts["xl/workbook.xml"]
    copy = openpyxl.load_workbook(exported)
    targets = [c.hyperlink.location for s in copy for row in s.iter_rows() for c in row if c.hyperlink]
    assert targets and {(to or "").split("!")[0].strip("'") for to in targets} <= set(copy.sheetnames)
    assert all(sheet.protection.sheet for sheet in copy)
    assert all(cell.protection.locked for row in copy["Biểu 3"]["A1:K16"] for cell in row)
    assert str(copy["Biểu 3"]["D11"].value).startswith("=")
    submission = read_one(str(exported), load_units())
    assert submission.verdict is Verdict.ACCEPTED
    assert submission.unit == UNIT
    figures = {o.indicator: o.value for o in submission.observations}
    assert (figures["bieu3_2_1_1"], figures["bieu3_2_1_2"]) == (200, 150)


@pytest.mark.libreoffice
def test_an_export_with_faults_needs_a_reason_and_a_second_press(tmp_path):
    reason = "Trang chính!C12"
    steps = [("Biểu 1!D7", -3), "XuatBanNop", (reason, "Số liệu đang rà soát"), "XuatBanNop", "XuatBanNop"]
    seen = press(twin(tmp_path), steps, [STATUS, EXPORTED])
    assert seen.after[1][STATUS].startswith("✖ Chưa tạo tệp: còn 1 chỗ phải sửa")
    assert seen.after[3][STATUS].startswith("⚠ Còn 1 chỗ phải sửa")
    assert seen.after[3][EXPORTED] == ""
    assert seen.after[4][STATUS].startswith("✔ Đã tạo tệp gửi thành phố")
    assert seen.after[4][EXPORTED] != ""
