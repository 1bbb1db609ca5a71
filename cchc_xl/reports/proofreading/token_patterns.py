"""One pattern for all that has digits in a line; of what begins at one place the first kind wins."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.reports.proofreading.lexicon import alternatives, lexicon

NUMBER = r"\d+(?:[.,]\d+)*(?:[\u00a0\u202f]\d{3})*"
# The symbol of a document's number, at least two capitals: "/UBND-TTPVHCC", "-NQ/TW", "/2019/NĐ-CP".
_SYMBOL = (
    r"\s*[/–-]\s*(?:\d{4}\s*/\s*)?(?=[A-ZĐa-zđ]*[A-ZĐ][A-Za-zĐđ]*[A-ZĐ])"
    r"[A-ZĐ][A-Za-zĐđ]*(?:\s*[-–/.]\s*[A-ZĐ][A-Za-zĐđ0-9]*)*"
)
_SERIAL = r"\d{1,6}[a-zđ]?"

KINDS = (
    *("rank", "cited", "bare", "day", "day_long", "day_short", "months", "quarter", "month", "year"),
    *("range", "iso", "reference", "short", "clock", "fraction", "percent", "number"),
)


@lru_cache(maxsize=1)
def token_pattern() -> re.Pattern[str]:
    """The pattern; `KINDS` names its groups in order."""
    patterns = {**_documents(), **_times(), **_names(), **_figures()}
    return re.compile("|".join(rf"(?P<{kind}>{patterns[kind]})" for kind in KINDS))


def _documents() -> dict[str, str]:
    types = alternatives(lexicon().words("document_types"))
    with_number = rf"(?i:số)\s*:?\s*(?P<number_a>{_SERIAL}(?:{_SYMBOL})?)|(?P<number_b>{_SERIAL}{_SYMBOL})"
    return {
        "cited": rf"(?<!\w)(?P<type>(?i:{types}))\s*(?:(?i:liên tịch)\s*)?(?:{with_number})",
        "bare": rf"(?<![\w/])(?P<number_c>{_SERIAL}{_SYMBOL})",
    }


def _times() -> dict[str, str]:
    year = r"20\d{2}"
    return {
        "day": (
            r"(?<!\w)(?:(?i:ngày)\s+)?(?P<d>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<m>\d{1,2})"
            r"\s*(?P=mark)\s*(?P<y>\d{4})(?!\w)"
        ),
        "day_long": (
            r"(?<!\w)(?i:ngày)\s+(?P<d2>\d{1,2})\s+(?i:tháng)\s+(?P<m2>\d{1,2})"
            r"(?:\s+(?i:năm)\s+(?P<y2>\d{4}))?"
        ),
        "day_short": (
            r"(?<!\w)(?i:ngày|đến|từ|trước|hết|sau)\s+(?P<d3>\d{1,2})\s*/\s*(?P<m3>\d{1,2})(?![\w/]|[.,]\d)"
        ),
        "months": (
            r"(?<!\w)(?P<count>0?[369]|(?i:sáu|chín|ba))\s+(?i:tháng)(?:\s+(?P<half>(?i:đầu|cuối)))?"
            r"(?:\s+(?i:của\s+)?(?i:năm))?(?:\s+(?P<y4>\d{4}))?(?=\W|$)"
        ),
        "quarter": (
            r"(?<!\w)(?i:quý)\s+(?P<q>IV|I{1,3}|[1-4])(?!\w)"
            rf"(?:\s*[/.,-]?\s*(?:(?i:năm)\s+)?(?P<y5>{year}))?"
        ),
        "month": (
            r"(?<!\w)(?i:tháng)\s+(?P<m6>\d{1,2})(?!\d)"
            rf"(?:\s*(?:[/.-]|(?:,?\s*(?i:năm)))\s*(?P<y6>{year}))?"
        ),
        "year": r"(?<!\w)(?i:năm)\s+(?P<y7>\d{4})(?:\s*[-–]\s*\d{4})?",
    }


def _names() -> dict[str, str]:
    """Digits that are no figure."""
    lex = lexicon()
    units = alternatives(word for words in lex.data["units"].values() for word in words)
    below = r"(?:(?i:dưới)\s+)?"
    spoken = rf"(?i:từ)\s+{NUMBER}\s*%?\s*(?i:đến)\s+{below}{NUMBER}\s*%?"
    return {
        "range": rf"(?<!\w)(?:{spoken}|{NUMBER}\s*%?\s*[-–]\s*{below}{NUMBER}(?!\s*/)\s*%?)",
        "iso": r"(?<!\w)(?i:tcvn|iso)(?:\s+(?i:iso))?[\s:/]*\d+(?:[:-]\d+)*",
        "reference": (
            rf"(?<!\w)(?i:{alternatives(lex.words('references'))})(?:\s+số)?"
            r"\s+\d[\d.]*(?:-\d+)?(?![\d.,]*\s*%)[a-zđ]?(?!\w)"
        ),
        "short": (
            rf"(?<!\w)(?i:{alternatives(lex.words('called_by_number'))})\s+\d{{1,5}}"
            rf"(?!\s*(?:{units})|[\w.,%])"
        ),
        "clock": (
            r"(?<!\w)\d{1,2}(?:h|g|:)\d{2}(?!\w)|(?<!\w)24\s*/\s*(?:7|24)(?!\w)|(?<!\w)0\d{9,10}(?!\w)"
            r"|(?<!\w)0\d{2,3}[.\s]\d{3}[.\s]\d{3,4}(?!\w)|(?<!\w)(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}"
        ),
    }


def _figures() -> dict[str, str]:
    rank = alternatives(lexicon().words("rank"))
    return {
        "rank": (
            rf"(?<!\w)(?i:{rank})(?:\s+(?:thứ|hạng))?\s*:?"
            rf"\s*(?P<rank_a>{NUMBER})\s*/\s*(?P<rank_b>{NUMBER})"
        ),
        "fraction": (
            rf"(?<!\w)(?P<a>{NUMBER})(?P<noun>(?:\s*[^\W\d_]+){{0,5}}?)"
            rf"\s*/\s*(?:(?i:tổng\s+số)\s+)?(?P<b>{NUMBER})(?!\s*%)(?!\s*/\s*\d)"
        ),
        "percent": rf"(?<!\w)(?P<p>{NUMBER})\s*(?:%|(?i:phần\s+trăm))",
        "number": rf"(?<!\w)(?P<n>{NUMBER})",
    }
