"""Texts of the offline page, and of the command that builds it."""

from __future__ import annotations

# Where page.html says {{code}}.
PAGE_LABELS: dict[str, str] = {
    "title": "Kiểm tra và tổng hợp báo cáo cải cách hành chính",
    "office": "Thành phố Hải Phòng – báo cáo CCHC của xã, phường, đặc khu",
    "promise": "Dữ liệu không rời khỏi máy này",
    "proof_title": "Cách tự kiểm chứng",
    "proof_text": (
        "Trang này là một tệp nằm trên máy của bạn. Mọi việc đọc, kiểm tra, tổng hợp đều do trình duyệt làm ngay tại chỗ; "
        "không có máy chủ nào, không cài đặt gì, không lưu gì lại trong trình duyệt."
    ),
    "proof_cable": "Rút dây mạng hoặc tắt Wi-Fi rồi dùng trang: mọi chức năng vẫn chạy như thường.",
    "proof_tools": "Bấm F12, mở thẻ Network (Mạng), làm một lần tổng hợp: danh sách không có địa chỉ nào bên ngoài tệp này.",
    "proof_source": (
        "Dòng sau nằm ở đầu mã nguồn của trang và buộc trình duyệt chặn mọi kết nối (connect-src 'none' nghĩa là không cho "
        "nối đi đâu):"
    ),
    "skip": "Đến chỗ chọn tệp",
    "step_1": "Chọn tệp",
    "drop_lead": "Thả thư mục hoặc các tệp báo cáo vào đây",
    "choose_files": "Chọn tệp…",
    "choose_folder": "Chọn cả thư mục…",
    "drop_hint": (
        "Sổ tính .xlsx, .xlsm của các đơn vị. Thư mục con và tệp .zip cũng được mở. Tệp gốc chỉ được đọc, không bị thay đổi."
    ),
    "step_2": "Kiểm tra hoặc tổng hợp",
    "check_title": "Kiểm tra",
    "check_text": "Từng tệp có lỗi gì, ở trang nào, ô nào, sửa thế nào.",
    "check_button": "Kiểm tra các tệp",
    "merge_title": "Tổng hợp một kỳ",
    "merge_text": "Gộp tệp của các đơn vị thành tệp tổng hợp của thành phố, kèm sổ theo dõi và danh sách đôn đốc.",
    "merge_button": "Tổng hợp",
    "period": "Kỳ báo cáo",
    "period_help": "Viết như Q2/2026, 6T/2026, T6/2026 hoặc 2026.",
    "regime": "Chế độ báo cáo",
    "regime_by_files": "Tự nhận theo tệp",
    "more_title": "Tệp kèm theo (không bắt buộc): kỳ trước, sổ nhận báo cáo, lịch sử, danh sách đơn vị khác",
    "previous": "Kỳ trước: tệp tổng hợp hoặc .zip các tệp của đơn vị",
    "previous_folder": "hoặc cả thư mục tệp của đơn vị kỳ trước:",
    "previous_help": "Dùng để so sánh với kỳ này. Tệp tổng hợp chỉ dùng khi tổng hợp.",
    "receipts": "Sổ nhận báo cáo (.csv)",
    "receipts_help": "Các cột: unit,date,channel,report number.",
    "history": "Tệp lịch sử các kỳ",
    "new_history": "Bắt đầu tệp lịch sử mới",
    "history_help": "Bản đã ghi thêm kỳ này được trả lại cùng kết quả; hãy cất giữ cho kỳ sau.",
    "units": "Danh sách đơn vị khác (.csv)",
    "units_help": "Các cột: code,type,name. Bỏ trống là 114 đơn vị của Hải Phòng.",
    "step_3": "Kết quả",
    "download_summary": "Tải tệp tổng hợp",
    "download_bundle": "Tải tất cả (.zip)",
    "copy_missing": "Chép danh sách này",
    "filter": "Tìm trong kết quả",
    "filter_hint": "tên tệp, đơn vị, nội dung lỗi",
    "filter_state": "Kết quả",
    "state_all": "Tất cả",
    "verdict_accepted": "Được nhận",
    "verdict_held": "Tạm giữ",
    "verdict_rejected": "Từ chối",
    "verdict_skipped": "Bỏ qua",
    "open_all": "Mở mọi chi tiết",
    "close_all": "Đóng lại",
    "copy": "Chép bảng",
    "print": "In kết quả",
    "table_caption": "Các tệp và kết quả của từng tệp",
    "head_file": "Tệp",
    "head_unit": "Đơn vị",
    "head_period": "Kỳ",
    "head_state": "Kết quả",
    "head_errors": "Lỗi",
    "head_warnings": "Cảnh báo",
    "head_notices": "Lưu ý",
    "head_findings": "Chi tiết",
    "footer": "Trang dùng được khi không có mạng, trên Edge, Chrome, Firefox từ năm 2022.",
    "licences": "Giấy phép phần mềm",
    "licences_text": "Trang gồm cchc_xl (MIT) và các phần mềm nguồn mở, giữ nguyên mã:",
}

