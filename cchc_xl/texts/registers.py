"""Registers: words of the live columns, and what is wrong with a row or a whole list."""

from __future__ import annotations

REGISTERS: dict[str, str] = {
    # answers the computed columns compare with and give
    "rg_before": "trước ngày",
    "rg_done": "Đã thực hiện",
    "rg_standing": "Thường xuyên",
    "rg_met": "✔ Đạt",
    "rg_not_met": "✖ Chưa đạt",
    "rg_on_time": "Đúng hạn",
    "rg_not_compared": "Không so riêng",
    "rg_up": "Số lớn hơn",
    "rg_down": "Số nhỏ hơn",
    "rg_same": "Không đổi",
    "rg_finished": "✔ Đã xong",
    "rg_finished_late": "⚠ Xong sau hạn",
    "rg_no_deadline": "… Chưa rõ thời hạn",
    "rg_no_reference": "… Chưa ghi Ngày lập báo cáo",
    "rg_overdue": "✖ Quá hạn",
    "rg_due_soon": "⚠ Sắp đến hạn",
    "rg_in_time": "✔ Còn hạn",
    # live check of a row
    "rg_wrong_date": "cột {label} phải là ngày, gõ dạng ngày/tháng/năm",
    "rg_wrong_choice": "cột {label}: chọn một giá trị trong danh sách",
    "rg_wrong_count": "cột {label} phải là số nguyên không âm",
    "rg_wrong_money": "cột {label} phải là số nguyên triệu đồng",
    "rg_wrong_ratio": "cột {label} phải là tỷ lệ từ 0% đến 100%",
    "rg_wrong_decimal": "cột {label} phải là số không âm trong mức cho phép",
    # the block beside the rows
    "rg_words": "Các nhắc của cột kiểm tra",
    "rg_tally_title": "Đếm trong danh mục",
    "rg_tally_count": "Số dòng",
    "rg_tally_form": "Trên biểu",
    "rg_tally_mark": "So sánh",
    "rg_tally_equal": "✔ Khớp",
    "rg_tally_differs": "⚠ Khác nhau: xem lại",
    # findings
    "register_missing": "dòng {row} của danh mục còn thiếu: {labels}",
    "register_row": "dòng {row} của danh mục: {fault}",
    "register_date_text": "dòng {row}: ngày được lưu dưới dạng chữ “{stored}”, đã đọc là {reading}",
    "register_date_wrong": "dòng {row}: cột {label} ghi “{stored}”, không phải ngày tháng nên không dùng được",
    "register_choice_wrong": "dòng {row}: cột {label} ghi “{stored}”, không có trong danh sách nên không dùng được",
    "register_number_wrong": "dòng {row}: cột {label} ghi “{stored}”, không phải số nên không dùng được",
    "register_number_settled": "dòng {row}: cột {label} có số {stored} còn phần lẻ rất nhỏ do phép tính để lại, đã hiểu là {reading}",
    "register_number_text": "dòng {row}: cột {label} lưu số dưới dạng chữ “{stored}”, đã đọc là {reading}",
    "register_formula": "dòng {row}: cột {label} chứa công thức “{stored}”; kết quả của công thức không được dùng",
    "register_error": "dòng {row}: cột {label} báo lỗi {stored}",
    "register_sheet_missing": "Không tìm thấy trang {sheet}; danh mục của trang này không được đọc",
    "register_columns_moved": (
        "không tìm thấy tiêu đề cột “{label}” ở đúng chỗ của mẫu, nên danh mục của trang này không được đọc"
    ),
    "series_two_titles": "số {number} ngày {day} đã có ở dòng {other} với trích yếu khác",
    "series_order": (
        "số {number} ngày {day} ngược thứ tự với số {other_number} ngày {other_day} ở dòng {other} "
        "(số lớn hơn mà ngày sớm hơn, hoặc ngược lại)"
    ),
    "series_year": (
        "số {number} ghi ngày {day}, nhưng số liền trước {before} ngày {before_day} và số liền sau {after} ngày "
        "{after_day} đều thuộc năm {year}"
    ),
    "series_base": "văn bản ngày {day} có trước văn bản mà nó triển khai ({base} ngày {base_day})",
}

REGISTER_FIXES: dict[str, str] = {
    "register_missing": "Điền đủ các cột có dấu *; dòng không dùng thì xoá hết các ô.",
    "register_date_text": "Gõ lại ngày dạng ngày/tháng/năm, ví dụ 14/6/2026.",
    "register_date_wrong": "Gõ lại ngày dạng ngày/tháng/năm, ví dụ 14/6/2026.",
    "register_choice_wrong": "Chọn một giá trị trong danh sách của ô.",
    "register_number_wrong": "Xoá ô và gõ lại bằng số.",
    "register_number_settled": "Nếu số đã hiểu là đúng thì không cần làm gì; lần sau nên gõ lại số nguyên.",
    "register_number_text": "Xoá ô và gõ lại bằng số.",
    "register_formula": "Xoá công thức và gõ nội dung vào ô.",
    "register_error": "Xoá ô và gõ lại.",
    "register_row": "Xem lại dòng này theo nhắc ở cột kiểm tra.",
    "register_sheet_missing": "Nếu đơn vị có dòng để kê, nhập lại vào tệp mẫu gốc, không xóa hay đổi tên trang.",
    "register_columns_moved": (
        "Nhập lại danh mục vào tệp mẫu gốc, không chèn, xóa, đổi chỗ hay sửa tiêu đề các cột."
    ),
    "register_tally": "Đối chiếu danh mục với biểu, sửa bên chưa đúng; nếu cả hai đều đúng thì ghi lý do ở Ghi chú.",
    "series_two_titles": "Kiểm tra lại số, ký hiệu hoặc trích yếu của hai dòng.",
    "series_order": "Kiểm tra lại số và ngày của hai văn bản; nếu đúng thì giữ nguyên.",
    "series_year": "Kiểm tra lại năm ban hành; nếu đúng thì giữ nguyên.",
    "series_base": "Kiểm tra lại ngày của hai văn bản; nếu đúng thì giữ nguyên.",
}
