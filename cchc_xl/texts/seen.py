"""Findings about what a file shows and what would be counted: SEEN, and what to do about it, SEEN_FIXES."""

from __future__ import annotations

SEEN: dict[str, str] = {
    "unit_of_measure_differs": "đơn vị tính đang in là “{seen}”, của mẫu là “{expected}”",
    "label_differs": "dòng đang in “{seen}”, của mẫu là “{expected}”",
    "form_title_differs": "tiêu đề đang in là “{seen}”, của mẫu là “{expected}”",
    "unit_differs": "trang đang ghi “{seen}” nhưng tệp được lập cho {expected}",
    "period_differs": "trang đang ghi “{seen}” nhưng tệp được lập cho {expected}",
    "unit_name_differs": "tệp ghi mã đơn vị {code} nhưng ghi tên “{seen}”; mã đó là của {expected}",
    "file_name_like_other": "Tên tệp viết không dấu, giống tên {named}, nhưng bên trong là {inside}",
    "shown_as_another": "dòng {number}: ô hiện “{shown}” trong khi số lưu bên trong là {stored}",
    "shown_as_nothing": (
        "dòng {number}: ô lưu {stored} nhưng định dạng của ô không hiện ra số đó (đang hiện “{shown}”)"
    ),
    "shown_rounded": "dòng {number}: ô chỉ hiện “{shown}” (đã làm tròn), số lưu bên trong là {stored}",
    "sheet_hidden": "{form} có số liệu ({count} ô, bắt đầu là {stored}) nhưng trang đang bị ẩn",
    "column_hidden": "cột số liệu của {form} đang bị ẩn, trong đó có số ({count} ô, bắt đầu là {stored})",
    "row_hidden_figure": "dòng {number} đang bị ẩn nhưng có số {stored}",
    "form_twice": "trang này cũng trông như {form} và ghi {shown} ở dòng {number}, còn {sheet}, ô {cell} ghi {stored}",
    "form_copied": "trang này là bản sao của {form}, các số đã nhập đều giống; chỉ {sheet} được đọc",
    "form_elsewhere": (
        "số của dòng {number} đang được lấy từ đây ({stored}) chứ không phải từ trang {form} (ô {cell}: {shown})"
    ),
    "foreign_vba": "Tệp mang chương trình VBA không phải của bộ biểu mẫu; chương trình đó không được chạy, không được giữ",
    "foreign_macro_sheet": "Tệp có trang macro kiểu cũ (Excel 4); trang đó không được đọc, không được giữ",
    "foreign_object": "Tệp có đối tượng nhúng của chương trình khác (OLE, ActiveX, tệp đính kèm); không được mở",
    "foreign_connection": "Tệp có kết nối lấy dữ liệu từ nơi khác; kết nối không được dùng",
    "register_filtered": "{count} dòng đã nhập đang bị ẩn (lọc hoặc ẩn dòng); các dòng đó vẫn được đọc",
    "register_hidden": "trang danh mục có {count} dòng đã nhập nhưng đang bị ẩn",
}
SEEN_FIXES: dict[str, str] = {
    "unit_of_measure_differs": "Ghi lại đúng đơn vị tính của mẫu ({expected}) và ghi số liệu theo đơn vị đó.",
    "label_differs": "Ghi lại đúng số thứ tự và tên chỉ tiêu của mẫu, rồi kiểm tra số của dòng.",
    "form_title_differs": "Ghi lại đúng tiêu đề của mẫu hoặc nhập lại số liệu vào tệp mẫu gốc.",
    "unit_differs": "Nhập số liệu vào tệp mẫu thành phố phát hành cho đúng đơn vị, không sửa tên in trên trang.",
    "period_differs": "Nhập số liệu vào tệp mẫu của đúng kỳ, không sửa tên kỳ in trên trang.",
    "unit_name_differs": "Nhập số liệu vào tệp mẫu thành phố phát hành cho đúng đơn vị, không sửa trang ẩn.",
    "file_name_like_other": "Nếu đó là tên đơn vị thì hỏi lại có gửi nhầm tệp không; nếu không thì bỏ qua.",
    "shown_as_another": "Đặt lại định dạng số của ô (Home > Number > General) rồi nhập lại số đúng.",
    "shown_as_nothing": "Đặt lại định dạng số của ô (Home > Number > General) rồi kiểm tra số.",
    "shown_rounded": "Hiện thêm chữ số thập phân (Increase Decimal) rồi đối chiếu với số đã ký.",
    "sheet_hidden": "Hiện lại trang (nhấp phải vào tên trang, chọn Unhide), kiểm tra số liệu rồi gửi lại.",
    "column_hidden": "Hiện lại cột số liệu (Unhide), kiểm tra số liệu rồi gửi lại.",
    "row_hidden_figure": "Hiện lại dòng (Unhide), kiểm tra số rồi gửi lại.",
    "form_twice": "Chỉ giữ một trang của {form}: xóa trang thừa sau khi chắc chắn số nào đúng.",
    "form_copied": "Không bắt buộc sửa; nên xóa trang sao để khỏi nhập nhầm.",
    "form_elsewhere": "Nhập lại số liệu vào trang {form} của tệp mẫu gốc, không chép trang.",
    "foreign_vba": "Đừng bấm Enable Content; hỏi lại đơn vị và đề nghị nhập vào tệp mẫu thành phố phát hành.",
    "foreign_macro_sheet": "Đừng bấm Enable Content; hỏi lại đơn vị và đề nghị nhập vào tệp mẫu gốc.",
    "foreign_object": "Xóa đối tượng nhúng (tài liệu kèm thì gửi riêng) rồi gửi lại; đừng mở khi chưa rõ nguồn.",
    "foreign_connection": "Xóa kết nối (Data > Queries & Connections) rồi gửi lại; đừng bấm Refresh.",
    "register_filtered": "Không bắt buộc sửa; bỏ lọc (Data > Clear) để xem đủ các dòng.",
    "register_hidden": "Hiện lại trang danh mục rồi kiểm tra các dòng.",
}
