"""Sessions booked, moved, called off, said to have been held and taken back, in every order."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from bot.domain.jobs import Job
from bot.domain.meet import ANSWERABLE, FURTHEST, UNKNOWN_AFTER, Booking
from bot.services import meet as meetings
from bot.services.kit import Actor
from prompts import Library
from storage import due, meet
from storage.records.delivery import DueState
from storage.records.meet import Said, SessionState
from storage.store import Tx
from tests.machines.life import LifeMachine, mostly
from tests.machines.model import PAIR, UNDO, Life, Press
from tests.machines.playing import play
from tests.world import ANA, BO, TEAM

HOUR = timedelta(hours=1)
PLANNED, HELD, MOVED, CANCELLED, UNKNOWN, FORGOTTEN = "planned", "held", "moved", "cancelled", "unknown", "forgotten"
AHEAD = st.sampled_from(("-1", "0", "1", "2", "26", "26", "50", "170", "9999"))
AGO = st.sampled_from(("-1", "0", "1", "2", "5", "30"))


def place(press: Press) -> str:
    """Whose words these were."""
    return f"Room of {press.who} for {press.what} {press.how}"


@dataclass
class Meeting:
    """What a pair booked or logged; what either of the two said became of it."""

    starts: datetime
    place: str
    by: str
    state: str = PLANNED
    said: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    logged: bool = False
    given_up: bool = False

    @property
    def ends(self) -> datetime:
        return self.starts + HOUR

    def decide(self) -> None:
        """One *we met* is enough; *moved* counts before *it didn't happen*."""
        said = {what for what, _ in self.said.values()}
        none = UNKNOWN if self.given_up else PLANNED
        found = HELD if "met" in said else MOVED if "moved" in said else CANCELLED if said else none
        self.state = found


@dataclass
class Meetings(Life):
    """Section 7: planned, then held, moved, cancelled or unknown; a word is taken back within ten minutes."""

    meetings: list[Meeting] = field(default_factory=list)
    known: int = 0
    """How many there were when somebody looked: what is pressed is one of these, whatever comes at the same moment."""

    def settle(self, who: str) -> None:
        self._call_off(self.rests[who])

    def end(self) -> None:
        if not self.over:
            self._call_off(datetime.max.replace(tzinfo=self.now.tzinfo))
        super().end()

    def _call_off(self, until: datetime) -> None:
        for one in self.meetings:
            if one.state == PLANNED and self.now < one.starts < until:
                one.state = CANCELLED

    def hour(self, how: str) -> datetime:
        return self.now.replace(minute=0, second=0, microsecond=0) + int(how) * HOUR

    def _one(self, press: Press) -> Meeting | None:
        there = self.meetings[: self.known][::-1][press.which : press.which + 1]
        mine = press.who in PAIR and self.active and there and there[0].state != FORGOTTEN
        return there[0] if mine else None

    def _free(self, starts: datetime, but: Meeting | None = None) -> bool:
        taken = [one for one in self.meetings if one.state in (PLANNED, HELD) and one is not but]
        near = self.now < starts <= self.now + FURTHEST
        return near and not any(starts < one.ends and one.starts < starts + HOUR for one in taken)

    def _there(self, press: Press) -> bool:
        starts = self.hour(press.how)
        return any((one.starts, one.by, one.state) == (starts, press.who, PLANNED) for one in self.meetings)

    def _book(self, press: Press) -> bool:
        if press.who not in PAIR or not self.active:
            return False
        if self._there(press):
            return True
        starts = self.hour(press.how)
        free = self._free(starts)
        if free:
            self.meetings.append(Meeting(starts, place(press), press.who))
        return free

    def _move(self, press: Press) -> bool:
        if press.who in PAIR and self.active and self._there(press):
            return True
        old = self._one(press)
        if old is None:
            return False
        told = old.state in (MOVED, CANCELLED) and old.said
        if (old.state != PLANNED and not told) or not self._free(self.hour(press.how), old):
            return False
        old.state = MOVED if old.state == PLANNED else old.state
        self.meetings.append(Meeting(self.hour(press.how), place(press), press.who))
        return True

    def _cancel(self, press: Press) -> bool:
        one = self._one(press)
        if one is None or one.state not in (PLANNED, CANCELLED):
            return False
        if one.state == CANCELLED:
            return True
        if one.starts > self.now:
            one.state = CANCELLED
            return True
        return self._said(replace(press, how="not_met"))

    def _said(self, press: Press) -> bool:
        one = self._one(press)
        if one is None or one.starts > self.now or self.now > one.ends + ANSWERABLE:
            return False
        if one.state not in (PLANNED, UNKNOWN, HELD) and not one.said:
            return False
        one.said[press.who] = (press.how, self.now)
        one.decide()
        return True

    def _undo(self, press: Press) -> bool:
        one = self._one(press)
        if one is None or press.who not in one.said or self.now - one.said[press.who][1] > UNDO:
            return False
        del one.said[press.who]
        if one.logged:
            one.state = FORGOTTEN
        else:
            one.decide()
        return True

    def _log(self, press: Press) -> bool:
        starts = self.hour("-" + press.how if not press.how.startswith("-") else press.how[1:])
        if press.who not in PAIR or not self.active or starts > self.now:
            return False
        known = next(
            (one for one in self.meetings if one.starts == starts and one.state in (PLANNED, UNKNOWN, HELD)), None
        )
        if known is not None and known.state == HELD:
            return True
        if known is None:
            known = Meeting(starts, place(press), press.who, logged=True)
            self.meetings.append(known)
        known.said[press.who] = ("met", self.now)
        known.decide()
        return True


