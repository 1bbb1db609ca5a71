"""The page in real browsers: the commands' own bytes, no request that leaves it, no file that stops it."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browser import Browser, browser_program
from support.built_page import built_page, misbehaving_page
from support.command_line import run
from support.demo_folder import demo, demos, submitted
from support.hostile_cases import CASES
from support.hostile_submissions import filled_workbook

from cchc_xl.tasks.demo.story import DemoResult

READY = "!document.querySelector('#merge').disabled && !document.querySelector('#check').disabled"
OUTLINE = """(at => getComputedStyle(at.matches('.file-button input') ? at.nextElementSibling : at)
    .outlineStyle)(document.activeElement)"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser("chrome", tmp_path_factory.mktemp("tai-ve"))
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Browser:
    """The page, open and ready; whatever files earlier tests chose are replaced by choosing others."""
    if chromium.shown != built_page():
        _opened(chromium)
    chromium.size(1366, 768)
    chromium.evaluate(
        "for (const id of ['filter', 'state', 'period']) document.getElementById(id).value = ''"
    )
    return chromium


@pytest.fixture
def fresh(chromium: Browser) -> Browser:
    """The page, just opened and ready."""
    return _opened(chromium)


def _opened(browser: Browser, path: Path | None = None, planted: str = "") -> Browser:
    browser.open(path or built_page(), planted)
    browser.wait(READY, 120)
    return browser


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty of the demo's files, of every verdict."""
    folder = tmp_path_factory.mktemp("mot-phan")
    for path in _files(demo().submitted)[:30]:
        shutil.copy(path, folder)
    return folder


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _merge(page: Browser, folder: Path, period: str = "") -> dict[str, Any]:
    """Choose every file of a folder, press the button, and say what the table shows."""
    page.choose(_files(folder))
    if period:
        page.type("[name=period]", period)
    page.work("#merge")
    assert page.evaluate("document.querySelector('#alert').hidden"), page.text("#alert")
    return _shown(page)


def _shown(page: Browser) -> dict[str, Any]:
    texts = "row => [...row.cells].map(cell => cell.innerText)"
    found = page.evaluate(f"[...document.querySelectorAll('#rows > tr:not(.findings)')].map({texts})")
    return {row[0]: row[1:] for row in found}


def _check(page: Browser, paths: list[Path]) -> list[dict[str, Any]]:
    page.choose(paths)
    page.work("#check")
    assert page.evaluate("document.querySelector('#alert').hidden"), page.text("#alert")
    told = json.loads(page.download("#others a", "ket-qua-kiem-tra.json"))
    files: list[dict[str, Any]] = told["files"]
    return files


# --- the same as the commands ----------------------------------------------------------------------------


def test_every_regime_merges_to_the_commands_own_bytes_and_nothing_leaves_the_page(
    fresh: Browser, tmp_path: Path
):
    page = fresh
    for result in demos():
        period = str(result.merge.merged.period)
        if own_units := sorted(result.submitted.parent.glob("*.csv")):
            page.choose(own_units, "#units")
        shown = _merge(page, result.submitted, period)
        summary = page.download("#summary", f"TongHop_{period}.xlsx")
        assert summary == _by_command(result, own_units, tmp_path / "TongHop.xlsx"), result.script
        assert len(shown) == len(_files(result.submitted)) == len(result.merge.merged.ledger)
        bundle = page.download("#bundle", f"CCHC_{period}.zip")
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            assert archive.read(f"TongHop_{period}.xlsx") == summary
            assert {f"so-cai_{period}.json", f"DonDoc_{period}.xlsx", f"DonDoc_{period}.txt"} < set(
                archive.namelist()
            )
    assert page.requests == [] and page.errors == []
    page.shown = None  # a list of units stays chosen


def _by_command(result: DemoResult, own_units: list[Path], out: Path) -> bytes:
    """The summary the command writes, without the history that says a period is closed."""
    if not result.script.closed:
        return result.merge.summary.read_bytes()
    regime, period = result.script.regime, str(result.merge.merged.period)
    units = [part for path in own_units for part in ("--units", path)]
    run("merge", result.submitted, "--period", period, "--regime", regime, "--out", out, *units)
    return out.read_bytes()


def test_the_hostile_folder_ends_in_the_same_verdicts(page: Browser, tmp_path: Path):
    sound = filled_workbook(tmp_path / "goc").read_bytes()
    folder = tmp_path / "tep"
    folder.mkdir()
    for number, case in enumerate(CASES.values()):
        (folder / f"{number:03d} {case.file or 'tep.xlsx'}").write_bytes(case.build(sound))
    workbooks = sorted(path for path in _files(folder) if path.suffix.lower() in (".xlsx", ".xlsm"))
    assert len(workbooks) > 100
    told = run("check", "--json", *workbooks)
    assert _check(page, workbooks) == json.loads(told.stdout)["files"]
    assert page.requests == []


