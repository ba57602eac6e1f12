"""Why nobody was found for somebody, as far as a coordinator may know it.

The avoid lists are not asked here: who is kept apart by them alone gets the answer that also stands for being outbid.
Nor is whose lived experience few share: to those who look for reasons, places are what people offered.
"""

import numpy as np

from bot.domain.match import Check, Member, Unmatched, Why, room
from bot.domain.match.apart import allowed, wants
from bot.services.match.codes import ORDER, Table, codes
from bot.services.match.finding import Found
from bot.services.match.pool import Pool
from storage.records.enrol import Side

_WHY = {
    Check.SENIOR_ABOVE: Why.LINE, Check.JUNIOR_ABOVE: Why.LINE, Check.SAME_MANAGER: Why.LINE,
    Check.CONFLICT: Why.CONFLICT, Check.FORMER: Why.FORMER, Check.NO_LANGUAGE: Why.LANGUAGE,
    Check.FEW_HOURS: Why.HOURS,
}  # fmt: skip
_KINDS = tuple(dict.fromkeys(_WHY.values()))
_FREE = 1 << len(_KINDS)
_BITS = np.array([_FREE, *(1 << _KINDS.index(_WHY[c]) if c in _WHY else 0 for c in ORDER)], np.uint16)
"""Code of a couple → its kind as one bit. Somebody whom nobody here can be paired with says nothing about others."""


def unmatched(pool: Pool, found: Found) -> tuple[Unmatched, ...]:
    """Everybody who has no pair on a side that they offered, and gets none now; juniors first, then by id."""
    return tuple(one for side in Side for one in _on_side(pool, found, side))


def _on_side(pool: Pool, found: Found, side: Side) -> list[Unmatched]:
    hall = found.hall
    juniors, seen = _as_offered(pool, found)
    here, there = (juniors, hall.seniors) if side is Side.JUNIOR else (hall.seniors, juniors)
    taken = {here[pair[0 if side is Side.JUNIOR else 1]].id for pair in found.pairs}
    left = [m for m in pool.members if side in m.profile.sides and not m.pairs.get(side) and m.id not in taken]
    own = {m.id: _own(pool, m, side) for m in left}
    at = {m.id: number for number, m in enumerate(here)}
    table = seen if side is Side.JUNIOR else seen.T
    lost = _lost(pool, found, here, there, side)
    return [
        Unmatched(pool.persons[m.id], side, own[m.id] or _why(table[at[m.id]], lost))
        for m in sorted(left, key=lambda m: m.id)
    ]


def _as_offered(pool: Pool, found: Found) -> tuple[tuple[Member, ...], Table]:
    """Juniors and codes with those, too, who get no second place because few share what they told in confidence."""
    hall = found.hall
    known = {m.id for m in hall.juniors}
    spared = tuple(m for m in pool.members if m.id not in known and room(m, Side.JUNIOR))
    if not spared:
        return hall.juniors, hall.codes
    return hall.juniors + spared, np.vstack([hall.codes, codes(spared, hall.seniors, pool.common)])


def _own(pool: Pool, member: Member, side: Side) -> Why | None:
    """What it is about the person alone."""
    if member.id in pool.away:
        return pool.away[member.id]
    if not room(member, side):
        return Why.NO_ROOM
    return _barred(pool, member)


def _barred(pool: Pool, member: Member) -> Why | None:
    if not allowed(member, pool.common):
        return Why.OUTSIDER
    return None if wants(member.profile, pool.common.purpose) else Why.PURPOSE


def _lost(pool: Pool, found: Found, here: tuple[Member, ...], there: tuple[Member, ...], side: Side) -> Why:
    """What is said to those for whom there would have been somebody."""
    if pool.limit is not None and len(found.pairs) >= pool.limit:
        return Why.PILOT_FULL
    other = Side.SENIOR if side is Side.JUNIOR else Side.JUNIOR
    places = sum(room(m, other) for m in there if not _barred(pool, m))
    return Why.FEWER if places < sum(not _barred(pool, m) for m in here) else Why.NO_MATCH


def _why(apart: Table, lost: Why) -> Why:
    """One kind of thing that keeps somebody from everybody is named; several are not, nor is what is confided."""
    bits = int(np.bitwise_or.reduce(_BITS[apart])) if len(apart) else 0
    if not bits:
        return Why.NOBODY
    if bits & _FREE:
        return lost
    kinds = [kind for number, kind in enumerate(_KINDS) if bits & 1 << number]
    return kinds[0] if len(kinds) == 1 else Why.NO_MATCH
