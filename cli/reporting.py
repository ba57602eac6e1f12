"""`report`: what is published of a programme, as a summary, a page and a CSV; it only reads, beside a bot, too."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import system_clock
from bot.domain.refusals import Refusal
from bot.settings import StorageSettings, load, master_keys
from cli.saying import english, library, problems_in_words, say
from prompts import Library, Words
from storage.beside import open_existing
from storage.migrate import refuse_behind
from storage.store import Store

if TYPE_CHECKING:  # a command line that reports nothing does without them
    from bot.domain.report.paper import Paper

Cohort = Annotated[str, typer.Argument(help="A cohort's name; all of them where none is named.")]
Period = Annotated[str, typer.Option("--period", help="Such as 2026-Q2, 2026-03, or 'last month'; whole weeks.")]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write the page for the steering group to this file or folder.")
]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write the figures for a spreadsheet to this file or folder.")]
Language = Annotated[str, typer.Option("--language", help="Such as en or fr.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over files that are there already.")]
Team = Annotated[str, typer.Option("--team", help="The workspace's id, where the database has several.")]


def report(
    cohort: Cohort = "", period: Period = "", html: Html = None, csv: Csv = None, language: Language = "en",
    team: Team = "", replace: Replace = False,
) -> None:  # fmt: skip
    """Who benefited: what is published, as a summary, and as files where asked for. Draws and changes nothing."""
    packs = library()
    words = _words(packs, language)
    with problems_in_words(english()):
        settings = load(StorageSettings)
    with _in_words(words, settings):
        paper = asyncio.run(_read(settings, packs, words, (cohort, period), team))
        _summary(words, paper)
        targets = _targets(words, paper, {"html": html, "csv": csv}, replace)
        for ending, path in targets.items():
            _write(words, path, _file(words, paper, ending))
            say_line(words, ending, path=path)
        if not targets:
            say_line(words, "hint")


def say_line(words: Words, key: str, *, error: bool = False, **params: object) -> None:
    """A sentence of the report's own, in its language."""
    typer.echo(words.say(f"paper.line.{key}", **params), err=error)


def _words(packs: Library, language: str) -> Words:
    known = packs.languages
    if language.partition("-")[0].lower() not in {one.lower() for one in known}:
        say_line(packs.words("en"), "language", error=True, language=language, known=", ".join(known))
        raise typer.Exit(2)
    return packs.words(language)


async def _read(settings: StorageSettings, packs: Library, words: Words, wanted: tuple[str, str], team: str) -> "Paper":
    """Raises Refusal for a cohort or a period that is none."""
    store, _ = open_existing(settings.database_url, master_keys(settings.master_keys))
    try:
        await refuse_behind(store)
        return await _paper(store, packs, words, wanted, await _workspace(store, words, team))
    finally:
        await store.close()


async def _workspace(store: Store, words: Words, team: str) -> str:
    from storage.report import papers

    async with store.read(team) as tx:
        known = await papers.workspaces(tx)
    if team in known or (len(known) == 1 and not team):
        return team or known[0]
    say_line(words, "several" if known else "none", error=True, teams=", ".join(known))
    raise typer.Exit(2)


async def _paper(store: Store, packs: Library, words: Words, wanted: tuple[str, str], team: str) -> "Paper":
    from bot.domain.report.paper import Asked
    from bot.services.kit import Kit
    from bot.services.report.paper import check_begun, named, paper_of, span_of
    from storage import programme as programmes

    kit = Kit(store, system_clock, packs, team=team)
    async with store.read(team) as tx:
        known = await programmes.get(tx)
        assert known is not None
        asked = Asked(await named(tx, wanted[0]), await span_of(kit, known, wanted[1], words))
        await check_begun(kit, tx, known, asked, words)
        paper = await paper_of(kit, tx, known, asked)
    if not paper.parts:
        raise Refusal("paper.refused.none")
    return paper


def _summary(words: Words, paper: "Paper") -> None:
    from bot.views.report import paper_lines as lines

    say_line(words, "done", whom=lines.whom(words, paper), period=lines.period(words, paper))
    for line in lines.in_short(words, paper):
        typer.echo(f"  {line}")
    if caveat := lines.caveat(words, paper.whole):
        typer.echo(f"  {caveat}")


def _targets(words: Words, paper: "Paper", wanted: "dict[str, Path | None]", replace: bool) -> "dict[str, Path]":
    """Where each file goes, before any is written: in a folder under the report's own name. Exit code 2 for one that
    is there already."""
    from bot.views.report.paper_page import file_name

    found = {
        ending: path / file_name(words, paper, ending) if path.is_dir() else path
        for ending, path in wanted.items()
        if path is not None
    }
    for path in found.values():
        if path.exists() and not replace:
            say_line(words, "exists", error=True, path=path)
            raise typer.Exit(2)
    return found


def _write(words: Words, path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError:
        say_line(words, "unwritable", error=True, path=path)
        raise typer.Exit(2) from None


def _file(words: Words, paper: "Paper", ending: str) -> bytes:
    if ending == "html":
        from bot.views.report.paper_page import page

        return page(words, paper)
    from bot.views.report.paper_csv import figures_csv

    return figures_csv(words, paper)


@contextmanager
def _in_words(words: Words, settings: StorageSettings) -> Iterator[None]:
    """What can go wrong with a report, as sentences; exit code 2."""
    try:
        with problems_in_words(english(), settings):
            try:
                yield
            except (IsADirectoryError, PermissionError, FileNotFoundError) as problem:
                say(english(), "copying.file", error=True, path=problem.filename, reason=problem.strerror)
                raise typer.Exit(2) from None
    except Refusal as refused:
        typer.echo(words.say(refused.key, **refused.params).replace("*", ""), err=True)
        raise typer.Exit(2) from None
