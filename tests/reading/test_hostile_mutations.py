"""A real workbook as six programs save it, with random damage: one verdict, no silently wrong figure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.dialects import in_every_dialect
from support.filled_workbooks import filled_bytes
from support.hostile_submissions import PERIOD, UNIT
from support.random_damage import damage

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.model import Verdict

ROUNDS = int(os.environ.get("CCHC_MUTATIONS", "400"))
REGIME = load_regime("cchc-dinh-ky", PERIOD)


@pytest.mark.libreoffice
def test_random_damage_ends_in_a_verdict_and_never_in_a_silently_wrong_figure(tmp_path: Path):
    sound = in_every_dialect(filled_bytes("cchc-dinh-ky"))
    verdicts = damage(sound, tmp_path / "tep.xlsx", REGIME, PERIOD, UNIT, ROUNDS)
    assert verdicts[Verdict.SKIPPED] == 0
    assert min(verdicts[v] for v in (Verdict.ACCEPTED, Verdict.HELD, Verdict.REJECTED)) > ROUNDS // 50
