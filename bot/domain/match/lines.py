"""Reporting lines: who is above whom, at any height, whatever the data looks like."""

from collections.abc import Mapping

from bot.domain.match.checks import Check


def chain(user_id: str, lines: Mapping[str, str]) -> tuple[str, ...]:
    """Everybody above somebody, nearest first. Ends where nothing is known, at the top, or where a circle closes."""
    above: dict[str, None] = {}
    at = lines.get(user_id, "")
    while at and at != user_id and at not in above:
        above[at] = None
        at = lines.get(at, "")
    return tuple(above)


def circle(user_id: str, manager_id: str, lines: Mapping[str, str]) -> tuple[str, ...]:
    """The circle that a new line would close, from the user back to the user; empty when there is none."""
    if user_id == manager_id:
        return (user_id, user_id)
    above = chain(manager_id, lines)
    if user_id not in above:
        return ()
    return (user_id, manager_id, *above[: above.index(user_id) + 1])


def off_line(junior: str, senior: str, lines: Mapping[str, str]) -> Check | None:
    """The off-line rule: nobody is paired with anybody above or below at any height, nor under the same manager."""
    if senior in chain(junior, lines):
        return Check.SENIOR_ABOVE
    if junior in chain(senior, lines):
        return Check.JUNIOR_ABOVE
    if lines.get(junior) and lines.get(junior) == lines.get(senior):
        return Check.SAME_MANAGER
    return None
