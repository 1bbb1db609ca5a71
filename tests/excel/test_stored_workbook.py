from __future__ import annotations

import io
import random
import re
import subprocess
import unicodedata
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import hostile
from support.second_readers import as_told, assert_readers_agree
from test_package import FORMS, prefixed

from cchc_xl.excel.edit.package import NewContent, Template, splice_cells, write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.number_formats import is_date_format
from cchc_xl.excel.read.ordinary_cells import ordinary_tokens
from cchc_xl.excel.read.parsed_cells import parsed_tokens
from cchc_xl.excel.read.stored_cells import plain_number
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model.errors import WorkbookRefused

DATA = hostile.valid_workbook()
PARTS = open_gate(DATA)


def opened(**changed: bytes):
    return open_workbook({**PARTS, **{name.replace("__", "/") + ".xml": c for name, c in changed.items()}})


def with_sheet(sheet_xml: bytes):
    return open_workbook({**PARTS, hostile.SHEET: sheet_xml})


def with_cell(cell_xml: bytes):
    """The valid workbook whose cell D9 is stored as given."""
    sheet = re.sub(rb'<c r="D9"><v>5650</v></c>', lambda _: cell_xml, PARTS[hostile.SHEET])
    return with_sheet(sheet).cells("Biểu 1")


def seen(cells) -> dict[str, tuple[str, str, str | None]]:
    return {address: (cell.kind, cell.text, cell.formula) for address, cell in cells.items()}


EXPECTED = {
    "A1": ("text", "Biểu mẫu & thống kê", None),
    "B9": ("text", "Số hồ sơ <trực tuyến>", None),
    "D9": ("number", "5650", None),
    "E9": ("text", " hai đầu trống ", None),
    "D10": ("number", "0.9932", None),
    "D11": ("number", "0.000175787", "IF(D9<1,D10,D10/D9)"),
    "D12": ("text", "có", 'IF(D9=0,"","có")'),
    "D13": ("date", "46200", None),
    "D15": ("bool", "TRUE", None),
    "A20": ("text", "ẩn", None),
}


def test_every_cell_is_read_as_stored():
    book = open_workbook(PARTS)
    assert [(s.name, s.state, s.part) for s in book.sheets] == [
        ("Biểu 1", "visible", "xl/worksheets/sheet1.xml"),
        ("Biểu 2", "visible", "xl/worksheets/sheet2.xml"),
    ]
    assert seen(book.cells("Biểu 1")) == EXPECTED
    contents = book.contents("Biểu 1")
    assert contents.merged == ("A1:E1",)
    assert contents.hidden_rows == {20}
    assert book.cells("Biểu 1")["D9"].sheet == "Biểu 1"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_xml_reads_alike(form):
    book = with_sheet(FORMS[form])
    assert seen(book.cells("Biểu 1")) == EXPECTED
    assert book.contents("Biểu 1").hidden_rows == {20}
    assert book.contents("Biểu 1").merged == ("A1:E1",)


def test_pattern_and_parser_agree_on_every_cell():
    for name, content in PARTS.items():
        if "worksheets/sheet" in name:
            quick, slow = ordinary_tokens(content), parsed_tokens("x", name, content)
            assert quick is not None
            assert as_told(quick) == as_told(slow)


def test_a_sheet_with_a_comment_is_left_to_the_parser():
    sheet = PARTS[hostile.SHEET].replace(b'<c r="D9">', b'<!-- <c r="D9"><v>1</v></c> --><c r="D9">')
    assert ordinary_tokens(sheet) is None
    assert with_sheet(sheet).cells("Biểu 1")["D9"].text == "5650"


def test_cdata_and_character_references_are_read():
    assert with_cell(b'<c r="D9"><v><![CDATA[12]]></v></c>')["D9"].text == "12"
    assert with_cell(b'<c r="D9"><v>1&#50;</v></c>')["D9"].text == "12"
    assert with_cell(b'<c r="&#68;9"><v>12</v></c>')["D9"].text == "12"
    assert with_cell(b'<c r="D9" t="str"><v>a_x000D_b &lt;&amp;&quot;&#x1F600;</v></c>')["D9"].text == (
        'a\rb <&"\U0001f600'
    )


