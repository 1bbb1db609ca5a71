"""Texts of `extract`: figures taken from a workbook that is not one of ours."""

from __future__ import annotations

EXTRACTION: dict[str, str] = {
    "help_extract": "Lấy số liệu từ sổ tính tự làm hoặc từ báo cáo Word (.docx) có bảng STT, chỉ tiêu, số liệu ra VALUES.csv để dùng với lệnh fill.",
    "extract_done": "Đã lấy {found}/{wanted} số liệu từ {file} vào {out}.",
    "extract_missing": "Chưa tìm thấy dòng: {rows}. Nhập các dòng này bằng tay.",
    "extract_nothing": "Không tìm thấy bảng nào có cột STT, chỉ tiêu và Số liệu giống biểu mẫu trong {file}. Kiểm tra lại tệp hoặc nhập bằng tay vào tệp mẫu.",
    "extract_twice": "{sheet}, ô {cell}: dòng {number} “{label}” có ở nhiều nơi trong tệp nên không lấy. Nhập dòng này bằng tay.",
    "extract_fault": "{fault} Không lấy số này; nhập bằng tay.",
    "extract_told": "{fault}",
    "extract_other_period": "Báo cáo ghi kỳ {named}, khác kỳ đã chọn ({period}). Xem lại tệp hoặc kỳ trước khi điền.",
    "extract_other_report": "{path} là báo cáo của {found}, sổ tính là của {wanted}. Chọn báo cáo của đúng đơn vị và kỳ.",
    "import_left": "Chưa lấy",
    "import_left_remedy": "Nhập bằng tay nếu cần.",
    "extract_table": "Bảng {number}",
    "extract_place": "hàng {row}, cột {column}",
    "extract_unplaced": "Bảng {table}, hàng {row}: không xếp được “{label}” (số liệu: {figure}) vào dòng nào của biểu mẫu nên không lấy. Nhập dòng này bằng tay.",
}

# How header cells of the printed tables are written, folded to small letters.
WORD_LISTS: dict[str, tuple[str, ...]] = {
    "table_header_number": ("stt", "tt", "số tt", "số thứ tự"),
    "table_header_label": ("chỉ tiêu", "nội dung", "tên chỉ tiêu"),
    "table_header_figure": ("số liệu", "số liệu báo cáo", "số liệu kỳ này", "số liệu trong kỳ", "kết quả"),
    "table_header_other": ("ghi chú", "đơn vị tính", "đvt", "đơn vị", "kết quả thống kê"),
}
