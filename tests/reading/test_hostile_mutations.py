"""A real workbook with random damage: one verdict each, and no figure silently wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.hostile_submissions import PERIOD, UNIT, filled_workbook
from support.random_damage import damage

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.model import Verdict

ROUNDS = int(os.environ.get("CCHC_MUTATIONS", "400"))
REGIME = load_regime("cchc-dinh-ky", PERIOD)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_workbook(tmp_path_factory.mktemp("goc"))


def test_random_damage_ends_in_a_verdict_and_never_in_a_silently_wrong_figure(sound: Path, tmp_path: Path):
    verdicts = damage(sound, tmp_path / "tep.xlsx", REGIME, PERIOD, UNIT, ROUNDS)
    assert verdicts[Verdict.SKIPPED] == 0
    assert min(verdicts[v] for v in (Verdict.ACCEPTED, Verdict.HELD, Verdict.REJECTED)) > ROUNDS // 50
