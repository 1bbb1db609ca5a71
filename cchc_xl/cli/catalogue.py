"""Commands that print the catalogue."""

from __future__ import annotations

import click

from cchc_xl.cli.common import CLEAN, json_option, print_json, print_lines, regime_option
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.texts import text


@click.command(cls=VietnameseCommand, help=text("help_forms"))
@regime_option
@json_option
def forms(regime_id: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.cli.listings import form_lines
    from cchc_xl.tasks.ledger_json import forms_to_json

    loaded = load_regime(regime_id)
    if as_json:
        print_json(forms_to_json(loaded))
    else:
        print_lines(form_lines(loaded))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_rules"))
@regime_option
@json_option
def rules(regime_id: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.cli.listings import rule_lines
    from cchc_xl.tasks.ledger_json import rules_to_json

    loaded = load_regime(regime_id)
    if as_json:
        print_json(rules_to_json(loaded))
    else:
        print_lines(rule_lines(loaded))
    return CLEAN
