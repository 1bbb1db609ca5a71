"""A cell as stored → an observation and its findings (the reading contract: never a silently wrong number).

Blank, 0 and KPS stay three things; whether a blank is acceptable is for `checks` to say.
"""

from __future__ import annotations

from cchc_xl.figures.cells.answer import stored_number
from cchc_xl.figures.cells.computed import claimed_percentage, observe_computed
from cchc_xl.figures.cells.register_cell import RowCell, observe_row_cell
from cchc_xl.figures.cells.typed import observe

__all__ = [
    "RowCell",
    "claimed_percentage",
    "observe",
    "observe_computed",
    "observe_row_cell",
    "stored_number",
]
