"""Computed columns of a register: each a live formula and, beside it, the same result in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.model import Register, RegisterColumn
from cchc_xl.model.periods import day_number
from cchc_xl.model.terms import Figure

RowValue = date | Decimal | str | None
Row = Mapping[str, RowValue]
CellOf = Callable[[str], str]

DAYS_BEFORE = 7  # "sắp đến hạn"
WINDOW_END, REFERENCE_DATE = "cchc_den_ngay", "cchc_ngay_doi_chieu"
_STEP = Decimal("0.000001")
_ORDER = ("share", "last_day", "met", "trend", "due")


@dataclass(frozen=True)
class RowContext:
    """What rows are judged against: last day of the data, the day of the report, the typed figures."""

    window_end: date | None = None
    reference_date: date | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)


def number(value: RowValue) -> Decimal | None:
    """The number a cell holds (a date is one too), None for a text or nothing."""
    if isinstance(value, date):
        return Decimal(day_number(value))
    return value if isinstance(value, Decimal) else None


def with_results(register: Register, row: Row, context: RowContext) -> dict[str, RowValue]:
    """The row with every computed column; an empty row stays empty."""
    found = {column.code: row.get(column.code) for column in register.inputs}
    if all(value is None for value in found.values()):
        return {}
    computed = sorted((c for c in register.columns if not c.is_input), key=lambda c: _ORDER.index(c.result))
    for column in computed:
        found[column.code] = _RESULTS[column.result](dict(column.parts), found, context)
    return found


def result_formula(column: RegisterColumn, cell: CellOf, filled: str) -> str:
    """The live formula of a computed column; `filled` is the count of the row's typed cells."""
    body = _FORMULAS[column.result](dict(column.parts), cell)
    return f'=IF({filled}=0,"",{body})'


def _quoted(code: str) -> str:
    return f'"{texts.text(code)}"'


# --- share: the figure itself, or numerator over denominator in percent points ----------------------------


def _share(parts: Mapping[str, str], row: Row, _: RowContext) -> RowValue:
    above, below = number(row.get(parts["numerator"])), number(row.get(parts["denominator"]))
    if above is not None and below is not None:
        return "KPS" if below == 0 else above / below * 100
    return number(row.get(parts["figure"])) if number(row.get(parts["figure"])) is not None else ""


def _share_formula(parts: Mapping[str, str], cell: CellOf) -> str:
    figure, above, below = (cell(parts[role]) for role in ("figure", "numerator", "denominator"))
    share = f'IF({below}=0,"KPS",{above}/{below}*100)'
    return f'IF(AND(ISNUMBER({above}),ISNUMBER({below})),{share},IF(ISNUMBER({figure}),{figure},""))'


# --- met: a figure against its target; "đúng hạn" alone never, being 0 when everything was early -----------

_SIGNS = {"≥": ">=", "≤": "<=", "=": "="}


def _met(parts: Mapping[str, str], row: Row, _: RowContext) -> RowValue:
    figure, target = number(row.get(parts["figure"])), number(row.get(parts["target"]))
    sign = _SIGNS.get(str(row.get(parts["comparison"])))
    kind = row.get(parts.get("kind", ""))
    if isinstance(kind, str) and kind.casefold() == texts.text("rg_on_time").casefold():
        return texts.text("rg_not_compared")
    if figure is None or target is None or sign is None:
        return ""
    return texts.text("rg_met" if compares(figure - target, sign) else "rg_not_met")


def _met_formula(parts: Mapping[str, str], cell: CellOf) -> str:
    figure, comparison, target = (cell(parts[role]) for role in ("figure", "comparison", "target"))
    body = '""'
    for written, sign in reversed(_SIGNS.items()):
        judged = f"IF(ROUND({figure}-{target},6){sign}0,{_quoted('rg_met')},{_quoted('rg_not_met')})"
        body = f'IF({comparison}="{written}",{judged},{body})'
    judged = f'IF(AND(ISNUMBER({figure}),ISNUMBER({target})),{body},"")'
    if "kind" not in parts:
        return judged
    return f"IF({cell(parts['kind'])}={_quoted('rg_on_time')},{_quoted('rg_not_compared')},{judged})"


def compares(difference: Decimal, sign: str) -> bool:
    """Whether `left sign right` holds for left - right, at six decimals as the live formulas do."""
    rounded = difference.quantize(_STEP)
    return {
        "<": rounded < 0,
        "<=": rounded <= 0,
        ">": rounded > 0,
        ">=": rounded >= 0,
        "=": rounded == 0,
    }[sign]


