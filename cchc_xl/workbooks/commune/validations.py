"""What input cells accept, with the prompt an officer sees and the message that stops a wrong entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import AND, FALSE, IF, ISNUMBER
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.numbers.limits import NUMBER, limits
from cchc_xl.model import KPS, Choice, Indicator, Kind, RegisterColumn
from cchc_xl.model.planned import Validation

LONGEST_TITLE = 32
LONGEST_TEXT = 225  # Excel takes 255 but does not show them all everywhere
_DATES = (date(2000, 1, 1), date(2100, 12, 31))


@lru_cache(maxsize=4096)
def figure_validation(indicator: Indicator, address: str) -> Validation:
    """The validation of an indicator's input cell; its formula looks at that cell only."""
    kind, formula = "custom", ""
    choices: tuple[str, ...] = ()
    if indicator.kind is Kind.CHOICE:
        kind, choices = "list", tuple(choice.code for choice in indicator.choices)
    elif indicator.kind is Kind.DATE:
        kind = "date"
    elif indicator.kind is Kind.TEXT:
        kind = "any"
    else:
        formula = number_formula(indicator, address)
    return Validation(
        range=address,
        kind=kind,
        formula=formula,
        choices=choices,
        bounds=_DATES if kind == "date" else None,
        prompt_title=_prompt_title(indicator),
        prompt=_prompt(indicator),
        stop_title=texts.text("wb_stop_title") if kind != "any" else "",
        stop=_stop(indicator) if kind != "any" else "",
    )


def number_formula(of: Indicator | RegisterColumn, address: str) -> str:
    """What a number cell takes, as the validation of the cell at `address`."""
    return to_excel(taken_by(of), {NUMBER: address})


def taken_by(of: Indicator | RegisterColumn) -> Formula:
    """Whether the cell NUMBER takes what is typed: a number within its limits, KPS where it is an answer."""
    own = cell(NUMBER)
    fits = AND(*(limit.holds for limit in limits(of)))
    otherwise = own.equals(KPS) if isinstance(of, Indicator) and of.accepts_kps else FALSE
    return Formula(IF(ISNUMBER(own), fits, otherwise))


def column_validation(column: RegisterColumn, area: str, first: str) -> Validation | None:
    """The validation of a register column; None where anything may be typed and nothing need be said."""
    bare = Validation(
        area, "any", prompt_title=column.label[:LONGEST_TITLE] if column.help else "", prompt=column.help
    )
    if column.kind is Kind.CHOICE:
        listed = tuple(choice.code for choice in column.choices)
        stop = _stop_choice(column.choices)
        return replace(bare, kind="list", choices=listed, stop_title=_stop_title(), stop=stop)
    if column.kind is Kind.DATE:
        stop = texts.text("wb_stop_date")
        return replace(bare, kind="date", bounds=_DATES, stop_title=_stop_title(), stop=stop)
    if column.kind in (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL):
        formula = number_formula(column, first)
        stop = texts.text(f"wb_stop_{column.kind.value}")
        return replace(bare, kind="custom", formula=formula, stop_title=_stop_title(), stop=stop)
    return bare if column.help else None


def date_validation(address: str, title: str, prompt: str) -> Validation:
    """A date typed as dd/mm/yyyy."""
    stop = texts.text("wb_stop_date")
    return Validation(address, "date", "", (), _DATES, title, prompt, _stop_title(), stop)


def text_validation(address: str, title: str, prompt: str) -> Validation:
    """Any text; only a prompt."""
    return Validation(address, "any", prompt_title=title, prompt=prompt)


def _stop_title() -> str:
    return texts.text("wb_stop_title")


def _prompt_title(indicator: Indicator) -> str:
    number = indicator.number.rstrip(".")
    title = texts.text("wb_prompt_title", number=number) if number else indicator.label
    return title[:LONGEST_TITLE]


def _prompt(indicator: Indicator) -> str:
    sentences = [indicator.help] if indicator.help else []
    wanted = texts.text(f"wb_prompt_{indicator.kind.value}")
    if indicator.kind is Kind.RATIO and "%" not in indicator.help:
        sentences.append(wanted)
    if not sentences and wanted:
        sentences.append(wanted)
    if indicator.accepts_kps and KPS not in indicator.help:
        sentences.append(texts.text("wb_prompt_kps"))
    while len(text := " ".join(sentences)) > LONGEST_TEXT and len(sentences) > 1:
        sentences.pop()
    return text


def _stop(indicator: Indicator) -> str:
    if indicator.kind is Kind.CHOICE:
        return _stop_choice(indicator.choices)
    text = texts.text(f"wb_stop_{indicator.kind.value}")
    if indicator.maximum is not None:
        largest = f"{indicator.maximum:,f}".replace(",", ".")
        text += " " + texts.text("wb_stop_maximum", maximum=largest)
    return text + " " + texts.text("wb_stop_kps" if indicator.accepts_kps else "wb_stop_no_kps")


def _stop_choice(choices: tuple[Choice, ...]) -> str:
    """The answers with what they mean; without where that is too long, for the cell lists them anyway."""
    meanings = (c.code if c.code == c.label else f"{c.code} = {c.label}" for c in choices)
    for listed in ("; ".join(meanings), "; ".join(c.code for c in choices)):
        text = texts.text("wb_stop_choice", choices=listed)
        if len(text) <= LONGEST_TEXT:
            return text
    return texts.text("wb_stop_choice_listed")
