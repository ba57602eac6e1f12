"""Queries about reporting: urns and releases (here), how pairs are doing (`courses`), what waits (`pending`)."""

from storage.report.urns import (
    add_digest,
    add_releases,
    counted_elsewhere,
    digest,
    digests,
    give_again,
    last_digest,
    newest,
    people,
    people_of,
    pool,
    pools,
    releases,
    releases_of,
    set_chart,
    spend,
    take_back,
    wait,
)

__all__ = [
    "add_digest", "add_releases", "counted_elsewhere", "digest", "digests", "give_again", "last_digest",
    "newest", "people", "people_of", "pool", "pools", "releases", "releases_of", "set_chart", "spend", "take_back",
    "wait",
]  # fmt: skip
