"""Texts of the Python buttons, of the sheets they fill, and of `combine`."""

from __future__ import annotations

# The Python buttons: function in `buttons` and in the macros → caption and help, in the order shown.
COMMUNE_BUTTONS: dict[str, tuple[str, str]] = {
    "kiem_tra_sau": (
        "Kiểm tra sâu",
        "Kiểm tra đủ mọi quy tắc trên số liệu đang nhập, đối chiếu cả với tệp kỳ trước.",
    ),
    "lay_so_ky_truoc": (
        "Lấy số kỳ trước",
        "Điền cột Kỳ trước từ sổ tính kỳ trước; không đụng đến ô nhập số liệu.",
    ),
    "nhap_tu_tep": (
        "Nhập từ tệp",
        "Điền các ô còn trống từ tệp CSV, sổ tính hoặc báo cáo Word cùng đơn vị, cùng kỳ.",
    ),
    "ghep_bieu": (
        "Ghép biểu từ tệp khác",
        "Lấy các biểu do người khác điền trong bản khác của sổ tính này; không tự ghi đè.",
    ),
}
CITY_BUTTONS: dict[str, tuple[str, str]] = {
    "gop_cac_xa": ("Gộp các xã", "Đọc mọi tệp trong thư mục và điền tất cả các trang tổng hợp."),
    "kiem_tra_tat_ca": (
        "Kiểm tra tất cả",
        "Kiểm tra mọi tệp và lập trang Lỗi và cảnh báo; số tổng hợp giữ nguyên.",
    ),
    "so_voi_ky_truoc": ("So với kỳ trước", "Gộp các xã và so sánh với tệp tổng hợp kỳ trước."),
    "xuat_danh_sach_don_doc": (
        "Xuất danh sách đôn đốc",
        "Lập danh sách đơn vị chưa nộp hoặc bị giữ lại, kèm lý do, thành trang và tệp để gửi.",
    ),
}

_COMBINE = {
    "combine_note": "Ghi chú",
    "combine_claimed": "tỷ lệ ghi trong báo cáo",
    "combine_person": "Người lập",
    "combine_telephone": "Điện thoại",
    "combine_explanation": "Giải trình",
    "combine_register": "Danh mục",
    "combine_forms_unknown": "Không có biểu {forms}. Các biểu của sổ tính này: {known}.",
    "combine_other_workbook": (
        "{path}: là sổ tính của {found}, không ghép được vào sổ tính của {wanted}. Chọn đúng tệp của đơn vị và kỳ."
    ),
    "combine_filled": "Lấy từ {source}: {count} ô.",
    "combine_conflict": "{sheet}, ô {cell} ({label}): đang có {current}, {source} ghi {offered} – {outcome}.",
    "combine_outcome_taken": "đã điền",
    "combine_outcome_kept": "giữ số đang có",
    "combine_outcome_overwritten": "đã thay",
    "combined": "Đã ghi sổ tính đã ghép: {path}.",
    "combine_conflicts_left": (
        "Còn {count} ô hai tệp ghi khác nhau, đã giữ số đang có. Xem lại từng ô, "
        "hoặc chạy lại với --prefer other để lấy số của tệp ghép vào."
    ),
    "help_combine": "Ghép các biểu do nhiều người điền (OTHER…) vào một sổ tính BASE; không tự ghi đè số nào.",
    "help_combine_forms": "Các biểu cần ghép, ví dụ bieu1,bieu3. Không nêu: mọi biểu.",
    "help_combine_prefer": "base: giữ số đang có (mặc định); other: lấy số của tệp ghép vào khi hai tệp khác nhau.",
}

