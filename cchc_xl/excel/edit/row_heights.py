"""Heights of rows that spreadsheet programs fit to their text, set in a worksheet part already written."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_HEIGHT = re.compile(rb"""\s+ht\s*=\s*(?:"[^"]*"|'[^']*')""")
_OWN = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)["']""")


def set_row_heights(sheet_xml: bytes, heights: Mapping[int, float]) -> bytes:
    """The part with these rows as high as their new text needs, in points, still fitted while one types.

    A row somebody has sized by hand keeps its height; a row that is not stored is left to the program.
    """

    def sized(tag: re.Match[bytes]) -> bytes:
        number = _NUMBER.search(tag[0])
        height = heights.get(int(number[1])) if number else None
        if height is None or _OWN.search(tag[0]):
            return tag[0]
        bare = _HEIGHT.sub(b"", tag[0])
        end = b"/>" if bare.endswith(b"/>") else b">"
        return bare[: -len(end)].rstrip() + b' ht="%s"' % format(height, "g").encode() + end

    return _ROW.sub(sized, sheet_xml) if heights else sheet_xml
