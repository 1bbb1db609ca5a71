"""Refuse what Excel would not open although XlsxWriter, the SDK validator and LibreOffice let it pass.

Every formula, validation, conditional style and defined name of a workbook goes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from cchc_xl.excel.write.excel_functions import ALLOWED_FUNCTIONS
from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text as message

FORMULA_LIMIT, RULE_LIMIT, LITERAL_LIMIT, ARGUMENT_LIMIT, NESTING_LIMIT = 8192, 255, 255, 255, 64
PROMPT_TITLE_LIMIT, PROMPT_LIMIT, NAME_LIMIT = 32, 255, 255

_TOKEN = re.compile(
    r"""(?P<literal>"(?:[^"]|"")*")
    |(?P<quoted>'(?:[^']|'')+'!)
    |(?P<function>[^\W\d][\w.]*\()
    |(?P<sheet>[^\W\d][\w.]*!)
    |(?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.]))
    |(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.]))
    |(?P<number>\$?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?(?![\w.]))
    |(?P<name>[^\W\d][\w.]*)
    |(?P<sign><=|>=|<>|[-+*/^&=<>%:\ ])
    |(?P<mark>[(),;{}])""",
    re.VERBOSE,
)
_HARMLESS = frozenset({"cell", "columns", "number", "sign"})  # kinds of tokens nothing can be wrong with
_LIKE_A1 = re.compile(r"[a-z]{1,3}\d+")
_LIKE_R1C1 = re.compile(r"(?:r\d*)?(?:c\d*)?")
_NAME = re.compile(r"[^\W\d][\w.]*")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class FormulaParts:
    """What a formula refers to, in lower case: defined names and sheets."""

    names: frozenset[str]
    sheets: frozenset[str]


@dataclass(slots=True)
class _Reading:
    """The state of one pass over a formula."""

    formula: str
    calls: list[tuple[str, int]] = field(default_factory=list)  # open brackets: function ("" = none), commas
    array: bool = False
    names: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)


def utf16_length(text: str) -> int:
    """Length as Excel counts it: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def guard_formula(text: str) -> str:
    """`text` itself when Excel opens it as a cell's formula. Raises WriteRefused saying what is wrong."""
    read_formula(text)
    return text


def guard_rule_formula(text: str) -> str:
    """`text` itself when Excel takes it as the formula of a validation or a conditional style.

    Raises WriteRefused: besides what `guard_formula` refuses, more than 255 characters or another sheet.
    """
    parts = read_formula(text)
    if (length := utf16_length(text) - 1) > RULE_LIMIT:
        raise WriteRefused(
            message("write_formula_long", length=length, limit=RULE_LIMIT, formula=_shown(text))
        )
    if parts.sheets:
        raise WriteRefused(message("write_other_sheet", formula=_shown(text)))
    return text


def guard_references(
    parts: FormulaParts, names: frozenset[str], sheets: frozenset[str], formula: str
) -> None:
    """Raises WriteRefused when a formula refers to a name or sheet (lower case) the workbook lacks."""
    for missing in sorted((parts.names - names) | (parts.sheets - sheets)):
        raise WriteRefused(message("write_reference_unknown", part=missing, formula=_shown(formula)))


def guard_name(name: str) -> str:
    """`name` itself when Excel takes it as a defined name. Raises WriteRefused."""
    lowered = name.lower()
    like_cell = _LIKE_A1.fullmatch(lowered) or _LIKE_R1C1.fullmatch(lowered)
    if not _NAME.fullmatch(name) or like_cell or lowered in ("true", "false"):
        raise WriteRefused(message("write_name", name=name))
    if utf16_length(name) > NAME_LIMIT or lowered.startswith("_xl"):
        raise WriteRefused(message("write_name", name=name))
    return name


def guard_names(names: Iterable[str]) -> None:
    """Raises WriteRefused for a name Excel refuses, or one that comes twice but for its case."""
    seen: set[str] = set()
    for name in names:
        if guard_name(name).lower() in seen:
            raise WriteRefused(message("write_name_twice", name=name))
        seen.add(name.lower())


