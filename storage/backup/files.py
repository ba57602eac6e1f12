"""What lies in a backup's folder: a SQLite file without data keys, the data keys apart, and a list of both."""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

DATABASE, KEYS, MANIFEST = "revmentor.db", "keys.json", "backup.json"
FORMAT = 1
_CHUNK = 1 << 20


class BadBackup(Exception):
    """A backup cannot be used; the text is `missing`, `damaged`, `format`, `exists` or `keys`, `path` the file."""

    def __init__(self, why: str, path: Path) -> None:
        super().__init__(why)
        self.path = path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `made_at` is the moment that it shows; `sha256` is of the database file."""

    made_at: datetime
    revision: str
    rows: dict[str, int]
    keys: int
    sha256: str


@dataclass(frozen=True, slots=True, repr=False)
class WrappedKey:
    """A data key as it is stored: closed, without the master key that it lies under."""

    person_id: str
    team_id: str
    id: str
    master_id: str
    wrapped: bytes
    created_at: datetime
    after_loss: bool


def write_manifest(folder: Path, manifest: Manifest) -> None:
    _write(folder / MANIFEST, {"format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()})


def read_manifest(folder: Path) -> Manifest:
    """Raises BadBackup, also where the database file is not the one that was written."""
    found = _read(folder / MANIFEST)
    try:
        manifest = Manifest(
            datetime.fromisoformat(found["made_at"]), str(found["revision"]), dict(found["rows"]), int(found["keys"]),
            str(found["sha256"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as problem:
        raise BadBackup("damaged", folder / MANIFEST) from problem
    if sha256(folder / DATABASE) != manifest.sha256:
        raise BadBackup("damaged", folder / DATABASE)
    return manifest


def write_keys(path: Path, keys: list[WrappedKey]) -> None:
    """Data keys, wrapped as they are, with a sum to know them by."""
    rows = [_to_json(key) for key in keys]
    _write(path, {"format": FORMAT, "sha256": _sum(rows), "keys": rows})


def read_keys(path: Path) -> list[WrappedKey]:
    """Raises BadBackup."""
    found = _read(path)
    try:
        rows = found["keys"]
        if _sum(rows) != found["sha256"]:
            raise BadBackup("damaged", path)
        return [_from_json(row) for row in rows]
    except (KeyError, TypeError, ValueError, binascii.Error) as problem:
        raise BadBackup("damaged", path) from problem


def sha256(path: Path) -> str:
    """The sum of a file. Raises BadBackup where there is none."""
    summed = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                summed.update(chunk)
    except OSError as problem:
        raise BadBackup("missing", path) from problem
    return summed.hexdigest()


def _to_json(key: WrappedKey) -> dict[str, Any]:
    wrapped = base64.b64encode(key.wrapped).decode()
    return {**asdict(key), "wrapped": wrapped, "created_at": key.created_at.isoformat()}


def _from_json(row: Mapping[str, Any]) -> WrappedKey:
    wrapped = base64.b64decode(row["wrapped"], validate=True)
    return WrappedKey(**{**row, "wrapped": wrapped, "created_at": datetime.fromisoformat(row["created_at"])})


def _sum(rows: Any) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Kept on the disk before this returns, and readable by nobody else. Raises BadBackup where it exists."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise BadBackup("exists", path) from problem
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise BadBackup("missing", path) from problem
    except ValueError as problem:
        raise BadBackup("damaged", path) from problem
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadBackup("format", path)
    return found
