"""Files as they arrive: every program's way of saving a workbook is read like the workbook it was given."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from support.dialects import DIALECTS, excel
from support.filled_workbooks import PERIODS, filled, filled_bytes
from support.ooxml_validator import validate
from support.places import EXAMPLES
from support.second_readers import as_told, assert_readers_agree

from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.ordinary_cells import ordinary_tokens
from cchc_xl.excel.read.parsed_cells import parsed_tokens
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.figures.numbers import same_formula
from cchc_xl.model import Submission
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.fill import fill_workbook

UNITS = load_units()
REAL = EXAMPLES / "excel-saved" / "federal-awards-workbook-PASS.xlsx"


@cache
def saved(dialect: str) -> Mapping[str, bytes]:
    """The filled workbook of every regime as a program saves it."""
    made = DIALECTS[dialect]({f"{regime}.xlsx": filled_bytes(regime) for regime in PERIODS})
    return {name.removesuffix(".xlsx"): content for name, content in made.items()}


def told(submission: Submission) -> dict[str, object]:
    """Everything a reader of the submission could see, but for the digest and who saved it last when."""
    return {
        name: getattr(submission, name)
        for name in Submission.__dataclass_fields__
        if name not in ("sha256", "modified")
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("regime", PERIODS)
def test_every_program_s_file_is_read_with_the_same_figures_verdict_and_findings(regime, dialect):
    as_filled = told(read_submission("tep.xlsx", filled_bytes(regime), UNITS))
    assert told(read_submission("tep.xlsx", saved(dialect)[regime], UNITS)) == as_filled


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_sheet_is_read_by_pattern_and_the_parser_tells_the_same(dialect):
    for content in saved(dialect).values():
        parts = open_gate(content)
        for sheet in open_workbook(parts).sheets:
            quick = ordinary_tokens(parts[sheet.part])
            assert quick is not None, sheet.name
            assert as_told(quick) == as_told(parsed_tokens(sheet.name, sheet.part, parts[sheet.part]))


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
def test_two_second_readers_see_the_same_numbers_in_every_program_s_file(dialect):
    for regime in ("cchc-dinh-ky", "dot-pha"):
        assert_readers_agree(saved(dialect)[regime])


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_formula_reads_as_it_was_issued(dialect):
    compared = 0
    for regime, content in saved(dialect).items():
        issued, stored = (open_workbook(open_gate(data)) for data in (filled_bytes(regime), content))
        for sheet in issued.sheets:
            cells = stored.cells(sheet.name)
            for address, cell in issued.cells(sheet.name).items():
                if cell.formula is not None:
                    compared += 1
                    assert same_formula(cells[address].formula or "", cell.formula), (sheet.name, address)
    assert compared > 2000


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_blank_that_any_program_saved_is_filled_like_the_one_that_was_issued(dialect, tmp_path: Path):
    blanks: dict[str, Path] = {}
    for regime in ("cchc-dinh-ky", "tthc-thang"):
        (tmp_path / regime).mkdir()
        blanks[regime] = filled(regime, tmp_path / regime)[0]
    made = DIALECTS[dialect]({f"{regime}.xlsx": blank.read_bytes() for regime, blank in blanks.items()})
    for regime, blank in blanks.items():
        blank.write_bytes(made[f"{regime}.xlsx"])
        values, out = tmp_path / regime / "so.csv", tmp_path / regime / "lai.xlsx"
        content = fill_workbook(blank, values, out, load_units()).path.read_bytes()
        as_filled = told(read_submission("x", filled_bytes(regime), UNITS))
        assert told(read_submission("x", content, UNITS)) == as_filled


@pytest.mark.validator
def test_what_excel_would_save_is_valid_for_microsoft_s_own_sdk(tmp_path: Path):
    files = []
    for regime in PERIODS:
        for suffix, plain in ((".xlsx", True), (".xlsm", False)):
            files.append(tmp_path / f"{regime}{suffix}")
            source = {"tep": filled_bytes(regime, plain)}
            files[-1].write_bytes(excel.saved(source)["tep"])
    assert {path.name: errors for path, errors in validate(files).items() if errors} == {}


def test_a_file_with_buttons_saved_by_excel_is_read_alike():
    for regime in PERIODS:
        source = filled_bytes(regime, plain=False)
        content = excel.saved({"tep": source})["tep"]
        assert b"<controls>" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
        assert told(read_submission("x", content, UNITS)) == told(read_submission("x", source, UNITS))


# --- the tool against a file Excel itself saved ----------------------------------------------------------


def _written_again_and_saved() -> tuple[zipfile.ZipFile, zipfile.ZipFile]:
    """A real file, and the same written formula by formula and then saved by the tool."""
    stream = io.BytesIO()
    openpyxl.load_workbook(REAL).save(stream)
    ours = excel.saved({"tep": stream.getvalue()})["tep"]
    return zipfile.ZipFile(REAL), zipfile.ZipFile(io.BytesIO(ours))


def _told_apart_by_no_file(sheet: str) -> str:
    """Without revision marks, which Excel numbers by the order things were made in; ranges sorted."""
    unmarked = re.sub(r' xr:uid="[^"]*"', "", sheet)
    return re.sub(r'(?<= sqref=")[^"]*', lambda match: " ".join(sorted(match[0].split())), unmarked)


def test_the_tool_writes_rows_formulas_and_validations_as_excel_itself_wrote_them():
    real, ours = _written_again_and_saved()
    counted = 0
    for number in range(1, 6):
        name = f"xl/worksheets/sheet{number}.xml"
        sheets = [archive.read(name).decode() for archive in (real, ours)]
        for pattern in (r"<row [^>]*>", r"<f[ >].*?(?:/>|</f>)", r"<sheetProtection.*?/dataValidations>"):
            seen, made = (re.findall(pattern, _told_apart_by_no_file(sheet)) for sheet in sheets)
            assert made == seen, (name, pattern)
            counted += len(seen)
    assert counted > 26_000
    assert ours.read("docProps/app.xml") == real.read("docProps/app.xml")


def test_the_tool_rewrites_what_excel_rewrites():
    content = excel.saved({"tep": filled_bytes("cchc-dinh-ky")})["tep"]
    archive = zipfile.ZipFile(io.BytesIO(content))
    sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    everything = "".join(sheets)
    assert everything.count('t="shared" ref=') == 33 and everything.count('t="shared" si=') == 429
    assert everything.count("<row ") == everything.count(' x14ac:dyDescent="0.25"') - len(sheets)
    assert "<v></v>" not in everything and "inlineStr" not in everything and 't="str"><f' in everything
    book = archive.read("xl/workbook.xml").decode()
    assert "x15ac:absPath" in book and "fullCalcOnLoad" not in book
    formulas = everything.count("<f>") + everything.count("<f ")
    assert archive.read("xl/calcChain.xml").count(b"<c r=") == formulas


def test_names_functions_and_numbers_of_formulas_are_rewritten_and_blanks_stay():
    from support.dialects.excel_parts.formulas import rewritten

    names = {"bieu1_1": "bieu1_1", "tong": "Tong"}
    assert rewritten('if(true, sum(a1:$b$2)+TONG*.5, "a1")', names) == (
        'IF(TRUE, SUM(A1:$B$2)+Tong*0.5, "a1")'
    )
    assert rewritten("'PAKN'!f6+'AB1'!f6+'R1'!f6", names) == "PAKN!F6+'AB1'!F6+'R1'!F6"
    assert rewritten("'kiểm tra'!f6+1.0+1e3+BIEU1_1", names) == "'kiểm tra'!F6+1+1000+bieu1_1"


def test_numbers_are_stored_as_excel_stores_them():
    from support.dialects.excel_parts.worksheet import number_text

    stored = {"0.9932": "0.99319999999999997", "5650": "5650", "0.1": "0.10000000000000001", "0.001": "1E-3"}
    assert {number: number_text(number) for number in stored} == stored


def test_validations_and_conditional_formats_that_look_at_other_sheets_move_to_extensions(tmp_path: Path):
    import xlsxwriter

    path = tmp_path / "tep.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("Một"), book.add_worksheet("Hai")
        other.write("A1", "có")
        sheet.data_validation("B2", {"validate": "list", "source": "=Hai!$A$1:$A$3"})
        sheet.data_validation("B3", {"validate": "integer", "criteria": ">", "value": 0})
        bold = book.add_format({"bold": True})
        rule = {"type": "formula", "criteria": '=Hai!$A$1="có"', "format": bold}
        sheet.conditional_format("B2:B9", rule)
        sheet.set_column("D:D", 9, None, {"hidden": True})
        sheet.protect("", {"sort": False})
    content = excel.saved({"tep": path.read_bytes()})["tep"]
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<dataValidation ") == xml.count("<x14:dataValidation ") == 1
    assert "<xm:f>Hai!$A$1:$A$3</xm:f>" in xml and "<x14:cfRule " in xml and "<cfRule " not in xml
    assert 'max="16384"' in xml and '<sheetProtection sheet="1" objects="1" scenarios="1"/>' in xml
    path.write_bytes(content)
    assert validate([path]) == {path: []}
