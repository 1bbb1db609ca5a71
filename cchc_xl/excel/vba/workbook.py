"""An .xlsm from a plan and the macros behind its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cchc_xl.excel.vba.project import Document, build_vba_project
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.planned import PlannedWorkbook


def render_with_macros(plan: PlannedWorkbook, modules: Sequence[Module]) -> bytes:
    """The .xlsm of a plan with these modules embedded; the same arguments give the same bytes.

    Raises VbaSourceError for a module that cannot be stored. Whether the macros would run, and every button
    finds its own, is judged before they are shipped: see `judge`.
    """
    sheets = tuple(sheet.code_name for sheet in plan.sheets)
    return render(plan, macros=compile_macros(sheets, tuple(modules)))


@lru_cache(maxsize=8)
def compile_macros(sheets: tuple[str, ...], modules: tuple[Module, ...]) -> bytes:
    """vbaProject.bin of these modules for sheets of these code names. Raises VbaSourceError."""
    documents: list[tuple[str, Document]] = [("ThisWorkbook", "workbook")]
    documents += ((name, "worksheet") for name in sheets)
    return build_vba_project(modules, documents)
