"""Statements judged beforehand against what the proofreader says of them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cchc_xl.model.proofs import ProofFinding
from cchc_xl.reports.plain_text import document_of_text
from cchc_xl.tasks.proofread import with_contradictions
from cchc_xl.tasks.report_proof import proofread_document
from support.places import ROOT

PROSE = ROOT / "tests" / "examples" / "prose"
# Kinds that say the same of one place in other words.
_ALSO = {"label-twice": {"cross-form"}, "cross-form": {"label-twice"}}


@dataclass
class Score:
    """Faults planted and found, findings right and astray, by rule."""

    planted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: int = 0
    astray: list[tuple[str, ProofFinding]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.planted.values()))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.astray))

    @property
    def errors_on_right(self) -> list[tuple[str, ProofFinding]]:
        return [(name, f) for name, f in self.astray if f.severity.value == "error"]


def statements(name: str) -> list[dict[str, Any]]:
    """The statements of a file under examples/prose."""
    return tomllib.loads((PROSE / name).read_text(encoding="utf-8"))["statement"]


def findings_of(text: str, *earlier: str) -> tuple[ProofFinding, ...]:
    """What is found in a text, beside earlier reports."""
    answers = [proofread_document(f"ky-truoc-{n}.txt", document_of_text(t)) for n, t in enumerate(earlier)]
    answers.append(proofread_document("bao-cao.txt", document_of_text(text)))
    return list(with_contradictions(answers))[-1].findings


def scored(items: list[dict[str, Any]]) -> Score:
    """The corpus against the proofreader: a finding of the planted rule on its line is right."""
    score = Score()
    for item in items:
        found = findings_of(item["text"], *([item["earlier"]] if "earlier" in item else []))
        wanted = [fault.split("@") for fault in item.get("faults", ())]
        _compare(score, item["id"], found, [(rule, int(line)) for rule, line in wanted])
    return score


def _compare(score: Score, name: str, found: tuple[ProofFinding, ...], wanted: list[tuple[str, int]]) -> None:
    used: set[int] = set()
    for rule, line in wanted:
        score.planted[rule] += 1
        hits = [
            n for n, f in enumerate(found)
            if f.rule in {rule, *_ALSO.get(rule, ())}
            and (f.paragraph is None or abs(f.paragraph - line) <= 1)
        ]  # fmt: skip
        if hits:
            score.found[rule] += 1
            used |= set(hits)
        else:
            score.missed.append((name, f"{rule}@{line}"))
    lines = {line for _, line in wanted}
    for n, finding in enumerate(found):
        if n in used or finding.paragraph in lines:
            score.right += 1  # another finding on a line that is wrong tells of the same fault
        else:
            score.astray.append((name, finding))


def shown(score: Score) -> str:
    """The figures in one line a rule."""
    lines = [
        f"recall {score.recall:.3f}  precision {score.precision:.3f}  "
        f"errors on right {len(score.errors_on_right)}"
    ]
    lines += [f"  {rule:<18} {score.found[rule]}/{count}" for rule, count in sorted(score.planted.items())]
    return "\n".join(lines)


def text_of(name: str) -> str:
    """A sample report."""
    return Path(ROOT / "tests" / "examples" / f"{name}.txt").read_text(encoding="utf-8")
