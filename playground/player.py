"""Plays a story: people act at their times and answer what the app sends them, always in the same way for a seed."""

import asyncio
import heapq
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from playground import forms
from playground.errors import Json, NoSuchThing
from playground.person import CommandResult, Person, SubmitResult
from playground.server import Playground
from playground.story import Scene, Step, Story, StoryError
from playground.transcript import Transcript

_TRIES = 5
_PAUSE = 1.0  # seconds of the wall clock, for a machine that is busy
_Result = TypeVar("_Result", CommandResult, SubmitResult)


@dataclass(order=True)
class _Turn:
    """Somebody's turn: a scene, or the answer to a message."""

    at: datetime
    number: int
    who: str = field(compare=False)
    steps: tuple[Step, ...] = field(compare=False)
    title: str = field(compare=False, default="")
    message: Json | None = field(compare=False, default=None)
    played: bool = field(compare=False, default=False)


class StoryPlayer:
    """The host moves the clock to `next_at()`, lets the app do what is due, then calls `act()`; and so on."""

    def __init__(self, pg: Playground, story: Story, transcript: Transcript) -> None:
        self._pg = pg
        self._story = story
        self._transcript = transcript
        self._dice = random.Random(story.seed)
        self._organisation = story.organisation.move_in(pg.workspace) if story.organisation else None
        self._people = {user.name: Person(pg, user.id) for user in pg.workspace.users.values()}
        self._names = {person.id: name for name, person in self._people.items()}
        self._turns: list[_Turn] = []
        self._count = 0
        self._heard_of: Counter[tuple[int, str]] = Counter()
        self._played = set(story.played)
        for scene in story.scenes:
            self._add(scene.at, scene)
        self._stop = pg.live.listen(self._heard)

    def next_at(self) -> datetime | None:
        """When somebody acts next, in UTC; None when nobody has anything left to do."""
        return self._turns[0].at if self._turns else None

    async def act(self) -> int:
        """Everything that people do by now; tells how many acted. Raises StoryError when it does not go as written."""
        acted = 0
        while self._turns and self._turns[0].at <= self._pg.clock.now():
            await self._play(heapq.heappop(self._turns))
            acted += 1
        return acted

    def close(self) -> None:
        """People stop answering: from now on the page's user plays."""
        self._stop()
        self._turns.clear()

    def _add(self, at: datetime, scene: Scene, message: Json | None = None, *, played: bool = False) -> None:
        self._count += 1
        heapq.heappush(self._turns, _Turn(at, self._count, scene.who, scene.steps, scene.title, message, played))

    def _heard(self, kind: str, audience: Collection[str] | None, data: Json) -> None:
        if kind not in ("message", "ephemeral") or not data["message"]["is_bot"]:
            return
        readers = [self._names[user] for user in audience or () if user in self._names]
        self._transcript.message(readers, data["channel"], data["message"], kind == "ephemeral")
        if self._pg.workspace.conversations[data["channel"]].kind == "mpim" and self._played.intersection(readers):
            users = self._pg.workspace.users
            self._played.update(name for name in readers if not users[self._people[name].id].is_bot)  # the partner
        words = f"{data['message']['text']} {json.dumps(data['message']['blocks'], ensure_ascii=False)}"
        for number, habit in enumerate(self._story.habits):
            for name in sorted(habit.who.intersection(readers)):
                if habit.hears in words:
                    self._plan(number, name, {**data["message"], "channel": data["channel"]})

    def _plan(self, number: int, name: str, message: Json) -> None:
        habit = self._story.habits[number]
        if self._dice.random() >= habit.chance:
            return
        self._heard_of[number, name] += 1
        if not habit.after < self._heard_of[number, name] <= habit.after + habit.most:
            return
        later = timedelta(minutes=self._dice.randint(*habit.minutes))
        scene = Scene(self._pg.clock.now(), name, habit.steps)
        self._add(self._pg.clock.now() + later, scene, message, played=habit.played)

    async def _play(self, turn: _Turn) -> None:
        self._transcript.turn(turn.who, turn.title)
        if turn.played and turn.who not in self._played:
            return
        for step in turn.steps:
            try:
                if not await self._take(turn, step):
                    return
            except NoSuchThing as problem:
                if step.if_offered:
                    return await self._clear(self._people[turn.who])
                raise self._failed(turn, step, str(problem)) from problem

    async def _clear(self, person: Person) -> None:
        """Close what is open: it was not what somebody had in mind."""
        while person.modal is not None:
            await person.dismiss()

    async def _take(self, turn: _Turn, step: Step) -> bool:
        person = self._people[turn.who]
        self._transcript.did(turn.who, self._in_words(turn, step))
        if step.run:
            await self._must(turn, step, await _patiently(lambda: person.command(step.run)))
        if step.press:
            await self._press(turn, step, person)
        if step.fill is not None:
            await self._fill(turn, step, person)
        if step.home:
            await person.open_home()
        if step.dismiss:
            await person.dismiss()
        if step.show:
            self._transcript.screen(turn.who, person.modal or person.home)
        if step.expect and step.expect not in self._screen(person):
            raise self._failed(turn, step, self._screen(person)[-3000:])
        return True

    async def _press(self, turn: _Turn, step: Step, person: Person) -> None:
        place = turn.message if person.modal is None else None
        press = partial(person.press, step.press, in_=place, value=step.value or None)
        await self._must(turn, step, await _patiently(press))
        more = 0
        while step.again:
            try:
                await self._must(turn, step, await _patiently(press))
            except NoSuchThing:
                break
            more += 1
        self._transcript.once_more(turn.who, more)

    def _in_words(self, turn: _Turn, step: Step) -> Step:
        """With the words on what is pressed, where the story names it by its id."""
        person = self._people[turn.who]
        if "." not in step.press:
            return step
        try:
            return replace(step, press=person.called(step.press, in_=turn.message if person.modal is None else None))
        except NoSuchThing:
            return step

    async def _fill(self, turn: _Turn, step: Step, person: Person) -> None:
        zone = ZoneInfo(person.user.tz)
        sheet = step.fill or {}
        sheet = self._dice.choice(sheet["one_of"]) if "one_of" in sheet else sheet
        values = {name: self._value(value, zone) for name, value in sheet.items()}
        await self._dispatch(person, values)
        self._transcript.filled(turn.who, forms.in_words(person.modal, values))
        result = await _patiently(lambda: person.submit(values))
        said = " ".join(result.errors.values())
        if step.errors and step.errors in (said or json.dumps(person.modal, ensure_ascii=False)):
            self._transcript.errors(turn.who, said or step.errors)
        elif step.errors or result.errors or not result.ok:
            raise self._failed(turn, step, f"{result.errors or result.error}: {self._screen(person)[:1500]}")

    async def _dispatch(self, person: Person, values: Mapping[str, Any]) -> None:
        """Fields that tell the app at once are chosen first, as a person would: the modal may change under them."""
        blocks = person.modal["blocks"] if person.modal else []
        for name in [block["block_id"] for block in blocks if block.get("dispatch_action")]:
            if name in values:
                await person.press(name, value=values[name])

    def _value(self, given: Any, zone: ZoneInfo) -> Any:
        """`{one_of=[…]}`, `{some_of=[…]}`, `{in_days=7, at="15:00"}` (no weekends), `{list="…"}` or what is given."""
        if not isinstance(given, Mapping):
            return given
        if "list" in given and self._organisation:
            return self._organisation.file(given["list"])
        if "one_of" in given:
            return self._value(self._dice.choice(given["one_of"]), zone)
        if "some_of" in given:
            return [item for item in given["some_of"] if self._dice.random() < 0.4]
        day = (self._pg.clock.now().astimezone(zone) + timedelta(days=given["in_days"])).date()
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        return f"{day} {given['at']}" if "at" in given else str(day)

    async def _must(self, turn: _Turn, step: Step, result: Any) -> None:
        if not result.ok:
            raise self._failed(turn, step, str(result.error))

    def _screen(self, person: Person) -> str:
        """All the words the person sees now: modal, Home, and the newest messages everywhere."""
        seen: list[Any] = [person.modal, person.home]
        seen += [person.messages(place["id"])[-5:] for place in person.conversations()]
        return json.dumps(seen, ensure_ascii=False)

    def _failed(self, turn: _Turn, step: Step, seen: str) -> StoryError:
        when = self._pg.clock.now().isoformat()
        return StoryError(f"{when}: {turn.who} at {step}: {seen}")


async def _patiently(act: Callable[[], Awaitable[_Result]]) -> _Result:
    """As a person does it: what was not answered in Slack's three seconds is tried again in a moment."""
    for _ in range(_TRIES - 1):
        result = await act()
        if result.error not in ("operation_timeout", "dispatch_failed"):
            return result
        await asyncio.sleep(_PAUSE)
    return await act()
