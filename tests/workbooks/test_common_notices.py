"""A notice that many communes share takes one line of the city's list of findings, not a hundred."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
from support.demo_folder import demo

from cchc_xl.model import Finding, Severity, Submission
from cchc_xl.workbooks.summary.common_notices import MOST_ALONE, split_common
from cchc_xl.workbooks.summary.findings import told_of

RULE = "bieu1_running_tasks"


def told() -> list[tuple[Submission, Finding]]:
    merged = demo().merge.merged
    return [(s, f) for s in merged.ledger for f in told_of(s)]


def test_a_shared_notice_is_told_once_with_how_many_units_and_their_names() -> None:
    found = told()
    sharing = sum(f.rule == RULE for _, f in found)
    assert sharing > MOST_ALONE
    alone, common = split_common(demo().merge.merged.regime, found)
    notice = next(c for c in common if c.finding.rule == RULE)
    assert len(notice.units) == sharing
    assert str(sharing) in notice.owner
    assert notice.units[0].running_name in notice.message
    assert not any(f.rule == RULE for _, f in alone)


def test_errors_and_warnings_are_never_gathered_and_nothing_is_lost() -> None:
    found = told()
    alone, common = split_common(demo().merge.merged.regime, found)
    assert all(c.finding.severity is Severity.NOTICE for c in common)
    assert len(alone) + sum(len(c.units) for c in common) == len(found)


def test_a_notice_the_commune_explained_stands_on_its_own() -> None:
    found = told()
    at = next(n for n, (_, f) in enumerate(found) if f.rule == RULE)
    submission, finding = found[at]
    found[at] = (replace(submission, explanations={RULE: "nhiệm vụ dài hạn"}), finding)
    alone, _ = split_common(demo().merge.merged.regime, found)
    assert [s.explanations[RULE] for s, f in alone if f.rule == RULE] == ["nhiệm vụ dài hạn"]


def test_the_sheet_shows_the_shared_notice_once_after_errors_and_warnings() -> None:
    sheet = openpyxl.load_workbook(demo().merge.summary)["Lỗi và cảnh báo"]
    rows = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert sum(row[8] == RULE for row in rows) == 1
    severities = [row[0] for row in rows]
    assert severities.index("Lưu ý") > max(n for n, s in enumerate(severities) if s != "Lưu ý")
