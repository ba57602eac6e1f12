"""What may become of a suggestion: asked of the junior, of the senior, a pair, wrapped up, completed or ended."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.when import out_of_quiet, working_morning_in
from tests.machines.model import PAIR, UNDO, Life, Press, day_of
from tests.world import ANA, BO, CHI

PROPOSED, ASKING, STARTING, ACTIVE = "proposed", "asking_senior", "starting", "active"
DECLINED, EXPIRED, ENDED, COMPLETED = "declined", "expired", "ended", "completed"
SUGGESTED, ASKED, YES = (PROPOSED, ASKING, STARTING), {ANA: PROPOSED, BO: ASKING}, {ANA: ASKING, BO: STARTING}
ZONE, WANTED, ENDS_ON = "Europe/Berlin", 3, date(2026, 6, 19)
TWO_WEEKS = timedelta(days=14)


@dataclass
class Wrapping:
    """A pair that comes to its end, thanked once its last session is over."""

    thanked: datetime | None = None


@dataclass
class Pairing(Life):
    """Section 7: proposed, junior yes, senior yes, active, (paused), wrapping, completed or ended.

    `ends`: when an unanswered question runs out. `then`: when something follows from a yes. `no`: since when the side
    that is asked has said no, which ends the suggestion only when silence would have.
    """

    stage: str = PROPOSED
    earlier: list[str] = field(default_factory=list)
    ends: dict[str, datetime] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    then: datetime | None = None
    no: datetime | None = None
    met: dict[datetime, tuple[str, datetime]] = field(default_factory=dict)
    wrapping: Wrapping | None = None
    ended_at: datetime | None = None
    said: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ask(ANA)

    @property
    def active(self) -> bool:
        return self.stage == ACTIVE and not self.rests

    @property
    def state(self) -> str:
        return "paused" if self.stage == ACTIVE and self.rests else self.stage

    @property
    def held(self) -> int:
        return len(self.met)

    def take(self, press: Press) -> bool | None:
        """Buttons of an earlier suggestion, and of none, change nothing."""
        return False if press.which else super().take(press)

    def ahead(self) -> list[datetime]:
        look = datetime.combine(self.now.astimezone(UTC).date(), time(6), UTC)
        look = look if look > self.now else look + timedelta(days=1)
        return [*super().ahead(), *self.ends.values(), *([self.then] if self.then else []), look]

    def occur(self) -> None:
        super().occur()
        if self.then and self.then <= self.now:
            self._follow()
        for who in [who for who, at in self.ends.items() if at <= self.now]:
            del self.ends[who]
            if self.stage == ASKED[who]:
                self._close(DECLINED)
        if self.stage == ACTIVE and self.now.astimezone(UTC).time() == time(6):
            self._look()

    def settle(self, who: str) -> None:
        if self.stage in SUGGESTED:
            self._close(EXPIRED)

    def end(self) -> None:
        if self.stage == ACTIVE:
            self._over(ENDED)

    def _over(self, stage: str) -> None:
        self.stage, self.over, self.ended_at = stage, True, self.now

    def _close(self, stage: str) -> None:
        self.stage, self.no, self.then = stage, None, None
        self.ends.clear()

    def _ask(self, who: str) -> None:
        self.asked.add(who)
        self.ends[who] = working_morning_in(5, out_of_quiet(self.now, ZONE), ZONE)

    def _follow(self) -> None:
        self.then = None
        if self.rests:
            self._close(EXPIRED)
        elif self.stage == ASKING:
            self._ask(BO)
        else:
            self.stage = ACTIVE

    def _look(self) -> None:
        """The daily look at how a pair comes to its end."""
        today = day_of(self.now)
        ending = self.held >= WANTED or today >= ENDS_ON - TWO_WEEKS
        last_is_over = self.held >= WANTED or today > ENDS_ON
        if self.wrapping is None:
            self.wrapping = Wrapping() if self.active and self.held and ending else None
        elif not ending:
            self.wrapping = None
        elif self.wrapping.thanked is None:
            if last_is_over and self.now >= max(self.met) + timedelta(hours=20):
                self.wrapping.thanked = self.now
        elif not last_is_over:
            self.wrapping = None
        elif self.held >= WANTED and self.now >= self.wrapping.thanked + TWO_WEEKS:
            self._over(COMPLETED)

    def _waits(self, who: str) -> bool:
        return who in self.asked and self.stage == ASKED[who] and self.no is None

    def _yes(self, press: Press) -> bool:
        if press.who not in PAIR:
            return False
        if self.stage == YES[press.who] and not (press.who == ANA and BO in self.asked):
            return True
        if not self._waits(press.who):
            return False
        self.stage, self.then = YES[press.who], self.now + UNDO
        return True

    def _no(self, press: Press) -> bool:
        if press.who not in PAIR or self.stage != ASKED[press.who] or press.who not in self.asked:
            return False
        self.no = self.no or self.now
        return True

    def _undo(self, press: Press) -> bool:
        if press.who not in PAIR:
            return False
        if self.stage == YES[press.who] and self.then is not None:
            self.stage, self.then = ASKED[press.who], None
            self.ends.setdefault(press.who, working_morning_in(1, self.now, ZONE))
            return True
        if self.stage != ASKED[press.who] or self.no is None or self.now >= self.no + UNDO:
            return False
        self.no = None
        return True

    def _question(self, press: Press) -> bool:
        return press.who in PAIR and self._waits(press.who)

    def _withdraw(self, press: Press) -> bool:
        may = press.who == CHI and self.stage in SUGGESTED
        if may:
            self._close(EXPIRED)
        return may

    def _propose(self, press: Press) -> bool:
        """Whoever was a pair, or gave no yes in time, is not suggested to each other again."""
        over = {self.stage, *self.earlier}
        if press.who != CHI or over != {EXPIRED} or self.rests:
            return False
        self.earlier.append(self.stage)
        self.stage, self.asked = PROPOSED, set()
        self._ask(ANA)
        return True

    def hour(self) -> datetime:
        return self.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)

    def _log(self, press: Press) -> bool:
        may = press.who in PAIR and self.active
        if may:
            self.met.setdefault(self.hour(), (press.who, self.now))
        return may

    def _unlog(self, press: Press) -> bool:
        last = max(self.met, default=None)
        if last is None or not self.active:
            return False
        by, at = self.met[last]
        may = press.who == by and self.now <= at + UNDO
        if may:
            del self.met[last]
        return may

    def _word(self, press: Press) -> bool:
        """Whether an early end counts as completed: once both say so."""
        asked = self.ended_at is not None and self.held >= WANTED and self.now <= self.ended_at + TWO_WEEKS
        done = self.stage == COMPLETED and not self.said
        if press.who not in PAIR or not asked or done:
            return False
        self.said[press.who] = press.how == "yes"
        self.stage = COMPLETED if all(self.said.get(who) for who in PAIR) else ENDED
        return True

    def _pause(self, press: Press) -> bool | None:
        return None if self.over else super()._pause(press)

    def _resume(self, press: Press) -> bool | None:
        return None if self.over else super()._resume(press)

    def _leave(self, press: Press) -> bool:
        return self.stage == ACTIVE and super()._leave(press)

    def _part(self, press: Press) -> bool:
        return self.stage == ACTIVE and super()._part(press)
