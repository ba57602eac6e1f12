"""The set-up in three steps, what it says when it is stored, and who hears of it."""

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
)

from bot.domain.programme.facts import ChangedFacts, NamedFacts, SavedFacts, SetupFacts
from bot.domain.programme.setup import CHECKIN_HOURS, DIGEST_HOURS, MOST_K, packed
from bot.views.parts import Message, Modal, actions, button, field_of, header, note, options, section, text_field
from bot.views.programme.fields import asking_button, hour, menu, person, radio, weekday
from prompts import Words
from storage.records.programme import Programme, Purpose

_K = (5, 6, 7, 8, 10, 12, 15, 20, 30, MOST_K)


def purpose_step(words: Words, facts: SetupFacts) -> Modal:
    """Step 1: what it is for, who owns what is found, and, the first time, whether all is ready."""
    setup = facts.setup
    purposes = {p.value: words.say(f"programme.setup.purposes.{p}") for p in Purpose}
    blocks = [
        section(words.say("programme.setup.intro_first" if facts.first else "programme.setup.intro_again")),
        _step(words, 1),
        *([_checklist(words, setup.ready)] if facts.first else []),
        radio("purpose", words.say("programme.setup.purpose"), purposes, setup.purpose),
        person(
            "findings_owner",
            words.say("programme.setup.owner"),
            setup.findings_owner,
            hint=words.say("programme.setup.owner_hint"),
        ),
        note(words.say("common.who_sees.coordinators")),
    ]
    return _modal(words, facts, "programme.setup_purpose", blocks, words.say("common.buttons.next"))


def places_step(words: Words, facts: SetupFacts) -> Modal:
    """Step 2: the safe contacts and the coordinators' channel."""
    setup = facts.setup
    blocks = [
        _step(words, 2),
        section(words.say("programme.setup.contacts")),
        person("contact_1", words.say("programme.setup.contact_1"), setup.contact_1),
        person(
            "contact_2", words.say("programme.setup.contact_2"), setup.contact_2,
            hint=words.say("programme.setup.contact_2_hint"),
        ),
        *_channel(words, facts),
        _back(words, "purpose"),
        note(words.say("programme.setup.contacts_seen")),
    ]  # fmt: skip
    return _modal(words, facts, "programme.setup_places", blocks, words.say("common.buttons.next"))


def rhythm_step(words: Words, facts: SetupFacts) -> Modal:
    """Step 3: zone, digest, how many people a figure needs, when check-ins come, language."""
    setup = facts.setup
    say = words.say
    days = {str(day): weekday(words, day) for day in range(7)}
    hours = {str(h): hour(words, h) for h in sorted({*DIGEST_HOURS, setup.digest_hour})}
    smallest = {str(k): say("common.count.people", n=k) for k in sorted({*_K, setup.k}) if k >= facts.least_k}
    blocks = [
        _step(words, 3),
        text_field("zone", say("programme.setup.zone"), initial=setup.zone, most=64,
                   hint=say("programme.setup.zone_hint")),
        menu("digest_weekday", say("programme.setup.weekday"), days, str(setup.digest_weekday)),
        menu("digest_hour", say("programme.setup.hour"), hours, str(setup.digest_hour)),
        menu("checkin_after_hours", say("programme.setup.checkin"), _checkins(words, setup.checkin_after_hours),
             str(setup.checkin_after_hours or "morning"), hint=say("programme.setup.checkin_hint")),
        menu("k", say("programme.setup.k"), smallest, str(setup.k), hint=say("programme.setup.k_hint")),
        *_languages(words, facts),
        _back(words, "places"),
        note(say("common.who_sees.coordinators")),
    ]  # fmt: skip
    return _modal(words, facts, "programme.setup_rhythm", blocks, words.say("common.buttons.save"))


def saved(words: Words, facts: SavedFacts) -> Modal:
    """What is in force now, and what to do next."""
    key = "saved_first" if facts.first else "saved_again" if facts.settings else "saved_same"
    blocks = [section(words.say(f"programme.setup.{key}")), *_summary(words, facts.programme)]
    if facts.missing:
        items = [item for item in words.content.readiness.items if item.id in facts.missing]
        lines = "\n".join(f"• *{item.text}.* {item.why}" for item in items)
        blocks += [section(f"{words.say('programme.setup.missing')}\n{lines}")]
    style = "primary" if facts.first else None
    cohort = button(words.say("programme.cohorts.new"), "programme.cohort_new", style=style)
    coordinators = button(words.say("programme.coordinators.title"), "programme.coordinators")
    blocks.append(actions(cohort, coordinators, button(words.say("support.links.title"), "support.edit_links")))
    return Modal("programme.saved", words.say("programme.setup.title"), blocks, words.say("common.buttons.close"))