def test_a_cell_without_an_address_stands_right_of_its_neighbour():
    cells = with_cell(b'<c r="Z9"><v>1</v></c><c><v>2</v></c>')
    assert cells["AA9"].text == "2"


def test_inline_errors_dates_and_empty_values():
    assert seen(
        with_cell(
            b'<c r="D9" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>'
        )
    )["D9"] == ("text", "a b", None)
    assert seen(with_cell(b'<c r="D9" t="e"><v>#REF!</v></c>'))["D9"] == ("error", "#REF!", None)
    assert seen(with_cell(b'<c r="D9" t="e"><f>A1/0</f><v>#DIV/0!</v></c>'))["D9"][2] == "A1/0"
    assert seen(with_cell(b'<c r="D9" t="d"><v>2026-06-14</v></c>'))["D9"] == ("date", "2026-06-14", None)
    assert "D9" not in with_cell(b'<c r="D9"><v></v></c>')
    assert "D9" not in with_cell(b'<c r="D9"/>')
    assert seen(with_cell(b'<c r="D9"><f>SUM(A1)</f></c>'))["D9"] == ("blank", "", "SUM(A1)")


def test_shared_formulas_are_flagged_and_constant_ones_followed():
    cells = with_cell(
        b'<c r="D9"><f t="shared" ref="D9:F9" si="0">907+4501</f><v>5408</v></c>'
        b'<c r="F9"><f t="shared" si="0"/><v>5408</v></c>'
    )
    assert cells["F9"].formula == "907+4501"
    cells = with_cell(
        b'<c r="D9"><f t="shared" ref="D9:F9" si="0">A9*2</f><v>1</v></c>'
        b'<c r="F9"><f t="shared" si="0"/><v>1</v></c>'
    )
    assert (cells["D9"].formula, cells["F9"].formula) == ("A9*2", "C9*2")


def test_rich_text_is_joined_and_phonetic_guides_are_left_out():
    rich = b"<si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si>"
    guide = b'<si><t>c</t><rPh sb="0" eb="1"><t>xx</t></rPh></si>'
    for strings in (rich + b"<si><t>c</t></si><si/>", rich + guide):
        part = b'<sst xmlns="x" count="9999" uniqueCount="1">' + strings + b"</sst>"
        book = open_workbook({**PARTS, hostile.STRINGS: part})
        sheet = re.sub(rb' t="s"><v>\d+', b' t="s"><v>1', PARTS[hostile.SHEET])
        cells = open_workbook({**PARTS, hostile.STRINGS: part, hostile.SHEET: sheet}).cells("Biểu 1")
        assert cells["B9"].text == "c"
        assert book.cells("Biểu 1")["A1"].text == "ab"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b'<c r="D9" t="s"><v>999</v></c>', "shared_string_index"),
        (b'<c r="D9" t="s"><v>-1</v></c>', "shared_string_index"),
        (b'<c r="D9" t="s"><v>99999999999999999999</v></c>', "shared_string_index"),
        (b'<c r="D9"><v>5.650,1</v></c>', "number_malformed"),
        (b'<c r="D9"><v>1_000</v></c>', "number_malformed"),
        (b'<c r="D9"><v>nan</v></c>', "number_malformed"),
        (b'<c r="D9"><v>1e999</v></c>', "number_malformed"),
        ("<c r='D9'><v>٣٤</v></c>".encode(), "number_malformed"),
        (b'<c r="D9" t="zz"><v>1</v></c>', "cell_type"),
        (b'<c r="D9"><v>1</v></c><c r="D9"><v>2</v></c>', "duplicate_cell"),
        (b"<c r=\"D9\"><v>1</v></c><c r='D9'><v>2</v></c>", "duplicate_cell"),
        (b'<c r="XFD1048576"><v>2</v></c>', "used_range"),
        (b'<c r="D9"><v>1</v></c></x>', "xml_malformed"),
    ],
)
def test_what_cannot_be_trusted_is_refused_by_sheet_and_cell(cell, code):
    with pytest.raises(WorkbookRefused) as caught:
        seen(with_cell(cell + (b"<!---->" if code == "xml_malformed" else b"")))
    assert caught.value.code == code
    assert caught.value.sheet == "Biểu 1"
    if code != "xml_malformed":
        assert caught.value.cell in ("D9", "XFD1048576")


