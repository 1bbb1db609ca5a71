"""Texts printed in the commune workbook. Live texts hold no figures: those stand beside them."""

from __future__ import annotations

_MAIN = {
    "wb_title": "{title} – {unit} – {period}",
    "wb_home": "← Về Trang chính",
    "wb_page_numbers": "Trang &P/&N",
    "wb_enable_editing": (
        "Bấm Enable Editing (Cho phép chỉnh sửa) ở thanh màu vàng phía trên trước khi nhập số liệu."
    ),
    "wb_basis": "{basis} · Mã đơn vị {unit}",
    "wb_basis_short": "({basis})",
    "wb_section_declarations": "1. Khai báo (các ô màu vàng)",
    "wb_section_progress": "2. Người lập và tiến độ (bấm tên biểu để mở)",
    "wb_section_typing": "3. Cách gõ số trên máy này",
    "wb_section_sheets": "4. Các trang khác",
    "wb_cchc_tu_ngay": "Số liệu lấy từ ngày (bắt buộc)",
    "wb_cchc_den_ngay": "Số liệu lấy đến ngày (bắt buộc)",
    "wb_until": "đến ngày",
    "wb_cchc_lan_nop": "Lần nộp (bắt buộc)",
    "wb_cchc_ly_do": "Lý do nộp lại (từ lần 2)",
    "wb_cchc_loai_ban_gui": "Loại bản gửi",
    "return_kind_first": "Lần đầu",
    "return_kind_replacement": "Thay thế",
    "return_kind_supplement": "Bổ sung",
    "wb_cchc_nguoi_duyet": "Người duyệt số liệu (họ tên)",
    "wb_cchc_ngay_doi_chieu": "Ngày lập báo cáo",
    "wb_cchc_nguoi_lap": "Người lập báo cáo (họ tên)",
    "wb_cchc_so_bao_cao": "Số báo cáo (có sau khi ký)",
    "wb_cchc_ngay_bao_cao": "Ngày ký báo cáo",
    "wb_cchc_the_thuc_ky": "Thể thức ký (TM., KT.)",
    "wb_prompt_cchc_tu_ngay": (
        "Đã ghi sẵn theo kỳ chốt số liệu. Nếu số liệu lấy theo khoảng ngày khác thì sửa lại, gõ dạng ngày/tháng/năm."
    ),
    "wb_prompt_cchc_den_ngay": (
        "Đã ghi sẵn theo kỳ chốt số liệu. Nếu số liệu lấy theo khoảng ngày khác thì sửa lại, gõ dạng ngày/tháng/năm."
    ),
    "wb_prompt_cchc_lan_nop": "Nộp lần đầu ghi 1. Mỗi lần sửa và nộp lại thì tăng thêm 1 và ghi lý do.",
    "wb_prompt_cchc_ly_do": "Chỉ ghi khi nộp lại: vì sao số liệu thay đổi.",
    "wb_prompt_cchc_nguoi_duyet": "Họ tên lãnh đạo đã duyệt số liệu.",
    "wb_prompt_cchc_ngay_doi_chieu": (
        "Ngày lập báo cáo, gõ dạng ngày/tháng/năm. Dùng cho Phiếu kiểm số liệu và để tính thời hạn thay cho ngày hôm nay."
    ),
    "wb_prompt_cchc_loai_ban_gui": (
        "Lần đầu: bản gửi đầu tiên. Thay thế: gửi lại cả báo cáo, thay hẳn bản trước. "
        "Bổ sung: chỉ điền các ô bản trước còn trống, không sửa số đã gửi."
    ),
    "wb_prompt_cchc_nguoi_lap": "Họ tên người lập báo cáo, in ở Phiếu kiểm số liệu. Chưa ghi thì phiếu để chỗ trống.",
    "wb_prompt_cchc_so_bao_cao": (
        "Số của báo cáo, ví dụ 215 hoặc 215/BC-UBND; in ở phụ lục và Phiếu kiểm số liệu. Chưa có số thì để trống: "
        "bản in để chỗ điền tay."
    ),
    "wb_prompt_cchc_ngay_bao_cao": (
        "Ngày ký báo cáo, gõ dạng ngày/tháng/năm; in ở phụ lục và Phiếu kiểm số liệu. Để trống thì bản in để chỗ "
        "điền tay."
    ),
    "wb_prompt_cchc_the_thuc_ky": (
        "Chọn cách ghi quyền hạn, chức vụ của người ký. TM.: thay mặt Ủy ban nhân dân; KT.: phó chủ tịch ký thay "
        "chủ tịch."
    ),
    "wb_signed_for_missing": "… Chưa chọn thể thức ký: bản in để trống",
    "wb_prompt_telephone": "Số điện thoại để thành phố hỏi lại khi cần.",
    "wb_window_missing": "✖ Cần gõ đủ hai ngày",
    "wb_window_reversed": "✖ Ngày đầu sau ngày cuối",
    "wb_window_right": "✔ Đúng kỳ chốt số liệu",
    "wb_window_other": "⚠ Khác kỳ chốt số liệu: xem lại, nếu đúng thì giữ nguyên",
    "wb_number_wrong": "✖ Gõ số nguyên từ 1",
    "wb_number_again": "✖ Nộp lại: cần ghi lý do",
    "wb_kind_again": "⚠ Nộp lại: chọn Thay thế hoặc Bổ sung ở Loại bản gửi",
    "wb_approver_missing": "… Chưa ghi người duyệt",
    "wb_column_form": "Biểu",
    "wb_column_title": "Nội dung",
    "wb_column_person": "Người lập",
    "wb_column_telephone": "Điện thoại",
    "wb_column_filled": "Ô đã điền",
    "wb_column_total": "Tổng số ô",
    "wb_column_faults": "✖ Dòng lỗi",
    "wb_column_warnings": "⚠ Dòng cần xem",
    "wb_column_state": "Tình trạng",
    "wb_column_code": "Mã kiểm tra",
    "wb_total_printed": "Cả báo cáo",
    "wb_state_done": "✔ Xong",
    "wb_state_faulty": "✖ Cần sửa lỗi",
    "wb_state_warned": "⚠ Xong, cần xem lại",
    "wb_state_unfinished": "… Chưa điền đủ",
    "wb_state_optional": "Không bắt buộc",
    "wb_separator": "Dấu thập phân của máy này",
    "wb_type_comma": (
        "Máy này dùng dấu phẩy thập phân. Tỷ lệ gõ 99,32% (có dấu %). Số nguyên gõ liền: 5650, 37094."
    ),
    "wb_type_dot": (
        "Chú ý: máy này dùng dấu chấm thập phân. Tỷ lệ gõ 99.32% (có dấu %). Số nguyên gõ liền: 5650, 37094; "
        "không gõ 5.650 vì máy hiểu thành số lẻ."
    ),
    "wb_typing_title": "Ba cách trả lời",
    "wb_typing": (
        "Có số liệu: gõ số. Có nội dung nhưng bằng không: gõ 0. Kỳ này không phát sinh: gõ KPS (ở dòng cho phép). "
        "Ô để trống nghĩa là chưa nhập."
    ),
    "wb_purpose_check": "Mọi quy tắc kiểm tra, ô cần sửa và chỗ ghi giải trình",
    "wb_purpose_appendix": "Các biểu nối liền, in và ký kèm báo cáo",
    "wb_purpose_slip": "Phiếu in kèm: ai lập, ai duyệt, mã kiểm tra số liệu",
    "wb_purpose_guide": "Hướng dẫn trong một trang",
    "wb_purpose_rules": "Danh sách quy tắc kiểm tra",
    "wb_purpose_register": "Danh mục cần kê khai từng dòng",
}

