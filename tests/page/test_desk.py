"""The page's Python side, run here: bytes and JSON in, bytes and JSON out, the same as the commands give."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.command_line import run
from support.through_time_files import UNIT, write_submission

from cchc_xl.catalogue.units import load_units
from cchc_xl.model.periods import parse_period
from cchc_xl.page import desk
from cchc_xl.page.job import flat_name
from cchc_xl.tasks import history
from cchc_xl.tasks.page.limits import PAGE_TIME_LIMIT
from cchc_xl.tasks.workers import WorkerFailure

Files = dict[str, bytes]
NOW, BEFORE = parse_period("2026-Q2"), parse_period("2026-Q1")
OTHERS = [unit for unit in load_units() if unit != UNIT][:2]
FIGURES = {"bieu1_1": Decimal(8), "bieu1_2_1": Decimal(10), "bieu1_2_2": Decimal(9)}


def ask(
    ability: str,
    files: Mapping[str, bytes],
    answers: Mapping[str, bytes | str] | None = None,
    **settings: Any,
) -> tuple[dict[str, Any], dict[str, bytes]]:
    shape, outputs = desk.perform(ability, json.dumps(settings), files, answers or {})
    return json.loads(shape), outputs


def read_all(files: Mapping[str, bytes]) -> dict[str, bytes | str]:
    """What the Web Workers do: every workbook in a job of its own."""
    units = {key: content for key, content in files.items() if key.startswith("units/")}
    found: dict[str, bytes | str] = {}
    for key, content in files.items():
        if key.startswith(("files/", "previous/")) and key.endswith((".xlsx", ".xlsm")):
            found[key] = ask("read", {key: content, **units})[1]["answer"]
    return found


def laid_out(kind: str, folder: Path) -> Files:
    return {f"{kind}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two periods of three units; this period also a broken workbook, a note, a lock file and an archive."""
    root = tmp_path_factory.mktemp("trang")
    for unit in (UNIT, *OTHERS):
        write_submission(root / "truoc", BEFORE, FIGURES, unit=unit)
        write_submission(root / "nay", NOW, {**FIGURES, "bieu1_2_2": Decimal(11)}, unit=unit)
    write_submission(root / "nay", NOW, FIGURES, number=2)
    (root / "nay" / "hong.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (root / "nay" / "ghi chu.txt").write_text("ghi chú", encoding="utf-8")
    (root / "nay" / "~$hong.xlsx").write_bytes(b"lock")
    (root / "nay" / "khac.rar").write_bytes(b"Rar!")
    (root / "nhan.csv").write_text(
        f"unit,date,channel,report number\n{UNIT.code},16/6/2026,HP-net,12\n", encoding="utf-8"
    )
    return root


# --- the same as the commands ----------------------------------------------------------------------------


def test_the_page_merges_to_the_same_bytes_as_the_command(folders: Path, tmp_path: Path) -> None:
    summary, ledger, kept = tmp_path / "TongHop.xlsx", tmp_path / "so-cai.json", tmp_path / "ls.sqlite"
    more = ("--previous", folders / "truoc", "--received", folders / "nhan.csv", "--history", kept)
    command = ("--period", "Q2/2026", "--out", summary, "--json", ledger, *more)
    assert run("merge", folders / "nay", *command).returncode == 1
    files = {
        **laid_out("files", folders / "nay"),
        **laid_out("previous", folders / "truoc"),
        "receipts/nhan.csv": (folders / "nhan.csv").read_bytes(),
    }
    shape, outputs = ask("merge", files, read_all(files), period="Q2/2026", new_history="yes")
    assert outputs["TongHop_2026-Q2.xlsx"] == summary.read_bytes()
    assert outputs["so-cai_2026-Q2.json"] == ledger.read_bytes()
    (tmp_path / "page.sqlite").write_bytes(outputs["lich-su.sqlite"])
    assert list(history.long_rows(tmp_path / "page.sqlite")) == list(history.long_rows(kept))
    assert set(outputs) - {shape["bundle"]} == {shape["summary"], *shape["titles"]}
    with zipfile.ZipFile(io.BytesIO(outputs[shape["bundle"]])) as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == {
            name: content for name, content in outputs.items() if name != shape["bundle"]
        }


def test_last_periods_summary_is_compared_with_as_the_command_does(folders: Path, tmp_path: Path) -> None:
    before, summary = tmp_path / "TongHop_2026-Q1.xlsx", tmp_path / "TongHop_2026-Q2.xlsx"
    assert run("merge", folders / "truoc", "--period", "Q1/2026", "--out", before).returncode in (0, 1)
    run("merge", folders / "nay", "--period", "Q2/2026", "--out", summary, "--previous", before)
    files = {**laid_out("files", folders / "nay"), "previous/TongHop_2026-Q1.xlsx": before.read_bytes()}
    _, outputs = ask("merge", files, read_all(files), period="2026-Q2", previous_is_summary=True)
    assert outputs[summary.name] == summary.read_bytes()


def test_a_history_is_carried_on_in_a_copy(folders: Path, tmp_path: Path) -> None:
    first = laid_out("files", folders / "truoc")
    _, outputs = ask("merge", first, read_all(first), period="2026-Q1", new_history="yes")
    given = {"history/ls.sqlite": outputs["lich-su.sqlite"]}
    files = {**laid_out("files", folders / "nay"), **given}
    shape, outputs = ask("merge", files, read_all(files), period="2026-Q2")
    (tmp_path / "ls.sqlite").write_bytes(outputs["ls.sqlite"])
    assert [row["period"] for row in history.periods(tmp_path / "ls.sqlite")] == ["2026-Q1", "2026-Q2"]
    assert "ls.sqlite" in shape["titles"] and given["history/ls.sqlite"] != outputs["ls.sqlite"]


def test_the_page_checks_as_the_command_does(folders: Path) -> None:
    names = sorted(path.name for path in (folders / "nay").glob("[!~]*.xlsx"))
    asked = ("--json", "--previous", folders / "truoc")
    told = run("check", *(folders / "nay" / name for name in names), *asked)
    files = {**laid_out("files", folders / "nay"), **laid_out("previous", folders / "truoc")}
    shape, outputs = ask("check", files, read_all(files), workbooks=names)
    assert json.loads(outputs["ket-qua-kiem-tra.json"]) == json.loads(told.stdout)
    shown = {file["file"]: file for file in shape["files"]}
    assert shown["hong.xlsx"]["verdict"] == "rejected"
    for file in shown.values():
        assert sum(file["counts"].values()) == len(file["findings"])
        assert all(f["message"] and f["fix"] and f["level"] for f in file["findings"])


def test_another_provinces_units_are_the_pages_units_too(tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("code,type,name\n90001,Xã,Minh Họa Một\n90002,Phường,Minh Họa Hai\n", encoding="utf-8")
    issued = ("--unit", "90001", "--units", units, "--plain", "--out", tmp_path / "nop")
    assert run("issue", "--period", "2026-Q2", *issued).returncode == 0
    summary = tmp_path / "TongHop_2026-Q2.xlsx"
    run("merge", tmp_path / "nop", "--period", "2026-Q2", "--out", summary, "--units", units)
    files = {**laid_out("files", tmp_path / "nop"), "units/units.csv": units.read_bytes()}
    shape, outputs = ask("merge", files, read_all(files), period="2026-Q2")
    assert outputs[summary.name] == summary.read_bytes()
    silent = [u["code"] for u in shape["missing"]]
    assert shape["coverage"]["expected"] == 2 and silent == ["90001", "90002"]  # the blank counts as not sent


# --- files whose worker was ended ------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["worker_timeout", "worker_memory", "worker_died", "file_unreadable"])
def test_a_file_whose_worker_was_ended_is_rejected_with_its_reason(folders: Path, code: str) -> None:
    files = laid_out("files", folders / "nay")
    answers = {**read_all(files), "files/hong.xlsx": code}
    shape, outputs = ask("merge", files, answers, period="2026-Q2")
    (lost,) = (file for file in shape["files"] if file["file"] == "hong.xlsx")
    assert lost["verdict"] == "rejected"
    (finding,) = lost["findings"]
    assert finding["message"] and finding["fix"]
    assert (f"{PAGE_TIME_LIMIT:.0f} giây" in finding["message"]) == (code == "worker_timeout")
    told = json.loads(outputs["so-cai_2026-Q2.json"])["files"]
    assert len(told) == len(files) and {f["rule"] for t in told for f in t["findings"]} >= {code}


def test_a_reader_that_raises_has_a_failure_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("cchc_xl.page.reading.read_one", broken)
    shape, outputs = ask("read", {"files/a.xlsx": b"PK"})
    assert shape == {"failure": "worker_failed"}
    assert pickle.loads(outputs["answer"]) == WorkerFailure("worker_failed", "RecursionError")


# --- folders and archives --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ("a.xlsx", "a.xlsx"),
        ("An Trường/a.xlsx", "An Trường\\a.xlsx"),
        ("x.zip/An Trường/b/a.xlsx", "x.zip\\An Trường\\b\\a.xlsx"),
        ("An Trường/~$a.xlsx", "~$An Trường\\a.xlsx"),
        ("../../etc/passwd", "etc\\passwd"),
        ("/./a.xlsx", "a.xlsx"),
    ],
)
def test_a_file_of_a_deeper_folder_is_named_by_its_way(way: str, name: str) -> None:
    assert flat_name(way.split("/")) == name


