"""What the officer declares on Trang chính: the window of the data, which submission, who approved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.live.formulas import PASSED
from cchc_xl.figures.live.wording import quoted
from cchc_xl.model.contents import Contents, Declaration, Subject
from cchc_xl.model.layout import CONTACT_TELEPHONE, FIRST_CONTACT_ROW, MAIN_INPUTS
from cchc_xl.model.planned import ConditionalStyle, Merge, PlannedCell, Validation
from cchc_xl.workbooks.commune.cells import live, typed, words
from cchc_xl.workbooks.commune.validations import LONGEST_TITLE, date_validation, text_validation

_FROM, _TO, _NUMBER, _REASON, _APPROVER, _REFERENCE = MAIN_INPUTS
_STYLES = {_FROM: "input.date", _TO: "input.date", _NUMBER: "input.count center", _REFERENCE: "input.date"}
_TOP = 9
_ANSWERS = "G"  # column of the live answers


def declared(subject: Subject, contents: Contents) -> dict[str, Declaration]:
    """Every declaration: as typed, else as issued (the period's own window, first submission)."""
    first, last = subject.period.window(subject.regime.cutoff_day)
    issued: dict[str, Declaration] = {_FROM: first, _TO: last, _NUMBER: 1}
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
        if name == _TO:
            cells.append(words(f"D{row}", "key center", texts.text("wb_until")))
            merges.append(Merge(f"{address}:F{row}", style))
            continue
        label = words(f"A{row}", "key", texts.text(f"wb_{name}"))
        cells.append(label)
        merges.append(Merge(f"A{row}:B{row}", "key"))
        if name in (_REASON, _APPROVER):
            merges.append(Merge(f"{address}:F{row}", style))
    for name, formula, value in _answers(subject, values):
        row = MAIN_INPUTS[name][1:]
        cells.append(live(f"{_ANSWERS}{row}", "mark.message", formula, value))
        merges.append(Merge(f"{_ANSWERS}{row}:I{row}", "mark.message"))
    return cells, merges


def _answers(subject: Subject, values: dict[str, Declaration]) -> list[tuple[str, str, str]]:
    first, last = subject.period.window(subject.regime.cutoff_day)
    window = (
        f"=IF(COUNT({_FROM},{_TO})<2,{_say('wb_window_missing')},IF({_FROM}>{_TO},{_say('wb_window_reversed')},"
        f"IF(AND({_FROM}={_date(first)},{_TO}={_date(last)}),{_say('wb_window_right')},{_say('wb_window_other')})))"
    )
    number = (
        f"=IF(ISNUMBER({_NUMBER}),IF(OR({_NUMBER}<1,{_NUMBER}<>INT({_NUMBER})),{_say('wb_number_wrong')},"
        f'IF(AND({_NUMBER}>1,{_REASON}=""),{_say("wb_number_again")},{quoted(PASSED)})),{_say("wb_number_wrong")})'
    )
    approver = f'=IF({_APPROVER}="",{_say("wb_approver_missing")},{quoted(PASSED)})'
    return [
        (_FROM, window, _window_answer(values, first, last)),
        (_NUMBER, number, _number_answer(values)),
        (_APPROVER, approver, PASSED if values[_APPROVER] else texts.text("wb_approver_missing")),
    ]


def _window_answer(values: dict[str, Declaration], first: date, last: date) -> str:
    start, end = values[_FROM], values[_TO]
    if not isinstance(start, date) or not isinstance(end, date):
        return texts.text("wb_window_missing")
    if start > end:
        return texts.text("wb_window_reversed")
    return texts.text("wb_window_right" if (start, end) == (first, last) else "wb_window_other")


def _number_answer(values: dict[str, Declaration]) -> str:
    number = values[_NUMBER]
    if not isinstance(number, int | Decimal) or number < 1 or number != int(number):
        return texts.text("wb_number_wrong")
    return texts.text("wb_number_again") if number > 1 and not values[_REASON] else PASSED


def declaration_validations(subject: Subject) -> tuple[Validation, ...]:
    """Validations and prompts of section 1 and of the persons and telephones."""
    found = [
        date_validation(MAIN_INPUTS[name], _title(name), texts.text(f"wb_prompt_{name}"))
        for name in (_FROM, _TO, _REFERENCE)
    ]
    cell = MAIN_INPUTS[_NUMBER]
    formula = f"=IF(ISNUMBER({cell}),AND({cell}>=1,{cell}<=99,{cell}=INT({cell})),FALSE)"
    found.append(
        Validation(
            cell,
            "custom",
            formula,
            prompt_title=_title(_NUMBER),
            prompt=texts.text(f"wb_prompt_{_NUMBER}"),
            stop_title=texts.text("wb_stop_title"),
            stop=texts.text("wb_stop_number"),
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
    return tuple(
        ConditionalStyle(area, f'=LEFT(${_ANSWERS}{rows[0]},1)="{sign}"', style)
        for sign, style in (("✖", "bad"), ("⚠", "warn"), ("✔", "good"))
    )


def _say(code: str) -> str:
    return quoted(texts.text(code))


def _date(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _title(name: str) -> str:
    return texts.text(f"wb_{name}")[:LONGEST_TITLE]
