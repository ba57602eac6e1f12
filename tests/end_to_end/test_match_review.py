"""Chi matches a cohort, reviews what was found and ends a pair; Ana says how hers fits. Over real Socket Mode."""

from datetime import timedelta

import scipy.optimize  # noqa: F401  the first match of a process loads it, which is not what these tests wait for

from bot.domain.match import review
from bot.services.match import running
from playground.person import Person
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.thorough import thorough
from tests.world import seed

GENERAL = "C07GENERAL"


def shown(person: Person) -> str:
    return str(person.modal)


async def test_a_cohort_is_matched_reviewed_and_asked(town: Town) -> None:
    cohort = await open_cohort(town)
    ana = await join(town, "ana", "junior", manager="eli", languages=["en"])
    ivy = await join(town, "ivy", "junior", manager="eli", languages=["en"])
    bo = await join(town, "bo", "senior", manager="dee", languages=["en"])
    max_ = await join(town, "max", "senior", manager="dee", languages=["en"])
    chi = town.person("chi")
    await chi.command("/revmentor admin match")
    assert "2 juniors and 2 seniors wait" in shown(chi)

    await chi.press("What counts")
    await chi.submit({"weight.values": "10", "floor": "0"})
    assert "was set by a coordinator" in shown(chi)
    await chi.press("What counts")
    await chi.press("Back to what is usual")
    assert "is as it comes" in shown(chi)

    await chi.press("Find pairs")
    assert "2 to review" in shown(chi)
    assert "Why: " in shown(chi)
    await chi.press("Hold")
    assert "1 held" in shown(chi)
    await chi.press("Held (1)")
    await chi.press("Don't hold")
    await chi.press("To review (2)")

    await chi.press("Swap")
    picker = next(b for b in (chi.modal or {})["blocks"] if b.get("block_id") == "match.swap_senior")
    first = picker["element"]["initial_user"]
    other = bo if first == max_.id else max_
    await chi.press("match.swap_senior", value=other.id)
    assert "They would exchange" in shown(chi)
    assert (await chi.submit({})).ok
    assert "Exchanged:" in shown(chi)

    await chi.press("Approve all 2 on this page")
    assert "Approved: 2 pairs" in shown(chi)
    await chi.press("Just approved (2)")
    await chi.press("Undo")
    await town.forward(minutes=9)
    assert not any("suggestion" in town.said(person) for person in (ana, ivy, bo, max_))
    await town.forward(minutes=1)
    asked = [person for person in (ana, ivy) if "A senior you might like to meet" in town.said(person)]
    assert len(asked) == 1
    assert not any("suggestion" in town.said(person) for person in (bo, max_))
    await chi.dismiss()
    await chi.open_home()
    await town.settle()
    assert "1 suggestion waits for your review" in str(chi.home)
    await chi.press("Review", in_=chi.home)
    assert cohort.name in shown(chi)


@thorough
async def test_a_big_match_is_sent_when_it_is_ready(town: Town) -> None:
    """What is too big to wait for is worked on by the courier; nothing is lost where the modal is closed."""
    cohort = await open_cohort(town)
    for name, side in (("ana", "junior"), ("bo", "senior")):
        await join(town, name, side, manager="eli" if side == "junior" else "dee")
    chi, most = town.person("chi"), review.AT_ONCE
    running.AT_ONCE = 0
    try:
        await chi.command("/revmentor admin match spring")
        await chi.press("Find pairs")
        assert "Working on it" in shown(chi)
    finally:
        running.AT_ONCE = most
    await town.settle()
    assert f"{cohort.name}: 1 suggestion waits" in town.said(chi)
    await chi.press("Is it ready?")
    assert "1 to review" in shown(chi)


async def test_ana_says_how_it_fits_and_chi_ends_the_pair_in_neutral_words(town: Town) -> None:
    world = await seed(town.house.kit, channel="C07TEAM001")
    ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
    await hold(town.house.kit, world)
    await town.forward(days=3)
    assert "How is the match with" in town.said(ana)
    assert "How is the match with" in town.said(bo)
    await ana.press("Not a good fit")
    assert "would you like help?" in shown(ana)
    await ana.submit({"help": "other"})
    assert "I tell the coordinators in ten minutes" in shown(ana)
    await town.forward(minutes=11)
    assert "asks for somebody else" in town.said(chi)
    assert "somebody else" not in town.said(bo)
    await bo.press("Good")
    assert "Nobody else is told" in town.said(bo)

    await chi.press("End the pair")
    assert "Nobody reads who asked" in shown(chi)
    await chi.submit({})
    assert "In ten minutes the pair of" in shown(chi)
    await town.until(town.clock.now() + timedelta(minutes=11))
    for person in (ana, bo):
        assert "has ended" in town.said(person)
        assert "Shall I look for somebody new for you?" in town.said(person)
    await bo.press("Not for now")
    assert "I don't look for anybody new" in town.said(bo)
    await chi.command(f"/revmentor admin rematch <@{bo.id}>")
    assert "among those who wait" in town.said(chi, GENERAL)
