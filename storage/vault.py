"""Encryption of private columns: a data key per person, wrapped by the master keys of the settings."""

import base64
import binascii
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column

from storage.types import SEALED_MARK, Sealed

_NONCE = 12
_LONGEST_ID = 64


class VaultError(Exception):
    """A key is missing or a sealed value was tampered with; the text names the row, never its content."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """One key of the settings: `id` is stored beside what it wraps, `secret` is 32 bytes."""

    id: str
    secret: bytes

    @classmethod
    def parse(cls, text: str) -> "MasterKey":
        """Read `id:base64`. Raises VaultError with what to do."""
        key_id, _, encoded = text.strip().partition(":")
        try:
            secret = base64.urlsafe_b64decode(encoded)
        except (binascii.Error, ValueError) as problem:
            raise VaultError("a master key is not base64; `python app.py keys new` makes one") from problem
        if not 0 < len(key_id) <= _LONGEST_ID or len(secret) != 32:
            raise VaultError("a master key reads id:base64 of 32 bytes; `python app.py keys new` makes one")
        return cls(key_id, secret)

    @classmethod
    def new(cls, key_id: str) -> "MasterKey":
        return cls(key_id, AESGCM.generate_key(bit_length=256))

    def text(self) -> str:
        """The form that goes into the settings; the one place where the secret is written out."""
        return f"{self.id}:{base64.urlsafe_b64encode(self.secret).decode()}"


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """A person's key in the clear, in memory only; `after_loss` when an earlier one is gone with what it sealed."""

    id: str
    secret: bytes
    after_loss: bool = False


class Vault:
    """Wraps data keys and seals values. The first master key wraps new ones; the others still open."""

    def __init__(self, masters: Sequence[MasterKey]) -> None:
        if not masters:
            raise VaultError("no master key is set; `python app.py keys new` makes one")
        self._masters = {m.id: m for m in masters}
        if len(self._masters) < len(masters):
            raise VaultError("two master keys have the same id; each needs one of its own")
        self.current = masters[0].id

    @property
    def known(self) -> frozenset[str]:
        """The ids of the master keys that open something here."""
        return frozenset(self._masters)

    def new_data_key(self, key_id: str) -> tuple[DataKey, bytes]:
        """A fresh data key and its wrapped form under the current master key."""
        key = DataKey(key_id, AESGCM.generate_key(bit_length=256))
        return key, self.wrap(key)

    def wrap(self, key: DataKey) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._masters[self.current].secret).encrypt(nonce, key.secret, key.id.encode())

    def unwrap(self, key_id: str, master_id: str, wrapped: bytes) -> DataKey:
        """Raises VaultError when the master key is not in the settings or is not the one that wrapped."""
        master = self._masters.get(master_id)
        if master is None:
            raise VaultError(f"master key {master_id} is not in the settings; add it to open what it wrapped")
        try:
            secret = AESGCM(master.secret).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], key_id.encode())
        except (InvalidTag, ValueError) as problem:
            raise VaultError(f"master key {master_id} does not open data key {key_id}") from problem
        return DataKey(key_id, secret)


def seal(key: DataKey, column: Column[bytes], row_id: str, text: str) -> bytes:
    """Encrypt `text` for one cell of one row, padded to the column's size. Raises ValueError when too long."""
    plain = text.encode()
    size = _size(column)
    if len(plain) + 4 > size:
        raise ValueError(f"too long for {column.table.name}.{column.name}")
    nonce = os.urandom(_NONCE)
    padded = len(plain).to_bytes(4, "big") + plain.ljust(size - 4, b"\0")
    return SEALED_MARK + nonce + AESGCM(key.secret).encrypt(nonce, padded, _bound_to(column, row_id, key))


def unseal(key: DataKey, column: Column[bytes], row_id: str, sealed: bytes) -> str:
    """Decrypt one cell. Raises VaultError when it was moved from another row or changed."""
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        padded = AESGCM(key.secret).decrypt(nonce, body, _bound_to(column, row_id, key))
    except (InvalidTag, ValueError) as problem:  # ValueError: too short to hold a nonce
        raise VaultError(f"{column.table.name}.{column.name} of row {row_id} does not open") from problem
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode()


def _size(column: Column[bytes]) -> int:
    assert isinstance(column.type, Sealed)
    return column.type.size


def _bound_to(column: Column[bytes], row_id: str, key: DataKey) -> bytes:
    return "\x1f".join((column.table.name, column.name, row_id, key.id)).encode()
