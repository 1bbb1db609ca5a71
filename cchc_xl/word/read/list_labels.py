"""Automatic list labels: numbering definitions of a document counted out in document order.

ECMA-376 part 1, 17.9: levels of an abstract definition, instances with start overrides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.word.read.markup import attribute, walk_words

_PLACE = re.compile(r"%([1-9])")
_SYMBOLS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "✓", "·": "•"}
_ROMANS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 3000  # beyond, roman and letter labels are not worth building
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level: first number, number format, label pattern ("%1.%2.")."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """List definitions: abstract id -> levels; instance id -> abstract id and levels it overrides."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    instances: Mapping[str, tuple[str, Mapping[int, Level]]] = field(default_factory=dict)

    def level(self, instance: str, depth: int) -> Level | None:
        """The level in force. None: no such list."""
        abstract, overrides = self.instances.get(instance, ("", {}))
        return overrides.get(depth) or self.levels.get(abstract, {}).get(depth)


def read_numbering(part: str, content: bytes) -> Numbering:
    """The document's list definitions. Raises WorkbookRefused when the part is not well-formed."""
    reader = _Reader()
    walk_words(part, content, reader.opened, reader.closed)
    return Numbering(reader.levels, reader.instances)


class _Reader:
    def __init__(self) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.instances: dict[str, tuple[str, dict[int, Level]]] = {}
        self._levels: dict[int, Level] | None = None
        self._instance = ""
        self._depth = 0

    def opened(self, name: str, attributes: Attributes) -> None:
        value = attribute(attributes, "val")
        if name == "w:abstractNum":
            self._levels = self.levels.setdefault(attribute(attributes, "abstractNumId"), {})
        elif name == "w:num":
            self._instance = attribute(attributes, "numId")
            self._levels = {}
            self.instances[self._instance] = ("", self._levels)
        elif name == "w:abstractNumId" and self._instance:
            self.instances[self._instance] = (value, self.instances[self._instance][1])
        elif name in ("w:lvl", "w:lvlOverride"):
            self._depth = _whole(attribute(attributes, "ilvl"))
        elif self._levels is not None:
            self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        assert self._levels is not None
        known = self._levels.get(self._depth)
        if known is None and name == "w:startOverride":
            abstract = self.instances[self._instance][0] if self._instance else ""
            known = self.levels.get(abstract, {}).get(self._depth)
        known = known or Level()
        if name in ("w:start", "w:startOverride"):
            self._levels[self._depth] = replace(known, start=_whole(value))
        elif name == "w:numFmt":
            self._levels[self._depth] = replace(known, format=value)
        elif name == "w:lvlText":
            self._levels[self._depth] = replace(known, pattern=value)

    def closed(self, name: str) -> None:
        if name in ("w:abstractNum", "w:num"):
            self._levels, self._instance = None, ""


class LabelCounter:
    """Counts lists out, paragraph by paragraph."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, instance: str, depth: int) -> str:
        """The label of the next paragraph of this list and level; "" without one."""
        level = self._numbering.level(instance, depth)
        if level is None or not 0 <= depth < _DEEPEST:
            return ""
        abstract, overrides = self._numbering.instances[instance]
        counts = self._counts.setdefault(abstract, {})
        restarts = depth in overrides and (instance, depth) not in self._begun
        self._begun.add((instance, depth))
        counts[depth] = counts[depth] + 1 if depth in counts and not restarts else level.start
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.format == "bullet":
            return _SYMBOLS.get(level.pattern, level.pattern) or "•"
        if level.format == "none":
            return ""
        return _PLACE.sub(lambda match: self._number(instance, counts, int(match[1]) - 1), level.pattern)

    def _number(self, instance: str, counts: dict[int, int], depth: int) -> str:
        level = self._numbering.level(instance, depth) or Level()
        return _written(counts.setdefault(depth, level.start), level.format)


def _written(number: int, style: str) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        roman = ""
        for worth, letters in _ROMANS:
            times, number = divmod(number, worth)
            roman += letters * times
        return roman.upper() if style == "upperRoman" else roman
    return f"{number:02d}" if style == "decimalZero" else str(number)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
