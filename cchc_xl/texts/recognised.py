"""Vietnamese words and letters looked for in what people typed or printed; nobody is shown these."""

from __future__ import annotations

# Spellings of "did not occur" in a cell, in small letters.
NOT_APPLICABLE = ("kps", "không phát sinh")
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
