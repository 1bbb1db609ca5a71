"""Shares: a of b is p percent. Found where all three stand together, or where a list makes b plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.numbers import Claim, format_vi, judge_percentage, round_half_up
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import alternatives
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.repair import is_slip, slips_of_share
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.tokens import MONEY, Fraction, Quantity

_STOP = re.compile(r"[;]|[.!?](?=\s)")
_ONLY_LINK = re.compile(r"^\s*[;.]\s*(?=(?:đạt|bằng|chiếm|tương ứng|tỷ lệ|tỉ lệ)(?!\w))", re.I)
_IN_BRACKETS = re.compile(r"[^.;()]{0,60}\(\s*[^()\d]*")
_LONGEST_GAP = 110
_WHOLES = frozenset({"total", "planned", "assigned", "received"})
_DONE = frozenset(
    {"submitted", "finished", "completed", "present", "online", "remedied", "digitised", "ontime"}
)
_BEFORE = 4  # lines of a list looked back at for the whole


@dataclass(frozen=True, slots=True)
class Share:
    """a of b is p. `is_joined`: all in one sentence, so that arithmetic alone can prove it wrong."""

    line: Line
    part: Quantity
    whole: Quantity
    percent: Quantity
    is_joined: bool


@lru_cache(maxsize=2)
def shares_of(report: Report) -> tuple[Share, ...]:
    """Every share the text states, each percentage once."""
    return tuple(_shares(report))


def _shares(report: Report) -> Iterator[Share]:
    for line in report.outline.lines:
        if line.zone in (Zone.PLAN, Zone.END, Zone.APPENDIX, Zone.REQUEST):
            continue
        claimed: set[int] = set()
        for share in (*_of_fractions(report, line), *_of_two_numbers(report, line)):
            if share.percent.start not in claimed:
                claimed.add(share.percent.start)
                yield share
        for share in _of_lists(report, line, claimed):
            claimed.add(share.percent.start)
            yield share


def find(report: Report) -> Iterator[Found]:
    """Percentages that are cut instead of rounded, or wrong."""
    for share in shares_of(report):
        found = judged(share)
        if found is not None:
            yield found


def judged(share: Share) -> Found | None:
    """What is wrong with a share; None when it is right or nothing can be said."""
    part, whole, percent = share.part, share.whole, share.percent
    if whole.value <= 0 or (not percent.is_firm and not percent.is_target):
        return None
    exact = part.value / whole.value
    claim = judge_percentage(percent.value, exact, percent.decimals)
    shown = f"{format_vi(exact * 100, max(percent.decimals, 2) if percent.decimals else 2)} %"
    place = (share.line, min(part.start, percent.start), max(whole.unit_end, percent.end))
    words = {"part": part.text, "whole": whole.text, "percent": percent.text.strip(), "exact": shown}
    if claim is Claim.RIGHT:
        if percent.value == 100 and part.value < whole.value:
            return Found("pct-rounding", Severity.NOTICE, *place, "hundred_of_less", words, shown)
        return None
    right = f"{format_vi(exact * 100, percent.decimals)}%"
    if claim is Claim.TRUNCATED and percent.decimals and percent.value != exact * 100:
        return Found("pct-rounding", Severity.NOTICE, *place, "cut", {**words, "right": right}, right)
    if _is_other_unit(share):
        return Found("unit", Severity.WARNING, *place, "share_other_unit", words, None)
    if percent.value != 100 and abs(percent.value - exact * 100) < Decimal(1).scaleb(-percent.decimals):
        return Found(
            "pct-rounding", Severity.NOTICE, *place, "rounded_astray", {**words, "right": right}, right
        )
    severity = Severity.ERROR if share.is_joined and part.value <= whole.value else Severity.WARNING
    slips = slips_of_share(part, whole, percent)
    return Found("pct-wrong", severity, *place, "share_wrong", {**words, "right": right}, right, slips=slips)


def _is_other_unit(share: Share) -> bool:
    """Money in two units whose bare numbers give the percentage: one of the units is a slip."""
    part, whole, percent = share.part, share.whole, share.percent
    if not (part.unit in MONEY and whole.unit in MONEY and part.unit != whole.unit and whole.written):
        return False
    return judge_percentage(percent.value, part.written / whole.written, percent.decimals) is not Claim.WRONG


# --- a/b … p % ------------------------------------------------------------------------------------------


def _of_fractions(report: Report, line: Line) -> Iterator[Share]:
    figures = [t for t in line.tokens if isinstance(t, (Quantity, Fraction))]
    for at, token in enumerate(figures):
        if not isinstance(token, Fraction) or token.is_rank:
            continue
        after = _percent(figures[at + 1]) if at + 1 < len(figures) else None
        before = _percent(figures[at - 1]) if at else None
        if after is not None and _leads(report, line, token.end, after.start):
            yield Share(line, token.part, token.whole, after, is_joined=True)
        elif before is not None and _IN_BRACKETS.fullmatch(line.text, before.end, token.start):
            yield Share(line, token.part, token.whole, before, is_joined=True)


def _percent(token: object) -> Quantity | None:
    return token if isinstance(token, Quantity) and token.is_percent and not token.is_about else None


def _leads(report: Report, line: Line, end: int, start: int) -> bool:
    """Whether the words between a share's parts and a percentage tie them together."""
    gap = _ONLY_LINK.sub("", line.text[end:start])
    if len(gap) > _LONGEST_GAP or _STOP.search(gap) or _elsewhere(report, line, start, gap):
        return False
    return (
        bool(_links(report).search(gap))
        or gap.rstrip().endswith(("(", ",", "–", "-", "="))
        or not gap.strip()
    )


