"""Which file stands for a unit: by Lần nộp, by Loại bản gửi, and never a fuller return for an emptier one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from cchc_xl import texts
from cchc_xl.figures.checks import check_figures, figures_of, judge
from cchc_xl.figures.completeness import BLANK_RULES, EMPTY_RETURN, answered_rows
from cchc_xl.figures.identity import contradicts_identity, with_findings
from cchc_xl.model import Finding, Observation, Regime, Severity, Status, Submission, Verdict
from cchc_xl.model.terms import ReturnKind

CONFLICT = "conflicting_submissions"  # rule of the finding on files that hold each other
EMPTIER = "emptier_return"  # a later file with fewer answered rows than the one it would replace
CLASH = "supplement_conflict"  # a supplement that says something else than the return it adds to
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class StandingReturn:
    """What counts for a unit: one file, or one with the supplements that fill its blanks."""

    submission: Submission  # of the first file, with the figures the supplements gave
    supplements: tuple[str, ...] = ()  # files
    sources: Mapping[str, str] = field(default_factory=dict)  # indicator → supplement that gave it


def settle(
    regime: Regime, submissions: Iterable[Submission]
) -> tuple[tuple[Submission, ...], dict[str, StandingReturn]]:
    """The ledger by file name, displaced and conflicting files told so; by unit code what stands."""
    submissions = sorted(submissions, key=lambda s: s.file)
    rivals: dict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        readable = submission.verdict in (Verdict.ACCEPTED, Verdict.HELD)
        if readable and submission.unit and not contradicts_identity(submission):
            rivals[submission.unit.code].append(submission)
    settled: dict[str, Submission] = {s.file: s for s in submissions}
    standing: dict[str, StandingReturn] = {}
    for code, files in rivals.items():
        told, standing[code] = _decide(regime, files)
        settled.update(told)
    return tuple(settled[s.file] for s in submissions), standing


def is_empty_return(submission: Submission) -> bool:
    """True for a file that was read and held nothing."""
    return any(finding.rule == EMPTY_RETURN for finding in submission.findings)


def kind_of(submission: Submission) -> ReturnKind:
    """Loại bản gửi as declared; of files without that cell by the Lần nộp."""
    if submission.kind is not None:
        return submission.kind
    return ReturnKind.FIRST if (submission.number or 1) == 1 else ReturnKind.REPLACEMENT


def _decide(regime: Regime, files: list[Submission]) -> tuple[dict[str, Submission], StandingReturn]:
    """Every file of a unit as it ends, and what stands; the files are taken in the order of Lần nộp."""
    in_order = sorted(files, key=lambda s: (_number(s), s.modified, s.file))
    filled = [s for s in in_order if not is_empty_return(s)] or in_order[-1:]
    course = _Course(regime)
    for _, group in groupby(filled, key=_number):
        course.take(list(group))
    standing = course.standing
    assert standing is not None
    for empty in in_order:
        if empty.file not in course.told:
            older = _number(empty) <= course.number
            course.told[empty.file] = _supersede(empty, standing.submission) if older else empty
    return course.told, standing


class _Course:
    """What stands after each Lần nộp, and what became of the files so far."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self.told: dict[str, Submission] = {}
        self.standing: StandingReturn | None = None
        self.number = 0

    def take(self, group: list[Submission]) -> None:
        """The files of one Lần nộp."""
        if self.standing and all(kind_of(s) is ReturnKind.SUPPLEMENT for s in group):
            for supplement in group:
                self._add(self.standing, supplement)
            return
        if len({_content(s) for s in group}) > 1:
            names = ", ".join(s.file for s in group)
            held = [_told_of(s, CONFLICT, files=names, number=_number(s)) for s in group]
            held.sort(key=lambda s: s.file)
            self._stands(held[0])
            self.told |= {s.file: s for s in held}
            return
        *same, newest = group
        if self.standing and _rows(self.regime, newest) < _rows(self.regime, self.standing.submission):
            counts = {
                "answered": _rows(self.regime, newest),
                "earlier": self.standing.submission.file,
                "before": _rows(self.regime, self.standing.submission),
            }
            newest = _told_of(newest, EMPTIER, **counts)
            self.told[newest.file] = newest
        else:
            self._stands(newest)
        self.told |= {s.file: _supersede(s, newest) for s in same}

    def _stands(self, winner: Submission) -> None:
        older = (s for s in self.told.values() if s.verdict is not Verdict.SKIPPED)
        self.told |= {s.file: _supersede(s, winner) for s in older}
        self.told[winner.file] = winner
        self.standing, self.number = StandingReturn(winner), _number(winner)

    def _add(self, base: StandingReturn, supplement: Submission) -> None:
        before = {o.indicator: o for o in base.submission.observations if _says(o)}
        given = {o.indicator: o for o in supplement.observations if _says(o)}
        own = self._without_rules(supplement)
        if clashes := self._clashes(base.submission, before, supplement, given):
            places = "; ".join(clashes[:_SHOWN])
            self.told[supplement.file] = _told_of(own, CLASH, earlier=base.submission.file, places=places)
            return
        taken = {code: o for code, o in given.items() if code not in before}
        together = tuple(taken.get(o.indicator, o) for o in base.submission.observations)
        registers = {**supplement.registers, **{c: r for c, r in base.submission.registers.items() if r}}
        bare = self._without_rules(base.submission)
        judged = with_findings(bare, check_figures(self.regime, together))
        touched = {self.regime.form_of[code] for code in taken}
        held = {form for form in touched if own.forms.get(form) is Verdict.HELD}
        if held:
            forms = {**judged.forms, **dict.fromkeys(held, Verdict.HELD)}
            judged = replace(judged, forms=forms, verdict=Verdict.HELD)
        first = self.told[base.submission.file]
        self.told[base.submission.file] = replace(judged, observations=first.observations)
        self.told[supplement.file] = own
        self.number = _number(supplement)
        inputs = (code for code in taken if self.regime.indicators[code].is_input)
        self.standing = StandingReturn(
            replace(judged, observations=together, registers=registers),
            (*base.supplements, supplement.file),
            {**base.sources, **dict.fromkeys(inputs, supplement.file)},
        )

    def _clashes(
        self,
        base: Submission,
        before: Mapping[str, Observation],
        supplement: Submission,
        given: Mapping[str, Observation],
    ) -> list[str]:
        """Places where the supplement says something else; it may only fill what was blank."""
        typed = (code for code in given if code in before and self.regime.indicators[code].is_input)
        cells = [given[code] for code in typed if _said(given[code]) != _said(before[code])]
        names = {r.code: r.sheet for r in self.regime.registers}
        lists = [
            names.get(code, code)
            for code, rows in supplement.registers.items()
            if rows and base.registers.get(code) and rows != base.registers[code]
        ]
        return [texts.text("at_place", sheet=o.sheet, cell=o.cell) for o in cells] + lists

    def _without_rules(self, submission: Submission) -> Submission:
        """A part of a return is not judged by what its other part says."""
        rules = {rule.id for rule in self.regime.rules} | BLANK_RULES
        findings = tuple(f for f in submission.findings if f.rule not in rules)
        verdict, forms = judge(submission.forms, findings)
        return replace(submission, findings=findings, verdict=verdict, forms=forms)


