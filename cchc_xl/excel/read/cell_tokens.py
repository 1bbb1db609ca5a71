"""Cells of a worksheet part as bare tokens, in whichever way they were found.

`ordinary_cells` finds them by pattern at C speed where it can prove every byte of the sheet to be what it
takes it for; `parsed_cells` by the XML parser, whatever the form. Both give the same tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

MAIN_NAMESPACES = frozenset(
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict
    )
)
# One cell as stored: address, style, type, the opening tag of its formula ("" when it holds none), the
# formula's text, value, inline text. A plain tuple: there are thousands in a file.
Token = tuple[str, str, str, str, str, str, str]


class Master(NamedTuple):
    """The cell that holds the text of a shared formula."""

    address: str
    group: str  # its "si"
    area: str  # its "ref": the cells that may follow it
    formula: str


class SheetTokens(NamedTuple):
    """What one worksheet part holds; `masters` gives its shared formulas when one is needed.

    `escaped`: the tokens' texts still hold XML escapes.
    """

    cells: Mapping[str, Token]  # by address: those with a value or a formula
    escaped: bool
    merged: tuple[str, ...]
    hidden_rows: frozenset[int]
    masters: Callable[[], list[Master]]
    hidden_columns: frozenset[int] = frozenset()


LEAST_HEIGHT, LEAST_WIDTH = 3.0, 0.5  # points, characters: below them nothing can be read
_WIDEST = 1024  # columns a report can have


def is_row_unseen(attributes: Mapping[str, str]) -> bool:
    """Whether a row's attributes hide it, or leave it no height to show anything."""
    return attributes.get("hidden") in ("1", "true") or _below(attributes.get("ht"), LEAST_HEIGHT)


def unseen_columns(attributes: Mapping[str, str]) -> range:
    """The columns that a `col` element hides, or leaves no width."""
    if attributes.get("hidden") in ("1", "true") or _below(attributes.get("width"), LEAST_WIDTH):
        first, last = (attributes.get(name, "") for name in ("min", "max"))
        if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6:
            return range(int(first), min(int(last), _WIDEST) + 1)
    return range(0)


def _below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False
