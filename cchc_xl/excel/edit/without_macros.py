"""A macro-free .xlsx out of the parts of an .xlsm: the project, the buttons and what leads to them go."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from cchc_xl.excel.opc.xml_parts import Relationship, relationships

_WORKBOOK, _TYPES = "xl/workbook.xml", "[Content_Types].xml"
_PROJECT_TYPE = b"application/vnd.ms-office.vbaProject"
_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_WITHOUT = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROJECT_CODE_NAME = re.compile(rb'(<fileVersion\b[^>]*?) codeName="[^"]*"')
_SHAPE = re.compile(rb"<v:shape\b(?:(?!<v:shape\b).)*?</v:shape>", re.DOTALL)
_BUTTON = re.compile(rb"""ObjectType=["'](?!Note)""")
_CONTROLS = re.compile(
    rb"<mc:AlternateContent\b(?:(?!</mc:AlternateContent>).)*?<controls>.*?</controls>.*?</mc:AlternateContent>"
    rb"|<controls>.*?</controls>",
    re.DOTALL,
)
_CONTENT = re.compile(rb"<(?:xdr:pic|xdr:graphicFrame|xdr:cxnSp)\b")


def without_macros(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the same workbook without macros and buttons; notes, pictures and charts stay.

    Cells, styles and defined names are byte by byte what they were. Raises WorkbookRefused for broken XML.
    """
    kept = dict(parts)
    project = {r.target for r in relationships(parts, _WORKBOOK).values() if r.kind == "vbaProject"}
    project |= {r.target for name in project for r in relationships(parts, name).values()}
    _drop(kept, _WORKBOOK, [i for i, r in relationships(parts, _WORKBOOK).items() if r.kind == "vbaProject"])
    dropped = set(project)
    for sheet in [name for name in parts if posixpath.dirname(name) == "xl/worksheets"]:
        dropped |= _without_buttons(kept, sheet)
    for name in dropped:
        kept.pop(name, None)
        kept.pop(_relationships_part(name), None)
    kept[_WORKBOOK] = _PROJECT_CODE_NAME.sub(rb"\1", kept[_WORKBOOK])
    kept[_TYPES] = _types_without(kept[_TYPES], dropped)
    return kept


def _without_buttons(kept: dict[str, bytes], sheet: str) -> set[str]:
    """Take the buttons off a sheet; the parts that nothing needs any more."""
    related = relationships(kept, sheet)
    gone = {i: r.target for i, r in related.items() if r.kind == "ctrlProp" or _is_emptied(kept, r)}
    kept[sheet] = _CONTROLS.sub(b"", kept[sheet])
    for identifier in gone:
        element = rb'<(?:legacyDrawing|drawing)\b[^>]*"' + re.escape(identifier.encode()) + rb'"[^>]*/>'
        kept[sheet] = re.sub(element, b"", kept[sheet])
    _drop(kept, sheet, gone)
    return set(gone.values())


def _is_emptied(kept: dict[str, bytes], related: Relationship) -> bool:
    """Whether a drawing held nothing but buttons; else only its buttons are taken out."""
    content = kept.get(related.target, b"")
    if related.kind == "vmlDrawing":
        content = _SHAPE.sub(lambda shape: b"" if _BUTTON.search(shape[0]) else shape[0], content)
        kept[related.target] = content
        return b"<v:shape " not in content
    return related.kind == "drawing" and not _CONTENT.search(content)


def _drop(kept: dict[str, bytes], source: str, identifiers: Iterable[str]) -> None:
    part = _relationships_part(source)
    for identifier in identifiers:
        one = rb'<Relationship\b[^>]*\bId="' + re.escape(identifier.encode()) + rb'"[^>]*/>'
        kept[part] = re.sub(one, b"", kept[part])
    if b"<Relationship " not in kept.get(part, b"<Relationship "):
        del kept[part]


def _types_without(types: bytes, dropped: Iterable[str]) -> bytes:
    types = types.replace(_WITH_MACROS, _WITHOUT)
    types = re.sub(rb'<Default\b[^>]*ContentType="' + re.escape(_PROJECT_TYPE) + rb'"[^>]*/>', b"", types)
    for name in dropped:
        one = rb'<Override\b[^>]*PartName="/' + re.escape(name.encode()) + rb'"[^>]*/>'
        types = re.sub(one, b"", types)
    return types


def _relationships_part(source: str) -> str:
    folder, _, file = source.rpartition("/")
    return f"{folder}/_rels/{file}.rels"
