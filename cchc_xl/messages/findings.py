"""Findings: what is wrong (FINDINGS) and what to do about it (FIXES), by rule code."""

from __future__ import annotations

FINDINGS: dict[str, str] = {
    # reading one cell (observations)
    "text_number": "{sheet}, ô {cell}: số được lưu dưới dạng chữ “{stored}”, đã đọc là {reading}.",
    "text_ambiguous": (
        "{sheet}, ô {cell}: chữ “{stored}” có thể hiểu là nhiều số khác nhau ({readings}) nên không thể "
        "tự chọn."
    ),
    "text_unreadable": "{sheet}, ô {cell}: nội dung “{stored}” không đọc được thành số; cần {expected}.",
    "number_unreadable": "{sheet}, ô {cell}: giá trị số “{stored}” trong tệp bị hỏng, không đọc được.",
    "number_negative": "{sheet}, ô {cell}: số {number} là số âm; cần {expected}.",
    "number_not_whole": "{sheet}, ô {cell}: số {number} không phải số nguyên; cần {expected}.{hint}",
    "number_over_maximum": "{sheet}, ô {cell}: số {number} lớn hơn mức tối đa {maximum}.",
    "ratio_percent_points": (
        "{sheet}, ô {cell}: tỷ lệ đang được lưu là số {number}, tức lớn hơn 100 %; cần {expected}."
    ),
    "ratio_out_of_range": "{sheet}, ô {cell}: tỷ lệ “{stored}” nằm ngoài khoảng từ 0 % đến 100 %.",
    "boolean_in_input": (
        "{sheet}, ô {cell}: ô chứa giá trị đúng/sai (TRUE/FALSE) thay vì số liệu; cần {expected}."
    ),
    "date_in_input": "{sheet}, ô {cell}: ô đang được hiểu là ngày tháng, không phải số liệu; cần {expected}.",
    "date_expected": "{sheet}, ô {cell}: nội dung “{stored}” không phải ngày tháng.",
    "error_cell": "{sheet}, ô {cell}: ô báo lỗi {stored} thay vì số liệu; cần {expected}.",
    "formula_in_input": (
        "{sheet}, ô {cell}: ô nhập liệu chứa công thức “{stored}” lấy số từ nơi khác hoặc dùng hàm; kết "
        "quả của công thức này không được sử dụng."
    ),
    "constant_formula": "{sheet}, ô {cell}: ô chứa phép tính “{stored}”, đã tự tính lại được {reading}.",
    "kps_spelling": "{sheet}, ô {cell}: “{stored}” đã được hiểu là KPS (không phát sinh).",
    "kps_refused": "{sheet}, ô {cell}: chỉ tiêu này không nhận “{stored}” (không phát sinh); cần {expected}.",
    "choice_label": "{sheet}, ô {cell}: câu trả lời ghi bằng chữ “{stored}”, đã hiểu là {reading}.",
    "choice_unknown": "{sheet}, ô {cell}: câu trả lời “{stored}” không có trong danh sách; cần {expected}.",
    "blank_text": "{sheet}, ô {cell}: ô chỉ có dấu cách, được coi là chưa nhập.",
    "formula_overwritten": (
        "{sheet}, ô {cell}: công thức của ô đã bị thay bằng “{stored}”; {verdict} (kết quả tính lại: "
        "{expected})."
    ),
    "formula_changed": (
        "{sheet}, ô {cell}: công thức của ô đã bị sửa thành “{stored}”; kết quả tính lại từ các số thành "
        "phần: {expected}."
    ),
    "formula_missing": (
        "{sheet}, ô {cell}: công thức của ô đã bị xóa; kết quả tính lại từ các số thành phần: {expected}."
    ),
    "at_cell": "{sheet}, ô {cell}: {fault}.",
    "blank_word": "trống",
    "unreadable_word": "không đọc được",
    "blank_required": "dòng {number} chưa có số liệu",
    "blank_kps": "dòng {number} chưa có số liệu",
    "file_name_other_unit": "Tên tệp nói {named} nhưng bên trong là {inside}",
    "wrong_period": "Tệp lập cho {found}, không phải {asked}",
    "wrong_period_kind": "Nộp sai loại kỳ: tệp lập cho {found}, trong khi đang tổng hợp {asked}",
    "conflicting_submissions": "Đơn vị có nhiều tệp cùng ghi lần nộp {number} nhưng số liệu khác nhau: {files}",
    "superseded": "Đã có tệp mới hơn thay thế: {file} (lần nộp {number})",
    "constant_differs": "dòng {number} ghi {own} trong khi {units} đơn vị ghi {agreed}",
    "rule_error": "quy tắc {rule} không tính được do lỗi của danh mục",
    # breakdowns: the message of a rule, its figures as " ({code})"
    "breakdown_over": "tổng các dòng {parts_numbers} lớn hơn dòng {total_number} ({{{total}}})",
    "breakdown_differs": "tổng các dòng {parts_numbers} nhỏ hơn dòng {total_number} ({{{total}}})",
    "breakdown_blank_as_zero": (
        "các dòng đã nhập trong số {parts_numbers} vừa bằng dòng {total_number} ({{{total}}}); dòng để "
        "trống được hiểu là 0"
    ),
    "breakdown_without_total": (
        "dòng {total_number} để trống được hiểu là 0 nhưng các dòng {parts_numbers} lại có số liệu"
    ),
}

