"""A4: the coordinators' review of suggestions, five on a page, and the places around it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.domain.match import Check
from bot.domain.match.review import (
    Alone,
    MatchDesk,
    News,
    Place,
    Ready,
    Review,
    Shelf,
    SuggestionCard,
    strength,
    warned,
)
from bot.views.common import mention
from bot.views.match.desk import check_text
from bot.views.parts import Message, Modal, actions, button, note, section
from prompts import Words, escape
from storage.records.enrol import Profile
from storage.records.programme import Cohort

_COHORTS_MOST = 20


def choose(words: Words, cohorts: Sequence[Cohort]) -> Modal:
    """Which cohort, where several are open; what to do where none is."""
    say = words.say
    blocks: list[Block] = [section(say("matches.choose.body" if cohorts else "matches.choose.none"))]
    blocks += [
        section(f"*{escape(one.name)}*", button(say("matches.choose.button"), "match.start", one.id))
        for one in cohorts[:_COHORTS_MOST]
    ]
    return Modal("match.runs", say("matches.title"), blocks, say("common.buttons.close"))


def match_desk(words: Words, facts: MatchDesk) -> Modal:
    """Who waits, what counts how much, and the button that computes."""
    say, cohort = words.say, facts.cohort
    people = _people(words, facts.juniors, facts.seniors)
    possible = bool(facts.juniors and facts.seniors)
    press = [button(say("matches.desk.weights"), "match.weights", cohort.id)]
    if possible:
        press.insert(0, button(say("matches.desk.run"), "match.run", cohort.id, style="primary"))
    if facts.run is not None:
        label = say("matches.desk.review", n=facts.waiting) if facts.waiting else say("matches.desk.reviewed")
        press.append(button(label, "match.review", cohort.id))
    terms = "usual" if facts.usual else "own"
    blocks: list[Block] = [
        *_news(words, facts.news),
        section(say("matches.desk.body" if possible else "matches.desk.nobody", cohort=escape(cohort.name), **people)),
        section(say(f"matches.desk.{terms}", floor=facts.terms.floor)),
        actions(*press),
        note(say("matches.desk.sees")),
    ]
    return Modal("match.runs", say("matches.title"), blocks, say("common.buttons.close"))


def working(words: Words, facts: MatchDesk) -> Modal:
    """A big run goes on without anybody waiting for it."""
    say = words.say
    run = facts.run
    juniors, seniors = (run.juniors, run.seniors) if run else (facts.juniors, facts.seniors)
    people = _people(words, juniors, seniors)
    blocks = [
        section(say("matches.working.body", cohort=escape(facts.cohort.name), **people)),
        actions(button(say("matches.working.look"), "match.look", facts.cohort.id)),
        note(say("matches.working.foot")),
    ]
    return Modal("match.runs", say("matches.title"), blocks, say("common.buttons.close"))


def ready(words: Words, facts: Ready) -> Message:
    """To the coordinator who asked for it."""
    say = words.say
    counts = {"held": say("matches.ready.held", n=facts.held), "alone": say("matches.ready.alone", n=facts.alone)}
    body = say("matches.ready.body", n=facts.suggested, cohort=escape(facts.cohort.name), **counts)
    look = actions(
        button(say("matches.desk.review", n=facts.suggested), "match.review", facts.cohort.id, style="primary")
    )
    return Message(say("matches.ready.text"), [section(body), look, note(say("matches.desk.sees"))])


def review(words: Words, facts: Review) -> Modal:
    """Counts on top, then five suggestions, then the way on."""
    say, place = words.say, facts.place
    blocks: list[Block] = [*_news(words, facts.news), section(_counts(words, facts))]
    blocks += [note(say(f"matches.shelves.{place.shelf}_about", floor=facts.floor))]
    for card in facts.cards:
        blocks += [section(_card(words, card)), actions(*_decisions(words, card, place.shelf))]
    blocks += [section(_alone(words, one)) for one in facts.alone]
    if not facts.cards and not facts.alone:
        blocks.append(section(say(f"matches.shelves.{place.shelf}_none")))
    if place.shelf in (Shelf.OPEN, Shelf.HELD) and len(facts.cards) > 1:
        blocks.append(actions(_all_of_page(words, facts)))
    blocks += [actions(*_ways(words, facts)), note(say("matches.review.sees"))]
    metadata = {"cohort": facts.cohort.id, "shelf": place.shelf.value, "page": str(place.page)}
    return Modal("match.review", say("matches.title"), blocks, say("common.buttons.close"), metadata=metadata)


def _all_of_page(words: Words, facts: Review) -> ButtonElement:
    """Approve every one; what was held was held for a reason, so there it is not the first thing to press."""
    ids = ",".join(card.suggestion.id for card in facts.cards)
    style = "primary" if facts.place.shelf is Shelf.OPEN else None
    return button(words.say("matches.review.approve_page", n=len(facts.cards)), "match.approve_page", ids, style)


def people_line(words: Words, card: SuggestionCard) -> str:
    """The two, with what they do and where."""
    return words.say(
        "matches.review.people", junior=mention(words, card.junior), senior=mention(words, card.senior),
        junior_does=_does(words, card.junior_profile), senior_does=_does(words, card.senior_profile),
    )  # fmt: skip


def because(words: Words, codes: str) -> str:
    """One sentence out of one clause or two."""
    known = [words.say(f"match.because.{code}") for code in codes.split() if words.has(f"match.because.{code}")]
    if not known:
        return ""
    return words.say(f"match.because.{'two' if len(known) > 1 else 'one'}", first=known[0], second=known[-1])


def _people(words: Words, juniors: int, seniors: int) -> dict[str, str]:
    say = words.say
    return {"juniors": say("matches.desk.juniors", n=juniors), "seniors": say("matches.desk.seniors", n=seniors)}


def _counts(words: Words, facts: Review) -> str:
    counts = [words.say(f"matches.counts.{shelf}", n=facts.counts.get(shelf, 0)) for shelf in Shelf]
    return words.say("matches.review.counts", cohort=escape(facts.cohort.name), counts=" · ".join(counts))


def _card(words: Words, card: SuggestionCard) -> str:
    one = card.suggestion
    fit = words.say(f"matches.strength.{strength(one.score)}", score=one.score if one.score is not None else "")
    lines = [people_line(words, card), " ".join(part for part in (fit, because(words, one.because)) if part)]
    lines += [words.say("matches.review.warning", text=_warning(words, c, card.line_end)) for c in warned(one)]
    return "\n".join(lines)


def _warning(words: Words, check: Check, line_end: str) -> str:
    """Shorter than where one pair is looked at alone."""
    key = f"matches.warnings.{check}"
    return words.say(key, end=f"<@{line_end}>") if words.has(key) else check_text(words, check, line_end)


def _decisions(words: Words, card: SuggestionCard, shelf: Shelf) -> list[ButtonElement]:
    say, one = words.say, card.suggestion.id
    if shelf is Shelf.APPROVED:
        return [button(say("common.buttons.undo"), "match.unapprove", one)]
    aside = ("matches.review.back", "match.unhold") if shelf is Shelf.HELD else ("matches.review.hold", "match.hold")
    return [
        button(say("matches.review.approve"), "match.approve", one, style="primary"),
        button(say("matches.review.swap"), "match.swap", one),
        button(say(aside[0]), aside[1], one),
    ]


def _alone(words: Words, one: Alone) -> str:
    reason = one.unmatched.reason
    key = f"match.unmatched.{reason}"
    text = words.say(key if words.has(key) else "match.unmatched.no_match")
    if reason == "freed":
        text = words.say("matches.review.freed")
    side = words.say(f"common.sides.{one.unmatched.side}")
    return words.say("matches.review.alone", person=mention(words, one.person), side=side, text=text)


def _ways(words: Words, facts: Review) -> list[ButtonElement]:
    """To the other pages, the other shelves, and back to where it began."""
    here, cohort = facts.place, facts.cohort.id
    ways: list[ButtonElement] = []
    if here.page > 0:
        ways.append(_to(words, "previous", Place(cohort, here.shelf, here.page - 1)))
    if here.page + 1 < facts.pages:
        ways.append(_to(words, "next", Place(cohort, here.shelf, here.page + 1), n=here.page + 2, of=facts.pages))
    others = [shelf for shelf in Shelf if shelf is not here.shelf and (facts.counts.get(shelf) or shelf is Shelf.OPEN)]
    ways += [_to(words, shelf, Place(cohort, shelf), n=facts.counts.get(shelf, 0)) for shelf in others]
    if here.shelf is Shelf.ALONE:
        ways.append(button(words.say("matches.review.by_hand"), "match.pair"))
    return [*ways, button(words.say("matches.review.anew"), "match.start", cohort)]


def _to(words: Words, name: str, place: Place, **params: int) -> ButtonElement:
    where = f"{place.cohort_id}|{place.shelf}|{place.page}"
    return button(words.say(f"matches.ways.{name}", **params), f"match.page:{name}", where)


def _news(words: Words, news: Sequence[News]) -> list[Block]:
    lines = [
        words.say(
            f"matches.news.{one.what}", junior=f"<@{one.couple[0]}>", senior=f"<@{one.couple[1]}>", n=one.n,
            why=check_text(words, one.check, "") if one.check else "",
        ).strip()
        for one in news[:8]
    ]  # fmt: skip
    return [section("\n".join(lines)), DividerBlock()] if lines else []


def _does(words: Words, profile: Profile) -> str:
    level = words.say(f"enrol.levels.{profile.level}")
    return ", ".join(part for part in (level, escape(profile.department), escape(profile.location)) if part)
