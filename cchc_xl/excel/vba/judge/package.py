"""Faults between a workbook and its macros, which XlsxWriter and the Open XML SDK validator let pass."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from cchc_xl import texts
from cchc_xl.excel.vba.judge.project_reader import StoredModule, read_vba_project
from cchc_xl.excel.vba.judge.statements import Procedure, procedures
from cchc_xl.excel.vba.source import BASE_CHART, BASE_WORKBOOK, BASE_WORKSHEET, Module, stored_text
from cchc_xl.model.errors import CchcError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KINDS = {BASE_WORKBOOK: "workbook", BASE_WORKSHEET: "worksheet", BASE_CHART: "chartsheet"}
_SHEET_PART = re.compile(r"xl/(worksheet|chartsheet)s/[^/]+\.xml")
_LIKE_CELL = re.compile(r"(?:[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*|R|C)\Z", re.IGNORECASE)
_CONTROL = ("IRibbonControl",)
# Ribbon callbacks (MS-CUSTOMUI): types of the arguments, None where any type will do.
_ON_ACTION: dict[str, tuple[str | None, ...]] = {
    "toggleButton": (*_CONTROL, "Boolean"),
    "checkBox": (*_CONTROL, "Boolean"),
    "dropDown": (*_CONTROL, None, None),
    "gallery": (*_CONTROL, None, None),
}
_GETTER: tuple[str | None, ...] = (*_CONTROL, None)
_LOADED: tuple[str | None, ...] = ("IRibbonUI",)


def lint_package(xlsm: bytes, modules: Sequence[Module] = ()) -> list[str]:
    """Every fault between a workbook and its macros, each one line; none for a workbook fit to issue.

    Checked: strict vbaProject.bin, every module readable and byte-equal to `modules` where given, code names
    of workbook and sheets one to one with document modules, macros of buttons, shapes and the ribbon.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(xlsm)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        return [texts.text("vba_package_unreadable", detail=error)]
    if "xl/vbaProject.bin" not in parts:
        return [texts.text("vba_package_without_project")]
    try:
        stored = read_vba_project(parts["xl/vbaProject.bin"])
    except CchcError as error:
        return [str(error)]
    try:
        names = list(_code_names(parts))
        macros = list(_macros(parts))
    except (ElementTree.ParseError, KeyError) as error:
        return [texts.text("vba_package_unreadable", detail=error)]
    known = [found for module in stored for found in procedures(module.as_module())]
    faults = [*_source_faults(stored, modules), *_code_name_faults(names, stored)]
    return faults + [fault for macro in macros for fault in _macro_faults(*macro, known)]


def _source_faults(stored: Sequence[StoredModule], modules: Sequence[Module]) -> Iterator[str]:
    """Differences to the sources; document modules without code need no source."""
    if not modules:
        return
    held = {module.name: module for module in stored}
    for module in modules:
        if module.name not in held:
            yield texts.text("vba_module_absent", name=module.name)
            continue
        found = held[module.name]
        base = found.base if module.kind == "document" else module.base
        wanted = stored_text(Module(module.name, module.kind, module.source, base)).encode()
        if found.text != wanted:
            pairs = enumerate(zip(found.text, wanted, strict=False))
            position = next((i for i, (a, b) in pairs if a != b), min(len(found.text), len(wanted)))
            yield texts.text("vba_module_differs", name=module.name, position=position)
    named = {module.name for module in modules}
    for found in stored:
        if found.kind != "document" and found.name not in named:
            yield texts.text("vba_module_extra", name=found.name)


def _code_names(parts: dict[str, bytes]) -> Iterator[tuple[str, str, str | None]]:
    """(part, kind of document, code name) of the workbook and of every sheet."""
    properties = ElementTree.fromstring(parts["xl/workbook.xml"]).find(f"{_MAIN}workbookPr")
    yield "xl/workbook.xml", "workbook", None if properties is None else properties.get("codeName")
    for part in sorted(parts):
        match = _SHEET_PART.fullmatch(part)
        if match:
            properties = ElementTree.fromstring(parts[part]).find(f"{_MAIN}sheetPr")
            yield part, match[1], None if properties is None else properties.get("codeName")


