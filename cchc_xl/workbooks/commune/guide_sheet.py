"""Hướng dẫn: one page in plain Vietnamese."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import GUIDE
from cchc_xl.model.planned import PlannedSheet
from cchc_xl.texts.guide import GUIDE_STEPS
from cchc_xl.workbooks.commune.cells import home_link, merged, page, words
from cchc_xl.workbooks.commune.text_fit import height

_WIDTHS = {"A": 5.0, "B": 26.0, "C": 58.0, "D": 2.0, "E": 22.0}
_SIZE = 12.0
_FIRST = 4


def plan_guide(subject: Subject) -> PlannedSheet:
    """The guide: what to do, one step a row."""
    head = [
        words("A1", "banner.good", subject.banner),
        words("A2", "title", texts.text("wb_guide_title")),
    ]
    cells = [*head, home_link("E1")]
    heights = {1: 27.0, 2: 30.0, 3: 8.0}
    for number, (title, words_of_step) in enumerate(GUIDE_STEPS, start=1):
        row = _FIRST + number - 1
        text = words_of_step.replace("{appendix}", subject.regime.appendix_sheet)
        cells += [
            words(f"A{row}", "key center bold", number),
            words(f"B{row}", "key bold", title),
            words(f"C{row}", "paragraph border middle", text),
        ]
        heights[row] = height((text, _WIDTHS["C"], _SIZE), (title, _WIDTHS["B"], _SIZE), least=24.0)
    return PlannedSheet(
        name=GUIDE,
        code_name="HuongDan",
        cells=tuple(cells),
        column_widths=_WIDTHS,
        row_heights=heights,
        merges=tuple(merged(cell, f"C{cell.address[1:]}")[1] for cell in head),
        page=page(subject, f"A2:C{_FIRST + len(GUIDE_STEPS) - 1}", margins=(20, 15, 17, 15)),
        tab_color="#475569",
    )
