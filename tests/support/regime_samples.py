"""What tests type into the workbooks of the regimes a commune keeps for itself (illustrative figures)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cchc_xl.catalogue import load_regime, load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import ReportingUnit, Submission
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.reading.submission import read_submission
from cchc_xl.workbooks.commune import Contents, plan_workbook

UNITS = load_units()
AN_TRUONG = next(unit for unit in UNITS if unit.code == "11635")
N = Decimal
PERIODS = {"dot-pha": "2026-Q2", "chi-so-766": "2026-M06", "ket-luan-kiem-tra": "2026-Q2"}


def day(year: int, month: int, number: int) -> Decimal:
    """A date as its cell stores it."""
    return Decimal((date(year, month, number) - date(1899, 12, 30)).days)


def target(name: str, kind: str, comparison: str, **more: RegisterValue) -> dict[str, RegisterValue]:
    return {"cong_viec": name, "nhom": kind, "so_sanh": comparison, **more}


DOT_PHA = Contents(
    figures={
        "dotpha_1_1": "45/KH-UBND",
        "dotpha_1_2": day(2026, 1, 20),
        "dotpha_1_3": "Kế hoạch thực hiện công việc đột phá năm 2026",
        "dotpha_2_1_1": N(100),
        "dotpha_2_1_2": N(100),
        "dotpha_2_2_1": N(0),
        "dotpha_2_2_2": N(0),
        "dotpha_2_3_1": N(200),
        "dotpha_2_3_2": N(190),
        "dotpha_3_1": N("91.25"),
        "dotpha_3_2": N(40),
        "dotpha_3_3": day(2026, 6, 14),
    },
    registers={
        "dotphachitieu": (
            target("Trả sớm", "Trước hạn", "≥", muc_tieu=N(90), tu_so=N(100), mau_so=N(100), quy_truoc=N(95)),
            target("Trả đúng", "Đúng hạn", "≥", muc_tieu=N(10), tu_so=N(0), mau_so=N(100)),
            target(
                "Trực tuyến", "Trực tuyến", "≥", muc_tieu=N(95), tu_so=N(180), mau_so=N(200), quy_truoc=N(90)
            ),
            target("Thứ hạng", "Thứ hạng", "≤", muc_tieu=N(50), so_lieu=N(40), quy_truoc=N(60)),
            target("Không ai đánh giá", "Hài lòng", "≥", muc_tieu=N(90), tu_so=N(0), mau_so=N(0)),
            target("Gõ sai", "Khác", ">", muc_tieu="chín mươi", so_lieu=N(-1)),
            target("Đủ", "Trước hạn và đúng hạn", "=", muc_tieu=N(100), tu_so=N(3), mau_so=N(3)),
        )
    },
)


def demand(content: str, state: str, **more: RegisterValue) -> dict[str, RegisterValue]:
    return {"loai": "Yêu cầu", "noi_dung": content, "trach_nhiem": "Văn phòng", "trang_thai": state, **more}


KET_LUAN = Contents(
    figures={
        "ketluan_1_1": "128/TB-UBND",
        "ketluan_1_2": day(2026, 5, 20),
        "ketluan_1_3": "15/KH-UBND ngày 20/01/2026",
        "ketluan_1_5": "Trung tâm Phục vụ hành chính công",
        "ketluan_1_6": day(2026, 5, 12),
        "ketluan_1_9": day(2026, 6, 30),
        "ketluan_1_10": N(1),
        "ketluan_2_1": "Niêm yết đầy đủ, cập nhật kịp thời. " * 8,
        "ketluan_3_1": N(907),
        "ketluan_3_2": N(4501),
    },
    declarations={"cchc_ngay_doi_chieu": date(2026, 6, 25)},
    registers={
        "ketluanyeucau": (
            demand("Theo thời hạn chung", "Đang thực hiện"),
            demand("Trước ngày 25/6", "Chưa thực hiện", thoi_han=date(2026, 6, 25), cach_ghi="trước ngày"),
            demand("Đến hết 25/6", "Chưa thực hiện", thoi_han=date(2026, 6, 25), cach_ghi="đến hết ngày"),
            demand(
                "Xong muộn",
                "Đã thực hiện",
                thoi_han=date(2026, 6, 10),
                ngay_xong=date(2026, 6, 11),
                minh_chung="CV 12",
            ),
            demand("Không minh chứng", "Đã thực hiện"),
            demand("Làm mãi", "Thường xuyên"),
            demand("Còn lâu", "Đang thực hiện", thoi_han=date(2026, 8, 1)),
        )
    },
)


def scores(**own: Figure) -> Contents:
    figures: dict[str, Figure] = {
        "chiso766_1_1": day(2026, 6, 14),
        "chiso766_1_2": "Cổng Dịch vụ công quốc gia",
        "chiso766_2_1": N(18),
        "chiso766_2_2": N("18.7"),
        "chiso766_2_3": N(12),
        "chiso766_2_4": N(9),
        "chiso766_2_5": N(18),
        "chiso766_2_6": N("20.5"),
        "chiso766_3_1": N(40),
        "chiso766_5_1": day(2026, 5, 14),
        "chiso766_5_2": N("97.3"),
        **own,
    }
    return Contents(figures=figures)


SAMPLES = {
    "dot-pha": DOT_PHA,
    "chi-so-766": scores(chiso766_4_1=N(50), chiso766_4_2=N(50)),
    "ket-luan-kiem-tra": KET_LUAN,
}


def period(regime_id: str) -> ReferencePeriod:
    return parse_period(PERIODS[regime_id])


def plan(regime_id: str, contents: Contents, unit: ReportingUnit = AN_TRUONG) -> PlannedWorkbook:
    when = period(regime_id)
    return plan_workbook(load_regime(regime_id, when), unit, when, contents)


def read(regime_id: str, contents: Contents, unit: ReportingUnit = AN_TRUONG) -> Submission:
    return read_submission(f"{unit.code}.xlsx", render(plan(regime_id, contents, unit)), UNITS)
