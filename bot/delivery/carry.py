"""One letter from its lease to its mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.delivery import gate
from bot.delivery.chores import DELETE, do
from bot.delivery.compose import Payload, Unreadable, compose
from bot.delivery.desk import Apart, Desk
from bot.delivery.errors import NoPlace, Then, failure_from
from bot.delivery.letters import Entry
from bot.delivery.look import look
from bot.delivery.pictures import post_message
from bot.domain.budget import OVER
from bot.domain.delivery import Failure, after, can_look, is_stale
from bot.log import log
from bot.services.timing import let_through
from storage import outbox, pace
from storage.records.delivery import Letter, LetterState, Priority, Target
from storage.store import Tx

POST, HOME, OPEN, HISTORY = "chat.postMessage", "views.publish", "conversations.open", "conversations.history"
METHODS = (POST, HOME, DELETE, OPEN, HISTORY)
_METHOD = {Target.HOME: HOME, Target.CHORE: DELETE}

Held = Mapping[str, datetime]


async def carry(desk: Desk, letter: Letter, held: Held) -> None:
    """Deliver it, put it off, or end it. `held` are the methods that Slack told us to leave alone for now.

    Never raises: what nobody foresaw leaves the lease to run out, and the letter is tried again after it.
    """
    try:
        desk.checkpoint("leased")
        client = await desk.client_for(letter.team_id)
        certain = await _certain(desk, client, letter, held) if letter.ambiguous else letter
        if certain is not None:
            await _draw_and_send(desk, client, certain, held)
    except Exception:
        log.exception("letter.broken", letter=letter.id, team=letter.team_id, kind=letter.kind)


async def _certain(desk: Desk, client: AsyncWebClient, letter: Letter, held: Held) -> Letter | None:
    """The letter, if it is to be sent (again) after all; None when it was found or the look has to wait."""
    if not can_look(letter):
        return letter
    if not await _may_look(desk, letter, held):
        return None
    channel = letter.channel
    try:
        channel = channel or await desk.place_of(client, letter)
        ts = await look(client, letter, str(channel), desk.kit.clock())
    except Exception as problem:
        failure = failure_from(problem)
        if letter.channel is None and failure.permanent and not failure.workspace:
            return await _settled(desk, letter)  # nobody can write there: sending it says why
        await _look_later(desk, letter, failure, HISTORY if channel else OPEN)
        return None
    desk.checkpoint("looked")
    if ts is None:
        return await _settled(desk, letter)
    await _mark(desk, letter, channel, ts)
    return None


async def _may_look(desk: Desk, letter: Letter, held: Held) -> bool:
    now = desk.kit.clock()
    if held.get(HISTORY, now) > now:
        await _put_off(desk, letter, held[HISTORY], "ratelimited", ambiguous=True)
        return False
    return await desk.has_place(letter) or await _may_open(desk, letter, held)


async def _settled(desk: Desk, letter: Letter) -> Letter:
    await desk.scribe.write(letter.team_id, lambda tx: outbox.settle(tx, letter.id, desk.name))
    return replace(letter, ambiguous=False)


async def _look_later(desk: Desk, letter: Letter, failure: Failure, method: str) -> None:
    wait = max(failure.retry_after or desk.pacing.look_every, desk.pacing.look_every)
    if failure.retry_after is not None:
        await _hold(desk, letter, method, desk.kit.clock() + failure.retry_after)
    await _put_off(desk, letter, desk.kit.clock() + wait, failure.reason, ambiguous=True)


async def _draw_and_send(desk: Desk, client: AsyncWebClient, letter: Letter, held: Held) -> None:
    if is_stale(letter, desk.kit.clock()):
        reason = "too late; it may have arrived" if letter.ambiguous else "too late"
        return await _end(desk, letter, LetterState.SKIPPED, reason)
    entry = desk.entry(letter)
    if entry is None:
        return await _end(desk, letter, LetterState.DEAD, "nobody knows how to draw this kind")
    passed = await _pass(desk, letter) if gate.asks(letter) else letter
    if passed is None:
        return None
    letter = passed
    try:
        payload = await _prepared(desk, client, entry, letter)
    except Exception as problem:
        return await _unprepared(desk, letter, problem)
    if payload is None:
        return await _end(desk, letter, LetterState.SKIPPED, "no longer relevant")
    await _place_and_send(desk, client, letter, payload, held)


async def _unprepared(desk: Desk, letter: Letter, problem: Exception) -> None:
    if isinstance(problem, NoPlace):
        desk.checkpoint("no_place")
        return await _end(desk, letter, LetterState.SKIPPED, str(problem), problem.then)
    if isinstance(problem, Unreadable):
        failure = Failure(f"could not be drawn: {problem.error}", permanent=problem.permanent, refused=True)
        return await _failed(desk, letter, failure, OPEN)
    await _failed(desk, letter, replace(failure_from(problem), ambiguous=False), "prepare")


async def _pass(desk: Desk, letter: Letter) -> Letter | None:
    """The letter, perhaps with others in it, if its receiver may hear it now; None when it waits or is left out."""
    now, kit = desk.kit.clock(), desk.kit
    verdict = await desk.scribe.read(letter.team_id, lambda tx: gate.judge(kit, tx, desk.letters, letter))
    if verdict.goes and not gate.is_prompt(letter):
        return letter
    if verdict.goes:
        params = await desk.scribe.write(letter.team_id, lambda tx: let_through(tx, letter, verdict.others, now))
        if params is not None:
            return replace(letter, params=params)
        verdict = replace(verdict, at=now + desk.pacing.gap, reason=OVER)  # another was quicker: judged anew
    if verdict.at is not None:
        await _put_off(desk, letter, verdict.at, verdict.reason, ambiguous=False)
    else:
        await _end(desk, letter, LetterState.SKIPPED, verdict.reason)
    return None


async def _prepared(desk: Desk, client: AsyncWebClient, entry: Entry[Any], letter: Letter) -> Payload | None:
    if entry.prepare is not None:
        await entry.prepare(desk.kit, client, letter)
    payload = await compose(desk.kit, desk.scribe, desk.letters, letter)
    desk.checkpoint("drawn")
    return payload


async def _place_and_send(desk: Desk, client: AsyncWebClient, letter: Letter, payload: Payload, held: Held) -> None:
    if not await desk.has_place(letter) and not await _may_open(desk, letter, held):
        return None
    try:
        channel = await desk.place_of(client, letter)
    except NoPlace as problem:
        return await _end(desk, letter, LetterState.SKIPPED, str(problem))
    except Apart:
        return await desk.mirror(letter)
    except Exception as problem:
        return await _failed(desk, letter, replace(failure_from(problem), ambiguous=False), OPEN)
    desk.checkpoint("place_found")
    recorded = await desk.scribe.write_among(letter.team_id, _record, _Attempt(desk, letter, channel))
    if recorded is not None:
        desk.checkpoint("attempt_recorded")
        await _send(desk, client, letter, payload, channel, recorded)


async def _may_open(desk: Desk, letter: Letter, held: Held) -> bool:
    """Whether it is the receiver's turn to have a conversation opened: a crowd's first messages queue for it."""
    now, wait = desk.kit.clock(), desk.pacing.opening
    if held.get(OPEN, now) > now:
        await _put_off(desk, letter, held[OPEN], "ratelimited", ambiguous=letter.ambiguous)
        return False
    if letter.priority is Priority.SAFETY or not wait:
        return True
    at = await desk.scribe.write(letter.team_id, lambda tx: pace.turn(tx, "opening", letter.to, now, wait))
    if at > now:
        await _put_off(desk, letter, at, "its conversation is opened in turn", ambiguous=letter.ambiguous)
    return at <= now


@dataclass(frozen=True, slots=True)
class _Attempt:
    desk: Desk
    letter: Letter
    channel: str | None


async def _record(tx: Tx, attempts: Sequence[_Attempt]) -> list[datetime | None]:
    """The attempts, before they are made, and when: None where it is not the receiver's turn, or the lease ends."""
    desk = attempts[0].desk
    now, pacing = desk.kit.clock(), desk.pacing
    receivers = [pace.receiver(a.letter.target, a.letter.to) for a in attempts]
    turns = await pace.slots(tx, set(receivers), now, pacing.gap)
    mine: dict[str, str | None] = {}
    for attempt, receiver in zip(attempts, receivers, strict=True):
        letter = attempt.letter
        if receiver in turns:
            turns.remove(receiver)
            mine[letter.id] = attempt.channel
        else:
            await outbox.put_off(tx, letter.id, desk.name, now + pacing.gap, "pacing", ambiguous=letter.ambiguous)
    made = await outbox.record_attempts(tx, mine, desk.name, now, until=now + pacing.timeout) if mine else set()
    return [now if attempt.letter.id in made else None for attempt in attempts]


