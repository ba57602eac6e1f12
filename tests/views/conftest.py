"""What tests of drawings share."""

import pytest

from prompts import Library, Words


@pytest.fixture
def words(library: Library) -> Words:
    return library.words("en")
