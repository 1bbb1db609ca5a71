"""Formula texts as Excel writes them from its tokens; formulas filled down become shared ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

BLOCK = 64  # rows Excel puts into one shared formula at most

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>'(?:[^']|'')*'!)
    |(?P<number>(?<![\w.$])(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.!:]))
    |(?P<cell>(?<![\w.$\\])\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(!\\]))
    |(?P<word>[^\W\d]\w*(?:\.\w+)*!?)
    |(?P<other>.)""",
    re.X | re.S,
)
_NEEDS_NO_QUOTES = re.compile(r"'(?![A-Za-z]{1,3}[0-9]+'|[RrCc][0-9]*')[^\W\d][\w.]*'!")
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)")


def rewritten(formula: str, names: Mapping[str, str]) -> str:
    """The text Excel saves. `names`: defined names by their folded form, as they were defined.

    Functions and TRUE in capitals, cells in capitals, names as defined, numbers in shortest notation;
    blanks between tokens stay.
    """
    return "".join(_token(match, names) for match in _TOKEN.finditer(formula))


def _token(match: re.Match[str], names: Mapping[str, str]) -> str:
    kind, text = match.lastgroup, match[0]
    if kind == "number":
        return _number(text)
    if kind == "sheet" and _NEEDS_NO_QUOTES.fullmatch(text):
        return text.replace("'", "")
    if kind == "cell":
        return names.get(text.casefold(), text.upper())
    if kind == "word" and not text.endswith("!"):
        called = match.string[match.end() :].startswith("(")
        plain = text.upper() if called or text.casefold() in ("true", "false") else text
        return names.get(text.casefold(), plain)
    return text


def _number(text: str) -> str:
    value = Decimal(text)
    plain = f"{value.normalize():f}"
    return plain if len(plain) <= 21 else f"{value.normalize():E}"


@lru_cache(maxsize=200_000)  # workbooks issued alike hold the same formulas
def relative(formula: str, column: int, row: int) -> str:
    """The formula with its relative cells as distances: equal texts mean one formula filled down."""
    pieces = []
    for match in _TOKEN.finditer(formula):
        cell = _CELL.fullmatch(match[0]) if match.lastgroup == "cell" else None
        if cell is None:
            pieces.append(match[0])
            continue
        across = cell[2] if cell[1] else f"c{column_number(cell[2]) - column}"
        down = cell[4] if cell[3] else f"r{int(cell[4]) - row}"
        pieces.append(f"\x00{across}\x00{down}\x00")
    return "".join(pieces)


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def shared_blocks(formulas: Mapping[tuple[int, int], str]) -> list[list[tuple[int, int]]]:
    """Cells (column, row) that Excel saves as one shared formula, master first, in the order of the masters.

    Vertical runs of one relative formula, cut every 64 rows.
    """
    shapes = {(column, row): relative(text, column, row) for (column, row), text in formulas.items()}
    blocks: list[list[tuple[int, int]]] = []
    for column, row in sorted(shapes):
        last = blocks[-1] if blocks else []
        follows = bool(last) and last[-1] == (column, row - 1) and len(last) < BLOCK
        if follows and shapes[last[-1]] == shapes[column, row]:
            last.append((column, row))
        else:
            blocks.append([(column, row)])
    return sorted((block for block in blocks if len(block) > 1), key=lambda block: block[0][::-1])
