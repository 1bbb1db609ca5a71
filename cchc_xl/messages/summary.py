"""Texts of the city summary."""

from __future__ import annotations

SUMMARY: dict[str, str] = {}
