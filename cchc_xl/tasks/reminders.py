"""Whom to remind, as files: a list for Excel and a message ready to send."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.city.reminders_sheet import plan_reminders, reminder_text


def reminder_files(merged: Consolidation) -> dict[str, bytes]:
    """Both files by name: DonDoc_<period>.xlsx and .txt (UTF-8 with a mark)."""
    stem = f"DonDoc_{merged.period}"
    listed = PlannedWorkbook((plan_reminders(merged),), {}, texts.text("remind_title"))
    return {
        f"{stem}.xlsx": render(listed),
        f"{stem}.txt": reminder_text(merged).encode("utf-8-sig", "backslashreplace"),
    }
