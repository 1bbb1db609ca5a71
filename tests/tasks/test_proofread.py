"""`proofread` from the command line: its answer, workbooks beside reports, the list for people."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
from pathlib import Path

import openpyxl
import pytest
from support.bound_reports import WAYS, Figure, figures_of, report_of, slipped
from support.command_line import assert_refused, run
from support.places import EXAMPLES

from cchc_xl.catalogue.units import load_units
from cchc_xl.model.documents import Document
from cchc_xl.model.proofs import FigureState, Proof, WorkbookFigures
from cchc_xl.tasks.proofread import proofread_files
from cchc_xl.tasks.report_proof import proofread_document
from cchc_xl.tasks.workbook_figures import figures_of_workbooks
from cchc_xl.word.read.document import read_document

Q2 = EXAMPLES / "nam-thanh-mien-2026-Q2.txt"
MONTH = EXAMPLES / "an-truong-2026-M06.txt"
FINDING = [
    "rule",
    "severity",
    "quote",
    "paragraph",
    "expected",
    "message",
    "fix",
    "indicator",
    "sheet",
    "cell",
]
FIGURE = ["quote", "paragraph", "value", "state", "indicator", "sheet", "cell"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commune workbook of the real Q2 report, filled with its figures."""
    folder = tmp_path_factory.mktemp("so-tinh")
    run("issue", "--period", "2026-Q2", "--unit", "11284", "--out", folder, "--plain")
    (issued,) = folder.glob("*.xlsx")
    filled = folder / "da-dien.xlsx"
    assert run("fill", issued, EXAMPLES / "nam-thanh-mien-2026-Q2.csv", "--out", filled).returncode == 0
    return filled


@pytest.fixture(scope="module")
def source(workbook: Path) -> WorkbookFigures:
    (found,) = figures_of_workbooks([workbook], load_units())
    return found


@pytest.fixture(scope="module")
def figures(source: WorkbookFigures) -> list[Figure]:
    return figures_of({k.indicator: k for k in source.known}, source.labels)


def proof(document: Document, source: WorkbookFigures) -> Proof:
    found = proofread_document("bao-cao.docx", document, (source,)).proof
    assert found is not None
    return found


def test_the_answer_keeps_its_contract(workbook: Path):
    done = run("proofread", Q2, "--workbook", workbook, "--json")
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(done.stdout)["files"]
    assert list(answer) == ["file", "findings", "figures"] and answer["file"] == Q2.name
    assert all(list(f) == FINDING for f in answer["findings"])
    assert all(list(f) == FIGURE for f in answer["figures"])
    assert {f["state"] for f in answer["figures"]} <= {"match", "differs", "absent", "out_of_scope"}


def test_the_figures_of_the_real_report_are_bound_by_their_words(workbook: Path):
    (answer,) = json.loads(run("proofread", Q2, "--workbook", workbook, "--json").stdout)["files"]
    states = {
        (f["paragraph"], f["quote"]): (f["state"], f["indicator"], f["cell"]) for f in answer["figures"]
    }
    assert states[60, "5.650"] == ("match", "bieu3_2_1_1", "D12")
    assert states[132, "4.501"][:2] == ("match", "bieu7_1_4_1")
    assert states[133, "4.501"][:2] == ("match", "bieu7_1_4_2")
    assert states[106, "53,6%"][:2] == ("match", "bieu6_1")
    assert states[92, "33"][0] == "absent"  # 33 stands on the form too, for something else
    assert "differs" not in {state for state, _, _ in states.values()}


def test_the_monthly_report_is_bound_to_the_workbook_of_its_own_regime(tmp_path: Path):
    run(
        "issue",
        "--regime",
        "tthc-thang",
        "--period",
        "2026-M06",
        "--unit",
        "11635",
        "--out",
        tmp_path,
        "--plain",
    )
    (issued,) = tmp_path.glob("*.xlsx")
    filled = tmp_path / "da-dien.xlsx"
    run("fill", issued, EXAMPLES / "an-truong-2026-M06.csv", "--out", filled)
    (answer,) = json.loads(run("proofread", MONTH, "--workbook", filled, "--json").stdout)["files"]
    states = [(f["paragraph"], f["quote"], f["state"], f["indicator"]) for f in answer["figures"]]
    assert (49, "0", "match", "tthc_2_3_3") in states and (47, "1", "match", "tthc_2_2_3") in states
    assert sum(s[2] == "match" for s in states) >= 22 and not [s for s in states if s[2] == "differs"]


def test_a_figure_that_is_not_the_workbooks_is_told_with_its_cell(workbook: Path, tmp_path: Path):
    report = tmp_path / "BC.txt"
    report.write_text(
        Q2.read_text(encoding="utf-8").replace("được giao: 47 người", "được giao: 74 người"), encoding="utf-8"
    )
    (answer,) = json.loads(run("proofread", report, "--workbook", workbook, "--json").stdout)["files"]
    told = [f for f in answer["findings"] if f["rule"] == "form-differs" and f["cell"]]
    assert [(f["quote"], f["expected"], f["indicator"], f["sheet"], f["cell"]) for f in told] == [
        ("74 người", "47", "bieu4_1_1", "Biểu 4", "D8")
    ]


def test_an_untouched_bound_report_matches_in_every_figure(figures: list[Figure], source: WorkbookFigures):
    found = proof(read_document(report_of(figures)), source)
    assert found.findings == () and len(found.figures) == len(figures) > 50
    assert {f.state for f in found.figures} == {FigureState.MATCH}


