"""Commands that print the catalogue."""

from __future__ import annotations

import click

from cchc_xl.cli.common import CLEAN, REGIME, print_json, print_lines
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.texts import text


@click.command(cls=VietnameseCommand, help=text("help_forms"))
@click.option("--regime", metavar="ID", default=REGIME, help=text("help_regime"))
@click.option("--json", "as_json", is_flag=True, help=text("help_json"))
def forms(regime: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.cli.listings import form_lines
    from cchc_xl.tasks.ledger_json import forms_to_json

    loaded = load_regime(regime)
    if as_json:
        print_json(forms_to_json(loaded))
    else:
        print_lines(form_lines(loaded))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_rules"))
@click.option("--regime", metavar="ID", default=REGIME, help=text("help_regime"))
@click.option("--json", "as_json", is_flag=True, help=text("help_json"))
def rules(regime: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.cli.listings import rule_lines
    from cchc_xl.tasks.ledger_json import rules_to_json

    loaded = load_regime(regime)
    if as_json:
        print_json(rules_to_json(loaded))
    else:
        print_lines(rule_lines(loaded))
    return CLEAN