def test_wrong_string_counts_do_no_harm():
    cells = open_workbook({**PARTS, hostile.STRINGS: hostile.wrong_count(PARTS[hostile.STRINGS])}).cells(
        "Biểu 1"
    )
    assert seen(cells) == EXPECTED


def test_names_of_single_cells_are_found_and_broken_ones_listed():
    book = open_workbook(PARTS)
    assert book.defined_names == {"bieu1_1_1": ("Biểu 1", "D9")}
    assert book.broken_names == ("cchc_gone",)
    assert book.name_texts["bieu1_vung"] == "'Biểu 1'!$D$9:$D$12"


def test_names_with_quotes_external_books_and_sheet_scope():
    names = (
        "<definedNames><definedName name='co_nhay'>'It''s'!$A$1</definedName>"
        '<definedName name="a">Sheet1!$B$2:$B$2</definedName>'
        '<definedName name="b">[1]Sheet1!$B$2</definedName>'
        "<definedName name=\"c\">'[x.xlsx]S'!$B$2</definedName>"
        '<definedName name="a" localSheetId="1">Sheet2!$C$3</definedName></definedNames>'
    )
    part = re.sub("<definedNames>.*</definedNames>", lambda _: names, PARTS[hostile.WORKBOOK].decode())
    book = open_workbook({**PARTS, hostile.WORKBOOK: part.encode()})
    assert book.defined_names == {"co_nhay": ("It's", "A1"), "a": ("Sheet1", "B2")}


def test_a_name_met_twice_is_refused():
    twice = PARTS[hostile.WORKBOOK].replace(b'name="bieu1_vung"', b'name="bieu1_1_1"')
    with pytest.raises(WorkbookRefused) as caught:
        open_workbook({**PARTS, hostile.WORKBOOK: twice})
    assert caught.value.code == "duplicate_name"


def test_sheet_names_are_composed_and_twins_refused():
    decomposed = unicodedata.normalize("NFD", "Biểu 1").encode()
    part = PARTS[hostile.WORKBOOK].replace('name="Biểu 1"'.encode(), b'name="' + decomposed + b'"')
    book = open_workbook({**PARTS, hostile.WORKBOOK: part})
    assert book.sheets[0].name == "Biểu 1" != book.sheets[0].raw_name
    assert book.cells(decomposed.decode())["D9"].text == "5650"
    twins = part.replace('name="Biểu 2"'.encode(), 'name="biểu 1"'.encode())
    with pytest.raises(WorkbookRefused) as caught:
        open_workbook({**PARTS, hostile.WORKBOOK: twins})
    assert caught.value.code == "duplicate_sheet"


def test_a_missing_sheet_and_a_missing_workbook_are_refused():
    with pytest.raises(WorkbookRefused) as caught:
        open_workbook(PARTS).cells("Biểu 9")
    assert (caught.value.code, caught.value.sheet) == ("sheet_missing", "Biểu 9")
    with pytest.raises(WorkbookRefused):
        open_workbook({name: content for name, content in PARTS.items() if name != hostile.WORKBOOK})


def test_hidden_sheets_and_properties_are_known():
    part = PARTS[hostile.WORKBOOK].replace(b'sheetId="2"', b'sheetId="2" state="veryHidden"')
    book = open_workbook({**PARTS, hostile.WORKBOOK: part})
    assert book.sheets[1].state == "veryHidden"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", book.modified)


def test_strict_open_xml_reads_like_transitional():
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = {
        name: content.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            office, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in PARTS.items()
    }
    book = open_workbook(open_gate(write_package(strict.items())))
    assert seen(book.cells("Biểu 1")) == EXPECTED


def test_every_part_may_use_a_prefix():
    parts = {
        name: prefixed(c) if name in (hostile.SHEET, hostile.STRINGS, hostile.STYLES) else c
        for name, c in PARTS.items()
    }
    assert seen(open_workbook(open_gate(write_package(parts.items()))).cells("Biểu 1")) == EXPECTED


def test_two_independent_readers_agree_on_every_number():
    assert_readers_agree(DATA)


