"""Texts printed in workbooks."""

from __future__ import annotations

WORKBOOK: dict[str, str] = {}