_FORMS = {
    "wb_column_number": "STT",
    "wb_column_label": "Chỉ tiêu thống kê",
    "wb_column_result": "Kết quả thống kê",
    "wb_column_unit": "Đơn vị tính",
    "wb_illustrative": "SỐ LIỆU MINH HỌA – KHÔNG DÙNG LÀM BÁO CÁO",
    "wb_column_figure": "Số liệu",
    "wb_column_note": "Ghi chú",
    "wb_side_group": "Phần trợ giúp, không in",
    "wb_side_check": "Kiểm tra ngay",
    "wb_side_shown": "Số để đối chiếu",
    "wb_side_previous": "Kỳ trước",
    "wb_side_claimed": "Tỷ lệ ghi trong báo cáo",
    "wb_side_judged": "So với tỷ lệ tính",
    "wb_waiting": "…",
    "wb_over_whole": "ℹ lớn hơn 100%",
    "wb_blank": "… chưa nhập",
    "wb_blank_kps": "… chưa nhập (không phát sinh thì gõ KPS)",
    "wb_blank_zero": "ℹ để trống, được hiểu là 0",
    "wb_fault_error": "✖ Ô đang báo lỗi: xoá đi và gõ lại số",
    "wb_fault_text": "✖ Ô đang là chữ: xoá đi và gõ lại bằng số",
    "wb_as_kps": "ℹ hiểu là KPS (không phát sinh)",
    "wb_as_zero": "ℹ hiểu là 0: dòng này phải có số, nên gõ 0",
    "wb_fault_kps": "✖ Dòng này phải có số, không nhận KPS (không phát sinh)",
    "wb_fault_negative": "✖ Số âm: kiểm tra lại",
    "wb_fault_fraction": "✖ Phải là số nguyên: gõ liền, không gõ dấu chấm hay dấu phẩy",
    "wb_fault_fraction_money": "✖ Phải là số nguyên triệu đồng: gõ liền, không gõ dấu chấm hay dấu phẩy",
    "wb_fault_ratio": "✖ Lớn hơn 100%: gõ cả dấu %, ví dụ 99,32%",
    "wb_fault_large": "✖ Số quá lớn: kiểm tra lại",
    "wb_fault_day": "✖ Phải là ngày: gõ dạng ngày/tháng/năm, ví dụ 14/6/2026",
    "wb_fault_choice": "✖ Chọn một giá trị trong danh sách của ô",
    "wb_claim_title": "Tỷ lệ ghi trong báo cáo",
    "wb_claim_prompt": (
        "Không bắt buộc. Gõ tỷ lệ đúng như viết trong lời văn báo cáo, cả dấu %, ví dụ 99,32%, để so với tỷ lệ tính được."
    ),
    "wb_claim_stop": "Ô này chỉ nhận tỷ lệ, gõ cả dấu %, ví dụ 99,32%.",
    "wb_claim_not_number": "✖ gõ số và dấu %",
    "wb_claim_right": "✔ đúng",
    "wb_claim_truncated": "✂ cắt bớt, nên làm tròn",
    "wb_claim_wrong": "✖ sai",
    "wb_claim_unproven": "ℹ không kiểm được",
    "wb_prompt_title": "Dòng {number}",
    "wb_prompt_count": "Gõ số nguyên, gõ liền, ví dụ 5650.",
    "wb_prompt_money": "Gõ số nguyên triệu đồng, gõ liền, ví dụ 37094.",
    "wb_prompt_ratio": "Gõ cả dấu %, ví dụ 99,32%.",
    "wb_prompt_decimal": "Gõ số, có thể có phần lẻ.",
    "wb_prompt_choice": "Chọn một giá trị trong danh sách.",
    "wb_prompt_text": "",
    "wb_prompt_date": "Gõ ngày dạng ngày/tháng/năm.",
    "wb_prompt_kps": "Không phát sinh thì gõ KPS.",
    "wb_stop_title": "Số liệu chưa đúng",
    "wb_stop_count": "Ô này chỉ nhận số nguyên không âm. Gõ liền, không gõ dấu chấm hay dấu phẩy, ví dụ 5650.",
    "wb_stop_money": "Ô này chỉ nhận số nguyên triệu đồng. Gõ liền, không gõ dấu chấm hay dấu phẩy, ví dụ 37094.",
    "wb_stop_ratio": "Ô này chỉ nhận tỷ lệ từ 0% đến 100%. Gõ cả dấu %, ví dụ 99,32%.",
    "wb_stop_decimal": "Ô này chỉ nhận số không âm.",
    "wb_stop_choice": "Chỉ chọn một giá trị trong danh sách: {choices}.",
    "wb_stop_choice_listed": "Chỉ chọn một giá trị trong danh sách: bấm mũi tên ở bên phải ô.",
    "wb_stop_date": "Ô này chỉ nhận ngày, gõ dạng ngày/tháng/năm, ví dụ 14/6/2026.",
    "wb_stop_maximum": "Số lớn nhất được nhận là {maximum}.",
    "wb_stop_kps": "Không phát sinh thì gõ KPS.",
    "wb_stop_no_kps": "Dòng này không nhận KPS (không phát sinh); nếu không có thì gõ 0.",
    "wb_stop_kind": "Chỉ chọn một giá trị trong danh sách: {kinds}.",
    "wb_stop_long": "Ghi gọn trong {most} ký tự để in được trọn vẹn.",
    "wb_stop_signed_for": "Chỉ chọn một cách ký trong danh sách.",
    "wb_stop_number": "Lần nộp là số nguyên từ 1 đến 99.",
    "wb_register_count": "Danh mục có {count} dòng",
    "wb_register_hint": (
        "Gõ lần lượt vào các dòng trắng, cả STT; cột có dấu * là bắt buộc. Đã chuẩn bị {rows} dòng; chỉ dòng có gõ mới in."
    ),
    "wb_register_missing": "⚠ còn thiếu ô bắt buộc (cột có dấu *)",
}

