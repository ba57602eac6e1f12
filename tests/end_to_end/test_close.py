"""The end of a pair as both live it: closing on purpose, thanked, in touch or not, and what each takes along."""

from datetime import UTC, datetime

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.thorough import thorough
from tests.world import seed

OWN = "I showed a leadership team how the phones really ring."


def everything(town: Town, person: Person) -> str:
    """All that somebody can read, wherever it stands."""
    return "\n".join(town.said(person, place["id"]) for place in person.conversations())


async def home(town: Town, person: Person) -> str:
    await person.open_home()
    await town.settle()
    return str(person.home)


async def closed(town: Town) -> tuple[Person, Person]:
    """Ana and Bo have held five sessions; the sixth is booked, held and told of."""
    world = await seed(town.house.kit)
    for _ in range(5):
        await hold(town.house.kit, world)
    ana, bo = town.person("ana"), town.person("bo")
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).ok
    await town.until(datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert "Your last stretch together" in everything(town, ana)
    assert "One session is for closing" in await home(town, bo)
    await town.until(datetime(2026, 3, 10, 16, tzinfo=UTC))
    await ana.press("We met")
    await town.until(datetime(2026, 3, 12, 12, tzinfo=UTC))
    return ana, bo


async def test_a_pair_closes_is_thanked_and_stays_in_touch_only_if_both_would_like_to(town: Town) -> None:
    ana, bo = await closed(town)
    for person, own, other in ((ana, "asked for something back", "let yourself"), (bo, "let yourself", "asked for")):
        said = town.said(person)
        assert own in said and other not in said and "6 sessions" in said
    await ana.press("Stay in touch informally")
    assert "nobody learns that you said so" in town.said(ana)
    await town.forward(hours=1)
    assert "would both like" not in everything(town, bo)
    await bo.press("Stay in touch informally")
    await town.forward(minutes=20)
    assert all("would both like to stay in touch" in town.said(person) for person in (ana, bo))
    await town.forward(days=15)
    for person in (ana, bo):
        shown = await home(town, person)
        assert "Completed: you and" in shown and "You both would like" in shown
        assert ("Contribution statement" in shown) is (person is ana)


@thorough
async def test_her_statement_and_her_words_are_hers_until_she_says_otherwise(town: Town) -> None:
    ana, bo = await closed(town)
    chi = town.person("chi")
    await ana.press("Contribution statement")
    assert "We held 6 sessions" in str(ana.modal) and "about 7 hours" in str(ana.modal) and "Bo" not in str(ana.modal)
    assert (await ana.submit({"close.text": OWN})).ok
    await ana.command("/revmentor statement")
    assert OWN in str(ana.modal)
    await ana.press("Start again from the facts")
    assert OWN not in str(ana.modal) and "We held 6 sessions" in str(ana.modal)
    await ana.dismiss()
    await bo.command("/revmentor statement")
    assert bo.modal is None or "We held" not in str(bo.modal)

    await ana.press("Log a ripple")
    await ana.press("Junior presented")
    await ana.press("Add a line")
    assert (await ana.submit({"ripple.line": "On Thursday"})).ok
    await bo.command("/revmentor ripple")
    assert "On Thursday" in everything(town, bo)
    assert OWN not in everything(town, chi) + everything(town, bo) and "On Thursday" not in everything(town, chi)
