"""A request to the coordinators: sealed under its author's key, and in their messages within a minute."""

from dataclasses import replace

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.support import REQUEST_LENGTH, Asked, Sent, check_words, readers_of
from bot.services.kit import Actor, Kit
from bot.services.post import post
from bot.services.support.doors import partners_of
from storage import enrol, programme, support
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.support import Door, HelpRequest, Way
from storage.store import Tx

ID_LENGTH = 36
"""Of what comes back in a form, only this can be an id."""


async def ask(kit: Kit, actor: Actor, me: SlackProfile, door: Door, text: str, way: Way, key: str) -> Sent:
    """Send a request to every coordinator but oneself and one's partner.

    `key` is the id that the form gives it: the same once more is one request, other words are another.
    Raises Refusal under the field, and where there is nobody to read it.
    """
    now = kit.clock()
    words = check_words(text, REQUEST_LENGTH)
    async with kit.store.write(actor.team_id) as tx:
        if await programme.get(tx) is None:
            raise Refusal("common.errors.not_set_up")
        coordinators = [one.user_id for one in await programme.coordinators(tx)]
        readers = readers_of(coordinators, actor.user_id, await partners_of(tx, actor.user_id))
        if not readers:
            raise Refusal("support.refused.nobody")
        author = await enrol.find(tx, actor.user_id) or await enrol.meet_person(
            tx, me.user_id, name=me.name, zone=me.zone, locale=me.locale, enterprise_id=actor.enterprise_id
        )
        before = await support.get(tx, key)
        first = before is None and 0 < len(key) <= ID_LENGTH
        request = HelpRequest(key if first else new_id(), tx.team, author.id, door, way, words, now)
        if before is None or replace(request, id=before.id, at=before.at) != before:
            await support.add(tx, request)
            for reader in readers:
                await post(tx, Kind.HELP_ASKED, reader, f"{request.id}:{reader}", now, request=request.id)
        return Sent(door, readers, way)


async def load_asked(kit: Kit, tx: Tx, letter: Letter) -> Asked | None:
    """For a coordinator who still is one, and has not become the author's partner."""
    request = await support.get(tx, letter.params["request"])
    author = await enrol.get(tx, request.person_id) if request else None
    if request is None or author is None or not await programme.is_coordinator(tx, letter.to):
        return None
    if letter.to in await partners_of(tx, author.user_id):
        return None
    return Asked(request, author)