_CHECKS = {
    "wb_check_title": "Kiểm tra số liệu",
    "wb_check_hint": (
        "Lỗi: phải sửa, nếu không biểu đó bị giữ lại. Cảnh báo: xem lại, nếu đúng thì ghi lý do ở cột Giải trình. "
        "Lưu ý: chỉ để biết. Dấu ba chấm: chưa đủ số liệu để kiểm tra. Ô gõ chữ hay sai kiểu được báo ngay trên biểu."
    ),
    "wb_check_number": "STT",
    "wb_check_cell": "Ô (bấm để mở)",
    "wb_check_severity": "Mức độ",
    "wb_check_rule": "Điều được báo khi không đạt",
    "wb_check_remedy": "Cách sửa",
    "wb_check_mark": "Kết quả",
    "wb_check_left": "Vế trái",
    "wb_check_right": "Vế phải",
    "wb_check_explanation": "Giải trình của đơn vị",
    "wb_check_compared": "Số để đối chiếu",
    "wb_severity_error": "Lỗi",
    "wb_severity_warning": "Cảnh báo",
    "wb_severity_notice": "Lưu ý",
    "wb_rules_title": "Danh sách quy tắc kiểm tra",
    "wb_rules_hint": "Lỗi: biểu bị giữ lại cho đến khi sửa. Cảnh báo: xem lại hoặc giải trình. Lưu ý: chỉ để biết.",
    "wb_rules_number": "STT",
    "wb_rules_form": "Biểu",
    "wb_rules_row": "Dòng",
    "wb_rules_severity": "Mức độ",
    "wb_rules_statement": "Điều phải đúng",
    "wb_rules_rule": "Điều được báo khi không đạt",
    "wb_rules_remedy": "Cách sửa",
    "wb_rules_reference": "Căn cứ biểu mẫu",
    "wb_rules_id": "Mã quy tắc",
    "wb_rules_every_form": "Mọi biểu",
    "wb_guide_title": "Hướng dẫn điền số liệu",
}

