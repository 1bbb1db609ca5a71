"""What is read is well-formed, and nothing among the cells is left to a reader's taste."""

from __future__ import annotations

import os
import random
import re

import pytest
from support import hostile
from support.dialects import excel, openpyxl, ours
from support.filled_workbooks import filled_bytes
from support.second_readers import as_told

from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.ordinary_cells import ordinary_tokens
from cchc_xl.excel.read.parsed_cells import parsed_tokens
from cchc_xl.excel.read.plain_xml import is_well_formed
from cchc_xl.excel.read.shared_strings import _ordinary, _parsed
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model.errors import WorkbookRefused

PARTS = open_gate(hostile.valid_workbook())
SHEET = PARTS[hostile.SHEET]
CELL = b'<c r="D9"><v>5650</v></c>'
MC = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MUTATIONS = int(os.environ.get("CCHC_MUTATIONS", "600"))


def refusal(sheet: bytes) -> WorkbookRefused:
    assert sheet != SHEET
    with pytest.raises(WorkbookRefused) as caught:
        dict(open_workbook({**PARTS, hostile.SHEET: sheet}).cells("Biểu 1"))
    return caught.value


def figure(sheet: bytes) -> str:
    return open_workbook({**PARTS, hostile.SHEET: sheet}).cells("Biểu 1")["D9"].text


@pytest.mark.parametrize(
    "cell",
    [
        b'<4 r="D9"><v>14</v></4>',
        b'<c r="D9"><v>14</v></d>',
        b'<c r="D9" r="D9"><v>14</v></c>',
        b'<c r="D9" s="1" s="2"><v>14</v></c>',
        b'<c r="D9"s="1"><v>14</v></c>',
        b'<c r="D9><v>14</v></c>',
        b'<c r="D9"><v>1&4</v></c>',
        b'<c r="D9"><v>1&nbsp;4</v></c>',
        b'<c r="D9"><v>14]]></v></c>',
        b'<c r="D9"><v>1\x014</v></c>',
        b'<c r="D9"><v>1\xff4</v></c>',
        b'<c r="D9"><v>1\xef\xbf\xbf4</v></c>',
        b'<c r="D9"><v>1&#1;4</v></c>',
        b'<c r="D9"><v>14</v>',
        b'<c r="D9"><v>14</v></c></row>',
        b'<c r="D9" x14ac:dyDescent="1"><v>14</v></c>',
        b'<c r="D9"><f t="shared" t="shared">1</f><v>14</v></c>',
        b'<c r="D9"><v>14</v></c><',
    ],
)
def test_a_sheet_that_is_not_well_formed_is_refused(cell):
    refused = refusal(SHEET.replace(CELL, cell))
    # What has no place among cells is told before the parser comes to the fault.
    assert refused.code in ("xml_malformed", "xml_unusual") and refused.sheet == "Biểu 1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetViews>", b"<sheetViews><4>"),
        (b"</worksheet>", b"<4/></worksheet>"),
        (b"</worksheet>", b"</worksheet><x/>"),
        (b"</worksheet>", b""),
        (b"<sheetViews>", b"<sheetViews foo:bar='1'>"),
        (b"<row r=", b'<row x14ac:dyDescent="0.25" r='),
    ],
)
def test_the_frame_around_the_cells_is_proven_too(old, new):
    assert refusal(SHEET.replace(old, new, 1)).code == "xml_malformed"


