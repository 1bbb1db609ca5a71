"""Long texts on paper: cut at blanks into lines by formula, one prepared cell a line.

Rows with formulas are not refitted when they are recalculated, so a line is never left to wrap: each is as
long as its widest letters surely allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_xl.figures.expressions import Node
from cchc_xl.figures.expressions.functions import (
    CAPITALS,
    CHAR,
    FIND,
    IF,
    IFERROR,
    INDEX,
    LEFT,
    LEN,
    MATCH,
    MAX,
    MID,
    SUBSTITUTE,
    TRIM,
)
from cchc_xl.figures.expressions.nodes import area, cell, node

_LINE_FEED = 10
_MARK = "¤"  # in place of the blank where a line ends


@dataclass(frozen=True, slots=True)
class LineWidth:
    """Characters a line may hold: (most of them, capital letters among them at most), widest lines first."""

    limits: tuple[tuple[int, int], ...]
    narrowest: int  # of capitals only


def one_line(key: str) -> Node:
    """A typed text as running text: without line feeds and doubled blanks."""
    return TRIM(SUBSTITUTE(cell(key), CHAR(_LINE_FEED), " "))


def characters(rest: Node, width: LineWidth) -> Node:
    """How many characters the next line may hold."""
    found = node(width.narrowest)
    for most, capitals in reversed(width.limits):
        found = IF(CAPITALS(LEFT(rest, most)) <= capitals, most, found)
    return found


def cut(rest: Node, most: Node) -> Node:
    """How many characters of the rest stand on its next line: all, up to a blank, or as many as fit."""
    head = LEFT(rest, most + 1)
    blanks = LEN(head) - LEN(SUBSTITUTE(head, " ", ""))
    ends = FIND(_MARK, SUBSTITUTE(head, " ", _MARK, blanks)) - 1
    return IF(LEN(rest) <= most, LEN(rest), IFERROR(MAX(1, ends), most))


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Cells of one line: which text it belongs to, what is left of it, how much may and does stand here."""

    text: str
    rest: str
    most: str
    length: str

    @property
    def is_last(self) -> Node:
        """Whether the text ends on this line."""
        return LEN(cell(self.rest)) <= cell(self.length)

    @property
    def shown(self) -> Node:
        return LEFT(cell(self.rest), cell(self.length))


def text_numbered(number: Node, numbers: str, texts: str) -> Node:
    """The text of that number; `numbers` counts the texts there are, row by row."""
    return IFERROR(INDEX(area(texts), MATCH(number, area(numbers), 0)), "")


def line_formulas(
    place: LinePlace, before: LinePlace | None, numbers: str, texts: str, width: LineWidth
) -> Sequence[tuple[str, Node]]:
    """(address, formula) of the cells of one line, in the order they depend on each other."""
    if before is None:
        text: Node = node(1)
        rest = text_numbered(cell(place.text), numbers, texts)
    else:
        text = IF(before.is_last, cell(before.text) + 1, cell(before.text))
        left = TRIM(MID(cell(before.rest), cell(before.length) + 1, LEN(cell(before.rest))))
        rest = IF(before.is_last, text_numbered(cell(place.text), numbers, texts), left)
    return (
        (place.text, text),
        (place.rest, rest),
        (place.most, characters(cell(place.rest), width)),
        (place.length, cut(cell(place.rest), cell(place.most))),
    )