_EXCHANGE = {
    "exchange_title": "Nhập số liệu và ghép biểu từ tệp khác",
    "exchange_hint": (
        "Chọn tệp rồi bấm nút. Ô trống được điền; ô đã có số khác với tệp được liệt kê ở bảng dưới và giữ nguyên, "
        "trừ khi chọn Có ở dòng Ghi đè."
    ),
    "exchange_cchc_py_ky_truoc": "Tệp kỳ trước",
    "exchange_cchc_py_tep": "Tệp cần nhập hoặc ghép",
    "exchange_cchc_py_bieu": "Biểu cần ghép",
    "exchange_cchc_py_ghi_de": "Ghi đè số đang có",
    "exchange_prompt_title": "Nhập và ghép tệp",
    "exchange_prompt_cchc_py_ky_truoc": (
        "Đường dẫn sổ tính kỳ trước của đơn vị. Bấm nút Chọn tệp kỳ trước, hoặc dán đường dẫn vào đây."
    ),
    "exchange_prompt_cchc_py_tep": (
        "Đường dẫn tệp CSV, sổ tính hoặc báo cáo Word (.docx) cùng đơn vị, cùng kỳ. Bấm nút Chọn tệp cần nhập, hoặc dán đường dẫn vào đây."
    ),
    "exchange_prompt_cchc_py_bieu": "Số của các biểu cần ghép, ví dụ 1, 3. Để trống: mọi biểu.",
    "exchange_prompt_cchc_py_ghi_de": "Không: giữ số đang có. Có: lấy số của tệp khi hai bên khác nhau.",
    "exchange_stop": "Chỉ chọn Không hoặc Có.",
    "exchange_no": "Không",
    "exchange_yes": "Có",
    "exchange_column_number": "STT",
    "exchange_column_outcome": "Kết quả",
    "exchange_column_cell": "Trang, ô",
    "exchange_column_content": "Nội dung",
    "exchange_column_current": "Đang có",
    "exchange_column_offered": "Trong tệp / cần có",
    "exchange_column_remedy": "Việc cần làm",
    "exchange_more": "Còn {count} dòng nữa không đủ chỗ. Sửa các dòng trên rồi bấm lại nút.",
    "exchange_place": "{sheet}, ô {cell}",
    "button_pick": "Chọn tệp kỳ trước…",
    "button_pick_help": "Chọn sổ tính kỳ trước của đơn vị trên máy; đường dẫn được ghi vào ô bên cạnh.",
    "button_pick_import": "Chọn tệp cần nhập…",
    "button_pick_import_help": "Chọn tệp CSV, sổ tính hoặc báo cáo Word cần nhập, ghép; đường dẫn được ghi vào ô bên cạnh.",
}

_COMMUNE = {
    "done_check": (
        "Kiểm tra sâu: {errors} lỗi, {warnings} cảnh báo, {notices} lưu ý{previous}. Xem trang {sheet}."
    ),
    "done_check_clean": "Kiểm tra sâu: không có lỗi, cảnh báo nào{previous}.",
    "done_check_previous": " (đã đối chiếu với {source})",
    "done_previous": "Đã điền {count} số của {period} vào cột Kỳ trước; các ô nhập giữ nguyên.",
    "done_import": (
        "Từ {source}: điền {taken} ô, thay {overwritten} ô, giữ nguyên {kept} ô đang có số khác. Xem trang {sheet}."
    ),
    "done_import_nothing": "{source}: không có số nào mới so với sổ tính đang mở.",
    "remedy_kept": "Xem bên nào đúng; nếu lấy số của tệp thì chọn Có ở dòng Ghi đè rồi bấm lại.",
    "remedy_taken": "Xem lại số vừa điền.",
    "remedy_overwritten": "Đã thay theo yêu cầu; xem lại.",
    "button_working": "Đang xử lý, xin chờ…",
    "button_no_sheet": (
        "Sổ tính này không có trang {sheet}. Dùng sổ tính .xlsm có nút do thành phố phát hành rồi bấm lại."
    ),
    "button_no_file": "Chưa chọn tệp ở ô {cell} trang {sheet}. Chọn tệp rồi bấm lại.",
    "button_bad_suffix": "{path}: chỉ nhận tệp .csv, .xlsx, .xlsm, .docx hoặc .docm.",
    "button_previous_refused": "{path}: không đọc được tệp kỳ trước. {reason}",
    "button_previous_other": (
        "{path}: là sổ tính của {found}, cần sổ tính của {wanted}. Chọn đúng tệp kỳ trước của đơn vị."
    ),
    "button_failed": "Nút dừng vì lỗi ngoài dự kiến ({reason}); số liệu trong sổ tính giữ nguyên như trước khi bấm.",
    "button_progress": "Đã đọc {count}/{total} tệp…",
    "button_no_formulas": (
        "Nút chưa ghi gì: chương trình đang mở sổ tính không cho đọc công thức của trang {sheet}, nên nếu ghi dở "
        "dang sẽ không trả lại được. Mở sổ tính bằng Excel rồi bấm lại."
    ),
    "button_half": (
        "Nút dừng khi đang ghi ({reason}) và không trả lại được nguyên trạng trang {sheet}. "
        "Đóng sổ tính, không lưu, rồi mở lại."
    ),
}

