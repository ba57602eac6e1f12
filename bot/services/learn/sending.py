"""Lessons that come by themselves: the first with the match, the others three days before their session."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.budget import OVER
from bot.domain.learn import AT_ONCE, Ahead, LessonFacts, Shelf, Track, before, had, missed, read
from bot.domain.messages import Kind
from bot.domain.prepare import template_number
from bot.services.content import words_of
from bot.services.kit import Kit
from bot.services.post import post
from prompts import Words
from storage import enrol, learn, match, meet, outbox, programme
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person, Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.store import Tx

_FIRST = 1


async def first_for(kit: Kit, tx: Tx, person: Person, side: Side, now: datetime) -> str:
    """The lesson that comes with somebody's first words about a pair, counted as sent; "" for whoever has had it."""
    words = await words_of(kit, tx, person.locale)
    return next(iter(await _take(tx, words, person, side, _FIRST, now, most=1)), "")


async def do_send(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The job of T-3 d: to each of the pair the lesson of this session (in the middle two), once in a lifetime."""
    session = await meet.get(tx, due.subject)
    pair = await match.get(tx, session.pair_id) if session else None
    if session is None or pair is None or session.state is not SessionState.PLANNED:
        return "the session is not planned any more"
    cohort = await programme.cohort(tx, pair.cohort_id)
    if pair.state is not PairState.ACTIVE or cohort is None:
        return "the pair is not active"
    people, now, sent = await enrol.people(tx, (pair.junior_id, pair.senior_id)), kit.clock(), 0
    for side, person_id in ((Side.JUNIOR, pair.junior_id), (Side.SENIOR, pair.senior_id)):
        person = people[person_id]
        words = await words_of(kit, tx, person.locale)
        number = template_number(session.number, cohort.sessions)
        lessons = await _take(tx, words, person, side, number, now)
        if not lessons and (late := await _missed(tx, _track(words, Track(side.value)), person.user_id)):
            lessons = (late,)
        for place, lesson in enumerate(lessons):
            params = {"lesson": lesson, "session": session.id}
            key = _key(session.id, side, place)
            sent += await post(tx, Kind.LESSON, person.user_id, key, now, stale_at=session.starts_at, **params)
    return None if sent else "both have had the lesson of this session"


async def take_back(tx: Tx, session_id: str, reason: str) -> None:
    """The session is not held then: lessons that wait to be sent before it come before the one that is."""
    every = (_key(session_id, side, place) for side in Side for place in range(AT_ONCE))
    keys = {f"{Kind.LESSON}:{key}": key for key in every}
    for key, user_id, lesson in await learn.untried(tx, list(keys)):
        if await outbox.cancel(tx, Kind.LESSON, keys[key], reason):
            await learn.mark_sent(tx, user_id, lesson, None)


async def load_lesson(kit: Kit, tx: Tx, letter: Letter) -> LessonFacts | None:
    """None once it was read, taken off the shelf, or its session is not held."""
    session = await meet.get(tx, letter.params["session"])
    person = await enrol.find(tx, letter.to)
    if person is None or session is None or session.state is not SessionState.PLANNED:
        return None
    words = await words_of(kit, tx, person.locale)
    lesson = next((one for one in words.content.lessons.lessons if one.id == letter.params["lesson"]), None)
    if lesson is None or lesson.retired:
        return None
    track = Track(lesson.track)
    done = read(await learn.marks(tx, letter.to))
    shelf = Shelf(track, _track(words, track), done)
    if lesson.id in done:
        return None
    earlier = [one for one in shelf.lessons if one != lesson.id]
    return LessonFacts(lesson.id, shelf, await _missed(tx, earlier, letter.to) or "")


def _track(words: Words, track: Track) -> tuple[str, ...]:
    return tuple(one.id for one in words.content.track(track.value))


async def _missed(tx: Tx, track: Sequence[str], user_id: str) -> str | None:
    """A lesson that was left out of a full week, or came too late, is not lost: it comes with the next session's."""
    left_out = await learn.left_out(tx, user_id, Kind.LESSON, (enrol.LATE, OVER))
    if not left_out:
        return None
    known = read(await learn.marks(tx, user_id)) | await learn.arrived(tx, user_id, Kind.LESSON)
    return missed(track, left_out, known)


async def _take(
    tx: Tx, words: Words, person: Person, side: Side, template: int, now: datetime, *, most: int = AT_ONCE
) -> tuple[str, ...]:
    track = [Ahead(one.id, one.before_session) for one in words.content.track(side.value)]
    lessons = before(track, template, had(await learn.marks(tx, person.user_id)))[:most]
    for lesson in lessons:
        await learn.mark_sent(tx, person.user_id, lesson, now)
    return lessons


def _key(session_id: str, side: Side, place: int) -> str:
    return f"{session_id}:{side}" + (f":{place}" if place else "")
