"""Texts of the command line."""

from __future__ import annotations

COMMAND_LINE: dict[str, str] = {}
