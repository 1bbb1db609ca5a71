"""Why a file was refused as a workbook (REFUSALS) and what its sender should do (REFUSAL_FIXES).

Sheet and cell, where known, are named by the finding that carries the text.
"""

from __future__ import annotations

_BROKEN = "Tệp bị hỏng khi lưu hoặc khi gửi: "
_FORGED = "Tệp không an toàn nên không được mở: "

REFUSALS: dict[str, str] = {
    "foreign_unreadable": "Không mở được sổ tính này",
    # disguise: judged by the first bytes, whatever the name says
    "file_empty": "Tệp rỗng (0 byte).",
    "file_zeros": "Tệp chỉ có tên và kích thước, nội dung trống (thường do tải về hoặc đồng bộ dở dang).",
    "file_not_zip": "Tệp không phải sổ tính Excel dạng .xlsx hoặc .xlsm.",
    "file_is_xls": "Tệp là sổ tính Excel đời cũ (.xls), dù có thể mang tên .xlsx.",
    "file_is_xlsb": "Tệp là sổ tính Excel dạng nhị phân (.xlsb).",
    "file_is_doc": "Tệp là văn bản Word đời cũ (.doc).",
    "file_is_docx": "Tệp là văn bản Word (.docx).",
    "file_is_ppt": "Tệp là bài trình chiếu PowerPoint đời cũ (.ppt).",
    "file_is_pptx": "Tệp là bài trình chiếu PowerPoint (.pptx).",
    "file_is_ods": "Tệp là sổ tính dạng OpenDocument (.ods).",
    "file_is_ole": "Tệp là tài liệu Office đời cũ, không phải .xlsx.",
    "file_is_pdf": "Tệp là bản PDF.",
    "file_is_html": "Tệp là trang web (HTML).",
    "file_is_xml": "Tệp là XML, không phải sổ tính .xlsx.",
    "file_is_rtf": "Tệp là văn bản RTF.",
    "file_is_image": "Tệp là ảnh chụp hoặc ảnh quét.",
    "file_is_text": "Tệp là văn bản thuần hoặc CSV.",
    "file_is_archive": "Tệp là tệp nén hoặc gói dữ liệu khác, không phải sổ tính .xlsx.",
    "file_encrypted": "Tệp được đặt mật khẩu mở tệp nên không đọc được.",
    # container
    "file_too_large": "Tệp quá lớn (trên {limit} MiB).",
    "file_truncated": "Tệp bị cắt cụt, thiếu phần cuối.",
    "file_trailing_bytes": _BROKEN + "sau phần cuối của tệp còn dữ liệu lạ.",
    "file_crc": _BROKEN + "thành phần {part} không đúng mã kiểm tra.",
    "zip_directory": _BROKEN + "mục lục bên trong tệp không khớp với nội dung.",
    "zip_bomb": _FORGED + "thành phần {part} giải nén ra lớn bất thường.",
    "too_many_entries": _FORGED + "có {count} thành phần, nhiều hơn mức {limit}.",
    "entry_name": _FORGED + "tên thành phần {part} không hợp lệ.",
    "duplicate_entry": _FORGED + "thành phần {part} có hai bản.",
    "entry_overlap": _FORGED + "thành phần {part} nằm chồng lên thành phần khác.",
    "entry_mismatch": _BROKEN + "thành phần {part} được khai báo hai nơi khác nhau.",
    "entry_encrypted": "Thành phần {part} của tệp bị mã hóa nên không đọc được.",
    "entry_method": "Thành phần {part} được nén theo cách không hỗ trợ (mã {method}).",
    # XML
    "xml_doctype": _FORGED + "thành phần {part} có khai báo DOCTYPE hoặc ENTITY.",
    "xml_encoding": "Thành phần {part} dùng bảng mã chữ không hỗ trợ.",
    "xml_depth": _FORGED + "thành phần {part} có cấu trúc lồng nhau quá sâu.",
    "xml_malformed": _BROKEN + "thành phần {part} sai cú pháp.",
    "xml_unusual": "Thành phần {part} được ghi theo cách không thể sửa hoặc đọc một cách chắc chắn.",
    "xml_foreign": "Giữa các ô của trang tính có phần ghi thêm của phần mềm khác, mỗi chương trình đọc một kiểu.",
    "forged_count": _FORGED + "thành phần {part} khai số lượng không có thật.",
    "used_range": "Trang tính có ô, dòng hoặc cột nằm quá xa vùng biểu mẫu (thành phần {part}).",
    # workbook
    "workbook_part_missing": _BROKEN + "không tìm thấy sổ tính bên trong tệp.",
    "sheet_missing": "Không tìm thấy trang tính “{name}”.",
    "duplicate_sheet": "Có hai trang tính cùng tên “{name}”.",
    "duplicate_name": "Tên “{name}” được đặt cho hai ô khác nhau.",
    "duplicate_cell": _BROKEN + "ô được ghi hai lần nên không biết số nào đúng.",
    "shared_string_index": _BROKEN + "ô trỏ tới chuỗi chữ số {value} không tồn tại.",
    "number_malformed": _BROKEN + "ô kiểu số lại chứa “{value}”.",
    "cell_type": _BROKEN + "ô có kiểu dữ liệu lạ “{value}”.",
    "splice_without_formula": "Ô {address} không còn công thức của tệp mẫu.",
    "splice_shared_formula": "Ô {address} giữ công thức dùng chung cho nhiều ô nên không thể thay riêng.",
    "summary_too_old": "Bảng tổng hợp do bản chương trình cũ lập nên chưa ghi tình trạng của kỳ",
    "previous_refused": "{path}: không dùng được làm số liệu kỳ trước. {reason}",
    "template_older": "Sổ tính này theo mẫu cũ (phiên bản {version}); các nút chỉ dùng cho mẫu hiện hành.",
    "template_unknown": "Tệp theo mẫu phiên bản {version}, chương trình này chỉ có {known}.",
    "merged_reference": "Trang {name}: vùng gộp ô “{value}” không phải là một vùng ô.",
    "previous_not_summary": (
        "Tệp kỳ trước không phải bảng tổng hợp do chương trình lập, hoặc trang “Theo đơn vị” đã bị sửa cấu trúc."
    ),
    "previous_other_regime": "Bảng tổng hợp kỳ trước thuộc chế độ báo cáo {found}, không phải {wanted}.",
}

