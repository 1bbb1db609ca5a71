"""Run buttons on xlwings' remote engine: a JSON payload in, JSON actions out, applied to the cells.

Started by `python_buttons.remote_run` with XLWINGS_LICENSE_KEY set: one request a line of stdin, one answer a
line, {"cells": {sheet: {address: value}}} or {"error": traceback}. With --payload FILE it only prints the
payload.
"""

import functools
import json
import os
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import xlwings
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

import cchc_xl.buttons


class Stored(NamedTuple):
    """A file's values, {sheet: rows from A1}, and its names as a client of the remote engine sends them."""

    sheets: dict[str, list[list[object]]]
    names: list[dict[str, object]]


def stored(path):
    return _stored(path, Path(path).stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)  # parsing takes seconds, and several tests press buttons of one file
def _stored(path, _written):
    workbook = openpyxl.load_workbook(path, data_only=True)
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook}
    titles, names = workbook.sheetnames, []
    for defined_name, defined in workbook.defined_names.items():
        places = list(defined.destinations)
        if len(places) == 1 and places[0][0] in titles:
            sheet, address = places[0]
            names.append(
                {
                    "name": defined_name,
                    "sheet_index": titles.index(sheet),
                    "address": address.replace("$", ""),
                    "book_scope": True,
                    "scope_sheet_name": None,
                    "scope_sheet_index": None,
                }
            )
    return Stored(sheets, names)


def with_typed(found, typed):
    """The same with cells ("Sheet!A1") changed, which lie within the used area."""
    sheets = {title: [list(row) for row in rows] for title, rows in found.sheets.items()}
    for place, value in typed.items():
        sheet, address = place.rsplit("!", 1)
        row, column = coordinate_to_tuple(address)
        sheets[sheet][row - 1][column - 1] = value
    return Stored(sheets, found.names)


def payload(name, found):
    """What a client of the remote engine sends: every sheet's values from A1, and the names."""
    sheets = [
        {"name": title, "values": [[_sent(v) for v in row] for row in rows], "pictures": [], "tables": []}
        for title, rows in found.sheets.items()
    ]
    selected = {"active_sheet_index": 0, "selection": "A1", "name": name}
    return {
        "client": "VBA",
        "version": xlwings.__version__,
        "book": selected,
        "names": found.names,
        "sheets": sheets,
    }


def _sent(value):
    if isinstance(value, (date, datetime)):
        return datetime(value.year, value.month, value.day).isoformat() + ".000Z"
    return value


def applied(actions, found):
    """Cells after the actions, texts without the mark that Excel takes away."""
    cells = {
        title: {
            f"{get_column_letter(column)}{row}": value
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value not in (None, "")
        }
        for title, rows in found.sheets.items()
    }
    titles = list(found.sheets)
    for action in actions:
        if action["func"] != "setValues":
            continue
        changed = cells[titles[action["sheet_position"]]]
        top, left = action["start_row"], action["start_column"]
        for row, values in enumerate(action["values"], start=top + 1):
            for column, value in enumerate(values, start=left + 1):
                address = f"{get_column_letter(column)}{row}"
                if value is None or value == "":
                    changed.pop(address, None)
                else:
                    changed[address] = (
                        value[1:] if isinstance(value, str) and value.startswith("'") else value
                    )
    return cells


def cells_after(path, function, typed, saved):
    found = with_typed(stored(path), typed)
    book = xlwings.Book(json=payload(path if saved else Path(path).name, found))
    getattr(cchc_xl.buttons, function)(book)
    return applied(book.json()["actions"], found)


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a button prints is no answer
    for line in sys.stdin:
        try:
            answer = {"cells": cells_after(**json.loads(line))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


def main_payload(path):
    """Write the payload of a workbook to stdout: `remote_driver.py --payload FILE`."""
    print(json.dumps(payload(Path(path).name, stored(path))))


if __name__ == "__main__":  # reading many files starts worker processes
    main_payload(sys.argv[2]) if "--payload" in sys.argv else main()
