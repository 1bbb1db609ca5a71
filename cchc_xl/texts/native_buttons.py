"""Texts of the buttons that need no Python; {1}, {2}, {3} are filled in by the macros themselves."""

from __future__ import annotations

from collections.abc import Mapping

# What macros say, by the key they look up.
MACRO_WORDS: Mapping[str, str] = {
    "sign_error": "✖",
    "sign_warning": "⚠",
    "sign_blank": "… chưa nhập",
    "column_number": "STT",
    "column_figure": "Số liệu",
    "file_prefix": "NopCCHC",
    "failed": "✖ Nút bấm chưa làm xong việc. Máy báo: {1}. Hãy lưu tệp, mở lại rồi bấm lần nữa.",
    "fault_at": "{1}, ô {2}: {3}",
    "checked": "Đã tính lại lúc {1}: ✖ {2} chỗ phải sửa, ⚠ {3} chỗ cần xem lại. Chỗ đầu tiên:",
    "checked_clean": "Đã tính lại lúc {1}: không có chỗ nào phải sửa hay xem lại. Còn {2} ô chưa nhập.",
    "manual_calculation": (
        "⚠ Excel đang để chế độ tính tay: sau khi sửa số, hãy bấm lại nút này rồi mới xem dấu ✔ ✖. Muốn tự tính: "
        "Formulas > Calculation Options > Automatic."
    ),
    "none_left": "✔ Không còn chỗ nào phải sửa hay xem lại.",
    "restored": (
        "✔ Đã khôi phục {1} công thức, nhãn và định dạng của mọi ô như khi phát hành. Số liệu đã nhập giữ nguyên."
    ),
    "clear_ask": (
        "⚠ Toàn bộ số liệu, ghi chú và giải trình sẽ bị xóa. Bấm lần nữa trong 2 phút để xóa; "
        "không muốn xóa thì không bấm nữa."
    ),
    "cleared": "✔ Đã xóa {1} ô. Phần khai báo và người lập trên Trang chính giữ nguyên.",
    "clear_refused": (
        "✖ Không xóa: tệp gửi thành phố đã được tạo lúc {1}, số liệu ở đây là căn cứ của tệp đã gửi. "
        "Kỳ mới hãy dùng tệp mới do thành phố gửi."
    ),
    "export_unsaved": "✖ Chưa tạo tệp: tệp này chưa được lưu vào thư mục nào. Hãy lưu tệp rồi bấm lại.",
    "export_overwritten": (
        "✖ Chưa tạo tệp: có {1} công thức hoặc nhãn bị ghi đè. Hãy bấm “Khôi phục công thức” rồi bấm lại."
    ),
    "export_formula": (
        "✖ Chưa tạo tệp: {1}, ô {2} có công thức lấy số từ nơi khác. Hãy xóa đi và gõ số vào ô đó rồi bấm lại."
    ),
    "export_faults": (
        "✖ Chưa tạo tệp: còn {1} chỗ phải sửa. Hãy sửa; nếu không sửa được thì ghi lý do ở ô “Lý do nộp lại” "
        "trên Trang chính rồi bấm lại."
    ),
    "export_ask": (
        "⚠ Còn {1} chỗ phải sửa: biểu có lỗi sẽ bị giữ lại, chưa được tổng hợp. "
        "Bấm lần nữa trong 2 phút để vẫn tạo tệp với lý do đã ghi."
    ),
    "export_blanks": "⚠ Còn {1} ô chưa nhập. Bấm lần nữa trong 2 phút để vẫn tạo tệp.",
    "exported": (
        "✔ Đã tạo tệp gửi thành phố {1}, nằm cùng thư mục với tệp này. Hãy gửi tệp đó cho thành phố và lưu lại tệp này."
    ),
    "exported_elsewhere": (
        "✔ Đã tạo tệp gửi thành phố {1} trong thư mục {2} trên máy này, vì tệp đang mở nằm trên OneDrive hoặc SharePoint. "
        "Hãy gửi tệp đó cho thành phố và lưu lại tệp này."
    ),
    "export_no_folder": (
        "✖ Chưa tạo tệp: tệp này nằm trên OneDrive hoặc SharePoint và máy không có thư mục Documents. "
        "Hãy lưu tệp vào một thư mục trên máy rồi bấm lại."
    ),
    "paste_place": "{1}, ô {2}",
    "paste_heading": "— bắt đầu biểu này —",
    "paste_no_form": "✖ chưa rõ biểu nào: chọn biểu ở ô vàng phía trên rồi bấm đọc lại",
    "paste_not_found": "✖ biểu này không có dòng mang STT như vậy; không ghi",
    "paste_computed": "dòng tự tính, không ghi",
    "paste_blank": "để trống trong bảng Word, giữ số đang có",
    "paste_not_text": (
        "✖ Excel đã đổi thành số khi dán, có thể sai dấu chấm, dấu phẩy; bấm “Xóa vùng dán” rồi dán lại dạng chữ"
    ),
    "paste_unreadable": "✖ không đọc được thành số hợp lệ của dòng này; không ghi",
    "paste_ambiguous": "✖ đọc được nhiều cách ({1}); không ghi, hãy gõ tay vào biểu",
    "paste_label_differs": "⚠ lời của dòng khác biểu mẫu; nếu đúng dòng thì gõ x vào cột Ghi",
    "paste_same": "✔ trùng số đang có",
    "paste_new": "sẽ ghi vào ô đang trống",
    "paste_changes": "⚠ sẽ thay số đang có",
    "paste_twice": "✖ hai dòng cùng chỉ một ô; không ghi, hãy bỏ bớt một dòng rồi đọc lại",
    "paste_nothing": "Vùng dán chưa có dòng nào của biểu. Hãy dán bảng từ Word vào ô A9 rồi bấm đọc.",
    "paste_read": (
        "Đã đọc: {1} dòng được đánh dấu x để ghi, {2} dòng khác chỉ ghi nhận xét. "
        "Xem cột Nhận xét, bỏ x ở dòng không muốn ghi, rồi bấm “Ghi các dòng có x”."
    ),
    "paste_no_value": "✖ dòng này không có số mới; không ghi",
    "paste_stale": "✖ bảng dán hoặc ô của biểu đã thay đổi sau khi đọc; không ghi, hãy đọc lại",
    "paste_done": "✔ đã ghi",
    "paste_written": "✔ Đã ghi {1} ô. {2} dòng có x không ghi được (xem cột Nhận xét).",
    "paste_cleared": "✔ Vùng dán đã trống. Các biểu giữ nguyên.",
}

