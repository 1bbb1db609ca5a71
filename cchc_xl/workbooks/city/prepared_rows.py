"""Rows of the city workbook that stand ready for what a folder may hold: their look follows their content.

Buttons write values only. A row that is filled gets its frame, a heading its colour, a finding the colour of
its weight, all by conditional styles, so that rows left empty stay white.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import AND, OR
from cchc_xl.figures.expressions.nodes import cell as cell_at
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.model.addresses import cell_position, column_letter, row_of
from cchc_xl.model.planned import ConditionalStyle, PlannedCell, PlannedSheet

_TONES = re.compile(r" (?:bad|warn|good|grey|bold|italic)\b")
_FIRST_COLUMN = "table.text left nowrap"  # headings stand here and run over their neighbours


def with_prepared_rows(
    sheet: PlannedSheet,
    full: PlannedSheet,
    first: int,
    spare: int,
    columns: Sequence[str],
    tones: Sequence[tuple[str, str]] = (),
    *,
    wrap: bool = True,
) -> PlannedSheet:
    """The sheet with `spare` rows more; styles of columns and headings are those of `full`.

    `tones` are (word in column A, style); without `wrap` a long text runs over its empty neighbours.
    Rows from `first` on are thought of as empty.
    """
    planned = {cell.address for cell in sheet.cells}
    last = max(row_of(cell.address) for cell in sheet.cells) + spare
    styles = _column_styles(full, first, columns, "wrap" if wrap else "nowrap")
    fixed = tuple(cell for cell in sheet.cells if row_of(cell.address) < first)
    moving = tuple(
        replace(cell, style=_white(styles, columns, cell))
        for cell in sheet.cells
        if row_of(cell.address) >= first
    )
    spare_cells = tuple(
        PlannedCell(f"{column}{row}", f"{styles[column]} borderless", None)
        for row in range(first, last + 1)
        for column in columns
        if f"{column}{row}" not in planned
    )
    return replace(
        sheet,
        cells=(*fixed, *moving, *spare_cells),
        conditionals=(*sheet.conditionals, *_conditionals(full, first, last, columns, tones)),
        merges=tuple(m for m in sheet.merges if row_of(m.range.partition(":")[0]) < first),
        row_heights={row: height for row, height in sheet.row_heights.items() if row < first},
        page=replace(sheet.page, area=None, breaks=()),
    )


def last_row(sheet: PlannedSheet) -> int:
    """The last row that has a cell."""
    return max(row_of(cell.address) for cell in sheet.cells)


def _white(styles: dict[str, str], columns: Sequence[str], cell: PlannedCell) -> str:
    column = column_letter(cell_position(cell.address)[1] + 1)
    return f"{styles[column]} borderless" if column in columns else cell.style


def _column_styles(full: PlannedSheet, first: int, columns: Sequence[str], folding: str) -> dict[str, str]:
    """The style most cells of each column have, without what only some of them stand out by."""
    used: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for cell in full.cells:
        row, column = cell_position(cell.address)
        letter = column_letter(column + 1)
        plain_cell = cell.style.startswith("table.") and not cell.style.startswith(
            ("table.header", "table.group")
        )
        if letter in used and row + 1 >= first and plain_cell:
            used[letter][_TONES.sub("", cell.style)] += 1
    found = {c: counts.most_common(1)[0][0] if counts else "table.text" for c, counts in used.items()}
    linked = {c: "table.text" if style.startswith("table.link") else style for c, style in found.items()}
    return {**{c: f"{style} {folding}" for c, style in linked.items()}, columns[0]: _FIRST_COLUMN}


def _conditionals(
    full: PlannedSheet, first: int, last: int, columns: Sequence[str], tones: Sequence[tuple[str, str]]
) -> Iterator[ConditionalStyle]:
    area = f"{columns[0]}{first}:{columns[-1]}{last}"
    lead, second = (cell_at(f"${column}{first}") for column in columns[:2])
    for word, style in tones:
        lone = f"{columns[0]}{first}:{columns[0]}{last}"
        yield ConditionalStyle(lone, to_excel(Formula(lead.equals(word))), style)
    here = cell_at(f"{columns[0]}{first}")
    if heads := _heads(full, columns[0]):
        told = AND(here.differs(""), OR(*(lead.equals(head) for head in heads)))
        yield ConditionalStyle(area, to_excel(Formula(told)), "table.header")
    alone = AND(lead.differs(""), second.equals(""))
    yield ConditionalStyle(area, to_excel(Formula(alone)), "plain bold")
    # With a colour for its weight a line is one of a single table, framed as a whole.
    framed = second if tones else here
    yield ConditionalStyle(area, to_excel(Formula(framed.differs(""))), "table.text")


def _heads(full: PlannedSheet, column: str) -> tuple[str, ...]:
    """What headings of tables begin with."""
    found = (
        str(cell.value)
        for cell in full.cells
        if cell.style.startswith("table.header")
        and re.fullmatch(rf"{column}\d+", cell.address)
        and cell.value
    )
    return tuple(dict.fromkeys(found))