FOREIGN = {
    "an alternative around a cell": b"<mc:AlternateContent %s><mc:Choice Requires='x'>%s</mc:Choice>"
    b"</mc:AlternateContent>" % (MC, CELL),
    "an alternative inside a cell": b'<c r="D9"><mc:AlternateContent %s><mc:Fallback><v>5650</v>'
    b"</mc:Fallback></mc:AlternateContent></c>" % MC,
    "a foreign element beside the value": b'<c r="D9"><v>5650</v><x:v xmlns:x="urn:x">1</x:v></c>',
    "a foreign element around the value": b'<c r="D9"><x:y xmlns:x="urn:x"><v>5650</v></x:y></c>',
    "a foreign cell": b'<x:c xmlns:x="urn:x" r="D9"><x:v>1</x:v></x:c>' + CELL,
    "the same namespace by another prefix": b'<x:c xmlns:x="%s" r="D9"><x:v>5650</x:v></x:c>' % MAIN,
    "a cell that leaves the namespace": b'<c xmlns="urn:x" r="D9"><v>5650</v></c>',
    "a foreign attribute": b'<c r="D9" x:v="1" xmlns:x="urn:x"><v>5650</v></c>',
    "processing asked for": b'<c r="D9" mc:MustUnderstand="x" %s><v>5650</v></c>' % MC,
}


@pytest.mark.parametrize("case", FOREIGN)
def test_foreign_content_among_the_cells_is_refused(case):
    refused = refusal(SHEET.replace(CELL, FOREIGN[case]))
    assert (refused.code, refused.sheet) == ("xml_foreign", "Biểu 1")


def test_cells_behind_an_alternative_or_in_a_second_place_are_refused():
    opened = b"<mc:AlternateContent %s><mc:Choice Requires='x'>" % MC
    hidden = SHEET.replace(b"<sheetData>", opened + b"<sheetData>").replace(
        b"</sheetData>", b"</sheetData></mc:Choice></mc:AlternateContent>"
    )
    twice = SHEET.replace(b"</sheetData>", b"</sheetData><sheetData></sheetData>")
    within = SHEET.replace(b"<row ", b"<sheetData/><row ", 1)
    assert {refusal(sheet).code for sheet in (hidden, twice)} == {"xml_foreign"}
    assert refusal(within).code in ("xml_foreign", "xml_unusual")


def test_a_worksheet_of_another_namespace_is_refused():
    assert refusal(SHEET.replace(MAIN, b"urn:other")).code == "xml_unusual"


@pytest.mark.parametrize(
    "outside",
    [
        b"<mc:AlternateContent %s><mc:Choice Requires='x14'><controls/></mc:Choice></mc:AlternateContent>"
        % MC,
        b'<extLst><ext uri="{x}" xmlns:x14="urn:x14"><x14:c r="D9"><x14:v>1</x14:v></x14:c></ext></extLst>',
        b'<extLst><ext uri="{x}"><c r="D9"><v>1</v></c></ext></extLst>',
    ],
)
def test_foreign_content_outside_the_cells_is_ordinary(outside):
    assert figure(SHEET.replace(b"</worksheet>", outside + b"</worksheet>")) == "5650"
    assert ordinary_tokens(SHEET.replace(b"</worksheet>", outside + b"</worksheet>")) is not None


@pytest.mark.parametrize(
    "item",
    [
        b'<si><t>a</t><x:t xmlns:x="urn:x">b</x:t></si>',
        b"<si><mc:AlternateContent %s><mc:Choice Requires='x'><t>a</t></mc:Choice></mc:AlternateContent></si>"
        % MC,
        b'<si><t xmlns="urn:x">a</t></si>',
    ],
)
def test_foreign_content_inside_a_shared_string_is_refused(item):
    table = PARTS[hostile.STRINGS].replace(b"</sst>", item + b"</sst>")
    with pytest.raises(WorkbookRefused) as caught:
        dict(open_workbook({**PARTS, hostile.STRINGS: table}).cells("Biểu 1"))
    assert caught.value.code == "xml_foreign"
    behind = PARTS[hostile.STRINGS].replace(b"</sst>", b'<extLst><x xmlns="urn:x"/></extLst></sst>')
    assert len(open_workbook({**PARTS, hostile.STRINGS: behind}).cells("Biểu 1")) > 5


