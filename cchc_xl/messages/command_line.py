"""Texts of the command line, of files and of folders."""

from __future__ import annotations

COMMAND_LINE: dict[str, str] = {
    # files.py
    "disk_full": "{path}: đĩa đã đầy, tệp cũ vẫn còn nguyên. Giải phóng chỗ trống rồi chạy lại.",
    "write_failed": "{path}: không ghi được ({reason}). Kiểm tra quyền ghi vào thư mục rồi chạy lại.",
    "read_failed": "{path}: không đọc được ({reason}). Kiểm tra lại đường dẫn và quyền đọc tệp.",
    "not_a_file": "không phải tệp thông thường",
    "no_such_folder": "{path}: không có thư mục này. Tạo thư mục hoặc sửa lại đường dẫn rồi chạy lại.",
    "target_not_a_file": "{path}: đã có và không phải tệp thông thường. Chọn tên tệp khác.",
    "target_busy": "{path}: một lần chạy khác đang ghi tệp này. Đợi lần chạy đó xong rồi chạy lại.",
    "folder_unreadable": "{path}: không đọc được thư mục. Kiểm tra lại đường dẫn và quyền đọc.",
    # excel/workers.py
    "workers_cannot_start": "Không khởi động được tiến trình đọc tệp. Kiểm tra phần mềm diệt vi-rút hoặc cài lại cchc-xl.",
}
