"""Hostile submissions of every regime but the periodic one, whose own table stands in hostile_cases.py."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support import hostile
from support.dialects import in_every_dialect, spoiled
from support.filled_workbooks import filled
from support.hostile_submissions import (
    Parts,
    cell_xml,
    changed,
    columns_swapped,
    from_hostile,
    in_turn,
    in_workbook,
    meta,
    names_lost,
    put,
    rows_moved,
    sheet_deleted,
    sheet_part,
)
from support.random_damage import damage
from support.regime_samples import UNITS

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.completeness import EMPTY_RETURN
from cchc_xl.figures.identity import file_name_findings, period_findings, with_findings
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import Finding, Status, Submission, Verdict
from cchc_xl.model.layout import FIGURE, layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.read import read_one
from cchc_xl.workbooks.summary import plan_summary

UNIT = "11635"
ROUNDS = 150
PAYLOAD = "=cmd|' /C calc'!A0"
ROW = 30  # a prepared row of every register the samples leave empty
LONG = "Trang " * 5000


@dataclass(frozen=True)
class Subject:
    """A regime and the places its cases spoil; `count` holds a whole number, `pair` two inputs to merge."""

    period: str
    other_period: str
    count: str
    computed: str
    pair: tuple[str, str]
    text: str = ""
    register: str = ""
    date_column: str = ""
    figure_column: str = ""
    text_column: str = ""
    swapped: tuple[str, str] = ("", "")  # two columns of one kind
    told: tuple[str, ...] = ()  # what `count` breaks when it is 31


SUBJECTS = {
    "tthc-thang": Subject(
        *("2026-M06", "2026-M05", "tthc_4_2", "tthc_4_5", ("tthc_4_2", "tthc_4_3")),
        told=("tthc_pakn_balance",),
    ),
    "dot-pha": Subject(
        *("2026-Q2", "2026-Q1", "dotpha_2_4_1", "dotpha_2_3", ("dotpha_2_4_1", "dotpha_2_4_2")),
        text="dotpha_1_1",
        register="dotphachitieu",
        figure_column="tu_so",
        text_column="thuc_hien",
        swapped=("G", "H"),
    ),
    "ket-luan-kiem-tra": Subject(
        *("2026-Q2", "2026-Q1", "ketluan_3_1", "ketluan_3", ("ketluan_3_1", "ketluan_3_2")),
        text="ketluan_1_1",
        register="ketluanyeucau",
        date_column="thoi_han",
        text_column="noi_dung",
        swapped=("F", "J"),
    ),
    "chi-so-766": Subject(
        *("2026-M06", "2026-M05", "chiso766_4_2", "chiso766_2", ("chiso766_2_4", "chiso766_2_5")),
        text="chiso766_1_2",
    ),
}


@dataclass(frozen=True)
class Case:
    """How a file is spoiled and how it must end; `rules` are told beyond the sound file's own."""

    build: Callable[[bytes], bytes]
    verdict: Verdict
    rules: tuple[str, ...] = ()
    at: tuple[str, str] | None = None
    file: str | None = None
    values: Mapping[str, object] | None = None  # figures and texts read differently from the sound file
    row: Mapping[str, object] | None = None  # what the register's row ROW holds then
    asked: str = ""  # the period asked for, where it is not the file's own


def place(regime_id: str, code: str) -> tuple[str, str]:
    return layout_of(load_regime(regime_id)).place(code)


# --- the sound workbooks ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """(blank, filled) by regime."""
    return {r: filled(r, tmp_path_factory.mktemp(r)) for r in SUBJECTS}


@pytest.fixture(scope="module")
def dialects(workbooks: dict[str, tuple[Path, Path]]) -> dict[str, dict[str, bytes]]:
    """The filled workbook of each regime as every program saves it."""
    return {regime: in_every_dialect(pair[1].read_bytes()) for regime, pair in workbooks.items()}


# --- cases -----------------------------------------------------------------------------------------------


def _figure_cases(regime_id: str) -> dict[str, Case]:
    """One whole-number input, spoiled in every way a cell can be."""
    code = SUBJECTS[regime_id].count
    sheet, address = place(regime_id, code)

    def case(change: Callable[[Parts], None], rule: str, value: object = None) -> Case:
        verdict = Verdict.HELD if value is None else Verdict.ACCEPTED
        told = () if value is None else SUBJECTS[regime_id].told
        return Case(changed(change), verdict, (rule, *told), (sheet, address), values={code: value})

    def cell(inner: str, kind: str = "") -> Callable[[Parts], None]:
        return cell_xml(sheet, address, f'<c r="{address}"{kind}>{inner}</c>')

    return {
        "a text with one reading": case(put(sheet, **{address: "31 "}), "text_number", Decimal(31)),
        "a text with two readings": case(put(sheet, **{address: "5.000"}), "text_ambiguous"),
        "a text that is no number": case(put(sheet, **{address: PAYLOAD}), "text_unreadable"),
        "an error": case(cell("<v>#REF!</v>", ' t="e"'), "error_cell"),
        "a formula": case(cell("<f>SUM(A1:A3)+40</f><v>40</v>"), "formula_in_input"),
        "a constant formula": case(cell("<f>30+1</f><v>99</v>"), "constant_formula", Decimal(31)),
        "a negative number": case(put(sheet, **{address: -3}), "number_negative"),
        "TRUE": case(cell("<v>1</v>", ' t="b"'), "boolean_in_input"),
    }


