"""The add-in: valid, faultless, repeatable; every ribbon command has its Sub and texts; functions right."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from typing import get_type_hints
from xml.etree import ElementTree

import pytest
from support.ooxml_validator import validate
from support.vba_workbooks import compile_errors, container_errors, read_with_oletools
from xlwings import conversion

from cchc_xl import texts
from cchc_xl.buttons import worksheet_functions as functions
from cchc_xl.excel.vba.judge import lint_package
from cchc_xl.excel.vba.judge.statements import procedures
from cchc_xl.excel.vba.module_sets import city_modules, commune_modules
from cchc_xl.excel.vba.source import load_modules, stored_text
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.tasks.addin import (
    ADDIN_NAME,
    HANDED_OUT,
    addin_modules,
    build_addin,
    project_of,
    unguessable_project,
    worded_ribbon,
)
from cchc_xl.tasks.udf_wrappers import function_help, worksheet_functions, wrapper_module
from cchc_xl.texts.ribbon import RIBBON

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
BUTTON_MODULES = ("modButtons", "modPython", "modPythonCity")
SOURCE = (macro_folder() / "ribbon.xml").read_text(encoding="ascii")
LONGEST_TIP = 1024  # MS-CUSTOMUI2, ST_LongString
GENERATED = """
import sys, types, io
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["pythoncom"].CoInitialize = lambda: None
sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})
sys.modules["win32com.client"].Dispatch = None
import xlwings
from xlwings import udfs
xlwings.func = udfs.xlfunc
import cchc_xl.buttons.worksheet_functions as functions
text = io.StringIO()
book = types.SimpleNamespace(Name="cchc_xl.xlam")
udfs.generate_vba_wrapper(functions.__name__, functions, text, book)
sys.stdout.write(text.getvalue())
"""


@pytest.fixture(scope="module")
def addin():
    return build_addin(macro_folder())


@pytest.fixture
def stored(addin, tmp_path):
    path = tmp_path / ADDIN_NAME
    path.write_bytes(addin)
    return path


def parts_of(addin):
    with zipfile.ZipFile(BytesIO(addin)) as package:
        return {name: package.read(name) for name in package.namelist()}


def ribbon_buttons(source=SOURCE):
    return list(ElementTree.fromstring(source).iter(f"{UI}button"))


@pytest.mark.validator
def test_microsofts_validator_accepts_the_add_in_with_its_ribbon(stored):
    # A copy with a wrong attribute is refused, so the ribbon is really looked at.
    wrong = stored.with_name("sai.xlam")
    with zipfile.ZipFile(wrong, "w") as package:
        for name, data in parts_of(stored.read_bytes()).items():
            package.writestr(name, data.replace(b'size="large"', b'size="huge"'))
    found = validate([stored, wrong])
    assert found[stored] == []
    assert found[wrong] != []


def test_the_add_in_has_no_fault_of_ours_and_would_compile(addin, stored):
    assert lint_package(addin, addin_modules(macro_folder())) == []
    assert container_errors(stored) == []
    assert compile_errors(stored) == []


def test_the_same_sources_give_the_same_bytes(addin):
    code = (
        "import sys, hashlib; from cchc_xl.tasks.addin import build_addin; "
        "from cchc_xl.excel.vba.source_folder import macro_folder; "
        "sys.stdout.buffer.write(build_addin(macro_folder()))"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert again.stdout == addin


def test_oletools_reads_every_module_back_as_written(addin):
    read = read_with_oletools(parts_of(addin)["xl/vbaProject.bin"])
    for module in addin_modules(macro_folder()):
        if module.kind == "standard":
            assert read[module.name] == stored_text(module).encode("ascii")


def test_excel_will_take_the_package_for_an_add_in(addin):
    parts = parts_of(addin)
    assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in parts["[Content_Types].xml"]
    assert b'Target="customUI/customUI14.xml"' in parts["_rels/.rels"]
    assert parts["customUI/customUI14.xml"].isascii()


def test_every_ribbon_command_runs_one_public_sub_and_every_button_is_on_the_ribbon():
    modules = load_modules(macro_folder())
    subs = {
        procedure.name: procedure
        for module in modules
        for procedure in procedures(module)
        if procedure.kind == "Sub" and procedure.is_public and not procedure.arguments
    }
    tags = [button.attrib["tag"] for button in ribbon_buttons()]
    assert set(tags) <= set(subs)
    assert len(tags) == len(set(tags))
    ours = {name for name, procedure in subs.items() if procedure.module.name in BUTTON_MODULES}
    assert set(tags) == ours


def test_commands_go_to_the_callback_of_their_kind():
    callbacks = {"modButtons": "RunNativeCommand", "modPython": "RunCommuneCommand"}
    callbacks["modPythonCity"] = "RunCityCommand"
    home = {p.name: m.name for m in load_modules(macro_folder()) for p in procedures(m)}
    for button in ribbon_buttons():
        assert button.attrib["onAction"] == f"modRibbon.{callbacks[home[button.attrib['tag']]]}"


def test_every_command_has_icon_label_tip_and_help_and_every_text_is_used():
    used = {
        element.attrib[name]
        for element in ElementTree.fromstring(SOURCE).iter()
        for name in ("label", "screentip", "supertip")
        if name in element.attrib
    }
    assert used == set(RIBBON)
    buttons = ribbon_buttons(worded_ribbon(SOURCE))
    for button in buttons:
        assert button.attrib["imageMso"]
        worded = [button.attrib[name] for name in ("label", "screentip", "supertip")]
        assert all(0 < len(text) <= LONGEST_TIP for text in worded)
        assert not any(text.startswith("ribbon_") for text in worded)
    assert "Tính lại và kiểm tra" in [button.attrib["label"] for button in buttons]


def test_an_unknown_ribbon_text_stops_the_build():
    with pytest.raises(KeyError, match="no_such_text"):
        worded_ribbon('<button label="no_such_text"/>')


def test_every_macro_of_the_add_in_and_of_workbooks_is_embedded_as_its_file_stands():
    files = {path.stem: path.read_bytes().decode("ascii") for path in macro_folder().glob("*.bas")}
    sets = (addin_modules(macro_folder()), commune_modules(macro_folder()), city_modules(macro_folder()))
    foreign = {"xlwings", "xlwings_udfs", "Dictionary"}
    for modules in sets:
        assert all(module.source == files[module.name] for module in modules if module.name not in foreign)
    held = [{module.name for module in modules} - foreign for modules in sets]
    assert set.union(*held) == set(files)
    # Which workbook a command works on is said by one module of each kind.
    assert [names & {"modOwnBook", "modActiveBook"} for names in held] == [
        {"modActiveBook"},
        {"modOwnBook"},
        {"modOwnBook"},
    ]


def test_workbook_macros_act_on_the_active_workbook_in_the_add_in_not_on_the_add_in():
    own = {"modOwnPython", "modFunctions", "modRibbon", "xlwings", "xlwings_udfs", "Dictionary"}
    for module in addin_modules(macro_folder()):
        if module.name not in own:
            assert "ThisWorkbook" not in module.source


def test_the_function_wrapper_is_what_xlwings_itself_generates_with_the_guard_before_each_call_of_python():
    done = subprocess.run([sys.executable, "-c", GENERATED], capture_output=True, text=True, check=True)
    _, _, ours = wrapper_module(worksheet_functions()).source.partition("of Excel\n")
    guard = "        AssureOwnPython\n"
    assert ours.replace(guard, "") == done.stdout
    for function in ours.split("End Function")[:-1]:
        before, _, after = function.partition(guard)
        assert "On Error GoTo failed\n" in before
        assert "XLPy" not in before
        assert after.lstrip().startswith(tuple(f"{f.name} = XLPy.CallUDF" for f in worksheet_functions()))


def test_an_add_in_is_known_by_the_name_it_was_built_under_and_two_pcs_never_have_the_same(addin):
    assert project_of(addin) == HANDED_OUT
    first, second = unguessable_project(), unguessable_project()
    assert first != second
    other = build_addin(macro_folder(), first)
    assert project_of(other) == first
    assert lint_package(other, addin_modules(macro_folder(), first)) == []
    assert build_addin(macro_folder(), first) == other


def test_the_functions_are_found_without_importing_xlwings():
    code = (
        "import sys; from cchc_xl.tasks.udf_wrappers import worksheet_functions; "
        "found = worksheet_functions(); sys.exit('xlwings' in sys.modules or not found)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_function_and_argument_has_a_description_the_wizard_can_show():
    functions = worksheet_functions()
    assert [f.name for f in functions] == ["cchc_doc_so", "cchc_ten_don_vi", "cchc_ty_le"]
    for told in function_help(functions):
        assert all(0 < len(text) <= 255 for text in (told.description, *told.arguments))


def test_a_function_with_optional_arguments_is_refused():
    with pytest.raises(ValueError, match="odd"):
        worksheet_functions("import xlwings as xw\n@xw.func\ndef odd(a, b=1):\n    return a\n")


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("5.650", 5650.0),
        ("53,6", 53.6),
        (" 1 234 567 ", 1234567.0),
        ("99,32%", 0.9932),
        ("99.32%", 0.9932),
        (12.5, 12.5),
        ("KPS", "KPS"),
        (" kps ", "KPS"),
        (None, ""),
        ("", ""),
    ],
)
def test_number_texts_are_read_the_vietnamese_way(given, answer):
    assert functions.cchc_doc_so(given) == answer


@pytest.mark.parametrize("given", ["nan", "1_000", "mười", "٣٤", True, [[1.0, 2.0]]])
def test_what_is_no_number_is_answered_with_a_marked_text(given):
    assert functions.cchc_doc_so(given).startswith("✖")
    assert functions.cchc_ty_le(given, 2.0).startswith("✖")


@pytest.mark.parametrize(
    ("numerator", "denominator", "answer"),
    [
        (5612.0, 5650.0, 0.9933),
        (1.0, 8.0, 0.125),
        (28.0, 155.0, 0.1806),
        (0.5, 10000.0, 0.0001),
        ("KPS", 4.0, 0.0),
        (3.0, 0.0, "KPS"),
        (3.0, "KPS", "KPS"),
        (None, 4.0, ""),
        (4.0, "", ""),
        ("5.612", "5.650", 0.9933),
    ],
)
def test_percentages_are_rounded_half_up_and_an_empty_denominator_is_no_number(
    numerator, denominator, answer
):
    assert functions.cchc_ty_le(numerator, denominator) == answer


@pytest.mark.parametrize("code", [11284.0, "11284", " 11284 "])
def test_a_unit_is_named_by_its_code_as_number_or_text(code):
    assert functions.cchc_ten_don_vi(code) == "Xã Nam Thanh Miện"


def test_a_wrong_unit_code_is_answered_with_a_marked_text():
    assert functions.cchc_ten_don_vi("99999") == texts.text("udf_unit_unknown", code="99999")
    assert functions.cchc_ten_don_vi(1.5).startswith("✖")
    assert functions.cchc_ten_don_vi(None) == ""


def test_the_declared_types_are_ones_xlwings_converts():
    for function in worksheet_functions():
        hints = get_type_hints(getattr(functions, function.name))
        assert set(hints) == {*function.arguments, "return"}
        assert set(hints.values()) <= set(conversion.accessors)
