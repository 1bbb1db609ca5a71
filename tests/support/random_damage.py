"""Random damage to a real workbook: one verdict each, and no figure silently wrong.

The oracle is a second, naive reader: it knows nothing but rows, labels and the figure beside them.
"""

from __future__ import annotations

import os
import posixpath
import random
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import Template
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.figures.identity import period_findings, with_findings
from cchc_xl.model import Indicator, Kind, Observation, Regime, Submission, Verdict
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.tasks.read import read_one

PIECES = (b"<c>", b"</c>", b"<v>", b"</v>", b"<f>", b"<!--", b"-->", b"&#x1;", b"&amp;", b"'", b'"', b"\x00")
PIECES += (
    b"\xff",
    b"1e9",
    b"<row>",
    b"</row>",
    b"</sheetData>",
    b"<sheetData>",
    b' t="s"',
    b' r="D9"',
    b"<is>",
)
Change = Callable[[bytes, random.Random], bytes]


# --- damage ----------------------------------------------------------------------------------------------


def _bytes(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(content))
        end = at + chance.choice((0, 0, 1, 1, 5, 30))
        content = content[:at] + chance.choice((*PIECES, chance.randbytes(2), b"7")) + content[end:]
    return content


def _one(pattern: bytes, new: Callable[[re.Match[bytes], random.Random], bytes]) -> Change:
    """Change one random match of a pattern."""

    def change(content: bytes, chance: random.Random) -> bytes:
        found = list(re.finditer(pattern, content, re.S))
        if not found:
            return content
        match = chance.choice(found)
        return content[: match.start()] + new(match, chance) + content[match.end() :]

    return change


def _exchange(pattern: bytes) -> Change:
    """Exchange the first groups of two random matches."""

    def change(content: bytes, chance: random.Random) -> bytes:
        found = list(re.finditer(pattern, content, re.S))
        if len(found) < 2:
            return content
        one, other = sorted(chance.sample(found, 2), key=lambda m: m.start())
        (a, b), (c, d) = one.span(1), other.span(1)
        return content[:a] + other[1] + content[b:c] + one[1] + content[d:]

    return change


def _number(least: int, most: int) -> Callable[[re.Match[bytes], random.Random], bytes]:
    return lambda match, chance: match[1] + str(chance.randrange(least, most)).encode() + match[2]