def _links(report: Report) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{alternatives(w for w in report.lexicon.words('share_links') if w != '=')})(?!\w)|=",
        re.I,
    )


def _elsewhere(report: Report, line: Line, start: int, gap: str) -> bool:
    """Whether the percentage measures against something else: a plan, last year."""
    compared = report.lexicon.pattern("compared")
    after = re.match(r"[\d.,\s%]*(?:phần trăm)?[^,;.()]{0,40}", line.text[start:])
    if after and re.search(r"so với tổng|trên tổng", after[0], re.I):
        return False
    return bool(compared.search(gap)) or bool(after and compared.search(after[0]))


# --- a of b, p % ----------------------------------------------------------------------------------------


def _of_two_numbers(report: Report, line: Line) -> Iterator[Share]:
    """ "27 trên tổng số 36 nhiệm vụ, bằng 75 %"."""
    figures = [t for t in line.tokens if isinstance(t, (Quantity, Fraction))]
    out_of = report.lexicon.pattern("out_of")
    for one, two, third in zip(figures, figures[1:], figures[2:], strict=False):
        percent = _percent(third)
        if percent is None or not (isinstance(one, Quantity) and isinstance(two, Quantity)):
            continue
        gap = line.text[one.end : two.start]
        if out_of.search(gap) and not _STOP.search(gap) and _leads(report, line, two.end, percent.start):
            yield Share(line, one, two, percent, is_joined=True)


# --- a (p %), b before it in the sentence or the list ------------------------------------------------------


def _of_lists(report: Report, line: Line, claimed: set[int]) -> Iterator[Share]:
    own = report.in_line(line)
    for at, statement in enumerate(own):
        percent = statement.quantity
        if not percent.is_percent or percent.start in claimed or percent.is_about or at == 0:
            continue
        part = own[at - 1]
        if part.quantity.is_percent or part.part_of is not None or not part.quantity.is_firm:
            continue
        if not _leads(report, line, part.quantity.unit_end, percent.start):
            continue
        whole = _whole(report, part, own[: at - 1], percent)
        if whole is not None:
            found, joined = whole
            yield Share(line, part.quantity, found, percent, joined)