def test_a_file_saved_by_openpyxl_reads_alike():
    stream = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(DATA))
    book.save(stream)
    cells = open_workbook(open_gate(stream.getvalue())).cells("Biểu 1")
    kept = {a: value for a, value in EXPECTED.items() if value[2] is None}
    assert {a: value for a, value in seen(cells).items() if value[2] is None} == kept
    assert cells["D11"].formula == "IF(D9<1,D10,D10/D9)"


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_reads_alike(tmp_path):
    source = tmp_path / "nguon.xlsx"
    source.write_bytes(DATA)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run(
        [*command, str(tmp_path / "ra"), str(source)], check=True, capture_output=True, timeout=600
    )
    data = (tmp_path / "ra" / "nguon.xlsx").read_bytes()
    book = open_workbook(open_gate(data))
    cells = seen(book.cells("Biểu 1"))
    assert {a: v[:2] for a, v in cells.items() if a != "D11"} == {
        a: v[:2] for a, v in EXPECTED.items() if a != "D11"
    }
    assert float(cells["D11"][1]) == pytest.approx(0.9932 / 5650, abs=1e-9)
    assert book.defined_names["bieu1_1_1"] == ("Biểu 1", "D9")
    assert book.contents("Biểu 1").hidden_rows == {20}
    assert_readers_agree(data)
    template = Template.from_bytes(data)
    part = book.sheets[0].part
    changes = {
        "D9": NewContent.number(907),
        "D10": NewContent.words("KPS"),
        "D11": NewContent.cached(""),
        "C14": NewContent.number(8),
    }
    spliced = template.splice({part: splice_cells(template.parts[part], changes)})
    after = seen(open_workbook(open_gate(spliced)).cells("Biểu 1"))
    new = {"D9": ("number", "907", None), "D10": ("text", "KPS", None), "C14": ("number", "8", None)}
    assert after == {**cells, **new, "D11": ("text", "", cells["D11"][2])}
    assert_readers_agree(spliced)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("0.99319999999999997", "0.9932"),
        ("5650", "5650"),
        ("5650.0", "5650"),
        ("5.65E3", "5650"),
        ("007", "7"),
        ("-3", "-3"),
        ("1e-7", "1e-07"),
        ("0.1+0.2", None),
        (" 1", None),
        ("inf", None),
    ],
)
def test_numbers_are_read_in_their_shortest_notation(stored, read):
    assert plain_number(stored) == read


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_stored_with_17_digits_comes_back_exact(value):
    text = plain_number(f"{value:.17g}")
    assert text is not None and float(text) == value
    assert Decimal(text) == Decimal(repr(value))


@pytest.mark.parametrize(
    "code", ["dd/mm/yyyy", "[$-42A]d mmmm yyyy", "[h]:mm", "yyyy", '"ngày" d', "mm:ss.0"]
)
def test_date_formats_are_recognised(code):
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    ["General", "0.00%", "#,##0", '0 "hồ sơ/ngày"', "[Red]0", r"0\d", "0_d", "@", "0.0E+00", "[$đ-42A]0"],
)
def test_number_formats_are_not_taken_for_dates(code):
    assert not is_date_format(code)


def _mutated(content: bytes, chance: random.Random) -> bytes:
    pieces = (
        b"<c>",
        b"</c>",
        b"<v>",
        b"&#x1;",
        b"&amp;",
        b"<!--",
        b"-->",
        b"'",
        b'"',
        b"\x00",
        b"\xff",
        b"<f>",
        b"1e9",
    )
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(content))
        end = at + chance.choice((0, 0, 1, 5, 30))
        content = content[:at] + chance.choice((*pieces, chance.randbytes(2))) + content[end:]
    return content


def test_mutated_parts_are_read_or_refused_and_never_read_two_ways():
    chance = random.Random(11)
    names = [n for n in PARTS if n.endswith((".xml", ".rels"))]
    read = 0
    for round_number in range(1200):
        name = hostile.SHEET if round_number % 2 else chance.choice(names)
        changed = {**PARTS, name: _mutated(PARTS[name], chance)}
        try:
            book = open_workbook(open_gate(write_package(changed.items())))
            for sheet in book.sheets:
                seen(book.cells(sheet.name))
            quick = ordinary_tokens(book.parts[hostile.SHEET])
            slow = parsed_tokens("x", hostile.SHEET, book.parts[hostile.SHEET])
        except WorkbookRefused:
            continue
        read += 1
        if quick is not None:
            assert as_told(quick) == as_told(slow)
    assert read > 50
