"""Texts of `extract`: figures taken from a workbook that is not one of ours."""

from __future__ import annotations

EXTRACTION: dict[str, str] = {
    "help_extract": "Lấy số liệu từ sổ tính tự làm (bảng STT, chỉ tiêu, số liệu) ra VALUES.csv để dùng với lệnh fill.",
    "extract_done": "Đã lấy {found}/{wanted} số liệu từ {file} vào {out}.",
    "extract_missing": "Chưa tìm thấy dòng: {rows}. Nhập các dòng này bằng tay.",
    "extract_nothing": "Không tìm thấy bảng nào có cột STT, chỉ tiêu và Số liệu giống biểu mẫu trong {file}. Kiểm tra lại tệp hoặc nhập bằng tay vào tệp mẫu.",
    "extract_twice": "{sheet}, ô {cell}: dòng {number} “{label}” có ở nhiều nơi trong tệp nên không lấy. Nhập dòng này bằng tay.",
    "extract_fault": "{fault} Không lấy số này; nhập bằng tay.",
    "extract_told": "{fault}",
}
