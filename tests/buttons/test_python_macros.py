"""Macros that call Python: what they run, and what they say and still do where Python is not to be had."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support.libreoffice import press
from support.vba_workbooks import compile_errors, standard

from cchc_xl import texts
from cchc_xl.excel.vba.judge import lint_package, lint_sources
from cchc_xl.excel.vba.judge.statements import procedures
from cchc_xl.excel.vba.project import build_vba_project, load_modules
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.xlwings_module import THIRD_PARTY, XlwingsMissing, embedded_version, xlwings_modules
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.planned import PlannedButton, PlannedCell, PlannedSheet, PlannedWorkbook
from cchc_xl.texts.python_buttons import PYTHON_BUTTONS
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet

COMMUNE = {"KiemTraSau", "LaySoKyTruoc", "NhapTuTep", "GhepBieu"}
CITY = {"GopCacXa", "KiemTraTatCa", "SoVoiKyTruoc", "XuatDanhSachDonDoc"}
OURS = {module.name: module for module in load_modules(macro_folder())}
PYTHON_MODULES = tuple(
    OURS[name]
    for name in (
        *("modOwnBook", "modOwnPython", "modSheets"),
        *("modPython", "modPythonCall", "modPythonCity", "modPythonProbe"),
    )
)
PROBE = OURS["modPythonProbe"].source
STATUS, NATIVE, RECORDED = "Trang chính!B2", "Trang chính!B3", "Trang chính!B4"

NATIVE_STUB = standard(
    "Public Sub TinhLaiVaKiemTra()",
    '    WriteLocked ActiveWorkbook.Worksheets(1).Range("B3"), "native"',
    '    WriteLocked ActiveWorkbook.Worksheets(1).Range("B2"), "overwritten"',
    "End Sub",
    "",
    "Public Sub AskProtection()",
    "    Dim sheet As Object",
    "    Set sheet = ActiveWorkbook.Worksheets(1)",
    '    WriteLocked sheet.Range("B3"), IIf(sheet.ProtectContents, "locked", "open")',
    "End Sub",
    name="modNative",
)
XLWINGS_STUB = standard(
    "Public Function RunPython(ByVal pythonCommand As String)",
    '    ActiveWorkbook.Worksheets(1).Range("B4").Value = pythonCommand',
    "    RunPython = ANSWER",
    "End Function",
    name="xlwings",
)
PROBE_STUB = standard(
    "Public Function PythonInterpreter() As String",
    '    PythonInterpreter = "python"',
    "End Function",
    "",
    "Public Function PythonProblem() As String",
    '    PythonProblem = "PROBLEM"',
    "End Function",
    "",
    "Public Function InterpreterProblem(ByVal interpreter As String) As String",
    "End Function",
    "",
    "Public Function TemporaryFolder() As String",
    '    TemporaryFolder = "%TEMP%"',
    "End Function",
    name="modPythonProbe",
)


def workbook(modules, buttons=("KiemTraSau", "GopCacXa"), extra_sheet=""):
    settings, names = plan_python_sheet()
    main = PlannedSheet(
        "Trang chính",
        "TrangChinh",
        (PlannedCell("A1", "plain", "Trang chính"),),
        buttons=tuple(PlannedButton(f"D{2 + 3 * n}", name, name) for n, name in enumerate(buttons)),
    )
    names["cchc_trang_thai"] = "='Trang chính'!$B$2"
    extra = (PlannedSheet(extra_sheet, "ExtraSheet", ()),) if extra_sheet else ()
    sheets = (main, settings, *extra)
    plan = PlannedWorkbook(sheets, names, "Thử nút Python")
    documents = [("ThisWorkbook", "workbook"), *((sheet.code_name, "worksheet") for sheet in sheets)]
    return render(plan, macros=build_vba_project(modules, documents))


def twin(*, problem="", answer="0", real_probe=False):
    """The workbook's modules for LibreOffice: xlwings replaced by a recorder, the probe by its answer."""
    xlwings = replace(XLWINGS_STUB, source=XLWINGS_STUB.source.replace("ANSWER", answer))
    probe = replace(PROBE_STUB, source=PROBE_STUB.source.replace("PROBLEM", problem))
    kept = [module for module in PYTHON_MODULES if real_probe or module.name != "modPythonProbe"]
    return (*kept, NATIVE_STUB, xlwings, *(() if real_probe else (probe,)))