def _number(submission: Submission) -> int:
    return submission.number or 1


def _rows(regime: Regime, submission: Submission) -> int:
    return len(answered_rows(regime, figures_of(submission.observations)))


def _says(observation: Observation) -> bool:
    return observation.status not in (Status.BLANK, Status.NOT_IN_TEMPLATE)


def _said(observation: Observation) -> tuple[object, ...]:
    return observation.status, observation.value, observation.text


def _content(submission: Submission) -> frozenset[tuple[object, ...]]:
    """Figures, and rows of registers in whatever order."""
    figures = ((o.indicator, o.status.value, o.value, o.text) for o in submission.observations)
    rows = Counter(
        (code, tuple(sorted(row.items())))
        for code, register in submission.registers.items()
        for row in register
    )
    return frozenset((*figures, *rows.items()))


def _told_of(submission: Submission, rule: str, **words: object) -> Submission:
    """The file held whole, for this reason."""
    fault, remedy = texts.text(rule, **words), texts.fix(rule, **words)
    return with_findings(submission, (Finding(rule, Severity.ERROR, fault, remedy),))


def _supersede(submission: Submission, winner: Submission) -> Submission:
    words = {"file": winner.file, "number": winner.number or 1}
    finding = Finding(
        rule="superseded",
        severity=Severity.NOTICE,
        message=texts.text("superseded", **words),
        fix=texts.fix("superseded", **words),
    )
    return replace(submission, verdict=Verdict.SKIPPED, findings=(*submission.findings, finding))
