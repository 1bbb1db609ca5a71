"""Which cell a figure of the prose means: by bookmark, else by its words and value, never by value alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from cchc_xl.figures.numbers import Claim, format_vi, judge_percentage
from cchc_xl.model.documents import Bookmark, Paragraph
from cchc_xl.model.proofs import FigureState, KnownFigure
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import lexicon
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.tokens import Fraction as FractionToken
from cchc_xl.reports.proofreading.tokens import Quantity, tokens_of

_AGAIN = re.compile(r"__\d+$")  # a bookmark's name is unique: the second of a kind is called code__2
_PASSING = frozenset(
    {"total", "in_period", "received", "rate", "trả", "finished", "cumulative", "issued", "số"}
)
_NARROWING = frozenset({"full", "partial", "pending", "hotline", "portal"})
_OUTSIDE = frozenset({"time", "points"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure of the prose and how it stands; `known` is the cell it means."""

    statement: Statement | None
    paragraph: Paragraph
    quantity: Quantity
    state: FigureState
    known: KnownFigure | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What an indicator is called, as concepts: in full, and without the words that carry little."""

    full: frozenset[str]
    core: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    source = files("cchc_xl.reports.proofreading") / "indicators.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def names_of(code: str, label: str) -> tuple[Name, ...]:
    """Every name of an indicator."""
    words = lexicon()
    phrases = (label, *_data()["names"].get(code, ()))
    return tuple(Name(full, _core(full)) for full in {words.concepts(phrase) for phrase in phrases})


def _core(concepts: frozenset[str]) -> frozenset[str]:
    """Without what prose leaves out or adds at will; the whole where nothing else is left."""
    passing = _PASSING - ({"finished"} if "late" not in concepts and "ontime" not in concepts else set())
    return concepts - passing or concepts


class Binder:
    """Binds the figures of reports to known figures; `labels`: printed labels by indicator."""

    def __init__(
        self, known: Sequence[KnownFigure], labels: Mapping[str, str], pairs: Mapping[str, str] | None = None
    ) -> None:
        self._pairs = pairs or {}
        self._known = {k.indicator: k for k in known}
        self._names = {code: names_of(code, labels.get(code, "")) for code in self._known}

    def bound(self, report: Report) -> Iterator[Bound]:
        """Every figure of the prose, bookmarked ones first."""
        taken: set[tuple[int, int]] = set()
        for paragraph in report.document.paragraphs:
            for bookmark in paragraph.bookmarks:
                found = self._by_bookmark(paragraph, bookmark)
                if found is not None:
                    taken.add((id(paragraph), found.quantity.start))
                    yield found
        for statement in report.statements:
            if (id(statement.line.paragraph), statement.quantity.start) not in taken:
                yield self._by_words(statement)

    def _by_bookmark(self, paragraph: Paragraph, bookmark: Bookmark) -> Bound | None:
        known = self._known.get(_AGAIN.sub("", bookmark.name))
        if known is None:
            return None
        quantity = _at(paragraph.text, bookmark)
        if quantity is None:
            return None
        same = _is_exactly(quantity, known)
        return Bound(None, paragraph, quantity, FigureState.MATCH if same else FigureState.DIFFERS, known)

    def _by_words(self, statement: Statement) -> Bound:
        quantity, paragraph = statement.quantity, statement.line.paragraph
        if (
            not statement.is_result
            or quantity.unit in _OUTSIDE
            or (statement.part_of and statement.part_of.is_rank)
        ):
            return Bound(statement, paragraph, quantity, FigureState.OUT_OF_SCOPE)
        meant = self._meant(statement)
        if meant is not None:
            same = _is_same(quantity, meant)
            if same or meant.indicator not in _data()["loose"]["indicators"]:
                state = FigureState.MATCH if same else FigureState.DIFFERS
                return Bound(statement, paragraph, quantity, state, meant)
        near = self._near(statement)
        return Bound(statement, paragraph, quantity, FigureState.MATCH if near else FigureState.ABSENT, near)

    def _meant(self, statement: Statement) -> KnownFigure | None:
        """The one indicator whose name the figure's words are, alone or with those they stand under.

        Words it stands under that make it another thing (một phần, đang giải quyết) are part of its name; a
        name without them may still match, but never be told to differ.
        """
        if statement.part_of is not None or "cumulative" in statement.everything:
            return None
        own = statement.about
        context = statement.context & lexicon().concept_names
        narrowed = own | (context & _NARROWING) if not own & {"finished", "pending"} else own
        for concepts, is_sure in ((narrowed, True), (narrowed | context, True), (own, False)):
            for which, name in (("full", concepts), ("core", _core(concepts))):
                found = self._called(name, which, statement)
                if len(found) == 1 and (is_sure or narrowed == own or _is_same(statement.quantity, found[0])):
                    return found[0]
        return None

    def _called(self, concepts: frozenset[str], which: str, statement: Statement) -> list[KnownFigure]:
        if len(concepts - _PASSING) < (1 if statement.quantity.is_percent else 2):
            return []
        return [
            known
            for code, known in self._known.items()
            if known.is_percent == statement.quantity.is_percent
            and any(getattr(name, which) == concepts for name in self._names[code])
        ]

    def _near(self, statement: Statement) -> KnownFigure | None:
        """The one indicator of this very value whose name the figure's words come near."""
        quantity, everything = statement.quantity, _core(statement.everything)
        wanted = self._of_fraction(statement)
        scored = sorted(
            (
                (
                    max(
                        _nearness(name.core, everything, _core(statement.about)) for name in self._names[code]
                    ),
                    code,
                )
                for code, known in self._known.items()
                if known.is_percent == quantity.is_percent and _is_same(quantity, known) and code in wanted
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < 0.5 or (len(scored) > 1 and scored[1][0] == scored[0][0]):
            return None
        return self._known[scored[0][1]]

    def _of_fraction(self, statement: Statement) -> Collection[str]:
        """Codes the figure may be: of a/b the numerators of ratios for a, their denominators for b."""
        fraction = statement.part_of
        if fraction is None or not self._pairs:
            return self._known
        both = {
            part: whole
            for part, whole in self._pairs.items()
            if part in self._known and whole in self._known
            and _is_same(fraction.part, self._known[part]) and _is_same(fraction.whole, self._known[whole])
        }  # fmt: skip
        if not both:
            return self._known
        return both.keys() if statement.quantity is fraction.part else both.values()


def _nearness(name: frozenset[str], everything: frozenset[str], own: frozenset[str]) -> float:
    """How much of a name the figure's words hold, less what they say besides."""
    if not name & own:
        return 0.0
    return len(name & everything) / len(name | own)


def _at(text: str, bookmark: Bookmark) -> Quantity | None:
    """The number in a bookmark, or beside it where editing pushed it out."""
    found: list[Quantity] = []
    for token in tokens_of(text):
        parts = (token.part, token.whole) if isinstance(token, FractionToken) else (token,)
        found += [p for p in parts if isinstance(p, Quantity)]
    touching = [q for q in found if q.start <= bookmark.end and bookmark.start <= q.end]
    inside = [q for q in touching if q.start < bookmark.end and bookmark.start < q.end]
    near = inside or touching
    return near[0] if near else None


def _is_exactly(quantity: Quantity, known: KnownFigure) -> bool:
    if known.is_percent:
        exact = known.value / 100
        return judge_percentage(quantity.value, exact, quantity.decimals) is Claim.RIGHT and (
            quantity.decimals >= 2
            or quantity.value == known.value
            or quantity.value == known.value.quantize(quantity.value)
        )
    return quantity.value == known.value


def _is_same(quantity: Quantity, known: KnownFigure) -> bool:
    if known.is_percent:
        return judge_percentage(quantity.value, known.value / 100, quantity.decimals) is not Claim.WRONG
    if quantity.unit in ("billion", "thousand", "dong"):
        return abs(quantity.value - known.value) <= Decimal(10) ** -quantity.decimals * 1000 / 2
    return quantity.value == known.value


def shown(known: KnownFigure) -> str:
    """A known figure in vi-VN digits."""
    return f"{format_vi(known.value, 2)}%" if known.is_percent else format_vi(known.value)


def differing(report: Report, bound: Sequence[Bound]) -> Iterator[Found]:
    """Figures of the prose that are not those of the cells they mean."""
    lines = {id(line.paragraph): line for line in report.outline.lines}
    for figure in bound:
        if figure.state is not FigureState.DIFFERS or figure.known is None or figure.statement is None:
            continue
        line, quantity, known = lines[id(figure.paragraph)], figure.quantity, figure.known
        words = {
            "figure": quantity.text.strip(),
            "known": shown(known),
            "sheet": known.sheet,
            "cell": known.cell,
        }
        code = "differs_from_workbook" if known.source else "differs_from_table"
        yield Found(
            "form-differs",
            Severity.WARNING,
            line,
            quantity.start,
            quantity.unit_end,
            code,
            words,
            shown(known),
            known=known,
        )
