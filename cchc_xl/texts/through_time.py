"""Texts about several periods: checks against earlier ones, roll-up, history, trends."""

from __future__ import annotations

THROUGH_TIME: dict[str, str] = {
    # through_time.py
    "time_thousandfold": "dòng {number}: số kỳ này ({value}) gấp khoảng 1.000 lần hoặc chỉ bằng một phần nghìn số kỳ trước ({other})",
    "time_unlike_parts": "dòng {number}: số phát sinh ({value}) khác tổng của {parts} ({other})",
    "time_cumulative_below": "dòng {number}: số lũy kế ({value}) nhỏ hơn số lũy kế của {part} ({other})",
    # merge, check
    "previous_nothing": "{path}: không có tệp nào đọc được của các kỳ trước {period}. Kiểm tra lại đường dẫn ở --previous.",
    # rollup
    "rollup_no_recipe": "Không lập được {period} từ các kỳ khác: chế độ {regime} chỉ có các kỳ {kinds}.",
    "rollup_nothing": "Chưa đủ tệp để lập {period} cho đơn vị nào. Cần tệp của: {needed}.",
    "rollup_from_parts": "Cộng từ {parts}",
    "rollup_from_whole": "Suy ra từ {whole} trừ {parts}",
    "rollup_written": "Đã lập {count} sổ tính {period} vào {folder}. {how}.",
    "rollup_lacking": "{unit}: chưa lập được, còn thiếu tệp của {periods}.",
    "rollup_reenter_line": "Mọi đơn vị phải nhập lại {count} dòng: {rows}.",
    "rollup_unit_line": "{unit}. {rows}.",
    "rollup_rows_of_reason": "{why}, phải nhập {rows}",
    "rollup_row_plain": "{sheet} dòng {numbers}",
    "rollup_registers_line": "Danh mục có dòng không cộng được, phải nhập lại: {sheets}.",
    "rollup_why_blank": "Do {periods} để trống",
    "rollup_why_held": "Do biểu của {periods} bị giữ lại",
    "rollup_why_stock": "Do không có số cuối kỳ",
    "rollup_why_contradicts": "Do các kỳ kia lớn hơn cả kỳ dài",
    "rollup_hint_title": "Gợi ý khi lập từ các kỳ khác (không in)",
    "rollup_hint_main": "{how}. Còn {count} dòng phải nhập: xem cột {column} của từng biểu. Số đã điền cần được rà lại trước khi nộp.",
    "rollup_hint_reenter": "Nhập lại cho cả kỳ: số này không cộng được (đếm không trùng hoặc câu trả lời).",
    "rollup_hint_blank": "Nhập số cả kỳ: {periods} để trống nên chưa cộng.",
    "rollup_hint_held": "Nhập số cả kỳ: biểu này của {periods} bị giữ lại vì có lỗi nên chưa cộng.",
    "rollup_hint_stock": "Nhập lại: số tại thời điểm cuối kỳ không suy ra được từ kỳ dài hơn.",
    "rollup_hint_contradicts": "Nhập lại: số của các kỳ kia lớn hơn số của cả kỳ dài, hai nơi không khớp nhau.",
    "help_rollup": "Lập sổ tính 6 tháng, năm từ các quý (hoặc quý từ các tháng, quý từ 6 tháng trừ quý kia) trong các thư mục DIR.",
    "help_rollup_to": "Kỳ cần lập: 2026-S1, 2026-A1, 2026-Q2 …",
    "progress_rollup": "Lập sổ tính",
    # history
    "history_not_ours": "{path}: không phải tệp lịch sử do chương trình lập. Chọn tệp khác.",
    "history_newer": "{path}: tệp lịch sử do phiên bản mới hơn lập. Cập nhật chương trình rồi chạy lại.",
    "history_foreign": (
        "{path}: bảng {table} của tệp lịch sử có nội dung không do chương trình ghi. "
        "Lấy lại bản sao lưu của tệp lịch sử rồi chạy lại."
    ),
    "history_busy": "{path}: một chương trình khác đang ghi tệp lịch sử này. Đợi xong rồi chạy lại.",
    "history_broken": "{path}: không đọc hoặc ghi được tệp lịch sử ({reason}). Kiểm tra đĩa và quyền ghi; số cũ còn nguyên.",
    "history_added": "Lịch sử {path}: thêm {submissions} tệp, {observations} số liệu.",
    "history_nothing_new": "Lịch sử {path}: không có gì mới.",
    "history_empty": "Tệp lịch sử chưa có kỳ nào.",
    "history_period_line": "{regime}, {period}: {units} đơn vị, {submissions} lần nộp, {observations} số liệu, {revisions} lần sửa số.",
    "history_revisions_title": "Các lần sửa số ({count}):",
    "history_revision_line": "  {period}, {unit}, {indicator}: {old} → {new} (lần nộp {first} → {second}{who})",
    "history_by": ", {who}",
    "history_more": "  … và {count} lần sửa khác; xem đủ bằng --json hoặc --export.",
    "history_exported": "Đã ghi {rows} dòng vào {path}.",
    "history_too_long": "{path}: {rows} dòng, nhiều hơn một trang tính chứa được. Xuất sang tệp .csv.",
    "history_export_suffix": "{path}: tên tệp xuất phải kết thúc bằng .xlsx hoặc .csv.",
    "history_sheet": "Số liệu",
    "history_revisions_sheet": "Sửa đổi",
    "history_workbook_title": "Lịch sử số liệu",
    "help_history": "Xem tệp lịch sử mà lệnh merge ghi thêm (--history): các kỳ, các lần sửa số; xuất thành một bảng dài.",
    "help_export": "Xuất bảng dài ra tệp .xlsx hoặc .csv.",
    "help_merge_history": "Tệp lịch sử để ghi thêm số liệu của lần tổng hợp này (tự tạo nếu chưa có).",
    "help_previous_merge": "Tệp tổng hợp kỳ trước, hoặc thư mục các tệp kỳ trước, để so sánh.",
    # So sánh
    "summary_trend_title": "6. Diễn biến qua các kỳ",
    "summary_trend_how": "Số toàn thành phố của các biểu được tính ở từng kỳ; số đơn vị được tính có thể khác nhau giữa các kỳ.",
    "summary_trend_line": "Diễn biến",
    "summary_no_trend": "Chưa có số các kỳ trước. Khi tổng hợp, dùng cùng một tệp lịch sử (tùy chọn --history) cho mọi kỳ.",
    "summary_unit_change_title": "7. Thay đổi của từng đơn vị",
    "summary_unit_change_how": "{now} so với {before}, chỉ các biểu được tính ở cả hai kỳ. Chênh lệch của tỷ lệ là điểm phần trăm. Chênh lệch tô đậm: khác xa các đơn vị khác (trung vị và độ lệch tuyệt đối trung vị), là gợi ý để xem lại, không phải lỗi.",
    "summary_unit_before": "Kỳ trước",
    "summary_unit_now": "Kỳ này",
    "summary_trend_data": "Số các kỳ của đường diễn biến (không in)",
}

