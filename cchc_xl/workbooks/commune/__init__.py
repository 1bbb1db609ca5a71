"""The plan of the commune workbook: one module a sheet, pure data in and out."""

from __future__ import annotations

from cchc_xl.model.contents import Contents
from cchc_xl.workbooks.commune.workbook import plan_workbook

__all__ = ["Contents", "plan_workbook"]
