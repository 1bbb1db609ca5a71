"""A register: prepared, unlocked rows under a header, each with its results and a live check beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import chain

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import COUNTA
from cchc_xl.figures.expressions.nodes import area
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.live.excel import Places, to_excel
from cchc_xl.figures.registers.computed_columns import result_of, with_results
from cchc_xl.figures.registers.row_cells import REFERENCE_DATE, WINDOW_END, RowContext, column, content
from cchc_xl.figures.registers.row_rules import (
    answer_key,
    answers_key,
    check_of,
    check_word,
    row_tests,
    words_key,
)
from cchc_xl.model import Kind, Regime, RegisterColumn
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import RegisterLayout, layout_of
from cchc_xl.model.planned import ConditionalStyle, PlannedCell, PlannedSheet, Validation, reference
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.commune.cells import (
    MARK_STYLES,
    coloured,
    home_link,
    live,
    merged,
    page,
    typed,
    words,
)
from cchc_xl.workbooks.commune.declared_inputs import declared
from cchc_xl.workbooks.commune.form_sheet import HIGHEST
from cchc_xl.workbooks.commune.register_tallies import (
    TALLY_WIDTHS,
    row_count,
    tally_cells,
    tally_conditionals,
)
from cchc_xl.workbooks.commune.text_fit import height
from cchc_xl.workbooks.commune.validations import column_validation

_NUMBER_WIDTH, _CHECK_WIDTH, _WORDS_WIDTH, _ANSWERS_WIDTH = 5.0, 40.0, 50.0, 24.0
_HEADER_HEIGHT = 50.0
_SIZE = 11.0
_STYLES = {
    Kind.COUNT: "row.count",
    Kind.MONEY: "row.count",
    Kind.RATIO: "row.ratio",
    Kind.DECIMAL: "row.value",
    Kind.DATE: "row.date",
}
_RESULT_STYLES = {"share": "table.value shaded", "last_day": "table.date shaded"}


def plan_register(
    subject: Subject, register: RegisterLayout, contents: Contents, figures: Mapping[str, Figure]
) -> PlannedSheet:
    """The sheet of one register with the rows typed into it; `figures` as the workbook shows them."""
    last_column, check = register.last_printed, register.check_column
    header = register.first_row - 1
    head = [
        words("A1", "legal.title", subject.banner),
        words("A2", "form.title", register.register.heading),
        words("A3", "form.title", register.register.title),
    ]
    hint = words(f"{check}4", "hint", texts.text("wb_register_hint", rows=register.register.rows))
    cells = [*head, hint, home_link(f"{check}1"), *_header(register, header, check)]
    context = _context(subject, contents, figures)
    typed_rows = contents.registers.get(register.register.code, ())
    heights = {1: 27.0, 2: 22.0, 3: 22.0, 4: 46.0, 5: 6.0, header: _HEADER_HEIGHT}
    fitted: dict[int, float] = {}
    rows: list[dict[str, RegisterValue]] = []
    for n in range(register.register.rows):
        values = typed_rows[n] if n < len(typed_rows) else {}
        row = with_results(register.register, values, context) if values else {}
        rows.append(row)
        if not row:
            cells += _empty_row(subject.regime, register.register.code, n)
            continue
        cells += _row(subject.regime, register, n, row, check_word(register.register, row, context))
        written = [(_as_read(row.get(c.code)), c.width, _SIZE) for c in register.register.inputs]
        fitted[register.first_row + n] = min(height(*written), HIGHEST)
    count = row_count(register, rows, context)
    cells += [count, *tally_cells(register, rows, context)]
    cells += _reference_cells(subject.regime, register.register.code)
    return PlannedSheet(
        name=register.register.sheet,
        code_name=register.register.code.title().replace("_", ""),
        cells=tuple(cells),
        column_widths=_widths(register, check),
        row_heights=heights,
        fitted_rows=fitted,
        merges=tuple(merged(cell, f"{last_column}{cell.address[1:]}")[1] for cell in (*head, count)),
        validations=_validations(subject.regime, register.register.code),
        conditionals=(*_conditionals(register, check), *tally_conditionals(register)),
        page=page(subject, None, (header, header), landscape=True, columns=f"A:{last_column}"),
        gridlines=True,
        freeze=f"B{register.first_row}",
        tab_color="#0F766E",
    )


def register_values(
    subject: Subject, register: RegisterLayout, contents: Contents, figures: Mapping[str, Figure]
) -> dict[str, Value]:
    """What stands in the rows, by full reference; of each row also all that is typed in it."""
    context = _context(subject, contents, figures)
    sheet, found = register.register.sheet, {}
    for number, values in enumerate(contents.registers.get(register.register.code, ()), start=1):
        row = with_results(register.register, values, context) if values else {}
        for code in register.columns:
            found[reference(sheet, register.cell(code, number))] = content(row.get(code))
        typed_in = tuple(content(row.get(c.code)) for c in register.register.inputs)
        at = register.first_row + number - 1
        found[reference(sheet, f"B{at}:{register.last_printed}{at}")] = typed_in
    return found


def _as_read(value: RegisterValue) -> str:
    """A cell's content about as long as it is shown."""
    return "" if value is None else str(value)


def _context(subject: Subject, contents: Contents, figures: Mapping[str, Figure]) -> RowContext:
    said = declared(subject, contents)
    last, today = said[WINDOW_END], said[REFERENCE_DATE]
    return RowContext(
        last if isinstance(last, date) else None, today if isinstance(today, date) else None, figures
    )