_DOUBLED: Change = _one(rb"<c r=.*?(?:/>|</c>)", lambda m, _: m[0] * 2)
SHEET_CHANGES: tuple[Change, ...] = (
    _exchange(rb'<c r="(D\d+)"'),
    _exchange(rb'<c r="([A-K]\d+)"'),
    _exchange(rb'<row r="(\d+)"'),
    _exchange(rb"(<row .*?</row>)"),
    _exchange(rb'(<c r="[BD]\d+".*?(?:/>|</c>))'),
    _exchange(rb"<v>([^<]*)</v>"),
    _exchange(rb'<c r="D\d+"[^>]*><v>([^<]*)</v>'),
    _one(rb"<row .*?</row>", lambda m, _: b""),
    _one(rb'<c r="[A-E]\d+".*?(?:/>|</c>)', lambda m, _: b""),
    _DOUBLED,
    _one(rb'(<c r="D)\d+(")', _number(1, 30)),
    _one(
        rb'(<c r=")[A-Z]+(\d+")', lambda m, chance: m[1] + chance.choice((b"B", b"D", b"E", b"d", b"")) + m[2]
    ),
    _one(rb' r="[A-Z]+\d+"', lambda m, _: b""),
    _one(rb'(<row r=")\d+(")', _number(0, 40)),
    _one(rb'<row r="\d+"', lambda m, _: b"<row"),
    _one(rb'( s=")\d+(")', _number(0, 120)),
    _one(
        rb' t="\w+"',
        lambda m, chance: b' t="%s"' % chance.choice((b"b", b"e", b"d", b"n", b"s", b"str", b"x")),
    ),
    _one(
        rb"<c r=",
        lambda m, chance: b'<c t="%s" r=' % chance.choice((b"b", b"e", b"d", b"s", b"str", b"inlineStr")),
    ),
    _one(
        rb"<v>",
        lambda m, chance: chance.choice((b"<f>1+1</f><v>", b"<f>D9</f><v>", b"<f/><v>", b"<v>1</v><v>")),
    ),
    _one(
        rb"</mergeCells>",
        lambda m, chance: b'<mergeCell ref="D%d:D17"/></mergeCells>' % chance.randrange(7, 17),
    ),
    _one(
        rb"(<v>\d*)()",
        lambda m, chance: m[1] + chance.choice((b" ", b"\n", b"<!---->", b"&#48;", b"<x/>", b"_0", b".0")),
    ),
)
STRING_CHANGES: tuple[Change, ...] = (
    _exchange(rb"<si>(.*?)</si>"),
    _one(rb"<si>.*?</si>", lambda m, _: b""),
    _one(rb"<si>.*?</si>", lambda m, _: m[0] * 2),
    _one(rb"<t>", lambda m, _: b"<t>1"),
    _one(rb"\d", lambda m, chance: str(chance.randrange(10)).encode()),
)
WORKBOOK_CHANGES: tuple[Change, ...] = (
    _exchange(rb'<definedName name="([^"]*)"'),
    _exchange(rb"<definedName [^>]*>([^<]*)<"),
    _one(rb"<definedName .*?</definedName>", lambda m, _: b""),
    _one(rb"(!\$D\$)\d+(<)", _number(5, 25)),
    _one(rb"(!\$)[A-Z]+(\$\d+<)", lambda m, chance: m[1] + chance.choice((b"B", b"C", b"E", b"I")) + m[2]),
    _exchange(rb'<sheet name="([^"]*)"'),
    _exchange(rb'r:id="([^"]*)"'),
    _one(rb"<sheet [^>]*/>", lambda m, _: b""),
)
RELATION_CHANGES: tuple[Change, ...] = (
    _exchange(rb'Target="([^"]*)"'),
    _exchange(rb'Id="([^"]*)"'),
    _one(rb"<Relationship .*?/>", lambda m, _: b""),
)
STYLE_CHANGES: tuple[Change, ...] = (
    _one(rb'(<xf numFmtId=")\d+(")', _number(0, 60)),
    _one(rb"<xf [^>]*/>", lambda m, _: b""),
)


def _damaged(parts: dict[str, bytes], chance: random.Random, sheets: int) -> tuple[str, bytes]:
    """One part, damaged in one way; the `sheets` after the first are hit most."""
    forms = [f"xl/worksheets/sheet{n}.xml" for n in range(2, 2 + sheets)]
    strings = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in parts else forms[0]
    name = chance.choice((*forms, *forms, strings, "xl/workbook.xml", *parts))
    changes: tuple[Change, ...] = (_bytes,)
    for mark, known in (
        ("worksheets/sheet", SHEET_CHANGES),
        ("sharedStrings", STRING_CHANGES),
        ("xl/workbook.xml", WORKBOOK_CHANGES),
        ("workbook.xml.rels", RELATION_CHANGES),
        ("styles", STYLE_CHANGES),
    ):
        if mark in name:
            changes = (_bytes, *known, *known)
    return name, chance.choice(changes)(parts[name], chance)


