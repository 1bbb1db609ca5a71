"""The Excel functions formulas are made of (all in Excel 2007), each beside what it gives in Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from cchc_xl.figures.expressions.nodes import Node, Operand, node
from cchc_xl.figures.expressions.values import (
    Area,
    ErrorValue,
    Value,
    is_number,
    number,
    order,
    single,
    text,
)
from cchc_xl.figures.rounding import EXACT, round_down, round_half_up
from cchc_xl.model import KPS
from cchc_xl.model.periods import LAST_DAY_NUMBER, day_number, day_of_number

Builder = Callable[..., Node]

FUNCTIONS: dict[str, Callable[..., Value]] = {}
NUMERIC: set[str] = set()  # functions that give numbers only


def _builder(name: str, *, is_boolean: bool = False) -> Builder:
    def build(*operands: Operand) -> Node:
        return Node(name, tuple(map(node, operands)), is_boolean=is_boolean)

    return build


def _function(name: str, value: Callable[..., Value]) -> Builder:
    """Make `name` known with its value; calling the result composes a node."""
    FUNCTIONS[name] = value
    return _builder(name)


def _question(name: str, value: Callable[..., Value]) -> Builder:
    FUNCTIONS[name] = value
    return _builder(name, is_boolean=True)


def _numeric(name: str, value: Callable[..., Value]) -> Builder:
    NUMERIC.add(name)
    return _function(name, value)


# --- logic: these look at their operands one by one, see `evaluation` ------------------------------------

IF = _builder("IF")
IFERROR = _builder("IFERROR")
ISERROR = _builder("ISERROR", is_boolean=True)
AND = _question("AND", lambda *conditions: all(conditions))
OR = _question("OR", lambda *conditions: any(conditions))
NOT = _question("NOT", lambda condition: not condition)

# --- what stands in a cell -------------------------------------------------------------------------------

ISNUMBER = _question("ISNUMBER", is_number)
ISTEXT = _question("ISTEXT", lambda value: isinstance(value, str))
ISBLANK = _question("ISBLANK", lambda value: value is None)
N = _numeric("N", lambda value: value if is_number(value) else Decimal(value is True))
_COUNTS = tuple(map(Decimal, range(256)))


def _counted(count: int) -> Decimal:
    return _COUNTS[count] if count < len(_COUNTS) else Decimal(count)


def _filled(*values: Value) -> Decimal:
    count = 0
    for value in values:
        if isinstance(value, tuple):
            count += sum(one is not None for one in value)
        elif value is not None:
            count += 1
    return _counted(count)


def _texts_among(*values: Value) -> Decimal:
    count = 0
    for value in values:
        if isinstance(value, str) and value.upper() != KPS:
            count += 1
    return _counted(count)


COUNT = _numeric("COUNT", lambda *values: _counted(len(_numbers(values))))
COUNTA = _numeric("COUNTA", _filled)
# How many cells hold something that is neither a number nor KPS nor blank: COUNTA less COUNT less COUNTIFs.
TEXTS_AMONG = _numeric("TEXTS_AMONG", _texts_among)
SUM = _numeric("SUM", lambda *values: sum(filter(is_number, single(values)), Decimal(0)))

# --- numbers ---------------------------------------------------------------------------------------------

ROUND = _numeric("ROUND", lambda x, digits: round_half_up(number(x), int(digits)))
ROUNDDOWN = _numeric("ROUNDDOWN", lambda x, digits: round_down(number(x), int(digits)))
INT = _numeric("INT", lambda x: number(x).to_integral_value(ROUND_FLOOR))
ABS = _numeric("ABS", lambda x: number(x).copy_abs())
MIN = _numeric("MIN", lambda *values: min(_numbers(values), default=Decimal(0)))
MAX = _numeric("MAX", lambda *values: max(_numbers(values), default=Decimal(0)))


def _numbers(values: tuple[Value, ...]) -> list[Decimal]:
    return [value for value in single(values) if is_number(value)]


def _quartile(values: Value, quarter: Decimal) -> Decimal:
    """Between the two neighbours where it falls between them."""
    ordered = sorted(_numbers((values,)))
    if not ordered:
        raise ErrorValue
    place = Decimal(len(ordered) - 1) * quarter / 4
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


QUARTILE = _numeric("QUARTILE", _quartile)
MEDIAN = _numeric("MEDIAN", lambda values: _quartile(values, Decimal(2)))


def _modulo(x: Value, divisor: Value) -> Decimal:
    """The remainder has the divisor's sign."""
    if number(divisor) == 0:
        raise ErrorValue
    rest = EXACT.remainder(number(x), number(divisor))
    return rest + number(divisor) if rest and (rest < 0) != (number(divisor) < 0) else rest


MOD = _numeric("MOD", _modulo)