_RESAVE = "Mở tệp bằng Excel, chọn “Lưu thành” (Save As) dạng Excel Workbook (.xlsx) rồi gửi lại."
_RESEND = "Mở lại tệp gốc trên máy đã lập, lưu lại rồi gửi lại; nếu không mở được thì điền lại vào tệp mẫu."
_REFILL = "Không mở tệp này. Điền lại số liệu vào tệp mẫu do thành phố phát hành rồi gửi lại."
_TEMPLATE = "Nhập số liệu vào tệp mẫu .xlsx do thành phố phát hành rồi gửi tệp đó."
_ASK_FILE = "Gửi chính tệp mẫu .xlsx đã điền, không gửi bản in, bản quét hay tệp loại khác."
_TRIM = (
    "Sao chép số liệu sang tệp mẫu mới, hoặc xóa các dòng và cột thừa ở dưới và bên phải biểu mẫu, lưu lại "
    "rồi gửi lại."
)

REFUSAL_FIXES: dict[str, str] = {
    "foreign_unreadable": "Mở tệp bằng Excel, lưu lại dạng .xlsx rồi thử lại.",
    "file_empty": _RESEND,
    "file_zeros": "Chờ đồng bộ xong hoặc tải lại tệp từ thư gửi đến, rồi thử lại.",
    "file_not_zip": _TEMPLATE,
    "file_is_xls": _RESAVE,
    "file_is_xlsb": _RESAVE,
    "file_is_doc": _ASK_FILE,
    "file_is_docx": _ASK_FILE,
    "file_is_ppt": _ASK_FILE,
    "file_is_pptx": _ASK_FILE,
    "file_is_ods": "Mở tệp bằng LibreOffice hoặc Excel, lưu lại dạng .xlsx rồi gửi lại.",
    "file_is_ole": _RESAVE,
    "file_is_pdf": _ASK_FILE,
    "file_is_html": _RESAVE,
    "file_is_xml": _RESAVE,
    "file_is_rtf": _ASK_FILE,
    "file_is_image": _ASK_FILE,
    "file_is_text": _TEMPLATE,
    "file_is_archive": "Giải nén rồi gửi riêng từng tệp mẫu .xlsx đã điền.",
    "file_encrypted": (
        "Mở tệp bằng mật khẩu, vào Tệp (File) › Thông tin (Info) › Bảo vệ sổ làm việc › Mã hóa bằng mật khẩu, "
        "xóa mật khẩu (bỏ mật khẩu), lưu lại rồi gửi lại."
    ),
    "file_too_large": "Bỏ ảnh và các trang tính không thuộc biểu mẫu, lưu lại rồi gửi lại.",
    "file_truncated": _RESEND,
    "file_trailing_bytes": _RESEND,
    "file_crc": _RESEND,
    "zip_directory": _RESEND,
    "zip_bomb": _REFILL,
    "too_many_entries": _REFILL,
    "entry_name": _REFILL,
    "duplicate_entry": _REFILL,
    "entry_overlap": _REFILL,
    "entry_mismatch": _RESEND,
    "entry_encrypted": "Bỏ mật khẩu của tệp, lưu lại dạng .xlsx rồi gửi lại.",
    "entry_method": _RESAVE,
    "xml_doctype": _REFILL,
    "xml_encoding": _RESAVE,
    "xml_depth": _REFILL,
    "xml_malformed": _RESEND,
    "xml_unusual": _RESAVE,
    "xml_foreign": _RESAVE,
    "forged_count": _REFILL,
    "used_range": _TRIM,
    "workbook_part_missing": _RESEND,
    "sheet_missing": "Khôi phục trang tính với đúng tên, hoặc điền lại vào tệp mẫu.",
    "duplicate_sheet": "Xóa hoặc đổi tên trang tính thừa, lưu lại rồi gửi lại.",
    "duplicate_name": "Điền lại số liệu vào tệp mẫu do thành phố phát hành rồi gửi lại.",
    "duplicate_cell": _RESEND,
    "shared_string_index": _RESEND,
    "number_malformed": _RESEND,
    "cell_type": _RESEND,
    "splice_without_formula": "Dùng tệp mẫu chưa bị sửa công thức rồi làm lại.",
    "splice_shared_formula": "Dùng tệp mẫu chưa bị sửa công thức rồi làm lại.",
    "summary_too_old": "Chạy lại merge để lập bảng tổng hợp mới rồi chốt.",
    "previous_refused": "Nếu không cần so sánh với kỳ trước thì bỏ --previous.",
    "template_older": "Số liệu vẫn nộp được như thường. Muốn dùng nút thì chuyển tệp sang mẫu mới: cchc-xl upgrade.",
    "template_unknown": "Cập nhật cchc-xl rồi đọc lại; không sửa gì trong tệp.",
    "merged_reference": "Mở tệp bằng Excel, chấp nhận sửa (Repair), lưu lại rồi gửi lại.",
    "previous_not_summary": "Chọn tệp tổng hợp kỳ trước do chương trình lập, hoặc thư mục tệp kỳ trước của các đơn vị.",
    "previous_other_regime": "Chọn tệp tổng hợp của đúng chế độ báo cáo này.",
}
