"""The shapes in which a private text or a key could turn up where it does not belong."""

import base64
import json
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, quote_plus

from prompts import clean, escape

SHORTEST = 8
"""What is shorter stands in too many places by chance to be looked for."""

_EMPTY = re.compile(rb"\0{64,}")
_LONGEST = 40  # the beginning of a long text is enough, and is found where only that much is shown


@cache
def of_text(text: str) -> tuple[bytes, ...]:
    """A text as it is, as JSON, a web address, a mrkdwn text and base64 at each of its three places would show it."""
    start = text[:_LONGEST]
    shown = (start, clean(start), escape(start), json.dumps(start)[1:-1], json.dumps(start, ensure_ascii=False)[1:-1])
    raw = [_bytes(one) for one in (*shown, repr(start)[1:-1], json.dumps(shown[3])[1:-1])]
    raw += [quote(_bytes(start), safe="").encode(), quote_plus(_bytes(start)).encode()]
    return _tidy([*raw, *_base64(_bytes(start))])


@cache
def of_key(secret: bytes) -> tuple[bytes, ...]:
    """Key material as it is, in hexadecimal and in base64."""
    return _tidy([secret, secret.hex().encode(), *_base64(secret)])


def found(haystack: bytes, needles: Iterable[bytes]) -> bool:
    return any(needle in haystack for needle in needles)


def written(raw: bytes) -> bytes:
    """A file without its long empty stretches, which are most of a database's and hold nothing to be found."""
    return _EMPTY.sub(bytes(SHORTEST), raw)


def _base64(raw: bytes) -> list[bytes]:
    """What stays the same of an encoded text wherever it begins: the characters that share no bits with others."""
    pieces = []
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).rstrip(b"=")
        whole = encoded[-(-before * 8 // 6) : len(encoded) - bool((before + len(raw)) % 3)]
        pieces += [whole, whole.translate(bytes.maketrans(b"+/", b"-_"))]
    return pieces


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _tidy(needles: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(needle for needle in dict.fromkeys(needles) if len(needle) >= SHORTEST)
