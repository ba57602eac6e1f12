"""A pair with secrets, and the people around it who try everything with real ids: for `test_roles`."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.programme.setup import Setup, packed
from playground import payloads
from playground.person import Person
from storage import checkin, close, commit, credit, enrol, intro, match, meet, prepare, programme, pulse, review, ripple
from storage.ids import new_id
from storage.records.close import Quote, QuoteState, Statement
from storage.records.credit import Credit
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.intro import Introduction, IntroState
from storage.records.match import Pair, PairState
from storage.records.meet import Offer, OfferState, Rhythm, RhythmState
from storage.records.prepare import Contract, ContractField, ContractLine
from storage.records.pulse import Pulse
from storage.records.review import Given, Review, ReviewKind, ReviewState
from storage.records.ripple import Ripple, RippleKind
from storage.store import Tx
from tests.databases import Changes
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.world import CHI, TEAM, World, seed

PAIRS = {"agenda-otter-4402", "parked-lynx-9015", "promise-heron-1188", "suggested-mole-3321", "left-out-ferret-7713",
         "opened-stoat-2284", "meet-lemur-4410", "why-okapi-2093", "line-tarsier-7781", "made-gibbon-6120",
         "ripple-finch-3307"}  # fmt: skip
JUNIORS = {"example-zebra-7731", "asked-marten-1374", "ahead-vole-5521", "alone-civet-5518"}
SENIORS = {"learned-raven-8816", "alone-genet-6137"}
SECRETS = {
    "stranger": PAIRS | JUNIORS | SENIORS, "other junior": PAIRS | JUNIORS | SENIORS,
    "other senior": PAIRS | JUNIORS | SENIORS, "coordinator": PAIRS | JUNIORS | SENIORS,
    "senior": JUNIORS, "junior": SENIORS,
}  # fmt: skip
"""Who must never read what."""

PEOPLE = {
    "stranger": "ruth", "other junior": "juno", "other senior": "max", "coordinator": "chi", "senior": "bo",
    "junior": "ana",
}  # fmt: skip

ANSWERS = {
    "checkin.option:learn": "They did something differently", "checkin.option:help": "Yes, done",
    "checkin.option:advocate": "They say so, I can't tell", "checkin.option:introduce": "I don't want one now",
    "checkin.example:learn": "example-zebra-7731",
}  # fmt: skip


def _option(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"value": value}}


def _options(*values: str) -> dict[str, Any]:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def _text(value: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": value}


def _user(value: str) -> dict[str, Any]:
    return {"type": "users_select", "selected_user": value}


def _day(value: str) -> dict[str, Any]:
    return {"type": "datepicker", "selected_date": value}


FORM = {
    "meet.when": {"type": "datetimepicker", "selected_date_time": 1773414000}, "meet.minutes": _option("60"),
    "meet.first": {"type": "datetimepicker", "selected_date_time": 1773414000},
    "meet.second": {"type": "datetimepicker", "selected_date_time": 1773500400}, "meet.every": _option("28"),
    "meet.sessions": _option("8"), "meet.what": _option("off"), "meet.whose": _option("senior"),
    "prepare.topic": _text("forged"), "prepare.answer.warmup_03": _text("forged"),
    "prepare.exceptions": _text("forged"), "prepare.off_limits": _text("forged"), "prepare.cadence": _option("14"),
    "prepare.minutes": _option("60"), "prepare.notice": _option("24"),
    "prepare.line1": _text("forged"), "ask.line": _text("forged"), "checkin.option:learn": _option("changed"),
    "checkin.option:help": _option("done"), "checkin.option:advocate": _option("claimed"),
    "checkin.option:introduce": _option("unwanted"), "checkin.learned": _text("forged"),
    "checkin.share": _options("yes"), "commit.text": _text("forged"), "commit.due_on": _day("2026-03-27"),
    "pulse.load": _option("more"), "pulse.safety": _option("no"),
    "commit.kind": _option("help"), "intro.whom": _text("forged"), "intro.why": _text("forged"),
    "intro.line": _text("forged"), "intro.due_on": _day("2026-03-27"), "intro.word": _text("forged"),
    "intro.reason": _text("forged"), "intro.stands": _option("will_make"),
    "channel": {"type": "conversations_select", "selected_conversation": "C07TEAM001"}, "weekday": _option("2"),
    "hour": _option("11"), "zone": _text("Europe/Paris"), "digest_weekday": _option("2"), "digest_hour": _option("11"),
    "k": _option("5"), "theme.words": _text("forged"),
    "theme.line": _text("forged"), "theme.label": _text("forged"), "theme.who": _user("U07NOOR000"),
    "findings_owner": _user("U07DEE0000"), "contact_1": _user("U07NOOR000"), "contact_2": _user("U07ELI0000"),
    "channel_id": {"type": "conversations_select", "selected_conversation": "C07TEAM001"},
    "match.junior": _user("U07IVY0000"), "match.swap_junior": _user("U07IVY0000"),
    "match.swap_senior": _user("U07MAX0000"), "fit": _option("good"),
    "match.senior": _user("U07MAX0000"), "person": _user("U07ANA0000"), "manager": _user("U07BO00000"),
    "first": _user("U07ANA0000"), "second": _user("U07BO00000"), "what": _option("remove"), "name": _text("Autumn"),
    "starts_on": _day("2026-04-06"), "ends_on": _day("2026-10-30"), "sessions": _option("6"),
    "cadence_days": _option("28"), "purpose": _option("technology"), "sides": _options("junior"), "level": _option("2"),
}  # fmt: skip
"""Good values for the fields of every modal, so that nothing is wrong but who sends it."""

PROMISED = {"checkin.option:help": _option("promised")}
EARLIER = {"meet.when": {"type": "datetimepicker", "selected_date_time": 1772528400}}


@dataclass
class Square:
    """The town with Ana and Bo in the middle of it; `ids` are theirs, by what they are."""

    town: Town
    ids: dict[str, str]
    cast: dict[str, str] = field(default_factory=lambda: PEOPLE)

    def __post_init__(self) -> None:
        self._changes = Changes(self.town.house.kit.store.url)

    def writes(self) -> int:
        """Another number after every commit of the bot that changes something."""
        return self._changes.version()

    def close(self) -> None:
        self._changes.close()

    async def types(self, who: str, line: str) -> str:
        """A command; returns all that comes of it."""
        person, before = self._clear(who)
        await person.command(f"/revmentor {line}".strip())
        return self._news(person, before)

    async def presses(self, who: str, name: str, value: str) -> str:
        """A forged press with a value, and a modal around it, that are somebody else's; returns what comes of it."""
        person, before = self._clear(who)
        action = {
            "type": "button", "action_id": name, "block_id": "b", "value": value, "action_ts": "1.0",
            "text": {"type": "plain_text", "text": "x"},
        }  # fmt: skip
        view = self._modal(person, "forged", FORM | PROMISED)
        ack = await self.town.pg.hand_over("interactive", "forged", payloads.click_in_view(self.town.pg, view, action))
        return f"{ack.payload}{self._news(person, before)}"

    async def submits(self, who: str, name: str) -> str:
        """A forged submission, well filled in, with the pair's ids in its metadata; returns what comes of it."""
        person, before = self._clear(who)
        view = self._modal(person, name, FORM | (EARLIER if name == "meet.log" else {}))
        ack = await self.town.pg.hand_over("interactive", "forged", payloads.submission(self.town.pg, view))
        return f"{ack.payload}{self._news(person, before)}"

    def _clear(self, who: str) -> tuple[Person, dict[str, int]]:
        """The person with no modal open, and how many messages there were in each conversation."""
        person = self.town.person(self.cast[who])
        self.town.pg.views.clear(person.id)
        return person, {place["id"]: len(person.messages(place["id"])) for place in person.conversations()}

    def _news(self, person: Person, before: dict[str, int]) -> str:
        """The open modal, and every message that is new."""
        places = [place["id"] for place in person.conversations()]
        fresh = [str(message) for place in places for message in person.messages(place)[before.get(place, 0) :]]
        return "\n".join([str((person.modal or {}).get("blocks")), *fresh])

    def _modal(self, person: Person, callback_id: str, values: dict[str, Any]) -> Any:
        steps = packed(Setup(channel_id="C07TEAM001"))
        given = {
            "type": "modal", "callback_id": callback_id, "title": {"type": "plain_text", "text": "x"},
            "private_metadata": json.dumps(steps | self.ids | {"moves": self.ids["session"]}), "blocks": [],
        }  # fmt: skip
        view = self.town.pg.views.open(person.id, given)
        view.state = {block: {block: entry} for block, entry in values.items()}
        return view


