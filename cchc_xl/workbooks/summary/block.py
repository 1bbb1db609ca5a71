"""A stretch of rows of a sheet: cells, merges, heights and where the next stretch begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cchc_xl.model.planned import Merge, PlannedCell


@dataclass(frozen=True, slots=True)
class Block:
    """`next_row` is the first free row below."""

    cells: tuple[PlannedCell, ...]
    next_row: int
    merges: tuple[Merge, ...] = ()
    heights: dict[int, float] = field(default_factory=dict)


def section(row: int, title: str, explanation: str = "", last: str = "K", height: float = 18.0) -> Block:
    """A coloured heading and a sentence under it."""
    cells = [PlannedCell(f"A{row}", "section", title)]
    merges = [Merge(f"A{row}:{last}{row}", "section")]
    heights = {row: 22.0}
    if explanation:
        row += 1
        cells.append(PlannedCell(f"A{row}", "hint", explanation))
        merges.append(Merge(f"A{row}:{last}{row}", "hint"))
        heights[row] = height
    return Block(tuple(cells), row + 1, tuple(merges), heights)


def joined(blocks: Iterable[Block]) -> Block:
    """Blocks under each other as one."""
    every = list(blocks)
    heights: dict[int, float] = {}
    for block in every:
        heights.update(block.heights)
    return Block(
        tuple(cell for block in every for cell in block.cells),
        every[-1].next_row,
        tuple(merge for block in every for merge in block.merges),
        heights,
    )
