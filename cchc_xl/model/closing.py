"""A period made official: the act of a person, and what was accepted as missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closed a period when, over how many complete units, without whom, and why that was accepted."""

    closed: date
    who: str
    complete: int
    expected: int
    without: tuple[str, ...] = ()  # units whose figures are not in it, as people call them
    blanks: tuple[str, ...] = ()  # units with rows accepted as blank
    accepted: str = ""  # the reason given for what is missing
