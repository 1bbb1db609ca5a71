"""What a button leaves behind: blocks of plain values to write, one line to say, where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_xl import texts
from cchc_xl.model.layout import EXCHANGE, EXCHANGE_ROWS, FIRST_EXCHANGE_ROW
from cchc_xl.model.planned import CellValue

_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula ("=…"), told apart from a text that merely begins with "="."""

    text: str


Plain = int | float | str | datetime | Formula | None


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of values, its upper left cell at `address`."""

    sheet: str
    address: str
    rows: tuple[tuple[Plain, ...], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """The number format of a range whose rows hold different things from run to run."""

    sheet: str
    address: str
    number_format: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a button's work."""

    message: str
    blocks: tuple[Block, ...] = ()
    show: str | None = None  # sheet to bring to the front
    looks: tuple[Look, ...] = ()


def plain(value: CellValue) -> Plain:
    """A planned value as every spreadsheet program takes it."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, (str, int, float)):
        return value
    return int(value) if value == int(value) else float(value)


def listing(rows: Sequence[tuple[Plain, ...]]) -> Block:
    """The table of the exchange sheet, old lines wiped; what does not fit is counted in the last line."""
    shown = [(number, *row) for number, row in enumerate(rows[:EXCHANGE_ROWS], start=1)]
    if len(rows) > EXCHANGE_ROWS:
        rest = len(rows) - EXCHANGE_ROWS + 1
        more = texts.text("exchange_more", count=rest)
        shown[-1] = (None, None, None, more, None, None, None)
    blank = (None,) * _COLUMNS
    lines = (*shown, *(blank for _ in range(EXCHANGE_ROWS - len(shown))))
    return Block(EXCHANGE, f"A{FIRST_EXCHANGE_ROW}", lines)
