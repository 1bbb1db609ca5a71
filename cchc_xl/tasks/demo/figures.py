"""Illustrative figures and register rows for the demo, drawn from a seed by the recipes of its TOML file."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from cchc_xl.model import KPS
from cchc_xl.model.periods import day_number
from cchc_xl.model.terms import Figure

Recipe = Mapping[str, Any]
Rows = dict[str, dict[int, dict[str, Figure]]]  # by register, number
_LOWEST_RANK = 114  # of the xã, phường, đặc khu


def draw_figures(recipes: Mapping[str, Recipe], seed: int, unit_code: str) -> dict[str, Figure]:
    """Figures of one unit: the same seed and unit give the same figures. Raises KeyError for a bad recipe."""
    return _draw_all(recipes, random.Random(f"{seed}/{unit_code}"), {})


def draw_rows(specs: Iterable[Recipe], figures: Mapping[str, Figure], seed: int, unit_code: str) -> Rows:
    """Register rows of one unit, numbered from 1; recipes may name its figures. Raises KeyError."""
    source = random.Random(f"{seed}/{unit_code}/rows")
    rows: Rows = {}
    for spec in specs:
        standing = rows.setdefault(spec["register"], {})
        standing[len(standing) + 1] = _draw_all(spec["columns"], source, figures)
    return rows


def _draw_all(
    recipes: Mapping[str, Recipe], source: random.Random, known: Mapping[str, Figure]
) -> dict[str, Figure]:
    drawn = dict(known)
    waiting = dict(recipes)
    while waiting:
        ready = [c for c, recipe in waiting.items() if all(n in drawn for n in _needs(recipe))]
        if not ready:
            raise KeyError(f"circular recipes: {sorted(waiting)}")
        for code in ready:
            drawn[code] = _draw(waiting.pop(code), drawn, source)
    return {code: drawn[code] for code in recipes}


def _needs(recipe: Recipe) -> tuple[str, ...]:
    first = [recipe[key][0] for key in ("share", "after", "rank") if key in recipe]
    single = [recipe[key] for key in ("same_as", "follows") if key in recipe]
    return (*first, *single, *recipe.get("rest", ()), *recipe.get("total", ()))


def _draw(recipe: Recipe, drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    if source.random() < recipe.get("kps", 0):
        return KPS
    if "follows" in recipe and not _number(drawn[recipe["follows"]]):
        return KPS
    way = next(way for way in _WAYS if way in recipe)
    return _WAYS[way](recipe[way], drawn, source)


def _value(given: str, drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return KPS if given == KPS else Decimal(given)


def _text(given: str | list[str], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return given if isinstance(given, str) else source.choice(given)


def _date(span: list[str], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    first, last = (day_number(date.fromisoformat(day)) for day in span)
    return Decimal(source.randint(first, last))


def _after(given: list[Any], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    day, least, most = given
    return _number(drawn[day]) + source.randint(least, most)


def _points(span: list[float], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    least, most = (round(bound * 10) for bound in span)
    return Decimal(source.randint(least, most)) / 10


def _rank(given: list[Any], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    points, (best, worst) = given[0], map(Decimal, given[1:])
    place = (best - _number(drawn[points])) * (_LOWEST_RANK - 1) / (best - worst) + 1
    return min(max(place.to_integral_value(), Decimal(1)), Decimal(_LOWEST_RANK))


def _choice(codes: list[str], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return Decimal(source.choice(codes))


def _between(span: list[int], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return Decimal(source.randint(*span))


def _share(given: list[Any], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    whole, least, most = given
    part = _number(drawn[whole]) * Decimal(str(round(source.uniform(least, most), 4)))
    return part.to_integral_value(ROUND_FLOOR)


def _same_as(code: str, drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return drawn[code]


def _total(codes: list[str], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    return sum((_number(drawn[code]) for code in codes), Decimal(0))


def _rest(codes: list[str], drawn: Mapping[str, Figure], source: random.Random) -> Figure:
    whole, *parts = codes
    return _number(drawn[whole]) - sum((_number(drawn[code]) for code in parts), Decimal(0))


def _number(figure: Figure) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(0)


_WAYS: dict[str, Callable[[Any, Mapping[str, Figure], random.Random], Figure]] = {
    "value": _value,
    "text": _text,
    "date": _date,
    "after": _after,
    "points": _points,
    "rank": _rank,
    "choice": _choice,
    "between": _between,
    "share": _share,
    "same_as": _same_as,
    "total": _total,
    "rest": _rest,
}
