"""Texts of `cchc-xl portable`, and of the folder it makes."""

from __future__ import annotations

PORTABLE: dict[str, str] = {
    "help_portable": (
        "Tạo tệp .zip cho Windows: giải nén là dùng, không cài đặt; có sẵn Python, các thư viện và phần bổ trợ.\n\n"
        "Cần tệp Python 3.13 bản nhúng 64 bit (python-3.13.x-embed-amd64.zip) lấy từ trang của Python."
    ),
    "help_portable_out": "Tệp .zip kết quả.",
    "help_portable_python": "Tệp .zip của Python 3.13 cho Windows 64 bit.",
    "help_portable_sha256": "Mã SHA-256 của tệp Python, khi là phiên bản chưa có trong danh sách đã biết.",
    "help_portable_wheels": "Thư mục đã có đủ các gói .whl, dùng khi không có mạng.",
    "portable_built": "Đã tạo {path} ({size} MB). Giải nén trên máy Windows rồi bấm đúp kiem-tra-may.cmd.",
    "portable_python_unknown": (
        "{path}: mã SHA-256 {digest} không khớp. Dùng bản nhúng chính thức của Python {known}, hoặc nêu --sha256 đúng với "
        "mã công bố của bản đang dùng."
    ),
    "portable_python_other": "{path}: không phải Python 3.13 cho Windows 64 bit. Lấy tệp python-3.13.x-embed-amd64.zip.",
    "portable_wheels_missing": (
        "{path}: thiếu hoặc khác bản đã chọn: {names}. Tải lại các gói này cho Windows, hoặc bỏ --wheels để pip tự tải."
    ),
    "portable_pip_failed": "pip không tải được các gói cho Windows ({reason}). Kiểm tra mạng, hoặc dùng --wheels với các gói đã có.",
    "portable_addin_failed": "Không tạo được phần bổ trợ ({reason}). Cài lại cchc-xl rồi chạy lại.",
    "portable_guide": """CCHC – bản dùng ngay cho Windows, không cần cài đặt

1. Giải nén cả thư mục này vào một chỗ cố định trên máy, ví dụ C:\\CCHC\\cchc_xl. Đường dẫn không nên có chữ có dấu.
   Không để trong Downloads hay thư mục dùng chung mà ai cũng ghi được.
2. Bấm đúp kiem-tra-may.cmd: máy có gì cản trở các nút, sửa thế nào.
3. Bấm đúp cai-dat.cmd: đưa phần bổ trợ vào Excel của người đang đăng nhập, ghi cho macro biết Python ở đâu.
   Không cần quyền quản trị. Phần bổ trợ cchc_xl.xlam cũng có sẵn ở đây để phát hành bằng chính sách của cơ quan.
4. Dòng lệnh: mở Command Prompt tại thư mục này rồi gõ cchc-xl --help, ví dụ
   cchc-xl merge D:\\da-nop --period Q2/2026 --out D:\\TongHop_2026-Q2.xlsx

Python trong thư mục này chỉ tìm thư viện ở đây, không đụng đến Python khác trên máy. Muốn gỡ: đóng Excel, xóa tệp
cchc_xl.xlam trong %APPDATA%\\Microsoft\\Excel\\XLSTART và xóa thư mục này.
""",
}
