"""Why a file was refused as a report's text, and what its sender should do; what a document carries."""

from __future__ import annotations

_BROKEN = "Tệp Word bị hỏng khi lưu hoặc khi gửi{part_words}. "
_FORGED = "Tệp Word không an toàn nên không được mở{part_words}. "
_RESAVE = "Mở tệp bằng Word, chọn “Lưu thành” (Save As) dạng Word Document (.docx) rồi làm lại."
_RESEND = "Mở lại tệp gốc trên máy đã soạn, lưu lại dạng .docx rồi làm lại."
_REFUSE = "Không mở tệp này; đề nghị nơi gửi soạn và lưu lại tệp .docx khác."
_ORIGINAL = "Dùng chính tệp .docx đã soạn, không dùng bản in, bản quét."

DOCUMENT_REFUSALS: dict[str, str] = {
    "file_empty": "Tệp rỗng (0 byte). " + _RESEND,
    "file_zeros": "Tệp chỉ có tên và kích thước, nội dung trống. Chờ đồng bộ xong hoặc tải lại tệp rồi làm lại.",
    "file_is_doc": "Tệp là văn bản Word đời cũ (.doc). " + _RESAVE,
    "file_is_pdf": "Tệp là bản PDF. " + _ORIGINAL,
    "file_is_image": "Tệp là ảnh chụp hoặc ảnh quét. " + _ORIGINAL,
    "file_is_rtf": "Tệp là văn bản RTF. " + _RESAVE,
    "file_is_html": "Tệp là trang web (HTML). " + _RESAVE,
    "file_is_xml": "Tệp là XML, không phải văn bản .docx. " + _RESAVE,
    "file_is_ods": "Tệp là văn bản dạng OpenDocument (.odt). Mở tệp bằng LibreOffice hoặc Word, lưu lại dạng .docx rồi làm lại.",
    "file_is_xls": "Tệp là sổ tính Excel đời cũ (.xls), không phải văn bản Word. Chọn tệp .docx của báo cáo.",
    "file_is_xlsx": "Tệp là sổ tính Excel, không phải văn bản Word. Chọn tệp .docx của báo cáo.",
    "file_is_xlsb": "Tệp là sổ tính Excel, không phải văn bản Word. Chọn tệp .docx của báo cáo.",
    "file_is_ppt": "Tệp là bài trình chiếu PowerPoint. Chọn tệp .docx của báo cáo.",
    "file_is_pptx": "Tệp là bài trình chiếu PowerPoint. Chọn tệp .docx của báo cáo.",
    "file_is_ole": "Tệp là tài liệu Office đời cũ, không phải .docx. " + _RESAVE,
    "file_is_archive": "Tệp là tệp nén, không phải văn bản .docx. Giải nén rồi dùng tệp .docx bên trong.",
    "file_encrypted": "Tệp được đặt mật khẩu mở tệp nên không đọc được. Mở tệp bằng Word, vào Tệp (File) › Thông tin (Info) › Bảo vệ tài liệu, bỏ mật khẩu, lưu lại rồi làm lại.",
    "file_is_text": "Tệp là văn bản thuần, không phải .docx. " + _RESAVE,
    "file_not_zip": "Tệp không phải văn bản .docx, cũng không phải tệp .txt bảng mã UTF-8. " + _RESAVE,
    "text_encoding": "Tệp .txt không phải bảng mã UTF-8 nên chữ Việt có thể sai. Mở tệp bằng Notepad, chọn “Lưu thành” với mã hóa (Encoding) UTF-8 rồi làm lại.",
    "file_too_large": "Tệp quá lớn (trên {limit} MiB). Bỏ ảnh trong tệp, lưu lại rồi làm lại.",
    "file_truncated": "Tệp Word bị cắt cụt, thiếu phần cuối. " + _RESEND,
    "document_part_missing": "Không tìm thấy nội dung văn bản bên trong tệp Word. " + _RESAVE,
    "entry_encrypted": "Một phần của tệp Word bị mã hóa nên không đọc được. Bỏ mật khẩu, lưu lại dạng .docx rồi làm lại.",
    "xml_encoding": "Tệp Word dùng bảng mã chữ không hỗ trợ. " + _RESAVE,
    "worker_timeout": "Đọc tệp quá lâu nên đã dừng. Bỏ ảnh và bảng không cần thiết, lưu lại dạng .docx rồi làm lại.",
    "worker_failed": "Không xử lý được tệp này. Lưu lại tệp dạng .docx hoặc .txt rồi thử lại; nếu vẫn vậy thì gửi tệp cho người phụ trách chương trình.",
    "worker_died": "Chương trình dừng đột ngột khi đọc tệp này. Lưu lại tệp dạng .docx hoặc .txt rồi thử lại; nếu vẫn vậy thì gửi tệp cho người phụ trách chương trình.",
    "worker_memory": "Tệp cần quá nhiều bộ nhớ để đọc. Bỏ ảnh và bảng không cần thiết, lưu lại dạng .docx rồi làm lại.",
}
_FORGED_CODES = frozenset(
    [
        "zip_bomb",
        "too_many_entries",
        "entry_name",
        "duplicate_entry",
        "entry_overlap",
        "xml_doctype",
        "xml_depth",
        "forged_count",
        "used_range",
    ]
)

DOCUMENTS: dict[str, str] = {
    "document_macros": "Tệp Word có macro; macro không được chạy và không được giữ. Lưu lại dạng .docx nếu không cần macro.",
    "document_template": "Tệp Word trỏ tới một mẫu (template) ở nơi khác; không mở mẫu đó. Vào Developer › Document Template để bỏ liên kết.",
    "document_objects": "Tệp Word có đối tượng nhúng (OLE); nội dung trong đối tượng không được soát. Nếu đó là bảng số liệu thì dán lại thành bảng Word.",
    "document_external": "Tệp Word trỏ tới ảnh hoặc dữ liệu ở nơi khác; không mở các liên kết đó.",
    "document_imported": "Tệp Word chèn nguyên một tài liệu khác; phần đó không được soát. Mở tệp bằng Word, lưu lại rồi soát lại.",
    "document_revised": "Tệp Word còn thay đổi chưa chấp nhận (Track Changes); nội dung được đọc như khi đã chấp nhận hết.",
}


def document_refusal(code: str, /, **words: str) -> str:
    """Why a file was refused as a report, and the cure; one line."""
    known = DOCUMENT_REFUSALS.get(code)
    if known is not None:
        return known.format(**words)
    part = f" (thành phần {words['part']})" if "part" in words else ""
    if code in _FORGED_CODES:
        return _FORGED.format(part_words=part) + _REFUSE
    return _BROKEN.format(part_words=part) + _RESEND
