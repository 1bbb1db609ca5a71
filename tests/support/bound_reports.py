"""A report whose every figure stands in a bookmark named by its indicator, and ways to change one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.proofs import KnownFigure
from support.word_files import paragraph, row, run, table, word_file


@dataclass(frozen=True)
class Figure:
    """One figure of the report: its bookmark, its text, the words around, whether it stands in a table."""

    code: str
    text: str
    label: str
    in_table: bool


def figures_of(known: Mapping[str, KnownFigure], labels: Mapping[str, str]) -> list[Figure]:
    """Every known figure, every third one in a table."""
    return [
        Figure(code, _shown(figure), re.sub(r"[\d%]", "", labels[code])[:50], n % 3 == 0)
        for n, (code, figure) in enumerate(known.items())
    ]


def _shown(figure: KnownFigure) -> str:
    return f"{format_vi(figure.value, 2)} %" if figure.is_percent else format_vi(figure.value)


def report_of(figures: list[Figure], changed: Mapping[str, str] | None = None, title: str = "") -> bytes:
    """The report as .docx; `changed`: what stands in place of a bookmarked figure, as markup."""
    body = [paragraph("BÁO CÁO"), paragraph(title or "Công tác cải cách hành chính Quý II năm 2026")]
    cells: list[str] = []
    for n, figure in enumerate(figures):
        inside = (changed or {}).get(figure.code) or _marked(n, figure.code, run(figure.text))
        if figure.in_table:
            cells.append(row(figure.label, "<w:p>" + inside + "</w:p>"))
        else:
            body.append(paragraph(run(f"{figure.label} là ") + inside + run(".")))
    return word_file("".join(body) + table(*cells))


def _marked(number: int, code: str, content: str, after: str = "") -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="{code}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>{after}'


def slipped(figure: Figure, chance: random.Random) -> str:
    """The figure's text with one digit changed."""
    at = chance.choice([n for n, c in enumerate(figure.text) if c.isdigit()])
    digit = chance.choice([d for d in "123456789" if d != figure.text[at]])
    return figure.text[:at] + digit + figure.text[at + 1 :]


def changed_by_hand(number: int, figure: Figure, new: str) -> str:
    return _marked(number, figure.code, run(new))


def changed_in_pieces(number: int, figure: Figure, new: str) -> str:
    half = len(new) // 2
    return _marked(number, figure.code, run(new[:half]) + run(new[half:]))


def changed_with_tracking(number: int, figure: Figure, new: str) -> str:
    gone = f'<w:del w:id="900" w:author="a"><w:r><w:delText>{figure.text}</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="901" w:author="a">{run(new)}</w:ins>'
    return _marked(number, figure.code, gone + come)


def changed_behind_the_bookmark(number: int, figure: Figure, new: str) -> str:
    gone = f'<w:del w:id="900" w:author="a"><w:r><w:delText>{figure.text}</w:delText></w:r></w:del>'
    return _marked(number, figure.code, gone, f'<w:ins w:id="901" w:author="a">{run(new)}</w:ins>')


WAYS = (changed_by_hand, changed_in_pieces, changed_with_tracking, changed_behind_the_bookmark)