def test_one_changed_bound_figure_is_found_a_hundred_times_of_a_hundred(
    figures: list[Figure], source: WorkbookFigures
):
    chance = random.Random(2026)
    for n in range(100):
        at = chance.randrange(len(figures))
        figure, way = figures[at], WAYS[n % len(WAYS)]
        new = slipped(figure, chance)
        document = read_document(report_of(figures, {figure.code: way(at, figure, new)}))
        told = [(f.rule, f.indicator) for f in proof(document, source).findings]
        assert ("form-differs", figure.code) in told, (way.__name__, figure.text, new)


def test_changed_words_alone_are_no_finding(figures: list[Figure], source: WorkbookFigures):
    reworded = [
        Figure(f.code, f.text, f"Nhìn chung {f.label.lower()} tiếp tục được quan tâm,", f.in_table)
        for f in figures
    ]
    assert proof(read_document(report_of(reworded)), source).findings == ()


@pytest.mark.libreoffice
def test_bookmarks_hold_through_a_save_by_libreoffice(
    figures: list[Figure], source: WorkbookFigures, tmp_path: Path
):
    chance = random.Random(7)
    at = [n for n, f in enumerate(figures) if f.in_table][2]
    new = slipped(figures[at], chance)
    report = tmp_path / "bc.docx"
    report.write_bytes(report_of(figures, {figures[at].code: WAYS[2](at, figures[at], new)}))
    out = tmp_path / "luu"
    profile = f"-env:UserInstallation=file://{tmp_path}/ho-so"
    command = ["soffice", "--headless", profile, "--convert-to", "docx", "--outdir", out, report]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = proof(read_document((out / "bc.docx").read_bytes()), source)
    assert [(f.rule, f.indicator) for f in found.findings] == [("form-differs", figures[at].code)]
    assert sum(f.state is FigureState.MATCH for f in found.figures) == len(figures) - 1


def test_a_workbook_of_another_unit_is_told_and_not_compared(workbook: Path):
    (answer,) = json.loads(run("proofread", MONTH, "--workbook", workbook, "--json").stdout)["files"]
    assert answer["figures"] == [] and "cross-unit" in {f["rule"] for f in answer["findings"]}


def test_errors_make_exit_one_and_warnings_do_not(tmp_path: Path):
    report = tmp_path / "BC.txt"
    report.write_text("Đã xử lý 45/48 phản ánh, đạt 95,15%.\n", encoding="utf-8")
    done = run("proofread", report)
    assert done.returncode == 1 and "93,75 %" in done.stdout and "[Lỗi]" in done.stdout
    assert run("proofread", MONTH).returncode == 0


def test_reports_are_never_changed_and_the_list_is_a_workbook_for_people(tmp_path: Path):
    before = hashlib.sha256(MONTH.read_bytes()).hexdigest()
    out = tmp_path / "DS.xlsx"
    done = run("proofread", MONTH, Q2, "--out", out)
    assert done.returncode == 0 and str(out) in done.stdout
    assert hashlib.sha256(MONTH.read_bytes()).hexdigest() == before
    sheet = openpyxl.load_workbook(out).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    levels = [row[1] for row in rows]
    assert levels == sorted(levels, key=["Lỗi", "Cảnh báo", "Lưu ý"].index) and len(rows) >= 10
    assert all(row[4] and row[6] for row in rows)


def test_the_same_reports_give_the_same_list_to_the_byte(tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        run("proofread", MONTH, "--out", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.validator
def test_the_list_is_valid_open_xml(tmp_path: Path, workbook: Path):
    from support.ooxml_validator import validate

    out = tmp_path / "DS.xlsx"
    run("proofread", Q2, "--workbook", workbook, "--out", out)
    assert validate([out]) == {out: []}


def test_a_target_that_is_the_report_itself_is_refused(tmp_path: Path):
    report = tmp_path / "BC.txt"
    report.write_text("Đã giải quyết 5 hồ sơ.\n", encoding="utf-8")
    assert_refused_line(run("proofread", report, "--out", report))
    assert report.read_text(encoding="utf-8") == "Đã giải quyết 5 hồ sơ.\n"


def assert_refused_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1


def test_what_cannot_be_read_is_refused_with_the_cure_and_others_go_on(tmp_path: Path):
    bad = tmp_path / "quet.pdf"
    bad.write_bytes(b"%PDF-1.4")
    assert_refused(run("proofread", bad), "quet.pdf", "PDF", ".docx")
    assert_refused(run("proofread", tmp_path / "khong-co.docx"), "khong-co.docx")
    assert_refused(run("proofread", tmp_path), str(tmp_path))
    assert_refused(run("proofread", MONTH, "--workbook", MONTH), MONTH.name)
    both = run("proofread", bad, MONTH)
    assert both.returncode == 1 and "quet.pdf" in both.stderr and MONTH.name in both.stdout


def test_a_file_that_stalls_its_worker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from cchc_xl.model.errors import DocumentRefused
    from cchc_xl.tasks import documents

    monkeypatch.setattr(documents, "_TIME_LIMIT", 0.2)
    report = tmp_path / "lau.txt"
    report.write_text(("đạt 5% (6/7 hồ sơ), " * 190 + "\n") * 800, encoding="utf-8")
    with pytest.raises(DocumentRefused, match=r"lau\.txt"):
        proofread_files([report])


def test_what_a_word_file_carries_besides_text_is_told(tmp_path: Path):
    from support.word_files import paragraph, with_entry, word_file

    report = tmp_path / "BC.docm"
    report.write_bytes(
        with_entry(word_file(paragraph("Đã giải quyết 5 hồ sơ.")), "word/vbaProject.bin", b"x")
    )
    assert "macro" in run("proofread", report).stdout
