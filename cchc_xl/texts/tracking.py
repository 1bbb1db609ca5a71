"""Texts of the city's own book of a period and of closing one."""

from __future__ import annotations

TRACKING: dict[str, str] = {
    "tracking_title": "Sổ theo dõi – {period}",
    "tracking_hint": (
        "Mỗi quyết định một dòng. Bắt buộc: Đơn vị (mã, tên đầy đủ hoặc “Tất cả”), Quyết định, Lý do, Người xử lý. "
        "Chương trình chỉ đọc, không ghi vào sổ này."
    ),
    "tracking_written": "Đã lập sổ theo dõi: {path}. Khi tổng hợp, thêm --tracking với tệp này.",
    "tracking_not_ours": "{path}: không phải sổ theo dõi. Lập sổ bằng lệnh tracking.",
    "tracking_other_period": "{path}: sổ theo dõi của {found}, cần sổ của {wanted}.",
    "decision_accept_blank": "Chấp nhận để trống",
    "decision_exempt": "Miễn báo cáo",
    "decision_all_units": "Tất cả",
    "decision_column_date": "Ngày",
    "decision_column_unit": "Đơn vị",
    "decision_column_form": "Biểu",
    "decision_column_row": "Dòng",
    "decision_column_decision": "Quyết định",
    "decision_column_value": "Giá trị ghi",
    "decision_column_file": "Tệp",
    "decision_column_basis": "Căn cứ",
    "decision_column_reason": "Lý do",
    "decision_column_by": "Người xử lý",
    "decision_column_approved_by": "Người duyệt",
    "decision_prompt": "Chấp nhận để trống: dòng còn thiếu không cần nữa. Miễn báo cáo: kỳ này đơn vị không phải gửi.",
    "decision_prompt_unit": "Mã 5 chữ số, tên đầy đủ (Xã Nam Thanh Miện) hoặc Tất cả.",
    "decision_prompt_form": "Như tên trang: Biểu 6. Để trống: mọi biểu.",
    "decision_prompt_row": "Như số in trên biểu: 2.1. Để trống: mọi dòng của biểu.",
    "decision_prompt_reason": "Bắt buộc.",
    "decision_stop": "Chỉ chọn một giá trị trong danh sách: {words}.",
    "decision_line": "dòng {row}: {fault}",
    "decision_faults": "{path}, trang Quyết định: {faults}. Sửa các dòng này rồi chạy lại.",
    "decision_unknown": "quyết định “{found}” chưa dùng được, cần một trong: {words}",
    "decision_lacks": "thiếu {column}",
    "decision_unit_unknown": "không có đơn vị “{found}” trong danh mục",
    "decision_form_unknown": "không có biểu “{found}”",
    "decision_row_unknown": "không có dòng “{found}” trong biểu đã ghi",
    "decision_unmatched": "Quyết định ở dòng {row} của sổ theo dõi không còn áp dụng vào đâu: {decision}, {unit}.",
    "accepted_blank_rows": "Chấp nhận để trống: {rows}",
    "help_tracking_command": "Lập sổ theo dõi của thành phố cho một kỳ, có trang Quyết định.",
    "help_out_tracking": "Tệp sổ theo dõi (.xlsx).",
    "help_tracking": "Sổ theo dõi của kỳ: các quyết định được áp dụng khi tổng hợp.",
}
