"""Bounds on XML parts, counted on the bytes at C speed before any parser sees them."""

from __future__ import annotations

import re
from xml.parsers import expat

from cchc_xl.excel.opc.limits import Limits
from cchc_xl.model.errors import WorkbookRefused

_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>""")
_TEXT_DECLARATION = re.compile(r"<\?xml.*?\?>", re.S)
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_HEAD = 4096  # bytes in which a part declares its root, dimension and counts
_COUNT = re.compile(rb"""ount=["'](\d{6,})["']""")
_TAG_MARKS = bytes(byte for byte in range(256) if byte not in b"<\x01\x02")
_DEPTH_RESIDUE = 64


def is_xml(name: str, content: bytes) -> bool:
    """Whether a part is to be judged as XML: by its name, or because it begins like XML."""
    if name.endswith((".xml", ".rels", ".vml")):
        return True
    return content.startswith((b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\x00<"))


def as_utf8(name: str, content: bytes) -> bytes:
    """XML in UTF-8: UTF-16 is converted, so that later byte searches see what a parser would see."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    elif content.startswith((b"<\x00", b"\x00<")):
        codec = "utf-16-le" if content[0] else "utf-16-be"
    else:
        return _plain(name, content)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        raise WorkbookRefused("xml_encoding", part=name) from None
    return _TEXT_DECLARATION.sub("", text, count=1).encode()


def _plain(name: str, content: bytes) -> bytes:
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    match = _DECLARATION.match(start)
    if match and match[1].lower() not in _ENCODINGS:
        raise WorkbookRefused("xml_encoding", part=name)
    if start.startswith(b"<?xml") and not match and b"encoding" in start[: start.find(b"?>")]:
        raise WorkbookRefused("xml_encoding", part=name)
    return content


def check_doctype(name: str, content: bytes) -> None:
    """Refuse document type declarations: no workbook has them, attacks by entities need them."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content[:_HEAD]:
        raise WorkbookRefused("xml_doctype", part=name)


def check_tags(name: str, content: bytes, limits: Limits) -> None:
    """Refuse parts with too many tags or with elements nested too deep."""
    if len(content) <= limits.small_part:
        return
    if content.count(b"<") > limits.tags:
        raise WorkbookRefused("used_range", part=name)
    if not _clearly_flat(content):
        _check_depth_exactly(name, content, limits.depth)


def _clearly_flat(content: bytes) -> bool:
    """Whether pairing off the innermost elements a few times leaves next to nothing."""
    marks = content.replace(b"</", b"\x01").replace(b"/>", b"\x02").translate(None, _TAG_MARKS)
    marks = marks.replace(b"<\x02", b"")
    for _ in range(16):
        if len(marks) <= _DEPTH_RESIDUE:
            return True
        shorter = marks.replace(b"<\x01", b"")
        if len(shorter) == len(marks):
            return False
        marks = shorter
    return False


def _check_depth_exactly(name: str, content: bytes, limit: int) -> None:
    depth = 0

    def opened(_name: str, _attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limit:
            raise WorkbookRefused("xml_depth", part=name)

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", part=name) from None


def check_counts(name: str, content: bytes) -> None:
    """Refuse `count="…"` attributes larger than the part itself: forged to make readers reserve memory."""
    for match in _COUNT.finditer(content[:_HEAD]):
        if len(match[1]) > 10 or int(match[1]) > len(content):
            raise WorkbookRefused("forged_count", part=name)