# --- trend: against the figure of the period before -------------------------------------------------------


def _trend(parts: Mapping[str, str], row: Row, _: RowContext) -> RowValue:
    figure, before = number(row.get(parts["figure"])), number(row.get(parts["before"]))
    if figure is None or before is None:
        return ""
    if compares(figure - before, "="):
        return texts.text("rg_same")
    return texts.text("rg_up" if figure > before else "rg_down")


def _trend_formula(parts: Mapping[str, str], cell: CellOf) -> str:
    figure, before = cell(parts["figure"]), cell(parts["before"])
    change = f"ROUND({figure}-{before},6)"
    word = f"IF({change}>0,{_quoted('rg_up')},IF({change}<0,{_quoted('rg_down')},{_quoted('rg_same')}))"
    return f'IF(AND(ISNUMBER({figure}),ISNUMBER({before})),{word},"")'


# --- last day: "trước ngày 30/6" is 29/6 at the latest ------------------------------------------------------


def _last_day(parts: Mapping[str, str], row: Row, context: RowContext) -> RowValue:
    own = number(row.get(parts["deadline"]))
    if own is not None:
        wording = row.get(parts["wording"])
        before = isinstance(wording, str) and wording.casefold() == texts.text("rg_before")
        return own - (1 if before else 0)
    general = context.figures.get(parts.get("general", ""))
    if not isinstance(general, Decimal):
        return ""
    return general - (1 if context.figures.get(parts.get("general_wording", "")) == Decimal(1) else 0)


def _last_day_formula(parts: Mapping[str, str], cell: CellOf) -> str:
    own, wording = cell(parts["deadline"]), cell(parts["wording"])
    otherwise = '""'
    if "general" in parts:
        general = parts["general"]
        earlier = f"-IF(N({parts['general_wording']})=1,1,0)" if "general_wording" in parts else ""
        otherwise = f'IF(ISNUMBER({general}),{general}{earlier},"")'
    return f"IF(ISNUMBER({own}),{own}-IF({wording}={_quoted('rg_before')},1,0),{otherwise})"


# --- due: against the day of the report, never the clock ----------------------------------------------------


def _due(parts: Mapping[str, str], row: Row, context: RowContext) -> RowValue:
    state, last = row.get(parts["state"]), number(row.get(parts["last_day"]))
    if not isinstance(state, str):
        return ""
    if state.casefold() == texts.text("rg_standing").casefold():
        return texts.text("rg_standing")
    if state.casefold() == texts.text("rg_done").casefold():
        finished = number(row.get(parts.get("finished", "")))
        late = finished is not None and last is not None and finished > last
        return texts.text("rg_finished_late" if late else "rg_finished")
    today = number(context.reference_date)
    if last is None or today is None:
        return texts.text("rg_no_deadline" if last is None else "rg_no_reference")
    if today > last:
        return texts.text("rg_overdue")
    return texts.text("rg_due_soon" if last - today <= DAYS_BEFORE else "rg_in_time")


def _due_formula(parts: Mapping[str, str], cell: CellOf) -> str:
    state, last, today = cell(parts["state"]), cell(parts["last_day"]), REFERENCE_DATE
    done = _quoted("rg_finished")
    if "finished" in parts:
        finished = cell(parts["finished"])
        late = f"IF({finished}>{last},{_quoted('rg_finished_late')},{done})"
        done = f"IF(AND(ISNUMBER({finished}),ISNUMBER({last})),{late},{done})"
    soon = f"IF({last}-{today}<={DAYS_BEFORE},{_quoted('rg_due_soon')},{_quoted('rg_in_time')})"
    running = f"IF({today}>{last},{_quoted('rg_overdue')},{soon})"
    running = f"IF(NOT(ISNUMBER({today})),{_quoted('rg_no_reference')},{running})"
    running = f"IF(NOT(ISNUMBER({last})),{_quoted('rg_no_deadline')},{running})"
    standing = _quoted("rg_standing")
    words = f"IF({state}={standing},{standing},IF({state}={_quoted('rg_done')},{done},{running}))"
    return f'IF({state}="","",{words})'


_RESULTS: dict[str, Callable[[Mapping[str, str], Row, RowContext], RowValue]] = {
    "share": _share,
    "met": _met,
    "trend": _trend,
    "last_day": _last_day,
    "due": _due,
}
_FORMULAS: dict[str, Callable[[Mapping[str, str], CellOf], str]] = {
    "share": _share_formula,
    "met": _met_formula,
    "trend": _trend_formula,
    "last_day": _last_day_formula,
    "due": _due_formula,
}