NATIVE_BUTTONS: dict[str, str] = {
    "bt_TinhLaiVaKiemTra": "Tính lại và kiểm tra",
    "bt_TinhLaiVaKiemTra_help": "Tính lại mọi công thức, đếm chỗ phải sửa và đưa đến chỗ đầu tiên.",
    "bt_LoiTiepTheo": "Lỗi tiếp theo",
    "bt_LoiTiepTheo_help": "Đưa đến chỗ phải sửa kế tiếp; hết lỗi thì đến chỗ cần xem lại.",
    "bt_KhoiPhucCongThuc": "Khôi phục công thức",
    "bt_KhoiPhucCongThuc_help": "Trả lại công thức, nhãn và định dạng bị dán đè; số liệu đã nhập giữ nguyên.",
    "bt_XoaSoLieu": "Xóa số liệu",
    "bt_XoaSoLieu_help": "Xóa mọi số liệu đã nhập, phải bấm hai lần; không xóa được sau khi đã tạo tệp gửi thành phố.",
    "bt_XuatBanNop": "Tạo tệp gửi thành phố",
    "bt_XuatBanNop_help": "Ghi bản .xlsx đã khóa, không có macro, cạnh tệp này để gửi thành phố.",
    "bt_DocBangDan": "Đọc bảng đã dán",
    "bt_DocBangDan_help": "Tìm ô của từng dòng, đọc số và đặt cạnh số đang có; chưa ghi gì vào các biểu.",
    "bt_GhiBangDan": "Ghi các dòng có x",
    "bt_GhiBangDan_help": "Ghi số mới của những dòng còn dấu x vào các biểu.",
    "bt_XoaVungDan": "Xóa vùng dán",
    "bt_XoaVungDan_help": "Làm trống vùng dán để dán bảng khác; các biểu giữ nguyên.",
    "bt_paste_sheet": "Dán từ Word",
    "bt_paste_link": "Dán bảng từ Word →",
    "bt_paste_title": "Dán biểu số liệu từ Word",
    "bt_paste_hint": (
        "1. Trong Word, chọn cả bảng (có thể kèm dòng “Biểu mẫu …”), bấm Ctrl+C. 2. Bấm vào ô A9, bấm chuột phải, "
        "chọn kiểu dán “Match Destination Formatting” (Khớp định dạng đích) để số giữ nguyên dạng chữ. "
        "3. Bấm “Đọc bảng đã dán”, xem từng dòng. 4. Bấm “Ghi các dòng có x”. "
        "Ghi chú trong bảng Word không được chép."
    ),
    "bt_paste_form": "Biểu đang dán (khi bảng không kèm dòng “Biểu mẫu …”)",
    "bt_paste_label": "Chỉ tiêu thống kê",
    "bt_paste_place": "Ô của biểu",
    "bt_paste_old": "Số đang có",
    "bt_paste_new": "Số mới",
    "bt_paste_remark": "Nhận xét",
    "bt_paste_tick": "Ghi",
    "bt_paste_form_prompt": "Chọn biểu của bảng đang dán. Nếu bảng có sẵn dòng “Biểu mẫu …” thì để trống.",
    "bt_paste_tick_prompt": "Dòng có x sẽ được ghi. Xóa x nếu không muốn ghi.",
    "bt_paste_tick_stop": "Chỉ gõ x hoặc để trống.",
    "bt_status": "Bấm các nút phía trên; kết quả hiện ở đây. Khi có thanh vàng, bấm Enable Content để nút hoạt động.",
}
