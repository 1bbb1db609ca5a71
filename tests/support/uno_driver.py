"""Runs under the Python that has `uno` (Debian: /usr/bin/python3): one soffice, one JSON request a line.

Started by `libreoffice.py`; never imported by the tests themselves, whose Python has no `uno`.
"""

import json
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

VALUE, DATETIME, STRING, FORMULA = 1, 2, 4, 16
ERROR_RESULT = 4
MACROS_NEVER, MACROS_ALWAYS = 0, 4
RESTART_AFTER_FIRST_START = 81


def prop(name, value):
    return PropertyValue(Name=name, Value=value)


def start(soffice, profile):
    """Start soffice on its own profile and pipe; returns (process, desktop)."""
    pipe = f"cchc{os.getpid()}"
    command = [
        soffice,
        f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}",
        "--headless",
        "--norestore",
    ]
    command += ["--nologo", "--nodefault", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;"]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}

    def spawn():
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    process = spawn()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(480):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            manager = context.ServiceManager
            return process, manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if process.poll() == RESTART_AFTER_FIRST_START:
                process = spawn()
            time.sleep(0.25)
    raise RuntimeError("soffice did not open its pipe within two minutes")


def answers_calls(desktop):
    """Whether soffice still lives: its splash process outlives it, the bridge does not."""
    try:
        return desktop.Frames.Count >= 0
    except Exception:
        return False


def load(desktop, path, macros=MACROS_NEVER, hidden=True):
    options = (prop("Hidden", hidden), prop("MacroExecutionMode", macros))
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    if document is None:
        raise RuntimeError(f"LibreOffice cannot load {Path(path).name}")
    return document


def column_letters(index):
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cells_in(ranges):
    """Every (column, row) covered by the ranges."""
    for area in ranges.getRangeAddresses():
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                yield column, row


def sheet_cells(sheet):
    """{address: [value, is_formula]} of every cell with content."""
    content = sheet.queryContentCells(VALUE | DATETIME | STRING | FORMULA)
    areas = content.getRangeAddresses()
    if not areas:
        return {}
    left, top = min(a.StartColumn for a in areas), min(a.StartRow for a in areas)
    right, bottom = max(a.EndColumn for a in areas), max(a.EndRow for a in areas)
    data = sheet.getCellRangeByPosition(left, top, right, bottom).getDataArray()
    formulas = set(cells_in(sheet.queryContentCells(FORMULA)))
    errors = set(cells_in(sheet.queryFormulaCells(ERROR_RESULT)))
    found = {}
    for column, row in cells_in(content):
        value = data[row - top][column - left]
        if (column, row) in errors:
            value = f"#ERR:{sheet.getCellByPosition(column, row).getError()}"
        found[f"{column_letters(column)}{row + 1}"] = [value, (column, row) in formulas]
    return found


def document_cells(document):
    sheets = document.Sheets
    return {sheets.getByIndex(i).Name: sheet_cells(sheets.getByIndex(i)) for i in range(sheets.Count)}


def recalculate(desktop, paths):
    """Hard recalculation, then every non-empty cell: {path: {sheet: {address: [value, is_formula]}}}."""
    found = {}
    for path in paths:
        document = load(desktop, path)
        try:
            document.calculateAll()
            found[path] = document_cells(document)
        finally:
            document.close(True)
    return found


def convert(desktop, pairs, filter_name):
    """Save each (source, target) through an export filter."""
    for source, target in pairs:
        document = load(desktop, source)
        try:
            document.storeToURL(uno.systemPathToFileUrl(target), (prop("FilterName", filter_name),))
        finally:
            document.close(True)
    return [target for _, target in pairs]


def save(document, path):
    """Keep the open document as .xlsx."""
    document.storeToURL(uno.systemPathToFileUrl(path), (prop("FilterName", "Calc MS Excel 2007 XML"),))


def macro_name(script):
    """The bare macro name in vnd.sun.star.script:Project.Module.Macro?language=Basic…"""
    return script.split("?")[0].rsplit(".", 1)[-1]


def buttons_of(document):
    """(sheet, control model, macro name) of every form control in sheet order."""
    for index in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(index)
        forms = sheet.DrawPage.Forms
        for form in (forms.getByIndex(f) for f in range(forms.Count)):
            for position in range(form.Count):
                scripts = [event.ScriptCode for event in form.getScriptEvents(position)]
                yield sheet, form.getByIndex(position), macro_name(scripts[0]) if scripts else ""


def buttons(desktop, path):
    document = load(desktop, path, MACROS_ALWAYS)
    try:
        return [[sheet.Name, model.Label, macro] for sheet, model, macro in buttons_of(document)]
    finally:
        document.close(True)


def cell_at(document, reference):
    """The cell "Sheet!A1" (sheet names are written without quotes)."""
    sheet, address = reference.rsplit("!", 1)
    return document.Sheets.getByName(sheet).getCellRangeByName(address)


def watched(document, references):
    found = {}
    for reference in references:
        cell = cell_at(document, reference)
        if cell.getError():
            found[reference] = f"#ERR:{cell.getError()}"
        else:
            found[reference] = cell.getDataArray()[0][0]
    return found


def press_one(document, button, references, timeout):
    """Press one button, wait until a watched cell changes and then stays still."""
    controller = document.CurrentController
    found = [
        (sheet, model)
        for sheet, model, macro in buttons_of(document)
        if button in (model.Label, macro, f"{sheet.Name}!{macro}")
    ]
    if not found:
        raise RuntimeError(f"no button {button!r}")
    sheet, model = found[0]
    before = watched(document, references)
    controller.setActiveSheet(sheet)
    controller.getControl(model).getAccessibleContext().doAccessibleAction(0)
    end = time.time() + timeout
    now = watched(document, references)
    while now == before and time.time() < end:
        time.sleep(0.05)
        now = watched(document, references)
    settled, now = now, watched(document, references)
    while settled != now and time.time() < end:
        time.sleep(0.1)
        settled, now = now, watched(document, references)
    return now


def type_one(document, reference, value):
    cell = cell_at(document, reference)
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def press(desktop, path, steps, references, timeout):
    """Run the steps (a button, or [cell, value] to type); the watched cells before and after each step."""
    document = load(desktop, path, MACROS_ALWAYS, hidden=False)
    try:
        document.CurrentController.setFormDesignMode(False)
        document.calculateAll()
        snapshots = [watched(document, references)]
        for step in steps:
            if isinstance(step, str):
                snapshots.append(press_one(document, step, references, timeout))
            else:
                type_one(document, *step)
                snapshots.append(watched(document, references))
        return {"snapshots": snapshots, "cells": document_cells(document)}
    finally:
        document.close(True)


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    soffice, profile = sys.argv[1:]
    process, desktop = start(soffice, profile)
    operations = {f.__name__: f for f in (recalculate, convert, buttons, press)}
    try:
        for line in sys.stdin:
            request = json.loads(line)
            try:
                answer = {"result": operations[request["operation"]](desktop, *request["arguments"])}
            except Exception:
                answer = {"error": traceback.format_exc()}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
            if not answers_calls(desktop):
                break
    finally:
        try:
            desktop.terminate()
            process.wait(10)
        except Exception:
            process.terminate()


if __name__ == "__main__":
    main()
