"""The block of the signature below an appendix, worded as chosen on Trang chính (NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from functools import lru_cache

from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import IF
from cchc_xl.figures.expressions.nodes import cell, node
from cchc_xl.model.contents import Contents
from cchc_xl.model.layout import APPROVER, SIGNED_FOR
from cchc_xl.model.planned import Merge, PlannedCell
from cchc_xl.texts.workbook import SIGNATURE_BLOCKS
from cchc_xl.workbooks.commune.cells import as_typed, shows

HEIGHTS = (8.0, 18.0, 18.0, 18.0, 48.0, 18.0)  # a space, three lines of titles, room for the pen, the name
_STYLE = "legal.bold"


def signature_cells(first: int, contents: Contents) -> tuple[list[PlannedCell], list[Merge]]:
    """The block from row `first` on, in the right half of the page."""
    said = {name: contents.declarations.get(name) or None for name in (SIGNED_FOR, APPROVER)}
    cells = [shows(f"C{first + 1 + n}", _STYLE, line, said) for n, line in enumerate(_titles())]
    cells.append(shows(f"C{first + len(HEIGHTS) - 1}", _STYLE, as_typed(APPROVER), said))
    return cells, [Merge(f"{cell.address}:E{cell.address[1:]}", _STYLE) for cell in cells]


@lru_cache(maxsize=1)
def _titles() -> tuple[Formula, ...]:
    """The lines of the chosen wording; nothing as long as none is chosen."""
    lines = []
    for n in range(3):
        line: Node = node("")
        for choice, titles in SIGNATURE_BLOCKS.items():
            line = IF(cell(SIGNED_FOR).equals(choice), titles[n], line) if titles[n] else line
        lines.append(Formula(line))
    return tuple(lines)
