"""The one-page guide of the commune workbook, and the rules every form shares."""

from __future__ import annotations

GUIDE_STEPS: tuple[tuple[str, str], ...] = (
    (
        "Mở tệp",
        "Lưu tệp về máy rồi mở. Nếu phía trên có thanh màu vàng thì bấm Enable Editing (Cho phép chỉnh sửa). "
        "Không đổi tên các trang, không thêm hay xoá dòng.",
    ),
    (
        "Khai báo ở Trang chính",
        "Xem đúng tên đơn vị và kỳ báo cáo chưa. Kiểm tra khoảng ngày lấy số liệu, lần nộp; ghi người duyệt và "
        "người lập từng biểu kèm số điện thoại.",
    ),
    (
        "Chỉ gõ vào ô màu vàng",
        "Bấm phím Tab để sang ô cần gõ tiếp theo. Ô xám tự tính, không cần gõ tỷ lệ ở đó. Cột Ghi chú để ghi tự do; có dấu ✂ bên cạnh là in không hết.",
    ),
    (
        "Gõ số liền nhau",
        "Gõ 5650, không gõ 5.650 hay 5,650. Tiền gõ số nguyên triệu đồng: 37094. Tỷ lệ phải gõ cả dấu %: 99,32%. "
        "Trang chính cho biết máy này dùng dấu phẩy hay dấu chấm.",
    ),
    (
        "0, KPS và để trống",
        "Gõ 0 khi có nội dung nhưng kết quả bằng không. Gõ KPS khi kỳ này không phát sinh nội dung đó. "
        "Để trống nghĩa là chưa nhập: thành phố sẽ hỏi lại.",
    ),
    (
        "Xem dấu bên phải biểu",
        "✔ đạt\n… chưa nhập\n⚠ xem lại\n✖ phải sửa\nℹ chỉ để biết\n"
        "Cột Kiểm tra ngay nói rõ vì sao; cột Kỳ trước là số đã báo cáo kỳ trước để so sánh. Các cột này không in.",
    ),
    (
        "Tỷ lệ ghi trong báo cáo",
        "Nếu lời văn báo cáo có ghi tỷ lệ, gõ lại vào cột này: máy cho biết đúng, cắt bớt (chưa làm tròn) hay sai. "
        "Không bắt buộc.",
    ),
    (
        "Trang Kiểm tra",
        "Sửa hết các dòng báo Lỗi. Với dòng báo Cảnh báo mà số liệu vẫn đúng, ghi lý do ở cột Giải trình: thành phố "
        "đọc được và không phải gọi điện hỏi.",
    ),
    (
        "In và ký",
        "Trang {appendix} in các biểu nối liền để ký kèm báo cáo. Phiếu kiểm số liệu có mã kiểm tra: in "
        "sau cùng, khi số liệu không đổi nữa.",
    ),
    (
        "Gửi thành phố",
        "Lưu tệp (vẫn là tệp Excel này, không chuyển sang dạng khác) và gửi kèm báo cáo đã ký. Nếu sau đó phải sửa: tăng "
        "Lần nộp thêm 1, ghi lý do, in lại phiếu và gửi lại.",
    ),
)

# (id, severity, what is reported, remedy): judged on every cell, whichever the form.
GENERAL_RULES: tuple[tuple[str, str, str, str], ...] = (
    (
        "blank_required",
        "warning",
        "Ô bắt buộc còn để trống.",
        "Gõ số, không có thì gõ 0; ô ngày thì gõ ngày, ô chữ thì ghi chữ, ô có danh sách thì chọn câu trả lời.",
    ),
    (
        "blank_kps",
        "warning",
        "Ô cho phép KPS (không phát sinh) còn để trống.",
        "Gõ số, gõ 0, hoặc gõ KPS (không phát sinh).",
    ),
    (
        "kps_refused",
        "error",
        "Gõ KPS ở dòng tỷ lệ, ngày hoặc danh sách không có KPS.",
        "Nhập đúng loại của dòng đó; nếu chưa có thì để trống.",
    ),
    (
        "kps_as_zero",
        "notice",
        "Gõ KPS hoặc dấu gạch ở dòng bắt buộc có số: được hiểu là 0.",
        "Nên gõ số 0.",
    ),
    (
        "text_unreadable",
        "error",
        "Ô số liệu chứa chữ không đọc được thành một số duy nhất.",
        "Xoá đi và gõ lại bằng số, gõ liền.",
    ),
    (
        "number_negative",
        "error",
        "Số âm.",
        "Kiểm tra và gõ lại.",
    ),
    (
        "number_not_whole",
        "error",
        "Số lẻ ở dòng chỉ nhận số nguyên (thường do gõ dấu chấm ngăn hàng nghìn trên máy tiếng Anh).",
        "Gõ liền: 37094, không gõ 37.094.",
    ),
    (
        "ratio_out_of_range",
        "error",
        "Tỷ lệ ngoài khoảng từ 0% đến 100%.",
        "Gõ cả dấu %, ví dụ 99,32%.",
    ),
    (
        "formula_in_input",
        "error",
        "Công thức trong ô nhập có tham chiếu hoặc liên kết sang nơi khác. Phép cộng trừ các số (=907+4501) thì được nhận.",
        "Gõ kết quả bằng số.",
    ),
    (
        "formula_overwritten",
        "error",
        "Ô tự tính bị gõ đè bằng số khác với tỷ lệ tính được.",
        "Khôi phục công thức hoặc xin lại tệp mẫu.",
    ),
)