def named(words: Words, facts: NamedFacts) -> Message:
    """To the owner of findings, or to a safe contact."""
    text = words.say(f"programme.named.{facts.role}.text")
    people = {"by": f"<@{facts.by}>", "other": f"<@{facts.other}>"}
    return Message(
        text,
        [
            header(words.say(f"programme.named.{facts.role}.title")),
            section(words.say(f"programme.named.{facts.role}.body", **people)),
            note(words.say("programme.named.wrong", by=people["by"])),
        ],
    )


def setup_changed(words: Words, facts: ChangedFacts) -> Message:
    """To the other coordinators, when one of them changed something."""
    settings = words.join(words.say(f"programme.settings.{name}") for name in facts.settings)
    return Message(
        words.say("programme.changed.text"),
        [
            section(words.say("programme.changed.body", by=f"<@{facts.by}>", settings=settings)),
            *_summary(words, facts.programme),
            actions(button(words.say("programme.today.settings"), "programme.setup")),
        ],
    )


def _summary(words: Words, programme: Programme) -> list[Block]:
    say = words.say
    after = programme.checkin_after_hours
    lines = [
        say("programme.summary.purpose", purpose=say(f"common.purposes.{programme.purpose}")),
        say("programme.summary.owner", owner=f"<@{programme.findings_owner}>"),
        say("programme.summary.contacts", contacts=words.join(f"<@{c}>" for c in programme.safe_contacts)),
        say(
            "programme.summary.digest", channel=f"<#{programme.channel_id}>", zone=programme.zone,
            day=weekday(words, programme.digest_weekday), hour=hour(words, programme.digest_hour),
        ),
        say("programme.summary.morning") if after is None else say("programme.summary.after", n=after),
        say("programme.summary.k", k=programme.k),
    ]  # fmt: skip
    return [section("\n".join(f"• {line}" for line in lines))]


def _checklist(words: Words, ready: tuple[str, ...]) -> Block:
    items = options({item.id: item.text for item in words.content.readiness.items})
    ticked = [option for option in items if option.value in ready]
    boxes = CheckboxesElement(options=items, initial_options=ticked or None)
    return field_of(
        "ready", words.say("programme.setup.ready"), boxes, hint=words.say("programme.setup.ready_hint"), optional=True
    )


def _channel(words: Words, facts: SetupFacts) -> list[Block]:
    setup, say = facts.setup, words.say
    kinds = ["private", "public"] if setup.public_asked else ["private"]
    picker = ConversationSelectElement(
        initial_conversation=setup.channel_id or None,
        filter=ConversationFilter(include=kinds, exclude_bot_users=True, exclude_external_shared_channels=True),
    )
    field = field_of("channel_id", say("programme.setup.channel"), picker, hint=say("programme.setup.channel_hint"))
    if not setup.public_asked:
        question = say("programme.setup.public_question")
        return [field, actions(asking_button(words, say("programme.setup.public"), "programme.public", "", question))]
    agree = options({"yes": say("programme.setup.public_agree")})
    boxes = CheckboxesElement(options=agree, initial_options=agree if setup.public_agreed else None)
    return [field, field_of("public_agreed", say("programme.setup.public_label"), boxes, optional=True)]


def _checkins(words: Words, now: int | None) -> dict[str, str]:
    hours = sorted({*CHECKIN_HOURS, *([now] if now else [])})
    return {
        "morning": words.say("programme.setup.checkin_morning"),
        **{str(h): words.say("programme.setup.checkin_after", n=h) for h in hours},
    }


def _languages(words: Words, facts: SetupFacts) -> list[Block]:
    """Nothing to choose where there is one pack only."""
    if len(facts.languages) < 2:
        return []
    names = {lang: str(words.locale.parse(lang, sep="-").get_display_name() or lang) for lang in facts.languages}
    label, hint = words.say("programme.setup.language"), words.say("programme.setup.language_hint")
    return [menu("language", label, names, facts.setup.language, hint=hint)]


def _step(words: Words, number: int) -> Block:
    return note(words.say(f"programme.setup.step_{number}"))


def _back(words: Words, to: str) -> Block:
    return actions(button(words.say("common.buttons.back"), f"programme.setup_back:{to}"))


def _modal(words: Words, facts: SetupFacts, callback: str, blocks: list[Block], submit: str) -> Modal:
    title, close = words.say("programme.setup.title"), words.say("common.buttons.cancel")
    return Modal(callback, title, blocks, close, submit, packed(facts.setup))
