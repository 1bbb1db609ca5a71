"""Workbooks that show one thing and submit another, made from a sound one of any regime.

Each forgery is a builder of bytes; it works on the workbooks of this project and on Excel's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model import Indicator, Kind, Regime
from cchc_xl.model.layout import MAIN, layout_of
from cchc_xl.model.periods import parse_period
from support.filled_workbooks import PERIODS, filled_bytes
from support.hostile_submissions import (
    Parts,
    changed,
    in_turn,
    in_workbook,
    linked,
    meta,
    put,
    sheet_added,
    sheet_part,
)

WORKBOOK, RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OTHER_UNIT, OTHER_PERIODS = "Phường Hồng Bàng", {"Q": "Quý III năm 2026", "M": "Tháng 7 năm 2026"}
COPY = "xl/worksheets/sheet99.xml"
Change = Callable[[Parts], object]


@dataclass(frozen=True)
class Forgery:
    """How a sound workbook is changed; `rules`: one of them must hold or refuse it, naming sheet and cell."""

    build: Callable[[bytes], bytes]
    rules: frozenset[str]
    in_excel: bool = True  # whether the builder finds its way in Excel's XML


@dataclass(frozen=True)
class Target:
    """What the forgeries of a regime change: a whole number above 9 that is typed and counted."""

    regime: Regime
    indicator: Indicator
    sheet: str
    cell: str
    number: int
    unit: str
    period: str

    @property
    def row(self) -> str:
        return self.cell[1:]


@cache
def target_of(regime_id: str) -> Target:
    period = parse_period(PERIODS[regime_id])
    regime = load_regime(regime_id, period)
    layout = layout_of(regime)
    stored = open_workbook(open_gate(filled_bytes(regime_id)))
    for indicator in regime.inputs:
        sheet, address = layout.place(indicator.code)
        cell = stored.cells(sheet).get(address)
        if (
            indicator.kind in (Kind.COUNT, Kind.DECIMAL)
            and cell
            and cell.text.isdigit()
            and int(cell.text) > 9
        ):
            unit = stored.cells("_meta")[stored.defined_names["cchc_ten_don_vi"][1]].text
            return Target(regime, indicator, sheet, address, int(cell.text), unit, period.label)
    raise AssertionError(regime_id)


# --- changes ---------------------------------------------------------------------------------------------


def words_everywhere(old: str, new: str) -> Change:
    """One wording replaced by another wherever texts of cells are stored."""

    def change(parts: Parts) -> None:
        names = [n for n in parts if n == STRINGS or n.startswith("xl/worksheets/sheet")]
        one, other = html.escape(old, quote=False), html.escape(new, quote=False)
        assert any(one.encode() in parts[n] for n in names), old
        for name in names:
            parts[name] = parts[name].replace(one.encode(), other.encode())

    return change


def formatted(sheet: str, address: str, code: str) -> Change:
    """Another number format for one cell, all else of its style kept."""

    def change(parts: Parts) -> None:
        styles, name = parts[STYLES].decode(), sheet_part(parts, sheet)
        opened = re.search(rf'<c r="{address}"([^>]*)>', parts[name].decode())
        assert opened, (sheet, address)
        style = re.search(r' s="(\d+)"', opened[1])
        known = f'<numFmt numFmtId="399" formatCode="{html.escape(code)}"/>'
        styles = (
            _in_list(styles, "numFmts", known)
            if "<numFmts" in styles
            else re.sub(
                r"(<styleSheet[^>]*>)",
                rf'\g<1><numFmts count="1">{known.replace(chr(92), chr(92) * 2)}</numFmts>',
                styles,
            )
        )
        formats = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.S)
        assert formats
        one = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", formats[1], re.S)
        like = re.sub(r' (?:numFmtId|applyNumberFormat)="\w+"', "", one[int(style[1]) if style else 0])
        new = like.replace("<xf ", '<xf numFmtId="399" applyNumberFormat="1" ', 1)
        parts[STYLES] = _in_list(styles, "cellXfs", new).encode()
        cell = re.sub(r' s="\d+"', "", opened[0]).replace("<c ", f'<c s="{len(one)}" ', 1)
        parts[name] = parts[name].replace(opened[0].encode(), _in_order(cell).encode())

    return change


def _in_order(cell: str) -> str:
    return re.sub(r'<c( s="\d+")( r="[A-Z]+\d+")', r"<c\2\1", cell)


def _in_list(styles: str, name: str, element: str) -> str:
    before, mark, after = styles.partition(f"</{name}>")
    assert mark, name
    return re.sub(rf'(<{name} count=")\d+', r"\g<1>999", before) + element + mark + after


def state(sheet: str, value: str) -> Change:
    """A sheet hidden, or shown."""

    def change(parts: Parts) -> None:
        text = parts[WORKBOOK].decode()
        element = re.search(rf'<sheet [^>]*name="{re.escape(sheet)}"[^>]*>', text)
        assert element, sheet
        bare = re.sub(r' state="\w+"', "", element[0])
        parts[WORKBOOK] = text.replace(
            element[0], bare.replace("<sheet ", f'<sheet state="{value}" ')
        ).encode()

    return change


def column(sheet: str, letter: str, attributes: str) -> Change:
    """Other attributes for one column."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        number = ord(letter) - ord("A") + 1
        own = f'<col min="{number}" max="{number}" {attributes}/>'
        text, count = re.subn(
            rf'<col [^>]*min="{number}" max="{number}"[^>]*/>', own, parts[name].decode(), count=1
        )
        assert count, (sheet, letter)
        parts[name] = text.encode()

    return change


