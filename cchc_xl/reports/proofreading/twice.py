"""One thing told twice: with two values, in period and cumulative the wrong way round, in two sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.figures.numbers import round_half_up
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import lexicon
from cchc_xl.reports.proofreading.outline import Zone
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.tokens import MONEY, Day, Period

WINDOWS = frozenset({"cumulative", "in_period"})
EMPTY = frozenset({"in_period", "finished", "received", "rate", "trả"})
# Words that make the same label mean another thing where one text has them and the other has not.
_DIVIDING, _SUBJECTS = (frozenset(lexicon().words(name)) for name in ("dividing", "subjects"))
LEAST = 2  # concepts a label needs to be a name
_SECTION_NUMBER = 1


def find(report: Report) -> Iterator[Found]:
    """Every pair of statements that cannot both be true of one thing; each statement told once."""
    told: set[int] = set()
    for group in _groups(report):
        for at, later in enumerate(group):
            found = next((f for earlier in group[:at] if (f := _compared(earlier, later))), None)
            if found is not None and id(later.quantity) not in told:
                told.add(id(later.quantity))
                yield found


def _groups(report: Report) -> Iterator[list[Statement]]:
    """Statements of one name, in order; and amounts of the same digits, whose units may differ."""
    groups: dict[object, list[Statement]] = {}
    for statement in report.results:
        label = _label(statement)
        if label:
            name = (label, report.scope_of(statement), _digits(statement))
            groups.setdefault(name, []).append(statement)
            if statement.quantity.unit in MONEY:
                groups.setdefault(statement.quantity.written, []).append(statement)
    yield from groups.values()


def _digits(statement: Statement) -> frozenset[str]:
    """Numbers among a label's words: mức độ 3 is not mức độ 4."""
    return frozenset(re.findall(r"(?<!\d)\d{1,2}(?![\d/.,])", f"{statement.before} {statement.after}"))


def _label(statement: Statement) -> frozenset[str]:
    """The name of what is counted; empty where the words are too few to be one."""
    about = statement.about - WINDOWS
    if statement.part_of is not None or names_a_time(statement):
        return frozenset()
    core = _core(about)
    if len(core) < (1 if statement.quantity.unit in MONEY else LEAST) or not core & _SUBJECTS:
        return frozenset()
    return core


def _core(about: frozenset[str]) -> frozenset[str]:
    if about & {"early", "ontime", "late", "intime", "refused", "withdrawn"}:
        about = about - {"finished"}
    return (
        about - {"received", "rate", "in_period", "trả", "procedure"}
        if "dossier" in about
        else about - {"in_period"}
    )


def names_a_time(statement: Statement) -> bool:
    """Whether the figure's own words name a day or period: another time's figure is another figure."""
    start = statement.quantity.start - len(statement.before)
    end = statement.quantity.unit_end + len(statement.after)
    return any(
        isinstance(t, (Period, Day))
        and start <= t.start <= end
        and not (isinstance(t, Period) and t.kind == "A")
        for t in statement.line.tokens
    )


def _compared(earlier: Statement, later: Statement) -> Found | None:
    one, two = earlier.quantity, later.quantity
    if _same_digits(earlier, later):
        return differ(earlier, later)
    if one.is_percent != two.is_percent or _label(earlier) != _label(later) or one is two:
        return None
    if one.unit and two.unit and one.unit != two.unit and not {one.unit, two.unit} <= MONEY:
        return None
    if (earlier.context ^ later.context) & _DIVIDING - _label(earlier) and not _is_review(earlier, later):
        return None
    if _foreign_context(earlier, later) or (earlier.depth != later.depth and earlier.line is later.line):
        return None
    windows = tuple(s.everything & WINDOWS for s in (earlier, later))
    if "cumulative" in windows[0] ^ windows[1]:
        return _cumulative(earlier, later)
    return None if _agree(earlier, later) else differ(earlier, later)


def _same_digits(earlier: Statement, later: Statement) -> bool:
    """The same digits with another unit of money, about the same thing: one of the units is a slip."""
    one, two = earlier.quantity, later.quantity
    both = {one.unit, two.unit}
    shared = _label(earlier) & _label(later)
    return both <= MONEY and len(both) == 2 and one.written == two.written != 0 and len(shared) >= LEAST


def _is_review(*statements: Statement) -> bool:
    return any(s.line.zone is Zone.REVIEW for s in statements)


def _foreign_context(one: Statement, other: Statement) -> bool:
    """List parents with words of their own: the same label under two of them is two things."""
    mine, theirs = one.context, other.context
    unknown = {w for w in mine ^ theirs if w not in lexicon().concept_names and w not in EMPTY}
    return bool(unknown) and not _is_review(one, other) and one.line.section == other.line.section


def _agree(earlier: Statement, later: Statement) -> bool:
    one, two = earlier.quantity, later.quantity
    if one.value == two.value:
        return True
    if one.is_percent or (one.unit in MONEY and one.unit != two.unit):
        digits = min(one.decimals, two.decimals)
        if one.is_percent:
            return round_half_up(one.value, digits) == round_half_up(two.value, digits)
        return abs(one.value - two.value) <= max(one.value, two.value) / 50
    return False


def differ(earlier: Statement, later: Statement) -> Found:
    """The finding that one thing has two values."""
    one, two = earlier.quantity, later.quantity
    words = {
        "first": earlier.value_text,
        "second": later.value_text,
        "label": _shown(earlier),
        "where": where(earlier),
    }
    place = (later.line, two.start, two.unit_end)
    if (
        one.unit in MONEY
        and one.value
        and two.value
        and max(one.value, two.value) / min(one.value, two.value) in (1000, 1000000)
    ):
        return Found("unit", Severity.WARNING, *place, "thousandfold", words, earlier.value_text)
    across = _numbered(earlier) and _numbered(later) and _numbered(earlier) != _numbered(later)
    rule, code = ("cross-form", "told_elsewhere") if across else ("label-twice", "label_twice")
    return Found(rule, Severity.WARNING, *place, code, words, earlier.value_text)


def _numbered(statement: Statement) -> str:
    """The field's section ("5. Cải cách tài chính công") within the results; "" in a review."""
    if statement.line.zone is Zone.REVIEW:
        return ""
    return (
        statement.line.section[_SECTION_NUMBER]
        if len(statement.line.section) > _SECTION_NUMBER
        else (statement.line.section[0] if statement.line.section else "")
    )


def _cumulative(earlier: Statement, later: Statement) -> Found | None:
    summed, single = (earlier, later) if "cumulative" in earlier.everything else (later, earlier)
    if summed.quantity.is_percent or summed.quantity.value >= single.quantity.value:
        return None
    words = {"summed": summed.value_text, "single": single.value_text, "label": _shown(single)}
    q = summed.quantity
    return Found(
        "scope",
        Severity.WARNING,
        summed.line,
        q.start,
        q.unit_end,
        "cumulative_below",
        words,
        f"≥ {single.value_text}",
    )


def _shown(statement: Statement) -> str:
    words = f"{statement.before} {statement.after}" if statement.before.strip(" :-") else statement.after
    return " ".join(words.replace(":", " ").split())[:80]


def where(statement: Statement) -> str:
    """The line or paragraph of a figure, for messages."""
    number = statement.line.paragraph.number
    return str(number) if number is not None else ""
