"""The doors themselves: unknown words, unknown buttons, events twice."""

from tests.end_to_end.conftest import Town


async def test_an_unknown_word_is_answered_privately_with_what_was_meant(town: Town) -> None:
    ana = town.person("ana")
    general = next(c["id"] for c in ana.conversations() if c["name"] == "general")
    assert (await ana.command("/revmentor shcedule")).ok
    assert "/revmentor schedule" in town.said(ana, general)
    assert "/revmentor schedule" not in town.said(town.person("bo"), general)


async def test_opening_the_home_publishes_it(town: Town) -> None:
    ana = town.person("ana")
    assert (await ana.open_home()).ok
    await town.settle()
    assert ana.home is not None
