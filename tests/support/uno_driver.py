"""Runs under the Python that has `uno` (Debian: /usr/bin/python3): one soffice, one JSON request a line.

Started by `libreoffice.py`; never imported by the tests themselves, whose Python has no `uno`.
"""

import json
import os
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import uno
import unohelper
from com.sun.star.accessibility.AccessibleStateType import SHOWING
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.script.vba import XVBAScriptListener
from com.sun.star.script.vba.VBAScriptEventId import SCRIPT_STARTED, SCRIPT_STOPPED

VALUE, DATETIME, STRING, FORMULA = 1, 2, 4, 16
ERROR_RESULT = 4
MACROS_NEVER, MACROS_ALWAYS = 0, 4
RESTART_AFTER_FIRST_START = 81
SHOWN_LIMIT = 20.0  # seconds until a sheet that was switched to shows its buttons


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


class MacroWatch(unohelper.Base, XVBAScriptListener):
    """Told by the document whenever one of its macros starts and ends: nobody has to guess from cells."""

    def __init__(self, document):
        self._running, self._changed, self.started, self.ended = 0, threading.Condition(), 0, 0
        document.BasicLibraries.addVBAScriptListener(self)

    def notifyVBAScriptEvent(self, event):
        with self._changed:
            self.started += event.Identifier == SCRIPT_STARTED and self._running == 0
            self._running += {SCRIPT_STARTED: 1, SCRIPT_STOPPED: -1}.get(event.Identifier, 0)
            self.ended += event.Identifier == SCRIPT_STOPPED and self._running == 0
            self._changed.notify_all()

    def disposing(self, _):
        pass

    def wait_for_end(self, ended, seconds):
        """Whether a macro ended after `ended` had before it was started."""
        with self._changed:
            return self._changed.wait_for(lambda: self.ended > ended and self._running == 0, seconds)


def press_one(document, watch, button, timeout):
    """Press one button and wait until its macro has ended. Raises RuntimeError when it did not run once."""
    found = [
        (sheet, model)
        for sheet, model, macro in buttons_of(document)
        if button in (model.Label, macro, f"{sheet.Name}!{macro}")
    ]
    if not found:
        raise RuntimeError(f"no button {button!r}")
    sheet, model = found[0]
    document.CurrentController.setActiveSheet(sheet)
    started, ended = watch.started, watch.ended
    for _ in range(3):  # a control that is not yet drawn takes the press and does nothing
        shown_control(document, model).getAccessibleContext().doAccessibleAction(0)
        handle_waiting_events(document)
        if watch.started > started:
            break
    if not watch.wait_for_end(ended, timeout):
        raise RuntimeError(f"the macro of {button!r} did not end within {timeout} seconds")
    handle_waiting_events(document)
    if watch.started > started + 1:
        raise RuntimeError(f"one press of {button!r} ran its macro {watch.started - started} times")


def handle_waiting_events(document):
    """LibreOffice works off its queue: only then is a press that has not started a macro known to be lost."""
    document.CurrentController.Frame.ContainerWindow.getToolkit().processEventsToIdle()


def shown_control(document, model):
    """The control of a button, as soon as its sheet shows it."""
    end = time.monotonic() + SHOWN_LIMIT
    while True:
        control = document.CurrentController.getControl(model)
        if (control.getPeer() and is_showing(control.getAccessibleContext())) or time.monotonic() > end:
            return control
        time.sleep(0.02)


def is_showing(context):
    states = context.getAccessibleStateSet()
    return states & SHOWING if isinstance(states, int) else states.contains(SHOWING)  # since 7.5, before


def type_one(document, reference, value):
    cell = cell_at(document, reference)
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def locked_sheets(document):
    sheets = document.Sheets
    return [s.Name for s in (sheets.getByIndex(n) for n in range(sheets.Count)) if s.isProtected()]


def press(desktop, path, steps, references, timeout, manual):
    """Run the steps (a button, or [cell, value] to type); the watched cells before and after each step.

    Also which sheets are protected after each step, and whether the document calculates by itself at the end:
    `manual` switches that off before the first step.
    """
    document = load(desktop, path, MACROS_ALWAYS, hidden=False)
    try:
        document.CurrentController.setFormDesignMode(False)
        document.calculateAll()
        document.enableAutomaticCalculation(not manual)
        watch, snapshots, locked = MacroWatch(document), [watched(document, references)], []
        for step in steps:
            if isinstance(step, str):
                press_one(document, watch, step, timeout)
            else:
                type_one(document, *step)
            snapshots.append(watched(document, references))
            locked.append(locked_sheets(document))
        return {
            "snapshots": snapshots,
            "cells": document_cells(document),
            "locked": locked,
            "automatic": document.isAutomaticCalculationEnabled(),
        }
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
