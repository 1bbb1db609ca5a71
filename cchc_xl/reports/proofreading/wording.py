"""Findings in words: message, what to do, quote in its sentence, where."""

from __future__ import annotations

import re

from cchc_xl import texts
from cchc_xl.model.documents import Story
from cchc_xl.model.proofs import ProofFinding
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.forms import FormFound
from cchc_xl.reports.proofreading.report import Found
from cchc_xl.reports.proofreading.through_time import Contradiction, words_of

_SENTENCE = re.compile(r"[.;!?]\s")
_LONGEST_QUOTE, _AROUND = 160, 90


def told(found: Found, *, is_word: bool) -> ProofFinding:
    """A finding of a judge as users see it."""
    paragraph = found.line.paragraph
    return ProofFinding(
        rule=found.rule,
        severity=found.severity,
        quote=_short(found.line.text[found.start : found.end]),
        paragraph=paragraph.number,
        message=texts.text(f"proof_{found.code}", **found.words),
        fix=_fix(found.code, found.repair),
        expected=found.expected,
        context=_context(found.line.text, found.start, found.end),
        place=place_of(paragraph.number, paragraph.story, is_word=is_word),
        indicator=found.known.indicator if found.known else None,
        sheet=found.known.sheet if found.known and found.known.source else None,
        cell=found.known.cell if found.known and found.known.source else None,
    )


def told_of_form(found: FormFound, *, is_word: bool) -> ProofFinding:
    """A finding in the report's own table."""
    at = found.at
    where = texts.text("proof_place_cell", table=at.sheet, cell=at.cell)
    line = texts.text("proof_place_line", number=at.number) if at.number is not None and not is_word else ""
    label = " ".join(f"{at.indicator.number} {at.indicator.label}".split())
    return ProofFinding(
        rule=found.rule,
        severity=found.severity,
        quote=at.written.strip(),
        paragraph=None if is_word else at.number,
        message=texts.text(f"proof_{found.code}", **found.words),
        fix=_fix(found.code, None),
        expected=found.expected,
        context=f"{label[:_LONGEST_QUOTE]}: {at.written.strip()}",
        place=", ".join(piece for piece in (where, line) if piece),
        indicator=at.indicator.code,
    )


def told_of_others(found: Contradiction) -> ProofFinding:
    """A contradiction with another report."""
    severity = Severity.NOTICE if found.rule == "cross-unit" else Severity.WARNING
    return ProofFinding(
        rule=found.rule,
        severity=severity,
        quote=found.fact.written,
        paragraph=found.fact.paragraph,
        message=texts.text(f"proof_{found.code}", **words_of(found)),
        fix=_fix(found.code, None),
        expected=words_of(found)["value"],
        context=found.fact.context,
        place=place_of(found.fact.paragraph, Story.BODY, is_word=False),
    )


def place_of(number: int | None, story: Story, *, is_word: bool) -> str:
    """Where, in words."""
    if number is not None:
        return texts.text("proof_place_paragraph" if is_word else "proof_place_line", number=number)
    return texts.text(f"proof_place_{story.value}")


def _fix(code: str, repair: str | None) -> str:
    if repair is not None:
        return f"{texts.text('proof_repair', repair=repair)} {texts.fix(f'proof_{code}')}"
    return texts.fix(f"proof_{code}")


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[: _LONGEST_QUOTE - 1]}…"


def _context(text: str, start: int, end: int) -> str:
    """The sentence around a quote, cut at blanks where it is long."""
    begins = [m.end() for m in _SENTENCE.finditer(text, 0, start)]
    left = max(begins[-1] if begins else 0, start - _AROUND)
    after = _SENTENCE.search(text, end)
    right = min(after.start() + 1 if after else len(text), end + _AROUND)
    if left and text[left - 1].strip():
        left = text.find(" ", left, start) + 1 or left
    if right < len(text) and text[right : right + 1].strip():
        right = max(text.rfind(" ", end, right), end)
    piece = " ".join(text[left:right].split())
    return f"{'…' if left > 0 and not begins else ''}{piece}{'…' if right < len(text) and not after else ''}"
