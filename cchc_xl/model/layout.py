"""Where everything stands in a workbook: the one source of sheet names and addresses, and of nothing else.

Serves the plan (writing) and the reader alike; what a form or a rule says is asked of the `Regime`.
Columns of a form sheet: A STT · B Chỉ tiêu · C Đơn vị tính · D Số liệu · E Ghi chú (printed) and, outside
the print area, F what becomes of the note in print · G live check · H comparison figure · I Kỳ trước ·
J percentage as written in the report · K how it is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.model import Form, Regime, Register, RegisterColumn
from cchc_xl.model.addresses import SheetCell, column_letter, row_of
from cchc_xl.model.places import TemplatePlaces
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.texts import sheets

MAIN, CHECK, GUIDE, RULES = sheets.MAIN, sheets.CHECK, sheets.GUIDE, sheets.RULES
SLIP, META = sheets.SLIP, "_meta"

NUMBER, LABEL, UNIT_OF_MEASURE, FIGURE, NOTE = "A", "B", "C", "D", "E"
NOTE_IN_PRINT, LIVE_CHECK, SHOWN, PREVIOUS, CLAIMED, JUDGED = "F", "G", "H", "I", "J", "K"
FIRST_FORM_ROW = 7  # rows above: banner, heading, title, space, two header rows
FIRST_CHECK_ROW = 6
FIRST_REGISTER_ROW = 7
# Kiểm tra: A STT · B cell · C severity · D rule · E remedy · F mark · G left · H right · I Giải trình ·
# J figure to compare with.
CHECK_MESSAGE, CHECK_MARK, CHECK_LEFT, CHECK_RIGHT = "D", "F", "G", "H"
CHECK_EXPLANATION, CHECK_SHOWN = "I", "J"

# _meta: defined name of the value in column B, in row order from row 2.
META_NAMES = (
    "cchc_mau",  # template id
    "cchc_phien_ban",  # catalogue version
    "cchc_danh_muc",  # catalogue digest
    "cchc_che_do",  # regime
    "cchc_ma_don_vi",
    "cchc_ten_don_vi",
    "cchc_ky",
    "cchc_minh_hoa",  # not empty: illustrative figures made by `demo`
)
TEMPLATE_ID = "cchc_xl"

# Trang chính: defined name -> address of what the officer declares, the two days of the data in one row.
FIRST_DECLARED_ROW = 10
DATA_FROM, DATA_TO, SUBMISSION_NUMBER, SUBMISSION_REASON = (
    "cchc_tu_ngay",
    "cchc_den_ngay",
    "cchc_lan_nop",
    "cchc_ly_do",
)
APPROVER, PREPARER, REFERENCE_DAY = "cchc_nguoi_duyet", "cchc_nguoi_lap", "cchc_ngay_doi_chieu"
REPORT_NUMBER, REPORT_DATE, SIGNED_FOR = "cchc_so_bao_cao", "cchc_ngay_bao_cao", "cchc_the_thuc_ky"
RETURN_KIND = "cchc_loai_ban_gui"
DECLARED_DAYS = (DATA_FROM, DATA_TO, REFERENCE_DAY, REPORT_DATE)
_BELOW = (
    SUBMISSION_NUMBER,
    SUBMISSION_REASON,
    APPROVER,
    REFERENCE_DAY,
    PREPARER,
    REPORT_NUMBER,
    REPORT_DATE,
    SIGNED_FOR,
)
MAIN_INPUTS = {
    DATA_FROM: f"C{FIRST_DECLARED_ROW}",
    DATA_TO: f"E{FIRST_DECLARED_ROW}",
    **{name: f"C{row}" for row, name in enumerate(_BELOW, start=FIRST_DECLARED_ROW + 1)},
    RETURN_KIND: f"E{FIRST_DECLARED_ROW + 1}",  # beside the number of the submission
}
# Whose report it is, as everybody sees it: on Trang chính, and in one line over every other sheet.
MAIN_UNIT, MAIN_PERIOD, BANNER = "A3", "A4", "A1"
HEADING, TITLE = "A2", "A3"  # of a form, as printed
# Nhập và ghép tệp (.xlsm only): files the Python buttons use, then a table of what they found.
EXCHANGE = sheets.EXCHANGE
EXCHANGE_INPUTS = {
    "cchc_py_ky_truoc": "D5",
    "cchc_py_tep": "D6",
    "cchc_py_bieu": "D7",
    "cchc_py_ghi_de": "D8",
}
FIRST_EXCHANGE_ROW, EXCHANGE_ROWS = 11, 300
FIRST_CONTACT_ROW = FIRST_DECLARED_ROW + len(_BELOW) + 4  # one row a form: A form · C person · D telephone
CONTACT_PERSON, CONTACT_TELEPHONE = "C", "D"


TODAY = TemplatePlaces(MAIN, CHECK, MAIN_INPUTS, FIRST_CONTACT_ROW, FIRST_CHECK_ROW)


@dataclass(frozen=True, slots=True)
class FormLayout:
    """Addresses of one form sheet."""

    form: Form
    rows: Mapping[str, int]  # indicator code -> 1-based row

    def cell(self, code: str, column: str = FIGURE) -> str:
        """Address of an indicator's cell in a column."""
        return f"{column}{self.rows[code]}"

    @property
    def last_row(self) -> int:
        return FIRST_FORM_ROW + len(self.form.indicators) - 1


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """Addresses of one register sheet: prepared rows under a header, column A for their numbers."""

    register: Register
    columns: Mapping[str, str]  # column code -> letter

    def cell(self, column: str, number: int) -> str:
        """Address of a column in the row numbered `number` in column A, from 1."""
        return f"{self.columns[column]}{FIRST_REGISTER_ROW + number - 1}"

    @property
    def last_printed(self) -> str:
        """Column up to which the list is printed."""
        return column_letter(len(self.register.inputs) + 1)

    @property
    def check_column(self) -> str:
        """Column of the live check beside the rows."""
        return column_letter(len(self.columns) + 2)

    @property
    def tally_columns(self) -> tuple[str, str, str, str]:
        """Columns of the counts: what is counted, rows, figure of the form, verdict."""
        first = len(self.columns) + 4
        return tuple(column_letter(first + n) for n in range(4))  # type: ignore[return-value]

    @property
    def words_column(self) -> str:
        """Column of the sentences the live checks show; the answers of choices stand after it."""
        return column_letter(len(self.columns) + 9)

    def words_cell(self, index: int) -> str:
        """Fixed reference to one of those sentences."""
        return f"${self.words_column}${FIRST_REGISTER_ROW + index}"

    def answers_column(self, column: str) -> str:
        """Column that lists the answers of a choice."""
        listed = [c.code for c in self.register.inputs if c.choices]
        return column_letter(len(self.columns) + 10 + listed.index(column))

    def answers_area(self, column: str) -> str:
        """Fixed reference to the answers of a choice."""
        letter = self.answers_column(column)
        count = next(len(c.choices) for c in self.register.columns if c.code == column)
        return f"${letter}${FIRST_REGISTER_ROW}:${letter}${FIRST_REGISTER_ROW + count - 1}"

    @property
    def first_row(self) -> int:
        return FIRST_REGISTER_ROW

    @property
    def last_row(self) -> int:
        return FIRST_REGISTER_ROW + self.register.rows - 1


