"""A filled workbook of every regime, as a commune hands it in."""

from __future__ import annotations

import csv
import tempfile
from functools import cache
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.model import Kind
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.fill import fill_workbook
from cchc_xl.tasks.issue import IssueRequest, issue_workbooks
from support.places import EXAMPLES
from support.regime_samples import SAMPLES

PERIODS = {
    "cchc-dinh-ky": "2026-Q2",
    "tthc-thang": "2026-M06",
    "dot-pha": "2026-Q2",
    "ket-luan-kiem-tra": "2026-Q2",
    "chi-so-766": "2026-M06",
}
_OFFICIAL = {
    "cchc-dinh-ky": ("11284", "nam-thanh-mien-2026-Q2.csv"),
    "tthc-thang": ("11635", "an-truong-2026-M06.csv"),
}


def sample_lines(regime_id: str) -> list[tuple[str, str]]:
    """The sample of a regime as lines of VALUES.csv."""
    if regime_id in _OFFICIAL:
        with (EXAMPLES / _OFFICIAL[regime_id][1]).open(encoding="utf-8") as stream:
            return [(line[0], line[1]) for line in csv.reader(stream)][1:]
    indicators, sample = load_regime(regime_id).indicators, SAMPLES[regime_id]
    lines = [
        (code, "14/6/2026" if indicators[code].kind is Kind.DATE else str(value).replace(".", ","))
        for code, value in sample.figures.items()
    ]
    for register, rows in sample.registers.items():
        kinds = {c.code: c.kind for r in load_regime(regime_id).registers for c in r.columns}
        for number, row in enumerate(rows[:3], start=1):
            lines += [
                (f"{register}[{number}].{column}", "10/6/2026" if kinds[column] is Kind.DATE else str(value))
                for column, value in row.items()
            ]
    return lines


def filled(regime_id: str, folder: Path, plain: bool = True) -> tuple[Path, Path]:
    """A unit's blank workbook as the city issues it, and the same filled with the sample."""
    unit = _OFFICIAL.get(regime_id, ("11635", ""))[0]
    scope = load_scope(regime_id, parse_period(PERIODS[regime_id]))
    request = IssueRequest(scope, folder / "phat-hanh", (unit,), plain=plain)
    blank = issue_workbooks(request).paths[0]
    with (folder / "so.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("indicator", "value"), *sample_lines(regime_id)])
    (folder / "da-nop").mkdir()
    out = folder / "da-nop" / blank.name
    return blank, fill_workbook(blank, folder / "so.csv", out, scope.units).path


@cache
def filled_bytes(regime_id: str, plain: bool = True) -> bytes:
    """The filled workbook of a regime, made once for the whole run."""
    with tempfile.TemporaryDirectory(prefix="cchc-filled-") as folder:
        return filled(regime_id, Path(folder), plain)[1].read_bytes()
