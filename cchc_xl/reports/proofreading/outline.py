"""Lines of a report in their places: section, list level, the line above, what part of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from cchc_xl.model.documents import Document, Paragraph, Story
from cchc_xl.reports.proofreading.lexicon import CAPITALS, Lexicon
from cchc_xl.reports.proofreading.tokens import Token, tokens_of

_MARKUP = re.compile(r"[#*_`]|</?[a-z]{1,6}>")
_ROMAN = re.compile(r"\s*(?:phần\s+(?:thứ\s+)?)?(?P<mark>[IVX]{1,5})\s*[./)-]\s*(?=\S)", re.I)
_CAPITAL = re.compile(r"\s*(?P<mark>[A-HĐ])\s*[./)]\s+(?=\S)")
_NUMERIC = re.compile(
    r"\s*(?P<mark>\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.)]\s*(?=[^\W\d_\"“(])|[.)]\s+(?=\S)"
    rf"|\s+(?=[{CAPITALS}]))"
)
_LETTER = re.compile(r"\s*(?P<mark>[a-zđ])\s*[.)]\s*(?=\S)")
_BULLET = re.compile(r"\s*(?P<mark>[-–—+•·●○◦▪■✓➢❖*>→]|o(?=\s))\s*")
_ROMAN_VALUE = re.compile(r"(?=[IVX])(X{0,2}(?:IX|IV|V?I{0,3}))$")
_INTRO_DEPTH, _FIRST_BULLET = 5.5, 6.0
_LONGEST_HEADING = 160


class Zone(StrEnum):
    """What part of the report a line belongs to."""

    HEAD = "head"  # letterhead, title, basis
    RESULTS = "results"
    REVIEW = "review"  # đánh giá chung: results said again
    PLAN = "plan"  # what is to be done: no figure of it is a result
    REQUEST = "request"
    END = "end"  # Nơi nhận, signatures
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `start`: where its words begin, after the list mark; `parent`: index of the line above it."""

    index: int
    paragraph: Paragraph
    text: str  # as long as the paragraph's, markup blanked
    start: int
    mark: str
    depth: float
    parent: int | None
    zone: Zone
    section: tuple[str, ...]  # headings above, outermost first
    tokens: tuple[Token, ...]
    is_heading: bool

    @property
    def words(self) -> str:
        return self.text[self.start :]


