"""What people would write: load each workbook with openpyxl, read the cells, write the totals.

No gate, no checks, no coverage, no charts. Usage: plain_openpyxl.py FOLDER OUT.xlsx
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl


def main(folder: str, target: str) -> None:
    totals: dict[tuple[str, str], float] = {}
    labels: dict[tuple[str, str], str] = {}
    for path in sorted(Path(folder).glob("*.xlsx")):
        workbook = openpyxl.load_workbook(path, data_only=True)
        for sheet in workbook.worksheets:
            if not sheet.title.startswith("Biểu "):
                continue
            for row in range(7, sheet.max_row + 1):
                value = sheet[f"D{row}"].value
                labels[sheet.title, f"D{row}"] = str(sheet[f"B{row}"].value)
                if isinstance(value, int | float):
                    key = (sheet.title, f"D{row}")
                    totals[key] = totals.get(key, 0) + value
    summary = openpyxl.Workbook()
    sheet = summary.active
    assert sheet is not None
    for key, total in totals.items():
        sheet.append([*key, labels[key], total])
    summary.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:3])
