"""Shared strings: rich text runs joined, phonetic guides left out, declared counts ignored."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.excel.opc.xml_parts import Attributes, as_text, decode_characters, local_name, unescape, walk

_TEXT = re.compile(r"<t(?: [^<>]*)?>([^<]*)</t>")


def _parsed(part: str, content: bytes) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    wanted = False
    phonetic = False

    def opened(name: str, _attributes: Attributes) -> None:
        nonlocal wanted, phonetic
        local = local_name(name)
        if local == "t":
            wanted = not phonetic
        elif local == "rPh":
            phonetic = True

    def closed(name: str) -> None:
        nonlocal wanted, phonetic
        wanted = False
        local = local_name(name)
        if local == "si":
            strings.append(decode_characters("".join(pieces)))
            pieces.clear()
        elif local == "rPh":
            phonetic = False

    def text(data: str) -> None:
        if wanted:
            pieces.append(data)

    walk(part, content, opened, closed, text)
    return strings


@lru_cache(maxsize=8192)  # workbooks issued alike carry the same strings
def _string(item: str) -> str:
    return decode_characters(unescape("".join(_TEXT.findall(item))))


class SharedStrings:
    """The strings of one workbook by index; text is decoded when first asked for."""

    def __init__(self, part: str, content: bytes) -> None:
        """Raises WorkbookRefused when the part is no UTF-8, or not well-formed where it needs the parser."""
        text = as_text(part, content)
        items = text.split("<si>")[1:]
        ordinary = not any(mark in text for mark in ("<!", "<rPh", "\r", "<si ", "<si/", ":si"))
        if ordinary and len(items) == text.count("</si>"):
            self._items, self._decoded = items, dict[int, str]()
        else:
            self._items = []
            self._decoded = dict(enumerate(_parsed(part, content)))
        self.count = max(len(self._items), len(self._decoded))

    def __getitem__(self, index: int) -> str:
        """The string; raises KeyError or IndexError beyond `count`."""
        found = self._decoded.get(index)
        if found is None:
            if index >= self.count:
                raise IndexError(index)
            found = self._decoded[index] = _string(self._items[index])
        return found
