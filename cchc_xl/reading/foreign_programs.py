"""Programs and sources of others in a received workbook: told, never kept, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cchc_xl import texts
from cchc_xl.excel.opc.xml_parts import known_before
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.excel.vba.module_sets import CITY_MODULES, COMMUNE_MODULES, NATIVE_MODULES
from cchc_xl.excel.vba.xlwings_module import CLASS_NAME, MODULE_NAME
from cchc_xl.model import Finding, Severity

# Last words of the types of relationships that bring a program or a source along.
_KINDS = {
    "xlMacrosheet": "foreign_macro_sheet",
    "xlIntlMacrosheet": "foreign_macro_sheet",
    "dialogsheet": "foreign_macro_sheet",
    "oleObject": "foreign_object",
    "package": "foreign_object",
    "control": "foreign_object",
    "activeXControlBinary": "foreign_object",
    "attachedToolbars": "foreign_object",
    "extensibility": "foreign_object",
    "webextension": "foreign_object",
    "webextensiontaskpanes": "foreign_object",
    "connections": "foreign_connection",
    "queryTable": "foreign_connection",
    "customData": "foreign_connection",
    "powerPivotData": "foreign_connection",
    "externalLink": "external_links",
    "externalLinkPath": "external_links",
}
_TYPE = re.compile(rb"""\bType\s*=\s*["'][^"']*/([A-Za-z0-9]+)["']""")
_PROJECT = "vbaProject"
_MODULE_LINE = re.compile(rb"(?:Module|Class|BaseClass)=(\w+)[\r\n/]")
_OURS = {name.encode() for name in (*COMMUNE_MODULES, *CITY_MODULES, MODULE_NAME, CLASS_NAME)}
_NATIVE = {name.encode() for name in NATIVE_MODULES}


def foreign_programs(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Codes of what the parts of a package bring along that no workbook of ours holds, each once."""
    relations = (content for name, content in parts.items() if name.endswith(".rels"))
    kinds = {kind.decode() for content in relations for kind in _kinds(content)}
    found = {_KINDS[kind] for kind in kinds if kind in _KINDS}
    projects = [content for name, content in parts.items() if _is_project(name)]
    if (projects or _PROJECT in kinds) and not (len(projects) == 1 and _is_ours(projects[0])):
        found.add("foreign_vba")
    return tuple(sorted(found))


def program_findings(stored: StoredWorkbook) -> list[Finding]:
    """A warning for each kind of foreign program."""
    return [
        Finding(code, Severity.WARNING, texts.text(code), texts.fix(code))
        for code in foreign_programs(stored.parts)
    ]


@known_before(maxsize=256, longest=16_384)
def _kinds(content: bytes) -> frozenset[bytes]:
    return frozenset(_TYPE.findall(content))


def _is_project(name: str) -> bool:
    return name.rpartition("/")[2].lower().startswith("vbaproject") and name.lower().endswith(".bin")


@known_before(maxsize=16, longest=2_000_000)
def _is_ours(project: bytes) -> bool:
    """Whether a VBA project lists our modules and no other.

    Read from the plain lines of its PROJECT stream, which Excel may store in pieces: most of ours are enough.
    Documents are not judged: every sheet of the officer's own adds one.
    """
    modules = set(_MODULE_LINE.findall(project))
    return modules <= _OURS and 2 * len(modules & _NATIVE) > len(_NATIVE)
