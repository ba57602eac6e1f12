"""What a courier works with, and where a letter's conversation is found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clients import ClientFor
from bot.delivery.errors import word_of
from bot.delivery.letters import Letters
from bot.delivery.scribe import Scribe
from bot.domain.delivery import APART, MIRRORED, Pacing, copy_for
from bot.services.kit import Kit
from storage import enrol, match, outbox
from storage.ids import new_id, new_nonce
from storage.records.delivery import Letter, Target
from storage.store import Tx

Checkpoint = Callable[[str], None]
"""Called with a name at every point where a crash matters; tests kill the process there."""


def pass_by(_name: str) -> None:
    """The checkpoint of a real courier."""


class NoPlace(Exception):
    """There is nowhere to send it: its pair or one of its people is gone."""


class Apart(Exception):
    """Slack lets the two of a pair share no conversation."""


@dataclass(slots=True)
class Desk:
    """One courier's tools. `name` signs its leases; `places` remembers conversations."""

    kit: Kit
    scribe: Scribe
    client_for: ClientFor
    letters: Letters
    pacing: Pacing
    name: str
    checkpoint: Checkpoint = pass_by
    places: dict[tuple[str, Target, str], str] = field(default_factory=dict)

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
        if key not in self.places:
            find = self._direct if letter.target is Target.PERSON else self._pair_space
            self.places[key] = letter.channel or await find(client, letter)
        return self.places[key]

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

    async def _direct(self, client: AsyncWebClient, letter: Letter) -> str:
        return await _open(client, [letter.to])

    async def _pair_space(self, client: AsyncWebClient, letter: Letter) -> str:
        async with self.kit.store.read(letter.team_id) as tx:
            pair = await match.get(tx, letter.to)
            people = await enrol.people(tx, [pair.junior_id, pair.senior_id]) if pair else {}
        if pair is None or len(people) < 2:
            raise NoPlace("its pair is gone")
        if pair.mirrored:
            raise Apart
        try:
            opened = await _open(client, [people[pair.junior_id].user_id, people[pair.senior_id].user_id])
        except SlackApiError as problem:
            if word_of(problem) in APART:
                raise Apart from problem
            raise
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