def test_a_connection_is_refused_by_the_browser_itself(page: Browser):
    page.shown = None  # it has a refusal on its list after this
    script = """new Promise(done => {
        addEventListener("securitypolicyviolation", event => done(event.effectiveDirective))
        fetch("https://example.invalid/").catch(() => {})
    })"""
    assert page.evaluate(script) == "connect-src"
    assert "connect-src 'none'" in page.text("#policy")


def test_folders_in_folders_and_archives_are_read(page: Browser, tmp_path: Path):
    folder = tmp_path / "da-nop"
    one, other, third = (submitted(code) for code in ("11284", "10532", "10537"))
    (folder / "Nam Thanh Miện" / "lần 1").mkdir(parents=True)
    shutil.copy(one, folder / "Nam Thanh Miện" / "lần 1")
    shutil.copy(other, folder)
    with zipfile.ZipFile(folder / "gửi.zip", "w") as archive:
        archive.write(third, f"Tân Hưng/{third.name}")
    (folder / "hỏng.zip").write_bytes(b"PK")
    page.choose([folder], "#folder")
    page.work("#merge")
    shown = _shown(page)
    assert {name: row[2][2:] for name, row in shown.items()} == {
        f"Nam Thanh Miện\\lần 1\\{one.name}": "Được nhận",
        other.name: "Được nhận",
        f"gửi.zip\\Tân Hưng\\{third.name}": "Tạm giữ",
        "hỏng.zip": "Bỏ qua",
    }
    assert page.evaluate("document.querySelector('#period').value") == "2026-Q2"


def test_last_period_and_another_provinces_units_are_taken_into_account(fresh: Browser, tmp_path: Path):
    page = fresh
    units = tmp_path / "units.csv"
    units.write_text("code,type,name\n90001,Xã,Minh Họa Một\n90002,Phường,Minh Họa Hai\n", encoding="utf-8")
    asked = ("--unit", "90001", "--units", units, "--plain")
    for period in ("2026-Q1", "2026-Q2"):
        assert run("issue", "--period", period, *asked, "--out", tmp_path / period).returncode == 0
    before, summary = tmp_path / "TongHop_2026-Q1.xlsx", tmp_path / "TongHop_2026-Q2.xlsx"
    run("merge", tmp_path / "2026-Q1", "--period", "2026-Q1", "--out", before, "--units", units)
    more = ("--previous", before, "--units", units)
    run("merge", tmp_path / "2026-Q2", "--period", "2026-Q2", "--out", summary, *more)
    page.evaluate("document.querySelector('.more').open = true")
    page.choose(_files(tmp_path / "2026-Q2"))
    page.choose([units], "#units")
    page.choose([before], "#previous")
    page.work("#merge")
    assert page.download("#summary", summary.name) == summary.read_bytes()
    assert "90002" in page.text("#missing-list")
    page.shown = None  # its list of units stays chosen


# --- files that would stop it ----------------------------------------------------------------------------


def test_a_file_that_hangs_dies_or_eats_memory_is_named_and_the_others_are_read(
    chromium: Browser, tmp_path: Path
):
    folder = tmp_path / "tep"
    folder.mkdir()
    sound = submitted("11284").read_bytes()
    for name in ("a.xlsx", "hangs.xlsx", "hungry.xlsx", "dies.xlsx", "z.xlsx"):
        (folder / name).write_bytes(sound)
    page = _opened(chromium, misbehaving_page(tmp_path, 4))
    found = {file["file"]: file for file in _check(page, _files(folder))}
    rules = {name: [f["rule"] for f in file["findings"]] for name, file in found.items()}
    assert rules["hangs.xlsx"] == ["worker_timeout"]
    assert rules["hungry.xlsx"] == ["worker_memory"]
    assert rules["dies.xlsx"] == ["worker_died"]
    for name in ("a.xlsx", "z.xlsx"):
        assert found[name]["verdict"] == "accepted"


def test_workers_ended_from_outside_are_replaced_and_no_file_is_lost(chromium: Browser, tmp_path: Path):
    planted = """const Own = Worker; window.threads = []; window.started = 0
        window.Worker = class extends Own {
            constructor(...given) {
                super(...given)
                threads.push(this)
                this.addEventListener("message", ({ data }) => data.ready && started++)
            }
        }"""
    page = _opened(chromium, misbehaving_page(tmp_path, 5), planted)
    page.wait("started === 2")
    page.evaluate("threads[0].terminate()")
    wanted = [submitted(code) for code in ("11284", "10532", "10606")]
    assert [file["verdict"] for file in _check(page, wanted)] == ["accepted", "accepted", "held"]
    assert page.evaluate("threads.length") == 3


def test_three_merges_in_a_row_do_not_grow_the_memory_without_bound(fresh: Browser, some: Path):
    page, sizes = fresh, []
    for _ in range(4):
        _merge(page, some, "2026-Q2")
        sizes.append(_resident(page.process))
    assert sizes[3] - sizes[1] < 60 * 1024, sizes
    assert max(sizes) < 2 * 1024 * 1024, sizes