# What page.js says while it works.
PAGE_SAYINGS: dict[str, str] = {
    "starting": "Đang chuẩn bị, thường mất vài giây. Có thể chọn tệp ngay.",
    "starting_with_files": "Đã nhận tệp. Đang chuẩn bị, thường mất vài giây.",
    "ready": "Sẵn sàng. Hãy chọn tệp.",
    "reading": "Đang đọc: xong {done} trong {all} sổ tính.",
    "read": "Đã đọc {all} sổ tính ({files} tệp). Bấm “Kiểm tra các tệp” hoặc “Tổng hợp”.",
    "doing_check": "Đang kiểm tra…",
    "doing_merge": "Đang tổng hợp…",
    "period_found": "Theo các tệp: {period}.",
    "regime_found": "Theo các tệp: {title}.",
    "no_files": "Chưa chọn tệp nào. Thả thư mục hoặc các tệp báo cáo vào khung ở bước 1.",
    "no_workbooks": "Không có sổ tính .xlsx hoặc .xlsm nào trong các tệp đã chọn. Chọn lại ở bước 1.",
    "file_gone": "Tệp {file} không còn như lúc chọn: đã bị sửa, chuyển, xóa hoặc đang bị khóa. Lưu và đóng tệp rồi chọn lại ở bước 1.",
    "file_huge": "Tệp {file} lớn hơn {limit} MB nên không phải tệp báo cáo. Đưa tệp đó ra khỏi thư mục rồi chọn lại.",
    "browser_too_old": "Trình duyệt này quá cũ. Mở trang bằng Edge, Chrome hoặc Firefox từ năm 2022 trở lại đây.",
    "cannot_start": "Không khởi động được phần tính toán. Đóng bớt chương trình khác rồi mở lại trang; nếu vẫn lỗi thì thử trình duyệt khác.",
    "work_failed": "Chưa làm xong: {reason}. Đóng bớt chương trình khác rồi bấm lại; nếu vẫn lỗi thì chia thư mục thành nhiều phần.",
    "failure_worker_timeout": "quá lâu chưa xong",
    "failure_worker_memory": "máy không đủ bộ nhớ",
    "failure_worker_died": "phần tính toán dừng đột ngột",
    "failure_start": "phần tính toán không khởi động được",
    "state_waiting": "chờ đọc",
    "state_reading": "đang đọc",
    "state_read": "đã đọc",
    "state_other": "không phải sổ tính",
    "count_accepted": "tệp được nhận",
    "count_held": "tệp tạm giữ",
    "count_rejected": "tệp từ chối",
    "count_skipped": "tệp bỏ qua",
    "missing_title": "Chưa có số liệu của {count} đơn vị",
    "rows_shown": "Đang xem {shown} trong {all} tệp.",
    "show_findings": "Xem chi tiết ({count})",
    "hide_findings": "Đóng chi tiết",
    "findings_of": "Chi tiết của {file}",
    "column_level": "Mức",
    "column_sheet": "Trang",
    "column_cell": "Ô",
    "column_message": "Nội dung",
    "column_fix": "Cần làm",
    "copy_columns": "Tệp|Đơn vị|Kỳ|Kết quả|Mức|Trang|Ô|Nội dung|Cần làm",
    "copied": "Đã chép, dán được vào Excel hoặc Word.",
    "copy_failed": "Trình duyệt không cho chép; hãy bôi đen bảng rồi bấm Ctrl+C.",
}

PAGE: dict[str, str] = {
    "page_verdict_accepted": "Được nhận",
    "page_verdict_held": "Tạm giữ",
    "page_verdict_rejected": "Từ chối",
    "page_verdict_skipped": "Bỏ qua",
    "page_checked": "Đã kiểm tra {count} sổ tính.",
    "page_merged": "{regime}, {period}: {state}. Số đơn vị: {counts}.",
    "page_output_check": "Kết quả kiểm tra (JSON)",
    "page_output_ledger": "Sổ cái các tệp (JSON)",
    "page_output_reminders_xlsx": "Danh sách đôn đốc (Excel)",
    "page_output_reminders_txt": "Lời nhắn đôn đốc (văn bản)",
    "page_output_history": "Lịch sử các kỳ",
    "page_no_period": "Chưa biết kỳ báo cáo. Gõ kỳ vào ô “Kỳ báo cáo”, ví dụ Q2/2026, rồi bấm “Tổng hợp”.",
    "page_memory": "Máy không đủ bộ nhớ để làm việc này. Đóng bớt chương trình khác rồi bấm lại.",
    # cchc-xl page
    "help_page": (
        "Tạo trang cchc_xl.html: kiểm tra và tổng hợp trong trình duyệt, không cài đặt, không cần mạng.\n\n"
        "Lần đầu cần npm (Node.js) để lấy Pyodide, hoặc tệp của Pyodide nêu bằng --runtime."
    ),
    "help_page_out": "Tên tệp trang (mặc định cchc_xl.html).",
    "help_page_runtime": "Tệp pyodide-….tgz đã có, dùng khi máy không có npm.",
    "help_page_cache": "Thư mục giữ tệp của Pyodide cho lần sau.",
    "page_built": "Đã tạo {path} ({size} MB). Bấm đúp để mở bằng trình duyệt.",
    "page_not_compiled": (
        "Không có Node.js nên trang khởi động chậm hơn khoảng ba lần; kết quả vẫn như nhau. "
        "Muốn nhanh: cài Node.js rồi tạo lại."
    ),
    "page_no_npm": (
        "Không có npm. Cài Node.js, hoặc lấy tệp pyodide-{version}.tgz ở máy khác (npm pack pyodide@{version}) rồi chạy lại "
        "với --runtime."
    ),
    "page_npm_failed": "npm không lấy được Pyodide ({reason}). Kiểm tra mạng, hoặc dùng --runtime với tệp đã có.",
    "page_runtime_other": "{path}: không phải tệp nguyên vẹn của pyodide {version}. Lấy lại bằng npm pack pyodide@{version}.",
    "page_node_failed": "Node.js không biên dịch được trang ({reason}). Cập nhật Node.js 18 trở lên rồi chạy lại.",
}