def test_the_survey_tells_kinds_and_keeps_equal_names_apart() -> None:
    paths = ["a.xlsx", "b/a.xlsx", "a.xlsx", "~$a.xlsx", "b/~$a.xlsx", "x.zip", "x.zip", "doc", "doc"]
    shape, _ = ask("survey", {}, paths=paths)
    assert [(f["name"], f["kind"]) for f in shape["files"]] == [
        ("a.xlsx", "workbook"),
        ("b\\a.xlsx", "workbook"),
        ("a (2).xlsx", "workbook"),
        ("~$a.xlsx", "office_lock"),
        ("~$b\\a.xlsx", "office_lock"),
        ("x.zip", "archive"),
        ("x (2).zip", "archive"),
        ("doc", "other"),
        ("doc (2)", "other"),
    ]


def _zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_an_archive_gives_its_files_by_their_way_and_no_file_leaves_it() -> None:
    archive = _zip({"An Trường/a.xlsx": b"1", "../b.xlsx": b"2", "c/": b""})
    shape, outputs = ask("unfold", {"files/gửi.zip": archive})
    assert shape["opened"]
    assert outputs == {"gửi.zip/An Trường/a.xlsx": b"1", "gửi.zip/../b.xlsx": b"2"}


def test_names_in_utf_8_that_are_not_marked_as_such_are_read() -> None:
    archive = bytearray(_zip({"An Trường.xlsx": b"1"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + flags + 1] &= ~0x08
    _, outputs = ask("unfold", {"files/a.zip": bytes(archive)})
    assert list(outputs) == ["a.zip/An Trường.xlsx"]


def _spoiled(method: int) -> bytes:
    archive = bytearray(_zip({"a.xlsx": b"figures " * 9}, method))
    archive[40] ^= 0xFF
    return bytes(archive)


@pytest.mark.parametrize(
    "archive",
    [
        b"PK\x03\x04 cut short",
        b"",
        _zip({}),
        _zip({f"{n}.txt": b"" for n in range(5_001)}),
        _zip({"bomb": bytes(2_000_000)}),
        _spoiled(zipfile.ZIP_STORED),
        _spoiled(zipfile.ZIP_DEFLATED),
    ],
    ids=["cut", "empty", "nothing in it", "too many", "too large", "spoiled", "spoiled and packed"],
)
def test_an_archive_that_cannot_be_trusted_stays_closed(
    archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_xl.page.dropped._MOST_BYTES", 1_000_000)
    assert ask("unfold", {"files/a.zip": archive}) == ({"opened": False}, {})


# --- what cannot proceed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "more", "words"),
    [
        ({"period": ""}, {}, "Kỳ báo cáo"),
        ({"period": "quý hai"}, {}, "quý hai"),
        ({"period": "2026-M06"}, {}, "2026-M06"),
        ({"period": "2026-Q2", "regime": "khac"}, {}, "khac"),
        ({"period": "2026-Q2"}, {"receipts/nhan.csv": b"a,b\n"}, "nhan.csv"),
        ({"period": "2026-Q2"}, {"units/u.csv": b"code;type\n"}, "u.csv"),
        ({"period": "2026-Q2"}, {"history/ls.sqlite": b"no history"}, "ls.sqlite"),
        ({"period": "2026-Q2", "previous_is_summary": True}, {"previous/x.xlsx": b"PK"}, ""),
    ],
)
def test_what_cannot_proceed_is_one_line_that_names_no_folder_of_ours(
    folders: Path, settings: dict[str, Any], more: Files, words: str
) -> None:
    files = {**laid_out("files", folders / "nay"), **more}
    answers = read_all({key: content for key, content in files.items() if not key.startswith("units/")})
    shape, outputs = ask("merge", files, answers, **settings)
    assert list(shape) == ["refused"] and outputs == {}
    assert words in shape["refused"] and "\n" not in shape["refused"]
    assert "cchc-page-" not in shape["refused"] and "/tmp" not in shape["refused"]


def test_too_little_memory_is_told_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(desk.ABILITIES, "merge", hungry)  # type: ignore[arg-type]
    shape, _ = ask("merge", {})
    assert shape["failure"] == "worker_memory" and "bộ nhớ" in shape["refused"]
