"""A workbook as openpyxl saves it after loading: cached results are lost, macros stay in a .xlsm."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook


def saved(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: _saved(content, name.endswith(".xlsm")) for name, content in workbooks.items()}


def _saved(content: bytes, with_macros: bool) -> bytes:
    stream = io.BytesIO()
    load_workbook(io.BytesIO(content), keep_vba=with_macros).save(stream)
    return stream.getvalue()
