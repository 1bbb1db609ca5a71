"""Below the forms of the running appendix: the notes in full, cut into prepared lines.

Notes are numbered over the whole appendix; a form's column Ghi chú shows the number. Everything is live, so
the cells it is made from stand beside the page, in hidden columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import AND, IF, LEN
from cchc_xl.figures.expressions.nodes import cell, joined, node
from cchc_xl.figures.live.cut_lines import LinePlace, LineWidth, line_formulas, one_line
from cchc_xl.model import Indicator, Kind, Regime
from cchc_xl.model.layout import NOTE, layout_of
from cchc_xl.model.planned import reference
from cchc_xl.workbooks.commune import appendix_targets
from cchc_xl.workbooks.commune.derived_cells import DerivedCell

NOTE_WIDTH = LineWidth(((80, 8), (74, 18), (62, 34)), 50)  # of 11 points over the columns A to E
LINE_HEIGHT = 13.0
_FIRST = 2  # row of the first cell beside the page
_COUNT, _TEXT, _OF, _REST, _MOST, _LENGTH = "H", "I", "J", "K", "L", "M"
HIDDEN = f"{_COUNT}:{_LENGTH}"
_LINES, _LINES_UNSIGNED = 30, 36  # ten notes of 200 characters; more where no signature stands on the page


@dataclass(frozen=True, slots=True)
class _Remark:
    """A note, or a typed text too long for its row: both are printed below the forms."""

    about: str  # the indicator, or the row of the table of targets
    source: str  # cell of the text
    row: int  # beside the page
    longest: int | None = None  # characters its own row holds; None: a note
    printed: str = ""  # what the form has printed in the place of the note

    @property
    def count(self) -> str:
        return f"${_COUNT}${self.row}"

    @property
    def is_numbered(self) -> Node:
        """Whether it gets a number: the count goes up in its row."""
        return cell(self.count) > self._before

    @property
    def _before(self) -> Node:
        return cell(f"${_COUNT}${self.row - 1}") if self.row > _FIRST else node(0)

    @property
    def number(self) -> Node:
        return joined("(", cell(self.count), ")")

    def cells(self) -> Iterator[tuple[str, Node]]:
        """The count of numbered remarks so far, and the text with its number."""
        yield self.count, self._before + IF(self._goes_below(), 1, 0)
        said = joined(self.number, " ", one_line(self.source))
        yield f"${_TEXT}${self.row}", IF(self.is_numbered, said, "")

    def _goes_below(self) -> Node:
        if self.longest is not None:
            return LEN(cell(self.source)) > self.longest
        told = one_line(self.source).differs("")
        return AND(told, cell(self.source).differs(self.printed)) if self.printed else told


@lru_cache(maxsize=64)
def _remarks(regime: Regime) -> tuple[_Remark, ...]:
    found: list[_Remark] = []
    layout = layout_of(regime)
    for form in regime.printed_forms:
        for indicator in form.figures:
            code = indicator.code
            if indicator.kind is Kind.TEXT:
                found.append(_Remark(code, code, _FIRST + len(found), indicator.printed_length))
            note = reference(*layout.place(code, NOTE))
            found.append(_Remark(code, note, _FIRST + len(found), None, indicator.printed_note))
    register = appendix_targets.register_of(regime)
    for number in range(1, appendix_targets.PRINTED + 1):
        if register is None:
            break
        place = appendix_targets.text_place(register, number)
        row = _FIRST + len(found)
        found.append(_Remark(_target(number), place, row, appendix_targets.TEXT_LENGTH))
    return tuple(found)


def _target(number: int) -> str:
    return f"target {number}"


def _remarks_of(regime: Regime, about: str) -> tuple[_Remark, ...]:
    return tuple(remark for remark in _remarks(regime) if remark.about == about)


def numbered_targets(regime: Regime) -> tuple[tuple[Node, Node], ...]:
    """For each row of the table of targets whether its text is printed below, and under which number."""
    numbers = range(1, appendix_targets.PRINTED + 1)
    found = (remark for number in numbers for remark in _remarks_of(regime, _target(number)))
    return tuple((remark.is_numbered, remark.number) for remark in found)


def note_shown(regime: Regime, indicator: Indicator) -> Node:
    """What stands in the column Ghi chú: the number of the note below, or what the form has printed there."""
    (note,) = (remark for remark in _remarks_of(regime, indicator.code) if remark.longest is None)
    return IF(note.is_numbered, note.number, indicator.printed_note)


def text_shown(regime: Regime, indicator: Indicator, as_typed: Node) -> Node:
    """A typed text, or the number under which it stands below."""
    (text,) = (remark for remark in _remarks_of(regime, indicator.code) if remark.longest is not None)
    return IF(text.is_numbered, text.number, as_typed)


def is_cut(regime: Regime, code: str) -> Node:
    """On the form's sheet: whether something typed in the row does not fit below the forms any more."""
    answer = node("")
    for remark in _remarks_of(regime, code):
        count, ended = (cell(reference(regime.appendix_sheet, key)) for key in (remark.count, _ended(regime)))
        before = node(0)
        if remark.row > _FIRST:
            before = cell(reference(regime.appendix_sheet, f"${_COUNT}${remark.row - 1}"))
        beyond = AND(count > before, count >= ended)
        answer = IF(beyond, texts.text("wb_note_cut"), answer)
    return answer


