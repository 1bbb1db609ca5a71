"""The table of targets on the appendix that is signed: each with its level, its result, met or not.

Only as many rows as there are targets show, the last one just above the signature: rows that are not needed
stay blank above the table's title, where nobody misses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import AND, COUNTA, IF, IFERROR, INDEX, ISNUMBER, SUBSTITUTE
from cchc_xl.figures.expressions.nodes import area, cell, joined, node
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.live.vietnamese_text import trimmed
from cchc_xl.figures.registers.tallies import counted_column
from cchc_xl.model import Regime
from cchc_xl.model.layout import RegisterLayout, layout_of
from cchc_xl.model.planned import ConditionalStyle, reference
from cchc_xl.workbooks.commune.derived_cells import DerivedCell

PRINTED = 16  # targets the signed appendix has room for
SLOT_HEIGHT, AGAIN_HEIGHT = 38.5, 30.0  # three lines; the header repeated on the last page
SLOTS = PRINTED + 2  # title and header
TEXT_LENGTH = 95  # characters three lines hold
_FIRST = 2  # row of the first hidden cell
_USED, _STT, _TEXT, _LEVEL, _RESULT, _MET = "N", "O", "P", "Q", "R", "S"
HIDDEN = f"{_USED}:{_MET}"
_SHOWN = {"A": _STT, "B": _TEXT, "C": _LEVEL, "D": _RESULT, "E": _MET}


def register_of(regime: Regime) -> RegisterLayout | None:
    """The register that is a table of the appendix; None where there is none."""
    registers = layout_of(regime).registers.values()
    return next((register for register in registers if register.register.appendix), None)


def text_place(register: RegisterLayout, number: int) -> str:
    """Where the text of a target stands."""
    return _of(register, "text", number)


def _of(register: RegisterLayout, role: str, number: int) -> str:
    column = dict(register.register.appendix)[role]
    return reference(register.register.sheet, register.cell(column, number))


@lru_cache(maxsize=64)
def beside(regime: Regime, numbered: tuple[tuple[Node, Node], ...]) -> tuple[DerivedCell, ...]:
    """The rows of the table one by one, in hidden cells.

    `numbered`: for each target whether its text is printed as a note instead, and the number of that note.
    """
    register = register_of(regime)
    if register is None:
        return ()
    titles = (
        texts.text("wb_column_number"),
        *(texts.text(f"wb_target_{n}") for n in ("text", "level", "result", "met")),
    )
    rows: list[tuple[Node, ...]] = [
        (node(""), node(f"{register.register.heading}. {register.register.title}"), *[node("")] * 3),
        tuple(map(node, titles)),
    ]
    for number in range(1, PRINTED + 1):
        is_note, note = numbered[number - 1]
        rows.append(_target(register, number, is_note, note))
    found = []
    for row, parts in enumerate(rows, start=_FIRST):
        for column, part in zip(_SHOWN.values(), parts, strict=True):
            found.append(DerivedCell(f"{column}{row}", "meta", Formula(part)))
    for number in range(1, PRINTED + 1):
        before = cell(f"${_USED}${_FIRST + number - 2}") if number > 1 else node(0)
        used = IF(_is_used(register, number), number, before)
        found.append(DerivedCell(f"{_USED}{_FIRST + number - 1}", "meta", Formula(used)))
    return tuple(found)


def _is_used(register: RegisterLayout, number: int) -> Node:
    first, last = (register.first_row + number - 1,) * 2
    row = reference(register.register.sheet, f"B{first}:{register.last_printed}{last}")
    return COUNTA(area(row)) > 0


def _target(register: RegisterLayout, number: int, is_note: Node, note: Node) -> tuple[Node, ...]:
    role = {name: cell(_of(register, name, number)) for name, _ in register.register.appendix}
    used = _is_used(register, number)
    text = IF(is_note, note, joined(role["text"], ""))
    level = joined(
        IF(role["comparison"].equals(""), "", joined(role["comparison"], " ")), _measured(role, "target")
    )
    shown = (number, text, level, _measured(role, "result"), _without_sign(role["met"]))
    return tuple(IF(used, part, "") for part in shown)


def _without_sign(met: Node) -> Node:
    """The verdict in words alone."""
    for sign in ("✔ ", "✖ "):
        met = SUBSTITUTE(met, sign, "")
    return met


def _measured(role: Mapping[str, Node], name: str) -> Node:
    """A number with its unit of measure: 94,5% · 36 hạng."""
    unit = role["unit"]
    said = IF(unit.equals("%"), "%", IF(unit.equals(""), "", joined(" ", unit)))
    return IF(ISNUMBER(role[name]), joined(trimmed(role[name]), said), joined(role[name], ""))


@lru_cache(maxsize=64)
def printed(first: int, again: int, on_last_page: int) -> tuple[DerivedCell, ...]:
    """The rows of the page: `first` is the row of the first slot, `again` the row of the repeated header."""
    count = cell(f"${_USED}${_FIRST + PRINTED - 1}")
    found = []
    for slot in range(1, SLOTS + 1):
        row = first + slot - 1
        if row >= again:
            row += 1
        place = node(slot - PRINTED) + count
        for column, hidden in _SHOWN.items():
            block = area(f"${hidden}${_FIRST}:${hidden}${_FIRST + SLOTS - 1}")
            value = IF(AND(count > 0, place > 0), IFERROR(INDEX(block, place), ""), "")
            found.append(DerivedCell(f"{column}{row}", _style(column), Formula(value)))
    for column, hidden in _SHOWN.items():
        title = cell(f"${hidden}${_FIRST + 1}")
        value = IF(count >= PRINTED + 2 - SLOTS + on_last_page, title, "")
        found.append(DerivedCell(f"{column}{again}", _style(column), Formula(value)))
    return tuple(found)


def _style(column: str) -> str:
    return "legal.target" if column == "B" else "legal.target center"


def conditionals(first: int, last: int) -> tuple[ConditionalStyle, ...]:
    """Lines around the rows that show, titles in bold."""
    stt, text = cell(f"$A{first}"), cell(f"$B{first}")
    box = f"A{first}:E{last}"
    shown = {
        "legal.row.title": AND(stt.equals(""), text.differs("")),
        "legal.row bold": stt.equals(texts.text("wb_column_number")),
        "legal.row": ISNUMBER(stt),
    }
    return tuple(ConditionalStyle(box, to_excel(Formula(when)), style) for style, when in shown.items())


def beyond(regime: Regime) -> Formula | None:
    """Says that there are more targets than the page shows."""
    register = register_of(regime)
    if register is None:
        return None
    told = texts.text("wb_targets_cut", most=PRINTED)
    return Formula(IF(COUNTA(area(rows_beyond(register))) > 0, told, ""))


def rows_beyond(register: RegisterLayout) -> str:
    """The required cells of rows that the page has no room for."""
    column = register.columns[counted_column(register.register)]
    area_beyond = f"{column}{register.first_row + PRINTED}:{column}{register.last_row}"
    return reference(register.register.sheet, area_beyond)
