"""Commands whose help and usage errors are in Vietnamese: click's own words replaced."""

from __future__ import annotations

import click

from cchc_xl import texts


class VietnameseCommand(click.Command):
    """A command with Vietnamese help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(self, ctx)


class VietnameseGroup(click.Group):
    """A group of commands with Vietnamese help."""

    command_class = VietnameseCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(texts.text("help_commands")):
            formatter.write_dl(
                [(name, self.commands[name].get_short_help_str(90)) for name in self.list_commands(ctx)]
            )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they are used, not by alphabet."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(self, ctx)


def usage_line(error: click.ClickException) -> str:
    """A usage error of click as one Vietnamese line."""
    if isinstance(error, click.NoSuchOption):
        return texts.text("usage_no_such_option", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return texts.text("usage_missing", name=_name(error.param))
    if isinstance(error, click.BadOptionUsage):
        return texts.text("usage_option_value", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return texts.text("usage_bad_value", name=_name(error.param))
    words = error.format_message()
    if words.startswith("No such command"):
        return texts.text("usage_no_such_command", words=words.split("'")[1])
    return texts.text("usage_other", words=" ".join(words.split()))


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name.strip(".")


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = [texts.text("help_options_metavar"), *_arguments(command, ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=texts.text("help_usage"))


def _arguments(command: click.Command, ctx: click.Context) -> list[str]:
    if isinstance(command, click.Group):
        return [texts.text("help_command_metavar")]
    return [
        piece
        for parameter in command.get_params(ctx)
        if isinstance(parameter, click.Argument)
        for piece in parameter.get_usage_pieces(ctx)
    ]


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    required = texts.text("help_required")
    records = [
        (record[0], record[1].replace("[required]", required))
        for option in options
        if (record := option.get_help_record(ctx))
    ]
    with formatter.section(texts.text("help_options")):
        formatter.write_dl(records)


def _help_option(command: click.Command, ctx: click.Context) -> click.Option:
    def show(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return click.Option(
        ctx.help_option_names,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=texts.text("help_help"),
    )
