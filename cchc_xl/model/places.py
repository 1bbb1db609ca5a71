"""Where a template version has what no catalogue says: the declarations and lists of a commune workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplatePlaces:
    """`main_inputs`: defined name → address on Trang chính; rows are the first of their lists."""

    main_sheet: str
    check_sheet: str
    main_inputs: Mapping[str, str]
    first_contact_row: int
    first_check_row: int
    computed_columns_last: bool = True  # of a register: behind what is typed, outside what is printed
