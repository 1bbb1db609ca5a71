"""One planned sheet written through XlsxWriter. Every refusal names the sheet and the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from cchc_xl.excel.write import charts
from cchc_xl.excel.write.cell_values import stored_number, stored_result, stored_text
from cchc_xl.excel.write.formula_guard import (
    guard_choices,
    guard_formula,
    guard_prompt,
    guard_references,
    guard_rule_formula,
    read_formula,
)
from cchc_xl.excel.write.page_setup import DEFAULT_WIDTH, set_page
from cchc_xl.excel.write.styles import conditional_format_of, format_of, is_unlocked, run_format_of
from cchc_xl.model.addresses import cell_position, column_span, range_position
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import (
    ConditionalStyle,
    Merge,
    PlannedButton,
    PlannedCell,
    PlannedChart,
    PlannedSheet,
    PlannedSparkline,
    Role,
    Validation,
)
from cchc_xl.texts import text as message

# Green corners that would only worry the reader: codes kept as text, formulas unlike their neighbours.
_HARMLESS = ("number_stored_as_text", "formula_differs", "formula_range", "empty_cell_reference")


@dataclass(frozen=True, slots=True)
class Targets:
    """What formulas and links of a workbook may refer to, in lower case."""

    names: frozenset[str]
    sheets: frozenset[str]


@dataclass(frozen=True)
class SheetWriter:
    """Writes `plan` into `sheet`."""

    workbook: Workbook
    sheet: Worksheet
    plan: PlannedSheet
    targets: Targets
    with_buttons: bool

    def write(self) -> None:
        """Write everything the plan holds. Raises WriteRefused."""
        self._set_columns_and_rows()
        self._each(self.plan.merges, lambda m: m.range, self._merge)
        self._refuse_repeated_cells()
        self._each(self.plan.cells, lambda c: c.address, self._cell)
        self._each(self.plan.validations, lambda v: v.range, self._validation)
        self._each(self.plan.conditionals, lambda c: c.range, self._conditional)
        self._each(self.plan.charts, lambda c: c.anchor, self._chart)
        self._each(self.plan.sparklines, lambda s: s.address, self._sparkline)
        if self.with_buttons:
            self._each(self.plan.buttons, lambda b: b.address, self._button)
        self._each((self.plan,), lambda _: message("write_page"), lambda p: set_page(self.sheet, p))
        self._each((self.plan,), lambda _: message("write_view"), self._view)

    def _each(self, items: Iterable[Any], place: Callable[[Any], str], write: Callable[[Any], int]) -> None:
        for item in items:
            try:
                code = write(item)
                if code:
                    raise WriteRefused(message("write_failed", detail=code))
            except (WriteRefused, XlsxWriterException, UserWarning, ValueError) as error:
                problem = error if isinstance(error, WriteRefused) else message("write_failed", detail=error)
                at = message("write_at", sheet=self.plan.name, place=place(item), problem=problem)
                raise WriteRefused(at) from error

    def _refuse_repeated_cells(self) -> None:
        seen: set[str] = set()
        for cell in self.plan.cells:
            if cell.address in seen:
                problem = message("write_twice")
                raise WriteRefused(
                    message("write_at", sheet=self.plan.name, place=cell.address, problem=problem)
                )
            seen.add(cell.address)

    # Cells

    def _cell(self, cell: PlannedCell) -> int:
        row, column = cell_position(cell.address)
        style = format_of(self.workbook, cell.style)
        code = self._link(row, column, cell) if cell.link else 0
        if cell.role is Role.FORMULA:
            if cell.formula is None:
                raise WriteRefused(message("write_formula_missing"))
            self._guard(guard_formula(cell.formula))
            result = stored_result(cell.value)
            return code or int(self.sheet.write_formula(row, column, cell.formula, style, result))
        if cell.formula is not None:
            raise WriteRefused(message("write_input_formula"))
        if cell.role is Role.INPUT and not is_unlocked(cell.style):
            raise WriteRefused(message("write_input_locked", style=cell.style))
        return code or self._content(row, column, cell, style)

    def _content(self, row: int, column: int, cell: PlannedCell, style: Any) -> int:
        value = cell.value
        runs = [(stored_text(part), italic) for part, italic in cell.rich if part]
        if len(runs) == 1:
            style = run_format_of(self.workbook, cell.style, italic=runs[0][1])
            value = runs[0][0]
        elif runs:
            return self._rich(row, column, cell.style, runs)
        if value is None or value == "":
            return int(self.sheet.write_blank(row, column, None, style))
        if isinstance(value, bool):
            return int(self.sheet.write_boolean(row, column, value, style))
        if isinstance(value, str):
            return self._text(row, column, cell.style, stored_text(value), style)
        return int(self.sheet.write_number(row, column, stored_number(value), style))

    def _text(self, row: int, column: int, style_name: str, text: str, style: Any) -> int:
        # XlsxWriter takes a text that looks like its own rich-text XML for markup and writes it unescaped.
        if text.startswith("<r>") and text.endswith("</r>"):
            return self._rich(row, column, style_name, [(text[:1], False), (text[1:], False)])
        return int(self.sheet.write_string(row, column, text, style))

    def _rich(self, row: int, column: int, style_name: str, runs: list[tuple[str, bool]]) -> int:
        fragments: list[Any] = []
        for part, italic in runs:
            fragments += (run_format_of(self.workbook, style_name, italic=italic), part)
        style = format_of(self.workbook, style_name)
        return int(self.sheet.write_rich_string(row, column, *fragments, style))

    def _link(self, row: int, column: int, cell: PlannedCell) -> int:
        link = cell.link or ""
        target = link.removeprefix("internal:")
        sheet, _, address = target.rpartition("!")
        known = (
            sheet.strip("'").replace("''", "'").lower() in self.targets.sheets
            if sheet
            else address.lower() in self.targets.names
        )
        if target == link or not known:
            raise WriteRefused(message("write_link", link=link))
        # The content is written over this text afterwards, with its guards.
        shown = (
            cell.value if isinstance(cell.value, str) and cell.value[:1] not in ("", "<") else cell.address
        )
        return int(self.sheet.write_url(row, column, link, None, shown))

    def _merge(self, merge: Merge) -> int:
        style = format_of(self.workbook, merge.style)
        return int(self.sheet.merge_range(*range_position(merge.range), "", style))

    # Rules on cells

    def _guard(self, formula: str) -> str:
        guard_references(read_formula(formula), self.targets.names, self.targets.sheets, formula)
        return formula

    def _validation(self, validation: Validation) -> int:
        guard_prompt(validation.prompt_title, validation.prompt)
        guard_prompt(validation.stop_title, validation.stop)
        options = {
            **self._criteria(validation),
            "input_title": validation.prompt_title,
            "input_message": validation.prompt,
            "error_title": validation.stop_title,
            "error_message": validation.stop,
            "error_type": "warning" if validation.warns_only else "stop",
        }
        first, *others = [range_position(part) for part in validation.range.split()]
        options = {key: value for key, value in options.items() if value != ""}
        if others:
            options["other_cells"] = [list(part) for part in others]
        return int(self.sheet.data_validation(*first, options))

    def _criteria(self, validation: Validation) -> dict[str, Any]:
        if validation.kind == "custom":
            return {"validate": "custom", "value": self._guard(guard_rule_formula(validation.formula))}
        if validation.kind == "list" and validation.choices:
            guard_choices(validation.choices)
            return {"validate": "list", "source": list(validation.choices)}
        if validation.kind == "list":
            return {"validate": "list", "source": self._guard(guard_rule_formula(validation.formula))}
        if validation.kind == "date" and validation.bounds:
            first, last = (str(stored_number(day)) for day in validation.bounds)
            return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        if validation.kind == "any" and (validation.prompt_title or validation.prompt):
            return {"validate": "any"}
        raise WriteRefused(message("write_validation_kind", kind=validation.kind))

    def _conditional(self, conditional: ConditionalStyle) -> int:
        ranges = conditional.range.split()
        options = {
            "type": "formula",
            "criteria": self._guard(guard_rule_formula(conditional.formula)),
            "format": conditional_format_of(self.workbook, conditional.style),
        }
        if len(ranges) > 1:
            options["multi_range"] = conditional.range
        return int(self.sheet.conditional_format(*range_position(ranges[0]), options))

    # Things that float above the cells

    def _chart(self, chart: PlannedChart) -> int:
        for formula in charts.formulas_of(chart):
            self._guard(guard_formula(formula))
        return charts.insert_chart(self.workbook, self.sheet, chart)

    def _sparkline(self, sparkline: PlannedSparkline) -> int:
        self._guard(guard_formula(f"={sparkline.values.lstrip('=')}"))
        return charts.insert_sparkline(self.sheet, sparkline)

    def _button(self, button: PlannedButton) -> int:
        row, column = cell_position(button.address)
        options = {
            "macro": button.macro,
            "caption": button.caption,
            "width": button.width,
            "height": button.height,
            "description": button.help or button.caption,
        }
        return int(self.sheet.insert_button(row, column, options))

    # The sheet as a whole

    def _set_columns_and_rows(self) -> None:
        hidden = {c for span in self.plan.hidden_columns for c in column_span(span)}
        widths = {c: width for span, width in self.plan.column_widths.items() for c in column_span(span)}
        self._each(
            sorted(hidden | widths.keys()),
            lambda c: message("write_column", number=c + 1),
            lambda c: self.sheet.set_column(
                c, c, widths.get(c, DEFAULT_WIDTH), None, {"hidden": c in hidden}
            ),
        )
        self._each(
            sorted({**self.plan.row_heights, **self.plan.fitted_rows}.items()),
            lambda row: message("write_row", number=row[0]),
            lambda row: self.sheet.set_row(row[0] - 1, row[1]),
        )

    def _view(self, plan: PlannedSheet) -> int:
        sheet = self.sheet
        sheet.hide_gridlines(1 if plan.gridlines else 2)
        sheet.set_zoom(plan.zoom)
        if plan.tab_color:
            sheet.set_tab_color(plan.tab_color)
        if plan.freeze:
            sheet.freeze_panes(*cell_position(plan.freeze))
        first_input = next((c.address for c in plan.cells if c.role is Role.INPUT), None)
        if first_input and plan.protected:
            sheet.set_selection(*range_position(first_input))
        if plan.protected:
            sheet.protect("", _allowed(plan))
        if plan.cells:
            sheet.ignore_errors(dict.fromkeys(_HARMLESS, _used_range(plan)))
        if plan.autofilter:
            return int(sheet.autofilter(*range_position(plan.autofilter)) or 0)
        return 0


def _used_range(plan: PlannedSheet) -> str:
    rows, columns = zip(*(cell_position(cell.address) for cell in plan.cells), strict=True)
    return str(xl_range(0, 0, max(rows), max(columns)))


def _allowed(plan: PlannedSheet) -> dict[str, bool]:
    # Buttons stay where they are; where there are none, comments and shapes may be added.
    return {
        "objects": not plan.buttons,
        "format_columns": True,
        "format_rows": True,
        "autofilter": plan.autofilter is not None,
        "sort": plan.autofilter is not None,
    }
