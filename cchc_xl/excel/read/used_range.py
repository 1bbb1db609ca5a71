"""Bounds on the used range of worksheets, counted on the bytes before any parser sees them."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.excel.opc.limits import Limits
from cchc_xl.model.errors import WorkbookRefused

_HEAD = 4096  # bytes in which a sheet declares its root and dimension
_WORKSHEET = re.compile(rb"<(\w+:)?worksheet\b")
_DIMENSION = re.compile(rb"""dimension\s[^>]*?ref=["']([^"']*)["']""")
_CORNER = re.compile(rb"\$?([A-Za-z]{0,3})\$?(\d{0,7})")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,9})["']""")


def column_number(letters: bytes | str) -> int:
    """1 for A, 26 for Z, 27 for AA."""
    number = 0
    for letter in letters.upper().encode() if isinstance(letters, str) else letters.upper():
        number = number * 26 + letter - 64
    return number


@lru_cache(maxsize=1024)  # sheets issued alike declare the same dimensions
def is_outside(reference: bytes, limits: Limits) -> bool:
    """Whether a cell or range ("A1:E40") reaches beyond the bounds, or is no reference at all."""
    for corner in reference.split(b":"):
        match = _CORNER.fullmatch(corner)
        if match is None:
            return True
        if column_number(match[1]) > limits.columns or int(match[2] or 0) > limits.rows:
            return True
    return False


def _last_row(content: bytes, prefix: bytes) -> int:
    at = content.rfind(b"<" + prefix + b"row ")
    match = _ROW_NUMBER.search(content, at, at + 400) if at >= 0 else None
    return int(match[1]) if match else 0


def check_used_range(name: str, content: bytes, limits: Limits) -> None:
    """Refuse sheets whose declared or real used range, rows or cells go far beyond any report.

    Rows out of order are left to the reader, which looks at every cell anyway.
    """
    head = content[:_HEAD]
    root = _WORKSHEET.search(head) if b"worksheet" in head else None
    if root is None:
        return
    prefix = root[1] or b""
    dimension = _DIMENSION.search(head)
    if dimension and is_outside(dimension[1], limits):
        raise WorkbookRefused("used_range", part=name)
    if _last_row(content, prefix) > limits.rows:
        raise WorkbookRefused("used_range", part=name)
    if len(content) > limits.small_part:
        rows = content.count(b"<" + prefix + b"row")
        cells = content.count(b"<" + prefix + b"c ")
        if rows > limits.rows or cells > limits.cells:
            raise WorkbookRefused("used_range", part=name)
