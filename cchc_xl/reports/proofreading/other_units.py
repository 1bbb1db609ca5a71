"""Another commune named where the report speaks of itself: a text copied from a neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import alternatives
from cchc_xl.reports.proofreading.outline import Zone
from cchc_xl.reports.proofreading.report import Found, Report, unit_matches, units_named

_LOOK_BACK = 60


def find(report: Report) -> Iterator[Found]:
    """Communes that act, or whose ground is meant, although the report is another's."""
    own = report.unit
    if own is None:
        return
    acts = re.compile(rf"\s+(?:{alternatives(report.lexicon.words('own_acts'))})(?!\w)", re.I)
    visiting = report.lexicon.pattern("visiting")
    for line in report.outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX):
            continue
        for match in unit_matches(line.text):
            name = units_named(match[0])[0]
            if _same(name, own):
                continue
            before = line.text[max(0, match.start() - _LOOK_BACK) : match.start()]
            clause = re.split(r"[,;:.]", before)[-1]
            acting = acts.match(line.text, match.end()) and match[0].casefold().startswith(
                ("ubnd", "ủy ban", "uỷ ban")
            )
            ground = clause.casefold().rstrip().endswith("trên địa bàn")
            if (acting and not visiting.search(clause)) or ground:
                words = {"named": match[0].strip(), "own": own}
                yield Found(
                    "cross-unit", Severity.WARNING, line, match.start(), match.end(), "other_unit", words, own
                )


def _same(name: str, own: str) -> bool:
    """Whether one name is the other, or goes on after it: "xã An Trường" and "xã An Trường Hải Phòng"."""
    return name == own or name.startswith(f"{own} ") or own.startswith(f"{name} ")
