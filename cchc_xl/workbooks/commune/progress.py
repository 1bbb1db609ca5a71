"""Who fills which form and how far it is: one row a form on Trang chính."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.wording import quoted
from cchc_xl.model import Blank, Indicator, Regime
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import FIRST_CONTACT_ROW, FIRST_FORM_ROW, LIVE_CHECK, FormLayout, layout_of
from cchc_xl.model.planned import ConditionalStyle, PlannedCell, reference
from cchc_xl.workbooks.commune.cells import live, sheet_link, typed, words

_HEADER = FIRST_CONTACT_ROW - 1
_TITLES = {
    "A": "form",
    "B": "title",
    "C": "person",
    "D": "telephone",
    "E": "filled",
    "F": "total",
    "G": "faults",
    "H": "warnings",
    "I": "state",
}
_FILLED, _TOTAL, _FAULTS, _WARNINGS, _STATE = "EFGHI"


def progress_cells(
    subject: Subject, contents: Contents, now: LiveValues, checks: Mapping[str, str]
) -> list[PlannedCell]:
    """Section 2 of Trang chính."""
    cells = [words(f"A{_HEADER - 1}", "section", texts.text("wb_section_progress"))]
    cells += [words(f"{column}{_HEADER - 1}", "section", None) for column in "BCDEFGHI"]
    cells += [
        words(f"{column}{_HEADER}", "table.header", texts.text(f"wb_column_{title}"))
        for column, title in _TITLES.items()
    ]
    sums = [0, 0, 0, 0]
    for form in subject.layout.forms.values():
        numbers = counts(form, now, checks)
        cells += _form_cells(subject, form, contents, numbers)
        if is_required(form):
            sums = [total + number for total, number in zip(sums, numbers, strict=True)]
    return cells + _total_cells(subject, sums)


def counts(form: FormLayout, now: LiveValues, checks: Mapping[str, str]) -> tuple[int, int, int, int]:
    """Cells filled, cells to fill, rows at fault, rows with a warning."""
    marks = [checks[i.code][:1] for i in form.form.figures]
    wanted = wanted_inputs(form)
    filled = sum(now.figures.get(i.code) is not None for i in wanted)
    return filled, len(wanted), marks.count("✖"), marks.count("⚠")


def is_required(form: FormLayout) -> bool:
    """Whether anything at all must be filled on the form."""
    return form.form.printed and any(i.blank is not Blank.OPTIONAL for i in form.form.inputs)


def wanted_inputs(form: FormLayout) -> tuple[Indicator, ...]:
    """The inputs progress is measured by: those that must be filled; all of a form that is optional."""
    if not is_required(form):
        return form.form.inputs
    return tuple(i for i in form.form.inputs if i.blank is not Blank.OPTIONAL)


def _form_cells(
    subject: Subject, form: FormLayout, contents: Contents, numbers: tuple[int, int, int, int]
) -> list[PlannedCell]:
    person_cell, telephone_cell = subject.layout.contact(form.form.code)
    row = int(person_cell[1:])
    person, telephone = contents.contacts.get(form.form.code, ("", ""))
    filled, faults, warnings, state = _formulas(subject.regime, form.form.code)
    return [
        words(f"A{row}", "table.link", form.form.sheet, link=sheet_link(form.form.sheet)),
        words(f"B{row}", "table.text", form.form.title),
        typed(person_cell, "table.input", person),
        typed(telephone_cell, "input.telephone", telephone),
        live(f"{_FILLED}{row}", "table.count", filled, numbers[0]),
        words(f"{_TOTAL}{row}", "table.count", numbers[1]),
        live(f"{_FAULTS}{row}", "table.count", faults, numbers[2]),
        live(f"{_WARNINGS}{row}", "table.count", warnings, numbers[3]),
        live(f"{_STATE}{row}", "table.mark", state, state_word(form, numbers)),
    ]


@lru_cache(maxsize=256)
def _formulas(regime: Regime, code: str) -> tuple[str, str, str, str]:
    layout = layout_of(regime)
    form = layout.forms[code]
    row = layout.contact(code)[0][1:]
    area = reference(form.form.sheet, f"{LIVE_CHECK}{FIRST_FORM_ROW}:{LIVE_CHECK}{form.last_row}")
    filled = f"=COUNTA({','.join(i.code for i in wanted_inputs(form))})"
    faults, warnings = (f'=SUMPRODUCT((LEFT({area},1)="{sign}")*1)' for sign in "✖⚠")
    done = (
        f"IF({_FILLED}{row}<{_TOTAL}{row},{_say('unfinished')},"
        f"IF({_WARNINGS}{row}>0,{_say('warned')},{_say('done')}))"
    )
    if not is_required(form):
        done = (
            f"IF({_FILLED}{row}=0,{_say('optional')},IF({_WARNINGS}{row}>0,{_say('warned')},{_say('done')}))"
        )
    return filled, faults, warnings, f"=IF({_FAULTS}{row}>0,{_say('faulty')},{done})"


def state_word(form: FormLayout, numbers: tuple[int, int, int, int]) -> str:
    """How far a form is."""
    filled, total, faults, warnings = numbers
    if faults:
        return texts.text("wb_state_faulty")
    if is_required(form) and filled < total:
        return texts.text("wb_state_unfinished")
    if not is_required(form) and not filled:
        return texts.text("wb_state_optional")
    return texts.text("wb_state_warned" if warnings else "wb_state_done")


def _total_cells(subject: Subject, sums: list[int]) -> list[PlannedCell]:
    forms = list(subject.layout.forms.values())
    row = FIRST_CONTACT_ROW + len(forms)
    printed = [FIRST_CONTACT_ROW + n for n, form in enumerate(forms) if is_required(form)]
    cells = [words(f"A{row}", "table.total.text", texts.text("wb_total_printed"))]
    cells += [words(f"{column}{row}", "table.total.text", None) for column in "BCD"]
    for column, value in zip((_FILLED, _TOTAL, _FAULTS, _WARNINGS), sums, strict=True):
        listed = ",".join(f"{column}{n}" for n in printed)
        cells.append(live(f"{column}{row}", "table.total.count", f"=SUM({listed})", value))
    filled, total, faults, warnings = sums
    state = (
        f"=IF({_FAULTS}{row}>0,{_say('faulty')},IF({_FILLED}{row}<{_TOTAL}{row},{_say('unfinished')},"
        f"IF({_WARNINGS}{row}>0,{_say('warned')},{_say('done')})))"
    )
    code = "faulty" if faults else "unfinished" if filled < total else "warned" if warnings else "done"
    word = texts.text(f"wb_state_{code}")
    return [*cells, live(f"{_STATE}{row}", "table.total.text center", state, word)]


def progress_conditionals(subject: Subject) -> tuple[ConditionalStyle, ...]:
    """Colours of the states."""
    last = FIRST_CONTACT_ROW + len(subject.layout.forms)
    area = f"{_STATE}{FIRST_CONTACT_ROW}:{_STATE}{last}"
    return tuple(
        ConditionalStyle(area, f'=LEFT(${_STATE}{FIRST_CONTACT_ROW},1)="{sign}"', style)
        for sign, style in (("✖", "bad"), ("⚠", "warn"), ("✔", "good"))
    )


def _say(state: str) -> str:
    return quoted(texts.text(f"wb_state_{state}"))
