"""What a courier works with, and where a letter's conversation is found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clients import ClientFor
from bot.delivery.errors import NoPlace, word_of
from bot.delivery.letters import Entry, Letters
from bot.delivery.scribe import Scribe
from bot.domain.delivery import APART, MIRRORED, Pacing, copy_for
from bot.domain.messages import Kind
from bot.log import log
from bot.services.kit import Kit
from storage import enrol, match, outbox
from storage.ids import new_id, new_nonce
from storage.records.delivery import Letter, Target
from storage.store import Tx

Key = tuple[str, Target, str]
"""Workspace, kind of receiver, receiver."""

LOOK_EVERY = timedelta(days=1)
GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""Slack's answers where a pair's space or a channel is none any more, or the app was taken out of it."""

Checkpoint = Callable[[str], None]
"""Called with a name at every point where a crash matters; tests kill the process there."""


def pass_by(_name: str) -> None:
    """The checkpoint of a real courier."""


class Apart(Exception):
    """Slack lets the two of a pair share no conversation."""


@dataclass(slots=True)
class Desk:
    """One courier's tools. `name` signs its leases; `places` remembers conversations, `looked` when it asked."""

    kit: Kit
    scribe: Scribe
    client_for: ClientFor
    letters: Letters
    pacing: Pacing
    name: str
    checkpoint: Checkpoint = pass_by
    places: dict[Key, str] = field(default_factory=dict)
    looked: dict[Key, datetime] = field(default_factory=dict)

    def entry(self, letter: Letter) -> Entry[Any] | None:
        """How a letter is drawn; None where nobody knows its kind (any more)."""
        return self.letters[Kind(letter.kind)] if letter.kind in self.letters else None

    async def has_place(self, letter: Letter) -> bool:
        """Whether it can be sent without opening a conversation first."""
        if letter.target not in (Target.PERSON, Target.PAIR) or letter.channel:
            return True
        key = (letter.team_id, letter.target, letter.to)
        if key not in self.places:
            found = await self.scribe.read(letter.team_id, lambda tx: _known_place(tx, letter))
            if found is not None:
                self.places[key] = found
        return key in self.places

    async def place_of(self, client: AsyncWebClient, letter: Letter) -> str | None:
        """The conversation to post in, opened where need be; None for a Home or a chore.

        Raises NoPlace, Apart where the two of a pair can share none, and as the client does.
        """
        if letter.target in (Target.HOME, Target.CHORE):
            return None
        if letter.target is Target.CHANNEL:
            return letter.to
        key = (letter.team_id, letter.target, letter.to)
        if letter.target is Target.PAIR:
            if key not in self.places or self._wants_look(key):
                self.places[key] = await self._pair_space(client, letter, key)
        elif key not in self.places:
            self.places[key] = letter.channel or await _open(client, [letter.to])
        return self.places[key]

    def _wants_look(self, key: Key) -> bool:
        """Whether to ask Slack again if a pair's space is one: people can turn it into a channel. A few at a time."""
        now, long_ago = self.kit.clock(), datetime.min.replace(tzinfo=UTC)
        rested = now - max(self.looked.values(), default=long_ago) >= self.pacing.opening
        return rested and now - self.looked.get(key, long_ago) >= LOOK_EVERY

    async def lost(self, letter: Letter, reason: str) -> bool:
        """Whether a pair's space is gone, and another is to be opened; tried once for a letter.

        A channel that was shut after it was looked at is looked at again, and what goes there may be kept.
        """
        entry = self.entry(letter)
        if letter.target is Target.CHANNEL and reason in GONE and entry and entry.prepare:
            return letter.attempts + 1 < self.pacing.most_refusals
        if letter.target is not Target.PAIR or reason not in GONE or letter.attempts > 1:
            return False
        await self.scribe.write(letter.team_id, lambda tx: match.set_channel(tx, letter.to, None))
        self.places.pop((letter.team_id, letter.target, letter.to), None)
        return True

    async def mirror(self, letter: Letter) -> None:
        """The two of a pair get it each by themselves."""
        self.checkpoint("apart")
        await self.split(letter)
        self.checkpoint("mirrored")
        log.info("letter.mirrored", letter=letter.id, team=letter.team_id, kind=letter.kind)

    async def split(self, letter: Letter) -> bool:
        """A copy for each of the two in the place of a letter to their pair, at once and once."""
        now = self.kit.clock()

        async def write(tx: Tx) -> bool:
            pair = await match.get(tx, letter.to)
            if pair is None:
                return False
            people = await enrol.people(tx, [pair.junior_id, pair.senior_id])
            start = outbox.copies_of(pair.id)
            copies = [
                copy_for(letter, one.user_id, new_id(), new_nonce(), f"{start}{one.user_id}:{letter.key}", now)
                for one in people.values()
            ]
            await match.set_channel(tx, pair.id, None, mirrored=True)
            return await outbox.mirror(tx, letter, self.name, copies, MIRRORED)

        return await self.scribe.write(letter.team_id, write)

    async def _pair_space(self, client: AsyncWebClient, letter: Letter, key: Key) -> str:
        """Slack gives the same two the same space, unless it is none any more: then a new one."""
        async with self.kit.store.read(letter.team_id) as tx:
            pair = await match.get(tx, letter.to)
            people = await enrol.people(tx, [pair.junior_id, pair.senior_id]) if pair else {}
        if pair is None or len(people) < 2:
            raise NoPlace("its pair is gone")
        if pair.mirrored:
            raise Apart
        self.looked[key] = self.kit.clock()
        try:
            opened = await _open(client, [people[pair.junior_id].user_id, people[pair.senior_id].user_id])
        except SlackApiError as problem:
            if word_of(problem) in APART:
                raise Apart from problem
            if pair.channel_id:
                return pair.channel_id
            raise
        if opened != pair.channel_id:
            await self.scribe.write(letter.team_id, lambda tx: match.set_channel(tx, pair.id, opened))
        return opened


async def _known_place(tx: Tx, letter: Letter) -> str | None:
    if letter.target is Target.PERSON:
        return await outbox.channel_of(tx, letter.target, letter.to)
    pair = await match.get(tx, letter.to)
    return pair.channel_id if pair else None


async def _open(client: AsyncWebClient, users: list[str]) -> str:
    answer = await client.conversations_open(users=users)
    return str(answer["channel"]["id"])