_CITY = {
    "city_title": "Tổng hợp báo cáo cải cách hành chính của các xã, phường, đặc khu",
    "city_hint": (
        "Ghi kỳ và thư mục chứa các tệp đã nhận rồi bấm nút. Các tệp của xã chỉ được đọc, không bị sửa."
    ),
    "city_status": "Bấm các nút phía trên; kết quả hiện ở đây. Khi có thanh vàng, bấm Enable Content để nút hoạt động.",
    "city_regime": "Chế độ báo cáo",
    "city_frame": "Mã khung sổ tính",
    "city_cchc_tp_ky": "Kỳ báo cáo",
    "city_cchc_tp_thu_muc": "Thư mục tệp đã nhận",
    "city_cchc_tp_ky_truoc": "Tệp tổng hợp kỳ trước",
    "city_cchc_tp_nhan": "Danh sách tiếp nhận (CSV)",
    "city_prompt_title": "Tổng hợp",
    "city_prompt_cchc_tp_ky": "Viết như 2026-Q2, Q2/2026, 6T/2026, T6/2026 hoặc 2026.",
    "city_prompt_cchc_tp_thu_muc": "Thư mục chứa các sổ tính đã nhận. Bấm nút Chọn thư mục, hoặc dán đường dẫn vào đây.",
    "city_prompt_cchc_tp_ky_truoc": "Không bắt buộc: tệp tổng hợp của kỳ trước để so sánh.",
    "city_prompt_cchc_tp_nhan": "Không bắt buộc: tệp CSV ghi mã đơn vị, ngày nhận, cách gửi, số báo cáo.",
    "city_pick_folder": "Chọn thư mục…",
    "city_pick_folder_help": "Chọn thư mục chứa các sổ tính đã nhận.",
    "city_pick_previous": "Chọn tổng hợp kỳ trước…",
    "city_pick_previous_help": "Chọn tệp tổng hợp của kỳ trước để so sánh.",
    "city_setting_missing": "Chưa ghi {what} ở ô {cell} trang {sheet}. Ghi vào rồi bấm lại.",
    "city_unsaved": "Sổ tính này chưa được lưu vào thư mục nào. Lưu lại rồi bấm lại nút.",
    "city_other_frame": (
        "Sổ tính tổng hợp này không khớp danh mục biểu mẫu của kỳ đã ghi. "
        "Lấy sổ tính tổng hợp mới của đúng chế độ và kỳ rồi bấm lại."
    ),
    "city_merged": (
        "Đã gộp {period}: {accepted} tệp được tính, {held} tệp giữ lại, {rejected} tệp từ chối. "
        "{state}: {counts}."
    ),
    "city_checked": (
        "Đã kiểm tra: {errors} lỗi, {warnings} cảnh báo, {notices} lưu ý; {accepted} tệp được tính, {held} giữ lại, "
        "{rejected} từ chối. {state}: {counts}. Các trang tổng hợp giữ nguyên."
    ),
    "city_reminded": "Danh sách đôn đốc có {count} dòng, đã ghi cả ra tệp {listed} và {sent} cạnh sổ tính này.",
    "remind_title": "Danh sách đơn vị cần đôn đốc",
    "remind_hint": "Đơn vị chưa gửi, tệp chưa có số liệu, tệp không đọc được, biểu chờ chỉnh sửa, dòng còn thiếu; kèm lý do và cách sửa.",
    "remind_column_number": "STT",
    "remind_column_code": "Mã",
    "remind_column_unit": "Đơn vị",
    "remind_column_state": "Tình trạng",
    "remind_column_file": "Tệp",
    "remind_column_reason": "Lý do và việc cần làm",
    "remind_column_contact": "Người lập, điện thoại",
    "remind_held": "Tệp khác chờ chỉnh sửa",
    "remind_rejected": "Tệp không đọc được, chưa rõ của đơn vị nào",
    "remind_missing_rows": "Còn thiếu {rows}. Nhập số; nếu không có thì gõ 0 hoặc KPS.",
    "remind_no_file": "Chưa nhận được sổ tính hợp lệ của đơn vị cho kỳ này.",
    "remind_unit_unknown": "Không rõ đơn vị",
    "remind_nobody": "{period}: đã nhận đủ của mọi đơn vị.",
    "remind_opening": "Đề nghị các đơn vị sau hoàn thành {title}, {period}:",
    "remind_group": "{state} ({count}):",
    "remind_closing": "Đề nghị sửa trên sổ tính đã phát, tăng Lần nộp thêm 1 và gửi lại.",
}

BUTTONS: dict[str, str] = {**_COMBINE, **_EXCHANGE, **_COMMUNE, **_CITY}
