"""Load a reporting regime from its folder of TOML files, as it is in force at one reference period."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue import build
from cchc_xl.catalogue.faults import fault
from cchc_xl.catalogue.row_faults import check_rows
from cchc_xl.catalogue.rule_faults import check_references
from cchc_xl.catalogue.source import Source, read_source, rows_of
from cchc_xl.catalogue.versions import as_issued, version_folders
from cchc_xl.figures.breakdowns import rules_with_breakdowns
from cchc_xl.figures.expressions import parse
from cchc_xl.model import Breakdown, Form, Regime, ValidationRule
from cchc_xl.model.errors import CatalogueError, UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import PREVIOUS_PREFIX

_HERE = Path(__file__).parent
# Folders with further regimes, separated as in PATH; the variable also reaches worker processes.
MORE_CATALOGUES = "CCHC_XL_CATALOGUE"


def regime_ids() -> tuple[str, ...]:
    """Ids of the regimes that come with the package or stand in a folder of CCHC_XL_CATALOGUE."""
    return tuple(sorted(_regime_folders()))


def _regime_folders() -> Mapping[str, Path]:
    return _folders_with(os.environ.get(MORE_CATALOGUES, ""))


@lru_cache(maxsize=8)  # asked once a file read
def _folders_with(more_catalogues: str) -> Mapping[str, Path]:
    """Folder by regime id; the package's own regimes cannot be replaced."""
    more = [Path(entry) for entry in more_catalogues.split(os.pathsep) if entry]
    found = [path.parent for place in (*more, _HERE) for path in sorted(place.glob("*/regime.toml"))]
    return {folder.name.replace("_", "-"): folder for folder in found}


def load_regime(
    regime_id: str,
    period: ReferencePeriod | None = None,
    *,
    folder: Path | None = None,
    version: str | None = None,
) -> Regime:
    """The regime `regime_id`: rows, constants and rules in force on the last day of `period`'s window.

    Without a period: everything that has not ended. `folder` is a regime's own folder elsewhere, `version`
    one of `template_versions`, without it today's. One object per regime, period and version. Raises
    UsageError for an unknown regime or version or a period of a kind it does not have, CatalogueError with
    every fault of the folder at once.
    """
    if folder is not None:
        return _load(regime_id, period, folder)
    known = _regime_folders()
    if regime_id not in known:
        raise UsageError(
            texts.text("catalogue_regime_unknown", regime=regime_id, known=", ".join(sorted(known)))
        )
    return _load(regime_id, period, _version_folder(regime_id, known[regime_id], version))


def template_versions(regime_id: str) -> tuple[str, ...]:
    """Every template version of a known regime, oldest first, today's last. Raises CatalogueError."""
    folder = _regime_folders()[regime_id]
    return (*version_folders(folder), _checked_source(regime_id, folder).regime["version"])


def _version_folder(regime_id: str, folder: Path, version: str | None) -> Path:
    if version is None or version == _checked_source(regime_id, folder).regime["version"]:
        return folder
    earlier = version_folders(folder)
    if version not in earlier:
        words = {"version": version, "known": ", ".join(template_versions(regime_id))}
        raise UsageError(texts.text("catalogue_version_unknown", regime=regime_id, **words))
    return earlier[version]


