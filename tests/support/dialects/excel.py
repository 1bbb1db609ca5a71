"""A workbook as Excel 16 saves it. Nothing here ran in Excel: each habit was seen in files Excel had saved.

Seen in a real pair (written cell by cell, then saved by Excel 16.0300) and in public files: formulas shared
in blocks of 64 rows, formula text from tokens, strings and styles indexed anew, calculation chain,
extensions, revision marks, controls, printer settings.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Mapping

from support.dialects.excel_parts import book
from support.dialects.excel_parts.buttons import add_buttons, buttons_of, controls
from support.dialects.excel_parts.formulas import rewritten
from support.dialects.excel_parts.strings import SharedStrings
from support.dialects.excel_parts.styles import Styles
from support.dialects.excel_parts.worksheet import Worksheet, used_indexes
from support.dialects.excel_parts.xml import OFFICE, Parts, main, parsed

_WORKBOOK, _STRINGS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_SUPER_FAST = 0x06  # the bits Excel sets for its quick compression


def saved(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each workbook (name -> content) as Excel 16 would save it."""
    return {name: _saved(content) for name, content in workbooks.items()}


def _saved(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    source = parts[_WORKBOOK]
    names = book.defined_names(source)
    sheets = _sheets(parts)
    roots = {part: parsed(parts[part]) for _, _, part in sheets}
    indexes = [used_indexes(root) for root in roots.values()]
    strings = SharedStrings(parts.get(_STRINGS), (i for used, _ in indexes for i in used))
    styles = Styles(parts[_STYLES], (i for _, used in indexes for i in used))
    chain: dict[int, list[str]] = {}
    for number, (_, identity, part) in enumerate(sheets):
        drawn, relations = _furnish(parts, part, number + 1)
        sheet = Worksheet(roots[part], number, strings, styles, lambda text: rewritten(text, names))
        written = sheet.saved(drawn, relations)
        parts[part] = written.xml
        chain[identity] = written.formula_cells
    parts[_STRINGS], parts[_STYLES] = strings.part(), styles.part()
    parts[_WORKBOOK] = book.workbook_part(source)
    _calculated(parts, chain)
    parts["docProps/core.xml"] = book.core_properties(parts["docProps/core.xml"])
    titles = [name for name, _, _ in sheets]
    parts["docProps/app.xml"] = book.application_properties(titles, sorted(names.values()))
    parts["[Content_Types].xml"] = book.content_types(parts["[Content_Types].xml"], parts)
    return _zipped(parts)


def _sheets(parts: Parts) -> list[tuple[str, int, str]]:
    """Name, id and part of each worksheet."""
    related = parsed(parts["xl/_rels/workbook.xml.rels"])
    targets = {r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", ""))) for r in related}
    listed = parsed(parts[_WORKBOOK]).iter(main("sheet"))
    return [
        (s.get("name", ""), int(s.get("sheetId", "0")), targets[s.get(f"{{{OFFICE}}}id")].lstrip("/"))
        for s in listed
    ]


def _furnish(parts: Parts, part: str, number: int) -> tuple[str, dict[str, str]]:
    """Printer settings and controls of a sheet: the controls' XML, new relations by element."""
    folder, _, file = part.rpartition("/")
    place = f"{folder}/_rels/{file}.rels"
    added = []
    if number == 1:  # what was printed last
        settings = "printerSettings/printerSettings1.bin"
        device = "Máy in".encode("utf-16-le").ljust(32, b"\0")
        parts[f"xl/{settings}"] = (device + struct.pack("<HH", 0x0401, 220)).ljust(1024, b"\0")
        added.append(("printerSettings", f"../{settings}"))
    buttons = []
    for relation in parsed(parts[place]) if place in parts else ():
        if relation.get("Type", "").endswith("/vmlDrawing"):
            vml = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/")
            buttons = buttons_of(parts[vml])
    if buttons:
        added += add_buttons(parts, number, buttons)
    if not added:
        return "", {}
    parts[place], ids = book.with_relations(parts.get(place), added)
    relations = {"pageSetup": ids.pop(0)} if number == 1 else {}
    if not buttons:
        return "", relations
    relations["drawing"] = ids[0]
    return controls(buttons, int(ids[1].removeprefix("rId"))), relations


def _calculated(parts: Parts, chain: Mapping[int, list[str]]) -> None:
    """Calculation chain and shared strings, with their relations."""
    place = "xl/_rels/workbook.xml.rels"
    added = []
    if b"/sharedStrings" not in parts[place]:
        added.append(("sharedStrings", "sharedStrings.xml"))
    if any(chain.values()):
        parts["xl/calcChain.xml"] = book.calculation_chain(chain)
        added.append(("calcChain", "calcChain.xml"))
    parts[place], _ = book.with_relations(parts[place], added)


def _zipped(parts: Parts) -> bytes:
    """Excel's container: content types first, quick compression, no clock."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels")):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, compresslevel=1)
        entries, at = archive.infolist(), archive.start_dir  # type: ignore[attr-defined]
    data = bytearray(stream.getvalue())
    for entry in entries:
        data[entry.header_offset + 6] |= _SUPER_FAST
        data[at + 8] |= _SUPER_FAST
        at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return bytes(data)
