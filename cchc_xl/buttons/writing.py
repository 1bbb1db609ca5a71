"""Writing blocks of values into an open workbook: every block, or none of them.

Excel has no transaction. What stood in the cells (values, and formulas as formulas) is read before the first
one is written, and goes back when a write fails. A program that collects what is written and carries it out
later has what was collected dropped instead. One that does neither gets nothing written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_xl import texts
from cchc_xl.model.errors import CchcError

if TYPE_CHECKING:
    import xlwings as xw

    from cchc_xl.buttons.outcome import Block, Plain

Grid = list[list[Any]]
_LOOKS_TYPED = frozenset({"TRUE", "FALSE"})  # words Excel would turn into something else


@dataclass(frozen=True)
class _Writing:
    """One block on its way: where, what to type, and what to type to have it as before."""

    cells: xw.Range
    after: Grid
    before: Grid | None


def write_blocks(book: xw.Book, blocks: Sequence[Block]) -> None:
    """Write every block, or leave every cell as it was and raise what stopped the writing.

    Raises CchcError where the program tells no formulas (nothing is written), and where cells did not take
    back what they held.
    """
    queue = _queue(book)
    mark = len(queue) if queue is not None else 0
    plan = [_writing(book, block, is_queued=queue is not None) for block in blocks]
    begun = 0
    try:
        for writing in plan:
            begun += 1
            writing.cells.value = writing.after
    except Exception as fault:
        if queue is None:
            _restore(plan[:begun], fault)
        else:
            del queue[mark:]
        raise


def typed(value: Plain) -> Any:
    """A value as it must be typed: Excel reads texts as numbers, days or formulas unless marked with "'"."""
    from cchc_xl.buttons.outcome import Formula

    if isinstance(value, Formula):
        return value.text
    if not isinstance(value, str) or value == "":
        return value
    plain_word = value[0].isalpha() and not any(character.isdigit() for character in value)
    return value if plain_word and value.upper() not in _LOOKS_TYPED else f"'{value}"


def _writing(book: xw.Book, block: Block, *, is_queued: bool) -> _Writing:
    sheet = book.sheets[block.sheet]
    cells = sheet.range(block.address).resize(len(block.rows), len(block.rows[0]))
    after = [[typed(value) for value in row] for row in block.rows]
    return _Writing(cells, after, None if is_queued else _contents(cells))


def _queue(book: xw.Book) -> list[Any] | None:
    """The writes a program carries out only after the function has ended; None where each happens at once."""
    try:
        found = book.json()["actions"]
    except Exception:  # each engine has its own way of not knowing
        return None
    return found if isinstance(found, list) else None


def _contents(cells: xw.Range) -> Grid:
    """What to type into cells to have them as they are. Raises CchcError where formulas are not told."""
    values: list[list[Plain]] = cells.options(ndim=2).value
    try:
        formulas: Any = cells.formula
    except Exception as fault:
        raise CchcError(texts.text("button_no_formulas", sheet=cells.sheet.name)) from fault
    shape = (len(values), len(values[0]))
    pairs = zip(values, _grid(formulas, shape), strict=True)
    return [[_as_it_stands(*pair) for pair in zip(*rows, strict=True)] for rows in pairs]


def _grid(told: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """Formulas as rows: xlwings gives one cell as a text and one row or column as a flat tuple."""
    rows = told if isinstance(told, (list, tuple)) else (told,)
    flat = [cell for row in rows for cell in (row if isinstance(row, (list, tuple)) else (row,))]
    height, width = shape
    return [flat[start : start + width] for start in range(0, height * width, width)]


def _as_it_stands(value: Plain, formula: Any) -> Any:
    """A formula, or an error that was typed, is told only as a formula; a text "=…" is told alike as both."""
    if isinstance(formula, str) and formula and formula != value:
        is_error = value is None and formula.startswith("#")
        if is_error or formula.startswith("="):
            return formula
    return typed(value)


def _restore(begun: Sequence[_Writing], fault: Exception) -> None:
    """Every block back as it was. Raises CchcError naming the sheets that did not take it."""
    stuck: list[str] = []
    for writing in begun:
        try:
            writing.cells.value = writing.before
        except Exception:
            stuck.append(writing.cells.sheet.name)
    if stuck:
        reason = " ".join(str(fault).split())[:200]
        sheets = ", ".join(dict.fromkeys(stuck))
        raise CchcError(texts.text("button_half", reason=reason, sheet=sheets)) from fault
