"""A courier with plain letters, and questions about what arrived in the playground."""

from collections import Counter
from datetime import timedelta
from typing import Any

from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.delivery.letters import Entry, Letters
from bot.domain.delivery import Pacing
from bot.domain.messages import Kind
from bot.services.kit import Kit
from bot.services.post import post
from bot.views.parts import HomeView, Message, header, section
from playground.faults import Fault
from playground.server import Playground
from prompts import Words
from storage import outbox
from storage.records.delivery import Letter, LetterState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.world import TEAM

QUICK = Pacing(per_minute=60_000, homes_per_minute=60_000, timeout=timedelta(seconds=2), opening=timedelta(0))


async def load_plain(kit: Kit, tx: Tx, letter: Letter) -> str | None:
    """The facts of a plain letter: its own parameter, or nothing where it is called irrelevant."""
    return None if letter.params.get("subject") == "irrelevant" else letter.params.get("subject", "?")


def draw_plain(words: Words, facts: str) -> Message:
    return Message(f"about {facts}", [section(f"about {facts}"), section("that is all")])


def draw_home(words: Words, facts: str) -> HomeView:
    return HomeView([header(f"{words.lang}: {facts}")])


PLAIN: Letters = {
    Kind.CHECKIN: Entry(load_plain, draw_plain),
    Kind.DID_YOU_MEET: Entry(load_plain, draw_plain),
    Kind.PAIR_STARTED: Entry(load_plain, draw_plain),
    Kind.DIGEST: Entry(load_plain, draw_plain),
    Kind.HOME: Entry(load_plain, draw_home),
}


class Office:
    """One test's kit, playground and couriers."""

    def __init__(self, kit: Kit, clock: MovableClock, slack: Playground, pacing: Pacing = QUICK) -> None:
        self.kit, self.clock, self.slack, self.pacing = kit, clock, slack, pacing
        self.clients = Clients(one_token(slack.bot_token), slack.api_url, pacing.timeout)
        self.courier = self.new_courier()

    def new_courier(self, **options: Any) -> Courier:
        options = {"letters": PLAIN, "pacing": self.pacing} | options
        return Courier(self.kit, self.clients, **options)

    async def queue(self, kind: Kind, to: str, subject: str = "x", **options: Any) -> None:
        async with self.kit.store.write(TEAM) as tx:
            assert await post(tx, kind, to, f"{to}:{subject}", self.clock(), subject=subject, **options)

    def fail(self, method: str, kind: str, times: int | None = 1, retry_after: float = 1.0) -> None:
        self.slack.faults.rules.append(Fault(method, kind, 1.0, retry_after, times))

    async def send(self, **later: float) -> int:
        """Let the courier work, after moving the clock."""
        self.clock.move(**later)
        return await self.courier.send_due()

    async def letters(self) -> list[Letter]:
        from sqlalchemy import select

        from storage.tables import outbox as table

        async with self.kit.store.read(TEAM) as tx:
            ids = [row.id for row in await tx.conn.execute(select(table.c.id).order_by(table.c.id))]
            found = [await outbox.get(tx, letter_id) for letter_id in ids]
        return [letter for letter in found if letter is not None]

    async def only(self) -> Letter:
        (letter,) = await self.letters()
        return letter

    async def states(self) -> dict[LetterState, int]:
        async with self.kit.store.read(TEAM) as tx:
            return await outbox.counts(tx)

    def texts(self, conversation: str | None = None) -> list[str]:
        """What the bot has posted, in one conversation or all."""
        places = self.slack.workspace.conversations.values()
        return [
            message.text
            for place in places
            if conversation in (None, place.id)
            for message in place.messages.values()
            if message.is_bot
        ]

    def calls(self) -> Counter[str]:
        """How often each Web API method was called."""
        return Counter(row["what"] for row in self.slack.log.rows(2000))
