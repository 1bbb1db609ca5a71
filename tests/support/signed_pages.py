"""What is signed, as it comes out of the printer: pages to text, and contents that ask for all the room."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cchc_xl.catalogue import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import Kind, Regime, RegisterColumn, ReportingUnit
from cchc_xl.model.layout import SLIP
from cchc_xl.model.planned import Page, PlannedWorkbook
from cchc_xl.model.registers import RegisterRow, RegisterValue
from cchc_xl.workbooks.commune import Contents
from support.commune_samples import sample_figures
from support.libreoffice import to_pdf

NOTE_LENGTH, NOTES, DOCUMENTS, TASKS = 200, 10, 42, 15
_SENTENCE = (
    "Đơn vị đã rà soát, đối chiếu với Hệ thống thông tin giải quyết TTHC thành phố; số liệu tính đến hết "
    "ngày chốt, phần chênh lệch do hồ sơ của kỳ trước chuyển sang nay mới giải quyết xong, đã báo cáo UBND "
    "thành phố theo quy định "
)


def three_kinds() -> list[ReportingUnit]:
    """A xã, a phường and the special zone."""
    units = load_units()
    wanted = {"Xã": "Nam Thanh Miện", "Phường": "", "Đặc khu": "Bạch Long Vĩ"}
    return [
        next(u for u in units if u.type == kind and u.name.startswith(name)) for kind, name in wanted.items()
    ]


def note(number: int) -> str:
    """A note of exactly so many characters that no other note equals."""
    start = f"Dòng thứ {number}: "
    return (start + _SENTENCE)[: NOTE_LENGTH - 1].strip().ljust(NOTE_LENGTH - 1, "x") + "."


def full_contents(regime: Regime) -> Contents:
    """Ten notes of 200 characters over all forms, 42 documents, 15 tasks, every declaration made."""
    rows = [i.code for form in regime.printed_forms for i in form.figures]
    step = max(1, len(rows) // NOTES)
    noted = rows[::step][:NOTES]
    registers = {r.code: _rows(r.inputs, DOCUMENTS if r.series else TASKS) for r in regime.registers}
    return Contents(
        figures={**_figures(regime), **(sample_figures() if regime.id == "cchc-dinh-ky" else {})},
        notes={code: note(n) for n, code in enumerate(noted, start=1)},
        declarations={
            "cchc_so_bao_cao": Decimal(215),
            "cchc_ngay_bao_cao": date(2026, 6, 8),
            "cchc_ngay_doi_chieu": date(2026, 6, 18),
            "cchc_nguoi_duyet": "Trần Thị Bình",
            "cchc_nguoi_lap": "Nguyễn Văn An",
            "cchc_the_thuc_ky": "TM. UBND – KT. Chủ tịch – Phó Chủ tịch",
        },
        registers=registers,
    )


def _figures(regime: Regime) -> dict[str, Decimal | str]:
    found: dict[str, Decimal | str] = {}
    for number, indicator in enumerate(regime.inputs, start=1):
        if indicator.kind is Kind.TEXT:
            said = f"Văn bản {number} về cải cách hành chính và chuyển đổi số. " + _SENTENCE * 2
            found[indicator.code] = said[: indicator.printed_length].strip()
        elif indicator.kind in (Kind.COUNT, Kind.MONEY):
            found[indicator.code] = Decimal(min(1000 + number, indicator.maximum or 5000))
        elif indicator.kind is Kind.DECIMAL:
            found[indicator.code] = Decimal("7.25")
    return found


def _rows(columns: Iterable[RegisterColumn], count: int) -> tuple[RegisterRow, ...]:
    return tuple({c.code: _cell(c, n) for c in columns} for n in range(1, count + 1))


def _cell(column: RegisterColumn, number: int) -> RegisterValue:
    if column.choices:
        return column.choices[number % len(column.choices)].code
    if column.kind is Kind.DATE:
        return date(2026, 3, 15) + timedelta(days=number)
    if column.kind is Kind.TEXT:
        room = 90 if column.width >= 30 else int(column.width)
        return (
            f"Việc {number} về cải cách thủ tục hành chính, chuyển đổi số và phục vụ người dân, doanh nghiệp"[
                :room
            ]
        )
    return None if column.code in ("tu_so", "mau_so", "so_lieu") else Decimal(90 + number % 10)


def signed(plan: PlannedWorkbook, regime: Regime) -> PlannedWorkbook:
    """The workbook of which little but the pages to sign is printed."""
    kept = {regime.appendix_sheet, SLIP, *(r.sheet for r in regime.registers)}
    short = Page(area="A1:A1")
    sheets = (s if s.name in kept else dataclasses.replace(s, page=short) for s in plan.sheets)
    return dataclasses.replace(plan, sheets=tuple(sheets))


class Word(NamedTuple):
    """A printed piece of text (some letters are printed apart) and its place on the page, in points."""

    x: float
    y: float
    end: float
    text: str


class Printed(NamedTuple):
    """A page: its pieces of text line by line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Everything on the page without blanks."""
        return "".join(word.text for word in self.words)

    def column(self, widths: Mapping[str, float], first: str, last: str) -> str:
        """What stands in columns of the appendix, without blanks."""
        stt = self._middle("STT", "STT")
        noted = self._middle("Ghi", "chú")
        if stt is None:
            return ""
        points = {letter: int(width * 7 + 5) for letter, width in widths.items()}
        between = sum(points[letter] for letter in "BCD") + (points["A"] + points["E"]) / 2
        scale = 0.75 if noted is None else (noted - stt) / between
        starts = {"A": stt - scale * points["A"] / 2}
        for before, letter in pairwise("ABCDEF"):
            starts[letter] = starts[before] + scale * points[before]
        left, right = starts[first] - 1, starts[chr(ord(last) + 1)] - 1
        return "".join(word.text for word in self.words if left <= word.x < right)

    def _middle(self, first: str, last: str) -> float | None:
        """Where the heading of a column has its middle."""
        for before, word in pairwise((Word(0, 0, 0, ""), *self.words)):
            if first == last == word.text or (before.text, word.text) == (first, last):
                return (word.x if first == last else before.x) / 2 + word.end / 2
        return None


_PAGE = re.compile(r"<page [^>]*>(.*?)</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def printed(plans: Mapping[str, PlannedWorkbook], folder: Path) -> dict[str, list[Printed]]:
    """Every page by the plans' names."""
    paths = []
    for name, plan in plans.items():
        paths.append(folder / f"{name}.xlsx")
        paths[-1].write_bytes(render(plan))
    pdfs = zip(plans, to_pdf(paths, folder), strict=True)
    return {name: [_page(match[1]) for match in _PAGE.finditer(_boxes(pdf))] for name, pdf in pdfs}


def _boxes(pdf: Path) -> str:
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def _page(boxes: str) -> Printed:
    found = [
        Word(float(m[1]), float(m[3]), float(m[2]), unicodedata.normalize("NFC", unescape(m[4])))
        for m in _WORD.finditer(boxes)
    ]
    lines: list[list[Word]] = []
    for word in sorted(found, key=lambda word: word.y):
        if not lines or word.y - lines[-1][-1].y > 3:
            lines.append([])
        lines[-1].append(word)
    return Printed(tuple(word for line in lines for word in sorted(line)))


def plain(text: str) -> str:
    """A text without blanks, as printed pages are compared."""
    return "".join(text.split())


def of_sheet(pages: Iterable[Printed], sheet: str) -> list[Printed]:
    """The pages whose footer names the sheet."""
    return [page for page in pages if re.search(rf"{plain(sheet)}Trang\d+/\d+$", page.text)]
