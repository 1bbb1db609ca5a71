"""Faults in VBA sources that only show when the workbook opens on somebody's PC, found before it is built."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from cchc_xl import texts
from cchc_xl.excel.vba.judge.blocks import block_faults
from cchc_xl.excel.vba.judge.statements import LogicalLine, code_lines, logical_lines, procedures
from cchc_xl.excel.vba.source import Module, character_faults, name_faults

LONGEST_LINE, MOST_CONTINUATIONS = 1023, 24
_OPTION_EXPLICIT = re.compile(r"Option\s+Explicit\b", re.IGNORECASE)
_DECLARE = re.compile(r"(?:(?:Public|Private)\s+)?Declare\s+(?!PtrSafe\b)", re.IGNORECASE)
_IF_64 = re.compile(r"#\s*(?:Else)?If\b.*\b(?:VBA7|Win64)\b", re.IGNORECASE)
_DIRECTIVE = re.compile(r"#\s*(If|ElseIf|Else|End\s+If)\b", re.IGNORECASE)


def lint_sources(modules: Sequence[Module], third_party: Collection[str] = ()) -> list[str]:
    """Every fault of the modules, each as one line naming file and line; none for sources fit to build.

    `third_party` names modules embedded as published: they need no Option Explicit.
    """
    faults = [fault for module in modules for fault in _module_faults(module, module.name in third_party)]
    return faults + list(_name_clashes(modules))


def _module_faults(module: Module, is_third_party: bool) -> Iterator[str]:
    yield from name_faults(module.file_name, module.name)
    yield from character_faults(module.file_name, module.source)
    for number, line in enumerate(module.source.split("\n"), 1):
        if len(line.rstrip("\r")) > LONGEST_LINE:
            yield _text(module, "vba_line_long", number, length=len(line.rstrip("\r")))
    lines = list(logical_lines(module))
    for logical in lines:
        if logical.continuations > MOST_CONTINUATIONS:
            yield _text(module, "vba_continuations", logical.number, count=logical.continuations)
    if lines and not is_third_party and not any(_OPTION_EXPLICIT.match(line.text) for line in lines):
        first, _ = next(code_lines(module))
        yield _text(module, "vba_option_explicit", first)
    for number in _unsafe_declares(lines):
        yield _text(module, "vba_ptrsafe", number)
    yield from block_faults(module)
    yield from _repeated_procedures(module)


def _unsafe_declares(lines: list[LogicalLine]) -> Iterator[int]:
    """Declares without PtrSafe; the #Else of an #If on VBA7 or Win64 is for old Office and may do without."""
    old_office: list[bool] = []
    tests_64: list[bool] = []
    for line in lines:
        directive = _DIRECTIVE.match(line.text)
        word = directive[1].title() if directive else ""
        if word == "If":
            tests_64.append(bool(_IF_64.match(line.text)))
            old_office.append(False)
        elif word == "Elseif" and old_office:
            tests_64[-1] |= bool(_IF_64.match(line.text))
        elif word == "Else" and old_office:
            old_office[-1] = tests_64[-1]
        elif word and old_office:
            tests_64.pop()
            old_office.pop()
        elif _DECLARE.match(line.text) and not any(old_office):
            yield line.number


def _repeated_procedures(module: Module) -> Iterator[str]:
    """A name used twice; branches of an #If may repeat one, so modules with directives are passed over."""
    if any(line.text.startswith("#") for line in logical_lines(module)):
        return
    seen: dict[tuple[str, str], int] = {}
    for procedure in procedures(module):
        accessor = procedure.kind if procedure.kind.startswith("Property") else ""
        key = procedure.name.lower(), accessor
        if key in seen:
            yield _text(module, "vba_procedure_twice", procedure.line, name=procedure.name, first=seen[key])
        seen.setdefault(key, procedure.line)


def _name_clashes(modules: Sequence[Module]) -> Iterator[str]:
    """Module names used twice; public procedures of standard modules named like a module."""
    names: set[str] = set()
    for module in modules:
        if module.name.lower() in names:
            yield _text(module, "vba_name_twice", 1, name=module.name)
        names.add(module.name.lower())
    for module in modules:
        for procedure in procedures(module) if module.kind == "standard" else ():
            if procedure.is_public and procedure.name.lower() in names:
                yield _text(module, "vba_procedure_is_module", procedure.line, name=procedure.name)


def _text(module: Module, code: str, line: int, **placeholders: object) -> str:
    return texts.text(code, file=module.file_name, line=line, **placeholders)
