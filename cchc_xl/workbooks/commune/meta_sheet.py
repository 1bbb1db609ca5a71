"""_meta: what the reader needs to know which workbook this is. Very hidden, every value under a name."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import META, META_NAMES, TEMPLATE_ID
from cchc_xl.model.planned import PlannedSheet
from cchc_xl.workbooks.commune.cells import words


def plan_meta(subject: Subject) -> PlannedSheet:
    """The sheet the reader trusts first."""
    regime, unit = subject.regime, subject.unit
    values = (
        TEMPLATE_ID,
        regime.version,
        regime.digest,
        regime.id,
        unit.code,
        unit.full_name,
        str(subject.period),
        texts.text("wb_illustrative") if subject.illustrative else "",
    )
    cells = [words("A1", "meta", "name"), words("B1", "meta", "value")]
    for row, (name, value) in enumerate(zip(META_NAMES, values, strict=True), start=2):
        cells += [words(f"A{row}", "meta", name), words(f"B{row}", "meta", value)]
    return PlannedSheet(
        name=META,
        code_name="Meta",
        cells=tuple(cells),
        column_widths={"A": 20.0, "B": 70.0},
        state="veryHidden",
    )
