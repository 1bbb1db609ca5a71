"""The demo's script: which figures are drawn and which faults are planted, read from its TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cchc_xl.model.periods import ReferencePeriod, parse_period

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Fault:
    """One planted fault: `kind` says how, `story` tells it in a sentence, `details` holds the rest."""

    kind: str
    story: str
    unit: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Script:
    """What one regime's demo does."""

    regime: str
    period: ReferencePeriod
    seed: int
    recipes: Mapping[str, Mapping[str, Any]]
    faults: tuple[Fault, ...]
    real_unit: str | None = None  # None: every figure is illustrative
    real_figures: Path | None = None
    rows: tuple[Mapping[str, Any], ...] = ()  # register and recipes of its columns
    declared: Mapping[str, Any] = field(default_factory=dict)  # on Trang chính
    closed: str = ""  # the reason its period is closed with; "": it stays open
    units: int | None = None  # the first so many units, the real one among them; None: all

    def fault_of(self, unit_code: str) -> Fault | None:
        """The fault planted for a unit, if any."""
        return next((fault for fault in self.faults if fault.unit == unit_code), None)


def load_scripts() -> tuple[Script, ...]:
    """The demo script of every regime that has one, by file name."""
    return tuple(_load(path) for path in sorted(FOLDER.glob("*.toml")))


def _load(path: Path) -> Script:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Script(
        regime=table["regime"],
        period=parse_period(table["period"]),
        seed=table["seed"],
        recipes=table["figures"],
        faults=tuple(Fault(f["kind"], f["story"], f.get("unit"), f) for f in table.get("fault", ())),
        real_unit=table.get("real_unit"),
        real_figures=FOLDER / table["real_figures"] if "real_figures" in table else None,
        rows=tuple(table.get("rows", ())),
        declared=table.get("declared", {}),
        closed=table.get("closed", ""),
        units=table.get("units"),
    )
