"""Where somebody stands: the messages of those who wait, and `/revmentor status`."""

from slack_sdk.models.blocks import Block

from bot.domain.enrol import Joined, PairStatus, Status, Undelivered
from bot.views import intro, leave, pause, review
from bot.views.common import mention, moment
from bot.views.hours import line
from bot.views.parts import Message, actions, button, header, note, section
from prompts import Words, escape
from storage.records.commit import Commitment
from storage.records.enrol import Enrolment, Participant, Side
from storage.records.match import PairState
from storage.records.programme import Cohort

_PROMISES = 5


def joined(words: Words, facts: Joined) -> Message:
    """Right after joining, with a way to the rest of the profile."""
    key = "body_full" if facts.full else "body"
    body = words.say(f"enrol.joined.{key}", cohort=escape(facts.cohort.name), day=words.date(facts.hear_by))
    press = actions(button(words.say("enrol.joined.button"), "enrol.profile"))
    return Message(words.say("enrol.joined.text"), [section(body), press, note(words.say("enrol.joined.foot"))])


def no_match_yet(words: Words, facts: Joined) -> Message:
    """The promised word to somebody who still waits; `hear_by` is when they hear again, if there is an again."""
    say = words.say
    key = "body_last" if facts.last else "body_full" if facts.full else "body"
    body = say(f"enrol.no_match_yet.{key}", cohort=escape(facts.cohort.name), day=words.date(facts.hear_by))
    if facts.last:
        press = actions(button(say("enrol.no_match_yet.join"), "enrol.join"))
        return Message(say("enrol.no_match_yet.text"), [section(body), press])
    press = actions(button(say("enrol.no_match_yet.button"), "enrol.profile"))
    return Message(say("enrol.no_match_yet.text"), [section(body), press, note(say("enrol.no_match_yet.foot"))])


def cohort_open(words: Words, cohort: Cohort) -> Message:
    """To whoever asked to hear of the next cohort."""
    say = words.say
    body = say(
        "enrol.cohort_open.body", cohort=escape(cohort.name), start=words.date(cohort.starts_on),
        end=words.date(cohort.ends_on),
    )  # fmt: skip
    press = actions(button(say("enrol.cohort_open.button"), "enrol.join", style="primary"))
    return Message(say("enrol.cohort_open.text"), [section(body), press])


def status(words: Words, facts: Status) -> Message:
    """Everything that concerns one person, most pressing first."""
    say = words.say
    blocks: list[Block] = [header(say("enrol.status.title"))]
    blocks += [*pause.card(words, facts.paused_until), *leave.pending(words, facts.leaving, facts.me.zone)]
    blocks += [section(_place(words, facts, cohort, place)) for cohort, place in facts.places]
    blocks += [section(_asked(words, asked)) for asked in facts.asked]
    blocks += [section(_checkin(words, facts, n)) for n in range(len(facts.checkins))]
    for one in facts.reviews:
        blocks.append(section(review.line(words, one, moment(words, one.review.closes_at, facts.me.zone))))
    blocks += [section(_pair(words, facts, pair)) for pair in facts.pairs[:10]]
    if facts.undelivered:
        blocks.append(section(_undelivered(words, facts)))
    blocks.append(section(line(words, facts.me)))
    return Message(say("enrol.status.text"), [*blocks, note(say("enrol.status.sees"))])


def _place(words: Words, facts: Status, cohort: Cohort, place: Participant) -> str:
    name = escape(cohort.name)
    if place.state is Enrolment.WAITING and facts.asked:
        return words.say("enrol.status.place_waiting_asked", cohort=name)
    if place.state is Enrolment.WAITING and facts.waits_until:
        return words.say("enrol.status.place_waiting", cohort=name, day=words.date(facts.waits_until))
    if place.state is Enrolment.WAITING:
        over = cohort.ends_on < facts.today
        return words.say("home.waiting.over" if over else "enrol.status.place_waiting_on", cohort=name)
    return " ".join([words.say(f"enrol.status.place_{place.state}", cohort=name), *_room(words, facts, place)])


def _room(words: Words, facts: Status, place: Participant) -> list[str]:
    """On which sides somebody with a partner could have another pair: that nothing comes is no oversight."""
    if place.state is not Enrolment.PAIRED:
        return []
    taken = [one.side for one in (*facts.pairs, *facts.asked) if one.people.pair.cohort_id == place.cohort_id]
    room = {Side.JUNIOR: place.profile.capacity_junior, Side.SENIOR: place.profile.capacity_senior}
    free = [side for side in Side if side in place.profile.sides and taken.count(side) < room[side]]
    return [words.say(f"enrol.status.room_{side}") for side in free]


def _asked(words: Words, asked: PairStatus) -> str:
    return words.say(f"enrol.status.turn_{asked.side}", partner=_partner(asked))


def _checkin(words: Words, facts: Status, n: int) -> str:
    checkin, people = facts.checkins[n]
    partner = mention(words, people.other(facts.me.id))
    day = moment(words, checkin.closes_at, facts.me.zone)
    return words.say(f"enrol.status.checkin_{checkin.side}", partner=partner, day=day)


def _turn(pair: PairStatus) -> str:
    if pair.turn is None:
        return "enrol.status.next_none"
    return "enrol.status.next_mine" if pair.turn is pair.side else "enrol.status.next_theirs"


def _pair(words: Words, facts: Status, pair: PairStatus) -> str:
    say = words.say
    lines = [say(f"enrol.status.pair_{pair.side}", partner=_partner(pair))]
    if pair.people.pair.state is PairState.PAUSED:
        lines.append(say("enrol.status.paused"))
    elif pair.next_session:
        lines.append(say("enrol.status.next", when=moment(words, pair.next_session.starts_at, facts.me.zone)))
    else:
        lines.append(say(_turn(pair), partner=_partner(pair)))
    lines += [f"• {one}" for one in intro.status(words, pair.people, pair.side, pair.introductions[:_PROMISES])]
    lines += [f"• {_promise(words, facts, pair, one)}" for one in pair.promises[:_PROMISES]]
    if len(pair.promises) > _PROMISES:
        lines.append(say("enrol.status.promises_more", n=len(pair.promises) - _PROMISES))
    return "\n".join(lines)


def _promise(words: Words, facts: Status, pair: PairStatus, promise: Commitment) -> str:
    say = words.say
    key = "promise_mine" if pair.side is Side.SENIOR else "promise_theirs"
    text = escape((promise.text or say("common.people.removed"))[:300])
    line = say(f"enrol.status.{key}", partner=_partner(pair), text=text, day=words.date(promise.due_on))
    if promise.slipping:
        line = say("enrol.status.promise_slipping", line=line)
    return say("enrol.status.promise_late", line=line) if promise.due_on < facts.today else line


def _undelivered(words: Words, facts: Status) -> str:
    say = words.say
    lines = [
        say(
            f"enrol.status.{_why(one)}",
            day=words.date(one.day),
            about=say(f"enrol.status.about.{one.about}"),
        )
        + (f" {say('enrol.status.left_lesson')}" if one.about == "learn" else "")
        for one in facts.undelivered
    ]
    return "\n".join([say("enrol.status.undelivered"), *(f"• {line}" for line in lines)])


def _why(one: Undelivered) -> str:
    return "left_out" if one.over_budget else "late" if one.too_late else "failed"


def _partner(pair: PairStatus) -> str:
    me = pair.people.on(pair.side)
    return f"<@{pair.people.other(me.id).user_id}>"
