"""Faults of macros that Excel would only show on somebody's PC are found before a workbook is issued."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlwings
from support.vba_workbooks import COUNTER, DOCUMENTS, MODULES, standard, workbook_bytes

from cchc_xl.excel.vba.judge import lint_package, lint_sources
from cchc_xl.excel.vba.project import Module, build_vba_project, parse_module

XLWINGS = Path(xlwings.__file__).parent


def only_fault(faults: list[str]) -> str:
    """The single fault: one slip must give one text, on one line."""
    assert len(faults) == 1, faults
    assert "\n" not in faults[0]
    return faults[0]


def sub(*lines: str) -> Module:
    """A module with one Sub (line 3); the lines begin on line 4."""
    return standard("Sub Work()", *lines, "End Sub")


# ------------------------------------------------------------------------------------------------- sources


def test_sound_modules_have_no_fault():
    assert lint_sources(MODULES) == []


def test_published_modules_of_xlwings_have_no_fault():
    files = [XLWINGS / "xlwings.bas", *sorted((XLWINGS / "addin").glob("*.[bc][al]s"))]
    parsed = {file.stem: parse_module(file.name, file.read_bytes()) for file in files}
    assert len(parsed) > 10
    assert lint_sources(list(parsed.values()), third_party=parsed) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["If a Then b = 1 Else b = 2", "If a Then", "ElseIf c Then", "Else", "End If"],
        ["For i = 1 To 2", "For j = 1 To 2", "Next j, i", "For Each c In d", "Next"],
        ["Do While a", "Loop", "Do", "Loop Until a", "While a", "Wend"],
        ["Select Case a", "Case 1: b = 2", "Case Else", "End Select"],
        ["With a", ".If = 1", "End With", "On Error Resume Next", "Exit For"],
        ['b = "If x Then"', "' If x Then", "Rem For i = 1", "b = 1: Rem If x Then"],
        ["Call f(a:=1, _", "  b:=2)", "If a And _", "  b Then", "c = 1", "End If"],
        ["#If Mac Then", "For i = 1 To 2", "#Else", "For i = 1 To 3", "#End If", "Next"],
        ['b = "He said ""End Sub"" \' "', "If a Then ' why", "End If"],
    ],
)
def test_ordinary_statements_have_no_fault(lines):
    assert lint_sources([sub(*lines)]) == []


def test_a_heading_in_two_branches_needs_one_end():
    branches = ["#If Mac Then", "Sub Work(a)", "#Else", "Sub Work(a, b)", "#End If", "End Sub"]
    assert lint_sources([standard(*branches)]) == []


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["If a Then"], "dòng 5: gặp “End Sub” trong khi “If” ở dòng 4 chờ “End If”"),
        (["End If"], "dòng 4: “End If” không có “If”"),
        (["For i = 1 To 2"], "dòng 5: gặp “End Sub” trong khi “For” ở dòng 4 chờ “Next”"),
        (["Next"], "dòng 4: “Next” không có “For”"),
        (["For i = 1 To 2", "Next i, j"], "dòng 5: “Next” không có “For”"),
        (["Do"], "dòng 5: gặp “End Sub” trong khi “Do” ở dòng 4 chờ “Loop”"),
        (["Loop"], "dòng 4: “Loop” không có “Do”"),
        (["While a"], "dòng 5: gặp “End Sub” trong khi “While” ở dòng 4 chờ “Wend”"),
        (["With a"], "dòng 5: gặp “End Sub” trong khi “With” ở dòng 4 chờ “End With”"),
        (["Select Case a"], "dòng 5: gặp “End Sub” trong khi “Select Case” ở dòng 4 chờ “End Select”"),
        (["Else"], "dòng 4: “Else” không có “If”"),
        (["For i = 1 To 2", "If a Then", "Next", "End If"], "dòng 6: gặp “Next” trong khi “If” ở dòng 5"),
        (["#If Mac Then"], "dòng 4: “#If” chưa có “#End If”"),
        (["#End If"], "dòng 4: “#End If” không có “#If”"),
    ],
)
def test_an_unbalanced_block_is_found_with_its_line(lines, named):
    faults = lint_sources([sub(*lines)])
    assert any(f"Sample.bas, {named}" in fault for fault in faults), faults


def test_a_sub_without_end_is_found_at_its_heading():
    fault = only_fault(lint_sources([standard("Sub First()", "Sub Second()", "End Sub")]))
    assert "Sample.bas, dòng 3: “Sub First” chưa có “End Sub”" in fault
    assert "dòng 3" in only_fault(lint_sources([standard("Sub Last()")]))


def test_a_sub_ended_as_a_function_is_found():
    assert "dòng 4: gặp “End Function”" in only_fault(lint_sources([standard("Sub A()", "End Function")]))


def test_a_type_without_end_is_found():
    assert "“Type” chưa có “End Type”" in only_fault(
        lint_sources([standard("Private Type Row", "a As Long")])
    )


def test_twenty_four_continuations_pass_and_twenty_five_are_found():
    assert lint_sources([sub("a = 1 _", *["+ 1 _"] * 23, "+ 1")]) == []
    fault = only_fault(lint_sources([sub("a = 1 _", *["+ 1 _"] * 24, "+ 1")]))
    assert "Sample.bas, dòng 4: câu lệnh nối 25 lần" in fault


def test_a_line_of_1023_characters_passes_and_one_more_is_found():
    assert lint_sources([standard("'" + "x" * 1022)]) == []
    assert "dòng 3: dài 1024 ký tự" in only_fault(lint_sources([standard("'" + "x" * 1023)]))


def test_missing_option_explicit_is_found_but_not_in_an_empty_module():
    module = Module("Sample", "standard", 'Attribute VB_Name = "Sample"\nSub Work()\nEnd Sub\n')
    assert "Sample.bas, dòng 2: thiếu Option Explicit" in only_fault(lint_sources([module]))
    assert lint_sources([module], third_party={"Sample"}) == []
    assert lint_sources([Module("wsMain", "document", "")]) == []


def test_option_explicit_in_a_comment_does_not_count():
    module = Module("Sample", "standard", "' Option Explicit\nSub Work()\nEnd Sub\n")
    assert "thiếu Option Explicit" in only_fault(lint_sources([module]))


def test_a_declare_without_ptrsafe_is_found():
    line = 'Private Declare Sub Sleep Lib "kernel32" (ByVal ms As Long)'
    assert "Sample.bas, dòng 3: lệnh Declare thiếu PtrSafe" in only_fault(lint_sources([standard(line)]))
    assert lint_sources([standard(line.replace("Declare", "Declare PtrSafe"))]) == []


def test_a_declare_for_old_office_may_do_without_ptrsafe():
    old = 'Declare Sub Sleep Lib "kernel32" (ByVal ms As Long)'
    branches = ["#If VBA7 Then", old.replace("Declare", "Declare PtrSafe"), "#Else", old, "#End If"]
    assert lint_sources([standard(*branches)]) == []
    assert "dòng 6" in only_fault(lint_sources([standard("#If Mac Then", "#Else", "Dim a", old, "#End If")]))


@pytest.mark.parametrize("name", ["Print", "date", "Input", "Sub", "Collection", "dir"])
def test_a_reserved_module_name_is_found(name):
    assert f"“{name}” trùng từ dành riêng" in only_fault(lint_sources([standard(name=name)]))


def test_a_character_outside_ascii_is_found():
    assert "Sample.bas, dòng 3: ký tự ể" in only_fault(lint_sources([standard("' Kiểm tra")]))


def test_a_module_name_used_twice_is_found():
    assert "“sample” đã dùng" in only_fault(lint_sources([standard(), standard(name="sample")]))


def test_a_macro_named_like_a_module_is_found():
    module = standard("Sub Sample()", "End Sub")
    assert "dòng 3: thủ tục “Sample” trùng tên một mô-đun" in only_fault(lint_sources([module]))


def test_a_procedure_defined_twice_is_found():
    module = standard("Sub Work()", "End Sub", "Function work()", "End Function")
    assert "dòng 5: thủ tục “work” đã có ở dòng 3" in only_fault(lint_sources([module]))


# ------------------------------------------------------------------------------------------------ packages


def part_changed(package: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The package with one part's bytes replaced (the part must hold them)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as copy:
        assert old in source.read(name)
        for entry in source.infolist():
            data = source.read(entry)
            copy.writestr(entry, data.replace(old, new) if entry.filename == name else data)
    return target.getvalue()


def part_added(package: bytes, name: str, text: str) -> bytes:
    target = io.BytesIO(package)
    with zipfile.ZipFile(target, "a") as copy:
        copy.writestr(name, text)
    return target.getvalue()


def ribbon(control: str) -> str:
    return f'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">{control}</customUI>'


def test_a_sound_workbook_has_no_fault():
    assert lint_package(workbook_bytes(), MODULES) == []


def test_a_file_that_is_no_workbook_is_reported():
    assert "không phải tệp .xlsm" in only_fault(lint_package(b"PK no zip"))


def test_a_workbook_without_macros_is_reported():
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "không có phần macro" in only_fault(lint_package(empty.getvalue()))


def test_a_project_cut_short_is_reported():
    project = build_vba_project(MODULES, DOCUMENTS)
    assert "vbaProject.bin) hỏng" in only_fault(lint_package(workbook_bytes(project=project[:-512])))


def test_a_module_that_no_longer_decompresses_is_reported():
    project = build_vba_project(MODULES, DOCUMENTS)
    start = project.index(b"\x01", project.index(b'Attribut\x00e VB_Nam\x00e = "Cou') - 5)
    damaged = project[:start] + b"\x07" + project[start + 1 :]
    assert "VBA/Counter" in only_fault(lint_package(workbook_bytes(project=damaged)))


def test_a_module_that_differs_from_its_source_is_reported():
    changed = Module("Counter", "standard", COUNTER.replace("+ 1", "+ 2"))
    fault = only_fault(lint_package(workbook_bytes(), (changed, MODULES[1])))
    assert "Mô-đun Counter" in fault
    assert str(COUNTER.replace("\n", "\r\n").index("+ 1") + 2) in fault


def test_modules_missing_on_either_side_are_reported():
    extra = standard(name="Extra")
    assert "Extra có trong mã nguồn" in only_fault(lint_package(workbook_bytes(), (*MODULES, extra)))
    assert "Extra có trong sổ tính" in only_fault(lint_package(workbook_bytes((*MODULES, extra)), MODULES))


def test_a_sheet_without_code_name_is_reported():
    package = part_changed(workbook_bytes(), "xl/worksheets/sheet2.xml", b' codeName="wsData"', b"")
    faults = lint_package(package)
    assert any("xl/worksheets/sheet2.xml: thiếu codeName" in fault for fault in faults)
    assert any("wsData không ứng với" in fault for fault in faults)


def test_a_code_name_without_module_is_reported():
    faults = lint_package(workbook_bytes(code_names=("ThisWorkbook", "wsMain", "wsOther")))
    assert any("codeName “wsOther” không có mô-đun worksheet" in fault for fault in faults)


def test_a_code_name_used_twice_is_reported():
    faults = lint_package(workbook_bytes(code_names=("ThisWorkbook", "wsMain", "wsMain")))
    assert any("“wsMain” đã dùng cho xl/worksheets/sheet1.xml" in fault for fault in faults)


def test_workbook_and_sheet_modules_that_changed_places_are_reported():
    faults = lint_package(workbook_bytes(code_names=("wsMain", "ThisWorkbook", "wsData")))
    assert any("“wsMain” không có mô-đun workbook" in fault for fault in faults)


@pytest.mark.parametrize(
    ("lines", "macro", "named"),
    [
        (["Sub Other()", "End Sub"], "Work", "không mô-đun nào có Public Sub"),
        (["Private Sub Work()", "End Sub"], "Work", "không phải Public Sub (Sample.bas, dòng 3)"),
        (["Function Work()", "End Function"], "Work", "không phải Public Sub"),
        (["Sub Work(ByVal a As Long)", "End Sub"], "Work", "phải có dạng () nhưng Sample.bas, dòng 3"),
        (["Sub Work()", "End Sub"], "Elsewhere.Work", "không mô-đun nào"),
        (["Sub AB12()", "End Sub"], "AB12", "giống địa chỉ ô"),
    ],
)
def test_a_button_whose_macro_cannot_be_called_is_reported(lines, macro, named):
    fault = only_fault(lint_package(workbook_bytes([standard(*lines)], buttons=[("Bấm", macro)])))
    assert fault.startswith("xl/drawings/vmlDrawing1.vml")
    assert named in fault


def test_a_macro_in_two_modules_must_be_called_with_its_module():
    modules = [standard("Sub Work()", "End Sub", name=name) for name in ("Alpha", "Beta")]
    faults = lint_package(workbook_bytes(modules, buttons=[("Bấm", "Work")]))
    assert "ở nhiều mô-đun (Alpha.bas, dòng 3, Beta.bas, dòng 3)" in only_fault(faults)
    assert lint_package(workbook_bytes(modules, buttons=[("Bấm", "Beta.Work")])) == []


def test_a_button_renamed_in_the_drawing_only_is_reported():
    package = part_changed(workbook_bytes(), "xl/drawings/vmlDrawing1.vml", b"[0]!CountUp", b"[0]!CountDown")
    assert "CountDown" in only_fault(lint_package(package, MODULES))


@pytest.mark.parametrize(
    ("control", "heading", "sound"),
    [
        ('<button id="a" onAction="Work"/>', "Sub Work(control As IRibbonControl)", True),
        ('<button id="a" onAction="Sample.Work"/>', "Sub Work(ByRef c As Office.IRibbonControl)", True),
        ('<button id="a" onAction="Work"/>', "Sub Work()", False),
        ('<button id="a" onAction="Work"/>', "Private Sub Work(control As IRibbonControl)", False),
        ('<button id="a" onAction="Gone"/>', "Sub Work(control As IRibbonControl)", False),
        ('<checkBox id="a" onAction="Work"/>', "Sub Work(control As IRibbonControl)", False),
        ('<checkBox id="a" onAction="Work"/>', "Sub Work(c As IRibbonControl, pressed As Boolean)", True),
        ('<button id="a" getLabel="Work"/>', "Sub Work(c As IRibbonControl, ByRef label)", True),
    ],
)
def test_ribbon_callbacks_are_checked_like_buttons(control, heading, sound):
    package = workbook_bytes([standard(heading, "End Sub")], buttons=[])
    faults = lint_package(part_added(package, "customUI/customUI14.xml", ribbon(control)))
    assert (faults == []) is sound
    assert all(fault.startswith("customUI/customUI14.xml") for fault in faults)
