"""The commune workbook with the sheets its Python buttons need."""

from __future__ import annotations

from dataclasses import replace

from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import CHECK
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.commune.exchange_sheet import exchange_names, plan_exchange
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet


def with_python_buttons(plan: PlannedWorkbook, subject: Subject) -> PlannedWorkbook:
    """A commune workbook's plan with the sheet "Nhập, ghép tệp", its buttons, and xlwings' settings."""
    settings, setting_names = plan_python_sheet()
    position = next(n for n, sheet in enumerate(plan.sheets) if sheet.name == CHECK)
    sheets = (*plan.sheets[:position], plan_exchange(subject), *plan.sheets[position:], settings)
    return replace(plan, sheets=sheets, names={**plan.names, **exchange_names(), **setting_names})