def _header(register: RegisterLayout, row: int, check: str) -> list[PlannedCell]:
    cells = [words(f"A{row}", "table.header", texts.text("wb_column_number"))]
    for shown in register.register.columns:
        label = f"{shown.label} *" if shown.required else shown.label
        cells.append(words(f"{register.columns[shown.code]}{row}", "table.header", label))
    return [*cells, words(f"{check}{row}", "side.header", texts.text("wb_side_check"))]


def _row(
    regime: Regime, register: RegisterLayout, n: int, values: Mapping[str, RegisterValue], word: str
) -> list[PlannedCell]:
    row = register.first_row + n
    formulas = _formulas(regime, register.register.code, n + 1)
    cells = [typed(f"A{row}", "row.number", n + 1 if values else None)]
    for shown in register.register.columns:
        address, value = f"{register.columns[shown.code]}{row}", values.get(shown.code)
        if shown.is_input:
            cells.append(typed(address, _STYLES.get(shown.kind, "row.text"), value))
        else:
            style = _RESULT_STYLES.get(shown.result, "table.text shaded")
            cells.append(live(address, style, formulas[shown.code], value))
    return [*cells, live(f"{register.check_column}{row}", "mark.message", formulas[""], word)]


@lru_cache(maxsize=8192)
def _empty_row(regime: Regime, code: str, n: int) -> tuple[PlannedCell, ...]:
    return tuple(_row(regime, layout_of(regime).registers[code], n, {}, ""))


@lru_cache(maxsize=8192)
def _formulas(regime: Regime, code: str, number: int) -> dict[str, str]:
    """Live formulas of one row by column; "" is the check beside it."""
    register = layout_of(regime).registers[code]
    places = {
        **_places_beside(regime, code),
        **{column(c).text: register.cell(c, number) for c in register.columns},
    }
    computed = (c.code for c in register.register.columns if not c.is_input)
    found = {c: to_excel(result_of(register.register, c), places) for c in computed}
    return {**found, "": to_excel(check_of(register.register), places)}


@lru_cache(maxsize=64)
def _places_beside(regime: Regime, code: str) -> Places:
    """Where the sentences of the live checks and the answers of choices stand."""
    register = layout_of(regime).registers[code]
    tests = range(len(row_tests(register.register)))
    found = {words_key(index): register.words_cell(index) for index in tests}
    for listing in register.register.inputs:
        if listing.choices:
            found[answers_key(listing.code)] = register.answers_area(listing.code)
        for row, choice in enumerate(listing.choices, start=register.first_row):
            address = f"${register.answers_column(listing.code)}${row}"
            found[answer_key(listing.code, choice.code)] = address
    return found


@lru_cache(maxsize=64)
def _reference_cells(regime: Regime, code: str) -> tuple[PlannedCell, ...]:
    """What the live checks say, and the answers of every choice with their meaning."""
    register = layout_of(regime).registers[code]
    header, letter = register.first_row - 1, register.words_column
    cells = [words(f"{letter}{header}", "side.header", texts.text("rg_words"))]
    for row, test in enumerate(row_tests(register.register), start=register.first_row):
        cells.append(words(f"{letter}{row}", "side.text", test.shown))
    for listing in register.register.inputs:
        if listing.choices:
            letter = register.answers_column(listing.code)
            cells.append(words(f"{letter}{header}", "side.header", listing.label))
            for row, choice in enumerate(listing.choices, start=register.first_row):
                cells.append(words(f"{letter}{row}", "side.text", choice.code))
    return tuple(cells)


def _widths(register: RegisterLayout, check: str) -> dict[str, float]:
    columns = {register.columns[c.code]: c.width for c in register.register.columns}
    found = {"A": _NUMBER_WIDTH, **columns, check: _CHECK_WIDTH}
    beside = len(register.register.columns) + 3
    if register.register.tallies:
        found.update({column_letter(beside + n): width for n, width in enumerate(TALLY_WIDTHS)})
    choices = [c.code for c in register.register.inputs if c.choices]
    answers = {register.answers_column(code): _ANSWERS_WIDTH for code in choices}
    return {**found, register.words_column: _WORDS_WIDTH, **answers}


@lru_cache(maxsize=64)
def _validations(regime: Regime, code: str) -> tuple[Validation, ...]:
    register = layout_of(regime).registers[code]
    found = []
    for typed_in in register.register.inputs:
        letter = register.columns[typed_in.code]
        first = f"{letter}{register.first_row}"
        validation = column_validation(typed_in, f"{first}:{letter}{register.last_row}", first)
        if validation is not None:
            found.append(validation)
    return tuple(found)


def _conditionals(register: RegisterLayout, check: str) -> tuple[ConditionalStyle, ...]:
    row = f"$B{register.first_row}:${register.last_printed}{register.first_row}"
    used = to_excel(Formula(COUNTA(area(row)) > 0))
    printed = f"A{register.first_row}:{register.last_printed}{register.last_row}"
    areas = [check, *(register.columns[c.code] for c in register.register.columns if _is_judged(c))]
    first, last = register.first_row, register.last_row
    marks = (coloured(f"{at}{first}:{at}{last}", f"${at}{first}", MARK_STYLES) for at in areas)
    return (ConditionalStyle(printed, used, "row.used"), *chain.from_iterable(marks))


def _is_judged(shown: RegisterColumn) -> bool:
    return shown.result in ("met", "due")