def any_cut(regime: Regime) -> DerivedCell:
    """Beside the page: whether the notes have too little room."""
    last = _remarks(regime)[-1].count
    beyond = AND(cell(last) > 0, cell(last) >= cell(_ended(regime)))
    return DerivedCell("G3", "mark.message", Formula(IF(beyond, texts.text("wb_notes_cut"), "")))


def lines_of(regime: Regime) -> int:
    """How many lines notes may take."""
    return _LINES if regime.signed_below else _LINES_UNSIGNED


def notes_height(regime: Regime) -> float:
    """Height of the prepared lines and their heading."""
    return LINE_HEIGHT * (1 + lines_of(regime))


def _places(regime: Regime) -> tuple[LinePlace, ...]:
    """One for each line, and one more: what did not fit any more."""
    rows = range(_FIRST, _FIRST + lines_of(regime) + 1)
    columns = (_OF, _REST, _MOST, _LENGTH)
    return tuple(LinePlace(*(f"${column}${row}" for column in columns)) for row in rows)


def _ended(regime: Regime) -> str:
    """Cell with the number of the first note that is not wholly printed."""
    return _places(regime)[-1].text


@lru_cache(maxsize=64)
def beside(regime: Regime) -> tuple[DerivedCell, ...]:
    """The hidden cells, each after those it looks at."""
    remarks = _remarks(regime)
    last = _FIRST + len(remarks) - 1
    numbers, said = (f"${column}${_FIRST}:${column}${last}" for column in (_COUNT, _TEXT))
    found = [planned for remark in remarks for planned in remark.cells()]
    before = None
    for place in _places(regime):
        found += line_formulas(place, before, numbers, said, NOTE_WIDTH)
        before = place
    return tuple(DerivedCell(address.replace("$", ""), "meta", Formula(root)) for address, root in found)


@lru_cache(maxsize=64)
def printed(regime: Regime, first: int) -> tuple[DerivedCell, ...]:
    """The prepared lines from row `first` on, each as long as the page is wide."""
    places = _places(regime)[:-1]
    heading = IF(cell(places[0].rest).equals(""), "", texts.text("wb_notes_heading"))
    found = [DerivedCell(f"A{first}", "legal.line bold", Formula(heading))]
    for row, place in enumerate(places, start=first + 1):
        found.append(DerivedCell(f"A{row}", "legal.line", Formula(place.shown)))
    return tuple(found)