async def square(town: Town) -> Square:
    """Ana and Bo have met, answered, promised, booked and parked; two others are a pair; a third pair is asked."""
    world = await seed(town.house.kit, channel="C07TEAM001")
    session = await hold(town.house.kit, world)
    await town.forward(days=2)
    ana, bo = town.person("ana"), town.person("bo")
    await _write(town, ana, bo)
    kit, now = town.house.kit, town.clock.now()
    async with kit.store.write(TEAM) as tx:
        for junior, senior, state in (("juno", "max", PairState.ACTIVE), ("ivy", "otto", PairState.PROPOSED)):
            one, other = [await _person(tx, town, name, world.cohort.id) for name in (junior, senior)]
            pair = Pair(new_id(), TEAM, world.cohort.id, one, other, state, None, "", CHI, now, now, None)
            await match.add(tx, pair)
        booked = await meet.next_of_pair(tx, world.pair.id, now)
        mine, theirs = [await checkin.of_session(tx, session.id, who.id) for who in (world.ana, world.bo)]
        suggestion = (await commit.waiting_proposals(tx, world.pair.id))[0]
        promise, parked = (await commit.of_pair(tx, world.pair.id))[0], (await prepare.parked(tx, world.pair.id))[0]
        assert booked and mine and theirs and await programme.get(tx)
        later = booked.starts_at + timedelta(days=7)
        offer = Offer(
            new_id(), TEAM, world.pair.id, world.bo.id, later, later + timedelta(days=1), 60, "", OfferState.OPEN, now
        )
        beat = Rhythm(new_id(), TEAM, world.pair.id, world.bo.id, 28, 8, RhythmState.OPEN, now)
        await meet.add_offer(tx, offer)
        await meet.add_rhythm(tx, beat)
        written = await _prepared(tx, world, now)
        asked, made = await _introductions(tx, world, now)
        opened = next(
            one for one in await prepare.answers(tx, world.pair.id, ["warmup_01"]) if one.person_id == world.ana.id
        )
        kept = await _kept(tx, world, now)
        ids = {
            **kept,
            **await _asked_now(tx, world, now),
            **await _looks_back(tx, world, now),
            "contract": written.id, "answer": opened.id, "items": "warmup_01,warmup_02,warmup_03",
            "pair": world.pair.id, "proposal": pair.id, "session": booked.id, "held": session.id,
            "checkin": mine.id, "reflection": theirs.id, "commitment": promise.id, "line": parked.id,
            "cohort": world.cohort.id, "suggestion": suggestion.id, "intro": asked.id, "made": made.id,
            "offer": offer.id, "rhythm": beat.id,
        }  # fmt: skip
    return Square(town, ids)


