"""Which tests `make test` leaves to `make check`: what takes long, and more of what it tries a part of anyway.

`thorough` marks them; `few` and `also` mark some of a test's parameters. `make check` sets STORY, and plays all of it.
"""

import os
from collections.abc import Collection
from typing import Any

import pytest

REASON = "part of `make check`, for the time it takes"
PLAYED = "STORY" in os.environ
"""Whether nothing is left out, as in `make check`."""

thorough = pytest.mark.thorough
"""Left out unless STORY is set. `make postgres` and `make pictures` try what is marked so, too."""
story = pytest.mark.story
"""A whole story: only where STORY is set, once and on SQLite."""


def few(values: Collection[Any], keep: int = 1) -> list[Any]:
    """All of them for one parameter; so many, spread evenly from the first on, are tried by `make test` too."""
    kept = {n * len(values) // keep for n in range(keep)}
    return [value if n in kept else _marked(value) for n, value in enumerate(values)]


def also(*values: Any) -> list[Any]:
    """More values for a parameter, for `make check` alone."""
    return [_marked(value) for value in values]


def _marked(value: Any) -> Any:
    return pytest.param(value, marks=thorough)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"thorough: {REASON}")
    config.addinivalue_line("markers", f"story: {REASON}; a whole story")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skipped here, all of them are one line in the summary."""
    if PLAYED:
        return
    asked = "PICTURES" in os.environ or item.config.getoption("database") == "postgresql"
    if any(item.get_closest_marker(name) for name in (("story",) if asked else ("story", "thorough"))):
        pytest.skip(REASON)
