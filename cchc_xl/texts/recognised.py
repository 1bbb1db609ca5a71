"""Vietnamese words and letters looked for in what people typed or printed; nobody is shown these."""

from __future__ import annotations

# Spellings of "did not occur" in a cell, in small letters.
NOT_APPLICABLE = ("kps", "không phát sinh")
# What people type instead of it where a number is asked for.
NOTHING_TYPED = ("-", "–", "—", "không", "không có")
# Column headings of forms that people drew themselves.
LABEL_HEADINGS, FIGURE_HEADING = ("chỉ tiêu", "nội dung"), "số liệu"
# Title of a printed form in running text: "Biểu mẫu số 3".
FORM_TITLE = r"bi[eể]u\s*(?:m[aẫ]u)?\s*(?:s[oố])?\s*0?(\d{1,2})\b[.:]?"
# Words that make a number beside them another number.
SCALE_WORDS = frozenset(["chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "k", "m", "tr"])
# Types of units in the country's administrative list.
UNIT_TYPES = ("Xã", "Phường", "Đặc khu")
# Marks of document types in symbols such as 17/QĐ-UBND, and how a commune writes itself as issuing body.
DOCUMENT_TYPES = "nq qđ ct ctr kh tb bc hd ttr kl nđ tt cđ đa pa qc bb gm cv lct"
COMMUNE_BODIES = ("ubnd xã", "ubnd phường", "ubnd đặc khu", "ủy ban nhân dân xã", "ủy ban nhân dân phường")
SUFFIX_LETTERS = "a-zđ"  # of a serial such as 17a, as a range of a regular expression
PLAIN_D = str.maketrans("Đđ", "Dd")  # the one letter that Unicode does not decompose
# Letters of other alphabets by the Latin letter they are drawn like, after decomposition and casefolding
# (Unicode TR39, the part that keyboards and conversions bring into Vietnamese texts).
LOOK_ALIKE = {
    "a": "\u0430\u03b1\u0251",
    "b": "\u0184\u0412\u0432\u03b2",
    "c": "\u0441\u03f2\u1d04",
    "d": "\u0501",
    "\u0111": "\u00f0\u0256",
    "e": "\u0435\u03b5\u212e",
    "g": "\u0261\u0581",
    "h": "\u04bb\u043d\u03b7",
    "i": "\u0456\u0131\u03b9\u0269",
    "j": "\u0458",
    "k": "\u043a\u03ba",
    "l": "\u04cf\u04c0\u2113",
    "m": "\u043c\u03bc",
    "n": "\u0578\u03bd",
    "o": "\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b",
    "r": "\u0433",
    "s": "\u0455",
    "t": "\u0442\u03c4",
    "u": "\u057d\u03c5\u028b",
    "v": "\u0475",
    "w": "\u051d",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
MARKS_ALIKE = {"\u030c": "\u0306", "\u0342": "\u0303", "\u0340": "\u0300", "\u0341": "\u0301"}