_PAPERS = {
    "wb_place": "{sheet}, ô {cell}",
    "wb_date_given": "ngày {day} tháng {month} năm {year}",
    "wb_date_open": "ngày      tháng      năm {year}",
    "wb_report_number": "{number}/BC-UBND",
    "wb_typical_letters": "nhân dân ",
    "wb_target_text": "Công việc, chỉ tiêu theo kế hoạch",
    "wb_target_level": "Mức theo kế hoạch",
    "wb_target_result": "Kết quả",
    "wb_target_met": "Đạt hay chưa",
    "wb_notes_heading": "Ghi chú:",
    "wb_note_cut": "✂ sẽ bị cắt khi in",
    "wb_notes_cut": "✂ Ghi chú không đủ chỗ in: rút gọn các ghi chú có dấu ✂ trên biểu, hoặc văn bản dài ở danh mục.",
    "wb_targets_cut": "✂ Chỉ in {most} chỉ tiêu đầu; in kèm trang danh mục.",
    "wb_note_side": "Ghi chú khi in",
    "wb_appended": "({how} Báo cáo số {number} {day}",
    "wb_appended_unit": "của UBND {unit})",
    "wb_signature_prepared": "NGƯỜI LẬP",
    "wb_signature_approved": "NGƯỜI DUYỆT",
    "wb_signature_hint": "(Ký, ghi rõ họ tên)",
    "wb_slip_title": "PHIẾU KIỂM SỐ LIỆU",
    "wb_slip_unit": "Đơn vị báo cáo",
    "wb_slip_period": "Kỳ báo cáo",
    "wb_slip_report": "Báo cáo",
    "wb_slip_report_said": "Số {number} {day}",
    "wb_slip_cchc_tu_ngay": "Số liệu lấy từ ngày",
    "wb_slip_cchc_den_ngay": "Số liệu lấy đến ngày",
    "wb_slip_cchc_lan_nop": "Lần nộp",
    "wb_slip_cchc_ly_do": "Lý do nộp lại",
    "wb_code_total": "Mã chung",
    "wb_slip_hint": (
        "Mã kiểm tra tính từ số liệu của từng biểu. In phiếu sau khi đã nhập xong: mã trên bản ký phải trùng với mã "
        "của tệp gửi thành phố; chỉ cần một số thay đổi là mã thay đổi."
    ),
}

# How the block of the signature is worded (NĐ 30/2020/NĐ-CP): what is chosen, and its lines on paper.
_BODY, _HEAD, _FOR, _DEPUTY = "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
SIGNATURE_BLOCKS: dict[str, tuple[str, str, str]] = {
    "TM. UBND – Chủ tịch": (_BODY, _HEAD, ""),
    "TM. UBND – KT. Chủ tịch – Phó Chủ tịch": (_BODY, _FOR, _DEPUTY),
    "Chủ tịch": (_HEAD, "", ""),
    "KT. Chủ tịch – Phó Chủ tịch": (_FOR, _DEPUTY, ""),
}

WORKBOOK: dict[str, str] = {**_MAIN, **_FORMS, **_CHECKS, **_PAPERS}
