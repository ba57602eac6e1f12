"""Queries about reporting: urns, releases and digests (here), how pairs do (`courses`), what waits (`pending`)."""

from storage.report.urns import (
    add_releases,
    closed_kinds,
    counted_elsewhere,
    give_again,
    newest,
    people,
    people_of,
    pool,
    pools,
    releases,
    releases_of,
    spend,
    take_back,
    wait,
)
from storage.report.weekly import add_digest, digest, digests, last_digest, set_chart

__all__ = [
    "add_digest", "add_releases", "closed_kinds", "counted_elsewhere", "digest", "digests", "give_again", "last_digest",
    "newest", "people", "people_of", "pool", "pools", "releases", "releases_of", "set_chart", "spend", "take_back",
    "wait",
]  # fmt: skip
