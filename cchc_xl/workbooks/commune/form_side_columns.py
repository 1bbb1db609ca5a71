"""The columns beside a form, outside the print area: check, comparison, last period, claimed percentage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.live import row_check, stated_percentage
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.model import Indicator, Regime
from cchc_xl.model.contents import Contents
from cchc_xl.model.layout import CLAIMED, JUDGED, LIVE_CHECK, PREVIOUS, SHOWN, FormLayout, layout_of
from cchc_xl.model.planned import ConditionalStyle, Merge, PlannedCell, Validation
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.workbooks.commune.cells import live, typed, words
from cchc_xl.workbooks.commune.text_fit import height

COLUMN_WIDTHS = {"F": 2.0, "G": 62.0, "H": 13.0, "I": 13.0, "J": 13.0, "K": 20.0}
_MESSAGE_SIZE = 11.0


def headings(row: int) -> tuple[list[PlannedCell], list[Merge]]:
    """Header of the side columns, its upper row at `row`."""
    titles = ("wb_side_check", "wb_side_shown", "wb_side_previous", "wb_side_claimed", "wb_side_judged")
    columns = (LIVE_CHECK, SHOWN, PREVIOUS, CLAIMED, JUDGED)
    upper = words(f"{LIVE_CHECK}{row}", "side.header", texts.text("wb_side_group"))
    cells = [
        words(f"{column}{row + 1}", "side.header", texts.text(title))
        for column, title in zip(columns, titles, strict=True)
    ]
    return [upper, *cells], [Merge(f"{LIVE_CHECK}{row}:{JUDGED}{row}", "side.header")]


def least_height(regime: Regime, indicator: Indicator) -> float:
    """Height the longest message of the row needs."""
    return height((row_check.longest_message(regime, indicator), COLUMN_WIDTHS["G"], _MESSAGE_SIZE))


def side_cells(
    regime: Regime, form: FormLayout, contents: Contents, now: LiveValues, checks: Mapping[str, str]
) -> list[PlannedCell]:
    """Live and typed cells beside every row that has a figure."""
    cells: list[PlannedCell] = []
    for indicator in form.form.figures:
        code = indicator.code
        check, shown, judged = _formulas(regime, code)
        cells.append(live(form.cell(code, LIVE_CHECK), "mark.message", check, checks[code]))
        compared = form.cell(code, SHOWN)
        style = f"side.shown.{_figure_style(indicator)}"
        if shown is None:
            cells.append(words(compared, style, None))
        else:
            cells.append(live(compared, style, shown, row_check.shown_value(regime, indicator, now)))
        previous = now.figures.get(PREVIOUS_PREFIX + code)
        cells.append(words(form.cell(code, PREVIOUS), f"side.previous.{indicator.kind.value}", previous))
        if judged is not None:
            claim = contents.claimed.get(code)
            cells.append(typed(form.cell(code, CLAIMED), "side.claimed", claim))
            judgement = stated_percentage.judged_value(claim, now.figures.get(code))
            cells.append(live(form.cell(code, JUDGED), "side.judged", judged, judgement))
    return cells


@lru_cache(maxsize=4096)
def _formulas(regime: Regime, code: str) -> tuple[str, str | None, str | None]:
    layout = layout_of(regime)
    form, indicator = layout.form(code), regime.indicators[code]
    cell = form.cell(code)
    judged = (
        stated_percentage.judged_formula(form.cell(code, CLAIMED), cell) if indicator.is_claimable else None
    )
    return (
        row_check.check_formula(regime, indicator, cell),
        row_check.shown_formula(regime, indicator),
        judged,
    )


def claim_validations(form: FormLayout) -> tuple[Validation, ...]:
    """Percentages as written in the report: fractions, shown as percentages."""
    found = []
    for indicator in form.form.figures:
        if indicator.is_claimable:
            cell = form.cell(indicator.code, CLAIMED)
            found.append(
                Validation(
                    range=cell,
                    kind="custom",
                    formula=f"=IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=10),FALSE)",
                    prompt_title=texts.text("wb_claim_title"),
                    prompt=texts.text("wb_claim_prompt"),
                    stop_title=texts.text("wb_stop_title"),
                    stop=texts.text("wb_claim_stop"),
                )
            )
    return tuple(found)


def conditionals(first: int, last: int) -> tuple[ConditionalStyle, ...]:
    """Colours of the check and of the judgement; the signs say the same without them."""
    found = []
    for column, signs in ((LIVE_CHECK, "✖⚠✔"), (JUDGED, "✖✂✔")):
        area = f"{column}{first}:{column}{last}"
        for sign, style in zip(signs, ("bad", "warn", "ticked"), strict=True):
            found.append(ConditionalStyle(area, f'=LEFT({column}{first},1)="{sign}"', style))
    return tuple(found)


def _figure_style(indicator: Indicator) -> str:
    kind = indicator.kind.value
    if kind == "date":
        return "count date center"
    return kind if kind in ("count", "money", "ratio", "decimal") else "count"
