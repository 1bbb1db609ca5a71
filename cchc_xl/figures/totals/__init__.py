"""Figures added up: over units, over time, against earlier periods."""