def _code_name_faults(
    names: Sequence[tuple[str, str, str | None]], stored: Sequence[StoredModule]
) -> Iterator[str]:
    documents = {m.name: _KINDS.get(m.base or "") for m in stored if m.kind == "document"}
    used: dict[str, str] = {}
    for part, kind, name in names:
        if not name:
            yield texts.text("vba_codename_missing", part=part)
        elif name in used:
            yield texts.text("vba_codename_twice", part=part, name=name, other=used[name])
        elif documents.get(name) != kind:
            yield texts.text("vba_codename_unknown", part=part, name=name, kind=kind)
        used.setdefault(name or "", part)
    for name in documents:
        if name not in used:
            yield texts.text("vba_document_without_part", name=name)


def _macros(parts: dict[str, bytes]) -> Iterator[tuple[str, str, tuple[str | None, ...]]]:
    """(part, macro as written, argument types wanted) of form buttons, shapes and the ribbon."""
    for part in sorted(parts):
        folder, file_name = posixpath.split(part)
        if folder == "xl/drawings" and file_name.endswith(".vml"):
            for element in ElementTree.fromstring(parts[part]).iter():
                if element.tag.endswith("}FmlaMacro") and element.text:
                    yield part, element.text.strip(), ()
        elif folder == "xl/drawings" and file_name.endswith(".xml"):
            for element in ElementTree.fromstring(parts[part]).iter():
                if element.get("macro"):
                    yield part, element.attrib["macro"], ()
        elif folder.lower() == "customui" and file_name.endswith(".xml"):
            yield from _ribbon_macros(part, parts[part])


def _ribbon_macros(part: str, content: bytes) -> Iterator[tuple[str, str, tuple[str | None, ...]]]:
    for element in ElementTree.fromstring(content).iter():
        tag = element.tag.rpartition("}")[2]
        for attribute, macro in element.attrib.items():
            if attribute == "onAction":
                yield part, macro, _ON_ACTION.get(tag, _CONTROL)
            elif attribute == "onLoad":
                yield part, macro, _LOADED
            elif attribute.startswith("get"):
                yield part, macro, _GETTER


def _macro_faults(
    part: str, written: str, wanted: tuple[str | None, ...], known: Sequence[Procedure]
) -> Iterator[str]:
    """What stops Excel from calling a macro written as [0]!Name, [0]!Module.Name or Module.Name."""
    module, _, name = written.rpartition("!")[2].rpartition(".")
    where = {"part": part, "macro": written}
    found = [p for p in known if p.name.lower() == name.lower() and p.module.kind != "class"]
    if module:
        found = [p for p in found if p.module.name.lower() == module.lower()]
    else:
        found = [p for p in found if p.module.kind == "standard"]
    callable_ones = [p for p in found if p.is_public and p.kind == "Sub"]
    if not found:
        yield texts.text("vba_macro_unknown", **where)
        return
    if not callable_ones:
        yield texts.text("vba_macro_private", **where, where=_places(found))
        return
    if len({p.module.name for p in callable_ones}) > 1:
        yield texts.text("vba_macro_ambiguous", **where, where=_places(callable_ones))
        return
    if not module and _LIKE_CELL.match(name):
        yield texts.text("vba_macro_like_cell", **where)
    types = callable_ones[0].argument_types
    if len(types) != len(wanted) or any(w not in (None, t) for w, t in zip(wanted, types, strict=True)):
        expected = ", ".join(want or "Variant" for want in wanted)
        yield texts.text(
            "vba_macro_arguments",
            **where,
            expected=expected,
            where=_places(callable_ones),
            found=", ".join(callable_ones[0].arguments),
        )


def _places(found: Sequence[Procedure]) -> str:
    return ", ".join(texts.text("vba_place", file=p.module.file_name, line=p.line) for p in found)
