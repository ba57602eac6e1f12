"""Which themes a cohort has: fixed when it opens, for a tag that only some could pick would tell who did."""

from bot.services.kit import Kit
from storage import theme
from storage.records.programme import Cohort, Purpose
from storage.store import Tx


async def fix_themes(kit: Kit, tx: Tx, cohort: Cohort) -> None:
    """Write down what juniors of a cohort that opens now can pick until its end."""
    own = [tag.id for tag in await theme.tags(tx) if tag.retired_at is None]
    await theme.fix(tx, cohort.id, [*_built_in(kit, cohort.purpose), *own])


async def vocabulary(kit: Kit, tx: Tx, cohort: Cohort) -> tuple[str, ...]:
    """The ids of the themes of a cohort, in a fixed order, whatever was added or retired since it opened.

    One that opened before themes were written down has the shipped ones of its purpose.
    """
    fixed = await theme.fixed(tx, cohort.id)
    if not fixed:
        return _built_in(kit, cohort.purpose)
    shipped = [tag.id for group in kit.library.content.themes.groups for tag in group.tags]
    known = [*shipped, *(tag.id for tag in await theme.tags(tx))]
    return (*(one for one in known if one in fixed), *sorted(fixed - set(known)))


def _built_in(kit: Kit, purpose: Purpose) -> tuple[str, ...]:
    groups = kit.library.content.themes.groups
    fitting = (one for one in groups if purpose is Purpose.FREE or one.purpose in (purpose.value, "any"))
    return tuple(tag.id for group in fitting for tag in group.tags if not tag.retired)
