"""Texts of the ribbon tab "CCHC" in the add-in: label, tip and help of each command."""

from __future__ import annotations

_NEEDS_PYTHON = " Cần Python; nếu máy chưa có, ô trạng thái ghi rõ cách khắc phục."

RIBBON: dict[str, str] = {
    "ribbon_tab": "CCHC",
    "ribbon_group_check": "Kiểm tra",
    "ribbon_group_figures": "Số liệu",
    "ribbon_group_paste": "Dán từ Word",
    "ribbon_group_submit": "Nộp báo cáo",
    "ribbon_group_city": "Thành phố",
    "ribbon_tinh_lai": "Tính lại và kiểm tra",
    "ribbon_tinh_lai_tip": "Tính lại toàn bộ và kiểm tra số liệu",
    "ribbon_tinh_lai_help": "Tính lại mọi công thức, cập nhật trang Kiểm tra và đưa con trỏ đến lỗi đầu tiên.",
    "ribbon_loi_tiep_theo": "Lỗi tiếp theo",
    "ribbon_loi_tiep_theo_tip": "Đến lỗi tiếp theo",
    "ribbon_loi_tiep_theo_help": "Đưa con trỏ đến ô có lỗi tiếp theo; hết lỗi thì quay lại lỗi đầu tiên.",
    "ribbon_kiem_tra_sau": "Kiểm tra sâu",
    "ribbon_kiem_tra_sau_tip": "Kiểm tra đủ mọi quy tắc",
    "ribbon_kiem_tra_sau_help": "Kiểm tra toàn bộ quy tắc, đối chiếu cả với tệp kỳ trước." + _NEEDS_PYTHON,
    "ribbon_doc_bang_dan": "Đọc bảng đã dán",
    "ribbon_doc_bang_dan_tip": "Đọc bảng dán từ Word",
    "ribbon_doc_bang_dan_help": (
        "Đọc bảng đã dán vào trang Dán từ Word theo STT, hiện số cũ và số mới cạnh nhau; chưa ghi vào biểu."
    ),
    "ribbon_ghi_bang_dan": "Ghi vào biểu",
    "ribbon_ghi_bang_dan_tip": "Ghi các dòng đã chọn vào biểu",
    "ribbon_ghi_bang_dan_help": "Ghi vào biểu các dòng còn được đánh dấu sau khi đồng chí đã xem số cũ và số mới.",
    "ribbon_xoa_vung_dan": "Xóa vùng dán",
    "ribbon_xoa_vung_dan_tip": "Xóa bảng đã dán",
    "ribbon_xoa_vung_dan_help": "Xóa bảng trên trang Dán từ Word để dán bảng khác; số liệu trong biểu giữ nguyên.",
    "ribbon_lay_so_ky_truoc": "Lấy số kỳ trước",
    "ribbon_lay_so_ky_truoc_tip": "Lấy số liệu của kỳ trước",
    "ribbon_lay_so_ky_truoc_help": (
        "Chọn sổ tính kỳ trước; số chuyển sang và cột Kỳ trước được điền từ tệp đó." + _NEEDS_PYTHON
    ),
    "ribbon_nhap_tu_tep": "Nhập từ tệp",
    "ribbon_nhap_tu_tep_tip": "Nhập số liệu từ tệp CSV hoặc sổ tính khác",
    "ribbon_nhap_tu_tep_help": "Chọn tệp CSV hoặc sổ tính CCHC khác; số liệu được điền vào ô nhập."
    + _NEEDS_PYTHON,
    "ribbon_ghep_bieu": "Ghép biểu từ tệp khác",
    "ribbon_ghep_bieu_tip": "Ghép các biểu do nhiều người điền",
    "ribbon_ghep_bieu_help": (
        "Chọn tệp và các biểu cần ghép; chỗ hai tệp khác nhau được liệt kê, không tự ghi đè." + _NEEDS_PYTHON
    ),
    "ribbon_khoi_phuc": "Khôi phục công thức",
    "ribbon_khoi_phuc_tip": "Trả lại công thức và định dạng",
    "ribbon_khoi_phuc_help": "Trả lại công thức và định dạng bị ghi đè khi dán; số liệu đã nhập được giữ nguyên.",
    "ribbon_xoa_so_lieu": "Xóa số liệu",
    "ribbon_xoa_so_lieu_tip": "Xóa số liệu đã nhập",
    "ribbon_xoa_so_lieu_help": "Xóa mọi số liệu đã nhập sau khi hỏi lại; không xóa được khi đã tạo tệp gửi thành phố.",
    "ribbon_xuat_ban_nop": "Tạo tệp gửi thành phố",
    "ribbon_xuat_ban_nop_tip": "Tạo tệp .xlsx để gửi thành phố",
    "ribbon_xuat_ban_nop_help": (
        "Ghi cạnh sổ tính một tệp .xlsx chỉ có giá trị, đã khóa, đặt tên theo đơn vị và kỳ, để gửi đi."
    ),
    "ribbon_gop_cac_xa": "Gộp các xã",
    "ribbon_gop_cac_xa_tip": "Tổng hợp tệp của các đơn vị",
    "ribbon_gop_cac_xa_help": "Đọc mọi tệp trong thư mục đã chọn và tổng hợp vào sổ tính này."
    + _NEEDS_PYTHON,
    "ribbon_kiem_tra_tat_ca": "Kiểm tra tất cả",
    "ribbon_kiem_tra_tat_ca_tip": "Kiểm tra tệp của mọi đơn vị",
    "ribbon_kiem_tra_tat_ca_help": (
        "Kiểm tra mọi tệp trong thư mục và liệt kê lỗi theo đơn vị, chưa tổng hợp." + _NEEDS_PYTHON
    ),
    "ribbon_so_voi_ky_truoc": "So với kỳ trước",
    "ribbon_so_voi_ky_truoc_tip": "So sánh với tổng hợp kỳ trước",
    "ribbon_so_voi_ky_truoc_help": "So số liệu với tệp tổng hợp kỳ trước trên cùng các đơn vị."
    + _NEEDS_PYTHON,
    "ribbon_don_doc": "Xuất danh sách đôn đốc",
    "ribbon_don_doc_tip": "Danh sách đơn vị cần đôn đốc",
    "ribbon_don_doc_help": (
        "Ghi danh sách đơn vị chưa nộp hoặc đang bị giữ lại, kèm lý do, sẵn để gửi." + _NEEDS_PYTHON
    ),
}
