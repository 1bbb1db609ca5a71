"""The .xlsm that `issue` hands out: valid, faultless, complete, and robust in other programs' hands."""

from __future__ import annotations

import functools
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from support.command_line import run
from support.libreoffice import buttons, press, to_xlsm
from support.ooxml_validator import validate
from support.places import PACKAGE
from support.python_buttons import render_twin
from support.vba_workbooks import compile_errors, container_errors, read_with_oletools

import cchc_xl.buttons
from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import write_package
from cchc_xl.excel.edit.without_macros import without_macros
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.vba.judge import lint_package
from cchc_xl.excel.vba.judge.statements import procedures
from cchc_xl.excel.vba.module_sets import city_modules, commune_modules
from cchc_xl.excel.vba.source import stored_text
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.xlwings_module import THIRD_PARTY
from cchc_xl.model.contents import Subject
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.planned import PlannedButton, PlannedWorkbook
from cchc_xl.model.scope import ReportingScope
from cchc_xl.tasks import drawing
from cchc_xl.tasks.drawing import city_workbook, draw_with_buttons, render_blanks
from cchc_xl.tasks.issue import IssueRequest, issue_workbooks
from cchc_xl.tasks.read import read_one
from cchc_xl.texts.buttons import CITY_BUTTONS, COMMUNE_BUTTONS
from cchc_xl.workbooks.city.workbook import plan_city_workbook
from cchc_xl.workbooks.commune import plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons, with_python_buttons

PACKAGE = PACKAGE
UNIT = next(unit for unit in load_units() if unit.code == "11284")
CODE_MODULES = ("modButtons", "modPython", "modPythonCity", "modFiles")
MODULES = commune_modules(macro_folder())
VML = {"v": "urn:schemas-microsoft-com:vml", "x": "urn:schemas-microsoft-com:office:excel"}
FIGURES = "indicator,value\nbieu1_1,8\nbieu3_2_1_1,5650\nbieu3_2_1_2,5612\nbieu2_1,KPS\n"


def period_of(regime_id: str) -> ReferencePeriod:
    return parse_period("2026-M06" if regime_id == "tthc-thang" else "2026-Q2")