def row(sheet: str, number: str, attributes: str) -> Change:
    """One more attribute for one row, in place of those of its height."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        opened = re.search(rf'<row r="{number}"[^>]*>', parts[name].decode())
        assert opened, (sheet, number)
        bare = re.sub(r' (?:ht|customHeight|hidden)="[^"]*"', "", opened[0])
        new = bare.replace(f'<row r="{number}"', f'<row r="{number}" {attributes}')
        parts[name] = parts[name].replace(opened[0].encode(), new.encode())

    return change


def copied(target: Target, tab: str, *, shows: int | None = None, hidden: str = "") -> Change:
    """A copy of the target's sheet under another tab, which shows another figure."""

    def change(parts: Parts) -> None:
        sheet_added(tab, target.sheet)(parts)
        if b"sheet99.xml" not in parts[TYPES]:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            _typed(parts, COPY, kind)
        if shows is not None:
            put(tab, **{target.cell: shows})(parts)
        if hidden:
            state(tab, hidden)(parts)

    return change


def names_to(target: Target, tab: str, *, only: str = "") -> Change:
    """Defined names of the target's sheet (or `only` one) lead to another tab."""
    sheet = re.escape(target.sheet)
    if only:
        pattern = rf'(<definedName name="{only}"[^>]*>)\'?{sheet}\'?!'
        return in_workbook(pattern, rf"\g<1>'{tab}'!")
    return in_workbook(rf">'?{sheet}'?!", f">'{tab}'!")


def title_of(target: Target) -> str:
    return (
        target.regime.forms[0].title
        if len(target.regime.forms) == 1
        else next(f.title for f in target.regime.forms if f.sheet == target.sheet)
    )


# --- programs --------------------------------------------------------------------------------------------


def related(kind: str, part: str, content: bytes, content_type: str, source: str = RELS) -> Change:
    """One more part, led to by a relationship of a kind."""

    def change(parts: Parts) -> None:
        parts[part] = content
        target = f'<Relationship Id="rId97" Type="{_relation_type(kind)}" Target="/{part}"/></Relationships>'
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        found = parts.get(source, empty)
        if b"</Relationships>" not in found:
            found = empty
        parts[source] = found.replace(b"</Relationships>", target.encode())
        _typed(parts, part, content_type)

    return change


def _relation_type(kind: str) -> str:
    microsoft = "http://schemas.microsoft.com/office/2006/relationships"
    return f"{microsoft if kind in ('vbaProject', 'xlMacrosheet') else _OFFICE}/{kind}"


def _typed(parts: Parts, part: str, content_type: str) -> None:
    one = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    parts[TYPES] = parts[TYPES].replace(b"</Types>", one.encode())


def macro_sheet(parts: Parts) -> None:
    """An Excel 4 macro sheet, very hidden."""
    content = b'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>'
    kind = "application/vnd.ms-excel.macrosheet+xml"
    related("xlMacrosheet", "xl/macrosheets/sheet1.xml", content, kind)(parts)
    tab = '<sheet name="Macro1" sheetId="97" state="veryHidden" r:id="rId97"/></sheets>'
    in_workbook("</sheets>", tab)(parts)


