"""One cohort's digest: its settings, its pause, and what is said when it could not be posted."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
)

from bot.domain.report.facts import HeldFacts, Part, SettingFacts
from bot.views.common import moment
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section
from bot.views.programme.fields import hour, weekday
from prompts import Words, escape
from storage.records.report import Held


def setting(words: Words, facts: SettingFacts) -> Modal:
    """Channel, sections and pause; day and hour are the programme's, and one button away."""
    say = words.say
    blocks: list[Block] = [
        section(say("report.setting.about", cohort=escape(facts.cohort.name))),
        _channel(words, facts),
        _parts(words, facts),
        _pause(words, facts),
        note(_when(words, facts), say("common.who_sees.coordinators_only")),
    ]
    title, save = say("report.setting.title"), say("common.buttons.save")
    return Modal(
        "report.setting", title, blocks, say("common.buttons.cancel"), save, metadata={"cohort": facts.cohort.id}
    )


def _channel(words: Words, facts: SettingFacts) -> Block:
    picker = ConversationSelectElement(
        initial_conversation=facts.setting.channel_id,
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    hint = words.say("report.setting.channel_hint")
    return field_of("channel", words.say("report.setting.channel"), picker, optional=True, hint=hint)


def _parts(words: Words, facts: SettingFacts) -> Block:
    parts = options({part.value: words.say(f"report.setting.parts.{part}") for part in Part})
    shown = [option for option in parts if option.value not in facts.setting.hidden]
    boxes = CheckboxesElement(options=parts, initial_options=shown or None)
    hint = words.say("report.setting.shown_hint")
    return field_of("parts", words.say("report.setting.shown"), boxes, hint=hint, optional=True)


def _pause(words: Words, facts: SettingFacts) -> Block:
    pause = options({"yes": words.say("report.schedule.pause")})
    boxes = CheckboxesElement(options=pause, initial_options=pause if facts.setting.paused else None)
    hint = words.say("report.schedule.pause_hint")
    return field_of("paused", words.say("report.schedule.paused"), boxes, hint=hint, optional=True)


def saved(words: Words, facts: SettingFacts, *, undone: bool = False) -> Modal:
    """What is in force now."""
    say = words.say
    again = button(say("report.setting.again"), "report.setting", facts.cohort.id)
    blocks = undoable(words, _state(words, facts), facts.undo, again, undone=undone)
    return Modal("report.setting_saved", say("report.setting.title"), blocks, say("common.buttons.close"))


def undoable(words: Words, said: str, undo: str, *others: ButtonElement, undone: bool = False) -> list[Block]:
    """What is so now, with its way back, which is good for ten minutes; or that it was taken back."""
    text = f"{words.say('report.undo.done' if undone else 'report.undo.saved')} {said}"
    buttons = [*([button(words.say("common.buttons.undo"), "report.undo", undo)] if undo else []), *others]
    blocks: list[Block] = [section(text), *([actions(*buttons)] if buttons else [])]
    return [*blocks, note(words.say("report.undo.note"))] if undo else blocks


def pausing(words: Words, facts: SettingFacts) -> Message:
    """What pausing, or going on, has changed, with the way back."""
    paused = facts.setting.paused
    back = ("report.setting.resume", "report.resume") if paused else ("report.digest.pause", "report.pause")
    said = _state(words, facts)
    blocks = [section(said), actions(button(words.say(back[0]), back[1], facts.cohort.id))]
    return Message(words.say("report.setting.text"), blocks)


def held(words: Words, facts: HeldFacts) -> Message:
    """Nothing was posted, why, and what to do next; or what charts need."""
    if facts.why is Held.NO_FILES:
        return _no_files(words, facts)
    say, channel = words.say, f"<#{facts.channel}>"
    cohort_id = facts.cohort.id if facts.cohort else ""
    what = say("report.held.what", cohort=escape(facts.cohort.name)) if facts.cohort else say("report.held.something")
    buttons = [button(say("report.held.pick"), "report.channel", cohort_id)]
    if facts.cohort is not None:
        post = "report.now:kept" if facts.kept else "report.now"
        buttons.insert(0, button(say("report.held.post"), post, cohort_id))
    blocks: list[Block] = [
        section(f"{what} {say(f'report.held.{facts.why}', channel=channel)}"),
        section(say(_next(facts))),
        actions(*buttons),
        note(say("common.who_sees.coordinators_only")),
    ]
    return Message(say("report.held.text"), blocks)


def _no_files(words: Words, facts: HeldFacts) -> Message:
    """It went out without its chart: what to add, and where."""
    say = words.say
    blocks = [section(say("report.held.no_files", channel=f"<#{facts.channel}>")),
              note(say("common.who_sees.coordinators_only"))]  # fmt: skip
    return Message(say("report.held.no_files_text"), blocks)


def _next(facts: HeldFacts) -> str:
    if facts.cohort is None:
        return "report.held.next"
    return "report.held.next_digest" if facts.kept else "report.held.next_now"


def _state(words: Words, facts: SettingFacts) -> str:
    say, name = words.say, escape(facts.cohort.name)
    if facts.setting.paused:
        return say("report.setting.paused", cohort=name)
    channel = f"<#{facts.setting.channel_id or facts.programme.channel_id}>"
    if facts.programme.digest_paused or facts.next_at is None:
        return say("report.setting.all_paused", cohort=name, channel=channel)
    at = moment(words, facts.next_at, facts.programme.zone)
    return say("report.setting.saved", cohort=name, channel=channel, at=at)


def _when(words: Words, facts: SettingFacts) -> str:
    known = facts.programme
    return words.say(
        "report.setting.when", day=weekday(words, known.digest_weekday), hour=hour(words, known.digest_hour),
        zone=known.zone, channel=f"<#{known.channel_id}>",
    )  # fmt: skip
