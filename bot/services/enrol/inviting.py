"""Asking people to take part: by coordinators, once and once more; nobody is enrolled by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.enrol import (
    INVITE_AT_MOST,
    REMIND_DAYS,
    Asking,
    Invited,
    InviteDesk,
    SlackProfile,
    Standing,
    can_join,
    left_out,
    stands,
)
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO, working_morning_in
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import plan_many, post, work
from storage import enrol, outbox, programme, roster
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.enrol import Invitation, InvitationState
from storage.records.programme import Cohort, CohortState
from storage.store import Tx

_AT_ONCE = 250
"""Invitations in one transaction: others write meanwhile."""


async def invite_desk(kit: Kit, actor: Actor, users: Sequence[str] = (), groups: Sequence[str] = ()) -> InviteDesk:
    """What the modal starts from. Raises Refusal for anybody but coordinators, and where no cohort takes people."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        cohorts = await _open(tx, kit)
        listed = set(await roster.everybody(tx))
        asked = await enrol.taking_part(tx)
        for cohort in cohorts:
            asked |= await enrol.invited(tx, cohort.id)
        return InviteDesk(cohorts, len(listed), len(listed - asked), tuple(users), tuple(groups))


async def unasked(kit: Kit, actor: Actor, cohort_id: str) -> tuple[str, ...]:
    """Everybody on the organisation's list who was not asked to this cohort and takes part in none that is open."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        cohort = await _meant(tx, kit, cohort_id)
        done = await enrol.invited(tx, cohort.id) | await enrol.taking_part(tx)
        return tuple(user_id for user_id in await roster.everybody(tx) if user_id not in done)


async def looked_over(
    kit: Kit, actor: Actor, cohort_id: str, user_ids: Sequence[str], accounts: Mapping[str, SlackProfile]
) -> Invited:
    """Who of these would be asked and who not; nothing is stored. `accounts` is what Slack says of them now."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _sorted_out(tx, await _meant(tx, kit, cohort_id), user_ids, accounts)


async def invite(
    kit: Kit, actor: Actor, cohort_id: str, user_ids: Sequence[str], accounts: Mapping[str, SlackProfile]
) -> Invited:
    """Ask people into a cohort: each once, through the outbox. Doing it again asks nobody twice."""
    now = kit.clock()
    found = await looked_over(kit, actor, cohort_id, user_ids, accounts)
    for start in range(0, len(found.asked), _AT_ONCE):
        some = found.asked[start : start + _AT_ONCE]
        async with kit.store.write(actor.team_id) as tx:
            await access.coordinator(tx, actor)
            known = await enrol.invitations_to(tx, found.cohort.id, some)
            made = [
                Invitation(new_id(), tx.team, found.cohort.id, user_id, accounts[user_id].name, accounts[user_id].zone,
                           accounts[user_id].locale, actor.user_id, now)
                for user_id in some
                if user_id not in known
            ]  # fmt: skip
            await enrol.add_invitations(tx, made)
            await _ask(tx, made, now)
            await programme.note(tx, actor.user_id, "enrol.invited", found.cohort.id, now, f"+{len(made)}")
    return found


async def ask_again(kit: Kit, actor: Actor, invitation_id: str) -> Invitation:
    """Send an invitation once more to somebody who has not answered: the reminder now, or all anew after silence.

    Raises Refusal for anybody but coordinators, and where somebody said no, has joined, or was reminded just now.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        known = await enrol.invitation(tx, invitation_id)
        if known is None or await _cohort_of(tx, kit, known) is None or await _joined(tx, known):
            raise Refusal("common.errors.gone")
        standing = stands(known, now)
        if standing is Standing.DECLINED:
            raise Refusal("enrol.refused.said_no")
        if standing is Standing.INVITED and known.reminded_at is not None:
            raise Refusal("enrol.refused.reminded")
        if standing is Standing.INVITED:
            await _remind(tx, known, now)
        else:
            values = {"at": now, "reminded_at": None, "asked": known.asked + 1}
            await enrol.set_invitation(tx, known.id, InvitationState.OPEN, **values)
            if (anew := await enrol.invitation(tx, known.id)) is not None:
                await _ask(tx, [anew], now)
        await programme.note(tx, actor.user_id, "enrol.asked_again", known.user_id, now)
        return known


async def decline(kit: Kit, actor: Actor, invitation_id: str) -> Asking:
    """*Not for me*: kept, so that nobody asks again; twice is once.

    Raises Refusal for strangers, and for those who have joined.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await _mine(tx, kit, actor, invitation_id)
        if await _joined(tx, known.invitation):
            raise Refusal("enrol.refused.joined")
        values = {"state": InvitationState.DECLINED, "answered_at": now}
        await enrol.set_invitation(tx, invitation_id, InvitationState.OPEN, **values)
        return known