class MeetMachine(LifeMachine):
    model: Meetings

    def fresh_model(self) -> Meetings:
        self.ids: list[str] = []
        return Meetings(self.clock.now)

    def presses(self) -> st.SearchStrategy[Press]:
        who, which = mostly(ANA, BO), st.sampled_from((0, 0, 0, 1, 2, 9))
        booked = st.builds(Press, who, st.just("book"), how=AHEAD)
        moved = st.builds(Press, who, st.just("move"), which, AHEAD)
        logged = st.builds(Press, who, st.just("log"), how=AGO)
        told = st.builds(Press, who, st.just("said"), which, st.sampled_from(("met", "moved", "not_met")))
        other = st.builds(Press, who, st.sampled_from(("cancel", "undo")), which)
        return st.one_of(booked, booked, moved, logged, told, told, other)

    def before(self) -> None:
        self.model.known = len(self.model.meetings)

    async def do(self, press: Press) -> object:
        actor, model = Actor(TEAM, press.who), self.model
        one = self.ids[::-1][press.which] if press.which < len(self.ids) else "none"
        match press.what:
            case "book" | "move":
                booking = Booking(self.pair.id, model.hour(press.how), 60, place(press))
                return await meetings.book(self.kit, actor, booking, moves=one if press.what == "move" else "")
            case "log":
                ago = model.hour(str(-int(press.how)))
                return await meetings.log(self.kit, actor, Booking(self.pair.id, ago, 60, place(press)))
            case "said":
                return await meetings.said(self.kit, actor, one, Said(press.how))
            case "cancel":
                return await meetings.cancel(self.kit, actor, one, None, None)
        return await meetings.undo(self.kit, actor, one)

    async def facts(self, tx: Tx) -> object:
        found = sorted(await meet.of_pair(tx, self.pair.id), key=lambda one: one.id)
        self.ids += [one.id for one in found if one.id not in self.ids]
        for one in found:
            model = self.model.meetings[self.ids.index(one.id)] if len(self.model.meetings) == len(self.ids) else None
            late = self.clock.now >= one.ends_at + UNKNOWN_AFTER
            if model and one.state is SessionState.UNKNOWN and model.state == PLANNED and late:
                model.state, model.given_up = UNKNOWN, True
        return [(one.starts_at, one.place, one.state.value) for one in found]

    def told(self, model: Meetings) -> object:
        return [(one.starts, one.place, one.state) for one in model.meetings if one.state != FORGOTTEN]

    async def more(self, tx: Tx) -> None:
        """No two at one time, numbered in their order, and nothing planned around what was called off."""
        found = await meet.of_pair(tx, self.pair.id)
        counted = sorted(
            (one for one in found if one.state.value in (PLANNED, HELD, UNKNOWN)),
            key=lambda one: (one.starts_at, one.id),
        )
        assert [one.number for one in counted] == list(range(1, len(counted) + 1)), "numbered in their order"
        taken = [one for one in counted if one.state.value in (PLANNED, HELD)]
        assert all(a.ends_at <= b.starts_at for a, b in itertools.pairwise(taken)), "two at one time"
        for one in found:
            off = one.state.value in (MOVED, CANCELLED) and not await meet.reports(tx, one.id)
            for job in (Job.REMINDER, Job.DID_YOU_MEET, Job.SESSION_UNKNOWN) if off else ():
                left = [item for item in await due.about(tx, job, one.id) if item.state is DueState.PENDING]
                assert left == [], f"{job} about what was called off"

    def at_last(self) -> None:
        waiting = [one for one in self.model.meetings if one.state == PLANNED and one.ends < self.clock.now]
        assert waiting == [], "a session of long ago is planned still"


def test_sessions_keep_to_their_states_their_times_and_their_places(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    play(MeetMachine, tmp_path, empty_database, library)
