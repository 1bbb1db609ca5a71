"""How the page is put together: its policy, its texts, what it carries and what it leaves out."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.built_page import TARBALLS, built_page
from support.command_line import assert_refused, run
from support.npm import program
from support.places import EXAMPLES, PACKAGE

from cchc_xl.tasks.page import bytecode, runtime
from cchc_xl.tasks.page.assembly import SCRIPTS, as_classic_script, joined_files
from cchc_xl.tasks.page.build import build_page, own_sources
from cchc_xl.tasks.page.sources import page_sources
from cchc_xl.texts.page import PAGE_LABELS, PAGE_SAYINGS

SOURCES = {name: content.decode("utf-8") for name, content in own_sources().items()}
TARBALL = TARBALLS / runtime.TARBALL


class _Document(HTMLParser):
    """Elements with their attributes and texts, and whatever would make a browser ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag in ("script", "style"):
            self._inside = [f"{tag}#{dict(attributes).get('id') or ''}"]

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside[0]] = self.texts.get(self._inside[0], "") + data

    def handle_endtag(self, tag: str) -> None:
        self._inside = []


@pytest.fixture(scope="module")
def document() -> _Document:
    return _Document(built_page().read_text(encoding="utf-8"))


def _attributes(document: _Document, tag: str) -> Iterator[dict[str, str | None]]:
    return (attributes for name, attributes in document.elements if name == tag)


# --- the document ----------------------------------------------------------------------------------------


def test_the_page_is_one_file_of_at_most_12_megabytes():
    assert 5e6 < built_page().stat().st_size <= 12e6


def test_its_policy_allows_its_own_script_and_style_by_digest_and_no_connection(document: _Document):
    (policy,) = (a["content"] for a in _attributes(document, "meta") if "http-equiv" in a)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'none'"
    for tag in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(document.texts[f"{tag}#"].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules[f"{tag}-src"]
    assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "http" not in policy


def test_nothing_in_it_points_outside(document: _Document):
    leading = ("src", "href", "action", "poster", "srcset", "formaction", "ping", "background")
    for tag, attributes in document.elements:
        for name in leading:
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, name)
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
    assert "url(" not in document.texts["style#"] and "@import" not in document.texts["style#"]


def test_the_stable_handles_are_there_from_load(document: _Document):
    files = [a for a in _attributes(document, "input") if a.get("type") == "file" and "multiple" in a]
    assert len(files) == 1
    assert [a["name"] for a in _attributes(document, "input") if "name" in a] == ["period"]
    identities = [a["id"] for _, a in document.elements if "id" in a]
    assert len(identities) == len(set(identities))
    assert {"merge", "check", "summary"} <= set(identities)


def test_every_input_has_a_label_and_every_reference_its_element(document: _Document):
    identities = {a["id"] for _, a in document.elements if "id" in a}
    labelled = {a["for"] for a in _attributes(document, "label")}
    for tag in ("input", "select"):
        assert {a["id"] for a in _attributes(document, tag)} <= labelled
    for _, attributes in document.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set((attributes.get(name) or "").split()) <= identities


def test_every_text_is_used_and_every_used_text_is_there():
    asked = set(re.findall(r"\{\{(\w+)\}\}", SOURCES["page.html"]))
    assert asked == set(PAGE_LABELS)
    script = "\n".join(SOURCES[name] for name in SCRIPTS)
    said = set(re.findall(r'say\(\s*"(\w+)"', script)) | set(re.findall(r'\? "(\w+)" : "(\w+)"', script)[0])
    for pattern in re.findall(r"say\(`(\w+)\$\{", script):
        said |= {code for code in PAGE_SAYINGS if code.startswith(pattern)}
    alternatives = set(re.findall(r'"([a-z_]+)"', script)) & set(PAGE_SAYINGS)
    assert said | alternatives >= set(PAGE_SAYINGS), set(PAGE_SAYINGS) - said - alternatives
    assert {code for code in said if code not in PAGE_SAYINGS} <= {"true", "false"}


def test_no_source_of_the_page_holds_a_vietnamese_word():
    for name, text in SOURCES.items():
        letters = {c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c) or c in "đĐ"}
        assert not letters, name


def test_every_id_the_scripts_look_for_is_in_the_document():
    script = "\n".join(SOURCES[name] for name in SCRIPTS)
    wanted = set(re.findall(r'\$\("([\w-]+)"\)', script))
    assert wanted - {"page-settings"} <= set(re.findall(r'id="([\w-]+)"', SOURCES["page.html"]))


