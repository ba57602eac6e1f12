"""The coordinators' list of pairs and one pair's card: lights in words, facts about sessions, and what can be done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement, MarkdownTextObject, SectionBlock

from bot.domain.match import PairPeople
from bot.domain.report.activity import Concern
from bot.domain.report.pairs import DOING, Event, PairCard, PairPage, PairRow, Stands, runs
from bot.views.common import mention
from bot.views.paging import turning
from bot.views.parts import Modal, actions, button, field_of, menu, note, section
from bot.views.programme.fields import asking_button
from prompts import Words, escape

COHORT, STANDS = "report.pairs_cohort", "report.pairs_show"
ANY = "any"
_COHORTS = 99


def pairs(words: Words, facts: PairPage, withdrawn: PairPeople | None = None) -> Modal:
    """A page of pairs, those that want somebody first, with a filter on top."""
    say = words.say
    blocks: list[Block] = []
    if withdrawn is not None:
        names = {"junior": mention(words, withdrawn.junior), "senior": mention(words, withdrawn.senior)}
        blocks.append(section(say("pairs.list.withdrawn", **names)))
    blocks += _filter(words, facts)
    if not facts.rows:
        blocks.append(section(say("pairs.list.none_found" if facts.wanted.stands else "pairs.list.none")))
    blocks += [section(_row(words, row, facts.zone), _way(words, row)) for row in facts.rows]
    if facts.pages > 1:
        blocks += _turning(words, facts)
    blocks += [
        actions(
            button(say("pairs.list.pair"), "match.pair"),
            button(say("pairs.list.health"), "report.health"),
        ),
        note(say("pairs.list.sees")),
    ]
    return Modal(
        "report.pairs", say("pairs.list.title"), blocks, say("common.buttons.close"), say("pairs.list.submit")
    )  # fmt: skip


def pair(words: Words, facts: PairCard) -> Modal:
    """One pair: where it stands and why, its facts, what happened lately, and what a coordinator can do."""
    say = words.say
    blocks: list[Block] = [section(_who(words, facts)), *(section(text) for text in _news(words, facts))]
    blocks.append(SectionBlock(fields=[MarkdownTextObject(text=text) for text in _fields(words, facts)]))
    if facts.past:
        lines = "\n".join(_event(words, event, facts.zone) for event in facts.past)
        blocks.append(section(say("pairs.card.past", lines=lines)))
    ways = list(_ways(words, facts))
    blocks += [actions(*ways)] if ways else []
    if runs(facts.people.pair.state) and not facts.can_nudge and _nudged(facts):
        blocks.append(note(say("pairs.card.nudged")))
    blocks.append(note(say("pairs.card.sees")))
    return Modal("report.pair", say("pairs.card.title"), blocks, say("common.buttons.close"))


def which(words: Words, cards: Sequence[PairCard]) -> Modal:
    """Somebody's pairs, where they have several."""
    say = words.say
    blocks: list[Block] = [section(say("pairs.card.several"))]
    blocks += [
        section(_who(words, one), button(say("common.buttons.open"), "report.pair", one.people.pair.id))
        for one in cards[:40]
    ]
    blocks.append(note(say("pairs.card.sees")))
    return Modal("report.pair", say("pairs.list.title"), blocks, say("common.buttons.close"))


def _filter(words: Words, facts: PairPage) -> Iterable[Block]:
    say, wanted = words.say, facts.wanted
    if len(facts.cohorts) > 1:
        cohorts = {ANY: say("pairs.list.all_cohorts")}
        cohorts |= {cohort.id: cohort.name[:75] for cohort in facts.cohorts[:_COHORTS]}
        yield _select(COHORT, say("pairs.list.cohort"), cohorts, wanted.cohort or ANY)
    running = sum(n for name, n in facts.counts.items() if name is not Stands.OVER)
    shown = {ANY: say("pairs.list.all", n=running)}
    shown |= {one.value: f"{say(f'pairs.stands.{one}')} ({facts.counts.get(one, 0)})" for one in Stands}
    yield _select(STANDS, say("pairs.list.stands"), shown, wanted.stands.value if wanted.stands else ANY)


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    return field_of(name, label, menu(choices, chosen), dispatch=True)


def _turning(words: Words, facts: PairPage) -> list[Block]:
    page, pages = facts.wanted.page, facts.pages
    place = note(words.say("pairs.list.page", page=page + 1, pages=pages, n=facts.found))
    return [place, actions(*turning(words, "report.pairs_page", page, pages))]


def _row(words: Words, row: PairRow, zone: str) -> str:
    say, course = words.say, row.course
    facts = [say("pairs.facts.since", cohort=escape(row.cohort.name), day=_day(words, course.since, zone))]
    if runs(course.state):
        facts.insert(0, say("pairs.facts.held", held=course.held, n=course.sessions))
        when = words.day_time(course.next_at, zone) if course.next_at else ""
        enough = course.held >= course.sessions
        no_next = [] if enough else [say("pairs.facts.no_next")]
        facts[1:1] = [say("pairs.facts.next", when=when)] if when else no_next
        facts[1:1] = [say("pairs.facts.wraps")] if course.wraps else []
    return say(
        "pairs.list.line", junior=mention(words, row.people.junior), senior=mention(words, row.people.senior),
        light=_light(words, row), facts=" · ".join(facts),
    )  # fmt: skip


