"""Shared strings: rich text runs joined, phonetic guides left out, declared counts ignored."""

from __future__ import annotations

import re
from xml.parsers import expat

from cchc_xl.excel.opc.xml_parts import Attributes, decode_characters, known_before, unescape
from cchc_xl.excel.read.plain_xml import (
    DECLARATION,
    PRESERVE,
    SPACE,
    is_well_formed,
    plain_text,
)
from cchc_xl.model.errors import WorkbookRefused

_SEPARATOR = "}"
_HEAD = re.compile(DECLARATION + rb"<sst(?: [^<>]*)?>\s*")
_END = b"</sst>"
_TEXT = f"<t{PRESERVE} ?(?:/>|>[^<]*</t>){SPACE}"
_PROPERTY = '<[A-Za-z]+(?: [A-Za-z]+="[^"<]*")* ?/>'
_PROPERTIES = f"<rPr>{SPACE}(?:{_PROPERTY}{SPACE})*</rPr>{SPACE}"
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


@known_before(maxsize=8192, longest=2048)
def _string(item: bytes) -> str | None:
    """The string in the bytes behind "<si>"; None when they are not what programs write."""
    text = plain_text(item)
    if text is None or not _ITEM.fullmatch(text) or ("<rPr>" in text and _TWICE.search(text)):
        return None
    return decode_characters(unescape("".join(_WRITTEN.findall(text))))


def _parsed(part: str, content: bytes) -> list[str]:
    """Strings by the XML parser. What is foreign inside a string is refused: programs show it or do not."""
    strings: list[str] = []
    pieces: list[str] = []
    around: list[str] = []

    def opened(name: str, _attributes: Attributes) -> None:
        uri, _, local = name.rpartition(_SEPARATOR)
        if "si" in around and uri != around[0].rpartition(_SEPARATOR)[0]:
            raise WorkbookRefused("xml_foreign", part=part)
        around.append(local if around else name)

    def closed(_name: str) -> None:
        if around.pop() == "si" and len(around) == 1:
            strings.append(decode_characters("".join(pieces)))
            pieces.clear()

    def text(data: str) -> None:
        if around[-1] == "t" and "si" in around and "rPh" not in around:
            pieces.append(data)

    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", part=part) from None
    return strings
