"""No function returns a formula's text without its evaluator: formulas are trees, written in one place.

Read from the sources: what looks like a piece of a formula stands only where the tree is written, and "=" is
put in front of nothing but references.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.places import PACKAGE

from cchc_xl.figures.expressions.evaluation import Formula, evaluator
from cchc_xl.figures.expressions.functions import FUNCTIONS
from cchc_xl.figures.expressions.nodes import Node, cell
from cchc_xl.figures.live.excel import to_excel

WRITER = "figures/live/excel.py"  # the tree written as Excel reads it
REFERENCES = {  # what may stand after "=" without being a formula of ours, and why it has no value to drift
    "figures/live/excel.py to_excel": "the writer itself",
    "workbooks/summary/table.py linked": "another cell as it is: its value is that cell's value",
    "workbooks/summary/grid.py names": "defined names of columns",
    "workbooks/commune/workbook.py _names": "defined names of figures and declarations",
    "workbooks/commune/originals_sheet.py plan_originals": "defined names of areas for macros",
    "workbooks/commune/paste_sheet.py plan_paste": "defined names of areas for macros",
    "workbooks/commune/exchange_sheet.py exchange_names": "defined names of cells for macros",
    "workbooks/commune/button_sheets.py with_buttons": "defined names of cells for macros",
    "workbooks/city/workbook.py plan_city_workbook": "defined names of cells for macros",
    "workbooks/python_settings_sheet.py plan_python_sheet": "defined names of cells for macros",
    "figures/cells/answer.py placed": "a formula found in a received file, quoted in a finding",
    "figures/cells/register_cell.py observe_row_cell": "the same in a register",
}
_CALL = re.compile(r"\b(?:[A-Z]{2,}|N)\(")
_FORMULA = re.compile(r"""=[A-Z('"{-]""")
_FILLED_IN = "{}"  # stands for what an f-string fills in
ROOMS = ("figures", "workbooks")
MODULES = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))


def _texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(function, text) of every string that is no docstring, with {} for what an f-string fills in."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }

    def walk(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            function = node.name
        if isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else _FILLED_IN for p in node.values)
            yield function, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield function, node.value
        for child in ast.iter_child_nodes(node):
            if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                yield from walk(child, function)

    return walk(tree, "")


def _offenders(path: Path) -> Iterator[str]:
    place = str(path.relative_to(PACKAGE))
    for function, text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
        if _CALL.search(text) and place != WRITER:
            yield f"{place} {function} writes a function by hand: {text}"
        if _FORMULA.match(text) and f"{place} {function}" not in REFERENCES:
            yield f"{place} {function} writes a formula by hand: {text}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_formulas_are_composed_as_trees_and_written_in_one_place(path: Path) -> None:
    assert list(_offenders(path)) == []


def test_every_exception_still_exists() -> None:
    used = {
        f"{path.relative_to(PACKAGE)} {function}"
        for path in MODULES
        for function, text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if _FORMULA.match(text)
    }
    assert set(REFERENCES) - used == set()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_that_can_be_written_can_be_computed(name: str) -> None:
    tree = Node(name, (cell("a"), cell("b"), cell("c")))
    assert to_excel(Formula(tree)).startswith("=")
    assert callable(evaluator(tree))
