"""VBA text as logical lines, statements and procedure headings: just the syntax that `vba_lint` needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl.excel.vba.source import Module, split_header

_CONTINUED = re.compile(r"[ \t]_[ \t]*\Z")
_HEADING = re.compile(
    r"(?:(?P<scope>Public|Private|Friend|Global)\s+)?(?:Static\s+)?"
    r"(?P<kind>Sub|Function|Property\s+(?:Get|Let|Set))\s+(?P<name>\w+)[%&@!#$]?\s*(?:\((?P<arguments>.*)\))?",
    re.IGNORECASE,
)
_MODIFIERS = re.compile(r"\b(Optional|ByVal|ByRef|ParamArray)\b\s*", re.IGNORECASE)


@dataclass(frozen=True)
class LogicalLine:
    """Physical lines joined at their " _", comment gone, string contents blanked.

    `number` is the first physical line in the file, `continuations` how many were joined to it.
    """

    number: int
    text: str
    continuations: int

    def statements(self) -> list[str]:
        """The statements between colons (":=" is no separator)."""
        return [part.strip() for part in re.split(r":(?!=)", self.text) if part.strip()]


@dataclass(frozen=True)
class Procedure:
    """A Sub, Function or Property as declared; `arguments` are "name As Type" texts."""

    module: Module
    line: int
    kind: str
    name: str
    is_public: bool
    arguments: tuple[str, ...]

    @property
    def argument_types(self) -> tuple[str, ...]:
        """The declared type of each argument ("Variant" when none is)."""
        found = (re.search(r"\bAs\s+(?:New\s+)?([\w.]+)", a, re.IGNORECASE) for a in self.arguments)
        return tuple(match[1].rsplit(".", 1)[-1] if match else "Variant" for match in found)


def code_lines(module: Module) -> Iterator[tuple[int, str]]:
    """(line number in the file, text) of the physical lines after the header."""
    _, end = split_header(module.source)
    first = module.source.count("\n", 0, end) + 1
    return enumerate(module.source[end:].split("\n"), first)


def logical_lines(module: Module) -> Iterator[LogicalLine]:
    """The module's lines that hold code, in order."""
    parts: list[str] = []
    start = 0
    for number, line in code_lines(module):
        start = start if parts else number
        continued = _CONTINUED.search(line)
        parts.append(line[: continued.start()] if continued else line)
        if continued:
            continue
        text = _bare(" ".join(parts))
        if text or len(parts) > 1:
            yield LogicalLine(start, text, len(parts) - 1)
        parts = []
    if parts:
        yield LogicalLine(start, _bare(" ".join(parts)), len(parts) - 1)


def _bare(line: str) -> str:
    """The line without comment, string contents removed so that nothing inside them is taken for code."""
    kept, in_string = [], False
    for character in line:
        if character == '"':
            in_string = not in_string
        elif in_string:
            continue
        elif character == "'":
            break
        kept.append(character)
    return re.sub(r"(?:^|:)\s*Rem\b.*", "", "".join(kept), flags=re.IGNORECASE).strip()


def procedure_heading(statement: str) -> re.Match[str] | None:
    """The match of a Sub, Function or Property heading (groups scope, kind, name, arguments), or None."""
    return _HEADING.match(statement)


def procedures(module: Module) -> Iterator[Procedure]:
    """Every procedure heading of a module, in order; both branches of an #If are given."""
    for line in logical_lines(module):
        match = procedure_heading(line.text)
        if match:
            is_public = (match["scope"] or "Public").lower() in ("public", "global")
            kind = " ".join(match["kind"].title().split())
            arguments = _arguments(match["arguments"])
            yield Procedure(module, line.number, kind, match["name"], is_public, arguments)


def _arguments(text: str | None) -> tuple[str, ...]:
    """The arguments without Optional, ByVal …; the first ")" that is not an array's closes the list."""
    parts, depth = [""], 0
    for character in text or "":
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return tuple(_MODIFIERS.sub("", part).strip() for part in parts if part.strip())