HISTORY_COLUMNS: dict[str, str] = {
    "regime": "Chế độ",
    "period": "Kỳ",
    "unit": "Mã đơn vị",
    "unit_name": "Đơn vị",
    "indicator": "Mã chỉ tiêu",
    "status": "Trạng thái",
    "value": "Số liệu",
    "counted": "Được tính",
    "current": "Lần nộp sau cùng",
    "number": "Lần nộp",
    "received": "Ngày nhận",
    "file": "Tệp",
    "sha256": "SHA-256",
}
REVISION_COLUMNS: dict[str, str] = {
    "regime": "Chế độ",
    "period": "Kỳ",
    "unit": "Mã đơn vị",
    "unit_name": "Đơn vị",
    "indicator": "Mã chỉ tiêu",
    "old": "Số cũ",
    "new": "Số mới",
    "from_number": "Từ lần nộp",
    "to_number": "Đến lần nộp",
    "who": "Người lập",
    "from_file": "Tệp cũ",
    "to_file": "Tệp mới",
}

THROUGH_TIME_FIXES: dict[str, str] = {
    "time_thousandfold": "Kiểm tra lại số: dấu chấm phân nghìn có thể đã bị hiểu thành dấu thập phân, hoặc gõ nhầm đơn vị tính. Nếu đúng, xin ghi rõ ở cột Ghi chú.",
    "time_unlike_parts": "Đối chiếu với các kỳ đã nộp trong kỳ này. Nếu số các kỳ trước đã được điều chỉnh, xin ghi rõ ở cột Ghi chú.",
    "time_cumulative_below": "Kiểm tra lại: số lũy kế trong một năm không giảm. Nếu kỳ trước ghi nhầm, xin ghi rõ ở cột Ghi chú.",
}
