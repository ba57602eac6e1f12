"""What the suite's code was told and what it let out: texts, keys, log lines, errors, screens, databases."""

import json
import logging
import re
import sys
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import create_engine, inspect, text

from bot import log
from playground.live import Live
from playground.workspace import Workspace
from storage.store import Store, Tx
from storage.vault import DataKey, Vault
from tests.leaks.couples import Hint, hints
from tests.leaks.needles import SHORTEST
from tests.leaks.readers import Sealed

EVERYBODY = "everybody"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # a day stands in every table, and gives nobody away
_ACCOUNT = re.compile(r"[UW][A-Z0-9]{8,11}")  # stands wherever its person does; see `couples`
_SCREENS = frozenset({"message", "message_changed", "ephemeral", "home", "view_open", "view_push", "view_update"})

Screen = tuple[frozenset[str], str]


@dataclass
class Base:
    """One database that a test opened: where it lies, what was sealed for it, and how its files looked last time."""

    url: Any
    keys: set[bytes]
    told: dict[Sealed, None] = field(default_factory=dict)
    hints: dict[Hint, None] = field(default_factory=dict)
    looked: dict[str, tuple[int, int]] = field(default_factory=dict)
    closed: bool = False

    def files(self) -> list[Path]:
        """The database, its log and its index, where it is a file."""
        path = Path(str(self.url.database or ""))
        beside = sorted(path.parent.glob(f"{path.name}*")) if self.url.get_backend_name() == "sqlite" else []
        return [one for one in beside if one.is_file()]

    def changed(self) -> bool:
        """Whether anything was written since the last look."""
        now = {str(one): (one.stat().st_mtime_ns, one.stat().st_size) for one in self.files()}
        before, self.looked = self.looked, now
        return now != before

    def gone(self) -> bool:
        """Whether it can be asked nothing more: a server's database is dropped with its test, a file may be deleted."""
        if self.url.get_backend_name() == "sqlite":
            return not Path(str(self.url.database or "")).is_file()
        return self.closed

    def asking(self) -> "Asking":
        return Asking(self.url)


class Asking:
    """Plain questions to a database, from a connection of its own that only reads."""

    def __init__(self, url: Any) -> None:
        sqlite = url.get_backend_name() == "sqlite"
        plain = f"sqlite:///file:{url.database}?mode=ro&uri=true" if sqlite else url
        self._engine = create_engine(plain, hide_parameters=True)
        self._open = self._engine.connect()
        self._tables = frozenset(inspect(self._open).get_table_names())

    def execute(self, query: Any) -> Any:
        """The rows of a query as they are."""
        return self._open.execute(query)

    def __call__(self, query: str, values: Mapping[str, str]) -> list[str]:
        return [str(row[0]) for row in self._open.execute(text(query), dict(values))]

    def rows(self, table: str) -> list[bytes]:
        """Every cell of a table, as it is."""
        if table not in self._tables:  # a database that no migration has seen yet
            return []
        cells = (cell for row in self._open.execute(text(f'SELECT * FROM "{table}"')) for cell in row)
        return [cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "surrogatepass") for cell in cells]

    def tables(self) -> list[str]:
        return sorted(self._tables)

    def pieces(self, table: str) -> Iterator[str]:
        """Every row of a table, as JSON would show its cells."""
        for row in self._open.execute(text(f'SELECT * FROM "{table}"')):
            yield json.dumps([one for one in row if not isinstance(one, bytes)], default=str).replace('\\"', '"')

    def close(self) -> None:
        self._open.close()
        self._engine.dispose()


@dataclass
class Watch:
    """All of it, for one process. `lines`, `errors` and `screens` are those since the last look."""

    bases: "weakref.WeakKeyDictionary[Vault, Base]" = field(default_factory=weakref.WeakKeyDictionary)
    lines: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    screens: dict[Screen, None] = field(default_factory=dict)
    registries: "weakref.WeakSet[Any]" = field(default_factory=weakref.WeakSet)
    new_registries: list[Any] = field(default_factory=list)

    def told(self, vault: Vault, sealed: Sealed) -> None:
        """Every text in what was sealed, a structure's strings one by one."""
        base = self.bases.get(vault)
        if base is not None:
            base.hints.update(dict.fromkeys(hints(sealed)))
        for one in _texts(sealed.text) if base else ():
            if len(one) >= SHORTEST and base is not None and not _known(one):
                base.told[Sealed(sealed.column, sealed.person, sealed.row, one)] = None

    def shown(self, audience: Collection[str], data: Mapping[str, Any]) -> None:
        """What the bot puts before people; what people say themselves is theirs to say."""
        if "message" not in data or data["message"]["is_bot"]:
            self.screens[frozenset(audience), json.dumps(data, ensure_ascii=False, default=str)] = None

    def metrics(self) -> list[bytes]:
        """All that is counted, as it would be scraped."""
        if not self.registries:
            return []
        from prometheus_client import generate_latest

        return [generate_latest(registry) for registry in list(self.registries)]

    def forget(self) -> None:
        """What was let out has been looked at; closed databases are not looked at again."""
        self.lines.clear()
        self.new_registries.clear()
        self.errors.clear()
        self.screens.clear()
        for vault in [vault for vault, base in self.bases.items() if base.closed]:
            del self.bases[vault]


