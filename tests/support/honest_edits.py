"""What officers do to a workbook without changing what it says; nothing of it may be refused or held."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cchc_xl.model.layout import layout_of
from support.forgeries import Target, column, formatted, row, state, target_of
from support.hostile_submissions import Parts, changed, in_workbook, sheet_added, sheet_part

Change = Callable[[Parts], object]
_OWN_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2">'
    '<c r="A2" t="inlineStr"><is><t>Ghi chép riêng</t></is></c><c r="B2"><v>5650</v></c></row></sheetData>'
    "</worksheet>"
)


def _own_sheet(parts: Parts) -> None:
    """A sheet of the officer's own notes."""
    sheet_added("Nháp của tôi", "_meta")(parts)
    parts["xl/worksheets/sheet99.xml"] = _OWN_SHEET.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    one = f'<Override PartName="/xl/worksheets/sheet99.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", one.encode())


def _renamed(target: Target) -> Change:
    """A tab renamed; Excel lets the names and formulas follow."""
    new = f"{target.sheet} đã xong"
    old = re.escape(target.sheet)

    def change(parts: Parts) -> None:
        in_workbook(rf'<sheet name="{old}"', f'<sheet name="{new}"')(parts)
        in_workbook(rf"'?{old}'?!", f"'{new}'!")(parts)
        for name in parts:
            if name.startswith("xl/worksheets/sheet"):
                parts[name] = re.sub(rf"(?<!\w)'?{old}'?!".encode(), f"'{new}'!".encode(), parts[name])

    return change


def _filtered(target: Target) -> Change:
    """Every second filled row of the registers hidden by a filter."""

    def change(parts: Parts) -> None:
        for register in layout_of(target.regime).registers.values():
            row(register.register.sheet, str(register.first_row), 'hidden="1"')(parts)
            name = sheet_part(parts, register.register.sheet)
            area = f'<autoFilter ref="A6:{register.check_column}{register.last_row}"/>'
            for mark in (b"<mergeCells", b"<conditionalFormatting", b"<dataValidations"):
                if mark in parts[name]:
                    parts[name] = parts[name].replace(mark, area.encode() + mark, 1)
                    break

    return change


def edits_of(regime_id: str) -> Mapping[str, Change]:
    """Honest edits of a regime's workbook, by name."""
    target = target_of(regime_id)
    sheet, cell = target.sheet, target.cell
    accounting = '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'
    return {
        "a widened column": column(sheet, "D", 'width="40" customWidth="1"'),
        "the columns beside hidden": column(sheet, "G", 'width="12" hidden="1"'),
        "a taller row": row(sheet, target.row, 'ht="90" customHeight="1"'),
        "a renamed tab": _renamed(target),
        "an added private sheet": _own_sheet,
        "a visible _meta": state("_meta", "visible"),
        "a hidden _meta": state("_meta", "hidden"),
        "filtered registers": _filtered(target),
        "a plain format": formatted(sheet, cell, "General"),
        "grouped by blanks": formatted(sheet, cell, "# ##0"),
        "the accounting style": formatted(sheet, cell, accounting),
        "its unit behind the number": formatted(
            sheet, cell, f'#,##0" {target.indicator.unit_of_measure.lower()}"'
        ),
        "decimals shown": formatted(sheet, cell, "0.00"),
    }


def edited(regime_id: str, *names: str) -> Callable[[bytes], bytes]:
    """A builder that makes some of the edits, all of them without names."""
    edits = edits_of(regime_id)

    def together(parts: Parts) -> None:
        for name in names or edits:
            edits[name](parts)

    return changed(together)
