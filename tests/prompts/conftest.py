"""The shipped packs, and a copy to break."""

from pathlib import Path

import pytest

from prompts import Library, load
from tests.prompts.pack import Pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """The shipped English in a folder of its own."""
    return Pack(tmp_path)


@pytest.fixture(scope="session")
def library() -> Library:
    """The packs as shipped."""
    return load()
