"""The coordinators' modals around the digest: who needs a person, how figures are protected, schedule, channel."""

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
)

from bot.domain.report.activity import Concern
from bot.domain.report.facts import (
    HealthFacts,
    Listed,
    MatterFacts,
    NeedsFacts,
    PreviewFacts,
    ScheduleFacts,
    ShieldFacts,
)
from bot.domain.report.pairs import DOING, Doing
from bot.views.common import mention, moment
from bot.views.parts import Message, Modal, actions, button, field_of, header, note, options, section, text_field
from bot.views.programme.fields import hour, menu, weekday
from bot.views.report import phrases
from bot.views.report.digest import blocks as digest_blocks
from bot.views.report.settings import undoable
from prompts import Words, escape
from storage.records.programme import Programme

_PAIRS_MOST = 40
_BLOCKS_MOST = 47
"""Slack takes fifty in a message; three are kept for what stands below."""
_COHORTS_MOST = 15


def needs(words: Words, facts: NeedsFacts) -> Modal:
    """The pairs that need a person, by name."""
    blocks: list[Block] = [
        section(
            _pair(words, facts, one),
            button(words.say("common.buttons.open"), "report.pair", one.checked.history.pair.id),
        )
        for one in facts.pairs[:_PAIRS_MOST]
    ]
    left = len(facts.pairs) - len(blocks)
    if not blocks:
        blocks = [section(words.say("report.needs.none"))]
    if left > 0:
        blocks.append(note(words.say("report.needs.more", n=left)))
    blocks.append(note(words.say("report.needs.sees")))
    return _plain(words, "report.needs", words.say("report.needs.title")[:24], [header(facts.cohort.name), *blocks])


def shield(words: Words, facts: ShieldFacts) -> Modal:
    """How the figures are protected, with the cohort's own numbers."""
    numbers = {"least": facts.k, "clamp": facts.clamp, "needed": facts.needed}
    parts = ("answers", "urn", "cells", "once", "mixed", "small", "honest")
    blocks = [section(words.say(f"report.shield.{part}", **numbers)) for part in parts]
    return _plain(words, "report.shield", words.say("report.shield.title"), blocks)


def schedule(words: Words, facts: ScheduleFacts) -> Modal:
    """Day, hour, zone and pause."""
    known = facts.programme
    days = {str(day): weekday(words, day) for day in range(7)}
    hours = {str(of_day): hour(words, of_day) for of_day in range(24)}
    pause = options({"yes": words.say("report.schedule.pause")})
    boxes = CheckboxesElement(options=pause, initial_options=pause if known.digest_paused else None)
    blocks = [
        menu("weekday", words.say("report.schedule.weekday"), days, str(known.digest_weekday)),
        menu("hour", words.say("report.schedule.hour"), hours, str(known.digest_hour)),
        text_field(
            "zone", words.say("report.schedule.zone"), initial=known.zone, most=64,
            hint=words.say("report.schedule.zone_hint"),
        ),
        field_of(
            "paused", words.say("report.schedule.paused"), boxes, hint=words.say("report.schedule.pause_hint"),
            optional=True,
        ),
        note(words.say("report.schedule.for_all"), words.say("common.who_sees.coordinators_only")),
    ]  # fmt: skip
    return _asking(words, "report.schedule", words.say("report.schedule.title"), blocks)


def scheduled(words: Words, facts: ScheduleFacts, *, undone: bool = False) -> Modal:
    """What is in force now."""
    if facts.programme.digest_paused or facts.next_at is None:
        text = words.say("report.schedule.saved_paused")
    else:
        text = words.say("report.schedule.saved", at=moment(words, facts.next_at, facts.programme.zone))
    blocks = undoable(words, text, facts.undo, undone=undone)
    return _plain(words, "report.scheduled", words.say("report.schedule.title"), blocks)


