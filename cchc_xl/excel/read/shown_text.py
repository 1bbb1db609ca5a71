"""What a number format makes of a value on the screen (ECMA-376 part 1, 18.8.31).

Digits come as an American Excel writes them ("5,650.5"); what the format puts beside them comes as it stands.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from cchc_xl.excel.read.number_formats import is_date_format

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<power>E[+-])|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_PLAIN = re.compile(r"General|@|(?:#[,. \u00a0'])?#*0+(?:\.[0#]+)?|#[,. \u00a0']##0", re.IGNORECASE)
_WHITE = "white"


class _Token(NamedTuple):
    kind: str  # literal, digit, sign, power, general
    text: str


class _Section(NamedTuple):
    """One of the up to four parts of a format code."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    is_white: bool

    def has(self, kind: str, text: str = "") -> bool:
        return any(token.kind == kind and text in ("", token.text) for token in self.tokens)


@lru_cache(maxsize=1024)
def shows_whole_numbers(code: str) -> bool:
    """Whether a format shows every whole number as it is: General, and plain digits with any grouping."""
    return bool(_PLAIN.fullmatch(code))


def shown_number(value: Decimal, code: str) -> str | None:
    """What a cell shows of a number; None where it shows a date or time."""
    sections = _sections(code)
    if any(is_date_format(text) for text in _split(code)):
        return None
    section, keeps_sign = _chosen(sections, value)
    if section is None or section.is_white:
        return ""
    body = _body(section, abs(value))
    return f"-{body}" if value < 0 and keeps_sign else body


def shown_words(text: str, code: str) -> str:
    """What a cell shows of a text."""
    sections = _sections(code)
    last = sections[-1]
    if len(sections) < 4 and not last.has("sign", "@"):
        return text
    if last.is_white:
        return ""
    return "".join(
        text if token.text == "@" else token.text for token in last.tokens if token.kind != "digit"
    )


def literal_digits(code: str) -> bool:
    """Whether a format carries digits of its own."""
    sections = _sections(code)
    return any(t.kind == "literal" and any(map(str.isdigit, t.text)) for s in sections for t in s.tokens)


def _split(code: str) -> list[str]:
    """The sections' texts: semicolons outside quotes, escapes and brackets part them."""
    pieces, current = [], ""
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            pieces.append(current)
            current = ""
        else:
            current += match[0]
    return [*pieces, current]


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(_section(text) for text in _split(code))


def _section(text: str) -> _Section:
    tokens: list[_Token] = []
    condition, is_white = None, False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        written = match[kind]
        if kind == "bracket":
            found = _CONDITION.fullmatch(written)
            condition = (found[1], Decimal(found[2])) if found else condition
            is_white = is_white or written.casefold() == _WHITE
            currency = _CURRENCY.match(written)
            if currency and currency[1]:
                tokens.append(_Token("literal", currency[1]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(_Token("literal", written))
        elif kind == "space":
            tokens.append(_Token("literal", " "))
        elif kind != "fill":
            tokens.append(_Token(kind, written))
    return _Section(tuple(tokens), condition, is_white)


_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
}


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether a minus stands before it."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _COMPARED[section.condition[0]](value, section.condition[1]):
                return section, True
        return None, True
    if len(numeric) == 1:
        return numeric[0], True
    if value < 0:
        return numeric[1], False
    return (numeric[2] if value == 0 and len(numeric) == 3 else numeric[0]), False


def _body(section: _Section, value: Decimal) -> str:
    tokens = section.tokens
    if section.has("general") or section.has("sign", "@"):
        whole = _plain(value)
        return "".join(whole if t.kind == "general" or t.text == "@" else t.text for t in tokens)
    if not section.has("digit"):
        return "".join(token.text for token in tokens if token.kind != "sign" or token.text == "%")
    first = next(n for n, t in enumerate(tokens) if t.kind == "digit")
    last = max(n for n, t in enumerate(tokens) if t.kind == "digit")
    point = next((n for n, t in enumerate(tokens) if t == _Token("sign", ".")), len(tokens))
    value = value * 100 ** sum(t == _Token("sign", "%") for t in tokens)
    power = next((n for n, t in enumerate(tokens) if t.kind == "power"), None)
    if section.has("sign", "/"):
        fraction = Fraction(value).limit_denominator(9 if last - first < 4 else 99)
        return _around(tokens, first, last, _plain(Decimal(float(fraction))))
    if power is not None:
        decimals = sum(t.kind == "digit" for t in tokens[point:power]) if point < power else 0
        return _around(tokens, first, last, f"{value:.{decimals}E}")
    return _placed(tokens, value, point)


def _placed(tokens: tuple[_Token, ...], value: Decimal, point: int) -> str:
    """Digits put into their places, literals between them where they stand."""
    wholes = [n for n, t in enumerate(tokens) if t.kind == "digit" and n < point]
    decimals = [n for n, t in enumerate(tokens) if t.kind == "digit" and n > point]
    commas = [n for n, t in enumerate(tokens) if t == _Token("sign", ",")]
    last_whole = wholes[-1] if wholes else -1
    end = decimals[-1] if decimals else last_whole
    value = value / 1000 ** sum(last_whole < n < point or n > end for n in commas)
    step = Decimal(1).scaleb(-len(decimals))
    whole, _, part = f"{value.quantize(step, ROUND_HALF_UP):f}".partition(".")
    whole = whole.lstrip("0").rjust(sum(tokens[n].text == "0" for n in wholes), "0")
    if wholes:
        between = any(tokens[n].kind == "literal" for n in range(wholes[0], last_whole))
        grouped = not between and any(n < last_whole for n in commas)
        digits = _from_the_right(whole, wholes) if between else {wholes[0]: _grouped(whole, grouped)}
    else:
        digits = {point: whole}
    digits |= _decimals(tokens, decimals, part)
    shown = []
    for n, token in enumerate(tokens):
        shown.append(digits.get(n, ""))
        if token.kind == "literal" or token.text == "%" or n == point:
            shown.append(token.text)
    return "".join(shown)


def _from_the_right(whole: str, places: list[int]) -> dict[int, str]:
    """One digit a place; the first takes all that are left."""
    found = {n: whole[len(whole) - k - 1 : len(whole) - k] for k, n in enumerate(reversed(places))}
    return {**found, places[0]: whole[: max(len(whole) - len(places) + 1, 0)]}


def _grouped(whole: str, grouped: bool) -> str:
    return f"{int(whole):,}".rjust(len(whole), "0") if grouped and whole else whole


def _decimals(tokens: tuple[_Token, ...], places: list[int], part: str) -> dict[int, str]:
    """Digits behind the point; noughts at the end only where the format asks for them."""
    found: dict[int, str] = {}
    for n, digit in reversed(list(zip(places, part, strict=True))):
        if digit != "0" or tokens[n].text == "0" or found:
            found[n] = digit
    return found


def _around(tokens: tuple[_Token, ...], first: int, last: int, body: str) -> str:
    """A body in the place of its placeholders, literals before and after it."""
    outer = [t.text if t.kind == "literal" or t.text == "%" else "" for t in tokens]
    return "".join(outer[:first]) + body + "".join(outer[last + 1 :])


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
