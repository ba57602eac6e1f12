"""Two workspaces that live through the same, and everything that their coordinators can look at."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.enrol import Filter
from bot.domain.match.review import Place, Shelf
from bot.domain.report.pairs import PairFilter, Stands
from bot.schedule.sweeps import run_due
from bot.services import enrol, match, privacy
from bot.services import home as homes
from bot.services.kit import Actor, Kit
from bot.services.programme import audit, today
from bot.services.report import pairs as report_pairs
from bot.views import enrol as enrol_views
from bot.views import home as home_views
from bot.views import match as match_views
from bot.views.programme import audit as audit_views
from bot.views.programme import today as today_views
from bot.views.report import pairs as pair_views
from prompts import Words
from storage import due
from storage import enrol as people
from storage import match as pairs
from storage import tables as t
from storage.match import runs
from storage.records.enrol import Confided, Person, Side
from tests.clockwork import MovableClock
from tests.services.town_hall import IVY, JUNO, MAX, OTTO, TOP, about, account
from tests.world import CHI, NOOR, World, seed

JUNIORS, SENIORS = (JUNO, IVY), (MAX, OTTO)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")


class Twin:
    """A workspace with two juniors and two seniors who wait, and Chi who coordinates."""

    def __init__(self, kit: Kit, world: World, team: str) -> None:
        self.kit, self.world, self.team = kit, world, team
        self.chi = Actor(team, CHI)
        self.persons: dict[str, Person] = {}

    @classmethod
    async def make(cls, kit: Kit, team: str, avoids: dict[str, tuple[str, ...]] | None = None) -> "Twin":
        twin = cls(kit, await seed(kit, team=team), team)
        for user in JUNIORS:
            await twin._join(user, Side.JUNIOR, NOOR, level=1, department="Legal")
        for user in SENIORS:
            await twin._join(user, Side.SENIOR, TOP, level=4, department="IT")
        async with kit.store.write(team) as tx:
            for user, others in (avoids or {}).items():
                await people.confide(tx, twin.persons[user].id, Confided(avoid=others), kit.clock())
        return twin

    async def _join(self, user: str, side: Side, manager: str, **said: Any) -> None:
        form = about(side, manager=manager, **said)
        actor = Actor(self.team, user)
        await enrol.join(self.kit, actor, account(user), cohort_id=self.world.cohort.id, version="2026-3", about=form)
        async with self.kit.store.read(self.team) as tx:
            found = await people.find(tx, user)
        assert found is not None
        self.persons[user] = found

    async def answer(self, user: str, other: str, *, yes: bool) -> None:
        async with self.kit.store.read(self.team) as tx:
            pair = (await pairs.between(tx, self.persons[user].id, self.persons[other].id))[-1]
        await match.answer(self.kit, Actor(self.team, user), pair.id, yes=yes)

    async def seen(self, words: Words) -> str:
        """What Chi can look at: lists, desks, reviews, checks of every couple, Home, log, messages."""
        shown = [*await self._desks(words), *await self._lists(words), *await self._rows()]
        return self._plain(shown)

    async def own(self, user: str) -> str:
        """What somebody can read of themselves, but for what they told the matching alone."""
        tables = dict((await privacy.own_data(self.kit, Actor(self.team, user))).tables)
        tables.pop("confided", None)
        return self._plain([tables])

    async def _desks(self, words: Words) -> list[Any]:
        shown: list[Any] = []
        cohort = self.world.cohort.id
        for junior in JUNIORS:
            for senior in SENIORS:
                desk = await match.survey(self.kit, self.chi, junior, senior)
                shown.append(match_views.desk(words, desk).payload())
        for shelf in Shelf:
            review = await match.review(self.kit, self.chi, Place(cohort, shelf))
            shown.append(match_views.review(words, review).payload())
        return [*shown, match_views.match_desk(words, await match.match_desk(self.kit, self.chi, cohort)).payload()]

    async def _lists(self, words: Words) -> list[Any]:
        kit, chi = self.kit, self.chi
        async with kit.store.read(self.team) as tx:
            home = await homes.home_of(kit, tx, CHI, None)
        listed = [await report_pairs.pair_page(kit, chi, PairFilter(stands=one)) for one in (None, Stands.OVER)]
        cards = [await report_pairs.pair_card(kit, chi, row.people.pair.id) for page in listed for row in page.rows]
        return [
            *[pair_views.pairs(words, page).payload() for page in listed],
            *[pair_views.pair(words, card).payload() for card in cards],
            enrol_views.people(words, await enrol.people(kit, chi, Filter())).payload(),
            home_views.home(words, home).payload(),
            today_views.today(words, await today.today(kit, chi)).payload(),
            audit_views.audit(words, await audit.page(kit, chi)).payload(),
        ]

    async def _rows(self) -> list[Any]:
        """Pairs but for the one column that nobody reads; what is sent to Chi and into the channel; suggestions."""
        async with self.kit.store.read(self.team) as tx:
            known = [replace(pair, declined_at=None) for pair in await pairs.of_cohort(tx, self.world.cohort.id)]
            made = await runs.of_cohort(tx, self.world.cohort.id, *runs.PENDING)
            sent = select(t.outbox.c.kind, t.outbox.c.to, t.outbox.c.params, t.outbox.c.due_at).where(
                t.outbox.c.team_id == self.team, t.outbox.c.to.in_([CHI, self.world.programme.channel_id])
            )
            told = (await tx.conn.execute(sent.order_by(t.outbox.c.id))).all()
        return [[str(one) for one in rows] for rows in (known, made, told)]

    def _plain(self, shown: list[Any]) -> str:
        """Ids are told apart by when they come first."""
        known: dict[str, str] = {}
        text = json.dumps(shown, ensure_ascii=False, default=str, sort_keys=True).replace(self.team, "TEAM")
        return _ID.sub(lambda found: known.setdefault(found[0], f"id{len(known)}"), text)


async def pass_time(kit: Kit, clock: MovableClock, wait: timedelta) -> None:
    """Do what becomes due meanwhile, in every workspace, each at its own time."""
    until = clock.now + wait
    while True:
        async with kit.store.read("") as tx:
            moment = await due.next_at(tx)
        if moment is None or moment > until:
            break
        clock.set(max(moment, clock.now))
        await run_due(kit)
    clock.set(until)


async def twins(kit: Kit, avoids: dict[str, tuple[str, ...]] | None = None) -> tuple[Twin, Twin]:
    """Two workspaces with the same people; in the second, some avoid others."""
    return await Twin.make(kit, "T07ONE0001"), await Twin.make(kit, "T07TWO0001", avoids)
