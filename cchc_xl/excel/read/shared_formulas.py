"""Followers of a shared formula: the text of their master, moved to where they stand.

Excel writes a formula that was filled down once, in the first cell (the master); the others only name it.
ECMA-376 part 1, 18.3.1.40.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cchc_xl.excel.read.cell_tokens import Master
from cchc_xl.model.addresses import cell_position, column_letter, column_position, range_position
from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text

SHARED_FORMULA = text("shared_formula")  # a follower whose own text is not known

_ROWS, _COLUMNS = 1_048_576, 16_384
# Texts and quoted sheet names are passed over; a cell is no part of a longer word, call or number.
_PIECE = re.compile(
    r"""(?P<kept>"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\])
    |(?<![\w.$\\])(?P<cell>(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6}))(?![\w.(\\!])
    |(?<![\w.$\\:])(?P<columns>(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3}))(?![\w.(\\!:])
    |(?<![\w.$\\:])(?P<rows>(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6}))(?![\w.(\\!:])""",
    re.X,
)


class _Outside(Exception):
    """A reference moved off the sheet."""


class SharedFormulas:
    """The shared formulas of one sheet."""

    def __init__(self, masters: Iterable[Master]) -> None:
        self._masters: dict[str, Master | None] = {}
        for master in masters:
            # Two masters of one group: which of them a program follows is its own choice.
            self._masters[master.group] = None if master.group in self._masters else master

    def of_follower(self, group: str, address: str) -> str:
        """The formula of a cell that follows the shared formula `group`.

        `SHARED_FORMULA` when there is no such master, or several, or its area does not hold the cell.
        """
        master = self._masters.get(group)
        if master is None:
            return SHARED_FORMULA
        try:
            top, left, bottom, right = range_position(master.area)
            row, column = cell_position(address)
            from_row, from_column = cell_position(master.address)
        except WriteRefused:
            return SHARED_FORMULA
        if not (top <= row <= bottom and left <= column <= right):
            return SHARED_FORMULA
        return moved(master.formula, row - from_row, column - from_column)


def moved(formula: str, down: int, right: int) -> str:
    """A formula's text with its relative references moved; what leaves the sheet is #REF!."""
    return _PIECE.sub(lambda match: _piece(match, down, right), formula)


def _piece(match: re.Match[str], down: int, right: int) -> str:
    try:
        if match["cell"]:
            _, fixed_column, letters, fixed_row, row = match.group(2, 3, 4, 5, 6)
            return (
                fixed_column + _column(letters, fixed_column, right) + fixed_row + _row(row, fixed_row, down)
            )
        if match["columns"]:
            fixed, first, fixed_last, last = match.group(8, 9, 10, 11)
            return f"{fixed}{_column(first, fixed, right)}:{fixed_last}{_column(last, fixed_last, right)}"
        if match["rows"]:
            fixed, first, fixed_last, last = match.group(13, 14, 15, 16)
            return f"{fixed}{_row(first, fixed, down)}:{fixed_last}{_row(last, fixed_last, down)}"
    except _Outside:
        return "#REF!"
    return match[0]


def _row(number: str, fixed: str, down: int) -> str:
    row = int(number) + (0 if fixed else down)
    if not 0 < row <= _ROWS:
        raise _Outside
    return str(row)


def _column(letters: str, fixed: str, right: int) -> str:
    if fixed or not right:
        return letters
    column = column_position(letters) + 1 + right
    if not 0 < column <= _COLUMNS:
        raise _Outside
    return column_letter(column)