async def _send(
    desk: Desk, client: AsyncWebClient, letter: Letter, payload: Payload, channel: str | None, recorded: datetime
) -> None:
    if desk.kit.clock() - recorded > desk.pacing.timeout:  # the machine slept: the lease may be somebody else's
        return await _failed(desk, letter, Failure("overslept"), POST, sent=True)
    try:
        ts, whole = await _call(client, letter, payload, channel)
    except Exception as problem:
        desk.checkpoint("failed")
        failure, method = failure_from(problem), _METHOD.get(letter.target, POST)
        if await desk.lost(letter, failure.reason):
            unsure = letter.ambiguous and letter.target is Target.CHANNEL  # a new space never had it
            return await _put_off(desk, letter, desk.kit.clock() + desk.pacing.gap, failure.reason, ambiguous=unsure)
        return await _failed(desk, letter, failure, method, sent=True)
    desk.checkpoint("sent")
    await _mark(desk, letter, channel, ts, whole=whole)


async def _call(
    client: AsyncWebClient, letter: Letter, payload: Payload, channel: str | None
) -> tuple[str | None, bool]:
    """Slack's `ts`, and whether all of it went out."""
    if letter.target is Target.CHORE:
        await do(client, payload["chore"])
        return None, True
    if channel is None:
        await client.views_publish(user_id=letter.to, **payload)
        return None, True
    return await post_message(client, channel, payload)


