"""How a sheet prints: paper, margins, repeated rows, breaks, headers and footers."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from cchc_xl.excel.write.formula_guard import utf16_length
from cchc_xl.model.addresses import column_span, range_position
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import Page, PlannedSheet
from cchc_xl.texts import text as message

_MILLIMETRES = 25.4
_PAPER_MILLIMETRES = {8: (297, 420), 9: (210, 297)}  # A3, A4: width and height upright
_BANNER_LIMIT = 255
_LAST_ROW = 1_048_575
DEFAULT_WIDTH = 8.43
_PIXELS_PER_INCH = 96
_PRINTER_SLACK = 0.88  # a digit of Times New Roman 11 is 7.33 pixels, not 7, and printers run wider still


def set_page(sheet: Worksheet, plan: PlannedSheet) -> int:
    """Set everything of `plan.page`; 0 when XlsxWriter took it. Raises WriteRefused."""
    page = plan.page
    sheet.set_paper(page.paper)
    if page.landscape:
        sheet.set_landscape()
    left, right, top, bottom = (margin / _MILLIMETRES for margin in page.margins)
    sheet.set_margins(left, right, top, bottom)
    if page.centered:
        sheet.center_horizontally()
    code = int(sheet.print_area(*range_position(page.area)) or 0) if page.area else 0
    if page.columns:
        first, last = column_span(page.columns)[0], column_span(page.columns)[-1]
        code = int(sheet.print_area(0, first, _LAST_ROW, last) or 0)
    if page.repeat_rows:
        sheet.repeat_rows(page.repeat_rows[0] - 1, page.repeat_rows[1] - 1)
    if page.repeat_columns:
        code = code or int(sheet.repeat_columns(":".join(page.repeat_columns)) or 0)
    _set_scale(sheet, plan)
    for banner, write in ((page.header, sheet.set_header), (page.footer, sheet.set_footer)):
        if (length := utf16_length(banner)) > _BANNER_LIMIT:
            raise WriteRefused(message("write_banner_long", length=length))
        if banner:
            write(banner)
    return code


def _set_scale(sheet: Worksheet, plan: PlannedSheet) -> None:
    page = plan.page
    if page.breaks:
        sheet.set_h_pagebreaks(list(page.breaks))
    if not page.fit_width:
        sheet.set_v_pagebreaks([column_span(column)[-1] + 1 for column in page.column_breaks])
        sheet.set_print_scale(page.scale)
        return
    # "Fit to width" makes Excel forget manual breaks; a scale does not.
    if page.breaks and page.area:
        sheet.set_print_scale(_scale(plan, page))
    else:
        sheet.fit_to_pages(1, 0)


def _scale(plan: PlannedSheet, page: Page) -> int:
    _, left, _, right = range_position(page.area or "A1")
    widths = {c: width for span, width in plan.column_widths.items() for c in column_span(span)}
    hidden = {c for span in plan.hidden_columns for c in column_span(span)}
    shown = (widths.get(c, DEFAULT_WIDTH) for c in range(left, right + 1) if c not in hidden)
    needed = sum(int(width * 7 + 5) for width in shown) / _PIXELS_PER_INCH * _MILLIMETRES
    width, height = _PAPER_MILLIMETRES[page.paper]
    room = (height if page.landscape else width) - page.margins[0] - page.margins[1]
    return max(10, min(100, int(100 * room * _PRINTER_SLACK / max(needed, 1))))
