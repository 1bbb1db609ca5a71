"""The texts themselves: one wording a code, placeholders with names, letters as Windows writes them."""

from __future__ import annotations

import unicodedata
from string import Formatter

import pytest

from cchc_xl import texts


def test_two_wordings_of_one_code_are_refused():
    assert texts._joined({"a": "1"}, {"b": "2"}) == {"a": "1", "b": "2"}
    with pytest.raises(ValueError, match="'a'"):
        texts._joined({"a": "1"}, {"a": "1"})


@pytest.mark.parametrize("table", ["_TEXTS", "_FIXES"])
def test_every_text_is_in_composed_letters_and_its_placeholders_have_names_or_numbers(table: str):
    for code, said in getattr(texts, table).items():
        assert said == unicodedata.normalize("NFC", said), code
        placeholders = [name for _, name, _, _ in Formatter().parse(said) if name is not None]
        assert all(placeholders), code
