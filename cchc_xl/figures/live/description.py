"""A rule in words people can read, told from the tree it is evaluated and written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from cchc_xl.figures.dates import compares_days
from cchc_xl.figures.expressions import Node, parse
from cchc_xl.figures.live.wording import sentence
from cchc_xl.figures.numbers import format_vi
from cchc_xl.model import Kind, Regime, Register, RowCheck, ValidationRule
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.texts import text

_QUESTIONS = {"present": "say_present", "number": "say_number"}


def describe(regime: Regime, rule: ValidationRule) -> str:
    """What must hold, rows by their printed numbers: "Dòng 2.2 không lớn hơn dòng 2.1."."""
    words = _Words(regime, rule.form, compares_days(regime, rule.assertion))
    said = words.of(parse(rule.assertion).root)
    if rule.when:
        condition = parse(rule.when).root
        named = _Words(regime, rule.form, compares_days(regime, rule.when)).of(condition)
        said = text("say_when", condition=named, assertion=said)
    if rule.tolerance:
        said = text("say_tolerance", said=said, tolerance=format_vi(rule.tolerance))
    return " ".join([sentence(said), *map(text, _additions(rule))])


def _additions(rule: ValidationRule) -> Iterator[str]:
    stated = [parse(rule.assertion).root, *([parse(rule.when).root] if rule.when else [])]
    if any(part.kind == "or_zero" for root in stated for part in root.walk()):
        yield "say_blank_is_zero"
    if rule.missing == "fail":
        yield "say_blank_fails"
    if rule.unless_noted:
        yield "say_note_excuses"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a tree, seen from one form."""

    regime: Regime
    form: str
    days: bool  # whether what is compared is days

    def of(self, node: Node) -> str:
        kind, operands = node.kind, node.operands
        if kind == "literal":
            return format_vi(Decimal(node.text))
        if kind == "parameter":
            value, title = self.regime.parameters[node.text], self.regime.parameter_titles[node.text]
            return text("say_city", title=title[:1].lower() + title[1:], value=format_vi(value))
        if kind in ("name", "or_zero"):
            return self._rows([node])
        if kind in _QUESTIONS:
            return text(_QUESTIONS[kind], rows=self._rows(operands))
        if kind == "not":
            return self._not(operands[0])
        if kind in ("and", "or"):
            return self._joined(kind, operands)
        if node.is_boolean:
            return self._compared(kind, operands)
        return self._number(kind, operands)

    def _compared(self, sign: str, operands: Sequence[Node]) -> str:
        left, right = map(self.of, operands)
        if operands[0].is_boolean:
            return text("say_alike", left=left, right=right)
        if _is_before(operands):
            right = text("say_the_period_before")
        return f"{left} {text(_sign(sign, days=self.days))} {right}"

    def _joined(self, kind: str, operands: Sequence[Node]) -> str:
        if {operand.kind for operand in operands} == {"present"}:
            return text("say_present", rows=self._rows([o.operands[0] for o in operands]))
        if kind == "and" and all(map(_is_unchanged, operands)):
            return text("say_all_as_before", rows=self._rows([o.operands[0] for o in operands]))
        *first, last = map(self.of, operands)
        return text(f"say_{kind}", first="; ".join(first), last=last)

    def _not(self, node: Node) -> str:
        if node.kind == "present":
            return text("say_absent", rows=self._rows(node.operands))
        if node.kind == "and" and all(map(_is_unchanged, node.operands)):
            return text("say_not_all_as_before", rows=self._rows([o.operands[0] for o in node.operands]))
        if node.kind == "and":
            return text("say_not_all", parts="; ".join(map(self.of, node.operands)))
        return text("say_not", what=self.of(node))

    def _number(self, kind: str, operands: Sequence[Node]) -> str:
        if kind == "+":
            return text("say_sum", parts=self._parts(_terms("+", operands)))
        if kind == "-":
            first, *taken = _terms("-", operands)
            return text("say_minus", left=self.of(first), right=self._parts(taken))
        if kind == "*" and operands[0].kind == "literal":
            return text("say_multiple", times=self.of(operands[0]), what=self.of(operands[1]))
        if kind in ("min", "max") and _is_before(operands):
            return text(f"say_{kind}_of_periods", rows=self._rows(operands[:1]))
        if kind in ("min", "max"):
            many = "" if len(operands) == 2 else "_of_many"
            return text(f"say_{kind}{many}", parts=self._parts(operands))
        if kind == "round":
            return text("say_round", what=self.of(operands[0]), digits=self.of(operands[1]))
        if kind in ("*", "/"):
            left, right = map(self.of, operands)
            return text("say_times" if kind == "*" else "say_over", left=left, right=right)
        return text("say_abs" if kind == "abs" else "say_negative", what=self.of(operands[0]))

    def _parts(self, operands: Sequence[Node]) -> str:
        """Several numbers one after the other; plain rows together."""
        if all(operand.kind in ("name", "or_zero") for operand in operands):
            return self._rows(operands)
        return _listed([self.of(operand) for operand in operands])

    def _rows(self, operands: Sequence[Node]) -> str:
        """Rows by number, those of one form and one period together."""
        names = [part.text for operand in operands for part in operand.walk() if part.kind == "name"]
        groups = groupby(names, key=lambda name: (name.startswith(PREVIOUS_PREFIX), self._form_of(name)))
        return _listed([self._group(list(named), before, form) for (before, form), named in groups])

    def _group(self, names: Sequence[str], before: bool, form: str) -> str:
        rows = [self.regime.indicators[name.removeprefix(PREVIOUS_PREFIX)] for name in names]
        numbers = [row.number.rstrip(".") for row in rows]
        if not all(numbers):
            said = _listed([_row(n, r.label) for n, r in zip(numbers, rows, strict=True)])
        elif len(numbers) == 1:
            said = text("say_row", number=numbers[0])
        else:
            said = text("say_rows", numbers=_listed(numbers))
        if form != self.form:
            said = text("say_of_form", rows=said, form=self.regime.form(form).sheet)
        return text("say_before", rows=said) if before else said

    def _form_of(self, name: str) -> str:
        return self.regime.form_of[name.removeprefix(PREVIOUS_PREFIX)]


