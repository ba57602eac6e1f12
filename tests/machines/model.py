"""What a pair's life may be, in a few lines of its own: who rests, who leaves, and what is over."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.world import ANA, BO, CHI

UNDO = timedelta(minutes=10)
BERLIN = ZoneInfo("Europe/Berlin")
PAIR = (ANA, BO)


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody presses something: on the which-th thing there ever was, newest first; `how` is what they choose."""

    who: str
    what: str
    which: int = 0
    how: str = ""


def day_of(now: datetime) -> date:
    """The day on the wall of both people of the pair."""
    return now.astimezone(BERLIN).date()


def morning(day: date) -> datetime:
    return datetime.combine(day, time(10), BERLIN).astimezone(UTC)


@dataclass
class Life:
    """A pair: active, paused for as long as one of the two rests, or over.

    `take` says whether a press may change something (None: it may be refused or change nothing), and does it.
    """

    now: datetime
    over: bool = False
    rests: dict[str, datetime] = field(default_factory=dict)
    leaving: dict[str, datetime] = field(default_factory=dict)
    parting: datetime | None = None
    settles: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return not self.over and not self.rests

    @property
    def state(self) -> str:
        return "over" if self.over else "paused" if self.rests else "active"

    def take(self, press: Press) -> bool | None:
        allowed: bool | None = getattr(self, f"_{press.what}")(press)
        return allowed

    def pass_to(self, now: datetime) -> None:
        """What becomes due on the way happens in its order."""
        while ahead := [at for at in self.ahead() if at <= now]:
            self.now = min(ahead)
            self.occur()
        self.now = now

    def ahead(self) -> list[datetime]:
        """When something happens by itself."""
        parting = [self.parting] if self.parting else []
        return [*self.leaving.values(), *self.rests.values(), *parting, *(at for at, _ in self.settles)]

    def occur(self) -> None:
        """What happens at this moment."""
        for at, who in self.settles:
            if at <= self.now and who in self.rests and not self.over:
                self.settle(who)
        self.settles = [one for one in self.settles if one[0] > self.now]
        gone = [who for who, at in self.leaving.items() if at <= self.now]
        if gone or (self.parting and self.parting <= self.now):
            self.end()
        self.leaving = {who: at for who, at in self.leaving.items() if who not in gone}
        self.parting = None if self.parting and self.parting <= self.now else self.parting
        self.rests = {who: at for who, at in self.rests.items() if at > self.now}

    def settle(self, who: str) -> None:
        """What a pause brings about ten minutes after it was asked for."""

    def end(self) -> None:
        self.over = True

    def _pause(self, press: Press) -> bool:
        if press.who in PAIR:
            self.rests[press.who] = morning(day_of(self.now) + timedelta(days=int(press.how)))
            self.settles.append((self.now + UNDO, press.who))
        return press.who in PAIR

    def _resume(self, press: Press) -> bool:
        self.settles = [one for one in self.settles if one[1] != press.who]
        return self.rests.pop(press.who, None) is not None

    def _leave(self, press: Press) -> bool:
        if press.who not in PAIR or self.over:
            return False
        self.leaving.setdefault(press.who, self.now + UNDO)
        return True

    def _stay(self, press: Press) -> bool:
        return not self.over and self.leaving.pop(press.who, None) is not None

    def _part(self, press: Press) -> bool:
        if press.who != CHI or self.over:
            return False
        self.parting = self.parting or self.now + UNDO
        return True

    def _unpart(self, press: Press) -> bool:
        if press.who != CHI or self.over or self.parting is None:
            return False
        self.parting = None
        return True
