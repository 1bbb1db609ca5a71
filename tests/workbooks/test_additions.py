"""What an addition touches: a toy sheet of the summary, a toy Python button, made in a copy and run."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from support.places import ROOT

from cchc_xl.texts.buttons import CITY_BUTTONS, COMMUNE_BUTTONS
from cchc_xl.workbooks.city import workbook as city_workbook
from cchc_xl.workbooks.commune import exchange_sheet
from cchc_xl.workbooks.python_buttons import python_buttons

TOY_SHEET = '''"""Sheet "Toy": how many units report."""

from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.workbooks.summary.inputs import SummaryInputs


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    cells = (PlannedCell("B2", "plain", len(inputs.consolidation.units)),)
    return PlannedSheet(name="Toy", code_name="SummaryToy", cells=cells)
'''
TOY_FUNCTION = '''

def dem_don_vi(book: xw.Book) -> None:
    """How many units the workbook was made for."""
    press(book, lambda: Done(f"{len(open_city(book).units)} đơn vị"))
'''
TOY_MACRO = """
Public Sub DemDonVi()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.dem_don_vi(xlwings.Book.caller())") _
    Then TellPythonProblem
End Sub
"""
# In the copy: a city workbook of two units, both buttons pressed in LibreOffice, the real one linted.
DRIVER = """
import json, sys
from pathlib import Path
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.drawing import city_workbook
from cchc_xl.workbooks.city.workbook import plan_city_workbook
from support.python_buttons import modules, press_and_run, render_twin

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    scope = load_scope("cchc-dinh-ky", parse_period("2026-Q2"), load_units(folder / "don-vi.csv"))
    book = folder / "TongHop.xlsm"
    book.write_bytes(render_twin(plan_city_workbook(scope), modules("city")))
    assert city_workbook(scope)
    steps = [["type", "Điều khiển!C6", str(folder / "nop")], ["press", "DemDonVi"], ["press", "GopCacXa"]]
    run = press_and_run(book, steps)
    counted, merged = run.snapshots[2], run.snapshots[3]
    print(json.dumps({"counted": counted["Điều khiển"]["A14"], "merged": merged["Điều khiển"]["A14"],
                      "toy": merged["Toy"]["B2"], "command": run.commands[0]}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources, to be added to."""
    copy = tmp_path_factory.mktemp("ban-sao")
    for part in ("cchc_xl", "macros", "tests/support"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    write(copy / "cchc_xl/workbooks/summary/toy.py", TOY_SHEET)
    insert(copy / "cchc_xl/workbooks/summary/__init__.py", '    "rules",\n', '    "toy",\n')
    write(copy / "cchc_xl/buttons/city.py", TOY_FUNCTION)
    insert(
        copy / "cchc_xl/texts/buttons.py",
        "CITY_BUTTONS: ",
        '    "dem_don_vi": ("Đếm", "Đếm đơn vị."),\n',
        below=1,
    )
    write(copy / "macros/modPythonCity.bas", TOY_MACRO)
    (copy / "don-vi.csv").write_text("code,type,name\n90001,Xã,Một\n90002,Xã,Hai\n", encoding="utf-8")
    (copy / "nop").mkdir()
    return copy


def write(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def insert(path: Path, at: str, line: str, below: int = 0) -> None:
    """One line before the only one that starts so, or as many lines below it."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = (number for number, standing in enumerate(lines) if standing.startswith(at))
    path.write_text("".join([*lines[: place + below], line, *lines[place + below :]]), encoding="utf-8")


def run_in(copy: Path, *command: object) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(copy / "tests")))}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True, text=True, check=False, cwd=copy, env=environment, timeout=300,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def changes(copy: Path, folder: str) -> dict[str, int]:
    """Lines added or removed by file, those of new files counted too."""
    found = {}
    for path in sorted((copy / folder).rglob("*.*")):
        original = ROOT / path.relative_to(copy)
        if path.suffix in (".py", ".bas") and "__pycache__" not in path.parts:
            old = original.read_text(encoding="utf-8") if original.exists() else ""
            new = path.read_text(encoding="utf-8")
            if old != new:
                lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
                found[path.name] = sum(line[0] in "+-" and line[:3] not in ("+++", "---") for line in lines)
    return found


def test_a_sheet_of_the_summary_is_one_new_file_and_one_line(copy: Path, tmp_path: Path):
    touched = changes(copy, "cchc_xl/workbooks")
    assert touched.pop("toy.py") > 1 and touched == {"__init__.py": 1}
    asked = ("merge", copy / "nop", "--period", "2026-Q2", "--out", tmp_path / "x.xlsx")
    run_in(copy, "-m", "cchc_xl", *asked, "--units", copy / "don-vi.csv")
    stored = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert stored["Toy"]["B2"].value == 2
    assert stored.sheetnames.index("Toy") == stored.sheetnames.index("Quy tắc") - 1


@pytest.mark.libreoffice
def test_a_python_button_is_two_files_and_its_macro(copy: Path):
    assert set(changes(copy, "cchc_xl/buttons")) | set(changes(copy, "cchc_xl/texts")) == {
        "city.py",
        "buttons.py",
    }
    assert set(changes(copy, "macros")) == {"modPythonCity.bas"}
    write(copy / "driver.py", DRIVER)
    told = json.loads(run_in(copy, copy / "driver.py", copy).splitlines()[-1])
    assert told["counted"] == "2 đơn vị" and "cchc_xl.buttons.dem_don_vi(" in told["command"]
    assert told["merged"].startswith("Đã gộp") and told["toy"] == 2


@pytest.mark.parametrize(
    ("listed", "places"),
    [(COMMUNE_BUTTONS, exchange_sheet._PLACES), (CITY_BUTTONS, city_workbook._PLACES)],
)
def test_a_sheet_has_places_for_more_buttons_and_says_when_they_run_out(listed, places):
    assert len(places) >= 2 * len(listed) and len({cell for cell, _ in places}) == len(places)
    more = {f"nut_so_{n}": ("Nút", "Giải thích") for n in range(len(places) + 1)}
    with pytest.raises(ValueError, match="places"):
        python_buttons(more, places, height=30)
