"""Queries about reporting: urns and releases (here), how pairs are doing (`courses`), what waits (`pending`)."""

from storage.report.urns import (
    add_digest,
    add_release,
    counted_elsewhere,
    digest,
    digests,
    last_digest,
    newest,
    people,
    pool,
    pools,
    releases,
    set_chart,
    spend,
    wait,
)

__all__ = [
    "add_digest", "add_release", "counted_elsewhere", "digest", "digests", "last_digest", "newest",
    "people", "pool", "pools", "releases", "set_chart", "spend", "wait",
]  # fmt: skip