def _known(text: str) -> bool:
    return bool(_DAY.fullmatch(text) or _ACCOUNT.fullmatch(text))


def _texts(sealed: str) -> Iterator[str]:
    try:
        found = json.loads(sealed)
    except ValueError:
        found = sealed
    yield from _strings(found if isinstance(found, dict | list) else sealed)


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _strings(one)


def install(watch: Watch) -> None:
    """From now on everything that is sealed, logged and shown in this process passes by here, unchanged."""
    _watch_stores(watch)
    _watch_keys(watch)
    _watch_lines(watch)
    _watch_screens(watch)
    _watch_metrics(watch)


def _watch_stores(watch: Watch) -> None:
    init, close, seal = Store.__init__, Store.close, Tx.seal

    def opened(self: Store, url: str, masters: Any, **options: Any) -> None:
        init(self, url, masters, **options)
        watch.bases[self.vault] = Base(self.url, {master.secret for master in masters})

    async def closed(self: Store, *seconds: float) -> None:
        await close(self, *seconds)
        if self.vault in watch.bases:
            watch.bases[self.vault].closed = True

    async def sealed(self: Tx, person_id: str, column: Any, row_id: str, text: str, now: Any) -> bytes:
        watch.told(self.vault, Sealed(f"{column.table.name}.{column.name}", person_id, row_id, text))
        return await seal(self, person_id, column, row_id, text, now)

    Store.__init__, Store.close, Tx.seal = opened, closed, sealed  # type: ignore[method-assign,assignment]


def _watch_keys(watch: Watch) -> None:
    new, unwrap = Vault.new_data_key, Vault.unwrap

    def made(self: Vault, key_id: str) -> tuple[DataKey, bytes]:
        key, wrapped = new(self, key_id)
        if self in watch.bases:
            watch.bases[self].keys.add(key.secret)
        return key, wrapped

    def opened(self: Vault, *wrapped: Any) -> DataKey:
        key = unwrap(self, *wrapped)
        if self in watch.bases:
            watch.bases[self].keys.add(key.secret)
        return key

    Vault.new_data_key, Vault.unwrap = made, opened  # type: ignore[method-assign]


def _watch_lines(watch: Watch) -> None:
    """Lines of every level are made and kept; those below the chosen level go no further."""
    configure = log.configure

    def configured(level: str = "INFO", stream: Any = None) -> None:
        configure(level, stream)
        wanted = logging.getLevelNamesMapping()

        def keep(_logger: Any, method: str, line: str) -> str:
            watch.lines.append(line)
            if wanted[method.upper()] < wanted[level.upper()]:
                raise structlog.DropEvent
            return line

        steps = structlog.get_config()["processors"]
        every = structlog.make_filtering_bound_logger(0)
        structlog.configure(processors=[_errors(watch), *steps, keep], wrapper_class=every)

    log.configure = configured


def _errors(watch: Watch) -> Callable[[Any, str, Any], Any]:
    """What the errors themselves say, and those that they came from."""

    def keep(_logger: Any, _method: str, line: Any) -> Any:
        given = line.get("exc_info")
        problem = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
        for _ in range(8):
            if isinstance(problem, BaseException):
                watch.errors.append(f"{problem} {problem!r}")
                problem = problem.__cause__ or problem.__context__
        return line

    return keep


def _watch_screens(watch: Watch) -> None:
    publish, post = Live.publish, Workspace.post

    def published(self: Live, kind: str, audience: Any, build: Callable[[], Any]) -> None:
        if kind in _SCREENS:
            watch.shown(audience or [EVERYBODY], build())
        publish(self, kind, audience, build)

    def posted(self: Workspace, channel: str, user: str, text: str, now: Any, **fields: Any) -> Any:
        watch.shown([EVERYBODY], {"metadata": fields.get("metadata")})  # every member and app can read it
        return post(self, channel, user, text, now, **fields)

    Live.publish, Workspace.post = published, posted  # type: ignore[method-assign]


def _watch_metrics(watch: Watch) -> None:
    if find_spec("prometheus_client") is None:
        return
    from prometheus_client import CollectorRegistry

    init = CollectorRegistry.__init__

    def made(self: Any, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        watch.registries.add(self)
        watch.new_registries.append(self)

    CollectorRegistry.__init__ = made  # type: ignore[method-assign]
