"""Where everything stands in a workbook: the one source of sheet names and addresses, and of nothing else.

Serves the plan (writing) and the reader alike; what a form or a rule says is asked of the `Regime`.
Columns of a form sheet: A STT · B Chỉ tiêu · C Đơn vị tính · D Số liệu · E Ghi chú (printed) and, outside
the print area, G live check · H comparison figure · I Kỳ trước · J percentage as written in the report ·
K how it is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.model import Form, Regime, Register
from cchc_xl.model.addresses import SheetCell, column_letter
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.texts import sheets

MAIN, CHECK, GUIDE, RULES = sheets.MAIN, sheets.CHECK, sheets.GUIDE, sheets.RULES
SLIP, META = sheets.SLIP, "_meta"

NUMBER, LABEL, UNIT_OF_MEASURE, FIGURE, NOTE = "A", "B", "C", "D", "E"
LIVE_CHECK, SHOWN, PREVIOUS, CLAIMED, JUDGED = "G", "H", "I", "J", "K"
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

# Trang chính: (defined name, address) of what the officer declares about the submission.
MAIN_INPUTS = {
    "cchc_tu_ngay": "C10",
    "cchc_den_ngay": "E10",
    "cchc_lan_nop": "C11",
    "cchc_ly_do": "C12",
    "cchc_nguoi_duyet": "C13",
    "cchc_ngay_doi_chieu": "C14",
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
FIRST_CONTACT_ROW = 18  # one row a form: A form · C person · D telephone
CONTACT_PERSON, CONTACT_TELEPHONE = "C", "D"


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
    """Addresses of one register sheet: prepared rows under a header, column A numbers them."""

    register: Register
    columns: Mapping[str, str]  # column code -> letter

    def cell(self, column: str, number: int) -> str:
        """Address of a column in the row numbered `number` in column A, from 1."""
        return f"{self.columns[column]}{FIRST_REGISTER_ROW + number - 1}"

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
        return CHECK, f"{CHECK_EXPLANATION}{self.check_rows[rule_id]}"

    def contact(self, form_code: str) -> tuple[str, str]:
        """Addresses on Trang chính of the person and the telephone responsible for a form."""
        row = FIRST_CONTACT_ROW + list(self.forms).index(form_code)
        return f"{CONTACT_PERSON}{row}", f"{CONTACT_TELEPHONE}{row}"

    @property
    def names(self) -> dict[str, SheetCell]:
        """Defined names -> (sheet, address): meta, declarations, every figure and its last-period cell."""
        found: dict[str, SheetCell] = {
            name: (META, f"B{row}") for row, name in enumerate(META_NAMES, start=2)
        }
        found.update({name: (MAIN, address) for name, address in MAIN_INPUTS.items()})
        for indicator in self.regime.figures:
            found[indicator.code] = self.place(indicator.code)
            found[PREVIOUS_PREFIX + indicator.code] = self.place(indicator.code, PREVIOUS)
        return found


@lru_cache(maxsize=16)
def layout_of(regime: Regime) -> WorkbookLayout:
    """The layout of a regime's commune workbook (computed once per regime object)."""
    forms = {
        form.code: FormLayout(
            form, {i.code: row for row, i in enumerate(form.indicators, start=FIRST_FORM_ROW)}
        )
        for form in regime.forms
    }
    registers = {
        r.code: RegisterLayout(r, {c.code: column_letter(n) for n, c in enumerate(r.columns, start=2)})
        for r in regime.registers
    }
    return WorkbookLayout(
        regime=regime,
        forms=forms,
        registers=registers,
        check_rows={rule.id: row for row, rule in enumerate(regime.rules, start=FIRST_CHECK_ROW)},
    )