# --- texts -----------------------------------------------------------------------------------------------

LEN = _numeric("LEN", lambda value: Decimal(len(text(value))))
LEFT = _function("LEFT", lambda value, count: text(value)[: int(count)])
RIGHT = _function("RIGHT", lambda value, count: text(value)[-int(count) :] if count else "")
TRIM = _function("TRIM", lambda value: " ".join(filter(None, text(value).split(" "))))


def _middle(value: Value, start: Value, count: Value) -> str:
    if start < 1 or count < 0:
        raise ErrorValue
    return text(value)[int(start) - 1 : int(start) - 1 + int(count)]


MID = _function("MID", _middle)


def _position(wanted: Value, within: Value) -> Decimal:
    place = text(within).find(text(wanted))
    if place < 0:
        raise ErrorValue
    return Decimal(place + 1)


def _substituted(value: Value, old: Value, new: Value, occurrence: Value = None) -> str:
    pieces = text(value).split(text(old)) if text(old) else [text(value)]
    if occurrence is None:
        return text(new).join(pieces)
    nth = int(occurrence)
    if not 0 < nth < len(pieces):
        return text(value)
    return text(old).join(pieces[:nth]) + text(new) + text(old).join(pieces[nth:])


FIND = _function("FIND", _position)
SUBSTITUTE = _function("SUBSTITUTE", _substituted)
CHAR = _function("CHAR", lambda code: chr(int(code)))  # of the first 127 only: the others differ by PC
# How many capital letters a text holds: wide ones.
CAPITALS = _numeric("CAPITALS", lambda value: Decimal(sum(c != c.lower() for c in text(value))))

# --- days ------------------------------------------------------------------------------------------------


def _day(value: Value) -> date:
    if not 0 <= number(value) <= LAST_DAY_NUMBER:
        raise ErrorValue
    return day_of_number(int(number(value)))


DAY = _numeric("DAY", lambda value: Decimal(_day(value).day))
MONTH = _numeric("MONTH", lambda value: Decimal(_day(value).month))
YEAR = _numeric("YEAR", lambda value: Decimal(_day(value).year))
DATE = _numeric("DATE", lambda year, month, day: Decimal(day_number(date(int(year), int(month), int(day)))))

# --- rows of areas that meet criteria ----------------------------------------------------------------------


def _rows_meeting(*criteria: Value) -> frozenset[int]:
    """Rows of which every area meets its criterion; `criteria` are areas and criteria by turns."""
    areas: tuple[Area, ...] = criteria[::2]
    found = [area.meeting(wanted) for area, wanted in zip(areas, criteria[1::2], strict=True)]
    return found[0].intersection(*found[1:])


def _summed(summed: Area, *criteria: Value) -> Decimal:
    rows = _rows_meeting(*criteria)
    return sum((summed[row] for row in rows if is_number(summed[row])), Decimal(0))


def _count_of(cells: Value, wanted: Value) -> Decimal:
    """Of one cell or of an area."""
    if isinstance(cells, Area):
        return Decimal(len(cells.meeting(wanted)))
    return Decimal(cells is not None and order(cells, wanted) == 0)


COUNTIF = _numeric("COUNTIF", _count_of)
COUNTIFS = _numeric("COUNTIFS", lambda *criteria: Decimal(len(_rows_meeting(*criteria))))
SUMIFS = _numeric("SUMIFS", _summed)
SUMIF = _numeric("SUMIF", lambda area, wanted, summed: _summed(summed, area, wanted))


def _commonest(status: Value, counted: Value, answers: Value) -> Value:
    given = [answers[row] for row in sorted(_rows_meeting(status, counted, answers, "<>"))]
    if not given:
        raise ErrorValue
    votes = Counter(map(_alike, given))
    return max(given, key=lambda value: votes[_alike(value)])


def _alike(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


# The answer most rows of that status give, of several the one that stands first.
COMMONEST = _function("COMMONEST", _commonest)

# --- a cell of an area -------------------------------------------------------------------------------------


def _nth(area: Value, place: Value) -> Value:
    if not 1 <= place <= len(area):
        raise ErrorValue
    return area[int(place) - 1]


def _first_equal(wanted: Value, area: Value, kind: Value) -> Decimal:
    """Position of the first equal cell; `kind` is 0."""
    for place, value in enumerate(area, start=1):
        if value is not None and order(value, wanted) == 0:
            return Decimal(place)
    raise ErrorValue


INDEX = _function("INDEX", _nth)
MATCH = _numeric("MATCH", _first_equal)

# --- constants, and rows of areas: how many satisfy every condition -----------------------------------------

TRUE, FALSE = Node("TRUE", is_boolean=True), Node("FALSE", is_boolean=True)
ROWS_WHERE = _builder("ROWS_WHERE")
NUMERIC.add("ROWS_WHERE")
