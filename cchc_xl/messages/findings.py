"""Findings: what is wrong (FINDINGS) and what to do about it (FIXES), by rule code."""

from __future__ import annotations

FINDINGS: dict[str, str] = {}

FIXES: dict[str, str] = {}
