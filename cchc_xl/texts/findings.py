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
    "number_settled": "{sheet}, ô {cell}: số {stored} còn phần lẻ rất nhỏ do phép tính để lại, đã hiểu là {reading}.",
    "constant_formula": "{sheet}, ô {cell}: ô chứa phép tính “{stored}”, đã tự tính lại được {reading}.",
    "kps_spelling": "{sheet}, ô {cell}: “{stored}” đã được hiểu là KPS (không phát sinh).",
    "kps_as_zero": "{sheet}, ô {cell}: “{stored}” (không phát sinh) đã được hiểu là 0; dòng này phải có số.",
    "dash_as_blank": "{sheet}, ô {cell}: “{stored}” không phải câu trả lời của dòng này nên coi như để trống.",
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
    "rows_of_form": "{sheet}: dòng {rows}",
    "at_place": "{sheet}, ô {cell}",
    "blank_word": "trống",
    "unreadable_word": "không đọc được",
    "blank_required": "dòng {number} chưa có số liệu",
    "blank_kps": "dòng {number} chưa có số liệu",
    "window_missing": "chưa ghi khoảng thời gian lấy số liệu (kỳ này: {start} – {end})",
    "window_off": "số liệu lấy từ {own_start} đến {own_end}, khác khoảng của kỳ ({start} – {end})",
    "submission_number": "Lần nộp phải là số nguyên từ 1 trở lên, đang ghi: {found}",
    "reason_missing": "nộp lần {number} nhưng chưa ghi lý do nộp lại",
    "template_differs": "Tệp lập từ phiên bản mẫu khác với phiên bản đang dùng; mọi ô vẫn tìm thấy đúng tên và nhãn",
    "external_links": "Tệp có liên kết sang tệp khác; các liên kết không được dùng",
    "placed_by_label": "ô của dòng {number} mất tên, được tìm theo số thứ tự và nhãn in trên biểu",
    "row_hidden": "dòng {number} đang bị ẩn",
    "input_merged": "ô của dòng {number} bị gộp với ô khác",
    "claim_truncated": "tỷ lệ ghi trong báo cáo ({claimed}) là số cắt bớt; làm tròn đúng là {exact}",
    "claim_unproven": (
        "tỷ lệ ghi trong báo cáo ({claimed}) không kiểm được vì chưa có đủ tử số và mẫu số, hoặc mẫu số bằng 0"
    ),
    "claim_wrong": "tỷ lệ ghi trong báo cáo ({claimed}) không khớp với số liệu ({exact})",
    "not_our_template": "Tệp không phải bộ biểu mẫu do thành phố phát hành",
    "regime_unknown": "Tệp thuộc chế độ báo cáo không rõ: {regime}",
    "period_unknown": "Tệp ghi kỳ báo cáo không rõ: {period}",
    "unit_unknown": "Mã đơn vị {code} ({name}) không có trong danh sách xã, phường, đặc khu",
    "unit_contradictory": "Mã đơn vị {code} bên trong tệp không đi với tên {name}: đó là tên của đơn vị khác",
    "figure_column_moved": "Ô số liệu không còn nằm dưới cột “Số liệu” (cột {column}): các cột đã bị đổi chỗ",
    "figure_header_missing": "Không tìm thấy tiêu đề cột “Số liệu” trên trang biểu",
    "form_sheet_missing": "Không tìm thấy trang {form}",
    "row_not_found": "Không tìm thấy đúng một dòng {number} “{label}”",
    "cell_claimed_twice": "Một ô bị hai chỉ tiêu cùng trỏ tới",
    "file_name_other_unit": "Tên tệp nói {named} nhưng bên trong là {inside}",
    "wrong_period": "Tệp lập cho {found}, không phải {asked}",
    "wrong_period_kind": "Nộp sai loại kỳ: tệp lập cho {found}, trong khi đang tổng hợp {asked}",
    "conflicting_submissions": "Đơn vị có nhiều tệp cùng ghi lần nộp {number} nhưng số liệu khác nhau: {files}",
    "empty_return": "Tệp chưa có số liệu: mọi dòng bắt buộc đều để trống, nên coi như chưa gửi",
    "emptier_return": "Bản này chỉ có {answered} dòng có số liệu, ít hơn {before} dòng của bản trước ({earlier}), nên chưa thay bản trước",
    "supplement_conflict": "Bản bổ sung ghi khác bản trước ({earlier}) ở: {places}; bản bổ sung chỉ điền ô còn trống",
    "return_kind_unknown": "Loại bản gửi ghi “{found}”, cần một trong: {kinds}",
    "return_kind_first_again": "Lần nộp {number} nhưng Loại bản gửi ghi “Lần đầu”; được hiểu là Thay thế",
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
    "number_settled": "Nếu {reading} đúng thì không cần làm gì; lần sau nên gõ lại số nguyên.",
    "constant_formula": "Nếu {reading} đúng thì không cần làm gì; nếu không thì gõ lại số liệu.",
    "kps_spelling": "Nên gõ đúng ba chữ KPS; nếu có phát sinh thì gõ số liệu.",
    "kps_as_zero": "Nên gõ số 0; nếu có phát sinh thì gõ số liệu.",
    "dash_as_blank": "Nhập {expected}; nếu chưa có thì xóa ô.",
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
    "blank_date": "Gõ ngày theo dạng ngày/tháng/năm, ví dụ 14/6/2026.",
    "blank_words": "Ghi nội dung vào ô bằng chữ.",
    "blank_required_choice": "Chọn một câu trả lời trong danh sách của ô.",
    "blank_kps_choice": "Chọn một câu trả lời trong danh sách của ô; nếu không phát sinh thì chọn KPS.",
    "blank_required": "Nhập số; nếu thật sự không có thì gõ số 0.",
    "blank_kps": "Nhập số; nếu không phát sinh thì gõ KPS.",
    "window_missing": "Ghi ngày bắt đầu và ngày kết thúc lấy số liệu ở “Trang chính”.",
    "window_off": "Nếu đúng là lấy theo khoảng này thì không cần sửa; nếu không, sửa ngày ở “Trang chính”.",
    "submission_number": "Ghi 1 nếu nộp lần đầu, 2 nếu nộp lại lần thứ hai …",
    "reason_missing": "Ghi ngắn gọn lý do nộp lại vào ô “Lý do” ở “Trang chính”.",
    "template_differs": "Nên dùng bộ biểu mẫu thành phố phát hành mới nhất cho kỳ này.",
    "external_links": "Chép số liệu thành giá trị rồi bỏ liên kết (Data > Edit Links > Break Link).",
    "placed_by_label": "Kiểm tra lại số của dòng này; lần sau nên nhập vào tệp mẫu gốc, không chép trang.",
    "row_hidden": "Hiện lại dòng rồi kiểm tra số liệu.",
    "input_merged": "Bỏ gộp ô (Merge) rồi nhập lại số liệu của dòng {number}.",
    "claim_truncated": "Trong báo cáo nên ghi {exact}.",
    "claim_unproven": "Không bắt buộc sửa; có số thành phần thì nhập để kiểm được tỷ lệ.",
    "claim_wrong": "Kiểm tra lại tỷ lệ trong báo cáo và các số thành phần.",
    "not_our_template": "Nhập số liệu vào tệp mẫu thành phố đã gửi cho đơn vị rồi nộp tệp đó.",
    "regime_unknown": "Dùng tệp mẫu thành phố phát hành; nếu mẫu mới hơn chương trình thì cập nhật chương trình.",
    "period_unknown": "Dùng tệp mẫu thành phố phát hành cho kỳ này, không sửa trang ẩn.",
    "unit_unknown": "Dùng tệp mẫu thành phố phát hành cho đúng đơn vị; nếu dùng danh sách riêng thì thêm --units.",
    "unit_contradictory": "Nhập lại số liệu vào tệp mẫu thành phố phát hành cho đúng đơn vị, không sửa trang ẩn.",
    "figure_column_moved": "Nhập lại số liệu vào tệp mẫu gốc, không chèn, cắt dán hay đổi chỗ cột.",
    "figure_header_missing": "Nhập lại số liệu vào tệp mẫu gốc, không sửa tiêu đề cột.",
    "form_sheet_missing": "Nhập lại số liệu vào tệp mẫu gốc, không xóa hay đổi tên trang.",
    "row_not_found": "Nhập lại số liệu vào tệp mẫu gốc, không sửa số thứ tự và tên chỉ tiêu.",
    "cell_claimed_twice": "Nhập lại số liệu vào tệp mẫu gốc.",
    "file_name_other_unit": "Hỏi lại đơn vị: nếu gửi nhầm tệp thì gửi tệp đúng; nếu chỉ sai tên thì đổi tên tệp.",
    "wrong_period": "Đề nghị đơn vị nộp tệp mẫu của {asked}.",
    "wrong_period_kind": "Đề nghị đơn vị nộp tệp mẫu của {asked}.",
    "conflicting_submissions": "Hỏi đơn vị tệp nào đúng; tệp đúng ghi lại Lần nộp lớn hơn rồi gửi lại.",
    "empty_return": "Điền số liệu vào tệp mẫu rồi gửi lại; nếu đã điền ở tệp khác thì gửi đúng tệp đó.",
    "emptier_return": "Nếu chỉ gửi thêm phần còn thiếu thì chọn Loại bản gửi là Bổ sung; nếu thay cả bản trước thì điền đủ các dòng rồi gửi lại.",
    "supplement_conflict": "Nếu cần sửa số đã gửi thì điền đủ cả báo cáo, chọn Thay thế rồi gửi lại.",
    "return_kind_unknown": "Chọn lại Loại bản gửi trong danh sách của ô ở “Trang chính”.",
    "return_kind_first_again": "Lần nộp từ 2 trở đi: chọn Thay thế hoặc Bổ sung.",
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
    "mark_text_fault": "✖ chữ",
    "shared_formula": "(công thức dùng chung)",
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