async def _mark(desk: Desk, letter: Letter, channel: str | None, ts: str | None, *, whole: bool = True) -> None:
    desk.checkpoint("before_mark")
    if whole:
        await desk.scribe.write_among(letter.team_id, _arrived, (letter.id, channel, ts))
    else:
        await desk.scribe.write(letter.team_id, lambda tx: _arrived_bare(desk, tx, letter, channel, ts))
    desk.checkpoint("marked")
    metrics.sent.add(letter.target)
    log.debug("letter.sent", letter=letter.id, team=letter.team_id, kind=letter.kind, attempts=letter.attempts + 1)


async def _arrived(tx: Tx, marks: Sequence[tuple[str, str | None, str | None]]) -> Sequence[None]:
    await outbox.mark_all_sent(tx, marks)
    return [None] * len(marks)


async def _arrived_bare(desk: Desk, tx: Tx, letter: Letter, channel: str | None, ts: str | None) -> None:
    """It went out without its picture."""
    entry = desk.entry(letter)
    if await outbox.mark_sent(tx, letter.id, channel, ts) and entry and entry.late and ts:
        await entry.late(desk.kit, tx, letter, ts)


async def _failed(desk: Desk, letter: Letter, failure: Failure, method: str, *, sent: bool = False) -> None:
    now = desk.kit.clock()
    verdict = after(letter, failure, now, desk.pacing, desk.kit.dice.random())
    if failure.retry_after is not None:
        await _hold(desk, letter, method, now + failure.retry_after)
    if verdict.state is LetterState.WAITING:
        counted = 0 if sent or failure.workspace else 1
        await _put_off(desk, letter, verdict.due_at, verdict.reason, ambiguous=verdict.ambiguous, tried=counted)
    else:
        await _end(desk, letter, verdict.state, verdict.reason)
    if failure.workspace:
        log.error("workspace.refused", team=letter.team_id, reason=failure.reason, method=method)


async def _hold(desk: Desk, letter: Letter, method: str, until: datetime) -> None:
    await desk.scribe.write(letter.team_id, lambda tx: pace.hold(tx, method, until))


async def _put_off(
    desk: Desk, letter: Letter, due_at: datetime, reason: str, *, ambiguous: bool, tried: int = 0
) -> None:
    async def write(tx: Tx) -> bool:
        return await outbox.put_off(tx, letter.id, desk.name, due_at, reason, ambiguous=ambiguous, tried=tried)

    await desk.scribe.write(letter.team_id, write)
    metrics.put_off.add(letter.target)
    log.info("letter.waits", letter=letter.id, team=letter.team_id, kind=letter.kind, reason=reason)


async def _end(desk: Desk, letter: Letter, state: LetterState, reason: str, then: Then | None = None) -> None:
    async def write(tx: Tx) -> None:
        if await outbox.end(tx, letter.id, desk.name, state, reason) and then:
            await then(tx)

    await desk.scribe.write(letter.team_id, write)
    if state is LetterState.DEAD:
        metrics.set_aside.add(letter.target)
    level = log.warning if state is LetterState.DEAD else log.info
    level("letter.ended", letter=letter.id, team=letter.team_id, kind=letter.kind, state=state, reason=reason)