async def _looks_back(tx: Tx, world: World, now: datetime) -> dict[str, str]:
    """Both were asked halfway, and have answered."""
    until, said = now + timedelta(days=14), {"review": "alone-civet-5518", "reviewed": "alone-genet-6137"}
    ids = {name: new_id() for name in said}
    for (name, text), who, side in zip(said.items(), (world.ana, world.bo), Side, strict=True):
        kind, asked = ReviewKind.MIDPOINT, ReviewState.SENT
        one = Review(ids[name], TEAM, world.pair.id, who.id, side, kind, asked, now, until, None)
        await review.add(tx, one)
        await review.save(tx, one, Given(1, {"midpoint_one_thing": text}), now)
    return ids


async def _kept(tx: Tx, world: World, now: datetime) -> dict[str, str]:
    """What came of the pair, Ana's own statement, and words of hers that may be quoted."""
    pair, ana = world.pair.id, world.ana.id
    made = Ripple(new_id(), TEAM, pair, ana, RippleKind.VISIT, "ripple-finch-3307", now)
    said = Quote(new_id(), TEAM, pair, ana, Side.JUNIOR, "quote-lark-9031", False, QuoteState.APPROVED, now)
    await ripple.add(tx, made)
    await close.save_statement(tx, Statement(pair, ana, "statement-newt-6120", "", now))
    await close.save_quote(tx, said)
    return {"ripple": made.id, "quote": said.id}


