"""What every use case is handed, and who is acting."""

import random
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.domain.privacy import Keeping
from prompts import Library, Words
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Actor:
    """Who Slack's verified request says is acting. `admin` is the workspace-admin flag, asked live where it matters."""

    team_id: str
    user_id: str
    enterprise_id: str | None = None
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """Store, clock, dice (jitter and draws; cryptographic outside tests), and words.

    `team`: the one workspace whose work and letters this process looks after; "" for all that its database holds.
    `keeping`: how long what people wrote is kept.
    """

    store: Store
    clock: Clock
    library: Library
    dice: random.Random = field(default_factory=random.SystemRandom)
    team: str = ""
    keeping: Keeping = field(default_factory=Keeping)

    def words(self, locale: str | None) -> Words:
        return self.library.words(locale or "en")
