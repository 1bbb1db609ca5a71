"""Sheet names, texts made safe, names listed, dates and page lines of the city summary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import Indicator, ReportingUnit, Verdict
from cchc_xl.model.planned import Page
from cchc_xl.model.terms import UnitState
from cchc_xl.texts import sheets, text

DISTRIBUTION, TOTALS, BY_UNIT, COVERAGE = (
    sheets.DISTRIBUTION,
    sheets.TOTALS,
    sheets.BY_UNIT,
    sheets.COVERAGE,
)
FINDINGS, COMPARISON, CHARTS = sheets.FINDINGS, sheets.COMPARISON, sheets.CHARTS
SOURCES, RULES, META = sheets.SOURCES, sheets.RULES, "_meta"

COUNTED, HELD, MISSING = text("form_counted"), text("form_held"), text("form_missing")
STATUS_WORDS = {Verdict.ACCEPTED: COUNTED, Verdict.HELD: HELD}
STATE_WORDS = {unit_state: text(f"unit_state_{unit_state.value}") for unit_state in UnitState}
VERDICT_WORDS = {
    Verdict.ACCEPTED: text("file_accepted"),
    Verdict.HELD: text("file_held"),
    Verdict.REJECTED: text("file_rejected"),
    Verdict.SKIPPED: text("file_skipped"),
}

LONGEST_TEXT = 600
_NAMES_SHOWN = 8
_SHORT_LABEL = 72
_VIETNAM = timezone(timedelta(hours=7))
_BRACKETS = re.compile(r"\s*\([^)]*\)")


def plain(found: str, limit: int = LONGEST_TEXT) -> str:
    """A text that came from a file, as one bounded line without control or invisible characters."""
    bounded = found[: 4 * limit]
    spaced = bounded if bounded.isprintable() else "".join(map(_visible, bounded))
    line = " ".join(spaced.split())
    return f"{line[: limit - 1]}…" if len(line) > limit else line


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category in ("Cf", "Cs", "Co", "Cn") else " " if category == "Cc" else character


def names(units: Sequence[ReportingUnit], shown: int = _NAMES_SHOWN) -> str:
    """Units by name as one phrase, the rest as a number: "xã A, phường B và 5 đơn vị khác"."""
    return listed([unit.running_name for unit in units], shown)


def listed(entries: Sequence[str], shown: int = _NAMES_SHOWN) -> str:
    """Entries as one phrase, those beyond `shown` as a number."""
    told = ", ".join(entries[:shown])
    rest = len(entries) - shown
    return text("summary_and_others", names=told, rest=rest) if rest > 0 else told


def short_label(indicator: Indicator) -> str:
    """A label that fits a column heading: no brackets, cut at a word."""
    label = _BRACKETS.sub("", indicator.label).strip(" .") or indicator.label
    if len(label) <= _SHORT_LABEL:
        return label
    return label[: _SHORT_LABEL - 1].rsplit(" ", 1)[0] + "…"


def row_name(indicator: Indicator) -> str:
    """Row number and short label: "2.1.1. Tổng số hồ sơ TTHC đã giải quyết xong"."""
    return f"{indicator.number} {short_label(indicator)}".strip()


def day(value: date | None) -> str:
    """dd/mm/yyyy, or "" when unknown."""
    return value.strftime("%d/%m/%Y") if value else ""


def moment(stored: str) -> str:
    """A stored ISO 8601 time as dd/mm/yyyy hh:mm in Vietnam; any other text as it is."""
    try:
        time = datetime.fromisoformat(stored)
    except ValueError:
        return plain(stored, 30)
    return (time.astimezone(_VIETNAM) if time.tzinfo else time).strftime("%d/%m/%Y %H:%M")


def state(consolidation: Consolidation) -> str:
    """ "Đang tổng hợp (n/114 đơn vị đã nhận đủ)" and what follows it; made-up figures are named as such."""
    complete = len(consolidation.in_state(UnitState.COMPLETE))
    code = f"summary_{consolidation.state.value}"
    if closing := consolidation.closing:
        said = text(code, day=day(closing.closed), units=closing.complete, expected=closing.expected)
    else:
        said = text(code, units=complete, expected=len(consolidation.units))
    made_up = sum(u.submission is not None and u.submission.illustrative for u in consolidation.units)
    return text("summary_illustrative", state=said, units=made_up) if made_up else said


def closed_with(consolidation: Consolidation) -> str:
    """What a closed period was closed without, and why; "" while it is open or where nothing was missing."""
    closing = consolidation.closing
    if closing is None:
        return ""
    told = (
        text("summary_closed_without", units=listed(closing.without)) if closing.without else "",
        text("summary_closed_blanks", units=listed(closing.blanks)) if closing.blanks else "",
        text("summary_closed_reason", reason=plain(closing.accepted, 200)) if closing.accepted else "",
        text("summary_closed_by", who=plain(closing.who, 60)),
    )
    return " ".join(filter(None, told))


def states_counted(consolidation: Consolidation) -> str:
    """How many units are in each state that occurs: "109 đã nhận đủ; 3 chờ chỉnh sửa; 2 chưa gửi"."""
    counts = ((len(consolidation.in_state(one)), words) for one, words in STATE_WORDS.items())
    return "; ".join(f"{count} {words[0].lower()}{words[1:]}" for count, words in counts if count)


def page(
    consolidation: Consolidation,
    *,
    area: str | None = None,
    landscape: bool = True,
    paper: int = 9,
    repeat_rows: tuple[int, int] | None = None,
    breaks: tuple[int, ...] = (),
) -> Page:
    """The page of a sheet: period and state on every sheet of paper, page n of N."""
    font = '&"Times New Roman,Regular"&9 '
    line = _header_text(f"{consolidation.period.label} – {state(consolidation)}")
    title = _header_text(consolidation.regime.title)
    return Page(
        area=area,
        landscape=landscape,
        paper=paper,
        margins=(20, 15, 16, 15) if not landscape else (12, 12, 18, 16),
        repeat_rows=repeat_rows,
        header=f"&L{font}{title}&R{font}{line}",
        footer=f"&L{font}{line}&R{font}{text('summary_page')}",
        breaks=breaks,
    )


def _header_text(words: str) -> str:
    return words.replace("&", "&&")
