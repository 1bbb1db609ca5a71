"""Places left open: "[điền: …]", dots where a figure should stand, a label whose figure is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import alternatives
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.report import Found, Report

_FILL = re.compile(r"\[\s*(?:điền|nhập|ghi)[^\]]*\]|<\s*(?:điền|nhập)[^>]*>", re.I)
_DOTS = re.compile(r"(?:(?<=[\s:(])|(?<=^))(?:\.{3,}|…[….]*|_{3,})(?=[\s/%.,;)]|$)")
_DATE_WORDS = re.compile(r"(?:số|ngày|tháng|năm|số:|quý)\s*:?\s*$", re.I)
_FORM_WORDS = re.compile(r"ngày[\s.…_/]*tháng|số\s*:?[\s.…_]*/", re.I)


def find(report: Report) -> Iterator[Found]:
    """Every place left open in the text itself; number, date and signature may stay open until signing."""
    units = alternatives(w for words in report.lexicon.data["units"].values() for w in words if len(w) > 2)
    bare = re.compile(rf"(?<=[^\W\d_]):\s+(?P<unit>{units})\s*[.;,]?\s*$", re.I)
    for line in report.outline.lines:
        if line.zone is Zone.END:
            continue
        for match in _FILL.finditer(line.text):
            yield _found(line, match, "fill_in")
        for match in _DOTS.finditer(line.text):
            if not _may_stay_open(line, match):
                yield _found(line, match, "dots")
        if (nothing := bare.search(line.text)) and line.mark:
            yield _found(line, nothing, "no_figure")


def _may_stay_open(line: Line, match: re.Match[str]) -> bool:
    before, after = line.text[: match.start()], line.text[match.end() :].strip()
    if _DATE_WORDS.search(before) or (line.zone is Zone.HEAD and _FORM_WORDS.search(line.text)):
        return True
    return not after.strip(" .;,)") and not before.rstrip().endswith(":")


def _found(line: Line, match: re.Match[str], code: str) -> Found:
    return Found(
        "missing", Severity.NOTICE, line, match.start(), match.end(), code, {"quote": match[0].strip()}
    )
