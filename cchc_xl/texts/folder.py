"""Findings about files as such: what lies in the folder and what happened while one was read."""

from __future__ import annotations

FOLDER: dict[str, str] = {
    "entry_office_lock": "Tệp khóa tạm của Excel, không phải số liệu.",
    "entry_own_output": "Tệp do lần chạy này tạo ra hoặc sử dụng, không phải tệp của đơn vị gửi.",
    "entry_folder": "Đây là thư mục; các tệp bên trong không được đọc.",
    "entry_link": "Đây là lối tắt tới nơi khác nên không được đọc.",
    "entry_special": "Đây không phải tệp thông thường nên không được đọc.",
    "entry_unreadable": "Không xem được tệp này: không có quyền đọc, hoặc tệp vừa bị xóa, đổi tên.",
    "entry_archive": "Đây là tệp nén; các tệp bên trong không được đọc.",
    "entry_placeholder": "Tệp mới chỉ có tên trên máy này, nội dung còn ở trên đám mây.",
    "entry_other": "Không phải sổ tính .xlsx hoặc .xlsm nên không được đọc.",
    "wrong_regime": "Tệp thuộc chế độ báo cáo {found}, không phải {asked}",
    "file_unreadable": "Không mở được tệp để đọc.",
    "file_not_judged": "Không xét được tệp. {reason}",
    "not_in_template": "chưa có trong mẫu cũ",
    "older_template": "Tệp theo mẫu phiên bản {version}; mẫu hiện hành là {today}.",
    "older_template_added": "Chưa có trong mẫu cũ: {count} dòng ({rows}).",
    "older_template_gone": "Không còn trong mẫu mới nên không tính: {count} dòng ({rows}).",
    "worker_died": "Tệp làm chương trình đọc dừng đột ngột; tệp có thể bị hỏng hoặc được làm giả.",
    "worker_timeout": "Đọc quá {seconds} giây chưa xong; tệp có thể bị hỏng hoặc được làm giả.",
    "worker_memory": "Đọc tệp cần quá nhiều bộ nhớ; tệp có thể bị hỏng hoặc được làm giả.",
    "worker_failed": "Không đọc được tệp ({detail}).",
}

_SEND_AGAIN = "Đề nghị đơn vị mở tệp, lưu lại dạng .xlsx rồi gửi lại; nếu vẫn lỗi thì điền lại vào tệp mẫu."

FOLDER_FIXES: dict[str, str] = {
    "entry_office_lock": "Không cần làm gì; nếu tệp chính đang mở trong Excel thì lưu và đóng lại rồi chạy lại.",
    "entry_own_output": "Không cần làm gì.",
    "entry_folder": "Chuyển các tệp trong thư mục này ra ngoài rồi chạy lại.",
    "entry_link": "Chép chính tệp đó vào thư mục rồi chạy lại.",
    "entry_special": "Xóa khỏi thư mục nếu không cần.",
    "entry_unreadable": "Kiểm tra tệp còn đó và quyền đọc, rồi chạy lại.",
    "entry_archive": "Giải nén, chép các tệp bên trong ra thư mục này rồi chạy lại.",
    "entry_placeholder": "Tải tệp về máy (chọn “Luôn giữ trên thiết bị này”) rồi chạy lại.",
    "entry_other": "Nếu là báo cáo số liệu thì mở ra, lưu lại dạng .xlsx theo tệp mẫu rồi chạy lại.",
    "wrong_regime": "Đề nghị đơn vị nộp tệp mẫu của chế độ {asked}.",
    "file_unreadable": "Đóng tệp nếu đang mở ở nơi khác, kiểm tra quyền đọc rồi chạy lại.",
    "file_not_judged": "Làm theo lời nhắc; nếu lỗi ở chính tệp, đề nghị đơn vị lưu lại dạng .xlsx rồi gửi lại.",
    "older_template": (
        "Số liệu được đọc và xét theo mẫu cũ, không cần nhập lại. Kỳ sau dùng mẫu mới; muốn nhập thêm các dòng mới "
        "thì chuyển tệp sang mẫu mới bằng lệnh upgrade."
    ),
    "worker_died": _SEND_AGAIN,
    "worker_timeout": _SEND_AGAIN,
    "worker_memory": _SEND_AGAIN,
    "worker_failed": _SEND_AGAIN,
}
