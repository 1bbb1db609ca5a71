"""JSON answers have exactly the keys the contract names, and tell blank, 0 and KPS apart."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import (
    Finding,
    Observation,
    ReportingUnit,
    Severity,
    Status,
    Submission,
    Verdict,
)
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.tasks.ledger_json import merge_to_json, submission_to_json

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
UNITS = (
    ReportingUnit("11284", "Xã", "Nam Thanh Miện"),
    ReportingUnit("11635", "Xã", "An Trường"),
    ReportingUnit("10888", "Xã", "Cẩm Giang"),
)


def _submission(unit: ReportingUnit, verdict: Verdict = Verdict.ACCEPTED, **figures: object) -> Submission:
    layout = layout_of(REGIME)
    status = {None: Status.BLANK, "KPS": Status.NOT_APPLICABLE}
    observations = tuple(
        Observation(
            code,
            status.get(value, Status.VALUE),  # type: ignore[arg-type]
            value if isinstance(value, Decimal) else None,
            *layout.place(code),
        )
        for code, value in figures.items()
    )
    forms = {form.code: verdict for form in REGIME.printed_forms}
    return Submission(
        f"{unit.code}.xlsx",
        "00",
        verdict,
        (),
        REGIME.id,
        PERIOD,
        unit,
        1,
        forms=forms,
        observations=observations,
    )


def test_a_submission_has_the_keys_of_the_contract():
    shape = submission_to_json(_submission(UNITS[0], bieu1_1=Decimal(8), bieu2_1="KPS", bieu1_2_1=None))
    assert list(shape) == [
        "file",
        "sha256",
        "verdict",
        "regime",
        "period",
        "unit",
        "submission",
        "forms",
        "findings",
        "observations",
        "template",
    ]
    assert shape["unit"] == {"code": "11284", "name": "Nam Thanh Miện"}
    assert shape["period"] == "2026-Q2"
    assert [(o["indicator"], o["value"], o["status"]) for o in shape["observations"]] == [
        ("bieu1_1", 8, "value"),
        ("bieu2_1", None, "not_applicable"),
        ("bieu1_2_1", None, "blank"),
    ]


def test_a_rejected_file_has_null_for_what_is_not_known():
    finding = Finding("file_crc", Severity.ERROR, "Tệp bị hỏng.", "Gửi lại.")
    shape = submission_to_json(Submission("x.xlsx", None, Verdict.REJECTED, (finding,)))
    assert (shape["unit"], shape["period"], shape["sha256"]) == (None, None, None)
    assert list(shape["findings"][0]) == [
        "rule",
        "severity",
        "indicator",
        "sheet",
        "cell",
        "value",
        "expected",
        "message",
        "fix",
    ]


def test_the_ledger_counts_every_file_and_names_who_is_missing():
    skipped = Submission("~$a.xlsx", None, Verdict.SKIPPED)
    merged = consolidate(
        load_scope(REGIME.id, PERIOD, ReportingUnits(UNITS)),
        [
            _submission(UNITS[0], bieu3_2_1_1=Decimal(5650), bieu3_2_1_2=Decimal(5612), bieu1_4_3=Decimal(2)),
            _submission(UNITS[1], bieu3_2_1_1=Decimal(50), bieu3_2_1_2=Decimal(50), bieu7_1_1_1=Decimal(375)),
            skipped,
        ],
    )
    shape = merge_to_json(merged)
    assert shape["coverage"] == {
        "expected": 3,
        "complete": 0,
        "accepted": 2,
        "held": 0,
        "rejected": 0,
        "skipped": 1,
        "missing": ["10888"],
        "incomplete": ["11284", "11635"],
        "empty": [],
    }
    assert shape["city"]["bieu3_2_1_1"] == 5700
    assert abs(shape["city"]["bieu3_2_1"] - 5662 / 5700) < 1e-12
    assert shape["city"]["bieu1_4_3"] == {"2": 1}
    assert shape["city"]["bieu7_1_1_1"] == {"375": 1}
    assert shape["city"]["bieu1_1"] is None
    assert "bieu1_3" not in shape["city"]