def scope_of(regime_id: str) -> ReportingScope:
    return load_scope(regime_id, period_of(regime_id))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The file of one unit by regime."""
    folder = tmp_path_factory.mktemp("phat-hanh")
    requests = {r: IssueRequest(scope_of(r), folder / r, (UNIT.code,)) for r in regime_ids()}
    return {regime: issue_workbooks(request).paths[0] for regime, request in requests.items()}


@pytest.fixture(scope="module")
def main(issued: dict[str, Path]) -> Path:
    return issued["cchc-dinh-ky"]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def planned(regime_id: str) -> PlannedWorkbook:
    period = period_of(regime_id)
    regime = load_regime(regime_id, period)
    plan = with_buttons(plan_workbook(regime, UNIT, period), regime)
    return with_python_buttons(plan, Subject(regime, UNIT, period))


def planned_buttons(regime_id: str) -> list[PlannedButton]:
    return [button for sheet in planned(regime_id).sheets for button in sheet.buttons]


@functools.cache
def city_plan_buttons() -> tuple[PlannedButton, ...]:
    plan = plan_city_workbook(scope_of("cchc-dinh-ky"))
    return tuple(button for sheet in plan.sheets for button in sheet.buttons)


def stored_buttons(path: Path) -> list[tuple[str, str, str]]:
    """(caption, macro, help) of every button in the file."""
    found = []
    for name, content in parts_of(path).items():
        if name.endswith(".vml"):
            for shape in ElementTree.fromstring(content).iterfind("v:shape", VML):
                caption = "".join(shape.find("v:textbox", VML).itertext()).strip()
                bound = shape.findtext("x:ClientData/x:FmlaMacro", namespaces=VML)
                macro = re.split("[!.]", bound)[-1]
                found.append((caption, macro, shape.get("alt", "")))
    return found


def public_subs(names: tuple[str, ...]) -> set[str]:
    modules = {m.name: m for m in (*MODULES, *city_modules(macro_folder()))}
    return {p.name for name in names for p in procedures(modules[name]) if p.is_public}


def test_issue_hands_out_buttons_unless_asked_for_a_plain_workbook(tmp_path: Path):
    for more, suffix in (((), ".xlsm"), (("--plain",), ".xlsx")):
        out = tmp_path / suffix
        done = run("issue", "--period", "2026-Q2", "--unit", "11284", "--out", out, *more)
        assert done.returncode == 0 and not done.stderr, done.stderr
        (path,) = out.iterdir()
        assert path.suffix == suffix
        assert ("xl/vbaProject.bin" in parts_of(path)) == (suffix == ".xlsm")
        assert bool([name for name in parts_of(path) if name.endswith(".vml")]) == (suffix == ".xlsm")


def test_every_regime_is_issued_with_buttons_that_have_no_fault(issued: dict[str, Path]):
    assert set(issued) == set(regime_ids())
    for path in issued.values():
        assert lint_package(path.read_bytes(), MODULES) == []
        assert container_errors(path) == []


def test_the_issued_macros_would_compile(main: Path):
    assert compile_errors(main) == []


@pytest.mark.validator
def test_no_issued_workbook_has_an_open_xml_error(issued: dict[str, Path], tmp_path: Path):
    free = tmp_path / "khong-macro.xlsx"
    free.write_bytes(write_package(without_macros(open_gate(issued["cchc-dinh-ky"].read_bytes())).items()))
    paths = [*issued.values(), free]
    assert validate(paths) == {path: [] for path in paths}


def test_oletools_reads_every_issued_module_back_byte_by_byte(main: Path):
    stored = read_with_oletools(parts_of(main)["xl/vbaProject.bin"])
    for module in MODULES:
        assert stored[module.name] == stored_text(module).encode(), module.name


def test_the_file_holds_every_planned_button_with_caption_macro_and_help(issued: dict[str, Path]):
    for regime, path in issued.items():
        wanted = sorted((b.caption, b.macro, b.help) for b in planned_buttons(regime))
        assert sorted(stored_buttons(path)) == wanted
        assert all(caption and len(help) > len(caption) for caption, _, help in wanted)


def test_no_button_lacks_its_macro_and_no_macro_its_button(main: Path):
    bound = {macro for _, macro, _ in stored_buttons(main)} | {b.macro for b in city_plan_buttons()}
    assert bound == public_subs(CODE_MODULES)


def test_no_python_macro_lacks_its_function_and_no_function_its_macro():
    functions = {*COMMUNE_BUTTONS, *CITY_BUTTONS}
    sources = "".join(module.source for module in (*MODULES, *city_modules(macro_folder())))
    assert set(re.findall(r"cchc_xl\.buttons\.(\w+)\(", sources)) == functions
    assert len(functions) == 8 and all(callable(getattr(cchc_xl.buttons, name)) for name in functions)


def test_a_spliced_workbook_is_the_one_written_anew_for_every_type_of_unit():
    period = period_of("cchc-dinh-ky")
    regime = load_regime("cchc-dinh-ky", period)
    units = load_units()
    written = render_blanks(scope_of("cchc-dinh-ky"), draw_with_buttons)
    assert len(written) == len(units)
    for unit in {unit.type: unit for unit in units}.values():
        anew = draw_with_buttons(plan_workbook(regime, unit, period), Subject(regime, unit, period))
        assert written[unit.code] == anew, unit.full_name


def test_the_originals_do_not_blow_the_workbook_up(main: Path):
    with zipfile.ZipFile(main) as package:
        macros = package.getinfo("xl/vbaProject.bin").compress_size
    assert main.stat().st_size - macros < 266_000  # of which 25,000 are the lines notes are printed on
    assert macros < 60_000


def test_without_xlwings_the_native_buttons_are_issued_and_the_officer_is_told(
    main: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    drawing.commune_macros.cache_clear()
    try:
        request = IssueRequest(scope_of("cchc-dinh-ky"), tmp_path, (UNIT.code,))
        result = issue_workbooks(request)
    finally:
        monkeypatch.undo()
        drawing.commune_macros.cache_clear()
    assert result.without_python
    native = {(caption, macro) for caption, macro, _ in stored_buttons(result.paths[0])}
    assert native < {(caption, macro) for caption, macro, _ in stored_buttons(main)}
    assert {"TinhLaiVaKiemTra", "XuatBanNop", "GhiBangDan"} <= {macro for _, macro in native}
    assert "KiemTraSau" not in {macro for _, macro in native}
    assert lint_package(result.paths[0].read_bytes()) == []


def test_openpyxl_keeps_code_and_buttons(main: Path, tmp_path: Path):
    book = openpyxl.load_workbook(main, keep_vba=True)
    book["Biểu 1"]["D7"] = 8
    saved = tmp_path / "openpyxl.xlsm"
    book.save(saved)
    assert parts_of(saved)["xl/vbaProject.bin"] == parts_of(main)["xl/vbaProject.bin"]
    assert sorted(stored_buttons(saved)) == sorted(stored_buttons(main))
    read = {o.indicator: o.value for o in read_one(str(saved), load_units()).observations}
    assert read["bieu1_1"] == 8


@pytest.mark.libreoffice
def test_libreoffice_keeps_code_and_buttons(main: Path, tmp_path: Path):
    wanted = sorted((b.caption, b.macro) for b in planned_buttons("cchc-dinh-ky"))
    assert sorted((b.caption, b.macro) for b in buttons(main)) == wanted
    (saved,) = to_xlsm([main], tmp_path)
    assert sorted((caption, macro) for caption, macro, _ in stored_buttons(saved)) == wanted
    stored = read_with_oletools(parts_of(saved)["xl/vbaProject.bin"])
    for module in MODULES:
        if module.name in THIRD_PARTY:  # LibreOffice forgets which modules are classes
            continue
        ours = [line for line in module.source.splitlines() if line and not line.startswith("Attribute")]
        theirs = set(stored[module.name].decode().splitlines())
        assert [line for line in ours if line not in theirs] == [], module.name
    free = without_macros(open_gate(saved.read_bytes()))
    left = [name for name in free if re.search(r"vba|ctrlProp|vmlDrawing|activeX", name)]
    assert left == []
    assert b"legacyDrawing" not in b"".join(free.values())
    plain = tmp_path / "khong-macro.xlsx"
    plain.write_bytes(write_package(free.items()))
    assert openpyxl.load_workbook(plain).sheetnames == openpyxl.load_workbook(main).sheetnames


@pytest.mark.libreoffice
@pytest.mark.parametrize("regime_id", regime_ids())
def test_the_buttons_work_in_every_regime(tmp_path: Path, regime_id: str):
    status, twin = "Trang chính!A8", tmp_path / "nut.xlsm"
    twin.write_bytes(render_twin(planned(regime_id), MODULES))
    seen = press(twin, ["TinhLaiVaKiemTra", "KhoiPhucCongThuc"], [status])
    assert seen.after[0][status].startswith("Đã tính lại lúc"), seen.after
    assert seen.after[1][status].startswith("✔ Đã khôi phục 0 "), seen.after


def test_filling_an_xlsm_changes_sheets_only(main: Path, tmp_path: Path):
    values, out = tmp_path / "so.csv", tmp_path / "dien.xlsm"
    values.write_text(FIGURES, encoding="utf-8")
    assert run("fill", main, values, "--out", out).returncode == 0
    old, new = parts_of(main), parts_of(out)
    changed = {name for name in old if old[name] != new.get(name)}
    assert list(old) == list(new)
    assert all(name.startswith("xl/worksheets/sheet") for name in changed), changed
    assert lint_package(out.read_bytes(), MODULES) == []


def test_an_xlsm_filled_into_an_xlsx_has_no_macro_and_the_same_figures(main: Path, tmp_path: Path):
    values, kept, free = tmp_path / "so.csv", tmp_path / "dien.xlsm", tmp_path / "dien.xlsx"
    values.write_text(FIGURES, encoding="utf-8")
    for out in (kept, free):
        assert run("fill", main, values, "--out", out).returncode == 0
    parts = parts_of(free)
    assert not [name for name in parts if re.search(r"vba|vml|ctrlProp|drawing", name)]
    everything = b"".join(parts.values())
    assert b"macroEnabled" not in everything and b"vbaProject" not in everything
    assert b"legacyDrawing" not in everything
    first, second = read_one(str(kept), load_units()), read_one(str(free), load_units())
    assert first.observations == second.observations
    assert first.verdict == second.verdict
    refused = run("fill", free, values, "--out", tmp_path / "lai.xlsm")
    assert refused.returncode == 2 and ".xlsx" in refused.stderr


def test_notes_and_pictures_stay_when_buttons_go():
    relation = b'<Relationship Id="%s" Type="http://x/%s" Target="%s"/>'
    relations = [(b"rId1", b"vmlDrawing", b"../drawings/v.vml"), (b"rId2", b"drawing", b"../drawings/d.xml")]
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook/>",
        "xl/worksheets/sheet1.xml": b'<w><drawing r:id="rId2"/><legacyDrawing r:id="rId1"/></w>',
        "xl/worksheets/_rels/sheet1.xml.rels": b"<Relationships>%s</Relationships>"
        % b"".join(relation % r for r in relations),
        "xl/drawings/v.vml": b'<xml><v:shape id="a"><x:ClientData ObjectType="Button"/></v:shape>'
        b'<v:shape id="b"><x:ClientData ObjectType="Note"/></v:shape></xml>',
        "xl/drawings/d.xml": b"<xdr:wsDr><xdr:pic/></xdr:wsDr>",
    }
    free = without_macros(parts)
    kept = b'<xml><v:shape id="b"><x:ClientData ObjectType="Note"/></v:shape></xml>'
    assert free == {**parts, "xl/drawings/v.vml": kept}


def test_check_and_merge_take_workbooks_with_macros(main: Path, tmp_path: Path):
    values, folder = tmp_path / "so.csv", tmp_path / "da-nop"
    folder.mkdir()
    values.write_text(FIGURES, encoding="utf-8")
    assert run("fill", main, values, "--out", folder / main.name).returncode == 0
    assert run("check", folder / main.name).returncode == 0
    done = run("merge", folder, "--period", "2026-Q2", "--out", tmp_path / "TongHop.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert openpyxl.load_workbook(tmp_path / "TongHop.xlsx")


def test_the_city_workbook_is_faultless():
    content = city_workbook(scope_of("cchc-dinh-ky"))
    assert lint_package(content, city_modules(macro_folder())) == []
