"""`import`: a file with people, checked row by row and saved; the bot may run beside it on PostgreSQL only."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import system_clock
from bot.domain.refusals import Refusal
from bot.settings import Settings, load, master_keys
from cli.saying import library, problems_in_words, progress, say
from prompts import Library, Words
from storage.beside import open_existing
from storage.migrate import refuse_behind
from storage.store import Store

if TYPE_CHECKING:  # a command line that imports nothing does without them
    from bot.domain.roster import Columns, Problem, Result, Saved, Sheet

WHO = "command line"
"""Who it was, in the audit log."""

File = Annotated[Path, typer.Argument(help="CSV: commas, semicolons or tabs; UTF-8, UTF-16 or Windows letters.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look; nothing is saved. Works beside a running bot.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", help="column=field, the column by header or letter; column=- leaves it out."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Save without asking.")]


def bring_in(file: File, dry_run: DryRun = False, map_: Map = None, yes: Yes = False) -> None:
    """Bring in people from a list: every problem is listed first, then it asks and saves. Enrols nobody."""
    packs = library()
    words = packs.words("en")
    with problems_in_words(words):
        settings = load(Settings)
    with _in_words(words, settings, file):
        sheet, columns = _read(words, file, map_ or [])
        asyncio.run(_Import(settings, packs, words, dry_run, yes).run(sheet, columns))


def _read(words: Words, file: Path, pairs: list[str]) -> "tuple[Sheet, Columns]":
    """The file's cells, and which column is what. Raises Refusal and OSError."""
    from bot.domain.roster import checked, decode, guess, named, read
    from bot.services.roster.words import headers

    text, guessed = decode(file.read_bytes())
    sheet = read(text, guessed=guessed)
    chosen, without = named(pairs, sheet.headers)
    found = {one: n for one, n in guess(sheet.headers, headers(words)).items() if n not in without}
    found = {one: n for one, n in found.items() if n not in chosen.values()} | chosen
    return sheet, checked(found, len(sheet.headers))


@dataclass
class _Import:
    """One run of the command."""

    settings: Settings
    library: Library
    words: Words
    dry_run: bool
    yes: bool

    async def run(self, sheet: "Sheet", columns: "Columns") -> None:
        """Look everybody up, say what is wrong, ask, save."""
        _show_columns(self.words, sheet, columns)
        store, beside = open_existing(self.settings.database_url, master_keys(self.settings.master_keys))
        try:
            if beside and not self.dry_run:
                say(self.words, "importing.beside", error=True)
                raise typer.Exit(2)
            await refuse_behind(store)
            await self._with(store, sheet, columns)
        finally:
            await store.close()

    async def _with(self, store: Store, sheet: "Sheet", columns: "Columns") -> None:
        from bot.services.kit import Kit
        from bot.services.roster.saving import save_unasked

        team, result = await self._dry_run(store, sheet, columns)
        _show(self.words, sheet, result)
        if self.dry_run or not result.people:
            say(self.words, "importing.nothing_saved")
            return
        if not self.yes and not typer.confirm(self.words.say("app.importing.sure", n=result.counts.saved)):
            say(self.words, "importing.nothing_saved")
            raise typer.Exit(1)
        saved = await save_unasked(Kit(store, system_clock, self.library, team=team), team, result, WHO)
        if saved is None:
            say(self.words, "importing.changed", error=True)
            raise typer.Exit(2)
        _show_saved(self.words, saved)

    async def _dry_run(self, store: Store, sheet: "Sheet", columns: "Columns") -> "tuple[str, Result]":
        from bot.delivery.clients import Clients, one_token
        from bot.delivery.roster import read_patiently
        from bot.services.roster.checks import dry_run, known_of
        from storage import programme

        clients = Clients(one_token(self.settings.slack_bot_token.get_secret_value()), self.settings.slack_api_url)
        try:
            client = await clients("")
            team = str((await client.auth_test())["team_id"])
            async with store.read(team) as tx:
                if await programme.get(tx) is None:
                    raise Refusal("common.errors.not_set_up")
                known = await known_of(tx)
            with progress(lambda what: self.words.say(f"app.importing.{what}")) as told:
                accounts = await read_patiently(client, lambda n: told("accounts", n, None))
                checked = await dry_run(sheet, columns, accounts, self.words, known, lambda n, of: told("rows", n, of))
                return team, checked
        finally:
            await clients.close()


def _show_columns(words: Words, sheet: "Sheet", columns: "Columns") -> None:
    from bot.domain.roster import letter

    fields = {n: one for one, n in columns.items()}
    for n, header in enumerate(sheet.headers):
        meaning = words.say(f"roster.fields.{fields[n]}") if n in fields else words.say("app.importing.unread")
        say(words, "importing.column", letter=letter(n), header=header, field=meaning)
    if sheet.guessed:
        say(words, "importing.guessed")


def _show(words: Words, sheet: "Sheet", result: "Result") -> None:
    """What is wrong how often, every problem on a line of its own, then the counts."""
    from bot.domain.roster import causes
    from bot.views.roster import kind

    for trouble, rows in causes(result.problems):
        print(kind(words, trouble, rows))
    for one in result.problems:
        print(_line(words, sheet, one))
    counts = result.counts
    say(
        words, "importing.counts", n=counts.saved, new=counts.new, changed=counts.changed,
        unchanged=counts.unchanged, out=counts.left_out, problems=len(result.problems), missing=counts.missing,
    )  # fmt: skip


def _line(words: Words, sheet: "Sheet", one: "Problem") -> str:
    from bot.domain.roster import letter

    place = letter(one.column) if one.column is not None else "*"
    header = sheet.headers[one.column] if one.column is not None else words.say("roster.result.whole")
    text = words.say(f"roster.troubles.{one.trouble}", found=one.found, more=one.more)
    key = "out" if one.leaves_out else "kept"
    return words.say(f"app.importing.{key}", row=one.row, letter=place, header=header, text=text)


def _show_saved(words: Words, saved: "Saved") -> None:
    say(words, "importing.saved", n=saved.counts.saved, lines=saved.lines)
    for junior, senior in saved.forbidden:
        say(words, "importing.forbidden", junior=junior, senior=senior)
    say(words, "importing.correct")


@contextmanager
def _in_words(words: Words, settings: Settings, file: Path) -> Iterator[None]:
    """What can go wrong with a list, as sentences; exit code 2."""
    with problems_in_words(words, settings):
        try:
            yield
            return
        except Refusal as refused:
            say(words, "importing.refused", error=True, reason=words.say(refused.key, **refused.params))
        except FileNotFoundError:
            say(words, "importing.no_file", error=True, path=file)
        except (IsADirectoryError, PermissionError) as problem:
            say(words, "copying.file", error=True, path=file, reason=problem.strerror)
        raise typer.Exit(2)
