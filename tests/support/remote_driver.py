"""Run a button on xlwings' remote engine: a JSON payload in, JSON actions out, applied to the cells.

Started by `python_buttons.remote_run` with XLWINGS_LICENSE_KEY set; prints {sheet: {address: value}}.
With --payload FILE it only prints the payload.
"""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlwings
from openpyxl.utils import get_column_letter

import cchc_xl.buttons


def main_payload(path):
    """Write the payload of a workbook to stdout: `remote_driver.py --payload FILE`."""
    workbook = openpyxl.load_workbook(path, data_only=True)
    print(json.dumps(payload(Path(path).name, workbook)))


def payload(name, workbook):
    """What a client of the remote engine sends: every sheet's values from A1, and the names."""
    sheets = []
    for sheet in workbook.worksheets:
        rows = [[_sent(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        sheets.append({"name": sheet.title, "values": rows, "pictures": [], "tables": []})
    titles = workbook.sheetnames
    names = []
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
    selected = {"active_sheet_index": 0, "selection": "A1", "name": name}
    return {
        "client": "VBA",
        "version": xlwings.__version__,
        "book": selected,
        "names": names,
        "sheets": sheets,
    }


def _sent(value):
    if isinstance(value, (date, datetime)):
        return datetime(value.year, value.month, value.day).isoformat() + ".000Z"
    return value


def applied(actions, workbook):
    """Cells after the actions, texts without the mark that Excel takes away."""
    cells = {
        sheet.title: {
            c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value not in (None, "")
        }
        for sheet in workbook.worksheets
    }
    for action in actions:
        if action["func"] != "setValues":
            continue
        found = cells[workbook.sheetnames[action["sheet_position"]]]
        top, left = action["start_row"], action["start_column"]
        for row, values in enumerate(action["values"], start=top + 1):
            for column, value in enumerate(values, start=left + 1):
                address = f"{get_column_letter(column)}{row}"
                if value is None or value == "":
                    found.pop(address, None)
                else:
                    found[address] = value[1:] if isinstance(value, str) and value.startswith("'") else value
    return cells


def main():
    path, function, *saved = sys.argv[1:]
    workbook = openpyxl.load_workbook(path, data_only=True)
    for place, value in json.load(sys.stdin).items():
        sheet, address = place.rsplit("!", 1)
        workbook[sheet][address] = value
    book = xlwings.Book(json=payload(path if saved else Path(path).name, workbook))
    getattr(cchc_xl.buttons, function)(book)
    print(json.dumps(applied(book.json()["actions"], workbook), default=str))


if __name__ == "__main__":  # reading many files starts worker processes
    main_payload(sys.argv[2]) if sys.argv[1] == "--payload" else main()
