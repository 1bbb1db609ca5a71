"""Combining the forms several people filled: nothing is lost, nothing overwritten unasked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from support.command_line import run
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien

from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import layout_of
from cchc_xl.tasks.combination import Outcome, chosen_forms, combine
from cchc_xl.tasks.read import read_one
from cchc_xl.workbooks.commune import Contents, plan_workbook

LAYOUT = layout_of(REGIME)


def test_blank_cells_take_what_is_offered_and_filled_ones_stay():
    here = Contents(figures={"bieu1_1": Decimal(9), "bieu3_1": None})
    found = combine(LAYOUT, here, nam_thanh_mien())
    assert found.contents.figures["bieu1_1"] == 9
    assert found.contents.figures["bieu3_2_1_1"] == 5650
    assert [m.key for m in found.conflicts] == [("figure", "bieu1_1")]
    assert here.figures == {"bieu1_1": Decimal(9), "bieu3_1": None}


def test_preferring_the_other_side_overwrites_and_says_so():
    here = Contents(figures={"bieu1_1": Decimal(9)})
    found = combine(LAYOUT, here, nam_thanh_mien(), prefer_offered=True)
    assert found.contents.figures["bieu1_1"] == 8
    assert not found.conflicts
    assert [m.current for m in found.meetings if m.outcome is Outcome.OVERWRITTEN] == [9]


def test_a_blank_never_empties_a_filled_cell():
    found = combine(LAYOUT, nam_thanh_mien(), Contents(), prefer_offered=True)
    assert found.meetings == ()


def test_zero_and_kps_are_answers_that_conflict():
    found = combine(LAYOUT, Contents(figures={"bieu2_1": Decimal(0)}), Contents(figures={"bieu2_1": "KPS"}))
    assert found.conflicts[0].offered == "KPS"


def test_only_chosen_forms_are_looked_at_with_their_notes_people_and_explanations():
    offered = replace(nam_thanh_mien(), notes={"bieu3_1": "theo sổ", "bieu4_1": "khác"})
    found = combine(LAYOUT, Contents(), offered, forms=("bieu1", "bieu3"))
    told = {m.key for m in found.meetings}
    assert ("note", "bieu3_1") in told
    assert ("person", "bieu1") in told
    assert ("explanation", "bieu1_running_tasks") in told
    assert ("claimed", "bieu6_1") not in told
    assert not any(key[0] == "declaration" for key in told)


@pytest.mark.parametrize("asked", ["1, 3", "bieu1,bieu3", "1;3", " BIEU1  3 "])
def test_forms_are_named_by_number_or_code(asked: str):
    assert chosen_forms(LAYOUT, asked) == ("bieu1", "bieu3")


def test_an_unknown_form_is_refused_and_none_means_all():
    assert chosen_forms(LAYOUT, " ") is None
    with pytest.raises(UsageError, match="bieu9"):
        chosen_forms(LAYOUT, "1, bieu9")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ghep")
    sample = nam_thanh_mien()

    def written(name: str, contents: Contents, period=PERIOD) -> None:
        (folder / name).write_bytes(render(plan_workbook(REGIME, UNIT, period, contents)))

    def only(*forms: str) -> Contents:
        return Contents(figures={c: v for c, v in sample.figures.items() if LAYOUT.form_of[c] in forms})

    written("mot.xlsx", only("bieu1", "bieu2"))
    written("ba.xlsx", only("bieu3", "bieu4"))
    written("khac.xlsx", Contents(figures={"bieu1_1": Decimal(99)}))
    written("ky-truoc.xlsx", sample, PERIOD.previous())
    whole = only("bieu1", "bieu2", "bieu3", "bieu4")
    written("dap-an.xlsx", whole)
    return folder


def test_two_peoples_forms_make_the_workbook_one_person_would_have_filled(folder: Path):
    done = run("combine", folder / "mot.xlsx", folder / "ba.xlsx", "--out", folder / "ghep.xlsx")
    assert done.returncode == 0, done.stderr
    combined, expected = read_one(str(folder / "ghep.xlsx")), read_one(str(folder / "dap-an.xlsx"))
    assert combined.observations == expected.observations
    assert combined.control_code == expected.control_code


def test_conflicts_are_listed_kept_and_end_with_status_1(folder: Path):
    before = (folder / "mot.xlsx").read_bytes()
    done = run("combine", folder / "mot.xlsx", folder / "khac.xlsx", "--out", folder / "giu.xlsx")
    assert done.returncode == 1
    assert "Biểu 1, ô D7" in done.stdout
    assert "đang có 8, khac.xlsx ghi 99 – giữ số đang có" in done.stdout
    kept = {o.indicator: o.value for o in read_one(str(folder / "giu.xlsx")).observations}
    assert kept["bieu1_1"] == 8
    assert (folder / "mot.xlsx").read_bytes() == before


def test_prefer_other_takes_the_other_figure_and_ends_with_status_0(folder: Path):
    done = run(
        "combine",
        folder / "mot.xlsx",
        folder / "khac.xlsx",
        "--out",
        folder / "thay.xlsx",
        "--prefer",
        "other",
    )
    assert done.returncode == 0
    assert {o.indicator: o.value for o in read_one(str(folder / "thay.xlsx")).observations}["bieu1_1"] == 99


def test_another_periods_workbook_and_an_input_as_target_are_refused_in_one_line(folder: Path):
    for arguments in (
        (folder / "mot.xlsx", folder / "ky-truoc.xlsx", "--out", folder / "x.xlsx"),
        (folder / "mot.xlsx", folder / "ba.xlsx", "--out", folder / "ba.xlsx"),
        (folder / "mot.xlsx", folder / "ba.xlsx", "--out", folder / "x.xlsm"),
        (folder / "mot.xlsx", folder / "ba.xlsx", "--forms", "9", "--out", folder / "x.xlsx"),
    ):
        done = run("combine", *arguments)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (folder / "x.xlsx").exists()
