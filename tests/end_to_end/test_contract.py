"""How two people agree to work, answer ahead and open their first session, played through."""

from datetime import UTC, datetime

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_meet import book, shown, space
from tests.world import seed

FIVE = ["What is said here stays here", "“Not that topic” needs no reason", "“I don't know yet” is a full answer",
        "Help runs both ways, and we name it", "Either of us can end this with a thank-you"]  # fmt: skip
SECRET = "the merger-4417"


def in_space(town: Town, person: Person) -> str:
    return town.said(person, space(person))


async def test_two_agree_on_how_they_work_and_only_they_read_it(town: Town) -> None:
    await seed(town.house.kit)
    ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
    await ana.command("/revmentor contract")
    answer = await ana.submit({"prepare.principles": FIVE[:4], "prepare.off_limits": SECRET})
    assert "5 to 8" in answer.errors["prepare.principles"]
    await ana.submit({"prepare.principles": FIVE, "prepare.off_limits": SECRET})
    assert SECRET in shown(ana) and "Neither of you has agreed yet" in shown(ana)
    await ana.press("Agree")
    assert "<@U07BO00000> has, too" in shown(ana)
    await ana.dismiss()
    await town.settle()
    assert "has agreed. It holds once" in in_space(town, bo) and SECRET not in in_space(town, bo)
    await bo.press("Read")
    assert SECRET in shown(bo)
    await bo.dismiss()
    await bo.press("Agree")
    assert "You have both agreed" in in_space(town, ana)
    for person in (ana, bo):
        await person.open_home()
        await town.settle()
        assert "How you work with" in str(person.home) and SECRET in str(person.home)
    await bo.press("Undo")
    await town.settle()
    assert "You have both agreed" not in in_space(town, ana)
    await chi.command("/revmentor contract")
    assert SECRET not in shown(chi)
    await chi.command("/revmentor admin contract")
    await chi.submit({"prepare.exceptions": "Threats to anybody"})
    await bo.command("/revmentor contract")
    assert "Threats to anybody" in shown(bo)


async def test_answers_written_ahead_are_shown_together_and_taken_out_again(town: Town) -> None:
    await seed(town.house.kit)
    ana, bo = town.person("ana"), town.person("bo")
    await book(town, bo)
    await town.until(datetime(2026, 3, 6, 12, tzinfo=UTC))
    for person, text in ((ana, "hers-2210"), (bo, "his-3310")):
        await person.press("Answer ahead")
        assert (await person.submit({"prepare.answer.warmup_01": text})).ok
        await person.dismiss()
        await town.settle()
        assert ("hers-2210" in in_space(town, bo)) is (person is bo)
    await ana.press("Change what is shown")
    await ana.press("Remove mine")
    await ana.dismiss()
    await town.settle()
    assert "hers-2210" not in in_space(town, bo) and "his-3310" in in_space(town, bo)


async def test_a_first_session_opens_for_topics_when_both_want_it(town: Town) -> None:
    await seed(town.house.kit)
    ana, bo = town.person("ana"), town.person("bo")
    await book(town, bo)
    await ana.command("/revmentor agenda")
    assert "Line 1" not in shown(ana)
    await ana.press("Open the topics already")
    assert "You have asked" in shown(ana)
    await ana.dismiss()
    await town.settle()
    await bo.press("Fine by me")
    assert "The agenda is open now" in in_space(town, ana)
    await bo.command("/revmentor agenda")
    assert (await bo.submit({"Line 1": "15 min · The rota"})).closed
    await town.settle()
    assert "The rota (15 min)" in in_space(town, ana)
