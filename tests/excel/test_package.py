from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import hostile

from cchc_xl.excel.edit.package import (
    NewContent,
    Template,
    normalise,
    set_full_calc_on_load,
    splice_cells,
    write_package,
)
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model.errors import WorkbookRefused, WriteRefused

PARTS = dict(hostile.parts_of(hostile.valid_workbook()))
SHEET = PARTS[hostile.SHEET]
FORMULA = "IF(D9<1,D10,D10/D9)"


def read(sheet_xml: bytes, address: str):
    cells = open_workbook({**PARTS, hostile.SHEET: sheet_xml}).cells("Biểu 1")
    return cells.get(address)


def prefixed(sheet_xml: bytes) -> bytes:
    """The same sheet with every element of the main namespace written with a prefix."""
    with_prefix = re.sub(rb"<(/?)(?![?!])(\w)", rb"<\1x:\2", sheet_xml)
    return with_prefix.replace(b'xmlns="', b'xmlns:x="', 1)


def pretty(sheet_xml: bytes) -> bytes:
    """The same sheet with spaces between elements and single quotes."""
    spaced = re.sub(rb"><(row|c|/row|/sheetData|v|f|/c)\b", rb">\n  <\1", sheet_xml)
    return re.sub(rb'(<c r=)"(\w+)"', rb"\1'\2'", spaced)


FORMS = {
    "ordinary": SHEET,
    "prefixed": prefixed(SHEET),
    "pretty": pretty(SHEET),
    "bom": b"\xef\xbb\xbf" + SHEET,
}


def test_a_package_is_the_same_bytes_every_time_and_opens_everywhere():
    first, second = write_package(PARTS.items()), write_package(PARTS.items())
    assert first == second
    assert dict(hostile.parts_of(first)) == PARTS == open_gate(first)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert openpyxl.load_workbook(io.BytesIO(first)).sheetnames == ["Biểu 1", "Biểu 2"]


def test_a_package_with_the_same_part_twice_is_refused():
    with pytest.raises(WriteRefused):
        write_package([("a.xml", b"1"), ("A.xml", b"2")])


def test_normalising_twice_changes_nothing_more():
    once = normalise(hostile.valid_workbook())
    assert normalise(once) == once


def test_a_spliced_template_equals_a_package_written_anew():
    template = Template.from_bytes(hostile.valid_workbook())
    changed = splice_cells(SHEET, {"D9": NewContent.number(12)})
    assert template.splice({hostile.SHEET: changed}) == write_package(
        {**PARTS, hostile.SHEET: changed}.items()
    )
    assert template.splice({}) == write_package(PARTS.items())


def test_a_part_the_template_does_not_have_is_refused():
    with pytest.raises(WriteRefused):
        Template.from_parts(PARTS).splice({"xl/khac.xml": b""})


@pytest.mark.parametrize("form", FORMS)
def test_splicing_changes_only_the_cell_asked_for(form):
    sheet = FORMS[form]
    changed = splice_cells(sheet, {"D9": NewContent.number(Decimal("907"))})
    start = next(i for i in range(len(sheet)) if sheet[i] != changed[i])
    end = next(i for i in range(1, len(sheet)) if sheet[-i] != changed[-i])
    assert b"5650" in sheet[start - 4 : len(sheet) - end + 4]
    assert len(sheet) - start - end < (30 if form == "pretty" else 8)
    assert read(changed, "D9").text == "907"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_xml_is_spliced_and_read_back(form):
    changes = {
        "D9": NewContent.words(' <b>&"=1+1 '),
        "D10": NewContent.blank(),
        "D11": NewContent.cached(0.5),
        "D12": NewContent.cached("không"),
        "D14": NewContent.number(3),
        "B14": NewContent.words("chèn trước"),
        "E14": NewContent.words("chèn sau"),
        "C2": NewContent.number(1),
        "A3": NewContent.number(2),
        "A900": NewContent.number(9),
    }
    changed = splice_cells(FORMS[form], changes)
    cells = open_workbook({**PARTS, hostile.SHEET: changed}).cells("Biểu 1")
    assert (cells["D9"].kind, cells["D9"].text) == ("text", ' <b>&"=1+1 ')
    assert "D10" not in cells
    assert (cells["D11"].text, cells["D11"].formula) == ("0.5", FORMULA)
    assert (cells["D12"].kind, cells["D12"].text) == ("text", "không")
    assert [cells[a].text for a in ("D14", "C2", "A3", "A900")] == ["3", "1", "2", "9"]
    columns = [a for a in cells if a.endswith("14")]
    assert columns == ["B14", "D14", "E14"]
    if form == "ordinary":
        book = openpyxl.load_workbook(io.BytesIO(write_package({**PARTS, hostile.SHEET: changed}.items())))
        assert book["Biểu 1"]["D14"].number_format == "0.00%"
        assert book["Biểu 1"]["D9"].value == ' <b>&"=1+1 '
        assert book["Biểu 1"]["D9"].data_type == "s"


