"""Judges macro sources and the workbooks made of them: asked by tests and `templates`, never by `issue`."""

from __future__ import annotations

from cchc_xl.excel.vba.judge.package import lint_package
from cchc_xl.excel.vba.judge.sources import lint_sources

__all__ = ["lint_package", "lint_sources"]
