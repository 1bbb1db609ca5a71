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
}