@dataclass(frozen=True)
class WorkbookLayout:
    """Addresses of a regime's commune workbook."""

    regime: Regime
    forms: Mapping[str, FormLayout]  # form code -> layout
    registers: Mapping[str, RegisterLayout]
    check_rows: Mapping[str, int]  # rule id -> row on "Kiểm tra"

    def form(self, code: str) -> FormLayout:
        """The sheet an indicator stands on."""
        return self.forms[self.regime.form_of[code]]

    def place(self, code: str, column: str = FIGURE) -> SheetCell:
        """Where an indicator's cell stands."""
        layout = self.form(code)
        return layout.form.sheet, layout.cell(code, column)

    def explanation(self, rule_id: str) -> SheetCell:
        """(sheet, address) of the Giải trình cell of a rule."""
        return self.places.check_sheet, f"{CHECK_EXPLANATION}{self.check_rows[rule_id]}"

    @property
    def places(self) -> TemplatePlaces:
        """Where the template version of the regime has its declarations and lists."""
        return self.regime.places or TODAY

    def contact(self, form_code: str) -> tuple[str, str]:
        """Addresses on Trang chính of the person and the telephone responsible for a form."""
        row = self.places.first_contact_row + list(self.forms).index(form_code)
        return f"{CONTACT_PERSON}{row}", f"{CONTACT_TELEPHONE}{row}"

    def row_numbers(self, places: Iterable[SheetCell]) -> dict[SheetCell, int]:
        """Cells that number the rows of registers in which these cells stand, with their numbers."""
        first = {r.register.sheet: r.first_row for r in self.registers.values()}
        rows = {(sheet, row_of(address)) for sheet, address in places if sheet in first}
        return {(sheet, f"A{row}"): row - first[sheet] + 1 for sheet, row in rows if row >= first[sheet]}

    @property
    def names(self) -> dict[str, SheetCell]:
        """Defined names -> (sheet, address): meta, declarations, every figure and its last-period cell."""
        found: dict[str, SheetCell] = {
            name: (META, f"B{row}") for row, name in enumerate(META_NAMES, start=2)
        }
        main = self.places.main_sheet
        found.update({name: (main, address) for name, address in self.places.main_inputs.items()})
        for indicator in self.regime.figures:
            found[indicator.code] = self.place(indicator.code)
            found[PREVIOUS_PREFIX + indicator.code] = self.place(indicator.code, PREVIOUS)
        return found


def _columns(register: Register, places: TemplatePlaces) -> Sequence[RegisterColumn]:
    """What is typed first, that is what is printed; then what is computed from it."""
    if not places.computed_columns_last:
        return register.columns
    return sorted(register.columns, key=lambda column: not column.is_input)


@lru_cache(maxsize=16)
def layout_of(regime: Regime) -> WorkbookLayout:
    """The layout of a regime's commune workbook (computed once per regime object)."""
    places = regime.places or TODAY
    forms = {
        form.code: FormLayout(
            form, {i.code: row for row, i in enumerate(form.indicators, start=FIRST_FORM_ROW)}
        )
        for form in regime.forms
    }
    registers = {
        r.code: RegisterLayout(
            r, {c.code: column_letter(n) for n, c in enumerate(_columns(r, places), start=2)}
        )
        for r in regime.registers
    }
    return WorkbookLayout(
        regime=regime,
        forms=forms,
        registers=registers,
        check_rows={rule.id: row for row, rule in enumerate(regime.rules, start=places.first_check_row)},
    )