def programs(project: bytes) -> dict[str, tuple[Change, str]]:
    """Foreign programs by name: how they get in, and the rule that tells them."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet_rels = "xl/worksheets/_rels/sheet1.xml.rels"
    return {
        "a VBA project of others": (
            related("vbaProject", "xl/vbaProject.bin", project, "application/vnd.ms-office.vbaProject"),
            "foreign_vba",
        ),
        "an Excel 4 macro sheet": (macro_sheet, "foreign_macro_sheet"),
        "an OLE object": (
            related(
                *("oleObject", "xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
                *("application/vnd.openxmlformats-officedocument.oleObject", sheet_rels),
            ),
            "foreign_object",
        ),
        "an embedded package": (
            related(
                *("package", "xl/embeddings/tep.docx", b"PK", "application/octet-stream", sheet_rels),
            ),
            "foreign_object",
        ),
        "a data connection": (
            related(
                *("connections", "xl/connections.xml", b"<connections " + main + b"/>"),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
            ),
            "foreign_connection",
        ),
        "an external link": (linked, "external_links"),
    }


# --- the table -------------------------------------------------------------------------------------------


def _is(*rules: str) -> frozenset[str]:
    return frozenset(rules)


def _wording(target: Target) -> Mapping[str, tuple[Change, frozenset[str]]]:
    sheet, unit_cell = target.sheet, f"C{target.row}"
    unit = target.indicator.unit_of_measure
    retyped = OTHER_PERIODS["M" if target.period.startswith("Tháng") else "Q"]
    banner = f"{target.unit} · {target.period}"
    own_code = next(u.code for u in load_units() if u.full_name == target.unit)
    other = next(u for u in load_units() if u.full_name == OTHER_UNIT)
    everywhere = (words_everywhere(target.unit, OTHER_UNIT), put(MAIN, A3=OTHER_UNIT))
    assert own_code != other.code
    return {
        "another unit of measure": (
            put(sheet, **{unit_cell: f"Nghìn {unit.lower()}"}),
            _is("unit_of_measure_differs"),
        ),
        "a unit of measure a thousandfold": (
            put(sheet, **{unit_cell: "1.000 đơn vị"}),
            _is("unit_of_measure_differs"),
        ),
        "no unit of measure": (put(sheet, **{unit_cell: " "}), _is("unit_of_measure_differs")),
        "another label": (
            put(sheet, **{f"B{target.row}": f"Không phải {target.indicator.label}"}),
            _is("label_differs"),
        ),
        "another row's number": (put(sheet, **{f"A{target.row}": "9.9.9."}), _is("label_differs")),
        "another title": (put(sheet, A3="Kết quả của năm trước"), _is("form_title_differs")),
        "another form's heading": (put(sheet, A2="Biểu mẫu 99"), _is("form_title_differs")),
        "another unit on every sheet": (
            lambda parts: (
                [change(parts) for change in everywhere] and meta(cchc_ten_don_vi=target.unit)(parts)
            ),
            _is("unit_differs"),
        ),
        "another unit on Trang chính": (put(MAIN, A3=OTHER_UNIT), _is("unit_differs")),
        "another unit on one form": (put(sheet, A1=f"{OTHER_UNIT} · {target.period}"), _is("unit_differs")),
        "another period everywhere": (words_everywhere(target.period, retyped), _is("period_differs")),
        "another period on Trang chính": (put(MAIN, A4=retyped), _is("period_differs")),
        "another period on one form": (put(sheet, A1=f"{target.unit} · {retyped}"), _is("period_differs")),
        "other words over one form": (put(sheet, A1=f"{banner} · bản nháp"), _is("unit_differs")),
        "another unit's code, its name garbled": (
            meta(cchc_ma_don_vi=other.code, cchc_ten_don_vi="Phường Hồng B?ng"),
            _is("unit_name_differs", "unit_differs"),
        ),
        "another unit's code, its name emptied": (
            meta(cchc_ma_don_vi=other.code, cchc_ten_don_vi=" "),
            _is("unit_differs", "unit_contradictory"),
        ),
        "another unit's code and name": (
            meta(cchc_ma_don_vi=other.code, cchc_ten_don_vi=OTHER_UNIT),
            _is("unit_differs"),
        ),
        "another period inside": (
            meta(cchc_ky="2026-M07" if retyped.startswith("Tháng") else "2026-Q3"),
            _is("period_differs"),
        ),
    }


FORMATS = {
    "thousands hidden": "#,##0,",
    "millions hidden": "0.0,,",
    "three noughts beside": '0"000"',
    "other digits": '"5612"',
    "nothing": ";;;",
    "words only": '"đủ"',
    "percent": "0%",
    "per mille": '0.0"‰"',
    "a point inside": "0\\.0",
    "a scale word": '#,##0" nghìn"',
    "a sign before": '"-"0',
    "a digit before": "\\1#,##0",
}  # the value below is a whole number of two digits and more


def _formats(target: Target) -> Mapping[str, tuple[Change, frozenset[str]]]:
    expected = {"nothing": "shown_as_nothing", "words only": "shown_as_nothing"}
    cases = {
        f"shown with {name}": (
            formatted(target.sheet, target.cell, code),
            _is(expected.get(name, "shown_as_another")),
        )
        for name, code in FORMATS.items()
    }
    dated = (formatted(target.sheet, target.cell, "dd/mm/yyyy"), _is("date_in_input"))
    return {**cases, "shown with a date": dated}


def _hidden(target: Target) -> Mapping[str, tuple[Change, frozenset[str]]]:
    sheet, code = target.sheet, target.indicator.code
    other = target.number - 1

    def several(*changes: Change) -> Change:
        return lambda parts: [change(parts) for change in changes]

    elsewhere = _is("form_elsewhere", "form_twice", "sheet_hidden")
    return {
        "its sheet hidden": (state(sheet, "hidden"), _is("sheet_hidden")),
        "its sheet very hidden": (state(sheet, "veryHidden"), _is("sheet_hidden")),
        "its column hidden": (column(sheet, "D", 'width="12" hidden="1"'), _is("column_hidden")),
        "its column of no width": (column(sheet, "D", 'width="0" customWidth="1"'), _is("column_hidden")),
        "its row hidden": (row(sheet, target.row, 'hidden="1"'), _is("row_hidden_figure")),
        "its row of no height": (row(sheet, target.row, 'ht="0" customHeight="1"'), _is("row_hidden_figure")),
        "a visible copy with another figure": (
            copied(target, f"{sheet} (2)", shows=other),
            _is("form_twice"),
        ),
        "a visible copy in front of a hidden original": (
            several(copied(target, f"{sheet} mới", shows=other), state(sheet, "hidden")),
            _is("sheet_hidden", "form_twice"),
        ),
        "names to a very hidden copy": (
            several(copied(target, "so_lieu", shows=other, hidden="veryHidden"), names_to(target, "so_lieu")),
            elsewhere,
        ),
        "names to a visible copy": (
            several(copied(target, "Số liệu", shows=other), names_to(target, "Số liệu")),
            elsewhere,
        ),
        "one name to a hidden copy": (
            several(
                copied(target, "so_lieu", shows=other, hidden="hidden"),
                names_to(target, "so_lieu", only=code),
            ),
            elsewhere,
        ),
        "one name to a visible copy": (
            several(copied(target, "Bản 2", shows=other), names_to(target, "Bản 2", only=code)),
            elsewhere,
        ),
        "a copy under the name of a guide": (
            several(
                lambda parts: in_workbook(r'name="Hướng dẫn"', 'name="Giúp"')(parts),
                copied(target, "Hướng dẫn", shows=other),
            ),
            _is("form_twice"),
        ),
    }


def _built(change: Change) -> Callable[[bytes], bytes]:
    return in_turn(change)


@cache
def forgeries_of(regime_id: str) -> Mapping[str, Forgery]:
    """Every forgery of a regime's workbook, by name."""
    target = target_of(regime_id)
    cases = {**_wording(target), **_formats(target), **_hidden(target)}
    return {name: Forgery(_built(change), rules) for name, (change, rules) in cases.items()}


__all__ = ["FORMATS", "Forgery", "Target", "changed", "forgeries_of", "programs", "target_of"]
