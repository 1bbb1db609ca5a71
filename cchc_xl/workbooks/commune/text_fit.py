"""How high a row must be for its wrapped text: spreadsheet programs do not fit rows of merged or rich cells.

Widths are those of Times New Roman in thousandths of the font size.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_GROUPS = {
    250: " .,",
    278: "ijlt/:;|",
    333: "fr()-I°·",
    389: "sJ",
    444: "acez",
    556: "FPS",
    611: "ELTZ",
    722: "wABCDGHKNOQRUVXY",
    833: "m%",
    889: "MW→",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_DEFAULT, _BOLD, _SAFETY = 500, 1.07, 1.03
_PIXELS_PER_CHARACTER, _CELL_PADDING, _POINTS_PER_PIXEL = 7, 5, 0.75
_LINE, _ROW_PADDING = 1.19, 4.0


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text in points."""
    plain = unicodedata.normalize("NFD", text)
    units = sum(_WIDTHS.get(c, _DEFAULT) for c in plain if not unicodedata.combining(c))
    return units / 1000 * size * (_BOLD if bold else 1) * _SAFETY


@lru_cache(maxsize=8192)
def line_count(text: str, columns: float, size: float, bold: bool = False) -> int:
    """Lines a wrapped text takes in a column of that width (in characters, as Excel counts them)."""
    room = (columns * _PIXELS_PER_CHARACTER - _CELL_PADDING) * _POINTS_PER_PIXEL
    space = text_width(" ", size, bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            width = text_width(word, size, bold)
            if used and used + space + width > room:
                lines, used = lines + 1, width
            else:
                used += (space if used else 0) + width
    return lines


def height(*texts: tuple[str, float, float], least: float = 0.0, bold: bool = False) -> float:
    """Row height in points for texts (text, column width, font size) side by side."""
    needed = max(
        (line_count(text, columns, size, bold) * size * _LINE for text, columns, size in texts), default=0.0
    )
    return round(max(least, needed + _ROW_PADDING), 1)
