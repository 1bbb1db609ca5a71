"""Figures with what they are about: each number of the prose beside the words that name it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from cchc_xl.reports.proofreading.lexicon import Lexicon, lexicon
from cchc_xl.reports.proofreading.outline import Line, Outline, Zone
from cchc_xl.reports.proofreading.tokens import Cited, Fraction, Period, Quantity, Token

_BREAK = re.compile(r"[;()\[\]]|[.!?](?=\s|$)")
_COMMA = re.compile(r",|(?<!\w)và(?!\w)|\s[-–]\s")
_LEAD = re.compile(r"[:=]|(?<!\w)(?:là|có|đạt|chiếm|bằng|được)(?!\w)", re.I)
_AIMED = re.compile(r"\W*(?:trở lên|theo chỉ tiêu|chỉ tiêu)")
_ASIDE = re.compile(r"\([^()\d]{1,40}\)\W*$")  # "đang thực hiện (trong hạn) 07 nhiệm vụ"
_MOST_FIGURES = 200  # in one line; beyond, it is no prose
_GROUP = re.compile(r"[.;]\s")
_WHOLE_LINE = re.compile(r"[.!?]\s")


@dataclass(frozen=True)
class Statement:
    """One figure of the prose.

    `before`, `after`: its words on either side; `depth`: how many brackets it stands in; `sentence`: which
    sentence of the line; `about`: the concepts of its words; `context`: those of the lines it hangs under.
    """

    line: Line
    quantity: Quantity
    order: int  # among the figures of its line
    before: str
    after: str
    depth: int
    sentence: int
    context: frozenset[str]
    part_of: Fraction | None = None  # the a/b it is a part of
    scope: frozenset[str] = frozenset()  # the part of the whole its line or words name: "cấp huyện", a place

    @cached_property
    def about(self) -> frozenset[str]:
        return lexicon().concepts(f"{self.before} . {self.after}")

    @property
    def value_text(self) -> str:
        return self.quantity.text.strip()

    @property
    def is_result(self) -> bool:
        """Whether it tells what was done: not a plan, not an aim, not an estimate."""
        return self.line.zone in (Zone.RESULTS, Zone.REVIEW, Zone.HEAD) and self.quantity.is_firm

    @cached_property
    def everything(self) -> frozenset[str]:
        return self.about | self.context


def statements_of(outline: Outline) -> tuple[Statement, ...]:
    """Every figure of the prose in order; both parts of a fraction are statements with its words."""
    words = lexicon()
    found: list[Statement] = []
    for line in outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX) or (line.is_heading and line.depth <= 1):
            continue
        context = _context(outline, line, words)
        found += _in_line(line, context, words)
    return tuple(found)


def _context(outline: Outline, line: Line, words: Lexicon) -> frozenset[str]:
    """What the lines above it are about: list parents in full, headings by their known concepts."""
    found: set[str] = set()
    for above in outline.parents(line):
        text = above.words
        first = next((t.start - above.start for t in above.tokens), len(text))
        colon = text.find(":")
        found |= words.concepts(text[: colon if 0 <= colon < first else first])
    for heading in line.section[-2:] if not line.is_heading else line.section[-3:-1]:
        found |= words.concepts(heading) & words.concept_names
    return frozenset(found)


def _in_line(line: Line, context: frozenset[str], words: Lexicon) -> Iterator[Statement]:
    figures = [t for t in line.tokens if isinstance(t, (Quantity, Fraction))][:_MOST_FIGURES]
    cuts = [t for t in line.tokens if isinstance(t, Cited)]
    target, heads = words.pattern("target"), _Heads(words)
    order, group, opening = 0, -1, frozenset[str]()
    last: Statement | None = None
    scope = _opening_scope(line, figures[0].start) if figures else frozenset()
    for at, token in enumerate(figures):
        near = (*figures[max(0, at - 1) : at], *figures[at + 1 : at + 2], *cuts)
        left = max([line.start, *(t.end for t in near if t.end <= token.start)])
        right = min([len(line.text), *(t.start for t in near if t.start >= token.end)])
        gap = line.text[left : token.start]
        before = _before(gap, first=left == line.start)
        lead, before = _past_colon(before, words)
        after = _after(line.text[token.end : right], last=right == len(line.text))
        sentence = len(_WHOLE_LINE.findall(line.text[: token.start]))
        depth = max(0, line.text.count("(", 0, token.start) - line.text.count(")", 0, token.start))
        is_target = bool(target.search(_clause_before(line.text, token.start))) or bool(_AIMED.match(after))
        above = heads.of(depth, sentence, gap) | words.concepts(lead)
        if (now := len(_GROUP.findall(line.text, 0, token.start))) != group:
            group, opening = now, words.concepts(before) | words.concepts(lead)
        above |= opening
        if (
            isinstance(token, Quantity)
            and token.is_percent
            and last is not None
            and _is_bare(before, after, words)
        ):
            before, after = last.before, last.after  # "1.811 hồ sơ trực tuyến (99,7%)"
        for quantity in _quantities(token):
            if is_target:
                quantity = replace(quantity, is_target=True)
            fraction = token if isinstance(token, Fraction) else None
            where = scope | _scope(f"{before} {after}")
            found = Statement(
                line, quantity, order, before, after, depth, sentence, context | above, fraction, where
            )
            yield found
            order += 1
        heads.add(found)
        last = found


@lru_cache(maxsize=1)
def _scopes() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon().data['words']['scopes']})(?!\w)")


def _scope(text: str) -> frozenset[str]:
    """The parts of the whole that a text names."""
    return frozenset(" ".join(match[0].casefold().split()) for match in _scopes().finditer(text))


def _opening_scope(line: Line, end: int) -> frozenset[str]:
    """The part of the whole, or the other time, that a line begins with."""
    named = [t for t in line.tokens if isinstance(t, Period) and t.kind != "A" and t.end <= end]
    return _scope(line.text[line.start : end]) | {period_mark(t) for t in named[:1]}


def period_mark(period: Period) -> str:
    """A period as a scope: the month or quarter a line speaks of."""
    return f"@{period.kind}{period.number}"


class _Heads:
    """The figures of a line that later ones stand under: before a bracket, before "trong đó"."""

    def __init__(self, words: Lexicon) -> None:
        self._parts = words.pattern("parts")
        self._last: Statement | None = None
        self._open: list[Statement] = []

    def of(self, depth: int, sentence: int, gap: str) -> frozenset[str]:
        """What the heads over the next figure are about."""
        last = self._last
        while self._open and (
            self._open[-1].depth > depth or (depth == 0 and self._open[-1].sentence != sentence)
        ):
            self._open.pop()
        if last is not None and (
            depth > last.depth or (self._parts.search(gap) and last.sentence == sentence)
        ):
            self._open.append(last)
        elif last is not None and depth < last.depth:
            self._open = [head for head in self._open if head.depth < depth]
        return frozenset().union(*(head.about for head in self._open))

    def add(self, statement: Statement) -> None:
        self._last = statement


def _quantities(token: Token) -> Sequence[Quantity]:
    if isinstance(token, Fraction):
        return (token.part, token.whole)
    return (token,) if isinstance(token, Quantity) else ()


def _clause_before(text: str, end: int) -> str:
    breaks = [m.end() for m in _BREAK.finditer(text, 0, end)]
    clause = text[breaks[-1] if breaks else 0 : end]
    comma = clause.rfind(",")
    return clause[comma + 1 :] if comma >= 0 else clause


def _before(gap: str, *, first: bool) -> str:
    """The words of a gap that belong to the figure after it."""
    gap = _ASIDE.sub(lambda match: match[0].replace("(", " ").replace(")", " "), gap)
    breaks = [m.end() for m in _BREAK.finditer(gap)]
    piece = gap[breaks[-1] if breaks else 0 :]
    if breaks or first:
        return piece
    lead = list(_LEAD.finditer(piece))
    commas = list(_COMMA.finditer(piece))
    if commas:
        return piece[commas[0].end() :] if len(commas) > 1 or not lead else piece[commas[-1].end() :]
    return piece if lead and lead[-1].start() > 0 else ""


def _is_bare(before: str, after: str, words: Lexicon) -> bool:
    """Whether a percentage has no words of its own."""
    return not words.concepts(f"{before} . {after}") - {"rate", "planned"}


def _past_colon(before: str, words: Lexicon) -> tuple[str, str]:
    """What introduces a figure's words ("Công tác tiếp nhận: đã xử lý") apart from the words themselves."""
    lead, colon, rest = before.rstrip(" :").rpartition(":")
    return (lead, rest) if colon and words.concepts(rest) else ("", before)


def _after(gap: str, *, last: bool) -> str:
    """The words of a gap that belong to the figure before it."""
    match = _BREAK.search(gap)
    piece = gap[: match.start()] if match else gap
    commas = _COMMA.search(piece)
    if commas:
        return piece[: commas.start()]
    if match or last:
        return piece
    lead = _LEAD.search(piece)
    return piece[: lead.start()] if lead else piece
