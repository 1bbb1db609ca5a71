"""Shared strings: rich text runs joined, phonetic guides left out, declared counts ignored."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.excel.opc.xml_parts import Attributes, decode_characters, local_name, unescape, walk
from cchc_xl.excel.read.plain_xml import ATTRIBUTES, DECLARATION, PRESERVE, SPACE, is_well_formed, plain_text

_HEAD = re.compile(DECLARATION + rb"<sst(?: [^<>]*)?>\s*")
_END = b"</sst>"
_TEXT = f"<t{PRESERVE} ?(?:/>|>[^<]*</t>){SPACE}"
_PROPERTIES = f"<rPr>{SPACE}(?:<[A-Za-z]+{ATTRIBUTES} ?/>{SPACE})*</rPr>{SPACE}"
_ITEM = re.compile(f"{SPACE}(?:{_TEXT}|(?:<r>{SPACE}(?:{_PROPERTIES})?{_TEXT}</r>{SPACE})*)</si>{SPACE}")
_WRITTEN = re.compile("<t(?: [^<>]*)?>([^<]*)</t>")
_TWICE = re.compile(' ([A-Za-z:]+)="[^"]*"[^<>]* \\1="')


def read_strings(part: str, content: bytes) -> list[str]:
    """The strings in order. Raises WorkbookRefused when the part is not well-formed."""
    strings = _ordinary(content)
    return _parsed(part, content) if strings is None else strings


def _ordinary(content: bytes) -> list[str] | None:
    """Strings by pattern; None unless the part holds nothing but items of the forms programs write."""
    body = content.rstrip()
    head = _HEAD.match(body)
    if head is None or not body.endswith(_END) or not is_well_formed(head[0] + _END):
        return None
    before, *items = body[head.end() : -len(_END)].split(b"<si>")
    strings = [_string(item) for item in items]
    return None if before or None in strings else strings  # type: ignore[return-value]


@lru_cache(maxsize=8192)  # workbooks issued alike carry the same strings
def _string(item: bytes) -> str | None:
    """The string in the bytes behind "<si>"; None when they are not what programs write."""
    text = plain_text(item)
    if text is None or not _ITEM.fullmatch(text) or ("<rPr>" in text and _TWICE.search(text)):
        return None
    return decode_characters(unescape("".join(_WRITTEN.findall(text))))


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
