"""The coordinator looks around between two digests: at previews, Homes, themes and every list, however filtered.

All filters that there are: pairs by cohort and by what they stand as, people by state, side and text, lights, those who
need somebody and themes of a cohort. Reports know a cohort and weeks (`papers`); `test_calendar` tries what she can do.
"""

import random
from dataclasses import dataclass, field, replace

from bot.domain.enrol import About, Filter, SlackProfile, Standing
from bot.domain.report.facts import DigestFacts, DigestFigures
from bot.domain.report.pairs import PairFilter, Stands
from bot.services.enrol.listing import people
from bot.services.enrol.profile import edit, told
from bot.services.home import today
from bot.services.kit import Actor, Kit
from bot.services.report import desk
from bot.services.report.pairs import pair_page
from bot.services.theme.acting import themes_window
from bot.views import report as report_views
from bot.views.enrol.people import people as people_view
from bot.views.report.modals import health, needs, preview
from bot.views.report.pairs import pairs as pairs_view
from bot.views.report.phrases import bounds
from prompts import Words
from storage.records.enrol import Person, Side
from storage.records.programme import Cohort
from tests.attack.reading import sections, text, without_figures
from tests.attack.telling import report_kinds
from tests.world import CHI, TEAM

_CHIS = Actor(TEAM, CHI)
_PAIRS = (None, *Stands)
_PEOPLE = (
    *(Filter(standing, side) for standing in (None, *Standing) for side in (None, *Side)),
    *(Filter(text=searched) for searched in ("Sales", "Research", "J 0")),
)
_AT_ONCE = 4


@dataclass(slots=True)
class Looker:
    """Looks, finds the figures of the last digest and no others, and keeps what all else said in `said`."""

    kit: Kit
    cohort: Cohort
    said: list[str]
    dice: random.Random = field(default_factory=lambda: random.Random(11))

    async def around(self, last: DigestFigures, *, whole: bool) -> None:
        """Whatever is asked for in between says what the last digest said, at whichever moment."""
        words = self.kit.words("en")
        looked = await desk.preview(self.kit, _CHIS)
        kinds = report_kinds()
        assert [sections(one.figures, kinds) for one in looked.digests] == [sections(last, kinds)]
        home = (await today(self.kit, _CHIS)).coordinator
        assert home is not None
        (strip,) = home.strips
        assert sections(strip.digest.figures, kinds) == sections(last, kinds)
        self.said += [repr(without_figures(one)) for one in (last, strip.digest.figures)]
        said = _said(words, last)
        for message in (report_views.digest(words, DigestFacts(self.cohort, last)), preview(words, looked)):
            assert all(one in text(message.blocks) for one in said)
        themes = await themes_window(self.kit, _CHIS, self.cohort.id)
        assert {one.theme for one in themes.stories} == {theme for theme, _ in last.themes}
        if whole:
            await self._lists()

    async def _lists(self) -> None:
        """Some filters by lot each time: over a programme all of them."""
        words = self.kit.words("en")
        for wanted in self.dice.sample(_PAIRS, _AT_ONCE):
            cohort = self.cohort.id if self.dice.random() < 0.5 else ""
            page = await pair_page(self.kit, _CHIS, PairFilter(cohort, wanted))
            self.said.append(text(pairs_view(words, page).blocks))
        for sought in self.dice.sample(_PEOPLE, _AT_ONCE):
            found = await people(self.kit, _CHIS, sought)
            self.said.append(text(people_view(words, found).blocks))
        self.said.append(text(health(words, await desk.health(self.kit, _CHIS)).blocks))
        self.said.append(text(needs(words, await desk.needs(self.kit, _CHIS, self.cohort.id)).blocks))


def _said(words: Words, last: DigestFigures) -> list[str]:
    """How the figures about juniors' answers are put in words."""
    shown = last.reciprocity.published
    return [bounds(words, figure, shown.n) for figure in shown.figures] if shown else []


async def moved(kit: Kit, person: Person, department: str) -> None:
    """Somebody goes to another department and says so in their profile."""
    actor = Actor(TEAM, person.user_id)
    about = (await told(kit, actor)).about
    slack = SlackProfile(person.user_id, person.name, person.zone, "en-US", False, False, False, False)
    profile = replace(about.profile, department=department, languages=("en",))
    await edit(kit, actor, slack, About(profile, about.manager))
