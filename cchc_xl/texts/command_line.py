"""Texts of the command line, of files and of folders."""

from __future__ import annotations

COMMAND_LINE: dict[str, str] = {
    # files.py
    "disk_full": "{path}: đĩa đã đầy, tệp cũ vẫn còn nguyên. Giải phóng chỗ trống rồi chạy lại.",
    "file_write_failed": "{path}: không ghi được ({reason}). Kiểm tra quyền ghi vào thư mục rồi chạy lại.",
    "read_failed": "{path}: không đọc được ({reason}). Kiểm tra lại đường dẫn và quyền đọc tệp.",
    "not_a_file": "không phải tệp thông thường",
    "no_such_folder": "{path}: không có thư mục này. Tạo thư mục hoặc sửa lại đường dẫn rồi chạy lại.",
    "target_not_a_file": "{path}: đã có và không phải tệp thông thường. Chọn tên tệp khác.",
    "target_busy": "{path}: một lần chạy khác đang ghi tệp này. Đợi lần chạy đó xong rồi chạy lại.",
    "folder_is_file": "{path}: đây là một tệp. Nêu thư mục chứa các tệp.",
    "folder_vanished": (
        "{path}: không còn đọc được các tệp trong thư mục (thư mục bị xóa, đổi tên hoặc mất kết nối). "
        "Tệp tổng hợp cũ còn nguyên; kiểm tra lại rồi chạy lại."
    ),
    "folder_unreadable": "{path}: không đọc được thư mục. Kiểm tra lại đường dẫn và quyền đọc.",
    # tasks/workers/
    "workers_cannot_start": (
        "Không khởi động được tiến trình đọc tệp. Kiểm tra phần mềm diệt vi-rút hoặc cài lại cchc-xl."
    ),
    # what was given
    "path_missing": "{path}: không có tệp này. Kiểm tra lại đường dẫn.",
    "path_is_folder": "{path}: đây là thư mục. Nêu tên từng tệp, hoặc dùng lệnh merge cho cả thư mục.",
    "upgraded": "{path}: chuyển từ mẫu phiên bản {version} sang mẫu hiện hành {today}; số liệu và ghi chú được giữ.",
    "upgraded_added": "  Dòng mới, chưa có trong mẫu cũ, cần nhập: {count} ({rows}).",
    "upgraded_left": "  Không còn trong mẫu mới: {place} = {said}.",
    "upgrade_current": "{path}: đã là mẫu hiện hành, không cần chuyển.",
    "upgrade_done": "Đã ghi: {path}.",
    "system_refused": "{path}: hệ thống từ chối ({reason}). Kiểm tra đường dẫn, quyền và chỗ trống trên đĩa.",
    "the_output": "nơi nhận kết quả in ra",
    "program_fault": (
        "Lỗi của chương trình, không phải của số liệu: {fault} ({place}). "
        "Gửi dòng này và lệnh vừa chạy cho người phụ trách phần mềm."
    ),
    "stopped": "Đã dừng theo yêu cầu; các tệp cũ còn nguyên.",
    "units_none": "Chưa nêu đơn vị. Thêm --unit CODE (mã 5 chữ số) hoặc --all.",
    "units_both": "Chỉ dùng một trong hai: --unit hoặc --all.",
    "units_unknown": "Không có đơn vị mã {codes}. Dùng mã 5 chữ số trong danh mục hành chính, ví dụ 11284.",
    "would_overwrite": (
        "Đã có tệp chứa nội dung khác, không ghi đè: {names}. Chuyển các tệp đó đi hoặc chọn thư mục khác."
    ),
    "suffix_wrong": "{path}: tên tệp phải kết thúc bằng {suffix}.",
    "out_is_input": "{path}: trùng với tệp đầu vào. Chọn tên tệp khác, tệp đầu vào không bao giờ bị ghi đè.",
    "out_is_submission": "{path}: đây là tệp số liệu của {unit}. Chọn tên khác cho tệp tổng hợp.",
    "csv_unreadable": "{path}: không phải tệp CSV mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi chạy lại.",
    "csv_large": "{path}: lớn hơn {limit} MB nên không phải tệp CSV của chương trình. Kiểm tra lại đường dẫn.",
    "csv_quotes": (
        '{path}: từ dòng {line}, dấu ngoặc kép (") mở mà không đóng hoặc đóng sai chỗ. '
        "Sửa dấu ngoặc kép ở dòng này rồi chạy lại."
    ),
    "csv_faults": "{path}: {faults}. Sửa các dòng này rồi chạy lại.",
    "csv_line": "dòng {line}: {fault}",
    "csv_header": "cần các cột {wanted}",
    "csv_columns": "cần {wanted} cột, đang có {found}",
    "csv_key_unknown": "không có chỉ tiêu hoặc ô nhập “{key}”",
    "csv_row_number": "“{key}”: danh mục chỉ có dòng 1 đến {rows}",
    "csv_row_value": "“{key}”: “{value}” không dùng được cho cột {label}",
    "csv_key_computed": "“{key}” do công thức tự tính, không nhập được",
    "csv_key_heading": "“{key}” là dòng tiêu đề, không có số liệu",
    "csv_key_twice": "“{key}” đã có ở dòng {first}",
    "csv_value": "“{key}”: {fault}",
    "csv_note_refused": "“{key}” không có cột Ghi chú",
    "csv_claim": "“{value}” không phải tỷ lệ ghi trong báo cáo, gõ cả dấu %, ví dụ 10,4%",
    "csv_claim_refused": "“{key}” không phải dòng tỷ lệ do công thức tính nên không có ô tỷ lệ ghi trong báo cáo",
    "csv_date": "“{value}” không phải ngày, viết như 15/3/2026 hoặc 2026-03-15",
    "csv_number": "“{value}” không phải số nguyên từ 1 trở lên",
    "values_faults": "Các giá trị cần điền có lỗi: {faults}.",
    "values_fault": "“{key}”: {fault}",
    "values_kind": "chỉ nhận số, chữ, ngày hoặc để trống, không nhận {kind}",
    "csv_text_long": "dài {length} ký tự, tối đa {limit}",
    "received_header": "dòng đầu phải là {wanted}",
    "received_unit": "mã đơn vị “{unit}” không có trong danh mục",
    "fill_rejected": "{path}: không điền được. {reason}",
    "fill_unknown": "{path}: không xác định được chế độ báo cáo, đơn vị hoặc kỳ của tệp. Lấy lại tệp mẫu.",
    "fill_moved": "{path}: trang {sheet}, ô {cell} không còn ở chỗ của tệp mẫu. Lấy lại tệp mẫu rồi điền.",
    "fill_formula": (
        "{path}: công thức ở trang {sheet}, ô {cell} khác với tệp mẫu. Lấy lại tệp mẫu rồi điền, "
        "hoặc bấm nút “Khôi phục công thức”."
    ),
    "close_who": "Cần nêu người chốt hoặc mở lại (--by).",
    "close_not_ready": (
        "{period} chưa đủ điều kiện chốt: đã nhận đủ {complete}/{expected} đơn vị; còn {count}: {missing}. "
        "Đôn đốc các đơn vị đó, hoặc chốt với --accept-missing và lý do."
    ),
    "close_not_recorded": "{history}: chưa ghi {period}. Chạy lại merge với --history tệp này rồi chốt.",
    "close_already": "{period} đã chốt rồi. Muốn thay đổi thì dùng lệnh reopen kèm lý do.",
    "close_differs": (
        "{history}: số của đơn vị {unit}, {row} khác với bảng tổng hợp. Chạy lại merge với --history tệp này rồi chốt."
    ),
    "closed": "Đã chốt {period} ngày {day}: số liệu chính thức {complete}/{expected} đơn vị. Chạy lại merge với --history để bảng tổng hợp ghi “Đã chốt”.",
    "reopened": "Đã mở lại {period} (chốt ngày {day}, người chốt {who}). Lý do được giữ trong lịch sử.",
    "reopen_reason": "Cần nêu lý do mở lại (--reason).",
    "reopen_not_closed": "{period} chưa chốt nên không cần mở lại.",
    "closed_refused": (
        "{period} đã chốt ngày {day} ({who}), lần tổng hợp này sẽ làm thay đổi {count} số: {told}. Bảng tổng hợp giữ nguyên; "
        "nếu đúng phải sửa thì dùng lệnh reopen kèm lý do rồi chạy lại."
    ),
    "closed_change": "{unit}, {row}: {old} → {new}",
    "closed_more": "{told}; và {rest} số khác",
    "closed_without_history": (
        "{path}: bảng tổng hợp này của kỳ đã chốt. Thêm --history với tệp lịch sử đã chốt, hoặc chọn tên tệp khác."
    ),
    "help_close": "Chốt số liệu của kỳ trong bảng tổng hợp SUMMARY: từ đó số liệu là chính thức.",
    "help_reopen": "Mở lại một kỳ đã chốt; lý do được giữ trong lịch sử.",
    "help_history_closing": "Tệp lịch sử dùng khi tổng hợp (merge --history).",
    "help_by": "Người chốt hoặc mở lại.",
    "help_accept_missing": "Lý do chốt khi còn đơn vị chưa đủ số liệu.",
    "help_reason": "Lý do mở lại.",
    # help
    "help_usage": "Cách dùng: ",
    "help_options": "Tùy chọn",
    "help_commands": "Lệnh",
    "help_options_metavar": "[TÙY CHỌN]",
    "help_command_metavar": "LỆNH [THAM SỐ]...",
    "help_required": "[bắt buộc]",
    "help_help": "Xem hướng dẫn này.",
    "help_version": "Xem phiên bản.",
    "help_group": (
        "Sổ tính, kiểm tra và tổng hợp số liệu cải cách hành chính (CCHC) của 114 xã, phường, đặc khu "
        "thành phố Hải Phòng.\n\nMã kết thúc: 0 không có lỗi; 1 đã xong nhưng số liệu có lỗi; "
        "2 không chạy được."
    ),
    "help_demo": "Chạy thử toàn bộ quy trình trên 114 đơn vị vào thư mục DIR.",
    "help_issue": "Phát hành sổ tính cho các đơn vị điền số liệu.",
    "help_upgrade": (
        "Chuyển sổ tính theo mẫu cũ sang mẫu hiện hành: số liệu, ghi chú, giải trình, tỷ lệ đã ghi và dòng danh mục được "
        "giữ; các dòng mới được liệt kê để nhập. NEW là .xlsx, hoặc .xlsm để có các nút."
    ),
    "help_fill": (
        "Điền số liệu từ tệp CSV vào sổ tính.\n\nVALUES.csv có các cột indicator,value và có thể thêm note; "
        "giá trị có thể là KPS, để trống thì xóa ô. Tỷ lệ ghi trong báo cáo: claimed:MÃ, ví dụ claimed:bieu3_2_1,99.32%."
    ),
    "help_read": "Đọc một sổ tính và in số liệu.",
    "help_check": "Kiểm tra một hoặc nhiều sổ tính: ở đâu, sai gì, sửa thế nào.",
    "help_merge": "Tổng hợp mọi sổ tính trong thư mục DIR thành một tệp của thành phố.",
    "help_templates": "Tạo lại các tệp dùng ngay: sổ tính của mọi chế độ báo cáo, sổ tính của thành phố, phần bổ trợ.",
    "help_out_templates": "Thư mục nhận các tệp (mặc định workbook_templates).",
    "help_forms": "In các biểu mẫu của một chế độ báo cáo.",
    "help_rules": "In các quy tắc kiểm tra của một chế độ báo cáo.",
    "metavar_period": "KỲ",
    "metavar_forms": "BIỂU",
    "help_period": "Kỳ báo cáo: 2026-Q2, Q2/2026, 6T/2026, T6/2026 hoặc 2026.",
    "help_unit": "Mã 5 chữ số của đơn vị; nêu được nhiều mã.",
    "help_all": "Mọi đơn vị trong danh mục.",
    "help_out_folder": "Thư mục nhận các sổ tính (tự tạo nếu chưa có).",
    "help_regime": "Chế độ báo cáo.",
    "help_plain": "Sổ tính .xlsx không có nút và macro (mặc định là .xlsm có nút).",
    "help_previous_folder": "Thư mục các tệp kỳ trước, để hiện số liệu kỳ trước bên cạnh.",
    "help_previous_check": "Thư mục các tệp kỳ trước, để so sánh với kỳ này.",
    "help_units": "Danh sách đơn vị khác (CSV: code,type,name).",
    "help_out_file": "Tệp kết quả.",
    "help_out_summary": "Tệp tổng hợp (.xlsx).",
    "help_json": "In kết quả dạng JSON.",
    "help_ledger": "Ghi thêm sổ cái các tệp dạng JSON.",
    "help_received": "Sổ nhận báo cáo (CSV: unit,date,channel,report number).",
    "help_jobs": "Số tiến trình đọc tệp.",
    # usage errors
    "usage_no_such_option": "Không có tùy chọn {name}. Thêm --help để xem các tùy chọn.",
    "usage_no_such_command": "Không có lệnh “{words}”. Chạy cchc-xl --help để xem các lệnh.",
    "usage_missing": "Thiếu {name}. Thêm --help để xem cách dùng.",
    "usage_option_value": "Tùy chọn {name} thiếu hoặc thừa giá trị. Thêm --help để xem cách dùng.",
    "usage_bad_value": "Giá trị của {name} không đúng. Thêm --help để xem cách dùng.",
    "usage_other": "Cách gọi lệnh không đúng ({words}). Thêm --help để xem cách dùng.",
    # progress and results
    "progress_demo": "Chạy thử",
    "progress_templates": "Tạo tệp",
    "progress_issue": "Phát hành",
    "progress_read": "Đọc tệp",
    "issued_one": "{path}",
    "issued": "Đã phát hành {count} sổ tính vào {folder}.",
    "issued_without_python": (
        "Chưa thấy xlwings nên các sổ tính chỉ có nút không cần Python. Muốn đủ nút: chạy pip install --upgrade xlwings "
        "rồi phát hành vào một thư mục khác."
    ),
    "issued_without_previous": "Không thấy số liệu kỳ trước của: {units}.",
    "filled": "Đã điền {count} ô vào {path}.",
    "written_beside": "{asked} đang mở ở nơi khác nên kết quả được ghi vào {written}. Đóng tệp cũ lại nếu muốn thay.",
    "merged": "Đã ghi tệp tổng hợp: {path}.",
    "coverage_line": (
        "{expected} đơn vị; tệp được nhận: {accepted}, tạm giữ: {held}, từ chối: {rejected}, bỏ qua: {skipped}."
    ),
    "state_line": "{state} ({count}): {names}.",
    "and_more": "{names} và {count} đơn vị khác",
    "verdict_accepted": "được nhận",
    "verdict_held": "tạm giữ",
    "verdict_rejected": "từ chối",
    "verdict_skipped": "bỏ qua",
    "severity_error": "Lỗi",
    "severity_warning": "Cảnh báo",
    "severity_notice": "Lưu ý",
    "file_line": "{file}: {verdict}{about}.",
    "finding_line": "  {severity}: {message} {fix}",
    "figure_line": "  {row_code:<16} {number:<8} {shown:>12}  {label}",
    "form_line": "{heading}. {title}",
    "row_line": "  {row_code:<16} {number:<8} {label} ({unit}){formula}",
    "rule_line": "{id} [{severity}] {place}: {statement}",
    "rule_place": "{sheet}, dòng {number}",
    "rule_words": "    Khi không đạt: {message} → {fix}",
}
