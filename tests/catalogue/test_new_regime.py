"""A reporting regime added as a folder of TOML files, without a line of code, goes the whole way."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from support.command_line import Done, run
from support.places import EXAMPLES

from cchc_xl.catalogue import load_regime, regime_ids
from cchc_xl.catalogue.loader import MORE_CATALOGUES
from cchc_xl.model.errors import UsageError

TOY = ("--regime", "regime-toy", "--period", "2026-Q2")


def _run(*arguments: object) -> Done:
    return run(*arguments, environment={MORE_CATALOGUES: str(EXAMPLES)})


def _filled(folder: Path, code: str, invited: int, present: int) -> Path:
    issued = _run(
        "issue", "--regime", "regime-toy", "--period", "2026-Q2", "--unit", code, "--plain", "--out", folder
    )
    assert issued.returncode == 0, issued.stderr
    (blank,) = folder.glob(f"THU_2026-Q2_{code}_*.xlsx")
    values = folder / f"{code}.csv"
    values.write_text(
        f"indicator,value\nthunghiem_1_1,{invited}\nthunghiem_1_2,{present}\nclaimed:thunghiem_1,90%\n",
        encoding="utf-8",
    )
    out = folder / "da-nop" / blank.name
    out.parent.mkdir(exist_ok=True)
    done = _run("fill", blank, values, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def test_a_regime_that_is_only_a_folder_is_issued_filled_checked_and_merged(tmp_path: Path):
    sound, faulty = _filled(tmp_path, "11284", 40, 36), _filled(tmp_path, "11635", 10, 12)
    checked = _run("check", sound, faulty, "--json")
    assert checked.returncode == 1, checked.stderr
    good, bad = json.loads(checked.stdout)["files"]
    assert (good["regime"], good["verdict"], good["findings"]) == ("regime-toy", "accepted", [])
    assert bad["verdict"] == "held"
    assert [f["rule"] for f in bad["findings"]] == ["claim_wrong", "thunghiem_present_within_invited"]
    ledger = tmp_path / "so.json"
    out = tmp_path / "TongHop.xlsx"
    merged = _run(
        "merge", sound.parent, "--regime", "regime-toy", "--period", "2026-Q2", "--out", out, "--json", ledger
    )
    assert merged.returncode == 1, merged.stderr
    city = json.loads(ledger.read_text(encoding="utf-8"))["city"]
    assert city == {"thunghiem_1": 0.9, "thunghiem_1_1": 40, "thunghiem_1_2": 36}
    assert out.stat().st_size > 5000


def test_without_the_folder_the_regime_is_unknown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(MORE_CATALOGUES, raising=False)
    assert "regime-toy" not in regime_ids()
    with pytest.raises(UsageError, match="regime-toy"):
        load_regime("regime-toy")


def test_a_folder_elsewhere_cannot_replace_a_regime_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    false = tmp_path / "tthc_thang"
    false.mkdir()
    (false / "regime.toml").write_text('id = "tthc-thang"\n', encoding="utf-8")
    monkeypatch.setenv(MORE_CATALOGUES, os.pathsep.join((str(tmp_path), str(EXAMPLES))))
    assert regime_ids().count("tthc-thang") == 1
    assert "regime-toy" in regime_ids()
    assert load_regime("tthc-thang").file_prefix == "TTHC"