def test_sheets_and_names_behind_an_alternative_are_refused_and_other_alternatives_are_not():
    opened = b"<mc:AlternateContent %s><mc:Choice Requires='x'>" % MC
    closed = b"</mc:Choice></mc:AlternateContent>"
    book = PARTS[hostile.WORKBOOK]
    for listed in (b"sheets", b"definedNames"):
        start, end = b"<%s>" % listed, b"</%s>" % listed
        hidden = book.replace(start, opened + start).replace(end, end + closed)
        with pytest.raises(WorkbookRefused) as caught:
            open_workbook({**PARTS, hostile.WORKBOOK: hidden})
        assert caught.value.code == "xml_foreign"
    plain = book.replace(b"<bookViews>", opened + b"<x/>" + closed + b"<bookViews>")
    assert open_workbook({**PARTS, hostile.WORKBOOK: plain}).defined_names == {"bieu1_1_1": ("Biểu 1", "D9")}


def test_a_list_of_names_that_is_not_well_formed_is_refused():
    for old, new in ((b"<definedName ", b"<4 "), (b"</definedNames>", b"</definedNames><4/>")):
        with pytest.raises(WorkbookRefused) as caught:
            open_workbook({**PARTS, hostile.WORKBOOK: PARTS[hostile.WORKBOOK].replace(old, new, 1)})
        assert caught.value.code == "xml_malformed"


# --- at random -------------------------------------------------------------------------------------------

PIECES = (
    *(b"<", b">", b"/", b'"', b"'", b"=", b"&", b";", b" ", b"\t", b"\n", b"\r", b"\x00", b"\xff", b"\xc3"),
    *(b"<c>", b"</c>", b"<v>", b"</v>", b"<f>", b"</f>", b"<is>", b"<row>", b"</row>", b"4", b"]]>", b"&x;"),
    *(b"<!---->", b"<?x?>", b"<![CDATA[1]]>", b"&#x1;", b"&amp;", b"&#49;", b"\xef\xbf\xbf", b' x:y="1"'),
    *(b' s="1"', b' r="D9"', b' t="s"', b' xmlns="x"', b'<f t="shared" si="0"/>', b"<sheetData>"),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(content))
        end = at + chance.choice((0, 0, 1, 1, 2, 5, 30))
        content = content[:at] + chance.choice(PIECES) + content[end:]
    return content


def small_sheets() -> list[bytes]:
    """Form sheets as three programs save them; the other three write less that could be mistaken."""
    found = []
    for saved in (ours.saved, excel.saved, openpyxl.saved):
        parts = open_gate(saved({"tep.xlsx": filled_bytes("cchc-dinh-ky")})["tep.xlsx"])
        found += [parts[f"xl/worksheets/sheet{number}.xml"] for number in (3, 4, 17)]
    return found


def test_whatever_the_pattern_accepts_is_well_formed_and_reads_as_the_parser_reads_it():
    chance = random.Random(int(os.environ.get("CCHC_MUTATION_SEED", "9")))
    sheets = small_sheets()
    accepted = 0
    for _ in range(MUTATIONS):
        content = mutated(chance.choice(sheets), chance)
        quick = ordinary_tokens(content)
        if quick is None:
            continue
        accepted += 1
        assert is_well_formed(content)
        assert as_told(quick) == as_told(parsed_tokens("x", "x", content))
    assert accepted > MUTATIONS // 50


def test_whatever_the_pattern_takes_for_strings_is_well_formed_and_reads_as_the_parser_reads_it():
    chance = random.Random(int(os.environ.get("CCHC_MUTATION_SEED", "9")))
    parts = open_gate(excel.saved({"tep": filled_bytes("cchc-dinh-ky")})["tep"])
    whole = parts[hostile.STRINGS]
    items = re.findall(rb"<si>.*?</si>", whole, re.S)
    table = whole[: whole.find(b"<si>")] + b"".join(items[:12]) + b"</sst>"
    accepted = 0
    for _ in range(MUTATIONS):
        content = mutated(table, chance)
        strings = _ordinary(content)
        if strings is not None:
            accepted += 1
            assert is_well_formed(content), content[:300]
            assert strings == _parsed("x", content)
    assert accepted > MUTATIONS // 20
