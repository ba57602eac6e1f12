"""A real PostgreSQL server from the system's binaries, in a temporary folder, for one run of the tests.

`Server` starts one. `shared(folder)` gives every process of a run the same one: whoever asks first starts this file as
a process of its own, which ends the server when the run lets go of `folder/alive`, or dies.
"""

import ctypes
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

_START = 60.0
_TRIES = 4
_QUICK = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "max_connections": "200", "shared_buffers": "64MB", "wal_level": "minimal", "max_wal_senders": "0",
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "log_min_messages": "fatal",
    "timezone": "Asia/Tokyo",
}  # fmt: skip
"""Nothing here has to survive the machine; and a server's own time zone must not matter."""


class NoServer(Exception):
    """The server did not start; the text is what it said."""


@cache
def binaries() -> Path | None:
    """Where the newest server's programs are; None where there are none."""
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]), reverse=True)
    programs = [*places, *([Path(found).resolve()] if found else [])]
    return programs[0].parent if programs else None


class Server:
    """One server on a free port of this machine; its data is gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._programs = folder, binaries()
        self._password, self._port = secrets.token_hex(16), _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._account = _account()
        if self._account:
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as libpq spells it."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self._port}/{database}"

    def create(self) -> None:
        """Make the folder of data. Raises NoServer."""
        secret = self.folder / "password"
        secret.write_text(self._password, encoding="ascii")
        options = ["--no-sync", "--auth=scram-sha-256", "--username=postgres", "--locale=C", "--encoding=UTF8"]
        made = self._run("initdb", "-D", str(self.data), f"--pwfile={secret}", *options)
        if made.wait() != 0:
            raise NoServer(self._said())

    def start(self) -> None:
        """On another port where somebody was quicker to take ours. Raises NoServer."""
        for _ in range(_TRIES):
            try:
                return self._launch()
            except NoServer:
                self._port = _free_port()
        self._launch()

    def _launch(self) -> None:
        settings = [word for name, value in _QUICK.items() for word in ("-c", f"{name}={value}")]
        self._process = self._run("postgres", "-D", str(self.data), "-p", str(self._port), *settings)
        end = time.monotonic() + _START
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > end:
                raise NoServer(self._said())
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """At once, whoever is connected."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()

    def restart(self) -> None:
        """As an operator does it: everybody's connection is cut, what was committed is there afterwards."""
        self.stop(signal.SIGINT)
        self._launch()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()
        except OSError:
            return False
        return self._process is not None and lines[:1] == [str(self._process.pid)] and lines[7:8] == ["ready   "]

    def _run(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        assert self._programs is not None
        user = {"user": self._account.pw_uid, "group": self._account.pw_gid} if self._account else {}
        with (self.folder / "said").open("ab") as said:
            begun: subprocess.Popen[bytes] = subprocess.Popen(
                [self._programs / program, *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True, preexec_fn=_die_with_parent, **user,  # type: ignore[call-overload]
            )  # fmt: skip
            return begun

    def _said(self) -> str:
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")[-2000:]


@contextmanager
def started() -> Iterator[Server]:
    """A server of one's own, for tests that stop and start it."""
    folder = Path(tempfile.mkdtemp(prefix="revmentor-postgres-"))
    server = Server(folder)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def hold_run() -> tuple[Path, IO[str]]:
    """A folder for one run of the tests, and the handle whose lock says that the run goes on."""
    folder = Path(tempfile.mkdtemp(prefix="revmentor-run-"))
    folder.chmod(0o711)  # the server's account passes through
    alive = (folder / "alive").open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    return folder, alive


def let_go(folder: Path, alive: IO[str]) -> None:
    """The run is over: its server ends, and its folder goes."""
    fcntl.flock(alive, fcntl.LOCK_UN)
    alive.close()
    with locked(folder / "served"):  # held by the process that serves, until its server has ended
        shutil.rmtree(folder, ignore_errors=True)


def shared(folder: Path) -> str:
    """The address of the run's server, started where it is not running yet. Raises NoServer."""
    address = folder / "address"
    with locked(folder / "starting"):
        if not address.exists():
            with (folder / "problem").open("w") as problem:
                server = subprocess.Popen([sys.executable, __file__, folder], stderr=problem, start_new_session=True)
            while not address.exists():
                if server.poll() is not None:
                    raise NoServer((folder / "problem").read_text(encoding="utf-8"))
                time.sleep(0.02)
            server.returncode = 0  # nobody waits for it: Python need not warn that it outlives us
        return address.read_text(encoding="ascii")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _serve(folder: Path) -> None:
    with locked(folder / "served"):
        home = folder / "server"
        home.mkdir()
        server = Server(home)
        try:
            server.create()
            server.start()
            (folder / "new").write_text(server.url(), encoding="ascii")
            (folder / "new").rename(folder / "address")
            with locked(folder / "alive"):  # the run has ended, one way or the other
                pass
        finally:
            server.stop()
            shutil.rmtree(home, ignore_errors=True)
    if not (folder / "alive").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)  # nobody was left to do it


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as: itself refuses to be root's."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name: account for account in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
