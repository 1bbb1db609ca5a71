"""One worksheet as Excel saves it: cells, formulas, and everything around them in its own order and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from support.dialects.excel_parts.formulas import column_number, shared_blocks
from support.dialects.excel_parts.strings import SharedStrings, space
from support.dialects.excel_parts.styles import Styles
from support.dialects.excel_parts.validations import (
    UID,
    Rewrite,
    conditional_formats,
    mark,
    validations,
)
from support.dialects.excel_parts.xml import (
    HEADER,
    MAIN,
    MC,
    OFFICE,
    X14,
    X14AC,
    XDR,
    XR,
    XR2,
    XR3,
    attributes,
    escaped,
    in_order,
    local_name,
    main,
    written,
)

_ROOT = (
    f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"%s xmlns:mc="{MC}" mc:Ignorable="x14ac xr xr2 xr3"'
    f' xmlns:x14ac="{X14AC}" xmlns:xr="{XR}" xmlns:xr2="{XR2}" xmlns:xr3="{XR3}" xr:uid="%s">'
)
_WITH_CONTROLS = f' xmlns:xdr="{XDR}" xmlns:x14="{X14}"'
_DESCENT = f"{{{X14AC}}}dyDescent"
_ROW = ("r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed")
_COLUMN = ("min", "max", "width", "style", "hidden", "bestFit", "customWidth", "outlineLevel", "collapsed")
_PROTECTION = (
    *("algorithmName", "hashValue", "saltValue", "spinCount", "password", "sheet", "objects", "scenarios"),
    *("formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows", "insertHyperlinks"),
    *("deleteColumns", "deleteRows", "selectLockedCells", "sort", "autoFilter", "pivotTables"),
    "selectUnlockedCells",
)
_ALLOWED_WHEN_ABSENT = frozenset(
    ("sheet", "objects", "scenarios", "selectLockedCells", "selectUnlockedCells")
)  # their default is 0, that of the others 1
_SPAN_ROWS = 16
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]+)")


@dataclass
class SavedSheet:
    """What the rest of the package must know of a written sheet."""

    xml: bytes
    formula_cells: list[str] = field(default_factory=list)


def used_indexes(root: Element) -> tuple[set[int], set[int]]:
    """Shared strings and cell formats a worksheet uses."""
    strings = {
        int(cell.findtext(main("v")) or 0)
        for cell in root.iter(main("c"))
        if cell.get("t") == "s" and cell.find(main("v")) is not None
    }
    styled = [*root.iter(main("c")), *root.iter(main("row"))]
    formats = {int(element.get("s", "0")) for element in styled}
    return strings, formats | {int(column.get("style", "0")) for column in root.iter(main("col"))}


class Worksheet:
    """Writes one sheet; `number` counts the sheets of the workbook from 0."""

    def __init__(
        self, root: Element, number: int, strings: SharedStrings, styles: Styles, rewrite: Rewrite
    ) -> None:
        self._root, self._number = root, number
        self._strings, self._styles, self._rewrite = strings, styles, rewrite
        self._formulas: dict[tuple[int, int], str] = {}
        self._shared: dict[tuple[int, int], str] = {}

    def saved(self, controls: str, relations: Mapping[str, str]) -> SavedSheet:
        """`controls`: the buttons' XML; `relations`: new r:id by element ("drawing", "pageSetup")."""
        for cell in self._root.iter(main("c")):
            formula = cell.find(main("f"))
            if formula is not None and formula.text:
                self._formulas[_place(cell)] = self._rewrite(formula.text)
        for index, block in enumerate(shared_blocks(self._formulas)):
            (column, first), last = block[0], block[-1][1]
            letters = _letters(column)
            child = f'<f t="shared" si="{index}"/>'
            self._shared.update(dict.fromkeys(block[1:], child))
            text = escaped(self._formulas[block[0]])
            opened = f'<f t="shared" ref="{letters}{first}:{letters}{last}" si="{index}">'
            self._shared[block[0]] = f"{opened}{text}</f>"
        identity = mark(1, self._number, 0)
        pieces = [HEADER, _ROOT % (_WITH_CONTROLS if controls else "", identity)]
        pieces += self._children(controls, relations)
        places = [f"{_letters(column)}{row}" for column, row in self._formulas]
        return SavedSheet("".join((*pieces, "</worksheet>")).encode(), places)

    def _children(self, controls: str, relations: Mapping[str, str]) -> Iterator[str]:
        extensions: list[str] = []
        formats = self._root.findall(main("conditionalFormatting"))
        drawing = f'<drawing r:id="{relations["drawing"]}"/>' if "drawing" in relations else ""
        for element in self._root:
            local = local_name(element)
            if local == "conditionalFormatting":
                if element is formats[0]:
                    text, extension = conditional_formats(
                        formats, self._number, self._rewrite, self._styles.differential
                    )
                    extensions.append(extension)
                    yield text
            elif local == "dataValidations":
                text, extension = validations(element, self._number, self._rewrite)
                extensions.append(extension)
                yield text
            elif local == "legacyDrawing":
                yield drawing + written(element)
                drawing = ""
            else:
                yield self._child(local, element, relations)
        yield drawing + controls
        if any(extensions):
            yield f"<extLst>{''.join(extensions)}</extLst>"

    def _child(self, local: str, element: Element, relations: Mapping[str, str]) -> str:
        special: dict[str, Callable[[Element], str]] = {
            "sheetFormatPr": self._format,
            "cols": self._columns,
            "sheetData": self._data,
            "sheetProtection": self._protection,
            "hyperlinks": self._hyperlinks,
            "autoFilter": self._filter,
            "ignoredErrors": self._ignored,
        }
        if local in special:
            return special[local](element)
        if local in relations:
            element.set(f"{{{OFFICE}}}id", relations[local])
        return written(element)

    def _format(self, element: Element) -> str:
        element.set(_DESCENT, "0.25")
        return written(element)

    def _columns(self, element: Element) -> str:
        columns = list(element)
        for column in columns:
            if "style" in column.attrib:
                column.set("style", self._styles.place(column.attrib["style"]))
            column.attrib = in_order(column.attrib, _COLUMN)
        # A last hidden column hides all that follow: so people shut off the rest of a sheet.
        if columns and columns[-1].get("hidden") == "1":
            columns[-1].set("max", "16384")
        return written(element)

    def _protection(self, element: Element) -> str:
        kept = {
            name: value
            for name, value in in_order(element.attrib, _PROTECTION).items()
            if name not in _PROTECTION[5:] or (value == "1") == (name in _ALLOWED_WHEN_ABSENT)
        }
        element.attrib = kept
        return written(element)

    def _hyperlinks(self, element: Element) -> str:
        for number, link in enumerate(element):
            link.set(UID, mark(5, self._number, number))
        return written(element)

    def _filter(self, element: Element) -> str:
        element.set(UID, mark(9, self._number, 0))
        return written(element)

    def _ignored(self, element: Element) -> str:
        merged: dict[str, dict[str, str]] = {}
        for error in element:
            merged.setdefault(error.get("sqref", ""), {}).update(error.attrib)
        inner = "".join(f"<ignoredError{attributes(given)}/>" for given in merged.values())
        return f"<ignoredErrors>{inner}</ignoredErrors>"

    def _data(self, element: Element) -> str:
        rows = [row for row in element if len(row) or len(row.attrib) > 1]
        spans = _spans(rows)
        inner = "".join(self._row(row, spans) for row in rows)
        return f"<sheetData>{inner}</sheetData>" if inner else "<sheetData/>"

    def _row(self, row: Element, spans: Mapping[int, str]) -> str:
        given = dict(row.attrib)
        block = spans.get((int(given["r"]) - 1) // _SPAN_ROWS)
        if block:
            given["spans"] = block
        if "s" in given:
            given["s"] = self._styles.place(given["s"])
        given = in_order(given, _ROW)
        given[_DESCENT] = "0.25"
        inner = "".join(self._cell(cell) for cell in row)
        opened = f"<row{attributes(given)}"
        return f"{opened}>{inner}</row>" if inner else f"{opened}/>"

    def _cell(self, cell: Element) -> str:
        place = _place(cell)
        style = self._styles.place(cell.get("s", "0"))
        given = f' r="{cell.get("r")}"' + (f' s="{style}"' if style != "0" else "")
        formula = self._shared.get(place) or (
            f"<f>{escaped(self._formulas[place])}</f>" if place in self._formulas else ""
        )
        kind, value = self._value(cell, bool(formula))
        typed = f' t="{kind}"' if kind != "n" else ""
        inner = formula + value
        return f"<c{given}{typed}>{inner}</c>" if inner else f"<c{given}/>"

    def _value(self, cell: Element, computed: bool) -> tuple[str, str]:
        """Type and value as stored."""
        kind, stored = cell.get("t", "n"), cell.findtext(main("v"))
        if kind == "inlineStr" or (kind == "str" and not computed):
            inline = "".join(t.text or "" for t in cell.iter(main("t")))
            return "s", f"<v>{self._strings.of_text(inline or stored or '')}</v>"
        if kind == "s":
            return kind, f"<v>{self._strings.of_source(int(stored or 0))}</v>"
        if kind == "str":
            text = stored or ""
            return kind, f"<v{space(text)}>{escaped(text)}</v>" if text else "<v/>"
        if stored is None or stored == "":
            return "n", ""
        return kind, f"<v>{number_text(stored) if kind == 'n' else escaped(stored)}</v>"


def number_text(stored: str) -> str:
    """A number as Excel stores it: 17 digits where the double needs them, E notation for small ones."""
    value = float(stored)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    plain = f"{value:.17g}"
    scientific = f"{value:.16E}"
    digits, _, exponent = scientific.partition("E")
    short = f"{digits.rstrip('0').rstrip('.')}E{int(exponent):+d}"
    small = abs(value) < 0.1 and (len(short) < len(plain) or len(plain) > 15)
    return short if small or "e" in plain else plain


def _spans(rows: list[Element]) -> dict[int, str]:
    """First and last column of each block of 16 rows."""
    found: dict[int, list[int]] = {}
    for row in rows:
        block = (int(row.get("r", "0")) - 1) // _SPAN_ROWS
        found.setdefault(block, []).extend(_place(cell)[0] for cell in row)
    return {block: f"{min(columns)}:{max(columns)}" for block, columns in found.items() if columns}


def _place(cell: Element) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(cell.get("r", ""))
    assert match, cell.attrib
    return column_number(match[1]), int(match[2])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