def test_rows_can_be_added_to_an_empty_sheet():
    empty = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", SHEET, flags=re.S)
    changed = splice_cells(empty, {"B7": NewContent.number(7), "A7": NewContent.number(6)})
    assert b'<sheetData><row r="7"><c r="A7">' in changed
    assert read(changed, "B7").text == "7"


def test_a_cached_value_without_a_formula_is_refused():
    for address in ("D9", "Z50"):
        with pytest.raises(WorkbookRefused) as caught:
            splice_cells(SHEET, {address: NewContent.cached(1)})
        assert caught.value.code == "splice_without_formula"


def test_the_master_of_a_shared_formula_is_not_overwritten():
    master = b'<f t="shared" ref="D11:D12" si="0">' + FORMULA.replace("<", "&lt;").encode()
    shared = SHEET.replace(b"<f>" + FORMULA.replace("<", "&lt;").encode(), master)
    assert master in shared
    with pytest.raises(WorkbookRefused) as caught:
        splice_cells(shared, {"D11": NewContent.number(1)})
    assert caught.value.code == "splice_shared_formula"
    assert read(splice_cells(shared, {"D11": NewContent.cached(0.25)}), "D11").text == "0.25"


@pytest.mark.parametrize("broken", [SHEET[:-30], b"<worksheet/>", SHEET.replace(b' r="D9"', b"")])
def test_a_sheet_in_no_ordinary_form_is_refused(broken):
    with pytest.raises(WorkbookRefused):
        splice_cells(broken, {"D9": NewContent.number(1)})


@pytest.mark.parametrize("text", ["nan", "1,5", "", "1_000", "٣", "1</v><v>2"])
def test_only_numbers_are_written_as_numbers(text):
    with pytest.raises(WriteRefused):
        NewContent("number", text)


def test_full_calculation_on_load_is_asked_for_once():
    once = set_full_calc_on_load(PARTS[hostile.WORKBOOK])
    assert once.count(b"fullCalcOnLoad") == 1
    assert set_full_calc_on_load(once) == once
    bare = re.sub(rb"<calcPr[^>]*/>", b"", PARTS[hostile.WORKBOOK])
    added = set_full_calc_on_load(bare)
    assert b'</definedNames><calcPr fullCalcOnLoad="1"/>' in added


numbers = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4),
)


@settings(max_examples=150, deadline=None)
@given(number=numbers, text=st.text(max_size=40), row=st.integers(1, 60))
def test_whatever_is_spliced_in_is_read_back(number, text, row):
    address, beside = f"C{row}", f"D{row}"
    cells = {address: NewContent.number(number), beside: NewContent.words(text)}
    changed = open_workbook({**PARTS, hostile.SHEET: splice_cells(SHEET, cells)}).cells("Biểu 1")
    assert float(changed[address].text) == float(number)
    assert (changed[beside].text if beside in changed else "") == text


def test_a_copy_is_spliced_quickly_enough_to_be_worth_it():
    template = Template.from_bytes(hostile.valid_workbook())
    changes = {f"D{row}": NewContent.number(row) for row in (9, 10, 13, 14)}
    files = {template.splice({hostile.SHEET: splice_cells(SHEET, changes)}) for _ in range(100)}
    assert len(files) == 1
