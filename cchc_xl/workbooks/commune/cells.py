"""Shorthand for planned cells, and the small things every sheet of the commune workbook shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions.evaluation import Cells, Formula
from cchc_xl.figures.expressions.functions import IF, LEFT
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.figures.live.excel import Places, to_excel
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import MAIN
from cchc_xl.model.periods import day_number
from cchc_xl.model.planned import CellValue, ConditionalStyle, Merge, Page, PlannedCell, Role

_ITALIC = re.compile(r"<i>(.*?)</i>", re.S)


def words(address: str, style: str, value: CellValue, *, link: str | None = None) -> PlannedCell:
    """Fixed wording or a fixed figure."""
    return PlannedCell(address, style, value, link=link)


def typed(address: str, style: str, value: CellValue) -> PlannedCell:
    """An unlocked cell with what the officer typed."""
    return PlannedCell(address, style, None if value == "" else value, Role.INPUT)


def live(address: str, style: str, formula: str, value: CellValue) -> PlannedCell:
    """A formula as written and its correct result; None becomes the empty text, as the formula gives it."""
    return PlannedCell(address, style, "" if value is None else value, Role.FORMULA, formula)


def shows(
    address: str, style: str, formula: Formula, cells: Cells, places: Places | None = None
) -> PlannedCell:
    """A live formula with what it gives for the contents of the cells it looks at."""
    return live(address, style, to_excel(formula, places or {}), formula.value(cells))


def as_typed(name: str) -> Formula:
    """A cell as it is, nothing for a blank one."""
    return Formula(IF(cell(name).equals(""), "", cell(name)))


def coloured(area: str, mark: str, styles: Mapping[str, str]) -> tuple[ConditionalStyle, ...]:
    """Styles by the sign a mark begins with; the sign says the same without colours."""
    begins = {sign: Formula(LEFT(cell(mark), 1).equals(sign)) for sign in styles}
    return tuple(ConditionalStyle(area, to_excel(begins[sign]), style) for sign, style in styles.items())


MARK_STYLES = {"✖": "bad", "⚠": "warn", "✔": "good"}


@lru_cache(maxsize=1024)
def runs(markup: str) -> tuple[tuple[str, bool], ...]:
    """Runs (text, italic) of a label with <i>…</i>; empty when nothing or everything is in italics."""
    pieces = _ITALIC.split(markup)
    found = tuple((piece, bool(n % 2)) for n, piece in enumerate(pieces) if piece)
    return found if len(found) > 1 else ()


def merged(planned: PlannedCell, last: str) -> tuple[PlannedCell, Merge]:
    """A cell and the merge that stretches it to `last`."""
    return planned, Merge(f"{planned.address}:{last}", planned.style)


def sheet_link(sheet: str, address: str = "A1") -> str:
    """Link to a cell of this workbook."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!{address}"


def home_link(address: str) -> PlannedCell:
    """The way back to the main page."""
    return words(address, "link", texts.text("wb_home"), link=sheet_link(MAIN))


def serial(day: date) -> int:
    """Excel's number of a date."""
    return day_number(day)


def page(subject: Subject, area: str | None, repeat: tuple[int, int] | None = None, **more: object) -> Page:
    """A4 page with unit, period and page numbers in its margins."""
    unit, period = (text.replace("&", "&&") for text in (subject.unit.full_name, subject.period.label))
    margin_font = '&"Times New Roman,Italic"&9 '
    marked = f"&C{margin_font}{texts.text('wb_illustrative')}" if subject.illustrative else ""
    settings: dict[str, object] = {
        "area": area,
        "repeat_rows": repeat,
        "header": f"&L{margin_font}{unit}{marked}&R{margin_font}{period}",
        "footer": f"&L{margin_font}&A&R{margin_font}" + texts.text("wb_page_numbers"),
    }
    return Page(**{**settings, **more})  # type: ignore[arg-type]