@dataclass(frozen=True)
class Outline:
    """The prose of a document, table cells apart."""

    lines: tuple[Line, ...]

    def children(self, line: Line) -> list[Line]:
        """The lines right under it."""
        return self._children.get(line.index, [])

    @cached_property
    def _children(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.parent is not None:
                found.setdefault(line.parent, []).append(line)
        return found

    def parents(self, line: Line) -> Iterator[Line]:
        """The lines above it that are no headings, nearest first."""
        at = line.parent
        while at is not None:
            above = self.lines[at]
            if not above.is_heading:
                yield above
            at = above.parent


def outline_of(document: Document, lexicon: Lexicon) -> Outline:
    """Lines with anything on them, outside tables and margins."""
    builder = _Builder(lexicon)
    for paragraph in document.paragraphs:
        if paragraph.story in (Story.TABLE, Story.HEADER, Story.FOOTER) or not paragraph.text.strip():
            continue
        for piece in _pieces(paragraph):
            builder.add(piece)
    return Outline(tuple(builder.lines))


def _pieces(paragraph: Paragraph) -> Sequence[Paragraph]:
    """A paragraph's lines: forced line breaks make lines of their own."""
    if "\n" not in paragraph.text:
        return (paragraph,)
    pieces = [piece for piece in paragraph.text.split("\n") if piece.strip()]
    return [
        replace(paragraph, text=piece, label=paragraph.label if n == 0 else "", bookmarks=())
        for n, piece in enumerate(pieces)
    ]


def cleaned(text: str) -> str:
    """Text without markup, at the same length so that places hold."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text).replace("\u00a0", " ").replace("\t", " ")


class _Builder:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.lines: list[Line] = []
        self._zone = Zone.HEAD
        self._above: list[Line] = []  # the chain of lines the next one may hang under
        self._bullets: list[str] = []  # bullet marks in their order of appearance under the last heading

    def add(self, paragraph: Paragraph) -> None:
        bullet_first = paragraph.text.lstrip()[:1] in "*" and paragraph.text.lstrip()[1:2] in " \t"
        text = cleaned(paragraph.text)
        if bullet_first:
            at = paragraph.text.index("*")
            text = text[:at] + "*" + text[at + 1 :]
        mark, start, depth = self._marked(paragraph, text)
        words = text[start:].strip()
        is_heading = self._is_heading(paragraph, mark, depth, words)
        if depth <= 5 or paragraph.heading:
            self._bullets.clear()
        self._zone = self._next_zone(depth, words, is_heading)
        while self._above and self._above[-1].depth >= depth:
            self._above.pop()
        parent = self._above[-1].index if self._above else None
        section = tuple(line.words.strip() for line in self._above if line.is_heading)
        if is_heading:
            section += (words,)
        line = Line(
            len(self.lines), paragraph, text, start, mark, depth, parent, self._zone, section,
            tuple(t for t in tokens_of(text) if t.end > start), is_heading,
        )  # fmt: skip
        self.lines.append(line)
        self._above.append(line)

    def _marked(self, paragraph: Paragraph, text: str) -> tuple[str, int, float]:
        """List mark, where the words begin, and depth: smaller is further out."""
        source = f"{paragraph.label} " if paragraph.label else text
        if (match := _ROMAN.match(source)) and _ROMAN_VALUE.match(match["mark"].upper()):
            return self._at(match, paragraph, 1.0)
        if match := _CAPITAL.match(source):
            return self._at(match, paragraph, 0.5)
        if match := _NUMERIC.match(source if not paragraph.label else f"{source}X"):
            return self._at(match, paragraph, 2.0 + match["mark"].count(".") * 0.5)
        if match := _LETTER.match(source if not paragraph.label else f"{source}X"):
            return self._at(match, paragraph, 5.0)
        if match := _BULLET.match(source):
            mark, end = match["mark"], match.end()
            while not paragraph.label and (more := _BULLET.match(text, end)):
                mark, end = more["mark"], more.end()
            key = f"{mark}{paragraph.level}" if paragraph.label else mark
            if key not in self._bullets:
                self._bullets.append(key)
            return mark, 0 if paragraph.label else end, _FIRST_BULLET + self._bullets.index(key)
        return "", len(text) - len(text.lstrip()), self._unmarked_depth()

    def _at(self, match: re.Match[str], paragraph: Paragraph, depth: float) -> tuple[str, int, float]:
        return match["mark"], 0 if paragraph.label else match.end(), depth

    def _unmarked_depth(self) -> float:
        """Under a bullet that ends with a colon, and beside lines that stand there already."""
        if self.lines:
            last = self.lines[-1]
            if last.mark and last.depth >= 5 and last.words.rstrip().endswith(":"):
                return last.depth + 0.5
            if not last.mark and last.depth > _FIRST_BULLET:
                return last.depth
        return _INTRO_DEPTH

    def _is_heading(self, paragraph: Paragraph, mark: str, depth: float, words: str) -> bool:
        if paragraph.heading:
            return True
        if not mark or depth >= 5:
            return False
        ends = words.rstrip(" .:;")
        return depth <= 1 or (len(ends) <= _LONGEST_HEADING and not _holds_figure(words))

    def _next_zone(self, depth: float, words: str, is_heading: bool) -> Zone:
        zones = self._lexicon.data["zones"]
        folded = " ".join(words.casefold().split())
        if self._zone is Zone.APPENDIX:
            return Zone.APPENDIX
        if folded.startswith(tuple(zones["appendix"])) and len(folded) < 60 and self._zone is not Zone.HEAD:
            return Zone.APPENDIX
        if folded.startswith(tuple(zones["end"])):
            return Zone.END
        if folded.startswith(tuple(zones["closing"])):
            return Zone.RESULTS
        if not is_heading and not (len(words) < 100 and words.isupper()):
            return self._zone
        names = ("review", "results", "plan", "request")
        for name in names:
            if folded.startswith(tuple(zones[name])):
                return Zone(name)
        for name in ("plan", "request", "review"):
            if any(word in folded[:40] for word in zones[name]):
                return Zone(name)
        return Zone.RESULTS if depth <= 1 else self._zone


def _holds_figure(words: str) -> bool:
    return re.search(r"\d\s*%|:\s*\d|\d\s+[^\W\d_]", words) is not None and "năm" not in words.casefold()
