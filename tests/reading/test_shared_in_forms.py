"""Computed cells whose formulas a program stored as shared ones: sound ones pass, altered ones are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from support.filled_workbooks import filled_bytes
from support.hostile_submissions import cell_xml, in_turn

from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.shared_formulas import moved
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model import Verdict
from cchc_xl.reading.submission import read_submission

UNITS = load_units()
SHEET, MASTER, FOLLOWER = "Biểu 3", "D11", "D14"  # two computed percentages of the periodic report
SOUND = filled_bytes("cchc-dinh-ky")
CELLS = open_workbook(open_gate(SOUND)).cells(SHEET)


def escaped(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def formula_of(address: str) -> str:
    formula = CELLS[address].formula
    assert formula
    return formula


def cell(address: str, formula: str) -> str:
    shown = CELLS[address].text if address in (MASTER, FOLLOWER) else "1"
    return f'<c r="{address}">{formula}<v>{shown}</v></c>'


def shared(area: str = "", group: str = "7", text: str = "") -> str:
    opened = '<f t="shared"' + (f' ref="{area}"' if area else "") + (f' si="{group}"' if group else "")
    return f"{opened}>{escaped(text)}</f>" if text else f"{opened}/>"


@pytest.fixture(params=["as programs write it", "in another order"])
def stored(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """A cell's XML in the form the pattern takes, or in one only the parser takes."""
    if request.param == "in another order":
        return lambda xml: xml  # its style comes before its address
    return lambda xml: re.sub(r'^(<c r="[A-Z]+[0-9]+")', r'\1 s="1"', xml)


def told(cells: Mapping[str, str]) -> tuple[Verdict, list[tuple[str, str | None]]]:
    """Verdict and what is told of formulas, once these cells were stored like that."""
    content = in_turn(*(cell_xml(SHEET, address, xml) for address, xml in cells.items()))(SOUND)
    submission = read_submission("x", content, UNITS)
    found = [(f.rule, f.cell) for f in submission.findings if f.rule.startswith("formula_")]
    return submission.verdict, found


MASTER_OF_BOTH = formula_of(FOLLOWER)  # what the follower must read; names do not move


def test_a_computed_cell_stored_as_a_master_is_sound(stored):
    master = cell(MASTER, shared("D11:D12", text=formula_of(MASTER)))
    assert told({MASTER: stored(master)}) == (Verdict.ACCEPTED, [])


def test_a_computed_cell_that_follows_its_own_formula_is_sound(stored):
    elsewhere = cell("G14", shared("D14:G14", text=MASTER_OF_BOTH))
    assert moved(MASTER_OF_BOTH, 0, -3) == MASTER_OF_BOTH
    cells = {"G14": stored(elsewhere), FOLLOWER: stored(cell(FOLLOWER, shared()))}
    assert told(cells) == (Verdict.ACCEPTED, [])


ALTERED = {
    "the master's text altered": {"G14": shared("D14:G14", text=MASTER_OF_BOTH + "*1"), FOLLOWER: shared()},
    "a follower of another cell's formula": {
        MASTER: shared("D11:D14", text=formula_of(MASTER)),
        FOLLOWER: shared(),
    },
    "its group is not there": {
        "G14": shared("D14:G14", text=MASTER_OF_BOTH),
        FOLLOWER: shared(group="8"),
    },
    "no group at all": {"G14": shared("D14:G14", text=MASTER_OF_BOTH), FOLLOWER: shared(group="")},
    "the master's area does not hold it": {
        "G14": shared("E14:G14", text=MASTER_OF_BOTH),
        FOLLOWER: shared(),
    },
    "two masters of one group": {
        "G14": shared("D14:G14", text=MASTER_OF_BOTH),
        "H14": shared("D14:H14", text=MASTER_OF_BOTH),
        FOLLOWER: shared(),
    },
    "the result of an array formula elsewhere": {
        "G14": f'<f t="array" ref="D14:G14">{escaped(MASTER_OF_BOTH)}</f>',
        FOLLOWER: "",
    },
}


@pytest.mark.parametrize("case", ALTERED)
def test_an_altered_shared_formula_is_found(case, stored):
    cells = {address: stored(cell(address, formula)) for address, formula in ALTERED[case].items()}
    verdict, found = told(cells)
    assert ("formula_changed", FOLLOWER) in found
    assert verdict is Verdict.HELD


def test_a_follower_replaced_by_a_value_is_found(stored):
    elsewhere = cell("G14", shared("D14:G14", text=MASTER_OF_BOTH))
    value = f'<c r="{FOLLOWER}"><v>0.5</v></c>'
    _, found = told({"G14": stored(elsewhere), FOLLOWER: stored(value)})
    assert ("formula_overwritten", FOLLOWER) in found


def test_a_shared_formula_in_an_input_is_an_error_and_a_constant_one_is_evaluated():
    inputs = ("D8", "D9")  # a ratio and a count of the same sheet are typed
    area = f"{inputs[0]}:{inputs[1]}"
    master = f'<c r="{inputs[0]}">{shared(area, text="A8*2")}<v>1</v></c>'
    follower = f'<c r="{inputs[1]}">{shared()}<v>5650</v></c>'
    content = in_turn(cell_xml(SHEET, inputs[0], master), cell_xml(SHEET, inputs[1], follower))(SOUND)
    findings = read_submission("x", content, UNITS).findings
    assert {f.cell for f in findings if f.rule == "formula_in_input"} == set(inputs)
    assert any("A9*2" in (f.value or "") for f in findings)


def test_a_typed_cell_under_an_array_formula_is_no_typed_figure():
    covering = '<c r="G9"><f t="array" ref="D9:G9">A9*2</f><v>1</v></c>'
    content = in_turn(cell_xml(SHEET, "G9", covering))(SOUND)
    found = [f for f in read_submission("x", content, UNITS).findings if f.cell == "D9"]
    assert [f.rule for f in found] == ["formula_in_input"]
