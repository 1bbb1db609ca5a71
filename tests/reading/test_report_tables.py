"""Phụ lục III out of reports: every figure of the sample, nothing misplaced however it is mangled."""

from __future__ import annotations

import csv

import pytest
from support.command_line import assert_refused, run
from support.mangled_tables import VARIANTS, sample_forms, word_of
from support.places import EXAMPLES
from support.prose import text_of

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.model.periods import parse_period
from cchc_xl.reading.foreign import Extraction
from cchc_xl.reports.plain_text import document_of_text
from cchc_xl.tasks.extract import extract_report
from cchc_xl.word.read.document import read_document

REGIME = load_regime("cchc-dinh-ky", parse_period("2026-Q2"))
# What may stay unplaced: labels that are no longer the printed ones, rows given twice.
INCOMPLETE = {"labels without marks", "labels cut short", "a table given twice", "rows numbered through", "numbers slid by a row"}  # fmt: skip  # noqa: E501


def truth() -> dict[str, str]:
    with (EXAMPLES / "nam-thanh-mien-2026-Q2.csv").open(encoding="utf-8-sig") as lines:
        return {row["indicator"]: row["value"] for row in csv.DictReader(lines)}


def test_every_figure_of_the_sample_text_is_found():
    found = extract_report(document_of_text(text_of("nam-thanh-mien-2026-Q2")), REGIME)
    assert len(found.values) == 50 and found.values == truth() and not found.missing


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_mangled_appendix_gives_every_figure_or_says_which_it_left(variant: str):
    found = extract_report(read_document(VARIANTS[variant]()), REGIME)
    assert misplaced(found) == {}
    if variant not in INCOMPLETE:
        assert (len(found.values), found.remarks, found.missing) == (50, (), ())
    else:
        assert len(found.values) + len(found.remarks) + len(found.missing) >= 50


def misplaced(found: Extraction) -> dict[str, str]:
    wanted = truth()
    return {code: value for code, value in found.values.items() if wanted.get(code) != value}


def test_the_command_writes_values_for_fill_and_says_what_it_could_not_place(tmp_path):
    forms = sample_forms()
    forms[0].rows.append(["6.", "Số sáng kiến cải cách", "Sáng kiến", "3", ""])
    report, out = tmp_path / "BC.docx", tmp_path / "values.csv"
    report.write_bytes(word_of(forms))
    before = report.read_bytes()
    done = run("extract", report, "--period", "2026-Q2", "--out", out)
    assert done.returncode == 1 and "Số sáng kiến cải cách" in done.stdout and "50/59" in done.stdout
    assert (
        out.read_text(encoding="utf-8-sig").startswith("indicator,value\n") and report.read_bytes() == before
    )


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("BC.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "đời cũ"), ("BC.pdf", b"%PDF-1.4", "PDF"),
     ("BC.docx", b"PK\x03\x04cut", "cắt cụt"), ("BC.docx", b"", "rỗng")],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_the_cure(tmp_path, name: str, content: bytes, word: str):
    report = tmp_path / name
    report.write_bytes(content)
    assert_refused(run("extract", report, "--period", "2026-Q2", "--out", tmp_path / "v.csv"), word)


def test_a_report_without_such_tables_is_told(tmp_path):
    report = tmp_path / "BC.txt"
    report.write_text("Đã giải quyết 5.650 hồ sơ.\n", encoding="utf-8")
    assert_refused(
        run("extract", report, "--period", "2026-Q2", "--out", tmp_path / "v.csv"), "Không tìm thấy bảng"
    )
