"""Findings: what is wrong (FINDINGS) and what to do about it (FIXES), by rule code."""

from __future__ import annotations

FINDINGS: dict[str, str] = {
    "at_cell": "{sheet}, ô {cell}: {fault}.",
    "blank_word": "trống",
    "unreadable_word": "không đọc được",
    "blank_required": "dòng {number} chưa có số liệu",
    "blank_kps": "dòng {number} chưa có số liệu",
    "rule_error": "quy tắc {rule} không tính được do lỗi của danh mục",
}

FIXES: dict[str, str] = {
    "blank_required": "Nhập số; nếu thật sự không có thì gõ số 0.",
    "blank_kps": "Nhập số; nếu không phát sinh thì gõ KPS.",
    "rule_error": "Báo cho người phụ trách bộ mẫu của thành phố.",
}
