"""Each Python button of the commune workbook, end to end, on two engines and in a spreadsheet program."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien
from support.commune_twin import submission_file
from support.libreoffice import press
from support.mangled_tables import sample_forms, word_of
from support.places import ROOT
from support.python_buttons import modules, press_and_run, remote_run, render_twin

from cchc_xl import buttons, texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.vba.project import load_modules
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import Verdict
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import (
    EXCHANGE,
    EXCHANGE_INPUTS,
    FIRST_EXCHANGE_ROW,
    MAIN,
    PREVIOUS,
    layout_of,
)
from cchc_xl.tasks.read import read_one
from cchc_xl.texts.buttons import CITY_BUTTONS, COMMUNE_BUTTONS
from cchc_xl.workbooks.commune import Contents, plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons, with_python_buttons

LAYOUT = layout_of(REGIME)
STATUS = "A8"
SAVED_PLACES = [  # what the sample as saved is told, in the order of weight
    *("Biểu 1, ô D22", "Biểu 1, ô D23", "Biểu 6, ô D19"),
    *("Biểu 1, ô D17", "Biểu 3, ô J11", "Biểu 6, ô D11"),
]
PREVIOUS_FILE, FILE, FORMS, OVERWRITE = (f"{EXCHANGE}!{a}" for a in EXCHANGE_INPUTS.values())


def planned(contents: Contents):
    plan = with_buttons(
        plan_workbook(REGIME, UNIT, PERIOD, contents), REGIME, plan_workbook(REGIME, UNIT, PERIOD)
    )
    return with_python_buttons(plan, Subject(REGIME, UNIT, PERIOD))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nut")
    sample = nam_thanh_mien()
    (folder / "day.xlsm").write_bytes(render_twin(planned(sample), modules("commune")))
    (folder / "trong.xlsm").write_bytes(render_twin(planned(Contents()), modules("commune")))
    before = plan_workbook(REGIME, UNIT, PERIOD.previous(), sample)
    (folder / "kytruoc.xlsx").write_bytes(render(before))
    (folder / "dongnghiep.xlsx").write_bytes(render(plan_workbook(REGIME, UNIT, PERIOD, sample)))
    lines = "indicator,value,note\nbieu1_1,8,theo sổ\nbieu3_2_1_1,5650,\nbieu2_1,KPS,\n"
    (folder / "so.csv").write_text(lines, encoding="utf-8")
    return folder


def lines_of(cells) -> list[list[object]]:
    """The result table, line by line."""
    found = []
    row = FIRST_EXCHANGE_ROW
    while (line := [cells[EXCHANGE].get(f"{c}{row}") for c in "ABCDEFG"])[3] not in (None, ""):
        found.append(line)
        row += 1
    return found


def column(cells, name=PREVIOUS):
    """A column of every form sheet: {indicator: value}, blank cells left out."""
    found = {}
    for code in LAYOUT.regime.form_of:
        sheet, address = LAYOUT.place(code, name)
        if (value := cells[sheet].get(address)) not in (None, ""):
            found[code] = value
    return found


def test_a_deep_check_finds_what_the_command_line_finds(folder: Path):
    cells = remote_run(folder / "day.xlsm", "kiem_tra_sau")
    stored = read_one(str(folder / "day.xlsm"), load_units())
    assert sorted(line[3] for line in lines_of(cells)) == sorted(f.message for f in stored.findings)
    assert cells[MAIN][STATUS].startswith("Kiểm tra sâu: 0 lỗi, 3 cảnh báo, 3 lưu ý.")


def test_a_deep_check_judges_what_is_typed_not_what_is_saved(folder: Path):
    cells = remote_run(folder / "day.xlsm", "kiem_tra_sau", {"Biểu 3!D10": 5700.0, "Biểu 3!D9": "5.650"})
    told = lines_of(cells)
    assert [line[1:6] for line in told if line[1] == "Lỗi"] == [
        [
            "Lỗi",
            "Biểu 3, ô D9",
            "Biểu 3, ô D9: số 5.650 lớn hơn mức tối đa 5.000.",
            "5.650",
            "số nguyên từ 0 trở lên, tối đa 5.000",
        ]
    ]
    assert [line[2] for line in told] == ["Biểu 3, ô D9", *SAVED_PLACES]
    assert cells[MAIN][STATUS].startswith("Kiểm tra sâu: 1 lỗi, 3 cảnh báo, 3 lưu ý.")


def test_a_deep_check_with_last_periods_file_looks_back(folder: Path):
    typed = {PREVIOUS_FILE: str(folder / "kytruoc.xlsx"), "Biểu 1!D7": 1.0, "Biểu 1!D10": 3.0}
    cells = remote_run(folder / "day.xlsm", "kiem_tra_sau", typed)
    assert "đã đối chiếu với kytruoc.xlsx" in cells[MAIN][STATUS]
    alone = remote_run(
        folder / "day.xlsm", "kiem_tra_sau", {k: v for k, v in typed.items() if k != PREVIOUS_FILE}
    )
    looking_back = [line[1:6] for line in lines_of(cells) if line[3] not in {m[3] for m in lines_of(alone)}]
    assert looking_back == [
        [
            "Cảnh báo",
            "Biểu 1, ô D10",
            "Biểu 1, ô D10: số nhiệm vụ đã hoàn thành lũy kế (3) nhỏ hơn số lũy kế kỳ trước (23).",
            "3",
            ">= 23",
        ],
        [
            "Cảnh báo",
            "Biểu 3, ô D12",
            "Biểu 3, ô D12: mọi số phát sinh trong kỳ của Biểu 3 và Biểu 7 giống hệt kỳ trước, "
            "có thể là tệp cũ chưa sửa.",
            None,
            None,
        ],
    ]
    assert [line[2] for line in lines_of(alone)] == ["Biểu 1, ô J8", *SAVED_PLACES]


def test_last_periods_figures_fill_their_column_and_no_input(folder: Path):
    before = remote_run(folder / "trong.xlsm", "kiem_tra_sau")
    cells = remote_run(
        folder / "trong.xlsm", "lay_so_ky_truoc", {PREVIOUS_FILE: str(folder / "kytruoc.xlsx")}
    )
    shown = column(cells)
    assert shown["bieu3_2_1_1"] == 5650
    assert shown["bieu1_2"] == pytest.approx(23 / 38)
    assert column(cells, "D") == column(before, "D")


def test_the_wrong_units_file_is_refused_in_one_line(folder: Path, tmp_path: Path):
    other = plan_workbook(REGIME, next_unit(), PERIOD.previous(), nam_thanh_mien())
    (tmp_path / "khac.xlsx").write_bytes(render(other))
    place = "!".join(LAYOUT.place("bieu3_2_1_1", PREVIOUS))
    typed = {PREVIOUS_FILE: str(tmp_path / "khac.xlsx"), place: 4444.0}
    cells = remote_run(folder / "day.xlsm", "lay_so_ky_truoc", typed)
    assert next_unit().full_name in cells[MAIN][STATUS]
    assert "\n" not in cells[MAIN][STATUS]
    assert column(cells) == {"bieu3_2_1_1": 4444}
    untouched = remote_run(folder / "day.xlsm", "lay_so_ky_truoc")
    assert column(cells, "D") == column(untouched, "D")
    assert column(cells, "D")["bieu3_2_1_1"] == 5650


def next_unit():
    return next(unit for unit in load_units() if unit.code != UNIT.code)


def test_a_csv_file_fills_blanks_and_lists_conflicts(folder: Path):
    typed = {FILE: str(folder / "so.csv"), "Biểu 1!D7": 9.0}
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", typed)
    figures = column(cells, "D")
    assert (figures["bieu1_1"], figures["bieu3_2_1_1"], figures["bieu2_1"]) == (9, 5650, "KPS")
    kept = next(line for line in lines_of(cells) if line[1] == "giữ số đang có")
    assert kept[2:6] == ["Biểu 1, ô D7", kept[3], "9", "8"]
    assert cells[MAIN][STATUS].startswith("Từ so.csv: điền 3 ô, thay 0 ô, giữ nguyên 1 ô")


def test_the_tables_of_a_word_report_fill_blanks_and_say_what_was_left(folder: Path, tmp_path: Path):
    forms = sample_forms()
    forms[0].rows.append(["6.", "Số sáng kiến cải cách", "Sáng kiến", "3", ""])
    (tmp_path / "BC.docx").write_bytes(word_of(forms))
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", {FILE: str(tmp_path / "BC.docx")})
    figures = column(cells, "D")
    assert (figures["bieu3_2_1_1"], figures["bieu6_1_1"], figures["bieu7_1_4_2"]) == (5650, 37094, 4501)
    assert "Số sáng kiến cải cách" in str(next(line for line in lines_of(cells) if line[1] == "Chưa lấy"))


def test_a_word_report_of_another_unit_is_not_taken(folder: Path, tmp_path: Path):
    report = tmp_path / "BC.docx"
    title = ["BÁO CÁO", "Công tác cải cách hành chính Quý II năm 2026 của UBND xã Tiên Lãng"]
    forms = sample_forms()
    forms[0].heading = [*title, *forms[0].heading]
    report.write_bytes(word_of(forms))
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", {FILE: str(report)})
    assert "xã Tiên Lãng" in cells[MAIN][STATUS] and "bieu3_2_1_1" not in column(cells, "D")


def test_conflicts_are_overwritten_only_when_asked(folder: Path):
    typed = {FILE: str(folder / "so.csv"), "Biểu 1!D7": 9.0, OVERWRITE: texts.text("exchange_yes")}
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", typed)
    assert column(cells, "D")["bieu1_1"] == 8


def test_chosen_forms_of_a_colleagues_workbook_are_taken_and_no_other(folder: Path):
    typed = {FILE: str(folder / "dongnghiep.xlsx"), FORMS: "3, bieu6"}
    cells = remote_run(folder / "trong.xlsm", "ghep_bieu", typed)
    assert {
        LAYOUT.regime.form_of[code] for code in column(cells, "D") if REGIME.indicators[code].is_input
    } == {
        "bieu3",
        "bieu6",
    }
    assert column(cells, "D")["bieu6_1_1"] == 37094


@pytest.mark.parametrize(
    ("said", "expected"),
    [("", "Chưa chọn tệp"), ("/khong/co.xlsx", "không có tệp này"), (str(ROOT), "đây là thư mục")],
)
def test_a_missing_file_is_said_in_one_line(folder: Path, said: str, expected: str):
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", {FILE: said})
    assert expected in cells[MAIN][STATUS]


def test_a_text_that_looks_like_a_formula_is_written_as_a_text(folder: Path, tmp_path: Path):
    (tmp_path / "so.csv").write_text('indicator,value,note\nbieu1_1,8,"=1+1"\n', encoding="utf-8")
    cells = remote_run(folder / "trong.xlsm", "nhap_tu_tep", {FILE: str(tmp_path / "so.csv")})
    assert column(cells, "E")["bieu1_1"] == "=1+1"


@pytest.mark.libreoffice
def test_pressing_each_button_runs_its_function_on_the_live_document(folder: Path):
    steps = [
        ["press", "KiemTraSau"],
        ["type", PREVIOUS_FILE, str(folder / "kytruoc.xlsx")],
        ["press", "LaySoKyTruoc"],
        ["type", FILE, str(folder / "so.csv")],
        ["press", "NhapTuTep"],
        ["type", FILE, str(folder / "dongnghiep.xlsx")],
        ["type", FORMS, "3"],
        ["press", "GhepBieu"],
    ]
    run = press_and_run(folder / "trong.xlsm", steps)
    issued, checked, _, with_previous, _, imported, _, _, combined = run.snapshots
    assert [re.search(r"buttons\.(\w+)\(", c)[1] for c in run.commands] == [
        "kiem_tra_sau", "lay_so_ky_truoc", "nhap_tu_tep", "ghep_bieu",
    ]  # fmt: skip
    assert lines_of(issued) == []
    assert [line[1] for line in lines_of(checked)] == ["Lỗi"]  # nothing was filled in yet
    assert column(issued) == {}
    assert column(with_previous)["bieu3_2_1_1"] == 5650
    assert column(with_previous, "D") == column(checked, "D")
    assert column(imported, "D")["bieu3_2_1_1"] == 5650
    assert column(combined, "D")["bieu3_2_1"] == pytest.approx(5612 / 5650)  # recalculated live
    assert "bieu6_1_1" not in column(combined, "D")
    assert imported["xlwings.conf"]["M2"] in (0, "", False)  # unlocked while Python ran
    assert "Biểu 3" in run.locked  # and locked again
    assert MAIN in run.locked


def test_the_real_workbook_builds_with_every_python_button_bound():
    data = render_with_macros(planned(Contents()), modules("commune"))
    assert data == render_with_macros(planned(Contents()), modules("commune"))


def functions_called_by_macros() -> set[str]:
    sources = "".join(module.source for module in load_modules(macro_folder()))
    return set(re.findall(r"cchc_xl\.buttons\.(\w+)\(", sources))


def public_functions() -> set[str]:
    modules = (ROOT / "cchc_xl" / "buttons" / f"{name}.py" for name in ("commune", "city"))
    source = "".join(module.read_text(encoding="utf-8") for module in modules)
    return set(re.findall(r"^def ([a-z]\w*)\(book: xw\.Book\) -> None:", source, re.MULTILINE))


def test_every_function_has_a_macro_and_every_macro_its_function():
    assert functions_called_by_macros() == public_functions() == {*COMMUNE_BUTTONS, *CITY_BUTTONS}
    assert all(callable(getattr(buttons, name)) for name in public_functions())
    assert not hasattr(buttons, "khong_co_nut_nay")


def test_every_button_has_a_caption_and_a_help_text():
    for sheet in planned(Contents()).sheets:
        for button in sheet.buttons:
            assert button.caption.strip(), button.macro
            assert button.help.strip(), button.macro


def test_a_deep_check_imports_nothing_heavy():
    code = (
        "import sys, cchc_xl.buttons.commune;"
        "print([m for m in ('pandas', 'openpyxl', 'xlsxwriter', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.libreoffice
def test_the_exported_copy_of_the_issued_workbook_has_no_sheet_of_the_buttons_and_is_accepted(tmp_path: Path):
    source = submission_file(tmp_path)
    own = [replace(m, source=source) if m.name == "modSubmissionFile" else m for m in modules("commune")]
    path = tmp_path / "CCHC.xlsm"
    path.write_bytes(render_twin(planned(nam_thanh_mien()), own))
    status = f"{MAIN}!{STATUS}"
    seen = press(path, ["XuatBanNop", "XuatBanNop"], [status])
    assert seen.after[-1][status].startswith("✔ Đã tạo tệp gửi thành phố")
    assert EXCHANGE in seen.cells  # the workbook itself keeps its buttons
    exported = tmp_path / "NopCCHC_2026-Q2_11284_lan1.xlsx"
    copy = openpyxl.load_workbook(exported)
    issued = [sheet.name for sheet in plan_workbook(REGIME, UNIT, PERIOD).sheets]
    assert copy.sheetnames == issued
    assert not [n for n in copy.defined_names if n.startswith(("cchc_py_", "cchc_nut_", "cchc_chu_"))]
    submission = read_one(str(exported), load_units())
    assert submission.verdict is Verdict.ACCEPTED
    stored = read_one(str(path), load_units())
    assert {o.indicator: o.value for o in submission.observations} == {
        o.indicator: o.value for o in stored.observations
    }
    assert [f for f in submission.findings if "cchc_" in f.message] == []
