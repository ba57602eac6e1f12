"""Support in Slack: the four doors, a request to coordinators, a concern, and the list of links."""

from bot.delivery.support import send_concern
from bot.domain.refusals import Refusal
from bot.domain.support import CONCERN_LENGTH, CONTACT, LINKS, SAYING, WAY, WORDS, check_words
from bot.services import support
from bot.views import support as views
from handlers.people import profile_of, told_of
from handlers.replies import Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.ids import new_id, new_nonce
from storage.records.support import Door, Way

router = Router("support")


@router.command("support", Who.ALL, opens=True)
@router.action("support.doors", opens=True)
async def doors(turn: Turn) -> Reply:
    """Open to everybody; it sends and stores nothing by itself."""
    return Show(views.doors(turn.words, await support.doors(turn.kit, turn.actor)))


@router.action("support.ask", opens=True)
async def write(turn: Turn) -> Reply:
    """One of the two doors to the coordinators."""
    facts = await support.doors(turn.kit, turn.actor)
    if not facts.readers:
        raise Refusal("support.refused.nobody")
    return Show(views.request(turn.words, facts, _door(turn.choice), new_id()))


@router.submission("support.ask")
async def ask(turn: Turn) -> Reply:
    """Stored and queued before the modal closes."""
    text = turn.form.text(WORDS, required=True)
    way = turn.form.choice(WAY) or ""
    facts = await support.ask(
        turn.kit, turn.actor, await profile_of(turn, turn.actor.user_id), _door(turn.metadata.get("door", "")), text,
        Way(way) if way in set(Way) else Way.MESSAGE, turn.metadata.get("mark", ""),
    )  # fmt: skip
    return Say(views.request_sent(turn.words, facts))


@router.action("support.concern", opens=True)
async def raise_one(turn: Turn) -> Reply:
    """Whoever of the safe contacts has an account that is open, or of whom Slack tells nothing now, can be chosen."""
    facts = await support.doors(turn.kit, turn.actor)
    found = await told_of(turn, [contact.user_id for contact in facts.contacts])
    there = {user_id: profile for user_id, profile in found.items() if profile is None or profile.usable}
    unnamed = (turn.words.say(f"support.concern.unnamed_{place}") for place in ("first", "second"))
    names = {
        user_id: profile.name if profile else name
        for (user_id, profile), name in zip(there.items(), unnamed, strict=False)
    }
    return Show(views.concern(turn.words, facts.contacts, names, new_nonce()))


@router.submission("support.concern")
async def send(turn: Turn) -> Reply:
    """Sent while the modal is open. What was typed goes to the contact and nowhere else, a log included."""
    contact, mark = turn.form.choice(CONTACT) or "", turn.metadata.get("mark", "")
    name = turn.metadata.get(contact) or contact
    only_call = turn.form.choice(SAYING) == "call"
    text = "" if only_call else check_words(turn.form.text(WORDS), CONCERN_LENGTH)
    language = await support.may_reach(turn.kit, turn.actor, contact)
    again = await support.note_down(turn.kit, turn.actor.team_id, mark)
    letter = views.concern_letter(turn.kit.words(language), turn.actor.user_id, text)
    if not await send_concern(turn.client, contact, letter, mark, turn.kit.clock(), again=again):
        await support.forget(turn.kit, turn.actor.team_id, mark)
        raise Refusal("support.refused.not_sent", field=WORDS, name=name)
    return Say(views.concern_sent(turn.words, name))


@router.command("admin support", Who.COORDINATOR, opens=True)
@router.action("support.edit_links", opens=True)
async def edit(turn: Turn) -> Reply:
    """The organisation's own links to help."""
    return Show(views.edit_links(turn.words, await support.links(turn.kit, turn.actor)))


@router.submission("support.links")
async def keep(turn: Turn) -> Reply:
    return Say(views.links_kept(turn.words, await support.set_links(turn.kit, turn.actor, turn.form.text(LINKS))))


def _door(name: str) -> Door:
    return Door(name) if name in set(Door) else Door.PRACTICAL
