"""Illustrative figures for the demo, drawn from a seed by the recipes of the demo's TOML file."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from cchc_xl.expressions import Figure
from cchc_xl.model import KPS

Recipe = Mapping[str, Any]


def draw_figures(recipes: Mapping[str, Recipe], seed: int, unit_code: str) -> dict[str, Figure]:
    """Figures of one unit: the same seed and unit give the same figures. Raises KeyError for a bad recipe."""
    source = random.Random(f"{seed}/{unit_code}")
    drawn: dict[str, Figure] = {}
    waiting = dict(recipes)
    while waiting:
        ready = [code for code, recipe in waiting.items() if all(n in drawn for n in _needs(recipe))]
        if not ready:
            raise KeyError(f"circular recipes: {sorted(waiting)}")
        for code in ready:
            drawn[code] = _draw(waiting.pop(code), drawn, source)
    return {code: drawn[code] for code in recipes}


def _needs(recipe: Recipe) -> tuple[str, ...]:
    if "share" in recipe:
        return (recipe["share"][0],)
    single = [recipe[key] for key in ("same_as", "follows") if key in recipe]
    return (*single, *recipe.get("rest", ()), *recipe.get("total", ()))


def _draw(recipe: Recipe, drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    if source.random() < recipe.get("kps", 0):
        return KPS
    if "follows" in recipe and not _number(drawn[recipe["follows"]]):
        return KPS
    if "value" in recipe:
        return KPS if recipe["value"] == KPS else Decimal(recipe["value"])
    if "choice" in recipe:
        return Decimal(source.choice(recipe["choice"]))
    if "between" in recipe:
        return Decimal(source.randint(*recipe["between"]))
    if "share" in recipe:
        whole, least, most = recipe["share"]
        part = _number(drawn[whole]) * Decimal(str(round(source.uniform(least, most), 4)))
        return part.to_integral_value(ROUND_FLOOR)
    if "same_as" in recipe:
        return drawn[recipe["same_as"]]
    if "total" in recipe:
        return sum((_number(drawn[code]) for code in recipe["total"]), Decimal(0))
    whole, *parts = recipe["rest"]
    return _number(drawn[whole]) - sum((_number(drawn[code]) for code in parts), Decimal(0))


def _number(figure: Figure) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(0)
