"""A reporting scope from what people say: a regime's id, a period, a list of units."""

from __future__ import annotations

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope, ReportingUnits


def load_scope(
    regime_id: str, period: ReferencePeriod, units: ReportingUnits | None = None
) -> ReportingScope:
    """The regime as in force at the period, for `units` or the 114 of Hải Phòng. Raises as `load_regime`."""
    return ReportingScope(load_regime(regime_id, period), load_units() if units is None else units, period)


def at_period(scope: ReportingScope, period: ReferencePeriod) -> ReportingScope:
    """The same regime and units at another period. Raises UsageError for a kind the regime does not have."""
    return load_scope(scope.regime.id, period, scope.units)