async def _prepared(tx: Tx, world: World, now: datetime) -> Contract:
    """How Ana and Bo work, agreed; an answer of hers that waits, and two that both see."""
    left_out = ContractLine(ContractField.OFF_LIMITS, world.ana.id, "left-out-ferret-7713")
    written = Contract(new_id(), world.pair.id, 1, world.ana.id, now, ("stays_here",), 14, 60, 24, None, (left_out,))
    await prepare.add_contract(tx, written)
    for who in (world.ana, world.bo):
        await prepare.agree_contract(tx, written, who.id, now)
        await prepare.keep_answer(tx, world.pair.id, "warmup_01", who.id, "opened-stoat-2284", now)
    await prepare.reveal(tx, world.pair.id, ["warmup_01"], now)
    await prepare.keep_answer(tx, world.pair.id, "warmup_02", world.ana.id, "ahead-vole-5521", now)
    return written


async def _introductions(tx: Tx, world: World, now: datetime) -> tuple[Introduction, Introduction]:
    """One that waits for Bo's answer, and one that he has made."""
    asked = Introduction(
        new_id(), TEAM, world.pair.id, world.ana.id, "", "meet-lemur-4410", "why-okapi-2093", "line-tarsier-7781",
        IntroState.ASKED, None, None, False, now - timedelta(hours=1), now - timedelta(hours=1), world.ana.id,
    )  # fmt: skip
    made = replace(asked, id=new_id(), whom="made-gibbon-6120", why="", line="", state=IntroState.MADE, made_at=now)
    for one in (asked, made):
        await intro.add(tx, one)
    return asked, made


async def _asked_now(tx: Tx, world: World, now: datetime) -> dict[str, str]:
    """Ana is asked about load and safety, Bo about credit."""
    until = now + timedelta(days=14)
    hers = Pulse(new_id(), TEAM, world.pair.id, world.ana.id, now.date(), now, until)
    his = Credit(new_id(), TEAM, world.bo.id, f"{now:%Y-%m}", now, until)
    await pulse.add(tx, hers)
    await credit.add(tx, his)
    return {"pulse": hers.id, "credit": his.id}


async def _write(town: Town, ana: Person, bo: Person) -> None:
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).ok
    await bo.command("/revmentor agenda")
    assert (await bo.submit({"Line 1": "agenda-otter-4402"})).ok
    await ana.press("checkin.answer")
    assert (await ana.submit(ANSWERS)).ok
    await ana.dismiss()
    await bo.press("Write it down")
    mirror = {"checkin.learned": "learned-raven-8816", "checkin.share": [], "commit.text": "promise-heron-1188"}
    assert (await bo.submit({**mirror, "commit.due_on": "2026-03-20"})).ok
    await ana.command("/revmentor park parked-lynx-9015")
    await ana.command("/revmentor commit suggested-mole-3321")
    assert (await ana.submit({"commit.due_on": "2026-03-20"})).ok
    await ana.dismiss()
    await town.settle()


async def _person(tx: Any, town: Town, name: str, cohort: str) -> str:
    user = town.person(name).user
    side = Side.SENIOR if name in ("max", "otto") else Side.JUNIOR
    person = await enrol.meet_person(tx, user.id, name=user.real_name, zone="Europe/Berlin", locale="en-US")
    profile = Profile(frozenset({side}), 2, "Sales", "Berlin", "DE", "charts", "hiring", ("technology",))
    place = Participant(new_id(), TEAM, person.id, cohort, Enrolment.PAIRED, "1", town.clock.now(), profile)
    await enrol.save_participant(tx, place, town.clock.now())
    return person.id
