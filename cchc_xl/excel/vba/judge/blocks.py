"""Which block of VBA is left open or closed by the wrong word (Sub/End Sub, If/End If, #If/#End If …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl import texts
from cchc_xl.excel.vba.judge.statements import LogicalLine, logical_lines, procedure_heading
from cchc_xl.excel.vba.source import Module

_OPENERS = (
    (re.compile(r"Select\s+Case\b", re.IGNORECASE), "Select Case", "End Select"),
    (re.compile(r"With\b", re.IGNORECASE), "With", "End With"),
    (re.compile(r"For\b", re.IGNORECASE), "For", "Next"),
    (re.compile(r"Do\b", re.IGNORECASE), "Do", "Loop"),
    (re.compile(r"While\b", re.IGNORECASE), "While", "Wend"),
    (re.compile(r"(?:(?:Public|Private)\s+)?Type\s+\w", re.IGNORECASE), "Type", "End Type"),
    (re.compile(r"(?:(?:Public|Private)\s+)?Enum\s+\w", re.IGNORECASE), "Enum", "End Enum"),
)
_CLOSER = re.compile(
    r"(End\s+(?:Sub|Function|Property|If|Select|With|Type|Enum)|Next|Loop|Wend)\b(?!\s*[=(.])", re.IGNORECASE
)
_IF = re.compile(r"If\b.*\bThen\b(?P<rest>.*)\Z", re.IGNORECASE)
_ELSE = re.compile(r"(Else|ElseIf)\b", re.IGNORECASE)
_DIRECTIVE = re.compile(r"#\s*(If|ElseIf|Else|End\s+If)\b", re.IGNORECASE)
_PROCEDURE_CLOSERS = {"End Sub", "End Function", "End Property"}


@dataclass(frozen=True)
class _Block:
    opener: str
    closer: str
    line: int


@dataclass(frozen=True)
class _Branches:
    """An open #If: what was open at it, and what its first branch left open (None while in that branch)."""

    line: int
    at_if: tuple[_Block, ...]
    after_first: tuple[_Block, ...] | None = None


_Stack = tuple[_Block, ...]


def block_faults(module: Module) -> list[str]:
    """One text for each block that is not closed, not opened, or closed by the wrong word."""
    return list(_faults(module))


def _faults(module: Module) -> Iterator[str]:
    stack: _Stack = ()
    branches: tuple[_Branches, ...] = ()
    for line in logical_lines(module):
        directive = _DIRECTIVE.match(line.text)
        if directive:
            word = " ".join(directive[1].title().split())
            if word != "If" and not branches:
                yield _text(module, "vba_unopened", line.number, closer=f"#{word}", opener="#If")
            else:
                stack, branches = _after_directive(word, line.number, stack, branches)
            continue
        stack, faults = _after_line(module, line, stack)
        yield from faults
    for block in stack:
        yield _unclosed(module, block)
    for open_if in branches:
        yield _unclosed(module, _Block("#If", "#End If", open_if.line))


def _after_directive(
    word: str, line: int, stack: _Stack, branches: tuple[_Branches, ...]
) -> tuple[_Stack, tuple[_Branches, ...]]:
    """Each branch starts from what was open at the #If; what the first one leaves open holds after it."""
    if word == "If":
        return stack, (*branches, _Branches(line, stack))
    outer, last = branches[:-1], branches[-1]
    after_first = stack if last.after_first is None else last.after_first
    if word == "End If":
        return after_first, outer
    return last.at_if, (*outer, _Branches(last.line, last.at_if, after_first))


def _after_line(module: Module, line: LogicalLine, stack: _Stack) -> tuple[_Stack, list[str]]:
    faults: list[str] = []
    statements = line.statements()
    for position, statement in enumerate(statements):
        one_line_if = _IF.match(statement)
        if one_line_if and (one_line_if["rest"].strip() or position + 1 < len(statements)):
            break
        stack, found = _after_statement(module, line.number, statement, stack)
        faults += found
    return stack, faults


def _after_statement(module: Module, line: int, statement: str, stack: _Stack) -> tuple[_Stack, list[str]]:
    heading = procedure_heading(statement)
    if heading:
        closer = "End " + heading["kind"].split()[0].title()
        faults = [_unclosed(module, block) for block in stack]
        return (_Block(f"{heading['kind'].title()} {heading['name']}", closer, line),), faults
    closed = _CLOSER.match(statement)
    if closed:
        return _close(module, line, " ".join(closed[1].title().split()), statement, stack)
    if _IF.match(statement) and not _ELSE.match(statement):
        return (*stack, _Block("If", "End If", line)), []
    other = _ELSE.match(statement)
    if other and (not stack or stack[-1].closer != "End If"):
        return stack, [_text(module, "vba_unopened", line, closer=other[1], opener="If")]
    for pattern, opener, closer in _OPENERS:
        if pattern.match(statement):
            return (*stack, _Block(opener, closer, line)), []
    return stack, []


def _close(module: Module, line: int, closer: str, statement: str, stack: _Stack) -> tuple[_Stack, list[str]]:
    """`Next i, j` closes two; a wrong word closes the nearest block it could mean: one slip, one fault."""
    count = 1 + statement.count(",") if closer == "Next" else 1
    for _ in range(count):
        if stack and stack[-1].closer == closer:
            stack = stack[:-1]
            continue
        depths = [depth for depth, block in enumerate(stack) if block.closer == closer]
        if closer in _PROCEDURE_CLOSERS and stack and not depths:
            depths = [0]
        if not depths:
            opener = (
                closer.removeprefix("End ") if closer not in ("Next", "Loop", "Wend") else _opener_of(closer)
            )
            return stack, [_text(module, "vba_unopened", line, closer=closer, opener=opener)]
        top = stack[-1]
        found = {"found": closer, "opener": top.opener, "opened": top.line, "closer": top.closer}
        return stack[: depths[-1]], [_text(module, "vba_mismatch", line, **found)]
    return stack, []


def _opener_of(closer: str) -> str:
    return next((opener for _, opener, word in _OPENERS if word == closer), closer.removeprefix("End "))


def _unclosed(module: Module, block: _Block) -> str:
    return _text(module, "vba_unclosed", block.line, opener=block.opener, closer=block.closer)


def _text(module: Module, code: str, line: int, **placeholders: object) -> str:
    return texts.text(code, file=module.file_name, line=line, **placeholders)