def guard_prompt(title: str, prompt: str) -> None:
    """Raises WriteRefused for a title over 32 or a message over 255 characters."""
    if (length := utf16_length(title)) > PROMPT_TITLE_LIMIT:
        raise WriteRefused(message("write_prompt_title", title=title, length=length))
    if (length := utf16_length(prompt)) > PROMPT_LIMIT:
        raise WriteRefused(message("write_prompt", prompt=_shown(prompt), length=length))


def guard_choices(choices: tuple[str, ...]) -> None:
    """Raises WriteRefused for a list Excel would cut or split differently."""
    for choice in choices:
        if not choice or choice != choice.strip() or "," in choice or '"' in choice:
            raise WriteRefused(message("write_choice", choice=choice))
    if (length := utf16_length(",".join(choices))) > RULE_LIMIT:
        raise WriteRefused(message("write_choices", length=length))


@lru_cache(maxsize=8192)
def read_formula(text: str) -> FormulaParts:
    """What a formula refers to. Raises WriteRefused when Excel would not open it."""
    if not text.startswith("=") or text.startswith("==") or len(text) < 2:
        raise WriteRefused(message("write_formula_equals", formula=_shown(text)))
    if (length := utf16_length(text)) > FORMULA_LIMIT:
        raise WriteRefused(
            message("write_formula_long", length=length, limit=FORMULA_LIMIT, formula=_shown(text))
        )
    reading, position = _Reading(text), 1
    for token in _TOKEN.finditer(text, 1):
        if token.start() != position:
            break
        kind = token.lastgroup or ""
        if kind not in _HARMLESS:
            _take(reading, kind, token[0])
        position = token.end()
    if position < len(text):
        raise _unreadable(text, position)
    if reading.calls or reading.array:
        raise WriteRefused(message("write_syntax", part=text[-1], formula=_shown(text)))
    return FormulaParts(frozenset(reading.names), frozenset(reading.sheets))


def _unreadable(text: str, position: int) -> WriteRefused:
    if text[position] == "[" or (text[position] == "'" and "[" in text):
        return WriteRefused(message("write_other_book", formula=_shown(text)))
    return WriteRefused(message("write_syntax", part=text[position : position + 10], formula=_shown(text)))


def _take(reading: _Reading, kind: str, token: str) -> None:
    if kind == "literal":
        if (length := utf16_length(token[1:-1].replace('""', '"'))) > LITERAL_LIMIT:
            raise WriteRefused(message("write_literal_long", length=length))
    elif kind == "function":
        _open(reading, token[:-1].upper())
    elif kind == "mark":
        _mark(reading, token)
    elif kind in ("quoted", "sheet"):
        if "[" in token:
            raise WriteRefused(message("write_other_book", formula=_shown(reading.formula)))
        name = token[1:-2].replace("''", "'") if kind == "quoted" else token[:-1]
        reading.sheets.add(name.lower())
    elif kind == "name" and token.upper() not in ("TRUE", "FALSE"):
        reading.names.add(token.lower())


def _open(reading: _Reading, function: str) -> None:
    if function and function not in ALLOWED_FUNCTIONS:
        raise WriteRefused(message("write_function", function=function, formula=_shown(reading.formula)))
    reading.calls.append((function, 0))
    if (depth := len(reading.calls)) > NESTING_LIMIT:
        raise WriteRefused(message("write_nesting", depth=depth, formula=_shown(reading.formula)))


def _mark(reading: _Reading, mark: str) -> None:
    if mark == "(":
        _open(reading, "")
    elif mark in "{}":
        if reading.array is (mark == "{"):
            raise WriteRefused(message("write_syntax", part=mark, formula=_shown(reading.formula)))
        reading.array = mark == "{"
    elif reading.array:
        return
    elif not reading.calls or mark == ";":
        raise WriteRefused(message("write_syntax", part=mark, formula=_shown(reading.formula)))
    else:
        function, commas = reading.calls.pop()
        if mark == ",":
            reading.calls.append((function, commas + 1))
        elif function and commas + 1 > ARGUMENT_LIMIT:
            raise WriteRefused(message("write_arguments", function=function, count=commas + 1))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