def _is_before(operands: Sequence[Node]) -> bool:
    """Whether the second of two is the first one's figure of the period before."""
    names = [[part.text for part in operand.walk() if part.kind == "name"] for operand in operands]
    plain = all(operand.kind in ("name", "or_zero") for operand in operands)
    return plain and len(names) == 2 and names[1] == [PREVIOUS_PREFIX + names[0][0]]


def _is_unchanged(node: Node) -> bool:
    return node.kind == "=" and _is_before(node.operands)


def _sign(sign: str, *, days: bool) -> str:
    return f"say_day_{sign}" if days else f"say_{sign}"


def _row(number: str, label: str) -> str:
    return text("say_row", number=number) if number else text("say_row_by_label", label=label)


def _terms(sign: str, operands: Sequence[Node]) -> list[Node]:
    """a + b + c as three terms; a - b - c likewise."""
    first, *others = operands
    return [*(_terms(sign, first.operands) if first.kind == sign else [first]), *others]


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return text("say_list_end", first=", ".join(first), last=last) if first else last


# --- rows of a register ----------------------------------------------------------------------------------


def describe_row_check(register: Register, check: RowCheck) -> str:
    """What a row must satisfy, columns by their headings."""
    columns = {column.code: column for column in register.columns}
    labels = {code: column.label for code, column in columns.items()}
    conditions = [
        text("say_answer", column=_quoted(labels[column]), answers=_or([_quoted(a) for a in answers]))
        for column, answers in check.when
    ]
    condition = _listed(conditions) if conditions else ""
    days = check.order is not None and columns[check.order[0]].kind is Kind.DATE
    demands = list(_demands(check, labels, days=days))
    if not demands:
        return sentence(text("say_never", condition=condition))
    said = _listed(demands)
    return sentence(text("say_row_when", condition=condition, assertion=said) if condition else said)


def _demands(check: RowCheck, labels: dict[str, str], *, days: bool) -> Iterator[str]:
    for code, columns in (("say_required", check.required), ("say_must_be_blank", check.absent)):
        if columns:
            yield text(code, columns=_columns(columns, labels))
    if check.order:
        left, sign, right = check.order
        other = text("say_window_end") if right == "window_end" else _columns([right], labels)
        yield f"{_columns([left], labels)} {text(_sign(sign, days=days))} {other}"


def _columns(codes: Sequence[str], labels: dict[str, str]) -> str:
    return text("say_columns", columns=_listed([_quoted(labels[code]) for code in codes]))


def _or(answers: Sequence[str]) -> str:
    *first, last = answers
    return text("say_answer_or", first=", ".join(first), last=last) if first else last


def _quoted(words: str) -> str:
    return f"“{words}”"
