"""vbaProject.bin: what is compiled in can be read back, by us and by others, and is the same every time."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
import xlwings
from hypothesis import given, settings
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream
from support.vba_workbooks import (
    DOCUMENTS,
    MODULES,
    container_errors,
    read_with_oletools,
    standard,
    workbook_bytes,
)

from cchc_xl.excel.vba.compound_file import CompoundFileError, write_compound_file
from cchc_xl.excel.vba.compression import compress, decompress
from cchc_xl.excel.vba.judge.compound_file_reader import read_compound_file
from cchc_xl.excel.vba.judge.project_reader import read_vba_project
from cchc_xl.excel.vba.project import Module, VbaSourceError, build_vba_project, load_modules, parse_module
from cchc_xl.excel.vba.source import BASE_CLASS, BASE_WORKBOOK, BASE_WORKSHEET, stored_text

XLWINGS = Path(xlwings.__file__).parent
PROJECT = build_vba_project(MODULES, DOCUMENTS)
CODE = st.text("abcdefgh ()=\"'\n\t_.:", max_size=6000)


def one_stream_flipped(data: bytes, needle: bytes) -> bytes:
    """The file with the last bit of the byte after `needle` changed."""
    position = data.index(needle) + len(needle)
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


# ---------------------------------------------------------------------------------------------- read back


def test_oletools_reads_every_module_back_byte_for_byte():
    stored = read_with_oletools(PROJECT)
    assert list(stored) == ["ThisWorkbook", "wsMain", "wsData", "Counter", "Tally"]
    for module in MODULES:
        assert stored[module.name] == stored_text(module).encode("ascii")
    assert stored["Counter"] == MODULES[0].source.replace("\n", "\r\n").encode("ascii")


def test_olevba_finds_the_macros_of_a_whole_workbook(tmp_path):
    path = tmp_path / "nut.xlsm"
    path.write_bytes(workbook_bytes())
    parser = VBA_Parser(str(path))
    found = {stream: code for _, stream, _, code in parser.extract_macros()}
    parser.close()
    assert "Public Sub CountUp()" in found["VBA/Counter"]
    assert len(found) == 5


def test_our_own_reader_gives_kinds_and_bases():
    found = {module.name: (module.kind, module.base) for module in read_vba_project(PROJECT)}
    assert found == {
        "ThisWorkbook": ("document", BASE_WORKBOOK),
        "wsMain": ("document", BASE_WORKSHEET),
        "wsData": ("document", BASE_WORKSHEET),
        "Counter": ("standard", None),
        "Tally": ("class", BASE_CLASS),
    }


def test_published_xlwings_modules_survive_the_round_trip():
    files = [XLWINGS / "xlwings.bas", *sorted((XLWINGS / "addin").glob("*.bas"))]
    modules = [parse_module(file.name, file.read_bytes()) for file in files]
    stored = read_with_oletools(build_vba_project(modules, DOCUMENTS))
    for file, module in zip(files, modules, strict=True):
        lines = file.read_bytes().replace(b"\r\n", b"\n").rstrip(b"\n")
        assert stored[module.name].replace(b"\r\n", b"\n").rstrip(b"\n") == lines


def test_code_of_a_sheet_lands_in_its_document_module():
    code = 'Option Explicit\nPrivate Sub Worksheet_Activate()\n    Range("A1").Value = 1\nEnd Sub\n'
    stored = read_with_oletools(build_vba_project([Module("wsMain", "document", code)], DOCUMENTS))
    assert stored["wsMain"].endswith(code.replace("\n", "\r\n").encode())
    assert b"Attribute VB_PredeclaredId = True" in stored["wsMain"]


def test_the_same_sources_give_the_same_bytes():
    assert build_vba_project(list(MODULES), list(DOCUMENTS)) == PROJECT
    windows_lines = [Module(m.name, m.kind, m.source.replace("\n", "\r\n")) for m in MODULES]
    reread = [parse_module(m.file_name, m.source.encode()) for m in windows_lines]
    assert build_vba_project(reread, DOCUMENTS) == PROJECT


def test_a_second_independent_reader_accepts_the_workbook(tmp_path):
    path = tmp_path / "nut.xlsm"
    path.write_bytes(workbook_bytes())
    assert container_errors(path) == []
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/vbaProject.bin") == PROJECT


@settings(max_examples=25, deadline=None)
@given(codes=st.lists(CODE, min_size=1, max_size=12))
def test_any_set_of_module_texts_is_read_back_by_oletools(codes):
    modules = [standard(code, name=f"Sample{number}") for number, code in enumerate(codes)]
    stored = read_with_oletools(build_vba_project(modules, DOCUMENTS))
    assert all(stored[module.name] == stored_text(module).encode() for module in modules)


# --------------------------------------------------------------------------------------------- compression


@settings(max_examples=60, deadline=None)
@given(text=CODE)
def test_compression_is_undone_by_us_and_by_oletools(text):
    packed = compress(text.encode())
    assert decompress(packed) == text.encode()
    if text:
        assert bytes(decompress_stream(bytearray(packed))) == text.encode()


@settings(max_examples=30, deadline=None)
@given(piece=st.binary(min_size=1, max_size=200), times=st.integers(1, 400))
def test_repetitive_texts_of_many_chunks_survive(piece, times):
    data = piece * times
    assert decompress(compress(data)) == data == bytes(decompress_stream(bytearray(compress(data))))


@pytest.mark.parametrize("length", [1, 3, 4095, 4096, 4097, 8192, 8193, 50_000, 300_000])
def test_long_modules_of_one_character_survive(length):
    data = b"x" * length
    assert decompress(compress(data)) == data == bytes(decompress_stream(bytearray(compress(data))))


def test_bytes_without_any_repetition_are_kept_raw():
    data = struct.pack("<2048H", *(number * 31 % 65536 for number in range(2048)))
    assert compress(data)[1:3] == b"\xff\x3f"
    assert decompress(compress(data)) == data


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x02",
        b"\x01\x00",
        b"\x01\x00\x00",
        b"\x01\x05\xb0\x00a",
        b"\x01\x02\xb0\x01\x00\x00",
        b"\x01\x00\x30a",
    ],
)
def test_damaged_compressed_bytes_are_refused(damaged):
    with pytest.raises(ValueError, match=r".+"):
        decompress(damaged)


# ------------------------------------------------------------------------------------------- compound file


@settings(max_examples=60, deadline=None)
@given(sizes=st.lists(st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 20_000]), max_size=40))
def test_any_streams_make_a_compound_file_that_passes_the_strict_reader(sizes):
    streams = {
        f"{'M' * (number % 7 + 1)}{number}": bytes([number]) * size for number, size in enumerate(sizes)
    }
    found = read_compound_file(write_compound_file({"VBA": streams, "PROJECT": b"abc"}))
    assert found == {f"VBA/{name}": data for name, data in streams.items()} | {"VBA/": b"", "PROJECT": b"abc"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d[:-1], "ngắn hơn"),
        (lambda d: d[:1024], "ngắn hơn"),
        (lambda d: b"PK" + d[2:], "signature"),
        (lambda d: d[:26] + b"\x04\x00" + d[28:], "version"),
        (lambda d: d + bytes(512), "không thuộc luồng nào"),
        (lambda d: d[:512] + struct.pack("<I", 0) + d[516:], "FAT"),
        (lambda d: d[:516] + struct.pack("<I", 99) + d[520:], "chuỗi sector"),
        (lambda d: one_stream_flipped(d, "Counter".encode("utf-16-le")), "mục thư mục"),
        (lambda d: d.replace("wsMain".encode("utf-16-le"), "aaMain".encode("utf-16-le")), "thứ tự"),
    ],
)
def test_a_damaged_container_is_refused_and_the_damage_named(change, named):
    with pytest.raises(CompoundFileError, match=named):
        read_compound_file(change(PROJECT))


def test_a_stream_of_the_wrong_length_is_refused():
    position = PROJECT.index("PROJECT".encode("utf-16-le")) + 120
    with pytest.raises(CompoundFileError, match="độ dài"):
        read_compound_file(PROJECT[:position] + struct.pack("<Q", 4000) + PROJECT[position + 8 :])


def test_a_red_entry_below_a_red_entry_is_refused():
    colours = [PROJECT.index(name.encode("utf-16-le")) + 67 for name in ("dir", "Tally", "Counter", "wsMain")]
    data = bytearray(PROJECT)
    for position in colours:
        data[position] = 0
    with pytest.raises(CompoundFileError, match="cây đỏ-đen"):
        read_compound_file(bytes(data))


def test_a_name_too_long_for_the_container_is_refused():
    with pytest.raises(CompoundFileError, match="mục thư mục"):
        write_compound_file({"x" * 32: b""})


# ------------------------------------------------------------------------------------------------- sources


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def test_a_folder_is_loaded_by_name_and_other_files_are_passed_over(tmp_path):
    files = {module.file_name: module.source for module in reversed(MODULES)} | {"ribbon.xml": "<x/>"}
    assert load_modules(written(tmp_path, files)) == MODULES


def test_a_class_file_of_a_sheet_is_loaded_as_its_document():
    text = 'Attribute VB_Name = "wsMain"\nAttribute VB_PredeclaredId = True\nAttribute VB_Exposed = True\n'
    assert parse_module("wsMain.cls", text.encode()).kind == "document"


@pytest.mark.parametrize(
    ("file_name", "text", "named"),
    [
        ("Sample.bas", 'Attribute VB_Name = "Sample"\n\'Kiểm tra\n', "Sample.bas, dòng 2: .*ASCII"),
        ("Sample.bas", 'Attribute VB_Name = "Sample"\n\x00\n', "dòng 2: .*điều khiển mã 0"),
        ("Sample.bas", '\ufeffAttribute VB_Name = "Sample"\n', "dòng 1: .*ASCII"),
        ("Sample.bas", "Option Explicit\n", "dòng 1: thiếu dòng Attribute VB_Name"),
        ("Sample.bas", 'Attribute VB_Name = "Other"\n', "dòng 1: .*“Other”.*“Sample”"),
        ("Date.bas", 'Attribute VB_Name = "Date"\n', "từ dành riêng"),
        ("2Sample.bas", 'Attribute VB_Name = "2Sample"\n', "không hợp lệ"),
        ("_Sample.bas", 'Attribute VB_Name = "_Sample"\n', "không hợp lệ"),
        (f"{'S' * 32}.bas", f'Attribute VB_Name = "{"S" * 32}"\n', "tối đa 31"),
        ("Sample.bas", 'Attribute VB_Name = "Sample"\nAttribute VB_Exposed = True\n', "dòng 2: .*VB_Exposed"),
        ("Sample.cls", 'Attribute VB_Name = "Sample"\nAttribute VB_Color = 1\n', "dòng 2: .*VB_Color"),
        (
            "Sample.cls",
            'Attribute VB_Name = "Sample"\nAttribute VB_Exposed = 1\n',
            "dòng 2: .*True hoặc False",
        ),
    ],
)
def test_a_faulty_source_file_is_refused_with_file_and_line(tmp_path, file_name, text, named):
    with pytest.raises(VbaSourceError, match=named) as caught:
        load_modules(written(tmp_path, {file_name: text}))
    assert "\n" not in str(caught.value)


def test_an_empty_folder_and_names_that_differ_in_case_only_are_refused(tmp_path):
    with pytest.raises(VbaSourceError, match="không có tệp"):
        load_modules(tmp_path)
    files = {"Sample.bas": 'Attribute VB_Name = "Sample"\n', "sample.cls": 'Attribute VB_Name = "sample"\n'}
    with pytest.raises(VbaSourceError, match="đã dùng"):
        load_modules(written(tmp_path, files))


@pytest.mark.parametrize(
    ("modules", "documents", "name", "named"),
    [
        ([standard(name="CchcXl")], DOCUMENTS, "CchcXl", "đã dùng"),
        ([standard(name="wsMain")], DOCUMENTS, "CchcXl", "đã dùng"),
        ([Module("wsGone", "document", "")], DOCUMENTS, "CchcXl", "không có trang"),
        ([], [("Trang 1", "worksheet")], "CchcXl", "không hợp lệ"),
        ([], DOCUMENTS, "Print", "từ dành riêng"),
        ([standard("'Số liệu")], DOCUMENTS, "CchcXl", "Sample.bas, dòng 3: .*ASCII"),
    ],
)
def test_a_project_that_excel_would_refuse_is_not_built(modules, documents, name, named):
    with pytest.raises(VbaSourceError, match=named):
        build_vba_project(modules, documents, name)
