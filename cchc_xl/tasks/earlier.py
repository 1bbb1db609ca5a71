"""Load what is known of earlier periods: folders of submissions, one workbook, a summary, the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.checks import figures_of
from cchc_xl.figures.identity import file_name_findings, with_findings
from cchc_xl.figures.totals import against_earlier
from cchc_xl.figures.totals.size import Sized, size_findings
from cchc_xl.figures.totals.standing import CONFLICT, is_empty_return, settle
from cchc_xl.model import Finding, Submission, Verdict
from cchc_xl.model.earlier import EarlierFigures, EarlierPeriod, EarlierReturn, Standing, in_order
from cchc_xl.model.errors import UsageError, WorkbookRefused
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope, ReportingUnits
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.files import list_folder, read_limited
from cchc_xl.tasks.read import read_entries


def earlier_figures(
    scope: ReportingScope, *, previous: Path | None = None, history: Path | None = None
) -> EarlierFigures:
    """Everything known besides the scope's period; what `previous` says goes before what the history says.

    Raises UsageError for a path that does not exist or a folder without any earlier figure, WorkbookRefused
    naming a file that is no summary of this regime.
    """
    found = _in_history(history, scope) if history else EarlierFigures()
    if previous is None:
        return found
    if not previous.exists():
        raise UsageError(texts.text("path_missing", path=previous))
    if not previous.is_dir():
        return found.joined(_in_summary(previous, scope))
    newer = figures_in_folders(
        (previous,), scope.units, lambda s: s.regime == scope.regime.id and s.period != scope.period
    )
    if not newer.periods:
        raise UsageError(texts.text("previous_nothing", path=previous, period=scope.period.label))
    return found.joined(newer)


def figures_in_folders(
    folders: Iterable[Path], units: ReportingUnits, wanted: Callable[[Submission], bool] = lambda _: True
) -> EarlierFigures:
    """What stands for each unit in each regime and period, as a merge of these folders would see it."""
    found: defaultdict[tuple[str, ReferencePeriod], list[Submission]] = defaultdict(list)
    for folder in folders:
        for read in read_entries(list_folder(folder), units):
            if read.regime and read.period and wanted(read):
                named = with_findings(read, file_name_findings(read, units))
                found[read.regime, read.period].append(named)
    return EarlierFigures(in_order(tuple(_period_of(*key, files) for key, files in found.items())))


def return_of(submission: Submission, rivals: Sequence[Submission] = ()) -> EarlierReturn:
    """A readable submission as the earlier return it is; `rivals` are all that claim to stand for the unit.

    Its regime and period must be known.
    """
    assert submission.regime and submission.period
    regime = load_regime(submission.regime, submission.period)
    typed = _typed(submission)
    held = {form for form, verdict in submission.forms.items() if verdict is Verdict.HELD}
    doubtful = {code: Standing.HELD for code in typed if regime.form_of[code] in held}
    if any(finding.rule == CONFLICT for finding in submission.findings):
        told = [_typed(rival) for rival in rivals]
        differing = (code for code in typed if len({figures.get(code) for figures in told}) > 1)
        doubtful |= dict.fromkeys(differing, Standing.DISPUTED)
    return EarlierReturn(
        period=submission.period,
        figures=typed,
        doubtful=doubtful,
        read_as_zero=implied_zeros(regime, typed) - submission.never_asked,
        source=submission.file,
        window=submission.window,
        illustrative=submission.illustrative,
    )


def earlier_findings(submission: Submission, earlier: EarlierFigures) -> tuple[Finding, ...]:
    """What the unit's earlier figures, where they are known, say about its submission."""
    if not (submission.regime and submission.unit and submission.period):
        return ()
    regime = load_regime(submission.regime, submission.period)
    own = earlier.of_unit(submission.regime, submission.unit.code)
    return against_earlier.through_time_findings(regime, submission, own)


def held_against(submissions: Sequence[Submission], earlier: EarlierFigures) -> list[Submission]:
    """Submissions of any units, regimes and periods, told what their units' earlier figures say."""
    told = [with_findings(s, earlier_findings(s, earlier)) for s in submissions]
    alike: defaultdict[tuple[str, ReferencePeriod], list[int]] = defaultdict(list)
    for place, submission in enumerate(told):
        if submission.regime and submission.unit and submission.period:
            alike[submission.regime, submission.period].append(place)
    for (regime_id, period), places in alike.items():
        sized = [_sized(told[place], earlier) for place in places]
        found = size_findings(load_regime(regime_id, period), sized)
        for place, finding in zip(places, found, strict=True):
            told[place] = with_findings(told[place], [finding] if finding else [])
    return told


def _sized(submission: Submission, earlier: EarlierFigures) -> Sized:
    assert submission.regime and submission.unit and submission.period
    own = earlier.of_unit(submission.regime, submission.unit.code)
    regime = load_regime(submission.regime, submission.period)
    return Sized(regime, submission, own.get(submission.period.previous()))


def _period_of(regime_id: str, period: ReferencePeriod, files: Sequence[Submission]) -> EarlierPeriod:
    ledger, standing = settle(load_regime(regime_id, period), files)
    contested = [s for s in ledger if any(finding.rule == CONFLICT for finding in s.findings)]
    returns = {
        code: return_of(one.submission, [s for s in contested if s.unit and s.unit.code == code])
        for code, one in standing.items()
        if not is_empty_return(one.submission)
    }
    return EarlierPeriod(regime_id, period, returns)


def _in_history(path: Path, scope: ReportingScope) -> EarlierFigures:
    from cchc_xl.tasks.history import recorded_before

    return recorded_before(path, scope)


def _in_summary(path: Path, scope: ReportingScope) -> EarlierFigures:
    from cchc_xl.reading.earlier_summary import read_earlier_summary

    try:
        named = read_earlier_summary(read_limited(path), scope.regime, source=path.name)
    except WorkbookRefused as refused:
        raise WorkbookRefused("previous_refused", path=str(path), reason=str(refused)) from refused
    return EarlierFigures((named,), named)


def _typed(submission: Submission) -> dict[str, Figure]:
    assert submission.regime and submission.period
    known = load_regime(submission.regime, submission.period).indicators
    never_asked = submission.never_asked
    asked = (o for o in submission.observations if o.indicator not in never_asked)
    return figures_of(o for o in asked if known[o.indicator].is_input)
