"""The gate of workbooks: the package's own (`opc.gate`), and bounds on the used range of every sheet."""

from __future__ import annotations

from cchc_xl.excel.opc.file_kind import foreign_package
from cchc_xl.excel.opc.gate import DEFAULT, open_package
from cchc_xl.excel.opc.limits import Limits
from cchc_xl.excel.read.used_range import check_used_range

__all__ = ["Limits", "open_gate"]


def open_gate(data: bytes, limits: Limits = DEFAULT) -> dict[str, bytes]:
    """Parts of the workbook in `data`: part name -> inflated bytes, in archive order; XML always in UTF-8.

    Raises WorkbookRefused(code, part=…) for anything that is not an intact, bounded .xlsx or .xlsm:
    disguised files, broken or forged containers, forbidden XML, absurd used ranges.
    """
    return open_package(data, foreign_package, limits, check_used_range)
