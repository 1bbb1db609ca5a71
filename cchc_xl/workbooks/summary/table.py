"""Small builders for rows of planned cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.figures.expressions.evaluation import Cells, Formula
from cchc_xl.figures.expressions.functions import COUNTIF
from cchc_xl.figures.expressions.nodes import area
from cchc_xl.figures.expressions.values import Area
from cchc_xl.figures.live.excel import Places, to_excel
from cchc_xl.model import Kind
from cchc_xl.model.planned import CellValue, PlannedCell, Role

LINK_LIMIT = 20_000  # Excel keeps 65,530 links a sheet


@dataclass(frozen=True, slots=True)
class Live:
    """A formula with its correct result."""

    formula: str
    value: CellValue


Content = CellValue | Live


def live(formula: Formula, cells: Cells, places: Places | None = None) -> Live:
    """A formula written, with what it gives for the contents of the cells it looks at."""
    return Live(to_excel(formula, places or {}), formula.value(cells))


def linked(address: str, value: CellValue) -> Live:
    """Another cell as it is."""
    return Live(f"={address}", value)


def count_of(word: CellValue, column: Sequence[CellValue], address: str) -> Live:
    """How many cells of a column say a word."""
    return live(Formula(COUNTIF(area(address), word)), {address: Area(column)})


def cell(address: str, style: str, content: Content = None, link: str | None = None) -> PlannedCell:
    """One cell from a value or a live formula."""
    if isinstance(content, Live):
        result = "" if content.value is None else content.value
        return PlannedCell(address, style, result, Role.FORMULA, content.formula)
    return PlannedCell(address, style, content, link=link)


def row_cells(
    row: int, columns: Sequence[str], contents: Iterable[Content], styles: str | Sequence[str]
) -> list[PlannedCell]:
    """A row of cells; one style for all of them or one each."""
    each = [styles] * len(columns) if isinstance(styles, str) else styles
    return [
        cell(f"{column}{row}", style, content)
        for column, content, style in zip(columns, contents, each, strict=True)
    ]


def figure_style(kind: Kind, base: str = "table") -> str:
    """Style of a figure's cell: thousands grouped, percentages, answers centred."""
    if kind is Kind.RATIO:
        return f"{base}.ratio"
    return f"{base}.decimal" if kind is Kind.DECIMAL else f"{base}.count"


def wrapped_height(texts: Iterable[tuple[str, float]], line: float = 15.0, least: float = 18.0) -> float:
    """Height in points for texts in columns of the given widths (characters), wrapped."""
    lines = max((_lines(words, width) for words, width in texts), default=1)
    return max(least, line * lines + 3)


def _lines(words: str, width: float) -> int:
    per_line = max(width * 1.08, 1)
    return sum(max(1, -(-len(part) // int(per_line))) for part in words.split("\n"))


def number_or_text(value: str) -> CellValue:
    """A stored answer ("220", "KPS") as the cell that shows it."""
    try:
        return Decimal(value)
    except ArithmeticError:
        return value
