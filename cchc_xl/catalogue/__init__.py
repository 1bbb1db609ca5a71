"""The catalogue: every form and rule as data, one folder a regime, and the city's reporting units."""

from __future__ import annotations

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.units import load_units

__all__ = ["load_regime", "load_units", "regime_ids"]
