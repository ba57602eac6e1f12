"""Which database a test runs on: SQLite, PostgreSQL (`--database=postgresql`), or one after the other.

Tests ask for `database`, a fresh one with all tables. The marks: `sqlite` is about SQLite itself, `postgresql` needs a
server whatever was asked for, `both` is part of the default run on either. Where the system has no PostgreSQL binaries,
what needs them says so and skips. Most of
what is about PostgreSQL is left to `make check` and `make postgres`.
"""

import asyncio
import shutil
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, NullPool, StaticPool, create_engine, inspect, text
from sqlalchemy.engine import make_url

from storage.ids import new_nonce
from storage.migrate import migrate
from storage.store import Store
from storage.tables import metadata
from storage.vault import MasterKey
from tests import postgres

NO_BINARIES = "no PostgreSQL server on this machine: no initdb in /usr/lib/postgresql/*/bin or on the PATH"
_TEMPLATE = "revmentor_template"
_RUN = pytest.StashKey[tuple[Path, Any]]()
_config: list[pytest.Config] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what tests are run on")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite: about SQLite itself")
    config.addinivalue_line("markers", "postgresql: needs a PostgreSQL server")
    config.addinivalue_line("markers", "both: runs on SQLite and, thoroughly, on PostgreSQL, unless one is asked for")
    _config.append(config)
    if not hasattr(config, "workerinput"):
        config.stash[_RUN] = postgres.hold_run()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist starts a worker: it belongs to the same run."""
    node.workerinput["run"] = str(node.config.stash[_RUN][0])


def pytest_unconfigure(config: pytest.Config) -> None:
    if _RUN in config.stash:
        postgres.let_go(*config.stash[_RUN])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        kinds = _kinds(metafunc)
        if len(kinds) > 1:
            metafunc.parametrize("backend", kinds, indirect=True)


def _kinds(metafunc: pytest.Metafunc) -> list[Any]:
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    asked = str(metafunc.config.getoption("database"))
    either = "both" in marks and "sqlite" not in marks and asked == "sqlite"
    return ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)] if either else [asked]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.getoption("database")
    for item in items:
        if asked == "postgresql" and item.get_closest_marker("sqlite"):
            item.add_marker(pytest.mark.skip(reason="about SQLite itself"))
        if postgres.binaries() is None and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason=NO_BINARIES))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """What this test runs on: "sqlite" or "postgresql"."""
    if request.node.get_closest_marker("postgresql"):
        return "postgresql"
    return str(getattr(request, "param", request.config.getoption("database")))


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with all tables, gone afterwards."""
    if backend == "sqlite":
        path = tmp_path / "revmentor.db"
        shutil.copyfile(request.getfixturevalue("empty_database"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        with on_server() as address:
            yield address


@contextmanager
def for_a_town(path: Path, backend: str | None = None) -> Iterator[str]:
    """The address of a database that `migrate` has brought up to date; SQLite's is a file at `path`."""
    asked = backend or str(_config[-1].getoption("database"))
    if asked == "sqlite":
        yield f"sqlite+aiosqlite:///{path}" if path.exists() else migrated(path)
    else:
        with on_server() as address:
            yield address


def migrated(path: Path) -> str:
    """The address of a new SQLite file at `path`, as `migrate` leaves it."""
    shutil.copyfile(migrated_file(), path)
    return f"sqlite+aiosqlite:///{path}"


def migrated_file() -> Path:
    """A SQLite file as `migrate` leaves it, made once in a run of the tests: it takes a tenth of a second."""
    path = _folder() / "migrated.db"
    with postgres.locked(path.with_suffix(".making")):
        if not path.exists():
            making = path.with_name("making.db")
            _beside(_migrate(f"sqlite+aiosqlite:///{making}"))
            making.rename(path)
    return path


def _folder() -> Path:
    """What the processes of a run share."""
    config = _config[-1]
    return Path(config.workerinput["run"]) if hasattr(config, "workerinput") else config.stash[_RUN][0]


def _beside(work: Coroutine[Any, Any, None]) -> None:
    """Run it to its end; a loop may be running here."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(work)).result()


@contextmanager
def on_server(*, bare: bool = False) -> Iterator[str]:
    """The address of a fresh database on the run's PostgreSQL server, with all tables unless it is to be `bare`."""
    server = postgres_server()
    name = f"test_{new_nonce().lower()}"
    ask(server, f'CREATE DATABASE "{name}" TEMPLATE {"template1" if bare else _TEMPLATE}')
    try:
        yield async_address(server, name)
    finally:
        ask(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def ask(server: str, *statements: str) -> None:
    """Each outside any transaction."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def async_address(server: str, name: str) -> str:
    """The same server's database of this name, as the settings spell it."""
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def postgres_server() -> str:
    """The address of the run's server, whose template has all tables; skips the test where there can be none."""
    if postgres.binaries() is None:
        pytest.skip(NO_BINARIES)
    folder = _folder()
    server = postgres.shared(folder)
    with postgres.locked(folder / "migrating"):
        if not (folder / "migrated").exists():
            make_template(server)
            (folder / "migrated").touch()
    return server


def make_template(server: str) -> None:
    """A database brought up to date as `app.py migrate` does it, for others to be copied from."""
    ask(server, f"CREATE DATABASE {_TEMPLATE}")
    _beside(_migrate(async_address(server, _TEMPLATE)))


async def _migrate(address: str) -> None:
    store = Store(address, [MasterKey.new("template")])
    try:
        await migrate(store)
    finally:
        await store.close()


def every_cell(url: URL) -> bytes:
    """All that is in a server's database, as it is stored."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as found:
        names = inspect(found).get_table_names()  # as it is now: a test may have renamed one
        rows = [row for name in names for row in found.execute(text(f'SELECT * FROM "{name}"'))]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)


class Changes:
    """Tells from outside whether a bot has changed anything in its database."""

    def __init__(self, url: URL) -> None:
        self._sqlite = url.get_backend_name() == "sqlite"
        plain = url.set(drivername="sqlite") if self._sqlite else url
        self._engine = create_engine(plain, isolation_level="AUTOCOMMIT", poolclass=StaticPool)
        self._open = self._engine.connect()

    def version(self) -> int:
        """Another number after every commit that changes something."""
        if self._sqlite:
            return int(self._open.execute(text("PRAGMA data_version")).scalar_one())
        rows = 'SELECT count(*), max(CAST(CAST(xmin AS text) AS bigint)) FROM "{}"'
        every = " UNION ALL ".join(rows.format(name) for name in metadata.tables)
        return hash(tuple(tuple(row) for row in self._open.execute(text(every))))

    def close(self) -> None:
        self._open.close()
        self._engine.dispose()