def _whole(
    report: Report, part: Statement, earlier: list[Statement], percent: Quantity
) -> tuple[Quantity, bool] | None:
    """The whole a part belongs to: the candidate that proves the percentage, else the only sure one."""
    near = [s for s in earlier if _comparable(s.quantity, part.quantity)]
    above = [s for s in _lines_above(report, part.line) if _comparable(s.quantity, part.quantity)]
    candidates = [s.quantity for s in (*reversed(near), *above) if s.quantity.value > 0]
    for whole in candidates:
        if (
            judge_percentage(percent.value, part.quantity.value / whole.value, percent.decimals)
            is Claim.RIGHT
        ):
            return whole, False
    sure = _sure_within(report, part, near, percent)
    if sure is not None:
        return sure, True
    slipped = [
        q for q in candidates if q.value >= part.quantity.value and _is_slip_of(percent, part.quantity, q)
    ]
    if len(slipped) == 1:
        return slipped[0], False
    over = _over(report, part)
    if over is not None and not near:
        return over, False
    totals = [s for s in above if s.about & {"total", "planned", "assigned"} and _may_hold(s, part)]
    if not near and len({s.quantity.value for s in totals}) == 1:
        return totals[0].quantity, False
    return None


def _is_slip_of(percent: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether one slip of the hand turns the true percentage into the one written."""
    right = round_half_up(part.value / whole.value * 100, percent.decimals)
    if percent.decimals > 0 and is_slip(percent.value, right, percent.decimals):
        return True
    return percent.decimals > 1 and len(slips_of_share(part, whole, percent)) == 1


def _over(report: Report, part: Statement) -> Quantity | None:
    """The one figure of the line that a bullet hangs under, where it is larger."""
    above = next(report.outline.parents(part.line), None)
    if above is None or not part.line.mark or part.order:
        return None
    figures = [s.quantity for s in report.in_line(above) if not s.quantity.is_percent]
    fits = (
        len(figures) == 1
        and _comparable(figures[0], part.quantity)
        and figures[0].value >= part.quantity.value
    )
    return figures[0] if fits else None


def _sure_within(
    report: Report, part: Statement, near: list[Statement], percent: Quantity
) -> Quantity | None:
    """The whole named in the same sentence, with "trong đó" between or as its only other figure."""
    same = [s for s in near if s.sentence == part.sentence]
    if not same:
        return None
    whole = same[0]
    gap = part.line.text[whole.quantity.end : part.quantity.start]
    if report.lexicon.pattern("parts").search(gap) and not _STOP.search(gap) and part.quantity.unit:
        return whole.quantity
    if len(same) == 1 and whole.about & _WHOLES and _may_hold(whole, part):
        return whole.quantity
    if (
        len(same) == 1
        and percent.value == 100
        and part.about & _DONE
        and whole.quantity.unit == part.quantity.unit
    ):
        return whole.quantity
    outer = [s for s in same if s.depth < part.depth]
    if (
        outer
        and outer[-1].quantity.value >= part.quantity.value
        and outer[-1].quantity.unit == part.quantity.unit
    ):
        return outer[-1].quantity
    return None


def _lines_above(report: Report, line: Line) -> Iterator[Statement]:
    """Figures of the lines right before in the same list, and of the line it hangs under; nearest first."""
    lines = report.outline.lines
    siblings = [
        other for other in lines[max(0, line.index - _BEFORE) : line.index] if other.parent == line.parent
    ]
    for other in reversed(siblings):
        yield from report.in_line(other)
    for above in report.outline.parents(line):
        yield from report.in_line(above)
        break


def _comparable(one: Quantity, other: Quantity) -> bool:
    if one.is_percent or other.is_percent or not one.is_firm:
        return False
    return (
        one.unit == other.unit
        or (one.unit in MONEY and other.unit in MONEY)
        or not one.unit
        or not other.unit
    )


def _may_hold(whole: Statement, part: Statement) -> bool:
    """Whether one figure may be what the other is a part of: about the same, as large, in its unit."""
    one, other = whole.quantity, part.quantity
    is_money = {one.unit, other.unit} <= MONEY
    large_enough = one.value >= other.value or (is_money and one.written >= other.written)
    if not large_enough or not _same_subject(whole, part):
        return False
    return one.unit == other.unit or is_money or not other.unit


def _same_subject(one: Statement, other: Statement) -> bool:
    subjects = {"dossier", "task", "feedback", "procedure", "capital", "document", "staff", "public_staff"}
    mine, theirs = one.everything & subjects, other.everything & subjects
    return not mine or not theirs or bool(mine & theirs)
