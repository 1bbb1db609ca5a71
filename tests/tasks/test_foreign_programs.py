"""Programs of others in a received workbook are told as a warning and never kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import run
from support.filled_workbooks import PERIODS, filled_bytes
from support.forgeries import programs
from support.hostile_submissions import changed

from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.vba.project import build_vba_project
from cchc_xl.excel.vba.source import Module
from cchc_xl.model import Severity
from cchc_xl.reading.foreign_programs import foreign_programs
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.combine import combine_workbooks
from cchc_xl.tasks.fill import fill_workbook
from cchc_xl.tasks.pc.doctor import read_file

UNITS = load_units()
_CODE = "Option Explicit\n\nSub Auto_Open()\nEnd Sub\n"
OTHERS = build_vba_project(
    [Module("Module1", "standard", _CODE)], [("ThisWorkbook", "workbook"), ("Sheet1", "worksheet")]
)
PROGRAMS = programs(OTHERS)
each_program = pytest.mark.parametrize("name", PROGRAMS)


def carrying(name: str, regime_id: str = "cchc-dinh-ky", *, plain: bool = True) -> bytes:
    return changed(lambda parts: PROGRAMS[name][0](parts) and None)(filled_bytes(regime_id, plain))


@pytest.mark.parametrize("regime_id", PERIODS)
@each_program
def test_a_foreign_program_is_told_and_changes_nothing_else(name, regime_id):
    sound = read_submission("tep.xlsx", filled_bytes(regime_id), UNITS)
    submission = read_submission("tep.xlsx", carrying(name, regime_id), UNITS)
    told = [f for f in submission.findings if f not in sound.findings]
    assert [(f.rule, f.severity) for f in told] == [(PROGRAMS[name][1], Severity.WARNING)]
    assert told[0].message and told[0].fix and submission.verdict is sound.verdict
    assert submission.observations == sound.observations


@pytest.mark.parametrize("regime_id", PERIODS)
def test_our_own_buttons_are_no_foreign_program(regime_id):
    assert foreign_programs(open_gate(filled_bytes(regime_id, plain=False))) == ()
    assert foreign_programs(open_gate(filled_bytes(regime_id))) == ()


def test_a_project_beside_ours_and_one_in_its_place_are_told():
    ours = open_gate(filled_bytes("cchc-dinh-ky", plain=False))
    assert foreign_programs({**ours, "xl/vbaProject.bin": OTHERS}) == ("foreign_vba",)
    assert foreign_programs({**ours, "xl/vbaProject2.bin": OTHERS}) == ("foreign_vba",)


@each_program
def test_fill_keeps_none_of_it_and_every_figure(name, tmp_path: Path):
    path, out = tmp_path / "tep.xlsx", tmp_path / "ra.xlsx"
    path.write_bytes(carrying(name))
    fill_workbook(path, {"bieu1_2_1": "39"}, out, UNITS)
    content = out.read_bytes()
    assert foreign_programs(open_gate(content)) == ()
    before = read_submission("x", path.read_bytes(), UNITS).observations
    after = {o.indicator: o.value for o in read_submission("x", content, UNITS).observations}
    changed_figures = {o.indicator for o in before if after[o.indicator] != o.value}
    assert changed_figures == {"bieu1_2_1", "bieu1_2"} and after["bieu1_2_1"] == 39


def test_fill_gives_a_workbook_with_buttons_ours_alone(tmp_path: Path):
    path, out = tmp_path / "tep.xlsm", tmp_path / "ra.xlsm"
    path.write_bytes(carrying("an OLE object", plain=False))
    fill_workbook(path, {"bieu1_2_1": "39"}, out, UNITS)
    parts = open_gate(out.read_bytes())
    assert foreign_programs(parts) == () and "xl/vbaProject.bin" in parts


def test_combine_keeps_none_of_it(tmp_path: Path):
    paths = [tmp_path / "mot.xlsx", tmp_path / "hai.xlsx"]
    for path, name in zip(paths, ("a VBA project of others", "a data connection"), strict=True):
        path.write_bytes(carrying(name))
    out = tmp_path / "ra.xlsx"
    combine_workbooks(paths[0], paths[1:], out, UNITS)
    assert foreign_programs(open_gate(out.read_bytes())) == ()


@each_program
def test_doctor_and_check_tell_it(name, tmp_path: Path):
    path = tmp_path / "tep.xlsx"
    path.write_bytes(carrying(name))
    code = PROGRAMS[name][1]
    assert read_file(path).programs == (code,)
    rules = {f["rule"] for f in json.loads(run("check", "--json", path).stdout)["files"][0]["findings"]}
    assert code in rules


def test_doctor_prints_it_for_a_file(tmp_path: Path):
    path = tmp_path / "tep.xlsx"
    path.write_bytes(carrying("a VBA project of others"))
    assert "VBA không phải của bộ biểu mẫu" in run("doctor", path).stdout
