"""Texts of the demo's account."""

from __future__ import annotations

DEMO: dict[str, str] = {
    "demo_title": "CHẠY THỬ – {title}, {period}. Số liệu của {real} là số thật trong báo cáo mẫu; của các đơn vị khác là SỐ LIỆU MINH HỌA.",
    "demo_title_all": "CHẠY THỬ – {title}, {period}. Số liệu của mọi đơn vị đều là SỐ LIỆU MINH HỌA.",
    "demo_issued": "1. Phát hành {count} tệp mẫu trống vào {folder}",
    "demo_submitted": "2. Các đơn vị điền và nộp {count} tệp vào {folder}; trong đó cài sẵn {faults} tình huống hay gặp:",
    "demo_fault": "   - {unit}: {story} → {outcome}",
    "demo_folder_word": "trong thư mục",
    "demo_missing": "được nêu tên ở danh sách chưa nộp",
    "demo_outcome_accepted": "nhận",
    "demo_outcome_warned": "nhận, có cảnh báo",
    "demo_outcome_noticed": "nhận, có lưu ý",
    "demo_outcome_held_forms": "giữ lại {forms}, các biểu khác vẫn được cộng",
    "demo_outcome_held": "giữ lại cả tệp",
    "demo_outcome_empty": "tệp chưa có số liệu, coi như chưa gửi",
    "demo_outcome_incomplete": "nhận và cộng phần đã có, nêu các dòng còn thiếu",
    "demo_outcome_kept": "vẫn dùng bản trước, bản mới chờ chỉnh sửa",
    "demo_closed_by": "Lệnh demo (minh họa)",
    "demo_outcome_rejected": "không nhận, nêu lý do và cách sửa",
    "demo_outcome_skipped": "bỏ qua, có liệt kê",
    "demo_outcome_replaced": "dùng lần nộp {number}, tệp cũ được liệt kê",
    "demo_merged": "3. Tổng hợp: nhận {accepted} · giữ lại {held} · không nhận {rejected} · bỏ qua {skipped} tệp.",
    "demo_state": "   {state}. Số đơn vị: {counts}.",
    "demo_city": "   Cấp xã (tạm tính): {label}: {value} ({answered}/{expected} đơn vị có số)",
    "demo_not_summed": "   Số liệu của riêng từng đơn vị, không cộng giữa các đơn vị.",
    "demo_spread": "   {label}: thấp nhất {least} · trung vị {median} · cao nhất {largest} ({answered}/{expected} đơn vị có số)",
    "demo_summary": "4. Tệp tổng hợp: {path}",
    "demo_not_folder": "{path} không phải là thư mục. Chọn một thư mục mới cho lệnh demo.",
    "demo_not_empty": "Thư mục {path} đang chứa tệp khác ({names}). Chọn một thư mục mới hoặc trống cho lệnh demo.",
    "demo_stray": "Tệp này không phải bài nộp; lệnh demo đặt vào để minh họa.",
}
