"""How large a workbook may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the gate. A filled commune workbook is below 1 % of every one of them."""

    file_bytes: int = 32 * MIB
    entries: int = 2_000
    total_bytes: int = 64 * MIB  # inflated, all parts together
    part_bytes: int = 32 * MIB  # inflated, one part
    ratio: int = 300  # inflated : stored, for parts above ratio_from
    ratio_from: int = MIB
    small_part: int = 256 * 1024  # bytes too few to hold harmful nesting or used ranges
    tags: int = 1_000_000  # XML tags in one part
    depth: int = 128  # nested XML elements
    rows: int = 100_000  # highest row number in use, and number of rows
    columns: int = 1_024  # highest column number in use
    cells: int = 400_000  # cells in one sheet
