"""After every test: is anything that people wrote, or that opens it, somewhere it does not belong?

Whatever the vault seals anywhere in the suite is looked for from then on (plain, escaped, in base64) in log lines of
every level, in errors, metrics and what the process printed, in the files of the database (its write-ahead log too),
and before the eyes of people who may not read it. A find fails the test and names the place, never the text.
"""

from collections.abc import Generator, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from playground.server import APP_TOKEN, BOT_TOKEN
from prompts import clean
from tests.hostile.texts import GUESSED, TEXTS, TIMES
from tests.leaks.couples import joined
from tests.leaks.needles import found, of_key, of_text, written
from tests.leaks.readers import READERS, Sealed
from tests.leaks.watch import Asking, Base, Watch, install

WATCH = Watch()
_READ = pytest.StashKey[int]()
_PACKS = Path(__file__).parents[2] / "prompts"


def pytest_configure(config: pytest.Config) -> None:
    install(WATCH)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The fixtures of a test that has just run are still there, its database is open; of its teardown only words."""
    report = yield
    if report.when == "setup" and report.passed:
        return report
    said = dict(report.sections[item.stash.get(_READ, 0) :])
    item.stash[_READ] = len(report.sections)
    leaks = sorted(set(_leaks(WATCH, said, files=report.when == "call")))
    WATCH.forget()
    if leaks:
        report.sections.clear()  # pytest would print them
    if leaks and not report.failed:
        report.outcome = "failed"
        report.longrepr = "\n".join([f"{item.nodeid} let out what is private:", *leaks])
    return report


def _leaks(watch: Watch, printed: dict[str, str], *, files: bool) -> Iterator[str]:
    bases = list(watch.bases.values())
    texts = {told.text: told.column for base in bases for told in base.told if _recognisable(told.text)}
    private = [(name, of_text(one)) for one, name in texts.items()]
    secret = [("a token", of_text(BOT_TOKEN)), ("a token", of_text(APP_TOKEN))]
    secret += [("a key", of_key(key)) for base in bases for key in base.keys]
    for place, said in _said(watch, printed):
        yield from _named(place, said, private + secret)
    there = [base for base in bases if not base.gone()]
    for base in there if files else ():
        yield from _stored(base, secret)
        yield from _joined(base, watch.lines)
    yield from _shown(watch, there)


def _joined(base: Base, lines: list[str]) -> Iterator[str]:
    """Two people, or a person and a short answer, where nothing but a private text puts them together."""
    from sqlalchemy.exc import OperationalError

    if not base.hints:
        return
    try:
        asking = base.asking()
    except OperationalError:  # a server that this test switched off
        return
    try:
        yield from joined(asking, base.hints, lines)
    finally:
        asking.close()


def _named(place: str, said: bytes, wanted: Iterable[tuple[str, tuple[bytes, ...]]]) -> Iterator[str]:
    yield from (f"  {name} in {place}" for name, needles in wanted if found(said, needles))


def _said(watch: Watch, printed: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Everything that the process let out in words."""
    yield "a log line", "\n".join(watch.lines).encode("utf-8", "surrogatepass")
    yield "the text of an error", "\n".join(watch.errors).encode("utf-8", "surrogatepass")
    yield from ((name, text.encode("utf-8", "surrogatepass")) for name, text in printed.items() if "stdout" not in name)
    yield from (("the metrics", metrics) for metrics in watch.metrics())


def _stored(base: Base, secret: list[tuple[str, tuple[bytes, ...]]]) -> Iterator[str]:
    """In the bytes of the database, or row by row where it is a server's."""
    wanted = [(told.column, of_text(told.text)) for told in base.told if _recognisable(told.text)] + secret
    if base.url.get_backend_name() != "sqlite":
        yield from (leak for table, rows in _rows(base) for leak in _named(f"the table {table}", rows, wanted))
    elif base.changed():
        for path in base.files():
            for leak in _named(f"the file {path.name}", written(path.read_bytes()), wanted):
                yield from (leak, *_tables(base, wanted))


def _tables(base: Base, wanted: list[tuple[str, tuple[bytes, ...]]]) -> Iterator[str]:
    for table, rows in _rows(base):
        yield from _named(f"the table {table}", rows, wanted)


def _rows(base: Base) -> Iterator[tuple[str, bytes]]:
    from sqlalchemy.exc import OperationalError

    from storage.tables import metadata

    try:
        asking = base.asking()
    except OperationalError:  # a server that this test switched off
        return
    try:
        for table in metadata.tables:
            yield table, b"\n".join(asking.rows(table))
    finally:
        asking.close()


def _shown(watch: Watch, bases: list[Base]) -> Iterator[str]:
    """Before whose eyes each text came, against who may read it."""
    screens = [(who, shown.encode("utf-8", "surrogatepass")) for who, shown in watch.screens]
    for base in bases if screens else ():
        seen: dict[Sealed, set[str]] = {}
        for told in base.told:
            if told.column in READERS and _recognisable(told.text):
                by = {user for who, shown in screens if found(shown, of_text(told.text)) for user in who}
                seen.update({told: by} if by else {})
        if seen:
            yield from _strangers(base.asking(), seen)


def _strangers(asking: Asking, seen: dict[Sealed, set[str]]) -> Iterator[str]:
    """Who saw what is theirs under no column: one text may have been written in several places."""
    may: dict[str, set[str]] = {}
    try:
        for told in seen:
            may.setdefault(told.text, set()).update(READERS[told.column](asking, told))
    finally:
        asking.close()
    for told, by in seen.items():
        for user in sorted(by - may[told.text] - {"U07BOT0001"}):
            yield f"  {told.column} before the eyes of {user}"


@cache
def _recognisable(text: str) -> bool:
    """Whether a text says who wrote it: what stands in our own words, or is one letter over and over, does not."""
    return len(set(text)) > 3 and text not in _words() and text.strip() not in _typed_by_all()


@cache
def _typed_by_all() -> frozenset[str]:
    """What the hostile requests have everybody type, so that it says nothing about anybody."""
    return frozenset(" ".join(clean(one).split()) for one in (*TEXTS, *TIMES, *GUESSED)) | {
        clean(one).strip() for one in (*TEXTS, *TIMES, *GUESSED)
    }


@cache
def _words() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_PACKS.rglob("*.toml")))
