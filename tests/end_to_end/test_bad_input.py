"""What people should not type, and the sentence they get: clear, in its place, and nothing is lost."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from handlers import routes
from prompts import Library
from tests.end_to_end.conftest import open_town
from tests.end_to_end.fields import FIELDS, NASTY, bad_in, fill, met, opened
from tests.end_to_end.strangers import Square
from tests.thorough import also, few

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def still(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Square]:
    """One town for all that is refused."""
    async with open_town(tmp_path_factory.mktemp("still"), library) as town:
        await met(town)
        square = Square(town, {})
        yield square
        square.close()


@pytest.mark.parametrize("field", FIELDS)
async def test_text_that_is_too_long_is_refused_under_its_field_and_stays_there(still: Square, field: str) -> None:
    town = still.town
    person, result = await fill(town, field, "x" * 3000)
    view = town.pg.views.top(person.id)
    assert not result.closed and list(result.errors) == [field]
    assert view is not None and "x" * 3000 in str(view.state)
    if field != "zone":
        assert "too long: 3000 characters" in result.errors[field]


@pytest.mark.parametrize("field", few(FIELDS, 3))
async def test_a_client_does_not_even_let_more_in_than_fits(still: Square, field: str) -> None:
    person = await opened(still.town, field)
    result = await person.submit({**FIELDS[field][2], field: "x" * 10_000})
    assert not result.ok and list(result.errors) == [field]


@pytest.mark.parametrize("field", [name for name, (*_, required) in FIELDS.items() if required])
@pytest.mark.parametrize("text", ["\x00\u202e\ud800", *also(" \n ")], ids=["invisible", "spaces"])
async def test_only_spaces_are_refused_where_something_is_needed(still: Square, field: str, text: str) -> None:
    _, result = await fill(still.town, field, text)
    assert not result.closed and list(result.errors) == [field]


LINES = (NASTY, "x" * 5000, "-1", "99999999999999999999", "2026-02-30 10:00", "9999-12-31 23:59", "²")


@pytest.mark.parametrize("name", few(sorted(routes().commands), 12))
async def test_nothing_that_is_typed_behind_a_command_breaks_it(still: Square, name: str) -> None:
    for line in LINES:
        for who in ("junior", "senior", "coordinator"):
            said = await still.types(who, f"{name} {line}")
            assert said != "None" and "went wrong" not in said, (who, line)
    assert bad_in(still.town) == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("schedule soon", "2026-11-24 10:00"), ("schedule 2026-02-30 10:00", "2026-11-24 10:00"),
        ("schedule 2026-03-29 02:30", "the clocks change"), ("schedule 9999-12-31 10:00", "2026-11-24 10:00"),
        ("met 2026-03-29 02:30", "the clocks change"), ("agenda sports", "`technology`"),
        ("icebreaker sports", "`/revmentor icebreaker`"),
    ],
)  # fmt: skip
async def test_a_line_that_means_nothing_is_answered_with_what_to_type(still: Square, typed: str, says: str) -> None:
    bo = still.town.person("bo")
    await bo.command(f"/revmentor {typed}")
    assert says in str(bo.modal)
