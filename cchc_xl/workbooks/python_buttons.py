"""The Python buttons on a sheet: listed with their words in `texts.buttons`, each bound to its macro."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_xl.model.planned import PlannedButton

Place = tuple[str, int]  # cell, width


def python_buttons(
    listed: Mapping[str, tuple[str, str]], places: Sequence[Place], height: int
) -> tuple[PlannedButton, ...]:
    """A button for every function listed, at the places in order. Raises ValueError where they run out."""
    if len(listed) > len(places):
        raise ValueError(f"{len(listed)} buttons, {len(places)} places")
    return tuple(
        PlannedButton(cell, caption, macro_of(function), width=width, height=height, help=explained)
        for (function, (caption, explained)), (cell, width) in zip(listed.items(), places, strict=False)
    )


def macro_of(function: str) -> str:
    """Name of the macro that calls a function: kiem_tra_sau → KiemTraSau."""
    return "".join(word.capitalize() for word in function.split("_"))
