"""Reading lessons at any time: the shelves somebody has, one lesson, and that it is read. Nobody else is told."""

from bot.domain.learn import LessonFacts, LessonList, Shelf, Track, read, tracks_of
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home
from prompts import Words
from storage import enrol, home, learn, match, programme
from storage.records.enrol import Person, Side
from storage.store import Tx


async def shelves_of(kit: Kit, tx: Tx, user_id: str) -> tuple[Shelf, ...]:
    """The lessons of every side that a Slack account takes part on, and the coordinators' for those; may be none."""
    me = await enrol.find(tx, user_id)
    words = await words_of(kit, tx, me.locale if me else None)
    tracks = await _tracks(tx, me, user_id)
    if not tracks:
        return ()
    done = read(await learn.marks(tx, user_id))
    return tuple(Shelf(track, _ids(words, track), done) for track in tracks)


async def all_of(kit: Kit, actor: Actor) -> LessonList:
    """Every lesson of the actor's. Raises Refusal, with how to join, for somebody whom none are for."""
    async with kit.store.read(actor.team_id) as tx:
        return LessonList(await _mine(kit, tx, actor))


async def named(kit: Kit, actor: Actor, wanted: str) -> LessonFacts | None:
    """The next unread lesson, the one with a number on the first shelf, or one by its id ("c2").

    None: everything is read, so the list is what helps. Raises Refusal for a number or id that there is not.
    """
    async with kit.store.read(actor.team_id) as tx:
        shelves = await _mine(kit, tx, actor)
    word = wanted.strip().lower()
    if not word:
        return next((LessonFacts(shelf.next, shelf) for shelf in shelves if shelf.next), None)
    place = int(word) if word.isdecimal() and len(word) < 3 else 0
    if 1 <= place <= len(shelves[0].lessons):
        return LessonFacts(shelves[0].lessons[place - 1], shelves[0])
    found = _on(shelves, word)
    if found is None:
        raise Refusal("learn.refused.which", n=len(shelves[0].lessons))
    return found


async def open_(kit: Kit, actor: Actor, lesson: str) -> LessonFacts:
    """One lesson of the actor's. Raises Refusal for any other: missing and forbidden are the same."""
    async with kit.store.read(actor.team_id) as tx:
        found = _on(await _mine(kit, tx, actor), lesson)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


async def mark(kit: Kit, actor: Actor, lesson: str) -> LessonFacts:
    """The actor has read it; twice changes nothing. Raises Refusal as `open_`."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found = _on(await _mine(kit, tx, actor), lesson)
        if found is None:
            raise Refusal("common.errors.gone")
        if not found.read:
            await learn.mark_read(tx, actor.user_id, lesson, now)
            await refresh_home(tx, actor.user_id, now)
        shelf = next(one for one in await _mine(kit, tx, actor) if one.track is found.shelf.track)
    return LessonFacts(lesson, shelf)


async def undo(kit: Kit, actor: Actor, lesson: str) -> LessonFacts:
    """It was not read after all. Raises Refusal after ten minutes, and as `open_`."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        if _on(await _mine(kit, tx, actor), lesson) is None:
            raise Refusal("common.errors.gone")
        marks = {mark.lesson_id: mark for mark in await learn.marks(tx, actor.user_id)}
        read_at = marks[lesson].read_at if lesson in marks else None
        if read_at is not None and now - read_at > UNDO:
            raise TooLate("learn.refused.undo_late")
        await learn.mark_read(tx, actor.user_id, lesson, None)
        await refresh_home(tx, actor.user_id, now)
        found = _on(await _mine(kit, tx, actor), lesson)
    assert found is not None
    return found


async def _mine(kit: Kit, tx: Tx, actor: Actor) -> tuple[Shelf, ...]:
    shelves = [shelf for shelf in await shelves_of(kit, tx, actor.user_id) if shelf.lessons]
    if not shelves:
        raise Refusal("common.errors.not_enrolled")
    return tuple(shelves)


def _on(shelves: tuple[Shelf, ...], lesson: str) -> LessonFacts | None:
    return next((LessonFacts(lesson, shelf) for shelf in shelves if lesson in shelf.lessons), None)


def _ids(words: Words, track: Track) -> tuple[str, ...]:
    return tuple(one.id for one in words.content.track(track.value))


async def _tracks(tx: Tx, me: Person | None, user_id: str) -> tuple[Track, ...]:
    """Before a programme is set up, whoever looks may be about to: the coordinators' lessons are open then."""
    coordinates = await programme.get(tx) is None or await programme.is_coordinator(tx, user_id)
    if me is None or not await enrol.enrolled(tx, me.id):
        return tracks_of((), (), None, coordinates=coordinates)
    running = [Side.JUNIOR if pair.junior_id == me.id else Side.SENIOR for pair in await match.running_of(tx, me.id)]
    places = await enrol.participations(tx, me.id)
    wished = [side for place in places for side in place.profile.sides]
    return tracks_of(running, wished, await home.side(tx, user_id), coordinates=coordinates)
