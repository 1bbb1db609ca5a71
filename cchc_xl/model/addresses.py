"""A1 addresses as zero-based rows and columns."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text as message

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_COLUMNS = re.compile(r"\$?([A-Z]{1,3})(?::\$?([A-Z]{1,3}))?")
_ROWS, _COLUMN_COUNT = 1_048_576, 16_384
SheetCell = tuple[str, str]  # sheet and address: ("Biểu 3", "D9")


@lru_cache(maxsize=65_536)
def cell_position(address: str) -> tuple[int, int]:
    """ "D9" -> (8, 3). Raises WriteRefused for anything but one cell of a sheet."""
    match = _CELL.fullmatch(address)
    if match is None:
        raise WriteRefused(message("write_address", address=address))
    row, column = int(match[2]) - 1, column_position(match[1])
    if row >= _ROWS:
        raise WriteRefused(message("write_address", address=address))
    return row, column


@lru_cache(maxsize=65_536)
def range_position(address: str) -> tuple[int, int, int, int]:
    """ "A5:E6" -> (4, 0, 5, 4); one cell is a range too. Raises WriteRefused."""
    first, _, last = address.partition(":")
    top, left = cell_position(first)
    bottom, right = cell_position(last or first)
    if bottom < top or right < left:
        raise WriteRefused(message("write_address", address=address))
    return top, left, bottom, right


def column_position(letters: str) -> int:
    """ "A" -> 0. Raises WriteRefused beyond column XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= _COLUMN_COUNT:
        raise WriteRefused(message("write_address", address=letters))
    return number - 1


def column_span(address: str) -> range:
    """ "A" or "A:C" -> the columns' positions. Raises WriteRefused."""
    match = _COLUMNS.fullmatch(address)
    if match is None:
        raise WriteRefused(message("write_address", address=address))
    first = column_position(match[1])
    return range(first, column_position(match[2] or match[1]) + 1)


def column_of(address: str) -> str:
    """ "D9" -> "D"."""
    return address.rstrip("0123456789")


def row_of(address: str) -> int:
    """ "D9" -> 9."""
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def column_letter(number: int) -> str:
    """Column letter of a 1-based column number."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
