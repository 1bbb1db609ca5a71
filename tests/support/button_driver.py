"""Runs under the Python that has `uno`: presses a button, then runs the Python command it recorded.

Reads one JSON request from stdin: {"soffice", "profile", "path", "steps", "recorder"}; answers with the
cells of the document before and after every step. A step is ["press", macro], ["type", "Sheet!A1",
value] or ["fail", n]: the n-th write from now fails; ["save", path] keeps an .xlsx.
"""

import json
import os
import sys
import time

os.environ.pop("XLWINGS_LICENSE_KEY", None)

import xlwings

from support import uno_driver, uno_engine

MACRO_LIMIT = 300.0  # seconds


def run_recorded(document, command):
    """What xlwings' RunPython does: the very text, with the open document as the caller."""
    locked = [document.Sheets.getByName(name) for name in uno_driver.locked_sheets(document)]
    for sheet in locked:
        sheet.unprotect("")
    xlwings.Book.caller = staticmethod(lambda: uno_engine.wrap(document))
    started = time.perf_counter()
    try:
        exec(command, {})
    finally:
        for sheet in locked:
            sheet.protect("")
    document.calculateAll()
    return time.perf_counter() - started


def press(document, watch, macro, recorder):
    cell = uno_driver.cell_at(document, recorder)
    cell.setString("")
    uno_driver.press_one(document, watch, macro, MACRO_LIMIT)
    return cell.getString()


def main():
    request = json.load(sys.stdin)
    process, desktop = uno_driver.start(request["soffice"], request["profile"])
    answer = {"snapshots": [], "commands": [], "seconds": []}
    try:
        document = uno_driver.load(desktop, request["path"], uno_driver.MACROS_ALWAYS, hidden=False)
        document.CurrentController.setFormDesignMode(False)
        document.calculateAll()
        watch = uno_driver.MacroWatch(document)
        answer["snapshots"].append(uno_driver.document_cells(document))
        for step in request["steps"]:
            if step[0] == "type":
                uno_driver.type_one(document, step[1], step[2])
                document.calculateAll()
            elif step[0] == "save":
                uno_driver.save(document, step[1])
            elif step[0] == "fail":
                uno_engine.fail_at(step[1])
            else:
                command = press(document, watch, step[1], request["recorder"])
                answer["commands"].append(command)
                if not command:
                    raise RuntimeError(f"{step[1]} recorded no command")
                answer["seconds"].append(run_recorded(document, command))
            answer["snapshots"].append(uno_driver.document_cells(document))
        answer["locked"] = uno_driver.locked_sheets(document)
        document.close(True)
        desktop.terminate()
    except Exception as fault:
        answer["error"] = f"{type(fault).__name__}: {fault}"
    finally:
        print(json.dumps(answer))
        sys.stdout.flush()
        process.terminate()


if __name__ == "__main__":  # reading many files starts worker processes
    main()