def called_functions(module):
    return dict(
        re.findall(
            r"Public Sub (\w+)\(\)\n    If Not RanPython\(\"[^\"]*cchc_xl\.buttons\.(\w+)\(", module.source
        )
    )


def python_command(module, function):
    return re.search(rf'RanPython\("([^"]*cchc_xl\.buttons\.{function}\([^"]*)"\)', module.source)[1]


def test_each_python_button_is_one_public_sub_named_like_its_function():
    for name, subs in (("modPython", COMMUNE), ("modPythonCity", CITY)):
        found = called_functions(OURS[name])
        assert set(found) == subs == {p.name for p in procedures(OURS[name])}
        for sub, function in found.items():
            assert "".join(word.capitalize() for word in function.split("_")) == sub
            ast.parse(python_command(OURS[name], function))


def test_every_text_code_in_the_macros_stands_on_the_settings_sheet():
    written = "".join(module.source for module in OURS.values())
    used = set(re.findall(r'"((?:py|lenh)_\w+)"', written))
    assert used == set(PYTHON_BUTTONS)
    sheet, names = plan_python_sheet()
    worded = {cell.address: cell.value for cell in sheet.cells}
    for code in used:
        address = names[f"cchc_chu_{code}"].rpartition("!")[2].replace("$", "")
        assert worded[address] == texts.text(code)


def probe_answer(setup):
    """Exit status of the probe's very code in a Python where `setup` hides or shows modules."""
    pieces = re.search(r"PROBE As String = (.*?)\n\n", PROBE, re.S)[1]
    code = "".join(re.findall(r'"([^"]*)"', pieces))
    assert '"' not in code
    hidden = f"""
import importlib.util, sys
{setup}
importlib.util.find_spec = lambda name: name in known or None
exec({code!r})
"""
    return subprocess.run([sys.executable, "-c", hidden], check=False).returncode


@pytest.mark.parametrize(
    ("setup", "status", "code"),
    [
        ("known = ('xlwings', 'win32com', 'cchc_xl')", 0, ""),
        ("known = ('win32com', 'cchc_xl')", 22, "py_thieu_xlwings"),
        ("known = ('xlwings', 'cchc_xl')", 22, "py_thieu_xlwings"),
        ("known = ('xlwings', 'win32com')", 23, "py_thieu_goi"),
        ("known = (); sys.version_info = (3, 10, 9)", 21, "py_ban_cu"),
    ],
)
def test_the_probe_code_tells_what_is_missing_and_the_macro_knows_the_answer(setup, status, code):
    assert probe_answer(setup) == status
    if code:
        assert re.search(rf'Case answer = {status}\n\s+ProblemOf = "{code}"', PROBE)


def test_the_embedded_xlwings_modules_are_the_installed_ones_with_their_notices():
    import xlwings

    for project in (None, "cchc_xl_0"):
        main, dictionary = xlwings_modules(project)
        assert embedded_version(main) == xlwings.__version__
        assert "BSD 3-clause license" in main.source
        assert "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS" in main.source
        assert "@license: MIT" in dictionary.source
    published = Path(xlwings.__file__).with_name("xlwings.bas").read_text(encoding="ascii")
    assert xlwings_modules()[0].source == published


