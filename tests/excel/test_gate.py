from __future__ import annotations

import random
import tracemalloc

import pytest
from support import hostile

from cchc_xl import texts
from cchc_xl.excel.read.gate import Limits, open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model.errors import WorkbookRefused


def refusal(data: bytes) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as caught:
        open_gate(data)
    return caught.value


def assert_told_in_vietnamese(refused: WorkbookRefused) -> None:
    told = texts.text(refused.code, **refused.detail)
    assert told.endswith((".", ")"))
    assert len(told) < 300
    assert len(texts.fix(refused.code)) > 10


def test_a_valid_workbook_passes_with_every_part_in_archive_order():
    data = hostile.valid_workbook()
    assert list(open_gate(data).items()) == hostile.parts_of(data)


@pytest.mark.parametrize("case", hostile.DISGUISED)
def test_a_disguised_file_is_named_for_what_it_is(case):
    code, data = hostile.DISGUISED[case]
    refused = refusal(data)
    assert refused.code == code
    assert_told_in_vietnamese(refused)


@pytest.mark.parametrize("case", hostile.CONTAINERS)
def test_a_broken_or_forged_container_is_refused(case):
    code, build = hostile.CONTAINERS[case]
    refused = refusal(build())
    assert refused.code == code
    assert_told_in_vietnamese(refused)


@pytest.mark.parametrize("case", hostile.XML)
def test_forbidden_or_unbounded_xml_is_refused(case):
    code, build = hostile.XML[case]
    refused = refusal(build())
    assert refused.code == code
    assert_told_in_vietnamese(refused)


@pytest.mark.parametrize("build", [hostile.bomb_declared, hostile.bomb_ratio, hostile.bomb_undeclared])
def test_a_bomb_is_refused_without_being_inflated(build):
    data = build()
    tracemalloc.start()
    refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_file_cut_at_any_length_is_refused():
    data = hostile.valid_workbook()
    for length in range(0, len(data), 37):
        refusal(data[:length])


def test_one_changed_byte_is_refused_or_changes_nothing():
    data = hostile.valid_workbook()
    wanted = open_gate(data)
    chance = random.Random(5)
    refused = 0
    for _ in range(1500):
        at = chance.randrange(len(data))
        flipped = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        try:
            parts = open_gate(flipped)
        except WorkbookRefused:
            refused += 1
        else:
            assert parts == wanted
    assert refused > 1000


def test_random_garbage_inside_the_container_raises_nothing_but_a_refusal():
    data = hostile.valid_workbook()
    chance = random.Random(7)
    for _ in range(300):
        at, length = chance.randrange(len(data)), chance.randrange(1, 60)
        garbage = data[:at] + chance.randbytes(length) + data[at + length :]
        try:
            open_workbook(open_gate(garbage))
        except WorkbookRefused as refused:
            assert_told_in_vietnamese(refused)


def test_sizes_in_data_descriptors_and_any_compression_are_accepted():
    data = hostile.valid_workbook()
    assert open_gate(hostile.recompressed(data, 9)) == open_gate(data)


def test_a_part_in_utf_16_is_handed_on_in_utf_8():
    parts = open_gate(hostile.with_part(hostile.STRINGS, hostile.in_utf16))
    assert b"Bi\xe1\xbb\x83u" in parts[hostile.STRINGS]


def test_limits_can_be_tightened():
    with pytest.raises(WorkbookRefused) as caught:
        open_gate(hostile.valid_workbook(), Limits(entries=3))
    assert caught.value.detail["limit"] == "3"


def test_every_refusal_has_a_remedy():
    from cchc_xl.texts.refusals import REFUSAL_FIXES, REFUSALS

    assert REFUSALS.keys() == REFUSAL_FIXES.keys()
