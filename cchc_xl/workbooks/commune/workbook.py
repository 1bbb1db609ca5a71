"""The commune workbook: one plan for the blank and for the filled one."""

from __future__ import annotations

from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.live.row_check import row_checks
from cchc_xl.figures.live.values import live_values
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import MAIN, layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.planned import PlannedSheet, PlannedWorkbook, reference
from cchc_xl.model.terms import Figures
from cchc_xl.workbooks.commune.appendix_sheet import appendix_cells, plan_appendix
from cchc_xl.workbooks.commune.check_sheet import plan_checks
from cchc_xl.workbooks.commune.form_sheet import plan_form
from cchc_xl.workbooks.commune.guide_sheet import plan_guide
from cchc_xl.workbooks.commune.main_sheet import plan_main
from cchc_xl.workbooks.commune.meta_sheet import plan_meta
from cchc_xl.workbooks.commune.register_sheet import plan_register
from cchc_xl.workbooks.commune.rules_sheet import plan_rules
from cchc_xl.workbooks.commune.slip_sheet import plan_slip

_NOTHING = Contents()


def plan_workbook(
    regime: Regime,
    unit: ReportingUnit,
    period: ReferencePeriod,
    contents: Contents = _NOTHING,
    previous: Figures | None = None,
    illustrative: bool = False,
) -> PlannedWorkbook:
    """The workbook of one unit and period, with everything in `contents` typed into it.

    Every formula cell carries its correct result. `previous`: last period's figures by indicator code, shown
    in grey where known. `illustrative` marks made-up figures on every sheet and page. DESIGN: the same plan
    serves issue, fill, buttons and tests.
    """
    subject = Subject(regime, unit, period, illustrative)
    now = live_values(regime, contents.figures, previous, contents.notes)
    checks = row_checks(regime, now)
    sheets: list[PlannedSheet] = [plan_main(subject, contents, now, checks)]
    appendix = appendix_cells(subject, contents, now)
    forms = subject.layout.forms.values()
    sheets += [plan_form(subject, form, contents, now, checks, appendix) for form in forms]
    sheets += [plan_register(subject, r, contents, now.figures) for r in subject.layout.registers.values()]
    sheets += [
        plan_checks(subject, contents, now),
        plan_appendix(subject, contents, now),
        plan_slip(subject, contents, now),
        plan_guide(subject),
        plan_rules(subject),
        plan_meta(subject),
    ]
    return PlannedWorkbook(
        sheets=tuple(sheets),
        names=_names(regime),
        title=texts.text("wb_title", title=regime.title, unit=unit.full_name, period=period.label),
        subject=regime.basis,
        active_sheet=MAIN,
    )


@lru_cache(maxsize=64)
def _names(regime: Regime) -> dict[str, str]:
    return {name: f"={reference(*place)}" for name, place in layout_of(regime).names.items()}
