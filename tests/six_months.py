"""The six months of Ana and Bo, without the pilot's other pairs, played in a town from one stage to the next."""

import json
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.jobs import Job
from bot.services.post import unplan
from demo import Staging
from playground.story import Scene, Story, load, moment
from playground.transcript import Transcript
from prompts import Library
from tests.end_to_end.conftest import Town, open_town

NIGHTLY = (Job.RETENTION, Job.SYNC, Job.FLAGS, Job.DIGEST)
"""What a year of nights and weeks would cost a test, and has tests of its own."""
PACE = timedelta(minutes=30)
WHO = frozenset({"chi", "noor", "eli", "rolf", "otto", "ana", "bo"})
STAGES = {
    "deferred": "week 3 Tue 12:00", "promised": "week 12 Thu 12:00", "slipping": "week 16 Fri 18:00",
    "done": "week 18 Thu 12:00", "ended": "week 27 Fri 12:00", "later": "week 38 Fri 12:00",
}  # fmt: skip
"""When it is worth looking at both Homes."""


def about(scene: Scene) -> set[str]:
    """Who acts, and whom they name."""
    return {scene.who, *re.findall(r"@(\w+)", str(scene.steps))}


def told() -> Story:
    """The story, with one pair in it."""
    whole = load("six_months")
    scenes = tuple(scene for scene in whole.scenes if about(scene) <= WHO and scene.who != "otto")
    return replace(whole, scenes=scenes)


@dataclass
class SixMonths:
    """A town in the middle of the story. `seen` holds everything that came before somebody's eyes, by name."""

    town: Town
    story: Story
    staging: Staging
    lines: list[str] = field(default_factory=list)
    seen: dict[str, list[str]] = field(default_factory=lambda: {"ana": [], "bo": [], "chi": []})

    async def until(self, stage: str) -> None:
        """Go on to a stage; nothing happens in the months after the end, and the clock leaps over them."""
        at = moment(STAGES[stage], self.story.starts.astimezone(self.story.zone)).astimezone(UTC)
        if stage == "later":
            self.town.clock.set(at - timedelta(days=4))
        await self.staging.until(at)

    async def homes(self) -> dict[str, str]:
        """What stands on both Homes."""
        for name in ("ana", "bo"):
            await self.town.person(name).open_home()
        await self.town.settle()
        return {name: json.dumps(self.town.person(name).home, ensure_ascii=False) for name in ("ana", "bo")}

    def watch(self) -> Callable[[], None]:
        """Remember every message, change, modal and Home that one of them gets to see."""
        names = {self.town.person(name).id: name for name in self.seen}

        def saw(kind: str, audience: Collection[str] | None, data: Any) -> None:
            if not {"message", "view"} & data.keys():  # the clock, and the panel with everybody's requests
                return
            for person, name in names.items():
                if audience is None or person in audience:
                    self.seen[name].append(json.dumps(data, ensure_ascii=False))

        return self.town.pg.live.listen(saw)


@asynccontextmanager
async def six_months(folder: Path, library: Library) -> AsyncIterator[SixMonths]:
    """The town on the first morning, with everything that makes no difference to the two left out of its nights."""
    story = told()
    async with open_town(folder, library, starts=story.starts, seed=story.seed, granted=story.granted) as town:
        lines: list[str] = []
        transcript = Transcript(story, town.pg.workspace, town.clock.now, lines.append)
        staging = Staging(story, town.pg, town.house, transcript, pace=PACE)
        one = SixMonths(town, story, staging, lines)
        stop = one.watch()
        async with staging:
            await staging.until(datetime(2026, 1, 12, 12, tzinfo=UTC))
            async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
                for job in NIGHTLY:
                    await unplan(tx, job, tx.team, "not in this story")
            yield one
        stop()
