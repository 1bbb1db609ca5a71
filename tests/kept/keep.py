"""Keeps template versions: a filled workbook of every regime and version, and a version's catalogue files.

    python tests/kept/keep.py write             after any change of today's templates: their workbooks anew
    python tests/kept/keep.py freeze REGIME     before the first change of a new version: today's is frozen

`freeze` copies the regime's catalogue files to `versions/<version>/` beside them, with what no TOML says;
once `version` is raised, `write` never touches that version's workbook again.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from support.filled_workbooks import PERIODS, filled, sample_lines  # noqa: E402

import cchc_xl  # noqa: E402
from cchc_xl.catalogue.loader import load_regime, template_versions  # noqa: E402
from cchc_xl.catalogue.units import load_units  # noqa: E402
from cchc_xl.catalogue.versions import ISSUED_FILE, VERSIONS  # noqa: E402
from cchc_xl.excel.read.gate import open_gate  # noqa: E402
from cchc_xl.excel.read.stored_workbook import open_workbook  # noqa: E402
from cchc_xl.model import Observation, Regime, Severity, Submission  # noqa: E402
from cchc_xl.model.layout import TODAY  # noqa: E402
from cchc_xl.model.periods import parse_period  # noqa: E402
from cchc_xl.reading.submission import judge_as_issued  # noqa: E402
from cchc_xl.tasks.fill import fill_workbook  # noqa: E402

CATALOGUE = Path(cchc_xl.__file__).parent / "catalogue"


def kept_workbook(regime: str, version: str) -> Path:
    """The filled workbook of a version; beside it, as .json, what is read from it for ever."""
    return HERE / f"{regime}-{version}.xlsx"


def expected_of(workbook: Path) -> Path:
    return workbook.with_suffix(".json")


def read_as_issued(workbook: Path) -> Submission:
    stored = open_workbook(open_gate(workbook.read_bytes()))
    return judge_as_issued(workbook.name, None, stored, load_units())


def told(read: Submission) -> dict[str, object]:
    """What must be read from a kept workbook whatever becomes of the program: figures, verdict, faults."""
    return {
        "template": read.template,
        "verdict": read.verdict.value,
        "forms": {form: verdict.value for form, verdict in read.forms.items()},
        "errors": sorted(f"{f.rule} {f.cell}" for f in read.findings if f.severity is Severity.ERROR),
        "number": read.number,
        "reason": read.reason,
        "explanations": dict(read.explanations),
        "window": [day.isoformat() if day else None for day in read.window],
        "contacts": dict(read.contacts),
        "control_code": read.control_code,
        "figures": {o.indicator: figure(o) for o in read.observations},
        "notes": {o.indicator: o.note for o in read.observations if o.note},
        "registers": {
            code: [{column: str(value) for column, value in row.items()} for row in rows]
            for code, rows in read.registers.items()
        },
    }


def figure(observed: Observation) -> str:
    """A number exactly, a text, or what else the cell said."""
    number = "" if observed.value is None else format(observed.value.normalize(), "f")
    return observed.text or number or observed.status.value


def drawn(regime_id: str) -> bytes:
    """Today's workbook with the regime's sample, a note, a Giải trình and what is declared."""
    code, value = sample_lines(regime_id)[0]
    rule = next(rule.id for rule in load_regime(regime_id, parse_period(PERIODS[regime_id])).rules)
    lines = [(code, value, "ghi chú giữ lại"), ("cchc_lan_nop", "2", ""), ("cchc_ly_do", "sửa số liệu", "")]
    lines.append((f"giaitrinh:{rule}", "đã đối chiếu", ""))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (folder / "them.csv").open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([("indicator", "value", "note"), *lines])
        sample = filled(regime_id, folder)[1]
        return fill_workbook(sample, folder / "them.csv", folder / "giu.xlsx", load_units()).path.read_bytes()


def write() -> None:
    """Fill, keep and tell today's version of every regime."""
    for regime in PERIODS:
        workbook = kept_workbook(regime, template_versions(regime)[-1])
        workbook.write_bytes(drawn(regime))
        shape = json.dumps(told(read_as_issued(workbook)), ensure_ascii=False, indent=1)
        expected_of(workbook).write_text(f"{shape}\n", encoding="utf-8")
        print(workbook.name)


def freeze(regime_id: str) -> None:
    """Keep today's catalogue files as an earlier version. Ends the program where it is kept already."""
    regime = load_regime(regime_id)
    if not kept_workbook(regime_id, regime.version).exists():
        sys.exit(f"no {kept_workbook(regime_id, regime.version).name}: run `write` first")
    print(freeze_folder(regime, CATALOGUE / regime_id.replace("-", "_")))


def freeze_folder(regime: Regime, folder: Path) -> Path:
    """Copy the catalogue files of `folder` to its folder of that version, and say where cells stand today."""
    target = folder / VERSIONS / regime.version
    if target.exists():
        sys.exit(f"{target} is there already: raise `version` in {folder / 'regime.toml'} first")
    target.mkdir(parents=True)
    for path in sorted(folder.glob("*.toml")):
        shutil.copyfile(path, target / path.name)
    places = asdict(TODAY)
    main_inputs = places.pop("main_inputs")
    lines = ["# As issued: written once by tests/kept/keep.py, never changed.", f'digest = "{regime.digest}"']
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in places.items()]
    lines += ["", "[main_inputs]", *(f'{name} = "{address}"' for name, address in main_inputs.items())]
    (target / ISSUED_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write"]:
            write()
        case ["freeze", regime]:
            freeze(regime)
        case _:
            sys.exit(__doc__)