FIXES: dict[str, str] = {
    # reading one cell (observations)
    "text_number": (
        "Nên {how} (nếu ô đang ở dạng chữ thì đưa về dạng số trước); nếu {reading} không đúng thì sửa ô này."
    ),
    "text_ambiguous": "Cần {how}.",
    "text_unreadable": "Xóa ô rồi {how}; lời giải thích ghi ở cột Ghi chú.",
    "number_unreadable": "Xóa ô rồi gõ lại số liệu, lưu tệp và gửi lại.",
    "number_negative": "Kiểm tra và gõ lại số không âm.",
    "number_not_whole": "Gõ lại số nguyên, không gõ dấu phân cách hàng nghìn (ví dụ 37094).",
    "number_over_maximum": "Kiểm tra và gõ lại; ô có thể thừa chữ số hoặc đã bị hiểu nhầm thành ngày tháng.",
    "ratio_percent_points": "Nếu tỷ lệ là {number} % thì gõ cả dấu %: {number}%.",
    "ratio_out_of_range": "Kiểm tra lại tỷ lệ và gõ cả dấu %, ví dụ 99,32%.",
    "boolean_in_input": "Xóa ô rồi gõ lại số liệu.",
    "date_in_input": (
        "Xóa ô, đưa định dạng ô về dạng số (General) rồi gõ lại; không gõ dấu gạch chéo hay gạch ngang."
    ),
    "date_expected": "Gõ ngày theo dạng ngày/tháng/năm, ví dụ 14/6/2026.",
    "error_cell": "Xóa ô rồi gõ trực tiếp số liệu.",
    "formula_in_input": (
        "Xóa công thức rồi gõ trực tiếp con số; chỉ chấp nhận phép tính giữa các số, ví dụ =907+4501."
    ),
    "constant_formula": "Nếu {reading} đúng thì không cần làm gì; nếu không thì gõ lại số liệu.",
    "kps_spelling": "Nên gõ đúng ba chữ KPS; nếu có phát sinh thì gõ số liệu.",
    "kps_refused": "Xóa chữ trong ô rồi nhập {expected}.",
    "choice_label": "Nên chọn {reading} trong danh sách của ô; nếu hiểu chưa đúng thì chọn lại.",
    "choice_unknown": "Chọn lại một câu trả lời trong danh sách của ô.",
    "blank_text": "Bấm phím Delete để xóa trống ô, hoặc gõ số liệu.",
    "formula_overwritten": (
        "Khôi phục công thức của ô (nút “Khôi phục công thức”, hoặc lấy lại từ tệp mẫu) và sửa các số "
        "thành phần nếu cần."
    ),
    "formula_changed": (
        "Khôi phục công thức gốc của ô (nút “Khôi phục công thức”, hoặc lấy lại từ tệp mẫu): {formula}"
    ),
    "formula_missing": "Khôi phục công thức của ô (nút “Khôi phục công thức”, hoặc lấy lại từ tệp mẫu).",
    "blank_required": "Nhập số; nếu thật sự không có thì gõ số 0.",
    "blank_kps": "Nhập số; nếu không phát sinh thì gõ KPS.",
    "file_name_other_unit": "Hỏi lại đơn vị: nếu gửi nhầm tệp thì gửi tệp đúng; nếu chỉ sai tên thì đổi tên tệp.",
    "wrong_period": "Đề nghị đơn vị nộp tệp mẫu của {asked}.",
    "wrong_period_kind": "Đề nghị đơn vị nộp tệp mẫu của {asked}.",
    "conflicting_submissions": "Hỏi đơn vị tệp nào đúng; tệp đúng ghi lại Lần nộp lớn hơn rồi gửi lại.",
    "superseded": "Không cần làm gì; tệp này chỉ được liệt kê.",
    "constant_differs": "Đối chiếu danh mục thủ tục của thành phố; nếu đúng thì ghi lý do vào Ghi chú.",
    "rule_error": "Báo cho người phụ trách bộ mẫu của thành phố.",
    "breakdown_over": "Kiểm tra lại dòng {total_number} và các dòng {parts_numbers}.",
    "breakdown_differs": (
        "Kiểm tra lại dòng {total_number} và các dòng {parts_numbers}: tổng các dòng này phải bằng dòng "
        "{total_number}."
    ),
    "breakdown_blank_as_zero": "Nếu đúng thì không cần sửa; lần sau xin gõ 0 vào các dòng không có.",
    "breakdown_without_total": (
        "Nhập dòng {total_number} bằng tổng các dòng {parts_numbers}, rồi kiểm tra lại các dòng cùng nhóm."
    ),
}

# Parts of the messages above: what a cell should hold, how a typed percentage stands.
PHRASES: dict[str, str] = {
    "expected_count": "số nguyên từ 0 trở lên",
    "expected_money": "số nguyên từ 0 trở lên theo đơn vị tính đã in",
    "expected_ratio": "tỷ lệ từ 0 % đến 100 %",
    "expected_decimal": "số từ 0 trở lên",
    "expected_choice": "một trong các câu trả lời: {choices}",
    "expected_text": "chữ",
    "expected_date": "ngày tháng, ví dụ 14/6/2026",
    "expected_at_most": "{wanted}, tối đa {maximum}",
    "expected_or_kps": "{wanted}, hoặc KPS nếu không phát sinh",
    "thousands_hint": " Có thể số đúng là {grouped} (gõ {plain}).",
    "typed_agrees": "giá trị gõ tay khớp với kết quả tính lại",
    "typed_truncated": "giá trị gõ tay bị cắt bớt chữ số thay vì làm tròn",
    "typed_differs": "giá trị gõ tay không khớp với kết quả tính lại",
    "typed_unproven": "chưa đủ số thành phần để đối chiếu giá trị gõ tay",
    "type_number": "gõ lại thành số, không gõ dấu phân cách hàng nghìn, ví dụ 5650",
    "type_ratio": "gõ lại tỷ lệ kèm dấu %, ví dụ 99,32%",
    "nothing_yet": "chưa có, vì còn thiếu số thành phần",
}
