"""Texts of the macro compiler and its checks."""

from __future__ import annotations

_CONTAINER = "Phần macro (vbaProject.bin) hỏng: "
_REBUILD = " Hãy tạo lại sổ tính bằng lệnh cchc-xl issue."

VBA: dict[str, str] = {
    # Sources
    "vba_place": "{file}, dòng {line}",
    "vba_character_code": "mã {number}",
    "vba_no_modules": (
        "Thư mục {folder} không có tệp .bas hoặc .cls nào; hãy kiểm tra đường dẫn thư mục macro."
    ),
    "vba_not_ascii": (
        "{file}, dòng {line}: ký tự {character} không phải ASCII; "
        "hãy đưa chữ tiếng Việt vào ô của sổ tính hoặc vào Python."
    ),
    "vba_control_character": "{file}, dòng {line}: có ký tự điều khiển mã {number}; hãy xoá ký tự đó.",
    "vba_name_form": (
        "{file}, dòng {line}: tên mô-đun “{name}” không hợp lệ; "
        "chỉ dùng chữ cái không dấu, chữ số, dấu gạch dưới, bắt đầu bằng chữ cái, tối đa 31 ký tự."
    ),
    "vba_name_reserved": (
        "{file}, dòng {line}: tên mô-đun “{name}” trùng từ dành riêng của VBA; hãy đặt tên khác."
    ),
    "vba_name_missing": '{file}, dòng {line}: thiếu dòng Attribute VB_Name = "{name}"; hãy thêm vào đầu tệp.',
    "vba_name_differs": (
        "{file}, dòng {line}: Attribute VB_Name ghi “{found}” nhưng tên tệp là “{name}”; hãy sửa cho khớp."
    ),
    "vba_name_twice": (
        "{file}, dòng {line}: tên “{name}” đã dùng cho mô-đun hoặc dự án khác; hãy đặt tên khác."
    ),
    "vba_attribute_unknown": (
        "{file}, dòng {line}: thuộc tính {attribute} không dùng được ở đầu mô-đun; hãy xoá dòng này."
    ),
    "vba_attribute_value": (
        "{file}, dòng {line}: thuộc tính {attribute} phải là True hoặc False, không phải {value}; hãy sửa."
    ),
    "vba_document_unplaced": (
        "{file}, dòng {line}: mô-đun “{name}” là mô-đun của trang tính nhưng sổ tính không có trang đó; "
        "hãy sửa tên hoặc xoá tệp."
    ),
    "vba_incompressible": (
        "{file}, dòng {line}: phần cuối mô-đun không nén được theo MS-OVBA; hãy thêm vài dòng trống cuối tệp."
    ),
    # Lint of sources
    "vba_line_long": "{file}, dòng {line}: dài {length} ký tự, VBA chỉ nhận 1023; hãy ngắt dòng.",
    "vba_continuations": (
        "{file}, dòng {line}: câu lệnh nối {count} lần bằng dấu “_”, VBA chỉ nhận 24; hãy tách câu lệnh."
    ),
    "vba_option_explicit": (
        "{file}, dòng {line}: thiếu Option Explicit; hãy thêm ngay sau các dòng Attribute."
    ),
    "vba_ptrsafe": (
        "{file}, dòng {line}: lệnh Declare thiếu PtrSafe nên Office 64 bit không biên dịch; hãy thêm PtrSafe."
    ),
    "vba_unclosed": "{file}, dòng {line}: “{opener}” chưa có “{closer}”; hãy thêm.",
    "vba_unopened": (
        "{file}, dòng {line}: “{closer}” không có “{opener}” mở trước; hãy xoá hoặc thêm phần mở."
    ),
    "vba_mismatch": (
        "{file}, dòng {line}: gặp “{found}” trong khi “{opener}” ở dòng {opened} chờ “{closer}”; hãy sửa."
    ),
    "vba_procedure_twice": (
        "{file}, dòng {line}: thủ tục “{name}” đã có ở dòng {first}; hãy đổi tên một thủ tục."
    ),
    "vba_procedure_is_module": (
        "{file}, dòng {line}: thủ tục “{name}” trùng tên một mô-đun nên nút bấm không gọi được; hãy đổi tên."
    ),
    # Lint of packages
    "vba_package_unreadable": "Sổ tính không phải tệp .xlsm đọc được ({detail})." + _REBUILD,
    "vba_package_without_project": "Sổ tính không có phần macro xl/vbaProject.bin." + _REBUILD,
    "vba_project_unreadable": _CONTAINER + "không đọc được {part} ({detail})." + _REBUILD,
    "vba_stream_missing": _CONTAINER + "thiếu luồng {stream}." + _REBUILD,
    "vba_stream_unknown": _CONTAINER + "có luồng lạ {stream}." + _REBUILD,
    "vba_module_differs": (
        "Mô-đun {name} trong sổ tính khác mã nguồn từ byte thứ {position}; hãy tạo lại sổ tính."
    ),
    "vba_module_absent": "Mô-đun {name} có trong mã nguồn nhưng không có trong sổ tính; hãy tạo lại sổ tính.",
    "vba_module_extra": "Mô-đun {name} có trong sổ tính nhưng không có trong mã nguồn; hãy tạo lại sổ tính.",
    "vba_module_unlisted": (
        "Mô-đun {name} ghi ở luồng PROJECT khác ở luồng dir (loại hoặc tên); hãy tạo lại sổ tính."
    ),
    "vba_codename_missing": "{part}: thiếu codeName; hãy gọi set_vba_name cho sổ tính và từng trang tính.",
    "vba_codename_twice": (
        "{part}: codeName “{name}” đã dùng cho {other}; mỗi trang tính phải có một tên riêng."
    ),
    "vba_codename_unknown": "{part}: codeName “{name}” không có mô-đun {kind} tương ứng trong phần macro.",
    "vba_document_without_part": "Mô-đun tài liệu {name} không ứng với sổ tính hay trang tính nào.",
    "vba_macro_unknown": "{part}: nút gọi macro “{macro}” nhưng không mô-đun nào có Public Sub tên đó.",
    "vba_macro_private": "{part}: nút gọi macro “{macro}” nhưng đó không phải Public Sub ({where}).",
    "vba_macro_ambiguous": "{part}: nút gọi macro “{macro}” có ở nhiều mô-đun ({where}); hãy ghi rõ mô-đun.",
    "vba_macro_arguments": (
        "{part}: macro “{macro}” phải có dạng ({expected}) nhưng {where} khai báo ({found})."
    ),
    "vba_macro_like_cell": (
        "{part}: tên macro “{macro}” giống địa chỉ ô nên Excel không gọi được; hãy đổi tên."
    ),
    # Compound file
    "cfb_truncated": _CONTAINER + "tệp ngắn hơn nội dung ghi ở đầu tệp." + _REBUILD,
    "cfb_header": _CONTAINER + "phần đầu tệp không đúng MS-CFB phiên bản 3 ({field})." + _REBUILD,
    "cfb_fat": _CONTAINER + "bảng cấp phát FAT sai ở sector {sector}." + _REBUILD,
    "cfb_chain": _CONTAINER + "chuỗi sector của {owner} sai ở sector {sector}." + _REBUILD,
    "cfb_length": _CONTAINER + "độ dài của {owner} không khớp chuỗi sector." + _REBUILD,
    "cfb_orphan": _CONTAINER + "sector {sector} không thuộc luồng nào." + _REBUILD,
    "cfb_entry": _CONTAINER + "mục thư mục số {index} sai ({field})." + _REBUILD,
    "cfb_order": _CONTAINER + "các mục trong {owner} không đúng thứ tự." + _REBUILD,
    "cfb_tree": _CONTAINER + "cây đỏ-đen của {owner} không cân bằng." + _REBUILD,
}
