"""The columns beside a form, outside the print area: check, comparison, last period, claimed percentage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import AND, FALSE, IF, ISNUMBER
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.figures.live import row_check, stated_percentage
from cchc_xl.figures.live.excel import Places, to_excel
from cchc_xl.figures.live.values import LiveValues, mark_key, own_key, right_key, shown_key, words_key
from cchc_xl.model import Form, Indicator, Regime
from cchc_xl.model.contents import Contents
from cchc_xl.model.layout import (
    CHECK,
    CHECK_MARK,
    CHECK_MESSAGE,
    CHECK_RIGHT,
    CHECK_SHOWN,
    CLAIMED,
    JUDGED,
    LIVE_CHECK,
    NOTE_IN_PRINT,
    PREVIOUS,
    SHOWN,
    FormLayout,
    layout_of,
)
from cchc_xl.model.planned import ConditionalStyle, Merge, PlannedCell, Validation, reference
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.workbooks.commune import appendix_notes
from cchc_xl.workbooks.commune.cells import coloured, live, typed, words
from cchc_xl.workbooks.commune.derived_cells import DerivedCell, SheetCells
from cchc_xl.workbooks.commune.text_fit import height

COLUMN_WIDTHS = {"F": 11.0, "G": 90.0, "H": 13.0, "I": 13.0, "J": 13.0, "K": 20.0}
_MESSAGE_SIZE = 11.0
_LARGEST_CLAIM = 10  # 1.000 %


def headings(form: Form, row: int) -> tuple[list[PlannedCell], list[Merge]]:
    """Header of the side columns, its upper row at `row`."""
    titles = ("wb_side_check", "wb_side_shown", "wb_side_previous", "wb_side_claimed", "wb_side_judged")
    columns = (LIVE_CHECK, SHOWN, PREVIOUS, CLAIMED, JUDGED)
    upper = words(f"{LIVE_CHECK}{row}", "side.header", texts.text("wb_side_group"))
    cells = [
        words(f"{column}{row + 1}", "side.header", texts.text(title))
        for column, title in zip(columns, titles, strict=True)
    ]
    if form.printed:
        cells.append(words(f"{NOTE_IN_PRINT}{row + 1}", "side.header", texts.text("wb_note_side")))
    return [upper, *cells], [Merge(f"{LIVE_CHECK}{row}:{JUDGED}{row}", "side.header")]


def least_height(regime: Regime, indicator: Indicator) -> float:
    """Height the longest message of the row needs."""
    if indicator.is_heading:
        return 0.0
    return height((row_check.longest_message(regime, indicator), COLUMN_WIDTHS["G"], _MESSAGE_SIZE))


def side_cells(
    regime: Regime,
    form: FormLayout,
    contents: Contents,
    now: LiveValues,
    checks: Mapping[str, str],
    appendix: SheetCells,
) -> list[PlannedCell]:
    """Live and typed cells beside every row that has a figure; `appendix` is where notes are printed."""
    cells: list[PlannedCell] = []
    if form.form.printed:
        cells += appendix.planned(_cut_notes(regime, form.form.code))
    for indicator in form.form.figures:
        code = indicator.code
        check, shown, judged = _formulas(regime, code)
        cells.append(live(form.cell(code, LIVE_CHECK), "mark.message", check, checks[code]))
        compared = form.cell(code, SHOWN)
        style = f"side.shown.{_figure_style(indicator)}"
        if shown is None:
            cells.append(words(compared, style, None))
        else:
            figure = row_check.shown_beside(regime, code)
            assert figure is not None
            cells.append(live(compared, style, shown, figure.value(now.cells)))
        previous = now.figures.get(PREVIOUS_PREFIX + code)
        cells.append(words(form.cell(code, PREVIOUS), f"side.previous.{indicator.kind.value}", previous))
        if judged is not None:
            claim = contents.claimed.get(code)
            cells.append(typed(form.cell(code, CLAIMED), "side.claimed", claim))
            judgement = stated_percentage.judged(claim, now.figures.get(code))
            cells.append(live(form.cell(code, JUDGED), "side.judged", judged, judgement))
    return cells


@lru_cache(maxsize=256)
def _cut_notes(regime: Regime, code: str) -> tuple[DerivedCell, ...]:
    """Beside every note: that it will be cut in print."""
    form = layout_of(regime).forms[code]
    return tuple(
        DerivedCell(
            form.cell(i.code, NOTE_IN_PRINT), "mark.message", Formula(appendix_notes.is_cut(regime, i.code))
        )
        for i in form.form.figures
    )


@lru_cache(maxsize=4096)
def _formulas(regime: Regime, code: str) -> tuple[str, str | None, str | None]:
    """Texts of the check, of the figure shown, and of the judgement of a row."""
    form, places = layout_of(regime).form(code), _places(regime)
    shown = row_check.shown_beside(regime, code)
    beside = {stated_percentage.STATED: form.cell(code, CLAIMED), stated_percentage.EXACT: form.cell(code)}
    judged = regime.indicators[code].is_claimable
    return (
        to_excel(row_check.check_of(regime, code), places),
        to_excel(shown, places) if shown else None,
        to_excel(stated_percentage.judgement(), beside) if judged else None,
    )


@lru_cache(maxsize=64)
def _places(regime: Regime) -> Places:
    """Where the cells of the rules stand, and of each row its own figure."""
    layout = layout_of(regime)
    found = {own_key(i.code): layout.place(i.code)[1] for i in regime.figures}
    columns = {
        mark_key: CHECK_MARK,
        words_key: CHECK_MESSAGE,
        right_key: CHECK_RIGHT,
        shown_key: CHECK_SHOWN,
    }
    for rule_id, row in layout.check_rows.items():
        found.update({key(rule_id): reference(CHECK, f"{column}{row}") for key, column in columns.items()})
    return found


def claim_validations(form: FormLayout) -> tuple[Validation, ...]:
    """Percentages as written in the report: fractions, shown as percentages."""
    found = []
    for indicator in form.form.figures:
        if indicator.is_claimable:
            address = form.cell(indicator.code, CLAIMED)
            claim = cell(address)
            plausible = Formula(IF(ISNUMBER(claim), AND(claim >= 0, claim <= _LARGEST_CLAIM), FALSE))
            found.append(
                Validation(
                    range=address,
                    kind="custom",
                    formula=to_excel(plausible),
                    prompt_title=texts.text("wb_claim_title"),
                    prompt=texts.text("wb_claim_prompt"),
                    stop_title=texts.text("wb_stop_title"),
                    stop=texts.text("wb_claim_stop"),
                )
            )
    return tuple(found)


def conditionals(first: int, last: int) -> tuple[ConditionalStyle, ...]:
    """Colours of the check and of the judgement; the signs say the same without them."""
    checks, judgements = (f"{column}{first}:{column}{last}" for column in (LIVE_CHECK, JUDGED))
    return (
        *coloured(f"{NOTE_IN_PRINT}{first}:{NOTE_IN_PRINT}{last}", f"{NOTE_IN_PRINT}{first}", {"✂": "warn"}),
        *coloured(checks, f"{LIVE_CHECK}{first}", {"✖": "bad", "⚠": "warn", "✔": "ticked"}),
        *coloured(judgements, f"{JUDGED}{first}", {"✖": "bad", "✂": "warn", "✔": "ticked"}),
    )


def _figure_style(indicator: Indicator) -> str:
    kind = indicator.kind.value
    if kind == "date":
        return "count date center"
    return kind if kind in ("count", "money", "ratio", "decimal") else "count"
