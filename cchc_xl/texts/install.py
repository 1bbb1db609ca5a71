"""Texts of the add-in, of `cchc-xl install` and of `cchc-xl doctor`."""

from __future__ import annotations

INSTALL: dict[str, str] = {
    # Building
    "xlwings_missing": (
        "Không tìm thấy {file} của xlwings. Cài xlwings bằng lệnh pip install --upgrade xlwings rồi chạy lại."
    ),
    "xlwings_notice_missing": "{file} của xlwings thiếu dòng bản quyền hoặc phiên bản. Cài lại xlwings rồi chạy lại.",
    "xlwings_source_changed": "{file} của xlwings khác bản đã biết. Cài phiên bản xlwings mà cchc-xl yêu cầu.",
    "macros_missing": "Bản cài cchc-xl thiếu thư mục macro. Chạy pip install --force-reinstall cchc-xl rồi chạy lại.",
    "addin_title": "Phần bổ trợ CCHC",
    "addin_about": "Phần bổ trợ CCHC: thẻ CCHC trên thanh công cụ của Excel và các hàm cchc_…",
    # Worksheet functions, as the function wizard shows them
    "udf_cchc_doc_so": (
        "Đọc một số viết bằng chữ theo cách viết Việt Nam: “5.650” là 5650, “53,6” là 53,6, “99,32%” là 0,9932. "
        "Ô trống và KPS giữ nguyên."
    ),
    "udf_cchc_doc_so_van_ban": "ô hoặc chữ cần đọc thành số",
    "udf_cchc_ten_don_vi": "Tên đầy đủ của xã, phường, đặc khu theo mã đơn vị hành chính 5 chữ số.",
    "udf_cchc_ten_don_vi_ma_don_vi": "mã đơn vị, ví dụ 11284",
    "udf_cchc_ty_le": (
        "Tỷ lệ tử số trên mẫu số, làm tròn đến hai chữ số thập phân của phần trăm (0,9933 là 99,33 %). "
        "Mẫu số bằng 0 hoặc KPS thì trả về KPS; còn ô trống thì để trống."
    ),
    "udf_cchc_ty_le_tu_so": "tử số (KPS tính là 0)",
    "udf_cchc_ty_le_mau_so": "mẫu số",
    "udf_unit_unknown": "✖ Không có đơn vị mã {code}; dùng mã 5 chữ số",
    "udf_not_a_number": "✖ Không đọc được “{given}” thành số",
    # cchc-xl doctor
    "pc_mark_good": "✔",
    "pc_mark_hint": "•",
    "pc_mark_warning": "⚠",
    "pc_mark_bad": "✖",
    "pc_clear": "Không thấy gì cản trở các nút.",
    "pc_counted": "Có {bad} điều làm nút không chạy, {warning} điều cần để ý.",
    "pc_not_windows": "Máy này không chạy Windows: phần Excel, thẻ CCHC và chính sách macro chỉ xem được trên Windows.",
    "pc_python": "Python {version} ({path}).",
    "pc_python_old": "Python {version} quá cũ. Cài Python 3.11 trở lên rồi cài lại cchc-xl.",
    "pc_package": "Gói cchc-xl {version}.",
    "pc_xlwings": "xlwings {version}.",
    "pc_xlwings_missing": "Chưa có xlwings nên các nút gọi Python không chạy. Chạy pip install --upgrade xlwings.",
    "pc_pywin32_missing": "Chưa có pywin32 nên xlwings không nói chuyện được với Excel. Chạy pip install pywin32.",
    "pc_library_unseen": (
        "Thư viện (tệp .dll) của xlwings không nằm cạnh python.exe nên các hàm cchc_… trong ô không chạy; các nút vẫn chạy. "
        "Chạy cchc-xl install để chép vào."
    ),
    "pc_interpreter": "Excel khởi động đúng Python này ({path}).",
    "pc_interpreter_other": (
        "Excel được dặn khởi động {registered}, nhưng cchc-xl nằm ở {own}. Chạy cchc-xl install để sửa."
    ),
    "pc_interpreter_long": (
        "Python nằm ở {path}, có chữ tiếng Việt mà Excel không đọc được nên nút Python không chạy. "
        "Chạy cchc-xl install để ghi đường dẫn ngắn của Windows."
    ),
    "pc_interpreter_unreadable": (
        "Python nằm ở {path}, có chữ tiếng Việt mà Excel không đọc được nên nút Python không chạy. "
        "Cài Python vào thư mục không dấu, ví dụ C:\\Python, rồi chạy cchc-xl install."
    ),
    "pc_path_unreadable": (
        "Lệnh python mở {path}, có chữ tiếng Việt mà Excel có thể không đọc được. Chạy cchc-xl install để ghi "
        "đường dẫn ngắn của Windows."
    ),
    "pc_temporary_unreadable": (
        "Thư mục tạm {path} có chữ tiếng Việt mà Excel không đọc được: các nút dùng thư mục cchc_xl trong ProgramData."
    ),
    "pc_path": "Lệnh python mở đúng Python này ({path}).",
    "pc_path_missing": "Excel không tìm thấy Python vì không có trong PATH. Chạy cchc-xl install để ghi đường dẫn.",
    "pc_path_store": (
        "Lệnh python chỉ mở Microsoft Store ({path}). Chạy cchc-xl install, hoặc tắt python.exe trong "
        "Settings > Apps > App execution aliases."
    ),
    "pc_path_other": "Lệnh python mở {path}, khác với {own} đang có cchc-xl. Chạy cchc-xl install để sửa.",
    "pc_excel": "Excel {version}.",
    "pc_excel_missing": "Không thấy Excel 2010 trở lên trên máy. Cài Excel; WPS và LibreOffice chỉ dùng được bản .xlsx.",
    "pc_vba": "Excel cho phép chạy macro (có hỏi hoặc không hỏi).",
    "pc_vba_signed": (
        "Excel chỉ chạy macro có chữ ký. Vào File > Options > Trust Center > Macro Settings, chọn "
        "“Disable VBA macros with notification”, hoặc để tệp trong thư mục tin cậy."
    ),
    "pc_vba_off": (
        "Excel tắt mọi macro mà không hỏi. Vào File > Options > Trust Center > Macro Settings, chọn "
        "“Disable VBA macros with notification”."
    ),
    "pc_vba_signed_policy": (
        "Chính sách của cơ quan chỉ cho chạy macro có chữ ký. Đề nghị cán bộ công nghệ thông tin ký tệp hoặc đặt "
        "thư mục tin cậy; trong khi chờ, dùng bản .xlsx."
    ),
    "pc_vba_off_policy": (
        "Chính sách của cơ quan tắt mọi macro. Đề nghị cán bộ công nghệ thông tin đặt thư mục tin cậy; "
        "trong khi chờ, dùng bản .xlsx."
    ),
    "pc_internet_blocked": (
        "Chính sách chặn macro trong tệp tải từ mạng hoặc thư điện tử. Chép tệp vào thư mục tin cậy trước khi mở."
    ),
    "pc_trusted_disabled": "Chính sách tắt thư mục tin cậy. Cần ký số tệp có macro, hoặc dùng bản .xlsx.",
    "pc_child_blocked": (
        "Windows Defender chặn Office tạo tiến trình con (quy tắc {rule}) nên nút Python không chạy. Đề nghị cán bộ "
        "công nghệ thông tin cho ngoại lệ; các nút khác vẫn chạy."
    ),
    "pc_api_blocked": (
        "Windows Defender chặn macro gọi thư viện Windows (quy tắc {rule}) nên tệp .xlsm có thể bị chặn. Đề nghị cán bộ "
        "công nghệ thông tin cho ngoại lệ, hoặc dùng bản .xlsx."
    ),
    "pc_antivirus": (
        "Không đọc được cài đặt của phần mềm diệt vi-rút khác. Nếu nút Python báo bị chặn, đề nghị cho phép "
        "EXCEL.EXE chạy python.exe."
    ),
    "pc_addin_current": "Phần bổ trợ đã cài, đúng phiên bản ({path}).",
    "pc_addin_other": "Phần bổ trợ đã cài là của phiên bản khác ({path}). Đóng Excel, chạy cchc-xl install.",
    "pc_addin_absent": "Chưa cài phần bổ trợ nên Excel không có thẻ CCHC. Chạy cchc-xl install.",
    "pc_file_unreadable": "{path}: {fault}",
    "pc_file_marked": (
        "{path}: tệp mang dấu tải từ mạng nên Excel chặn macro. Bấm chuột phải vào tệp > Properties > Unblock, "
        "hoặc chép vào thư mục tin cậy."
    ),
    "pc_file_trusted": "{path}: nằm trong thư mục tin cậy, macro được chạy.",
    "pc_file_unmarked": "{path}: không mang dấu tải từ mạng.",
    "pc_file_not_ours": "{path}: không phải sổ tính CCHC của đơn vị. Mở đúng tệp được phát hành.",
    "pc_file_version": (
        "{path}: biểu mẫu phiên bản {template}, gói cchc-xl có phiên bản {own}. Mẫu cũ vẫn nộp được, chuyển sang mẫu mới "
        "bằng cchc-xl upgrade; mẫu mới hơn thì chạy pip install --upgrade cchc-xl."
    ),
    "pc_file_foreign": "{path}: {fault}. {fix}",
    "pc_file_current": "{path}: biểu mẫu phiên bản {template}, khớp với gói cchc-xl.",
    # cchc-xl install
    "install_not_windows": "Lệnh này dùng cho Windows có Excel. Trên Windows, lệnh sẽ làm những việc sau:",
    "install_would": "Chỉ xem trước, chưa làm gì. Lệnh sẽ làm những việc sau:",
    "install_did": "Đã làm những việc sau:",
    "install_no_appdata": "Không thấy thư mục APPDATA của Windows. Đăng nhập bằng tài khoản người dùng Excel rồi chạy lại.",
    "install_addin": "• Ghi phần bổ trợ vào {path} (Excel tự mở; thư mục này vốn được Excel tin cậy).",
    "install_interpreter": "• Ghi vào registry của người dùng để macro biết Python ở {path}.",
    "install_unreadable_path": (
        "⚠ Đường dẫn đó có chữ tiếng Việt mà Excel không đọc được, và Windows không giữ tên ngắn: nút Python chưa chạy "
        "được. Cài Python vào thư mục không dấu, ví dụ C:\\Python, rồi chạy lại lệnh này."
    ),
    "install_library": "• Chép thư viện của xlwings vào {folder} để các hàm cchc_… trong ô chạy được.",
    "install_library_failed": (
        "⚠ Không chép được thư viện của xlwings vào {folder} nên các hàm cchc_… trong ô chưa chạy; các nút vẫn chạy. "
        "Python tải từ python.org (không phải Microsoft Store) không gặp việc này."
    ),
    "install_undo": "• Muốn gỡ: đóng Excel và xóa {path}.",
    "install_trust": (
        "Sổ tính .xlsm: để trong một thư mục trên máy, ví dụ {folder}, rồi vào Excel > File > Options > Trust Center > "
        "Trust Center Settings > Trusted Locations > Add new location, chọn thư mục đó. Không chọn thư mục Downloads "
        "hoặc thư mục dùng chung mà ai cũng ghi được."
    ),
    "install_unblock": (
        "Tệp nhận qua thư điện tử hoặc tải về: bấm chuột phải > Properties > Unblock trước khi mở, nếu không để vào "
        "thư mục tin cậy."
    ),
    "install_next": "Đóng hết cửa sổ Excel rồi mở lại: thanh công cụ có thẻ CCHC. Chạy cchc-xl doctor để kiểm tra máy.",
    "install_excel_open": "{path}: đang được Excel dùng. Đóng hết cửa sổ Excel rồi chạy lại cchc-xl install.",
    "help_install": "Cài thẻ CCHC vào Excel trên Windows và hướng dẫn đặt thư mục tin cậy.",
    "help_dry_run": "Chỉ nói sẽ làm gì, không ghi gì.",
    "help_doctor": "Xem trên máy này có gì cản trở các nút; nêu thêm tệp để xem riêng tệp đó.",
}