def channel(words: Words, programme: Programme) -> Modal:
    """Which private channel."""
    picker = ConversationSelectElement(
        initial_conversation=programme.channel_id,
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    field = field_of("channel", words.say("report.channel.label"), picker, hint=words.say("report.channel.hint"))
    blocks = [field, note(words.say("common.who_sees.coordinators_only"))]
    return _asking(words, "report.channel", words.say("report.channel.title"), blocks)


def moved(words: Words, facts: ScheduleFacts, *, undone: bool = False) -> Modal:
    text = words.say("report.channel.saved", channel=f"<#{facts.programme.channel_id}>")
    blocks = undoable(words, text, facts.undo, undone=undone)
    return _plain(words, "report.moved", words.say("report.channel.title"), blocks)


def health(words: Words, facts: HealthFacts) -> Modal:
    """The lights, cohort by cohort."""
    blocks: list[Block] = []
    for cohort, lights, concerns in facts.cohorts[:_COHORTS_MOST]:
        said = phrases.lights(words, lights) or words.say("report.digest.no_pairs")
        text = words.say("report.health.cohort", cohort=escape(cohort.name), lights=said)
        blocks.append(section(text, button(words.say("report.health.open"), "report.pairs", cohort.id)))
        blocks += [_wrong(words, cohort.id, concern, n) for concern, n in concerns]
    if not blocks:
        blocks.append(section(words.say("report.health.none")))
    if facts.paused:
        blocks.append(note(words.say("report.health.paused", n=facts.paused)))
    if facts.homeless:
        blocks.append(note(words.say("report.health.homeless", n=facts.homeless)))
    blocks.append(note(words.say("report.health.sees")))
    return _plain(words, "report.health", words.say("report.health.title"), blocks)


def matters(words: Words, facts: MatterFacts) -> Modal:
    """Pairs of which one account is gone, or that lines forbid by now; each opens."""
    say = words.say
    blocks: list[Block] = [
        section(
            say(
                f"report.matters.{row.matter}", junior=mention(words, row.people.junior),
                senior=mention(words, row.people.senior),
            ),
            button(say("common.buttons.open"), "report.pair", row.people.pair.id),
        )
        for row in facts.rows
    ] or [section(say("report.needs.none"))]  # fmt: skip
    if facts.found > len(facts.rows):
        blocks.append(note(say("report.needs.more", n=facts.found - len(facts.rows))))
    blocks.append(note(say("report.needs.sees")))
    return _plain(words, "report.matters", say("report.matters.title"), blocks)


def _wrong(words: Words, cohort_id: str, concern: Concern, n: int) -> Block:
    """What is wrong with how many pairs, what helps, and the button for it."""
    doing = DOING[concern]
    text = words.say("report.health.wrong", concern=words.say(f"report.concern.{concern}", n=n),
                     doing=words.say(f"pairs.doing.{doing}"))  # fmt: skip
    if doing is Doing.NUDGE:
        return section(text, button(words.say("report.health.nudge"), "tell.nudge:unbooked"))
    return section(text, button(words.say("report.digest.open_list"), "report.list", cohort_id))


def preview(words: Words, facts: PreviewFacts) -> Message:
    """The digests as they stand, for the coordinator who asked and nobody else."""
    if not facts.digests:
        blocks: list[Block] = [section(words.say("report.now.none"))]
    elif facts.next_at is None:
        blocks = [note(words.say("report.preview.intro_unplanned"))]
    else:
        blocks = [note(words.say("report.preview.intro", at=moment(words, facts.next_at, facts.zone)))]
    shown = 0
    for one in facts.digests:
        own = button(words.say("report.preview.setting"), "report.setting", one.cohort.id)
        drawn = [*digest_blocks(words, one), actions(own), DividerBlock()]
        if len(blocks) + len(drawn) > _BLOCKS_MOST:
            break
        blocks += drawn
        shown += 1
    if left := len(facts.digests) - shown:
        blocks.append(note(words.say("report.preview.more", n=left)))
    blocks.append(
        actions(
            button(words.say("report.preview.schedule"), "report.schedule"),
            button(words.say("report.preview.channel"), "report.channel"),
        )
    )
    return Message(words.say("report.preview.text"), blocks)


def _pair(words: Words, facts: NeedsFacts, one: Listed) -> str:
    history = one.checked.history
    last, ahead = history.last, history.next(facts.now)
    return words.say(
        "report.needs.pair",
        junior=f"<@{one.people.junior.user_id}>",
        senior=f"<@{one.people.senior.user_id}>",
        light=words.say(f"report.light_name.{one.checked.light}"),
        why=" · ".join(words.say(f"report.why.{concern}") for concern in one.checked.concerns),
        last=words.say("report.needs.last", day=moment(words, last.starts_at, facts.zone))
        if last
        else words.say("report.needs.never"),
        next=words.say("report.needs.next", day=moment(words, ahead.starts_at, facts.zone))
        if ahead
        else words.say("report.needs.no_next"),
    )


def _plain(words: Words, callback: str, title: str, blocks: list[Block]) -> Modal:
    return Modal(callback, title, blocks, words.say("common.buttons.close"))


def _asking(words: Words, callback: str, title: str, blocks: list[Block]) -> Modal:
    return Modal(callback, title, blocks, words.say("common.buttons.cancel"), words.say("common.buttons.save"))