def _light(words: Words, row: PairRow) -> str:
    """In words, with the reason where something is wrong; a suggestion says who is being asked."""
    course = row.course
    if not runs(course.state):
        return words.say(f"match.pairs.states.{course.state}")
    light = words.say(f"pairs.stands.{course.stands}")
    if not course.concern:
        return light
    return words.say("pairs.list.light_why", light=light, why=words.say(f"report.why.{course.concern}"))


def _way(words: Words, row: PairRow) -> ButtonElement:
    if row.course.stands == Stands.ASKED:
        sure = words.say("pairs.list.withdraw_sure")
        return asking_button(words, words.say("pairs.list.withdraw"), "match.withdraw", row.course.pair_id, sure)
    return button(words.say("common.buttons.open"), "report.pair", row.course.pair_id)


def _who(words: Words, facts: PairCard) -> str:
    people, course = facts.people, facts.course
    return words.say(
        "pairs.card.who", junior=mention(words, people.junior), senior=mention(words, people.senior),
        cohort=escape(facts.cohort.name), state=words.say(f"match.pairs.states.{people.pair.state}"),
        day=_day(words, course.since, facts.zone),
    )  # fmt: skip


def _news(words: Words, facts: PairCard) -> Iterable[str]:
    """The light with every reason and what helps, and what a coordinator has to know before anything else."""
    say = words.say
    if facts.light is not None:
        light = say("pairs.card.light", light=say(f"pairs.stands.{facts.course.stands}"))
        if facts.concerns:
            why = words.join(say(f"report.why.{one}") for one in facts.concerns)
            worst = min(facts.concerns, key=list(Concern).index)
            because = say("pairs.card.because", light=light, why=why)
            yield f"{because} {say(f'pairs.doing.{DOING[worst]}')}"
        else:
            yield light
    if facts.course.wraps and runs(facts.people.pair.state):
        yield say("pairs.card.wraps")
    if facts.ending:
        yield say("pairs.card.ending")
    for side in facts.away:
        yield say("pairs.card.away", side=say(f"common.sides.{side}"))
    if facts.apart:
        yield say("pairs.card.apart")
    if facts.wish:
        yield say("pairs.card.wish")


def _fields(words: Words, facts: PairCard) -> list[str]:
    """Two columns: label over value."""
    say, course, zone = words.say, facts.course, facts.zone
    values = {"held": say("pairs.card.values.held", held=course.held, n=course.sessions)}
    if course.last_at is not None:
        values["held"] += f", {say('pairs.card.values.last', day=_day(words, course.last_at, zone))}"
    booked = words.day_time(course.next_at, zone) if course.next_at else ""
    values["next"] = booked or say("pairs.card.values.none")
    values["rhythm"] = say("pairs.card.values.every", n=course.every_days)
    whose = say(f"common.sides.{facts.turn}") if facts.turn else ""
    values["turn"] = say("pairs.card.values.turn", side=whose) if whose else say("pairs.card.values.no_turn")
    values["cancelled"] = say("pairs.card.values.cancelled", senior=course.by_senior, junior=course.by_junior)
    values["agreed"] = say(f"pairs.card.values.{'agreed' if facts.agreed else 'not_agreed'}")
    labels = {name: say(f"pairs.card.labels.{name}") for name in values}
    return [say("pairs.card.field", label=labels[name], value=text) for name, text in values.items()]


def _event(words: Words, event: Event, zone: str) -> str:
    side = words.say(f"common.sides.{event.side}") if event.side else ""
    what = words.say(f"pairs.past.{event.what}", **({"side": side} if side else {}))
    return words.say("pairs.card.past_line", day=_day(words, event.at, zone), what=what)


def _ways(words: Words, facts: PairCard) -> Iterable[ButtonElement]:
    say, pair_id = words.say, facts.people.pair.id
    if facts.wish:
        yield button(say("pairs.card.wish_button"), "match.wishes")
    if facts.can_nudge:
        yield button(say("pairs.card.nudge"), "tell.nudge", pair_id)
    if runs(facts.people.pair.state) and not facts.ending:
        yield button(say("pairs.card.rematch"), "leave.part:rematch", pair_id)
        yield button(say("pairs.card.unpair"), "leave.part:unpair", pair_id)
    if facts.course.stands == Stands.ASKED:
        sure = say("pairs.list.withdraw_sure")
        yield asking_button(words, say("pairs.list.withdraw"), "match.withdraw", pair_id, sure)


def _nudged(facts: PairCard) -> bool:
    return any(event.side is not None for event in facts.past)


def _day(words: Words, at: datetime, zone: str) -> str:
    return words.date(at.astimezone(ZoneInfo(zone)).date())
