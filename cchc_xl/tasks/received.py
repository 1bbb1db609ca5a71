"""The city's register of received reports: unit, date, channel, report number."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.earlier import Receipt
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.tasks.csv_lines import read_csv_lines, refuse

_HEADER = ("unit", "date", "channel", "report number")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_received(path: Path, units: ReportingUnits) -> dict[str, Receipt]:
    """Receipts by unit code; the last line of a unit counts. Raises UsageError listing every faulty line."""
    lines = read_csv_lines(path)
    header = [cell.lower() for cell in lines[0][1]] if lines else []
    if tuple(header[: len(_HEADER)]) != _HEADER:
        words = texts.text("received_header", wanted=",".join(_HEADER))
        refuse(path, [(lines[0][0] if lines else 1, words)])
    found: dict[str, Receipt] = {}
    faults: list[tuple[int, str]] = []
    for number, row in lines[1:]:
        code, when, channel, report_number = [*row, "", "", "", ""][:4]
        day = parse_day(when) if when else None
        if code not in units.by_code:
            faults.append((number, texts.text("received_unit", unit=code)))
        elif when and day is None:
            faults.append((number, texts.text("csv_date", value=when)))
        else:
            found[code] = Receipt(day, channel, report_number)
    refuse(path, faults)
    return found


def parse_day(text: str) -> date | None:
    """A day written 15/3/2026 or 2026-03-15; None for anything else."""
    if match := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = map(int, match.groups())
    elif match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
