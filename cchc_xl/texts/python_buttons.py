"""Texts a macro shows: it is ASCII, so they wait in cells of the workbook's settings sheet."""

from __future__ import annotations

_ASK = " Chạy lệnh cchc-xl doctor hoặc hỏi cán bộ công nghệ thông tin."
_DONE = " Phần không cần Python vẫn đã chạy."

PYTHON_BUTTONS: dict[str, str] = {
    "py_tieu_de": "CCHC",
    "py_dang_chay": "Đang chạy Python, xin chờ…",
    "py_khong_thay": (
        "Máy này chưa có Python hoặc Excel không tìm thấy. Cài Python 3.11 trở lên, chạy pip install cchc-xl "
        "rồi cchc-xl install, mở lại Excel." + _DONE
    ),
    "py_bi_chan": (
        "Máy này không cho Excel khởi động Python (phần mềm diệt vi-rút hoặc chính sách “chặn tiến trình con”). "
        "Đề nghị cán bộ công nghệ thông tin cho phép Excel chạy python.exe." + _DONE
    ),
    "py_ban_cu": "Python trên máy cũ hơn 3.11. Cài Python 3.11 trở lên rồi chạy cchc-xl install." + _DONE,
    "py_thieu_xlwings": (
        "Python chưa có xlwings hoặc pywin32. Mở Command Prompt, chạy pip install --upgrade xlwings pywin32."
        + _DONE
    ),
    "py_thieu_goi": "Python chưa có gói cchc-xl. Mở Command Prompt, chạy pip install cchc-xl." + _DONE,
    "py_duong_dan": (
        "Python nằm trong thư mục có chữ tiếng Việt mà Excel không đọc được. Chạy cchc-xl install để ghi đường dẫn "
        "ngắn; nếu vẫn báo thế này thì cài Python vào C:\\Python rồi chạy lại cchc-xl install." + _DONE
    ),
    "py_tep_la": (
        "✖ Sổ tính này có trang tính cài đặt hoặc mã lập trình riêng (tên kết thúc bằng .conf hoặc .py), có thể bắt "
        "máy chạy chương trình lạ, nên Python không chạy với nó. Hỏi nơi gửi tệp, hoặc dùng tệp mới do thành phố gửi."
    ),
    "py_khong_chay": "Python khởi động nhưng dừng ngay, có thể cài đặt bị hỏng." + _ASK + _DONE,
    "py_bao_loi": "Python dừng giữa chừng nên nút này chưa xong." + _ASK + _DONE,
    "lenh_khong_phai_tep": (
        "Sổ tính đang mở không phải sổ tính CCHC. Mở tệp của xã hoặc tệp tổng hợp rồi bấm lại."
    ),
    "lenh_cua_xa": "Lệnh này dùng cho sổ tính của xã, phường, đặc khu. Mở tệp đó rồi bấm lại.",
    "lenh_cua_thanh_pho": "Lệnh này dùng cho sổ tính tổng hợp của thành phố. Mở tệp đó rồi bấm lại.",
    "lenh_can_ban_co_nut": (
        "Lệnh này cần sổ tính .xlsm có nút. Tệp đang mở là bản .xlsx không có macro; mở tệp .xlsm rồi bấm lại."
    ),
    "lenh_khong_chay": "Lệnh dừng giữa chừng. Kiểm tra trang tính có bị khóa không rồi bấm lại." + _ASK,
}