def _resident(root: int) -> int:
    """KiB of a process and all it started."""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue
        pid = int(fields["Pid"])
        parents[pid] = int(fields["PPid"])
        sizes[pid] = int(fields.get("RssAnon", "0 kB").split()[0])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(sizes[pid] for pid in family)


# --- people ----------------------------------------------------------------------------------------------


def test_pressing_a_button_with_nothing_chosen_says_what_to_do(fresh: Browser):
    page = fresh
    for button in ("#check", "#merge"):
        page.work(button)
        assert "Chưa chọn tệp" in page.text("#alert")


def test_a_file_changed_after_it_was_chosen_is_not_judged_by_what_it_was(page: Browser, tmp_path: Path):
    path = tmp_path / submitted("11284").name
    shutil.copy(submitted("11284"), path)
    page.choose([path])
    page.work("#check")
    assert "Được nhận" in page.text("#rows")
    path.write_bytes(submitted("10537").read_bytes())
    page.work("#check")
    assert path.name in page.text("#alert")
    page.choose([path])
    page.work("#check")
    assert page.evaluate("document.querySelector('#alert').hidden") and "Tạm giữ" in page.text("#rows")


def test_results_are_filtered_opened_copied_and_sorted_by_what_needs_somebody(page: Browser, some: Path):
    _merge(page, some, "2026-Q2")
    name = "Phường Lê Thanh Nghị"
    rows = "document.querySelectorAll('#rows > tr:not(.findings)')"
    verdicts = page.evaluate(f"[...{rows}].map(r => r.querySelector('.state').className.split(' ')[1])")
    order = ["rejected", "held", "accepted", "skipped"]
    assert verdicts == sorted(verdicts, key=order.index)
    page.type("#filter", name)
    assert 0 < page.evaluate(f"{rows}.length") < 5
    page.click("#open-all")
    assert page.evaluate("document.querySelectorAll('#rows .findings .inner tbody tr').length") > 0
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    page.click("#copy")
    lines = [line.split("\t") for line in page.evaluate("copied").split("\r\n")]
    assert len(lines) > 1 and {len(line) for line in lines} == {9} and lines[1][1] == name
    page.type("#filter", "")
    page.evaluate("const s = document.querySelector('#state'); s.value = 'held'; s.onchange()")
    assert set(page.evaluate(f"[...{rows}].map(r => r.querySelector('.state').innerText)")) == {"✖ Tạm giữ"}


def test_everything_is_reached_and_pressed_by_keyboard(fresh: Browser):
    page = fresh
    page.choose([submitted("11284")])
    reached: list[str] = []
    for _ in range(30):
        page.press("Tab")
        focused = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        reached.append(focused)
        if focused != "BODY":
            assert page.evaluate(OUTLINE) == "solid", focused
        if focused == "check":
            page.press("Enter")
            break
    assert {"files", "folder", "check"} <= set(reached)
    page.wait("document.body.dataset.done === '1'")
    assert page.evaluate("document.activeElement.id") == "result-title"
    assert page.evaluate("document.querySelectorAll('#rows .findings').length") == 1, (
        "one file: its findings are open"
    )


def test_enter_in_the_period_merges(page: Browser):
    page.choose([submitted("11284")])
    page.type("[name=period]", "Q2/2026")
    before = int(page.evaluate("document.body.dataset.done || 0"))
    page.press("Enter")
    page.wait(f"Number(document.body.dataset.done) > {before}")
    assert page.evaluate("!document.querySelector('#summary').hidden")


def test_one_workbook_is_checked_quickly_once_the_page_is_ready(page: Browser):
    _check(page, [submitted("10532")])
    started = time.monotonic()
    _check(page, [submitted("11284")])
    assert time.monotonic() - started < 10, "a second is wanted; benchmarks measure it"


def test_at_1366_by_768_both_steps_are_in_view_and_nothing_is_wider_than_a_narrow_window(page: Browser):
    assert page.evaluate("document.querySelector('#merge').getBoundingClientRect().bottom") <= 768
    page.size(400, 800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.size(1366, 768)


def test_a_page_of_scripts_and_tables_prints_only_the_results(page: Browser, tmp_path: Path):
    _check(page, [submitted("11284")])
    page.print(tmp_path / "in.pdf")
    assert (tmp_path / "in.pdf").stat().st_size > 10_000


# --- another browser -------------------------------------------------------------------------------------


@pytest.mark.skipif(browser_program("firefox") is None, reason="Firefox is not installed")
def test_firefox_merges_to_the_same_bytes(tmp_path: Path):
    result = demos()[-1]
    period = str(result.merge.merged.period)
    firefox = Browser("firefox", tmp_path / "tai-ve")
    try:
        page = _opened(firefox)
        page.choose(sorted(result.submitted.parent.glob("*.csv")), "#units")
        _merge(page, result.submitted, period)
        summary = page.download("#summary", f"TongHop_{period}.xlsx")
        assert summary == result.merge.summary.read_bytes()
        assert page.requests == [] and page.errors == []
    finally:
        firefox.close()