@lru_cache(maxsize=64)
def _load(regime_id: str, period: ReferencePeriod | None, folder: Path) -> Regime:
    source = _checked_source(regime_id, folder)
    regime = source.regime
    if period and period.kind not in regime["period_kinds"]:
        kinds = ", ".join(regime["period_kinds"])
        raise UsageError(texts.text("catalogue_regime_period", regime=regime_id, period=period, kinds=kinds))
    day = period.window(regime["cutoff_day"])[1] if period else None
    declared = tuple(build.build_form(table) for table in source.forms.values())
    forms = tuple(
        form for form in (_in_force(form, day) for form in _printed_first(declared)) if form.indicators
    )
    issued = as_issued(folder)
    parameters = build.parameters_in_force(regime.get("parameters", {}), day)
    codes = {i.code for form in forms for i in form.indicators}
    rules = (build.build_rule(row, declared) for row in rows_of(source.rules, "rule"))
    declared_regime = Regime(
        id=regime["id"],
        title=regime["title"],
        own_basis=regime["basis"],
        version=regime["version"],
        digest=issued.digest if issued else source.digest,
        places=issued.places if issued else None,
        period_kinds=tuple(regime["period_kinds"]),
        cutoff_day=regime["cutoff_day"],
        report_heading=_heading(regime["report_heading"], period),
        appended_how=regime.get("appended_how", Regime.appended_how),
        forms=forms,
        registers=tuple(build.build_register(table) for table in source.registers.values()),
        rules=tuple(r for r in rules if _applies(r, codes, set(parameters)) and _has_before(r, period)),
        breakdowns=_breakdowns(source, codes),
        parameters=parameters,
        parameter_titles={code: table["title"] for code, table in regime.get("parameters", {}).items()},
        periods_due=tuple(regime.get("periods_due", ())),
        due_day=regime.get("due_day"),
        file_prefix=regime.get("file_prefix", regime["id"].upper()),
        appendix_sheet=regime.get("appendix_sheet", Regime.appendix_sheet),
        online_dossiers=tuple(code for code in regime.get("online_dossiers", ()) if code in codes),
        signed_below=regime.get("signed_below", True),
        label_heading=regime.get("label_heading", ""),
        headlines=tuple(code for code in regime.get("headlines", ()) if code in codes),
        size=build.build_size(regime.get("size")),
        must_answer=build.must_answer(regime.get("must_answer"), forms),
    )
    return replace(declared_regime, rules=rules_with_breakdowns(declared_regime))


@lru_cache(maxsize=16)
def _checked_source(regime_id: str, folder: Path) -> Source:
    """The folder's tables, without a fault. References are looked at when every file could be parsed."""
    source = read_source(folder)
    problems = list(source.problems)
    if source.regime.get("id", regime_id) != regime_id:
        problems.append(fault("regime.toml.id", "id_differs", id=source.regime["id"], regime=regime_id))
    problems += check_rows(source)
    if source.is_whole:
        problems += check_references(source)
    if problems:
        raise CatalogueError(problems)
    return source


def _in_force(form: Form, day: date | None) -> Form:
    kept = tuple(i for i in form.indicators if build.is_in_force(i.effective_from, i.effective_to, day))
    return Form(
        form.code, form.number, form.sheet, form.heading, form.title, kept, form.footnotes, form.printed
    )


def _printed_first(forms: tuple[Form, ...]) -> list[Form]:
    return sorted(forms, key=lambda form: not form.printed)


def _heading(lines: list[str], period: ReferencePeriod | None) -> tuple[str, ...]:
    year = str(period.year) if period else "20…"
    return tuple(line.replace("{year}", year) for line in lines)


def _applies(rule: ValidationRule, codes: set[str], parameters: set[str]) -> bool:
    """False for a rule about a row or a constant that is not in force."""
    texts = [rule.assertion, *([rule.when] if rule.when else []), *rule.shown.values()]
    named = {name.removeprefix(PREVIOUS_PREFIX) for text in texts for name in parse(text).names}
    constants = {name for text in texts for name in parse(text).parameters}
    return named | {rule.at} <= codes and constants <= parameters


def _has_before(rule: ValidationRule, period: ReferencePeriod | None) -> bool:
    """False for a rule that looks back within the year, in the year's first period."""
    return not (rule.within_year and period and period.months[0] == 1)


def _breakdowns(source: Source, codes: set[str]) -> tuple[Breakdown, ...]:
    declared = (build.build_breakdown(row) for row in rows_of(source.rules, "breakdown"))
    standing = [b for b in declared if b.total in codes]
    ids = {b.id for b in standing}
    return tuple(
        Breakdown(
            b.id,
            b.total,
            tuple(part for part in b.parts if part in codes),
            b.parent if b.parent in ids else None,
        )
        for b in standing
    )
