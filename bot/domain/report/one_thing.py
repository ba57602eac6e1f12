"""The one thing a coordinator could do this week: chosen from facts about activity, the same way every time."""

from collections.abc import Sequence

from bot.domain.report.activity import Activity, Concern
from bot.domain.report.facts import Promises

EARLY_WEEKS = 3
LATE_WEEKS = 2


def holding(
    week: int,
    weeks: int,
    activity: Activity,
    concerns: Sequence[tuple[Concern, int]],
    promises: Promises,
    *,
    waiting_people: int,
    published: bool,
    themes_open: bool = False,
) -> frozenset[str]:
    """The conditions of `one_things.toml` that hold.

    `published`: at least one release is out. `themes_open`: a theme past the gate has been taken to nobody.
    """
    found = dict(concerns)
    checks = {
        "seniors_cancelling": Concern.TWICE in found or activity.cancelled_by_senior >= 2,
        "first_weeks": week <= EARLY_WEEKS and activity.pairs > 0,
        "closing": weeks - week < LATE_WEEKS,
        "pairs_unbooked": activity.with_next < activity.pairs and weeks - week >= LATE_WEEKS,
        "quiet": Concern.QUIET in found or Concern.LONG_QUIET in found,
        "answers_waiting": not published and week > EARLY_WEEKS,
        "promises_slipping": promises.slipping > 0,
        "people_waiting": waiting_people > 0,
        "themes_open": themes_open,
        "halfway": week == (weeks + 1) // 2,
        "always": True,
    }
    return frozenset(name for name, holds in checks.items() if holds)


def choose(things: Sequence[tuple[str, str]], conditions: frozenset[str], shown: Sequence[str]) -> str:
    """The id of the thing to show. `things` are (id, condition) in order, `shown` what earlier digests showed,
    oldest first.

    The first that holds, unless one of the last two digests showed it; then the one not shown for longest.
    """
    fitting = [thing for thing, condition in things if condition in conditions]
    fresh = [thing for thing in fitting if thing not in shown[-2:]]
    if fresh:
        never = [thing for thing in fresh if _condition(things, thing) == _condition(things, fresh[0])]
        return min(never, key=lambda thing: _last(shown, thing))
    return min(fitting, key=lambda thing: _last(shown, thing), default="")


def kept(shown: Sequence[str], thing: str) -> tuple[str, ...]:
    """What `choose` has to know of all that was shown, `thing` last: the last two, and when each other one last was.

    As long as there are things, however many weeks there were.
    """
    everything = [*shown, thing]
    older = reversed(everything[:-2])
    return (*reversed(list(dict.fromkeys(older))), *everything[-2:])


def _condition(things: Sequence[tuple[str, str]], wanted: str) -> str:
    return dict(things)[wanted]


def _last(shown: Sequence[str], thing: str) -> int:
    return max((place for place, one in enumerate(shown) if one == thing), default=-1)