# --- the naive reader ------------------------------------------------------------------------------------


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _strings(parts: dict[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    return ["".join(t.text or "" for t in item.iter() if _local(t) == "t") for item in root]


def _sheets(parts: dict[str, bytes], name: str) -> Iterator[ElementTree.Element]:
    rels = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {r.get("Id"): posixpath.join("/xl", r.get("Target", ""))[1:] for r in rels}
    for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if _local(sheet) == "sheet" and _plain(sheet.get("name", "")) == name:
            relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            if targets.get(relation) in parts:
                yield ElementTree.fromstring(parts[targets[relation]])


def _shown(cell: ElementTree.Element, strings: list[str]) -> str:
    inner = {_local(e): "".join(e.itertext()) for e in cell}
    value = inner.get("v", "")
    if cell.get("t") == "s" and value:
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else "?"
    return inner.get("is", value)


def _beside(data: bytes, sheet_name: str, indicator: Indicator) -> set[str]:
    """What stands in column D of every row of a sheet with the indicator's number and label."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings, found = _strings(parts), set[str]()
    for sheet in _sheets(parts, sheet_name):
        cells = {c.get("r", ""): _shown(c, strings) for c in sheet.iter() if _local(c) == "c"}
        for address, text in cells.items():
            row = address[1:]
            number = _plain(cells.get(f"A{row}", "")).rstrip(".")
            labelled = address[:1] == "B" and row.isdigit() and _plain(text) == _plain(indicator.label)
            if labelled and number == _plain(indicator.number).rstrip("."):
                found.add(cells.get(f"D{row}", "").strip())
    return found


# --- the property ----------------------------------------------------------------------------------------


def _silent(submission: Submission, honest: dict[str, Observation], regime: Regime) -> list[Observation]:
    """Typed figures that differ from the sound file's, are not reported and would be summed."""
    told = {f.indicator for f in submission.findings}
    counted = {form for form, verdict in submission.forms.items() if verdict is Verdict.ACCEPTED}
    inputs = {i.code: form.code for form in regime.forms for i in form.indicators if i.is_input}
    return [
        o
        for o in submission.observations
        if inputs.get(o.indicator) in counted
        and o.indicator not in told
        and _content(o) != _content(honest[o.indicator])
    ]


def _content(observation: Observation) -> tuple[object, ...]:
    return observation.status, observation.value, observation.text


def _agrees(data: bytes, observation: Observation, regime: Regime) -> bool:
    """Whether the naive reader sees the same figure: then the damage is what the officer would see too."""
    indicator = regime.indicators[observation.indicator]
    try:
        seen = _beside(data, observation.sheet, indicator)
        figure = seen.pop() if len(seen) == 1 else "?"
        if indicator.kind is Kind.TEXT:
            return _plain(figure) == _plain(observation.text)
        return (Decimal(repr(float(figure))) if figure else None) == observation.value
    except (ElementTree.ParseError, ValueError, IndexError, KeyError):
        return False


def damage(
    sound: Mapping[str, bytes], file: Path, regime: Regime, period: ReferencePeriod, unit: str, rounds: int
) -> dict[Verdict, int]:
    """Damage sound workbooks, in turn, at random `rounds` times; how often each verdict was given.

    `sound`: the same workbook as several programs save it. Asserts one verdict each, with reason and remedy,
    and no typed figure other than what is seen there.
    """
    templates = {dialect: Template.from_parts(open_gate(content)) for dialect, content in sound.items()}
    chance = random.Random(int(os.environ.get("CCHC_MUTATION_SEED", "2026")))
    verdicts = dict.fromkeys(Verdict, 0)
    file.write_bytes(next(iter(sound.values())))
    honest = {o.indicator: o for o in read_one(str(file), load_units()).observations}
    for number in range(rounds):
        dialect = tuple(templates)[number % len(templates)]
        template = templates[dialect]
        name, content = _damaged(dict(template.parts), chance, min(7, len(regime.forms)))
        data = template.splice({name: content})
        file.write_bytes(data)
        submission = read_one(str(file), load_units())
        submission = with_findings(submission, period_findings(submission, period))
        verdicts[submission.verdict] += 1
        where = f"round {number}, {dialect}, {name}"
        if submission.verdict is not Verdict.ACCEPTED:
            assert any(f.severity == "error" and f.message and f.fix for f in submission.findings), where
        if submission.verdict is Verdict.REJECTED:
            continue
        assert submission.unit is not None and submission.unit.code == unit, where
        for observation in _silent(submission, honest, regime):
            assert _agrees(data, observation, regime), (where, observation, honest[observation.indicator])
    return verdicts
