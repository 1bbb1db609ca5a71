"""Every row of the hostile-input table, end to end: six programs' workbooks spoiled, then judged."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support.command_line import run
from support.dialects import in_every_dialect, spoiled
from support.hostile_cases import CASES
from support.hostile_submissions import UNIT, filled_workbook
from support.places import ROOT

SECONDS, MEMORY = 10, 512 * 1024


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_workbook(tmp_path_factory.mktemp("goc"))


@pytest.fixture(scope="module")
def files(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sound file and every case, each in a folder of its own."""
    folder, data = tmp_path_factory.mktemp("tep"), in_every_dialect(sound.read_bytes())
    paths = {"": sound}
    for number, (name, case) in enumerate(CASES.items()):
        (folder / f"c{number}").mkdir()
        paths[name] = folder / f"c{number}" / (case.file or f"tep-{number}.xlsx")
        rearranged = name.startswith("structure")
        paths[name].write_bytes(spoiled(case.build, data, number, rearranged=rearranged))
    return paths


@pytest.fixture(scope="module")
def judged(files: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """What one run of `cchc-xl check --json` says of all of them."""
    done = run("check", "--json", *files.values())
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    told = json.loads(done.stdout)["files"]
    return dict(zip(files, told, strict=True))


def _told(shape: dict[str, Any]) -> Counter[str]:
    return Counter(f["rule"] for f in shape["findings"])


def _figures(shape: dict[str, Any]) -> dict[str, object]:
    return {o["indicator"]: _figure(o) for o in shape["observations"]}


def _figure(observation: dict[str, Any]) -> object:
    words = {"blank": "blank", "not_applicable": "KPS", "error": "error"}
    return words.get(observation["status"], observation["value"])


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_in_its_verdict_with_its_reason_and_remedy(name, judged, files):
    case, shape = CASES[name], judged[name]
    told = _told(shape) - _told(judged[""])
    assert (shape["verdict"], told) == (case.verdict, Counter(case.rules)), shape["findings"]
    assert shape["file"] == files[name].name and len(shape["sha256"]) == 64
    known = [(f["rule"], f["sheet"], f["cell"]) for f in judged[""]["findings"]]
    new = [f for f in shape["findings"] if (f["rule"], f["sheet"], f["cell"]) not in known]
    found = [f for f in new if f["rule"] in case.rules]
    if case.at:
        first = next(f for f in found if f["rule"] == case.rules[0])
        assert (first["sheet"], first["cell"] or "") == case.at
    for finding in found:
        message = unicodedata.normalize("NFC", finding["message"])
        assert finding["fix"] and not finding["fix"].isascii()
        assert (
            message
            and not message.isascii()
            and not re.search(r"\{\w*[a-z]\w*\}", message)
            and "\n" not in message
        )
        if finding["sheet"] and shape["verdict"] != "rejected":
            assert f"{finding['sheet']}, ô {finding['cell']}" in message
    if case.verdict != "accepted":
        assert "error" in {f["severity"] for f in found}


@pytest.mark.parametrize("name", CASES)
def test_no_hostile_file_changes_a_figure_unless_it_says_so(name, judged):
    case, shape, sound = CASES[name], judged[name], judged[""]
    if case.verdict == "rejected":
        assert shape["observations"] == [] and shape["unit"] is None
        return
    values = dict(case.values or {})
    assert shape["unit"]["code"] == values.pop("unit", UNIT)
    wanted = {**_figures(sound), **values}
    found = _figures(shape)
    for code, figure in found.items():
        if code not in ("bieu6_1", *values) or "bieu6_1_2" not in values:
            assert figure == wanted[code], code
    assert {code: found[code] for code in values} == values
    if not case.moved:
        places = [(o["indicator"], o["sheet"], o["cell"]) for o in shape["observations"]]
        assert places == [(o["indicator"], o["sheet"], o["cell"]) for o in sound["observations"]]


@pytest.mark.parametrize("name", [n for n in CASES if n.startswith("values: ")])
def test_only_the_form_with_the_fault_is_held(name, judged):
    case, shape = CASES[name], judged[name]
    held = {form for form, verdict in shape["forms"].items() if verdict == "held"}
    if case.verdict == "held":
        (code,) = case.values or {}
        assert held == {code.partition("_")[0]}
    else:
        assert not held


_WATCHED = """
import json, resource, sys, time
from pathlib import Path
told = []
def hook(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.")):
        told.append([event, repr(arguments)])
    elif event == "open" and isinstance(arguments[2], int) and arguments[2] & 0o1103:
        told.append([event, repr(arguments)])
    elif event.startswith(("os.remove", "os.rename", "os.mkdir", "os.chmod", "os.link", "os.symlink")):
        told.append([event, repr(arguments)])
from cchc_xl.catalogue.units import load_units
from cchc_xl.tasks.read import read_one
read_one(sys.argv[1], load_units())
sys.addaudithook(hook)
longest = 0.0
for path in sys.stdin.read().split("\\0"):
    start = time.process_time()
    read_one(path, load_units())
    longest = max(longest, time.process_time() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"told": told, "longest": longest, "peak": peak}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource")
def test_reading_hostile_files_opens_no_socket_writes_nothing_and_stays_small(files, sound):
    done = subprocess.run(
        [sys.executable, "-B", "-c", _WATCHED, str(sound)],
        cwd=ROOT,
        input="\0".join(map(str, files.values())),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    shape = json.loads(done.stdout)
    assert shape["told"] == []
    assert shape["longest"] < SECONDS
    assert shape["peak"] < MEMORY


def test_every_class_of_the_table_has_its_files():
    kinds = Counter(name.partition(":")[0] for name in CASES)
    assert kinds.keys() == {"container and XML", "disguise", "structure", "values", "identity"}
    assert min(kinds.values()) > 20 and sum(kinds.values()) > 180
