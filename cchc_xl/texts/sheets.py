"""Names of sheets, as people see them on the tabs."""

from __future__ import annotations

# Commune workbook
MAIN, CHECK, GUIDE, RULES, SLIP = "Trang chính", "Kiểm tra", "Hướng dẫn", "Quy tắc", "Phiếu kiểm số liệu"
EXCHANGE = "Nhập, ghép tệp"
APPENDIX = "Phụ lục III"
APPENDED_HOW = "Kèm theo"  # the appendix goes with the report
ANY_UNIT = "xã, phường, đặc khu"  # where no single unit is meant
# City summary
TOTALS, BY_UNIT, COVERAGE, FINDINGS = "Tổng hợp", "Theo đơn vị", "Tình trạng nộp", "Lỗi và cảnh báo"
COMPARISON, CHARTS, SOURCES, DISTRIBUTION = "So sánh", "Biểu đồ", "Nguồn", "Phân bố"
# City workbook
DECISIONS = "Quyết định"
CONTROL, REMINDERS = "Điều khiển", "Đôn đốc"
