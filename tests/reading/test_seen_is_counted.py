"""What the eye sees is what is counted: forgeries of every regime are held, honest edits are not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from support.command_line import run
from support.dialects import DIALECTS
from support.filled_workbooks import PERIODS, filled_bytes
from support.forgeries import FORMATS, forgeries_of, target_of
from support.honest_edits import edited, edits_of

from cchc_xl.catalogue.units import load_units
from cchc_xl.figures.identity import contradicts_identity
from cchc_xl.model import Severity, Submission, Verdict
from cchc_xl.reading.submission import read_submission

UNITS = load_units()
FORGERIES = [(regime_id, name) for regime_id in PERIODS for name in forgeries_of(regime_id)]
EDITS = [(regime_id, name) for regime_id in PERIODS for name in edits_of(regime_id)]
# Three workbooks a regime carry all edits through the programs: some exclude each other.
TOGETHER = {
    "sheets": (
        "a widened column",
        "grouped by blanks",
        "an added private sheet",
        "a visible _meta",
        "a renamed tab",
    ),
    "rows": (
        "filtered registers",
        "a hidden _meta",
        "a taller row",
        "the columns beside hidden",
        "a plain format",
    ),
    "formats": ("the accounting style",),
}


def read(content: bytes) -> Submission:
    return read_submission("tep.xlsx", content, UNITS)


@cache
def sound(regime_id: str) -> Submission:
    return read(filled_bytes(regime_id))


def new_rules(submission: Submission, regime_id: str, *severities: Severity) -> set[str]:
    known = {(f.rule, f.indicator) for f in sound(regime_id).findings}
    found = (f for f in submission.findings if (f.rule, f.indicator) not in known)
    return {f.rule for f in found if f.severity in severities}


def figures(submission: Submission) -> list[tuple[object, ...]]:
    return [(o.indicator, o.status, o.value, o.text) for o in submission.observations]


def test_there_are_forgeries_of_every_kind_and_regime():
    assert len(FORGERIES) >= 200 and {regime_id for regime_id, _ in FORGERIES} == set(PERIODS)
    assert len(FORMATS) >= 10


@pytest.mark.parametrize(("regime_id", "name"), FORGERIES)
@pytest.mark.parametrize("dialect", ["ours", "Excel"])
def test_a_file_that_shows_other_than_it_submits_is_held_with_its_cell(regime_id, name, dialect):
    forgery = forgeries_of(regime_id)[name]
    if dialect == "Excel" and not forgery.in_excel:
        pytest.skip("made of this project's XML")
    data = DIALECTS[dialect]({"tep.xlsx": filled_bytes(regime_id)})["tep.xlsx"]
    submission = read(forgery.build(data))
    told = [f for f in submission.findings if f.rule in forgery.rules and f.severity is Severity.ERROR]
    assert submission.verdict is Verdict.HELD and told, submission.findings
    form = next(f.code for f in target_of(regime_id).regime.forms if f.sheet == target_of(regime_id).sheet)
    assert submission.forms[form] is Verdict.HELD
    for finding in told:
        assert finding.sheet and finding.cell and finding.cell in finding.message and finding.fix
        assert "{" not in finding.message + finding.fix


@pytest.mark.parametrize("regime_id", PERIODS)
def test_a_forged_identity_never_stands_for_the_unit_it_names(regime_id):
    for name in ("another unit on every sheet", "another unit's code and name", "another period inside"):
        submission = read(forgeries_of(regime_id)[name].build(filled_bytes(regime_id)))
        assert contradicts_identity(submission), name


@pytest.mark.parametrize(("regime_id", "name"), EDITS)
def test_an_honest_edit_changes_neither_verdict_nor_figures(regime_id, name):
    submission = read(edited(regime_id, name)(filled_bytes(regime_id)))
    assert submission.verdict is sound(regime_id).verdict
    assert figures(submission) == figures(sound(regime_id))
    assert new_rules(submission, regime_id, Severity.ERROR, Severity.WARNING) == set()


@pytest.mark.parametrize("regime_id", [r for r in PERIODS if target_of(r).regime.registers])
def test_filtered_rows_of_a_register_are_read_and_told(regime_id):
    submission = read(edited(regime_id, "filtered registers")(filled_bytes(regime_id)))
    rows = {code: len(found) for code, found in sound(regime_id).registers.items()}
    assert {code: len(found) for code, found in submission.registers.items()} == rows
    told = [f for f in submission.findings if f.rule == "register_filtered"]
    assert len(told) == sum(1 for count in rows.values() if count)


@cache
def programs_files(dialect: str) -> dict[str, bytes]:
    made = {
        f"{regime_id}-{number}.xlsx": edited(regime_id, *names)(filled_bytes(regime_id))
        for regime_id in PERIODS
        for number, names in enumerate(TOGETHER.values())
    }
    return DIALECTS[dialect](made)


@pytest.mark.libreoffice
@pytest.mark.parametrize("dialect", DIALECTS)
def test_honest_edits_saved_by_any_program_are_accepted(dialect):
    for name, content in programs_files(dialect).items():
        regime_id = name.rpartition("-")[0]
        submission = read(content)
        assert submission.verdict is sound(regime_id).verdict, (name, submission.findings)
        assert figures(submission) == figures(sound(regime_id)), name
        assert new_rules(submission, regime_id, Severity.ERROR, Severity.WARNING) == set(), name


def test_a_decoy_is_told_on_the_command_line(tmp_path: Path):
    path = tmp_path / "tep.xlsx"
    forgery = forgeries_of("cchc-dinh-ky")["shown with thousands hidden"]
    path.write_bytes(forgery.build(filled_bytes("cchc-dinh-ky")))
    done = run("check", path)
    assert done.returncode == 1 and "Biểu 1, ô D9" in done.stdout
