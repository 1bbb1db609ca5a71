"""What the officer declares on Trang chính: the window of the data, which submission, who approved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import AND, COUNT, DATE, FALSE, IF, INT, ISNUMBER, OR
from cchc_xl.figures.expressions.meaning import PASSED
from cchc_xl.figures.expressions.nodes import cell, node
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.model.contents import Contents, Declaration, Subject
from cchc_xl.model.layout import CONTACT_TELEPHONE, FIRST_CONTACT_ROW, MAIN_INPUTS
from cchc_xl.model.periods import day_number
from cchc_xl.model.planned import ConditionalStyle, Merge, PlannedCell, Validation
from cchc_xl.model.terms import ReturnKind
from cchc_xl.workbooks.commune.cells import MARK_STYLES, coloured, shows, typed, words
from cchc_xl.workbooks.commune.validations import LONGEST_TITLE, date_validation, text_validation

_FROM, _TO, _NUMBER, _REASON, _APPROVER, _REFERENCE, _KIND = MAIN_INPUTS
_STYLES = {
    _FROM: "input.date",
    _TO: "input.date",
    _NUMBER: "input.count center",
    _REFERENCE: "input.date",
    _KIND: "input.text center",
}
_BESIDE = {_TO: "wb_until", _KIND: "wb_cchc_loai_ban_gui"}  # inputs in the row of another one
_TOP = 9
_ANSWERS = "G"  # column of the live answers


def declared(subject: Subject, contents: Contents) -> dict[str, Declaration]:
    """Every declaration: as typed, else as issued (the period's own window, first submission)."""
    first, last = subject.period.window(subject.regime.cutoff_day)
    kind = texts.text(f"return_kind_{ReturnKind.FIRST.value}")
    issued: dict[str, Declaration] = {_FROM: first, _TO: last, _NUMBER: 1, _KIND: kind}
    return {name: contents.declarations.get(name, issued.get(name)) for name in MAIN_INPUTS}


def declaration_cells(subject: Subject, contents: Contents) -> tuple[list[PlannedCell], list[Merge]]:
    """Section 1 of Trang chính."""
    values = declared(subject, contents)
    cells = [words(f"A{_TOP}", "section", texts.text("wb_section_declarations"))]
    merges = [Merge(f"A{_TOP}:I{_TOP}", "section")]
    for name, address in MAIN_INPUTS.items():
        style = _STYLES.get(name, "input.text")
        cells.append(typed(address, style, values[name]))
        row = address[1:]
        if name in _BESIDE:
            cells.append(words(f"D{row}", "key center", texts.text(_BESIDE[name])))
            merges.append(Merge(f"{address}:F{row}", style))
            continue
        label = words(f"A{row}", "key", texts.text(f"wb_{name}"))
        cells.append(label)
        merges.append(Merge(f"A{row}:B{row}", "key"))
        if name in (_REASON, _APPROVER):
            merges.append(Merge(f"{address}:F{row}", style))
    said = {name: declared_content(value) for name, value in values.items()}
    for name, answer in _answers(subject).items():
        row = MAIN_INPUTS[name][1:]
        cells.append(shows(f"{_ANSWERS}{row}", "mark.message", answer, said))
        merges.append(Merge(f"{_ANSWERS}{row}:I{row}", "mark.message"))
    return cells, merges


def declared_content(value: Declaration) -> Value:
    """A declaration as its cell holds it: days and counts as numbers."""
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(day_number(value)) if isinstance(value, date) else value or None


def _answers(subject: Subject) -> dict[str, Formula]:
    """What is said beside a declaration, by its name."""
    first, last = (DATE(d.year, d.month, d.day) for d in subject.period.window(subject.regime.cutoff_day))
    start, end, number = cell(_FROM), cell(_TO), cell(_NUMBER)
    own = IF(AND(start.equals(first), end.equals(last)), _say("wb_window_right"), _say("wb_window_other"))
    window = IF(
        COUNT(start, end) < 2, _say("wb_window_missing"), IF(start > end, _say("wb_window_reversed"), own)
    )
    kind, kinds = cell(_KIND), {k: texts.text(f"return_kind_{k.value}") for k in ReturnKind}
    later = OR(*(kind.equals(kinds[k]) for k in (ReturnKind.REPLACEMENT, ReturnKind.SUPPLEMENT)))
    fits = IF(AND(number > 1, later.equals(FALSE)), _say("wb_kind_again"), PASSED)
    again = IF(AND(number > 1, cell(_REASON).equals("")), _say("wb_number_again"), fits)
    possible = IF(OR(number < 1, number.differs(INT(number))), _say("wb_number_wrong"), again)
    approver = IF(cell(_APPROVER).equals(""), _say("wb_approver_missing"), PASSED)
    return {
        _FROM: Formula(window),
        _NUMBER: Formula(IF(ISNUMBER(number), possible, _say("wb_number_wrong"))),
        _APPROVER: Formula(approver),
    }


def declaration_validations(subject: Subject) -> tuple[Validation, ...]:
    """Validations and prompts of section 1 and of the persons and telephones."""
    found = [
        date_validation(MAIN_INPUTS[name], _title(name), texts.text(f"wb_prompt_{name}"))
        for name in (_FROM, _TO, _REFERENCE)
    ]
    address = MAIN_INPUTS[_NUMBER]
    number = cell(address)
    possible = AND(number >= 1, number <= 99, number.equals(INT(number)))
    found.append(
        Validation(
            address,
            "custom",
            to_excel(Formula(IF(ISNUMBER(number), possible, FALSE))),
            prompt_title=_title(_NUMBER),
            prompt=texts.text(f"wb_prompt_{_NUMBER}"),
            stop_title=texts.text("wb_stop_title"),
            stop=texts.text("wb_stop_number"),
        )
    )
    kinds = tuple(texts.text(f"return_kind_{kind.value}") for kind in ReturnKind)
    found.append(
        Validation(
            MAIN_INPUTS[_KIND],
            "list",
            choices=kinds,
            prompt_title=_title(_KIND),
            prompt=texts.text(f"wb_prompt_{_KIND}"),
            stop_title=texts.text("wb_stop_title"),
            stop=texts.text("wb_stop_kind", kinds="; ".join(kinds)),
        )
    )
    found += [
        text_validation(MAIN_INPUTS[name], _title(name), texts.text(f"wb_prompt_{name}"))
        for name in (_REASON, _APPROVER)
    ]
    last = FIRST_CONTACT_ROW + len(subject.layout.forms) - 1
    telephones = f"{CONTACT_TELEPHONE}{FIRST_CONTACT_ROW}:{CONTACT_TELEPHONE}{last}"
    found.append(
        text_validation(telephones, texts.text("wb_column_telephone"), texts.text("wb_prompt_telephone"))
    )
    return tuple(found)


def declaration_conditionals() -> tuple[ConditionalStyle, ...]:
    """Colours of the live answers."""
    rows = sorted(int(address[1:]) for address in MAIN_INPUTS.values())
    area = f"{_ANSWERS}{rows[0]}:{_ANSWERS}{rows[-1]}"
    return coloured(area, f"${_ANSWERS}{rows[0]}", MARK_STYLES)


def _say(code: str) -> Node:
    return node(texts.text(code))


def _title(name: str) -> str:
    return texts.text(f"wb_{name}")[:LONGEST_TITLE]
