"""The city's figures as live formulas over "Theo đơn vị", each with its correct result.

Sums take counted forms only; a ratio is its own formula over parts summed over units that gave all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cchc_xl.figures.expressions import Node, Parameters, evaluate_formula, parse, references
from cchc_xl.model import KPS, Indicator, OverUnits
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import Figure
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import TYPE_NAME, Grid, column_name, status_name
from cchc_xl.workbooks.summary.table import Live, number_or_text
from cchc_xl.workbooks.summary.wording import COUNTED

_FULL = Decimal(1)


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """The columns an answer needs: the parts of a computed indicator, else its own."""
    return references(indicator.formula) if indicator.formula else (indicator.code,)


def answered(grid: Grid, indicator: Indicator) -> Live:
    """How many counted units gave every part."""
    given = len(_complete(grid, indicator, held=False))
    return Live(f"=COUNTIFS({_criteria(grid, indicator)})", given)


def city_total(grid: Grid, indicator: Indicator, answered_cell: str) -> Live | None:
    """The city's figure; None for what has no single figure (answers by code, nothing to add up)."""
    figure = grid.consolidation.city[indicator.code]
    code, status = column_name(indicator.code), status_name(grid.form_of[indicator.code])
    if indicator.over_units is OverUnits.SUM:
        return Live(f'=IF({answered_cell}=0,"",SUMIF({status},"{COUNTED}",{code}))', figure.total)
    if indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
        body = _ratio(grid, indicator, _criteria(grid, indicator))
        return Live(
            f'=IF({answered_cell}=0,"",{body})', _ratio_value(grid, indicator, figure.total, held=False)
        )
    if indicator.over_units is OverUnits.CONSTANT:
        agreed = "" if figure.commonest is None else number_or_text(figure.commonest)
        votes = f'COUNTIFS({status},"{COUNTED}",{code},{code})*({status}="{COUNTED}")*({code}<>"")'
        place = f"SUMPRODUCT(MATCH(MAX({votes}),{votes},0))"
        return Live(f'=IF({answered_cell}=0,"",INDEX({code},{place}))', agreed)
    return None


def total_with_held(grid: Grid, indicator: Indicator) -> Live | None:
    """The city's figure with the figures of held forms; None where nothing is added up."""
    figure = grid.consolidation.city[indicator.code]
    code = column_name(indicator.code)
    if indicator.over_units is OverUnits.SUM:
        return Live(f'=IF(COUNTA({code})=0,"",SUM({code}))', figure.total_with_held)
    if indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
        criteria = _given(indicator)
        value = _ratio_value(grid, indicator, figure.total_with_held, held=True)
        return Live(f'=IF(COUNTIFS({criteria})=0,"",{_ratio(grid, indicator, criteria)})', value)
    return None


def count_of_answer(grid: Grid, indicator: Indicator, answer: str, *, held: bool = False) -> Live:
    """How many units gave this coded answer."""
    code, status = column_name(indicator.code), status_name(grid.form_of[indicator.code])
    wanted = f'"{answer}"' if answer == KPS else answer
    if held:
        given = sum(_same(figure, answer) for figure in grid.figures[indicator.code])
        return Live(f"=COUNTIF({code},{wanted})", given)
    given = sum(_same(figure, answer) for _, figure in grid.counted(indicator.code))
    return Live(f'=COUNTIFS({status},"{COUNTED}",{code},{wanted})', given)


def count_of_full(grid: Grid, indicator: Indicator) -> Live:
    """How many counted units stand at 100 % of a ratio that cannot be added up."""
    code, status = column_name(indicator.code), status_name(grid.form_of[indicator.code])
    full = sum(figure == _FULL for _, figure in grid.counted(indicator.code))
    return Live(f'=COUNTIFS({status},"{COUNTED}",{code},1)', full)


def total_of_type(grid: Grid, indicator: Indicator, type_cell: str, unit_type: str) -> Live:
    """The figure of one type of unit (xã, phường, đặc khu)."""
    criteria = f"{_criteria(grid, indicator)},{TYPE_NAME},{type_cell}"
    units = [n for n in _complete(grid, indicator, held=False) if _type(grid, n) == unit_type]
    if indicator.formula:
        body = _ratio(grid, indicator, criteria)
        value: Figure = _over(grid, indicator, units)
    else:
        body = f"SUMIFS({column_name(indicator.code)},{criteria})"
        value = sum((_number(grid.figures[indicator.code][n]) for n in units), Decimal(0)) if units else None
    return Live(f'=IF(COUNTIFS({criteria})=0,"",{body})', value)


def _type(grid: Grid, n: int) -> str:
    return grid.consolidation.units[n].unit.type


def _same(figure: Figure, answer: str) -> bool:
    return figure == (KPS if answer == KPS else Decimal(answer))


# --- formula texts ---------------------------------------------------------------------------------------


def _given(indicator: Indicator) -> str:
    return ",".join(f'{column_name(part)},"<>"' for part in parts_of(indicator))


def _criteria(grid: Grid, indicator: Indicator) -> str:
    return f'{status_name(grid.form_of[indicator.code])},"{COUNTED}",{_given(indicator)}'


def _ratio(grid: Grid, indicator: Indicator, criteria: str) -> str:
    """The indicator's own formula over sums under `criteria`; KPS over nothing."""
    root = parse(indicator.formula or "").root
    parameters = grid.consolidation.regime.parameters

    def summed(code: str) -> str:
        return f"SUMIFS({column_name(code)},{criteria})"

    body = _excel(root, summed, parameters)
    if root.kind == "/":
        return f'IF({_excel(root.operands[1], summed, parameters)}=0,"{KPS}",{body})'
    return f'IFERROR({body},"{KPS}")'


def _excel(node: Node, summed: Callable[[str], str], parameters: Parameters) -> str:
    kind = node.kind
    if kind == "name":
        return summed(node.text)
    if kind == "or_zero":
        return summed(node.operands[0].text)
    if kind == "literal":
        return node.text
    if kind == "parameter":
        return format(parameters[node.text], "f")
    inner = [_excel(operand, summed, parameters) for operand in node.operands]
    if kind in ("+", "-", "*", "/"):
        return f"({inner[0]}{kind}{inner[1]})"
    if kind == "negate":
        return f"(-{inner[0]})"
    if kind in ("round", "min", "max", "abs"):
        return f"{kind.upper()}({','.join(inner)})"
    raise ExpressionError(text("expression_not_summed", part=kind))


# --- results ---------------------------------------------------------------------------------------------


def _complete(grid: Grid, indicator: Indicator, *, held: bool) -> list[int]:
    """Positions of the units that gave every part."""
    statuses = grid.statuses[grid.form_of[indicator.code]]
    columns = [grid.figures[part] for part in parts_of(indicator)]
    return [
        n
        for n, status in enumerate(statuses)
        if (held or status == COUNTED) and all(column[n] is not None for column in columns)
    ]


def _ratio_value(grid: Grid, indicator: Indicator, total: Decimal | None, *, held: bool) -> Figure:
    if total is not None:
        return total
    return KPS if _complete(grid, indicator, held=held) else None


def _over(grid: Grid, indicator: Indicator, units: list[int]) -> Figure:
    if not units or not indicator.formula:
        return None
    sums: dict[str, Figure] = {
        part: sum((_number(grid.figures[part][n]) for n in units), Decimal(0)) for part in parts_of(indicator)
    }
    return evaluate_formula(indicator.formula, sums, grid.consolidation.regime.parameters)


def _number(figure: Figure) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(0)
