"""Finding the best set of pairs for a cohort: load it, look for the set, say why, and why not.

Loading goes through the database; everything after it is a calculation, done in a thread beside the loop so that Slack
is answered meanwhile: numpy and scipy let go of the interpreter while they work.
"""

import asyncio
from dataclasses import replace

from bot.domain.match import Check, Member, Solved, Suggested, Terms, line_end, paper_score, reasons, warnings
from bot.services.kit import Kit
from bot.services.match.pool import Pool, load
from storage.store import Tx


async def solve(kit: Kit, tx: Tx, cohort_id: str, terms: Terms) -> Solved:
    """The best set of pairs of a cohort as it is now, best fit first; nothing is stored.

    Takes seconds with thousands of people: never in a transaction that writes, for others would wait for it. Raises
    Refusal where there is no such cohort.
    """
    pool = await load(tx, cohort_id)
    return await asyncio.to_thread(solved, pool, terms)


def solved(pool: Pool, terms: Terms) -> Solved:
    """What comes out for a pool of people."""
    # Not at the top: these bring numpy and scipy, which only a match needs.
    from bot.services.match.explaining import unmatched
    from bot.services.match.finding import find

    pool = replace(pool, common=replace(pool.common, outsiders=terms.outsiders))
    found = find(pool, terms.weights)
    couples = [(found.hall.juniors[row], found.hall.seniors[column]) for row, column in found.pairs]
    proposals = [_suggested(pool, terms, junior, senior) for junior, senior in couples]
    proposals.sort(key=lambda one: (-one.score, one.junior.id, one.senior.id))
    return Solved(tuple(proposals), unmatched(pool, found), sum(one.score for one in proposals), len(proposals))


def _suggested(pool: Pool, terms: Terms, junior: Member, senior: Member) -> Suggested:
    shown = paper_score(junior.profile, senior.profile, terms.weights)
    found = warnings(junior, senior, pool.common)
    return Suggested(
        pool.persons[junior.id], pool.persons[senior.id], shown, shown < terms.floor,
        tuple(reasons(junior.profile, senior.profile).split()), found,
        line_end(junior.user_id, pool.common.lines) if Check.LINE_ENDS in found else "",
    )  # fmt: skip
