"""What becomes of the digest when its channel does, and how a cohort's digest goes its own way."""

from datetime import timedelta
from typing import Any

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_report import CHANNEL, MONDAY, begin, digests

DIRECT = "was not posted"


def told(person: Person) -> list[dict[str, Any]]:
    return [m for m in person.messages() if DIRECT in str(m)]


async def posts(town: Town, who: Person, message: dict[str, Any]) -> None:
    await who.press("Post it now", in_=message)
    await town.settle()


async def test_a_digest_is_kept_while_its_channel_is_public_and_posted_once_it_is_mended(town: Town) -> None:
    await begin(town, 3)
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command(f"/revmentor admin coordinators add <@{dee.id}>")).ok
    place = town.pg.workspace.conversations[CHANNEL]
    place.kind = "channel"
    await town.until(MONDAY + timedelta(hours=26))
    assert digests(chi) == []
    (message,), (hers,) = told(chi), told(dee)
    assert "is public by now" in str(message) and "The digest is kept" in str(message)
    await chi.open_home()
    await town.settle()
    assert "The digest of Spring was not posted" in str(chi.home).replace("*", "")
    assert (await chi.command(f"/revmentor admin coordinators remove <@{dee.id}>")).ok
    place.kind = "private"
    await cannot_choose_it_while_it_is_shared(town, chi)
    await posts(town, dee, hers)
    assert digests(chi) == [], "the role is asked for when the button is pressed"
    place.is_archived, earlier = True, len(told(chi))
    await posts(town, chi, message)
    assert digests(chi) == [] and len(told(chi)) == earlier + 1, "kept once more"
    place.is_archived = False
    await posts(town, chi, message)
    await posts(town, chi, message)
    (posted,) = digests(chi)
    said = town.said(chi, message["channel"])
    assert "the digest that was kept back, as it was" in said and "has been posted meanwhile" in said
    assert "the week is still running" not in str(posted), "the one that was kept, as it was stored"
    assert "One person in this channel does not coordinate" in str(posted)
    assert DIRECT not in str(chi.home)
    await town.forward(minutes=2)
    await asks_while_it_is_archived(town, chi, message["channel"])


async def cannot_choose_it_while_it_is_shared(town: Town, chi: Person) -> None:
    place = town.pg.workspace.conversations[CHANNEL]
    place.is_ext_shared = True
    assert (await chi.command("/revmentor admin digest channel", channel=CHANNEL)).ok
    assert "shared with another company" in str((await chi.submit({"channel": CHANNEL})).errors)
    place.is_ext_shared = False


async def asks_while_it_is_archived(town: Town, chi: Person, direct: str) -> None:
    """Asked for elsewhere, kept, and posted once however often the button is pressed."""
    place = town.pg.workspace.conversations[CHANNEL]
    place.is_archived = True
    general = next(c["id"] for c in chi.conversations() if c["name"] == "general")
    assert (await chi.command("/revmentor admin digest now", channel=general)).ok
    await town.settle()
    place.is_archived = False
    for _ in range(2):
        await posts(town, chi, told(chi)[-1])
    assert len(digests(chi)) == 2 and "That was asked for a moment ago" in town.said(chi, direct)


async def test_a_cohort_has_its_own_channel_and_sections_and_pause(town: Town) -> None:
    await begin(town, 3)
    chi = town.person("chi")
    own = town.pg.workspace.add_channel("spring-coordinators", [town.pg.bot_id, chi.id], private=True)
    assert (await chi.command("/revmentor admin digest channel Autumn", channel=CHANNEL)).ok
    assert "Type one of these: Spring." in town.said(chi, CHANNEL)
    assert (await chi.command("/revmentor admin digest channel spring", channel=CHANNEL)).ok
    general = next(c["id"] for c in chi.conversations() if c["name"] == "general")
    assert "channel" in (await chi.submit({"channel": general})).errors
    assert (await chi.submit({"channel": own.id, "parts": ["one_thing", "figures"]})).ok
    assert f"goes to <#{own.id}>" in str(chi.modal)
    await chi.press("Undo")
    assert f"Taken back. The digest of *Spring* goes to <#{CHANNEL}>" in str(chi.modal) and "Undo" not in str(chi.modal)
    await chi.press("Change again")
    assert (await chi.submit({"channel": own.id, "parts": ["one_thing", "figures"]})).ok
    await town.forward(minutes=11)
    await chi.press("Undo")
    assert "more than ten minutes ago" in str(chi.modal)
    await takes_back_what_is_everybodys(chi, own.id)
    await town.until(MONDAY + timedelta(hours=1))
    assert digests(chi) == []
    (posted,) = [m for m in chi.messages(own.id) if "weekly digest" in m["text"]]
    assert "What juniors say" in str(posted) and "Kept promises" not in str(posted)
    await chi.press("Pause digest", in_=posted)
    assert "The digest of *Spring* is paused" in town.said(chi, own.id)
    await town.until(MONDAY + timedelta(days=7, hours=1))
    assert len([m for m in chi.messages(own.id) if "weekly digest" in m["text"]]) == 1
    place = town.pg.workspace.conversations[own.id]
    place.is_archived = True
    await town.until(MONDAY + timedelta(days=7, hours=2))
    assert told(chi) == [], "what is paused is not tried"


async def takes_back_what_is_everybodys(chi: Person, other: str) -> None:
    """The day of all digests, and their channel."""
    assert (await chi.command("/revmentor admin digest schedule", channel=CHANNEL)).ok
    assert (await chi.submit({"weekday": "2", "hour": "16"})).ok
    await chi.press("Undo")
    assert "Taken back. The next digest comes on" in str(chi.modal) and "9:00" in str(chi.modal)
    assert (await chi.command("/revmentor admin digest channel", channel=CHANNEL)).ok
    assert (await chi.submit({"channel": other})).ok
    await chi.press("Undo")
    assert f"Taken back. The next digest goes to <#{CHANNEL}>" in str(chi.modal)
