"""App Home: not enrolled, waiting, junior, senior, both, coordinator, safe contact."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, DividerBlock

from bot.domain.home import HomeFacts, PairCard, Place
from bot.views import close, learn, leave, pause, review
from bot.views.home.coordinator import coordinator_blocks
from bot.views.home.pair import pair_blocks, waiting_blocks
from bot.views.home.score import scorecard_blocks
from bot.views.home.trend import past_blocks
from bot.views.home.waiting import calendar_blocks
from bot.views.hours import line
from bot.views.parts import HomeView, actions, button, header, note, section
from prompts import Words, escape
from storage.records.enrol import Side

_MOST = 100
_PAIRS_MOST = 4
_REVIEWS_MOST = 4


def home(words: Words, facts: HomeFacts) -> HomeView:
    """Slack shows at most 100 blocks; what comes last is cut first."""
    desk = coordinator_blocks(words, facts.coordinator, facts.now) if facts.coordinator is not None else []
    own, role = _own(words, facts), _safe_contact(words, facts)
    if desk and facts.enrolled:
        own = [header(words.say("home.coordinator.own")), *own]
    blocks: list[Block] = []
    for part in (desk, own, role) if facts.enrolled else (desk, role, own):
        blocks += [*([DividerBlock()] if blocks and part else []), *part]
    foot = _foot(words, facts)
    return HomeView([*blocks[: _MOST - len(foot)], *foot])


def _safe_contact(words: Words, facts: HomeFacts) -> list[Block]:
    """What reaches a safe contact, and how."""
    if not facts.safe_contact:
        return []
    both = [note(words.say("home.safe_contact.coordinates"))] if facts.coordinator is not None else []
    return [section(words.say("home.safe_contact.body")), *both]


def join_blocks(words: Words, facts: HomeFacts) -> list[Block]:
    """For somebody who does not take part: one paragraph, what is open, one button."""
    if not facts.set_up:
        setup = button(words.say("home.none.setup"), "programme.setup", style="primary")
        return [
            header(words.say("home.none.title")),
            section(words.say("home.none.not_set_up")),
            actions(setup),
            *learn.before_setup(words, facts.first_lesson),
        ]
    names = words.join(escape(cohort.name) for cohort in facts.open_cohorts)
    text = words.say("home.none.open", cohorts=names) if names else words.say("home.none.closed")
    label = words.say("home.none.join" if names else "home.none.tell")
    return [
        header(words.say("home.none.title")),
        section(f"{words.say('home.none.body')}\n{text}"),
        actions(
            button(label, "enrol.join", style="primary" if names else None),
            button(words.say("home.none.stored"), "privacy.show"),
        ),
    ]


def standing_blocks(words: Words, facts: HomeFacts) -> list[Block]:
    """What changes everything else: a pause, what somebody is about to leave, a pair that is suggested."""
    going = [*pause.card(words, facts.paused_until), *leave.pending(words, facts.leaving, facts.zone)]
    return [*going, *_asked(words, facts)]


def _asked(words: Words, facts: HomeFacts) -> list[Block]:
    """Suggested pairs that wait for an answer; the buttons are in the message."""
    texts = []
    for people, side in facts.asked:
        other = people.senior if side is Side.JUNIOR else people.junior
        texts.append(section(words.say(f"home.asked.{side}", partner=f"<@{other.user_id}>")))
    return [*texts, note(words.say("home.asked.sees"))] if texts else []


def for_you(words: Words, facts: HomeFacts, cards: Sequence[PairCard] = ()) -> list[Block]:
    """What waits in these pairs, then questions now and then, also to somebody whose pair has ended.

    One button is marked: the first.
    """
    above = waiting_blocks(words, cards)
    shown = facts.reviews[:_REVIEWS_MOST]
    asked = [block for n, one in enumerate(shown) for block in review.waiting(words, one, first=not (above or n))]
    return [*above, *asked] if above or not asked else [header(words.say("home.for_you.title")), *asked]


def place_blocks(words: Words, facts: HomeFacts) -> list[Block]:
    """For somebody who waits for a partner; not while a suggestion waits for them."""
    return [] if facts.asked else [section(_place(words, place, facts.today)) for place in facts.places[:5]]


def _place(words: Words, place: Place, today: date) -> str:
    name = escape(place.cohort.name)
    if place.hear_by is None:
        over = place.cohort.ends_on < today
        return words.say("home.waiting.over" if over else "home.waiting.soon", cohort=name)
    return words.say("home.waiting.body", cohort=name, day=words.date(place.hear_by))


def _own(words: Words, facts: HomeFacts) -> list[Block]:
    if not facts.enrolled:
        past = [*for_you(words, facts), *past_blocks(words, facts), *close.past(words, facts.past)]
        return [*past, *([] if facts.coordinator else join_blocks(words, facts))]
    blocks = [*standing_blocks(words, facts), *_switch(words, facts)]
    blocks += [*for_you(words, facts, facts.shown), *calendar_blocks(words, facts)]
    lesson = learn.home_line(words, facts.shelf)
    for place, card in enumerate(facts.shown[:_PAIRS_MOST]):
        above = [DividerBlock()] if place else []
        blocks += [*above, *pair_blocks(words, card, facts, () if place else lesson)]
    if facts.scorecard is not None and facts.side is Side.SENIOR:
        blocks += scorecard_blocks(words, facts.scorecard)
    blocks += [*place_blocks(words, facts), *past_blocks(words, facts), *close.past(words, facts.past)]
    return blocks if facts.shown else [*blocks, *lesson]


def _switch(words: Words, facts: HomeFacts) -> list[Block]:
    """Only for who sits on both sides, in different pairs."""
    if len(facts.sides) < 2:
        return []
    buttons = [
        button(
            words.say(f"home.switch.{side}"), f"home.side:{side}", side,
            style="primary" if side is facts.side else None,
        )
        for side in Side
    ]  # fmt: skip
    return [note(words.say("home.switch.intro")), actions(*buttons)]


def _foot(words: Words, facts: HomeFacts) -> list[Block]:
    buttons = [button(words.say("home.foot.help"), "help.show:most")]
    if facts.enrolled:
        buttons = [
            button(words.say("home.foot.profile"), "enrol.profile"),
            button(words.say("prefs.line.button"), "prefs.open"),
            *([] if facts.paused_until else [button(words.say("pause.card.pause"), "pause.open")]),
            button(words.say("home.foot.leave"), "leave.form"),
            *buttons,
        ]
    elif facts.past or facts.coordinator is not None:
        buttons = [button(words.say("prefs.line.button"), "prefs.open"), *buttons]
    if facts.enrolled or facts.past or facts.coordinator is not None:
        buttons = [button(words.say("home.foot.privacy"), "privacy.show"), *buttons]
    if facts.set_up:
        buttons = [button(words.say("home.foot.support"), "support.doors"), *buttons]
    hours = [note(line(words, facts.me))] if facts.enrolled and facts.me is not None else []
    return [*hours, DividerBlock(), actions(*buttons)]