async def take_back(kit: Kit, actor: Actor, invitation_id: str) -> Asking:
    """Undo *not for me* within ten minutes. Raises Refusal when that is over."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await _mine(tx, kit, actor, invitation_id)
        said = known.invitation.answered_at
        if known.invitation.state is InvitationState.DECLINED:
            if said is None or now > said + UNDO:
                raise TooLate("enrol.refused.too_late")
            values = {"state": InvitationState.OPEN, "answered_at": None}
            await enrol.set_invitation(tx, invitation_id, InvitationState.DECLINED, **values)
        return known


async def do_remind_invitation(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Five working days without an answer: one reminder, and then nothing more."""
    known = await enrol.invitation(tx, due.subject)
    if known is None or known.state is not InvitationState.OPEN:
        return "answered"
    if known.reminded_at is not None or due.occurrence != str(known.asked):
        return "reminded already"
    if await _joined(tx, known):
        return "joined"
    if await _cohort_of(tx, kit, known) is None:
        return "the cohort takes nobody any more"
    await _remind(tx, known, kit.clock())
    return None


async def load_invitation(kit: Kit, tx: Tx, letter: Letter) -> Asking | None:
    """None for whoever has answered or joined meanwhile, and where the cohort takes nobody any more.

    One that stands in Slack already says that its receiver has joined.
    """
    known = await enrol.invitation(tx, letter.params["invitation"])
    cohort = await _cohort_of(tx, kit, known) if known is not None else None
    if known is None or cohort is None or known.state is not InvitationState.OPEN:
        return None
    joined = await _joined(tx, known)
    if joined and letter.ts is None:
        return None
    return Asking(known, cohort, letter.kind == Kind.INVITATION_REMINDER, joined)


async def stop_asking(tx: Tx, user_id: str, cohort_id: str, now: datetime) -> None:
    """Have the invitations of somebody who has joined say so, instead of offering what is done."""
    for known in (await enrol.invitations_to(tx, cohort_id, [user_id])).values():
        for kind in (Kind.INVITATION, Kind.INVITATION_REMINDER):
            for letter in await outbox.sent_about(tx, kind, user_id, {"invitation": known.id}):
                await post(tx, Kind.REDRAW, str(letter.channel), f"{letter.id}:{new_id()}", now, letter=letter.id)


async def _ask(tx: Tx, made: Sequence[Invitation], now: datetime) -> None:
    """Queue these invitations, each with its one reminder planned in the receiver's own calendar."""
    await enrol.fetch(tx, [one.user_id for one in made])
    for one in made:
        enrol.invited_person.know(tx, one, one.user_id)
        await post(tx, Kind.INVITATION, one.user_id, f"{one.id}:{one.asked}", now, invitation=one.id)
    days = {one.id: working_morning_in(REMIND_DAYS, now, one.zone) for one in made}
    await plan_many(
        tx, [work(tx, Job.REMIND_INVITATION, one.id, days[one.id], occurrence=str(one.asked)) for one in made]
    )


async def _remind(tx: Tx, known: Invitation, now: datetime) -> None:
    await enrol.set_invitation(tx, known.id, InvitationState.OPEN, reminded_at=now)
    key = f"{known.id}:{known.asked}"
    await post(tx, Kind.INVITATION_REMINDER, known.user_id, key, now, invitation=known.id)


async def _sorted_out(tx: Tx, cohort: Cohort, user_ids: Sequence[str], accounts: Mapping[str, SlackProfile]) -> Invited:
    wanted = tuple(dict.fromkeys(user_ids))
    if len(wanted) > INVITE_AT_MOST:
        raise Refusal("enrol.refused.too_many", limit=INVITE_AT_MOST)
    asked = await enrol.invitations_to(tx, cohort.id, wanted)
    left = left_out(wanted, accounts, await enrol.taking_part(tx), asked, cohort)
    return Invited(cohort, tuple(one for one in wanted if one not in left), tuple(left.items()))


async def _open(tx: Tx, kit: Kit) -> tuple[Cohort, ...]:
    cohorts = await programme.cohorts(tx, CohortState.OPEN)
    found = tuple(one for one in cohorts if can_join(one, kit.clock().date()))
    if not found:
        raise Refusal("enrol.refused.no_cohort")
    return found


async def _meant(tx: Tx, kit: Kit, cohort_id: str) -> Cohort:
    """The cohort of that id, or the only one. Raises Refusal where it takes nobody any more."""
    cohorts = await _open(tx, kit)
    named = next((one for one in cohorts if one.id == cohort_id), None)
    if named is None and (cohort_id or len(cohorts) > 1):
        raise Refusal("enrol.refused.cohort_gone", field="cohort")
    return named or cohorts[0]


async def _cohort_of(tx: Tx, kit: Kit, known: Invitation) -> Cohort | None:
    """The invitation's cohort, while people can join it."""
    cohort = await programme.cohort(tx, known.cohort_id)
    fine = cohort is not None and cohort.state is CohortState.OPEN and can_join(cohort, kit.clock().date())
    return cohort if fine else None


async def _joined(tx: Tx, known: Invitation) -> bool:
    me = await enrol.find(tx, known.user_id)
    return me is not None and await enrol.place(tx, me.id, known.cohort_id) is not None


async def _mine(tx: Tx, kit: Kit, actor: Actor, invitation_id: str) -> Asking:
    """The actor's own invitation. Missing and somebody else's give the same answer."""
    known = await enrol.invitation(tx, invitation_id)
    cohort = await programme.cohort(tx, known.cohort_id) if known is not None else None
    if known is None or cohort is None or known.user_id != actor.user_id:
        raise Refusal("common.errors.gone")
    return Asking(known, cohort)
