"""cchc_xl: Excel workbooks, checks and city summaries for CCHC reporting in Hải Phòng."""

__version__ = "0.1.0"