@pytest.mark.parametrize("name", [name for name in SOURCES if name.endswith((".js", ".mjs"))])
def test_every_script_parses(name: str):
    done = subprocess.run(
        [program("node"), "--check", str(PACKAGE / "page" / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# --- contrast --------------------------------------------------------------------------------------------

_COLOURS = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", SOURCES["page.css"]))


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", ["ink", "soft", "blue", "navy", "good", "bad", "warn"])
@pytest.mark.parametrize("paper", ["paper", "ground"])
def test_texts_stand_out_from_their_ground_as_wcag_aa_asks(ink: str, paper: str):
    assert _contrast(_COLOURS[ink], _COLOURS[paper]) >= 4.5


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#cfe0f2", "navy"),
        ("#e6f0fa", "navy"),
        ("#ffffff", "blue"),
        ("#ffffff", "navy"),
        ("#55616e", "#dfe5ec"),
    ],
)
def test_texts_on_dark_and_grey_grounds_stand_out_too(ink: str, paper: str):
    assert ink in SOURCES["page.css"] or ink == "#ffffff"
    assert _contrast(ink, _COLOURS.get(paper, paper)) >= 4.5


# --- what it carries -------------------------------------------------------------------------------------


def test_the_page_carries_what_it_needs_and_none_of_what_it_cannot_have():
    sources = page_sources()
    rooms = {name.split("/")[1] for name in sources.files if name.startswith("cchc_xl/")}
    assert not rooms & {"cli", "buttons"}
    assert {"cchc_xl/catalogue/units-hai-phong.csv", "cchc_xl/catalogue/cchc_dinh_ky/rules.toml"} <= set(
        sources.files
    )
    # Which modules are ours is known to the page, how macros are made is not.
    makers = tuple(
        f"cchc_xl/excel/vba/{name}" for name in ("judge", "workbook", "compound_file", "compression")
    )
    unwanted = (*makers, "cchc_xl/tasks/pc")
    assert not any(name.startswith(unwanted) for name in sources.files)
    brought = {name.split("/")[0] for name in sources.files} - {"cchc_xl"}
    assert brought == {"xlsxwriter"}
    assert not set(sources.library) & {"openpyxl", "xlwings", "lxml", "numpy", "click", "tqdm"}


def test_regimes_of_ones_own_travel_along_and_replace_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "cchc_dinh_ky").mkdir()
    (tmp_path / "cchc_dinh_ky" / "regime.toml").write_bytes(b"another")
    monkeypatch.setenv("CCHC_XL_CATALOGUE", os.pathsep.join((str(EXAMPLES), str(tmp_path))))
    files = page_sources().files
    assert (
        files["cchc_xl/catalogue/regime_toy/bieu.toml"]
        == (EXAMPLES / "regime_toy" / "bieu.toml").read_bytes()
    )
    assert files["cchc_xl/catalogue/cchc_dinh_ky/regime.toml"] != b"another"


def test_the_same_page_is_built_again_byte_for_byte(tmp_path: Path):
    again = build_page(tmp_path / "a.html", runtime=TARBALL)
    assert again.path.read_bytes() == built_page().read_bytes()


def test_without_node_the_page_carries_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bytecode.shutil, "which", lambda _: None)
    done = run("page", "--runtime", TARBALL, "--out", tmp_path / "a.html")
    assert done.returncode == 0 and "Node.js" in done.stderr
    assert (tmp_path / "a.html").stat().st_size < 12e6


def test_a_part_of_files_is_a_line_of_names_and_then_their_contents():
    content = joined_files({"a/b.py": b"12", "c": b"", "d": b"3"})
    assert content == b'[["a/b.py", 2], ["c", 0], ["d", 1]]\n123'


def test_the_glue_becomes_a_script_that_any_worker_runs():
    module = "var u = import.meta.url;export default _createPyodideModule;"
    assert as_classic_script(module) == (
        'var u = "https://page.invalid/pyodide.asm.mjs";self._createPyodideModule = _createPyodideModule;'
    )


def test_browsers_that_cannot_inflate_do_it_with_the_pages_own_script(tmp_path: Path):
    script = (
        SOURCES["inflate.js"]
        + """
const { gzipSync, constants } = await import("node:zlib")
const random = new Uint8Array(300000).map(() => Math.random() * 256)
const words = new TextEncoder().encode(SOURCE.repeat(9))
for (const content of [random, words, new Uint8Array(0), new Uint8Array(70000)]) {
  for (const options of [{ level: 9 }, { level: 1 }, { level: 0 }, { strategy: constants.Z_FIXED }]) {
    const found = gunzipHere(new Uint8Array(gzipSync(content, options)))
    if (Buffer.compare(Buffer.from(found), Buffer.from(content))) throw new Error(JSON.stringify(options))
  }
}
"""
    )
    path = tmp_path / "inflate.mjs"
    path.write_text(script.replace("SOURCE", json.dumps(SOURCES["page.js"])), encoding="utf-8")
    done = subprocess.run([program("node"), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- the command -----------------------------------------------------------------------------------------


def test_another_file_than_the_pinned_runtime_is_refused(tmp_path: Path):
    other = tmp_path / "pyodide.tgz"
    other.write_bytes(TARBALL.read_bytes()[:-1] + b"x")
    refused = run("page", "--runtime", other, "--out", tmp_path / "a.html")
    assert_refused(refused, "pyodide.tgz", runtime.PYODIDE_VERSION)
    assert_refused(run("page", "--runtime", tmp_path / "none", "--out", tmp_path / "a.html"), "none")
    assert_refused(run("page", "--out", tmp_path / "none" / "a.html"), "none")
    assert_refused(run("page", "--cache", tmp_path / "none", "--out", tmp_path / "a.html"), "none")
    assert not (tmp_path / "a.html").exists()


def test_without_npm_the_command_says_how_to_do_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runtime.shutil, "which", lambda _: None)
    assert_refused(run("page", "--out", tmp_path / "a.html"), "--runtime", "npm")


def test_npm_that_brings_nothing_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runtime.shutil, "which", lambda _: "/bin/false")
    assert_refused(run("page", "--out", tmp_path / "a.html", "--cache", tmp_path), "npm", "--runtime")