def _structure_cases(regime_id: str) -> dict[str, Case]:
    layout = layout_of(load_regime(regime_id))
    subject = SUBJECTS[regime_id]
    sheet, address = place(regime_id, subject.count)
    row = int(address[1:])
    first, second = (layout.place(code)[1] for code in subject.pair)
    merged = f'<mergeCells count="99"><mergeCell ref="{first}:{second}"/>'
    computed = layout.place(subject.computed)
    return {
        "its sheet missing": Case(
            changed(sheet_deleted(sheet)), Verdict.REJECTED, ("form_sheet_missing",), (sheet, "")
        ),
        "a row deleted, names lost": Case(
            in_turn(rows_moved(sheet, row + 1, -1), names_lost),
            *(Verdict.REJECTED, ("row_not_found",), (sheet, "")),
        ),
        "columns swapped": Case(
            changed(columns_swapped(sheet, "C", FIGURE)), Verdict.REJECTED, ("figure_column_moved",)
        ),
        "a label column swapped": Case(
            changed(columns_swapped(sheet, "B", "C")), Verdict.REJECTED, ("row_not_found",), (sheet, "")
        ),
        "two inputs merged": Case(
            changed(merging(sheet, merged)), Verdict.HELD, ("input_merged",) * 2, (sheet, first)
        ),
        "a result typed over": Case(
            changed(put(sheet, **{computed[1]: 0})), Verdict.HELD, ("formula_overwritten",), computed
        ),
    }


