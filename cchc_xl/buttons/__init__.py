"""What the Python buttons run: each reads plain values, asks `tasks`, and writes plain values.

Excel calls `cchc_xl.buttons.<name>(book)` through xlwings' RunPython. The buttons are listed with their words
in `texts.buttons`; their functions stand in `commune` and `city`, loaded when one is pressed.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cchc_xl.texts.buttons import CITY_BUTTONS, COMMUNE_BUTTONS

_HOMES = {**dict.fromkeys(COMMUNE_BUTTONS, "commune"), **dict.fromkeys(CITY_BUTTONS, "city")}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
