"""Who may do what, checked where the action happens, against who Slack says is acting."""

from bot.domain.refusals import Refusal
from bot.services.kit import Actor
from storage import enrol, match, programme
from storage.records.enrol import Person, Side
from storage.records.match import Pair
from storage.records.programme import Programme
from storage.store import Tx


async def coordinator(tx: Tx, actor: Actor) -> Programme:
    """The programme, if the actor coordinates it. Raises Refusal otherwise, or where there is none yet."""
    found = await programme.get(tx)
    if found is None:
        raise Refusal("common.errors.not_set_up")
    if not await programme.is_coordinator(tx, actor.user_id):
        raise Refusal("common.errors.not_coordinator")
    return found


async def person(tx: Tx, actor: Actor) -> Person:
    """The actor as an enrolled person. Raises Refusal with how to join."""
    found = await enrol.find(tx, actor.user_id)
    if found is None or not await enrol.enrolled(tx, found.id):
        raise Refusal("common.errors.not_enrolled")
    return found


async def once_paired(tx: Tx, actor: Actor) -> Person:
    """The actor as somebody who takes part, or had a pair: they still hear from us. Raises Refusal as `person` does."""
    found = await enrol.find(tx, actor.user_id)
    if found is not None and await match.ended_of(tx, found.id):
        return found
    return await person(tx, actor)


async def pair(tx: Tx, actor: Actor, pair_id: str) -> tuple[Pair, Person, Side]:
    """A pair the actor is in, and on which side. Missing and forbidden give the same answer."""
    me = await enrol.find(tx, actor.user_id)
    found = await match.get(tx, pair_id)
    if me is None or found is None or me.id not in (found.junior_id, found.senior_id):
        raise Refusal("common.errors.gone")
    return found, me, Side.JUNIOR if me.id == found.junior_id else Side.SENIOR


async def pairs(tx: Tx, actor: Actor, side: Side | None = None, instead: str = "/revmentor") -> list[tuple[Pair, Side]]:
    """The actor's running pairs, oldest first. Raises Refusal when there is none, or none on that side.

    `instead` is the command that the refusal names for somebody on the other side.
    """
    me = await person(tx, actor)
    running = await match.running_of(tx, me.id)
    sided = [(p, Side.JUNIOR if p.junior_id == me.id else Side.SENIOR) for p in running]
    if not sided:
        raise Refusal("common.errors.not_paired")
    wanted = [(p, s) for p, s in sided if side in (None, s)]
    if not wanted:
        raise Refusal(f"common.errors.only_{side}", command=instead)
    return wanted