def merging(sheet: str, merged: str) -> Callable[[Parts], None]:
    """One more merged area."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        parts[name], count = re.subn(rb"<mergeCells[^>]*>", merged.encode(), parts[name])
        assert count == 1

    return change


def _whole_file_cases(regime_id: str) -> dict[str, Case]:
    period = SUBJECTS[regime_id].other_period
    return {
        "sound": Case(lambda data: data, Verdict.ACCEPTED),
        "of another period": Case(lambda data: data, Verdict.HELD, ("wrong_period",), asked=period),
        "of another kind of period": Case(
            lambda data: data, Verdict.HELD, ("wrong_period_kind",), asked="2026"
        ),
        "named after another unit": Case(
            lambda data: data, Verdict.HELD, ("file_name_other_unit",), file="11284_Nam-Thanh-Mien.xlsx"
        ),
        "of an unknown regime": Case(
            changed(meta(cchc_che_do="khac")), Verdict.REJECTED, ("regime_unknown",)
        ),
        "with a DOCTYPE": Case(
            from_hostile(hostile.XML["billion laughs"][1]), Verdict.REJECTED, ("xml_doctype",)
        ),
        "with a wrong checksum": Case(from_hostile(hostile.bad_crc), Verdict.REJECTED, ("file_crc",)),
        "cut short": Case(from_hostile(hostile.truncated), Verdict.REJECTED, ("file_truncated",)),
    }


def _text_cases(regime_id: str) -> dict[str, Case]:
    """A text of the form stays the text it is."""
    code = SUBJECTS[regime_id].text
    if not code:
        return {}
    sheet, address = place(regime_id, code)
    return {
        "a text like a formula": Case(
            changed(put(sheet, **{address: PAYLOAD})), Verdict.ACCEPTED, values={code: PAYLOAD}
        ),
        "a text that is a formula": Case(
            changed(cell_xml(sheet, address, f'<c r="{address}"><f>1+1</f><v>2</v></c>')),
            *(Verdict.HELD, ("formula_in_input",), (sheet, address)),
            values={code: None},
        ),
        "a text that is an error": Case(
            changed(cell_xml(sheet, address, f'<c r="{address}" t="e"><v>#N/A</v></c>')),
            *(Verdict.HELD, ("error_cell",), (sheet, address)),
            values={code: None},
        ),
    }


def _register_cases(regime_id: str) -> dict[str, Case]:
    """One row of a list, spoiled: told by its cell, never more than a warning, never a wrong value."""
    subject = SUBJECTS[regime_id]
    if not subject.register:
        return {}
    register = layout_of(load_regime(regime_id)).registers[subject.register]
    sheet = register.register.sheet

    def case(
        column: str, change: Callable[[str], Callable[[Parts], None]], rule: str, *value: object
    ) -> Case:
        address = register.cell(column, ROW)
        rules = ((rule,) if rule else ()) + (("register_missing",) if value else ())
        row = {"row": Decimal(ROW), column: value[0]} if value else None
        return Case(
            changed(change(address)), Verdict.ACCEPTED, rules, (sheet, address) if rule else None, row=row
        )

    def typed(value: str | int) -> Callable[[str], Callable[[Parts], None]]:
        return lambda address: put(sheet, **{address: value})

    def stored(inner: str, kind: str = "") -> Callable[[str], Callable[[Parts], None]]:
        return lambda address: cell_xml(sheet, address, f'<c r="{address}"{kind}>{inner}</c>')

    text = subject.text_column
    cases = {
        "a row with a formula": case(text, stored("<f>A1&amp;A2</f><v>5</v>"), "register_formula"),
        "a row with an error": case(text, stored("<v>#DIV/0!</v>", ' t="e"'), "register_error"),
        "a row with a text like a formula": case(text, typed(PAYLOAD), "", PAYLOAD),
        "a row with a very long text": case(text, typed(LONG), "", LONG.strip()),
        "its list missing": Case(
            changed(in_workbook(rf'<sheet name="{sheet}"[^>]*/>', "")),
            *(Verdict.ACCEPTED, ("register_sheet_missing",), (sheet, "")),
        ),
        "its list's columns swapped": Case(
            changed(columns_swapped(sheet, *subject.swapped)),
            *(Verdict.ACCEPTED, ("register_columns_moved",), (sheet, f"{subject.swapped[0]}6")),
        ),
        "a row inserted above its list": Case(
            changed(rows_moved(sheet, 3, 1)),
            *(Verdict.ACCEPTED, ("register_columns_moved",), (sheet, "B6")),
        ),
    }
    if column := subject.date_column:
        cases["a row with a day as text"] = case(
            column, typed("5/6/2026"), "register_date_text", "2026-06-05"
        )
        cases["a row with words for a day"] = case(column, typed("cuối tháng"), "register_date_wrong")
        cases["a row with a day no calendar has"] = case(column, typed("31/6/2026"), "register_date_wrong")
    if column := subject.figure_column:
        cases["a row with a number as text"] = case(
            column, typed("1.234.567"), "register_number_text", Decimal(1234567)
        )
        cases["a row with two readings"] = case(column, typed("1.234"), "register_number_wrong")
        cases["a row with TRUE"] = case(column, stored("<v>1</v>", ' t="b"'), "register_number_wrong")
    return cases


def cases_of(regime_id: str) -> dict[str, Case]:
    makers = (_figure_cases, _structure_cases, _whole_file_cases, _text_cases, _register_cases)
    return {name: case for make in makers for name, case in make(regime_id).items()}


CASES = {(r, name): case for r in SUBJECTS for name, case in cases_of(r).items()}


def judged(path: Path, asked: str) -> Submission:
    submission = read_one(str(path), load_units())
    told = (*period_findings(submission, parse_period(asked)), *file_name_findings(submission, UNITS))
    return with_findings(submission, told)


def contents(submission: Submission) -> dict[str, object]:
    return {o.indicator: o.text or o.value for o in submission.observations}


def new_findings(submission: Submission, sound: Submission) -> list[Finding]:
    known = {(f.rule, f.sheet, f.cell) for f in sound.findings}
    return [f for f in submission.findings if (f.rule, f.sheet, f.cell) not in known]


@pytest.mark.parametrize(("regime_id", "name"), CASES)
def test_a_spoiled_file_of_any_regime_ends_in_its_verdict_rule_and_cell(
    regime_id: str,
    name: str,
    workbooks: dict[str, tuple[Path, Path]],
    dialects: dict[str, dict[str, bytes]],
    tmp_path: Path,
):
    case, source = CASES[regime_id, name], workbooks[regime_id][1]
    period = SUBJECTS[regime_id].period
    sound = judged(source, period)
    path = tmp_path / (case.file or source.name)
    turn, rearranged = list(CASES).index((regime_id, name)), name in _structure_cases(regime_id)
    path.write_bytes(spoiled(case.build, dialects[regime_id], turn, rearranged=rearranged))
    submission = judged(path, case.asked or period)
    told = new_findings(submission, sound)
    assert submission.verdict is case.verdict
    assert Counter(f.rule for f in told) == Counter(case.rules)
    if case.at:
        assert case.at in {(f.sheet, f.cell or "") for f in told if f.rule == case.rules[0]}
    for finding in told:
        assert finding.message and finding.fix and not re.search(r"\{\w*\}", finding.message)
    if case.verdict is Verdict.REJECTED:
        assert submission.observations == () and submission.unit is None
        return
    values = dict(case.values or {})
    found, honest = contents(submission), contents(sound)
    assert {code: found[code] for code in values} == values
    inputs = [i.code for i in load_regime(regime_id).indicators.values() if i.is_input]
    assert [code for code in inputs if code not in values and found[code] != honest[code]] == []
    rows = {row["row"]: row for row in submission.registers.get(SUBJECTS[regime_id].register, ())}
    if {"register_sheet_missing", "register_columns_moved"} & set(case.rules):
        assert rows == {}
    if case.row:
        assert {key: rows[ROW].get(key) for key in case.row} == case.row


# --- every regime, the periodic one's own tables aside ---------------------------------------------------


def test_every_regime_has_its_cases_and_the_periodic_one_its_own():
    assert {*SUBJECTS, "cchc-dinh-ky"} == set(regime_ids())
    assert min(Counter(regime_id for regime_id, _ in CASES).values()) > 20


@pytest.mark.libreoffice
@pytest.mark.parametrize("regime_id", SUBJECTS)
def test_random_damage_never_gives_a_silently_wrong_figure_in_any_regime(
    regime_id: str,
    workbooks: dict[str, tuple[Path, Path]],
    dialects: dict[str, dict[str, bytes]],
    tmp_path: Path,
):
    period = parse_period(SUBJECTS[regime_id].period)
    regime, source = load_regime(regime_id, period), workbooks[regime_id][1]
    verdicts = damage(dialects[regime_id], tmp_path / source.name, regime, period, UNIT, ROUNDS)
    assert sum(verdicts.values()) == ROUNDS and verdicts[Verdict.SKIPPED] == 0
    assert min(verdicts[Verdict.ACCEPTED], verdicts[Verdict.REJECTED]) > 0


@pytest.mark.parametrize("regime_id", SUBJECTS)
def test_openpyxl_and_this_reader_find_the_same_in_every_cell(
    regime_id: str, workbooks: dict[str, tuple[Path, Path]]
):
    source = workbooks[regime_id][1]
    book = openpyxl.load_workbook(source, data_only=True)
    observations, numeric = read_one(str(source), load_units()).observations, 0
    for observation in observations:
        stored = book[observation.sheet][observation.cell].value
        if isinstance(stored, datetime):
            assert observation.text == stored.date().isoformat()
        elif isinstance(stored, int | float):
            numeric += 1
            assert float(observation.value or 0) == pytest.approx(stored, rel=1e-12), observation
        else:
            assert (observation.text or None) == ((stored and stored.strip()) or None), observation
    assert numeric > 3


@pytest.mark.parametrize("regime_id", SUBJECTS)
def test_issuing_and_filling_again_gives_the_same_bytes(
    regime_id: str, workbooks: dict[str, tuple[Path, Path]], tmp_path: Path
):
    again = filled(regime_id, tmp_path)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in workbooks[regime_id]]


@pytest.mark.parametrize("regime_id", SUBJECTS)
def test_a_blank_workbook_of_any_regime_holds_no_figure(
    regime_id: str, workbooks: dict[str, tuple[Path, Path]]
):
    submission = judged(workbooks[regime_id][0], SUBJECTS[regime_id].period)
    assert submission.unit is not None and submission.unit.code == UNIT
    assert {o.status for o in submission.observations} <= {Status.BLANK}
    assert not any(submission.registers.values())
    assert {f.rule for f in submission.findings if f.severity == "error"} == {EMPTY_RETURN}


@pytest.mark.parametrize("regime_id", [r for r, subject in SUBJECTS.items() if subject.text])
def test_a_text_like_a_formula_is_a_text_wherever_the_summary_shows_it(
    regime_id: str, workbooks: dict[str, tuple[Path, Path]], tmp_path: Path
):
    subject, source = SUBJECTS[regime_id], workbooks[regime_id][1]
    path = tmp_path / source.name
    path.write_bytes(CASES[regime_id, "a text like a formula"].build(source.read_bytes()))
    if subject.register:
        spoil = CASES[regime_id, "a row with a text like a formula"].build
        path.write_bytes(spoil(path.read_bytes()))
    scope = load_scope(regime_id, parse_period(subject.period))
    merged = consolidate(scope, [judged(path, subject.period)])
    summary = render(plan_summary(merged))
    found = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(summary))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "cmd|" in cell.value
    ]
    assert [(cell.value, cell.data_type) for cell in found] == [(PAYLOAD, "s")]
    for name, content in open_gate(summary).items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(rb"<f[^>]*>[^<]*cmd\|", content), name
