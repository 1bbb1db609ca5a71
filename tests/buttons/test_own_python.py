"""Nobody else's Python: what a workbook or a file beside it could tell xlwings, and that it is not asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
import xlsxwriter
from support.libreoffice import press
from support.vba_workbooks import standard
from test_python_macros import NATIVE, OURS, RECORDED, STATUS, twin, workbook

from cchc_xl import texts
from cchc_xl.excel.vba import xlwings_module
from cchc_xl.excel.vba.xlwings_module import XlwingsMissing, xlwings_modules
from cchc_xl.excel.vba.xlwings_settings import PINNED, keys_read
from cchc_xl.tasks.addin import HANDED_OUT
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet


def settings_of(sheet):
    cells = {cell.address: cell.value for cell in sheet.cells}
    rows = range(1, 1 + sum(address.startswith("A") for address in cells))
    return {cells[f"A{row}"]: cells[f"B{row}"] for row in rows}


@pytest.mark.parametrize("project", [None, HANDED_OUT])
def test_every_key_that_the_embedded_xlwings_reads_is_pinned_and_no_other(project):
    assert keys_read(xlwings_modules(project)[0]) == PINNED.keys()
    assert len(PINNED) == 20


@pytest.mark.parametrize("project", ["xlwings", HANDED_OUT])
def test_every_pinned_key_stands_on_the_settings_sheet_without_a_gap(project):
    # xlwings reads column A down to the first empty cell.
    settings = settings_of(plan_python_sheet(project)[0])
    assert settings.keys() == PINNED.keys()
    assert None not in settings
    answers = {key: value or "" for key, value in settings.items()}
    assert answers == PINNED | {"UDF MODULES": "cchc_xl.buttons.worksheet_functions"}


def test_the_settings_that_macros_fill_in_are_found_by_name():
    sheet, names = plan_python_sheet()
    cells = {cell.address: cell.value for cell in sheet.cells}
    for name, key in (("cchc_trinh_thong_dich", "INTERPRETER_WIN"), ("cchc_py_thu_muc_tam", "TEMP DIR")):
        address = names[name].rpartition("!")[2].replace("$", "")
        assert cells[address.replace("B", "A")] == key
        assert f'"{name}"' in OURS["modOwnPython"].source


@pytest.mark.parametrize(
    "added", ['x = GetConfig("NEW KEY")', "x = GetConfig(someKey)", 'x = getconfig ("K")']
)
def test_an_xlwings_that_reads_another_key_is_not_built_in(added, monkeypatch):
    read = xlwings_module._read

    def with_another(name):
        return read(name) + f"\nSub Another()\n    {added}\nEnd Sub\n".encode("ascii")

    monkeypatch.setattr(xlwings_module, "_read", with_another)
    with pytest.raises(XlwingsMissing, match=r"xlwings\.bas"):
        xlwings_modules()


def test_python_runs_through_the_guarded_door_only():
    for module in OURS.values():
        if module.name != "modPythonCall":
            assert " RunPython(" not in module.source
    call = OURS["modPythonCall"].source
    assert call.index("ForeignSheet(ActiveWorkbook)") < call.index("ProblemOfRun(pythonCommand)")


# --- in LibreOffice -----------------------------------------------------------------------------------

ASKING = standard(
    "Public Sub AskForeignSheet()",
    "    Dim other As Object",
    '    Set other = Workbooks.Open("FOREIGN")',
    '    ThisWorkbook.Worksheets(1).Range("B3").Value = "[" & ForeignSheet(other) & "]"',
    "    other.Close False",
    "End Sub",
    name="modAsking",
)


def foreign_workbook(path, sheet, rows=()):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Biểu 1")
        settings = book.add_worksheet(sheet)
        settings.very_hidden()
        for number, row in enumerate(rows):
            settings.write_row(number, 0, row)


OLDER_TEMPLATE = (
    ("INTERPRETER_WIN", "python"),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "false"),
    ("UDF MODULES", "cchc_xl.buttons.worksheet_functions"),
)
CASES = {
    "another project's settings": (f"{HANDED_OUT.upper()}.conf", (("PYTHONPATH", "\\\\evil\\share"),), True),
    "code in a sheet": ("helper.py", (), True),
    "ours with a module folder": ("xlwings.conf", (("PYTHONPATH", "C:\\evil"),), True),
    "ours with another interpreter": ("xlwings.conf", (("INTERPRETER_WIN", "C:\\evil\\python.exe"),), True),
    "ours with a key below a gap": ("xlwings.conf", (*OLDER_TEMPLATE, (), ("CONDA ENV", "x")), True),
    "an unknown key": ("xlwings.conf", (("PYTHONHOME", ""),), True),
    "ours as issued": ("xlwings.conf", tuple(settings_of(plan_python_sheet()[0]).items()), False),
    "ours of an older template": ("xlwings.conf", OLDER_TEMPLATE, False),
    "an ordinary sheet": ("Ghi chú.config", (("PYTHONPATH", "C:\\evil"),), False),
}


@pytest.mark.libreoffice
@pytest.mark.parametrize("case", CASES)
def test_a_workbook_with_settings_or_code_of_its_own_is_recognised(tmp_path, case):
    sheet, rows, refused = CASES[case]
    foreign_workbook(tmp_path / "other.xlsx", sheet, rows)
    asking = replace(ASKING, source=ASKING.source.replace("FOREIGN", str(tmp_path / "other.xlsx")))
    path = tmp_path / "own.xlsm"
    path.write_bytes(workbook((*twin(), asking), buttons=("AskForeignSheet",)))
    seen = press(path, ["AskForeignSheet"], [NATIVE])
    assert seen.after[0][NATIVE] == (f"[{sheet}]" if refused else "[]")


@pytest.mark.libreoffice
def test_a_button_of_a_workbook_with_a_foreign_sheet_does_not_reach_python_and_says_why(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(), extra_sheet="may_la.py"))
    seen = press(path, ["KiemTraSau"], [STATUS, NATIVE, RECORDED])
    assert seen.after == [{STATUS: texts.text("py_tep_la"), NATIVE: "native", RECORDED: ""}]


@pytest.mark.libreoffice
def test_an_interpreter_that_is_gone_or_unreadable_is_an_obstacle_not_a_success(tmp_path):
    there = tmp_path / "python.exe"
    there.write_bytes(b"")
    paths = [
        "python",
        str(there),
        str(tmp_path / "gone" / "python.exe"),
        str(tmp_path),
        "C:/Users/Nguy?n/p.exe",
    ]
    asking = standard(
        "Public Sub AskInterpreters()",
        "    Dim told As String",
        *(f'    told = told & "[" & InterpreterProblem("{path}") & "]"' for path in paths),
        '    told = told & "[" & InterpreterProblem("C:/Nguy" & ChrW(7877) & "n/p.exe") & "]"',
        '    ThisWorkbook.Worksheets(1).Range("B3").Value = told',
        "End Sub",
        name="modAsking",
    )
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook((*twin(real_probe=True), asking), buttons=("AskInterpreters",)))
    seen = press(path, ["AskInterpreters"], [NATIVE])
    assert seen.after[0][NATIVE] == "[][][py_khong_thay][py_khong_thay][py_duong_dan][py_duong_dan]"


@pytest.mark.libreoffice
def test_after_a_run_the_settings_sheet_names_no_folder_of_this_pc(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(answer="-1")))
    seen = press(path, ["KiemTraSau"], [RECORDED, "xlwings.conf!B1", "xlwings.conf!B4"])
    assert "kiem_tra_sau" in seen.after[0][RECORDED]
    assert (seen.after[0]["xlwings.conf!B1"], seen.after[0]["xlwings.conf!B4"]) == ("python", "%TEMP%")
