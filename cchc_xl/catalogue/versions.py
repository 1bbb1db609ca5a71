"""Earlier versions of a regime's template: kept as issued, and what became of their rows since.

`<regime>/versions/<version>/` holds a version's own TOML files unchanged, and `issued.toml`: the digest its
workbooks carry and where their cells stood. A row is the same row in every version where its code, its kind
and the printed words down to it are the same; `formerly` of an indicator says anything else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.catalogue.faults import fault
from cchc_xl.model import Indicator, Regime
from cchc_xl.model.errors import CatalogueError
from cchc_xl.model.places import TemplatePlaces

VERSIONS, ISSUED_FILE = "versions", "issued.toml"


@dataclass(frozen=True, slots=True)
class AsIssued:
    """What `issued.toml` says of an earlier version."""

    digest: str
    places: TemplatePlaces


@dataclass(frozen=True)
class Succession:
    """From a template version to a later one at the same period."""

    old: Regime
    new: Regime
    codes: Mapping[str, str]  # old code → new code, of every row of both

    @property
    def added(self) -> tuple[Indicator, ...]:
        """Typed rows the old version did not have."""
        known = set(self.codes.values())
        return tuple(i for i in self.new.inputs if i.code not in known)

    @property
    def gone(self) -> tuple[Indicator, ...]:
        """Typed rows the new version does not have."""
        return tuple(i for i in self.old.inputs if i.code not in self.codes)


def version_folders(folder: Path) -> dict[str, Path]:
    """Folder of each earlier version of the regime in `folder`, oldest first."""
    found = {path.parent.name: path.parent for path in folder.glob(f"{VERSIONS}/*/regime.toml")}
    return {version: found[version] for version in sorted(found, key=_in_order)}


def as_issued(folder: Path) -> AsIssued | None:
    """What a version's folder says of its workbooks; None for today's version. Raises CatalogueError."""
    path = folder / ISSUED_FILE
    if not path.is_file():
        return None
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return AsIssued(table.pop("digest"), TemplatePlaces(**table))
    except (ValueError, KeyError, TypeError) as wrong:
        raise CatalogueError([fault(f"{folder.name}/{ISSUED_FILE}", "toml", detail=wrong)]) from wrong


def succession(old: Regime, new: Regime) -> Succession:
    """What became of each row.

    Raises CatalogueError for a code that means something else now and says no `formerly`.
    """
    codes: dict[str, str] = {}
    problems: list[str] = []
    for indicator in new.indicators.values():
        said = _formerly(indicator, old.version)
        before = indicator.code if said is None else said
        if before not in old.indicators:
            continue
        if said is None and _meaning(old, before) != _meaning(new, indicator.code):
            problems.append(fault(indicator.code, "formerly_needed", version=old.version))
        codes[before] = indicator.code
    if problems:
        raise CatalogueError(problems)
    return Succession(old, new, codes)


def _formerly(indicator: Indicator, version: str) -> str | None:
    """The row's code up to and in `version`, "" where it did not exist, None where nothing is said."""
    said = {_in_order(last): code for last, code in indicator.formerly}
    return said.get(min((last for last in said if last >= _in_order(version)), default=()))


def _meaning(regime: Regime, code: str) -> tuple[str, ...]:
    """A row's kind, unit of measure and the printed words of the rows above it down to itself."""
    indicator, parts = regime.indicators[code], code.split("_")
    above = ("_".join(parts[:length]) for length in range(2, len(parts) + 1))
    printed = (" ".join(regime.indicators[c].label.split()) for c in above if c in regime.indicators)
    return indicator.kind, indicator.unit_of_measure, *printed


def _in_order(version: str) -> tuple[int, ...]:
    """1.10 after 1.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
