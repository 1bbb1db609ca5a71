"""Numbers as people write them: vi-VN and English texts, constant formulas, rounding, claimed percentages.

Python's own `float` reads "5.650" as 5,65 and accepts "1_000" and "nan"; nothing here does. A text is given
all its possible readings, and only a text with exactly one reading valid for its indicator is a number.
"""

from __future__ import annotations

from cchc_xl.figures.numbers.arithmetic import (
    Claim,
    format_claim_vi,
    format_percent_vi,
    format_vi,
    judge_percentage,
    percent_points,
)
from cchc_xl.figures.numbers.formula_texts import constant_value, same_formula
from cchc_xl.figures.numbers.limits import LARGEST, maximum, settled
from cchc_xl.figures.numbers.texts import (
    NumberText,
    Reading,
    TextOutcome,
    claimed_points,
    fault,
    read_number,
    readings,
    seen,
)
from cchc_xl.figures.rounding import from_float, round_half_up, tidy

__all__ = [
    "LARGEST",
    "Claim",
    "NumberText",
    "Reading",
    "TextOutcome",
    "claimed_points",
    "constant_value",
    "fault",
    "format_claim_vi",
    "format_percent_vi",
    "format_vi",
    "from_float",
    "judge_percentage",
    "maximum",
    "percent_points",
    "read_number",
    "readings",
    "round_half_up",
    "same_formula",
    "seen",
    "settled",
    "tidy",
]
