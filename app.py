"""revmentor's command line, put together: every command is a function in `cli/`."""

import typer

from cli import copying, data, doctor, importing, manifest, play, reporting, running
from cli.saying import english, say

cli = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
keys = typer.Typer(help="Make and change master keys.")
cli.add_typer(keys, name="keys")

cli.command(name="demo")(play.play)
cli.command(name="run")(running.run)
cli.command(name="migrate")(data.bring_up_to_date)
keys.command(name="new")(data.new_key)
keys.command(name="rotate")(data.rotate_keys)
keys.command(name="forget")(data.forget_keys)
cli.command(name="manifest")(manifest.show)
cli.command(name="doctor")(doctor.examine)
cli.command(name="import")(importing.bring_in)
cli.command(name="backup")(copying.back_up)
cli.command(name="restore")(copying.restore)
cli.command(name="copy")(copying.copy)
cli.command(name="report")(reporting.report)


@cli.callback(invoke_without_command=True)
def about(context: typer.Context) -> None:
    """Runs a reverse-mentoring programme in Slack."""
    if context.invoked_subcommand is None:
        words = english()
        for line in ("line_1", "line_2", "line_3"):
            say(words, f"about.{line}")


if __name__ == "__main__":
    cli()
