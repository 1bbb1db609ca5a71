"""The short account the demo prints: what was made, what was planted, how each case ended, where to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cchc_xl import texts
from cchc_xl.figures.checks import shown_figure
from cchc_xl.model import ReportingUnit, Severity, Submission, Verdict
from cchc_xl.model.terms import UnitState
from cchc_xl.tasks.demo import DemoResult
from cchc_xl.tasks.demo.script import Fault
from cchc_xl.workbooks.summary.wording import state, states_counted

_text = texts.text


def demo_lines(result: DemoResult) -> Iterator[str]:
    """A demo's account, one line a step and one a planted case."""
    merged = result.merge.merged
    units = {u.unit.code: u.unit for u in merged.units}
    yield _title(result, units)
    yield _text("demo_issued", count=len(units), folder=result.issued)
    planted = result.faults
    yield _text("demo_submitted", count=result.files, folder=result.submitted, faults=len(planted))
    for unit, fault in planted:
        yield _fault_line(result, unit, fault)
    counts = {verdict.value: merged.count(verdict) for verdict in Verdict}
    yield _text("demo_merged", **counts)
    yield _text("demo_state", state=state(merged), counts=states_counted(merged))
    yield from _city_lines(result, len(units))
    yield _text("demo_summary", path=result.merge.summary)


def _title(result: DemoResult, units: Mapping[str, ReportingUnit]) -> str:
    merged, real = result.merge.merged, units.get(result.script.real_unit or "")
    words = {"title": merged.regime.title, "period": merged.period.label}
    return _text("demo_title", **words, real=real.full_name) if real else _text("demo_title_all", **words)


def _city_lines(result: DemoResult, expected: int) -> Iterator[str]:
    """The regime's headlines for the city; where nothing is added up, so said with a spread of points."""
    regime, city = result.merge.merged.regime, result.merge.merged.city
    if all(figure.total is None for figure in city.values()):
        yield _text("demo_not_summed")
        spread = next((figure for figure in city.values() if figure.spread), None)
        if spread:
            code, label = spread.indicator.code, spread.indicator.label
            shown = {name: shown_figure(regime, code, value) for name, value in spread.spread.items()}
            yield _text("demo_spread", label=label, **shown, answered=spread.answered, expected=expected)
        return
    for code in regime.headlines:
        if code in city:
            yield _text(
                "demo_city",
                label=city[code].indicator.label,
                value=shown_figure(regime, code, city[code].total),
                answered=city[code].answered,
                expected=expected,
            )


def _fault_line(result: DemoResult, unit: ReportingUnit | None, fault: Fault) -> str:
    name = f"{unit.full_name} ({unit.code})" if unit else _text("demo_folder_word")
    return _text("demo_fault", unit=name, story=fault.story, outcome=_outcome(result, unit, fault))


def _outcome(result: DemoResult, unit: ReportingUnit | None, fault: Fault) -> str:
    ledger = result.merge.merged.ledger
    if unit is None:
        sent = [s for s in ledger if s.file == fault.details["name"]]
    else:
        sent = [s for s in ledger if unit.code in s.file]
    if not sent:
        return _text("demo_missing")
    state = _state_of(result, unit)
    if state is UnitState.EMPTY:
        return _text("demo_outcome_empty")
    if len(sent) > 1 and state is UnitState.COMPLETE and any(s.verdict is Verdict.HELD for s in sent):
        return _text("demo_outcome_kept")
    if state is UnitState.INCOMPLETE:
        return _text("demo_outcome_incomplete")
    if len(sent) > 1 and any(s.verdict is Verdict.SKIPPED for s in sent):
        used = next(s for s in sent if s.verdict is not Verdict.SKIPPED)
        return _text("demo_outcome_replaced", number=used.number)
    return _verdict_words(result, sent[0])


def _state_of(result: DemoResult, unit: ReportingUnit | None) -> UnitState | None:
    return next((u.state for u in result.merge.merged.units if u.unit == unit), None)


def _verdict_words(result: DemoResult, submission: Submission) -> str:
    if submission.verdict is Verdict.HELD:
        held = [code for code, verdict in submission.forms.items() if verdict is Verdict.HELD]
        if len(held) == len(submission.forms):
            return _text("demo_outcome_held")
        sheets = {form.code: form.sheet for form in result.merge.merged.regime.forms}
        return _text("demo_outcome_held_forms", forms=", ".join(sheets[code] for code in held))
    if submission.verdict is Verdict.ACCEPTED:
        if any(f.severity is not Severity.NOTICE for f in submission.findings):
            return _text("demo_outcome_warned")
        return _text("demo_outcome_noticed" if submission.findings else "demo_outcome_accepted")
    return _text(f"demo_outcome_{submission.verdict.value}")