def test_the_add_ins_xlwings_module_differs_from_the_published_one_in_the_project_name_only():
    import xlwings

    published = Path(xlwings.__file__).with_name("xlwings_custom_addin.bas").read_text(encoding="ascii")
    ours = xlwings_modules("cchc_xl_0")[0].source
    changed = [
        pair for pair in zip(published.splitlines(), ours.splitlines(), strict=True) if pair[0] != pair[1]
    ]
    assert changed == [
        (
            'Public Const PROJECT_NAME As String = "myaddin"',
            'Public Const PROJECT_NAME As String = "cchc_xl_0"',
        )
    ]


def test_the_macro_sources_are_read_without_importing_xlwings():
    code = (
        "import sys; from cchc_xl.excel.vba.xlwings_module import xlwings_modules; xlwings_modules(); "
        "sys.exit('xlwings' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_xlwings_the_build_says_so(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(XlwingsMissing, match=r"xlwings\.bas"):
        xlwings_modules()


def test_a_workbook_with_these_macros_has_no_fault_and_would_compile(tmp_path):
    modules = (*PYTHON_MODULES, NATIVE_STUB, *xlwings_modules())
    assert lint_sources(modules, THIRD_PARTY) == []
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(modules))
    assert lint_package(path.read_bytes(), modules) == []
    assert compile_errors(path) == []


@pytest.mark.libreoffice
def test_a_pressed_button_hands_its_command_to_python_and_leaves_the_native_part_alone(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(), buttons=sorted(COMMUNE | CITY)))
    pressed = sorted(COMMUNE | CITY)
    seen = press(path, pressed, [STATUS, NATIVE, RECORDED])
    for name, cells in zip(pressed, seen.after, strict=True):
        module = OURS["modPython" if name in COMMUNE else "modPythonCity"]
        function = called_functions(module)[name]
        assert cells[RECORDED] == python_command(module, function)
        assert (cells[STATUS], cells[NATIVE]) == ("", "")


@pytest.mark.libreoffice
@pytest.mark.parametrize("code", ["py_khong_thay", "py_thieu_goi"])
def test_without_python_the_button_says_why_and_still_runs_its_native_part(tmp_path, code):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(problem=code)))
    seen = press(path, ["KiemTraSau"], [STATUS, NATIVE, RECORDED])
    assert seen.after == [{STATUS: texts.text(code), NATIVE: "native", RECORDED: ""}]


@pytest.mark.libreoffice
def test_a_city_button_without_python_says_why(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(problem="py_thieu_xlwings")))
    seen = press(path, ["GopCacXa"], [STATUS, NATIVE, RECORDED])
    assert seen.after == [{STATUS: texts.text("py_thieu_xlwings"), NATIVE: "", RECORDED: ""}]


@pytest.mark.libreoffice
def test_where_programs_cannot_be_started_the_real_probe_answers_blocked(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(real_probe=True)))
    seen = press(path, ["KiemTraSau"], [STATUS, NATIVE, RECORDED])
    assert seen.after == [{STATUS: texts.text("py_bi_chan"), NATIVE: "native", RECORDED: ""}]


@pytest.mark.libreoffice
def test_when_python_fails_halfway_the_button_says_so_and_asks_again_next_time(tmp_path):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(answer="-1")))
    for _ in range(2):
        seen = press(path, ["KiemTraSau"], [STATUS])
        assert seen.after == [{STATUS: texts.text("py_bao_loi")}]
        assert seen.cells["Trang chính"]["B3"] == "native"
        assert "kiem_tra_sau" in seen.cells["Trang chính"]["B4"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("answer", ["0", "-1"])
def test_locked_sheets_are_open_while_python_writes_and_locked_again_after_it(tmp_path, answer):
    path = tmp_path / "nút.xlsm"
    path.write_bytes(workbook(twin(answer=answer), buttons=("KiemTraSau", "AskProtection")))
    seen = press(path, ["KiemTraSau", "AskProtection"], [NATIVE])
    assert "kiem_tra_sau" in seen.cells["Trang chính"]["B4"]
    assert seen.after[-1][NATIVE] == "locked"
