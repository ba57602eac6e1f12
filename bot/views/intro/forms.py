"""The modals of introductions: asked for, offered, and the senior's three answers that need words or a day."""

from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.domain.intro import (
    DUE_ON,
    LINE,
    LINE_LENGTH,
    PERSON,
    REASON,
    WHOM,
    WHOM_LENGTH,
    WHY,
    WHY_LENGTH,
    WORD,
    Draft,
    IntroFacts,
    IntroForm,
)
from bot.views.intro.messages import question
from bot.views.intro.naming import whom
from bot.views.parts import Modal, actions, button, field_of, menu, note, options, section, text_field
from prompts import Words
from storage.records.enrol import Side
from storage.records.intro import Introduction, IntroState

_MADE = {False: "will_make", True: "have_made"}


def form(words: Words, facts: IntroForm) -> Modal:
    """A new one: asked for by a junior, offered or noted by a senior."""
    return _ask(words, facts) if facts.side is Side.JUNIOR else _offer(words, facts)


def _ask(words: Words, facts: IntroForm) -> Modal:
    draft, say = facts.draft, words.say
    blocks = [
        *_preview(words, facts),
        *_which(words, facts),
        *_whom(words, draft),
        text_field(
            WHY, say("intro.fields.why"), initial=draft.why, most=WHY_LENGTH, multiline=True,
            hint=say("intro.fields.why_hint"),
        ),
        text_field(
            LINE, say("intro.fields.line"), initial=draft.line, most=LINE_LENGTH, multiline=True,
            hint=say("intro.fields.line_hint"),
        ),
        actions(button(say("intro.ask.preview"), "intro.preview", facts.pairs[0].pair.id)),
        note(say("intro.ask.who")),
    ]  # fmt: skip
    return Modal(
        "intro.ask", say("intro.ask.title"), blocks, say("common.buttons.cancel"), say("common.buttons.send"),
        {"pair": facts.pairs[0].pair.id},
    )  # fmt: skip


def _preview(words: Words, facts: IntroForm) -> list[Block]:
    """What the senior would read, drawn as they would read it; before that, how it goes."""
    if not facts.preview:
        return [section(words.say("intro.ask.intro"))]
    people, draft = facts.pairs[0], facts.draft
    start = datetime.combine(facts.today, datetime.min.time())
    shown = Introduction(
        id="", team_id="", pair_id="", author_id=people.junior.id, to_user=draft.user, whom=draft.whom or "…",
        why=draft.why or "…", line=draft.line or "…", state=IntroState.ASKED, due_on=None, made_at=None, instead=False,
        created_at=start, changed_at=start, changed_by=None,
    )  # fmt: skip
    read = question(words, IntroFacts(shown, people, facts.today))
    return [section(words.say("intro.ask.preview_intro")), *read]


def _offer(words: Words, facts: IntroForm) -> Modal:
    draft, say = facts.draft, words.say
    stands = options({_MADE[made]: say(f"intro.fields.{_MADE[made]}") for made in (False, True)})
    picked = stands[int(draft.made)]
    blocks = [
        *_which(words, facts),
        *_whom(words, draft),
        text_field(
            WHY, say("intro.fields.what_for"), initial=draft.why, most=WHY_LENGTH, multiline=True,
            hint=say("intro.fields.what_for_hint"), optional=True,
        ),
        field_of(
            "intro.stands", say("intro.fields.stands"), StaticSelectElement(options=stands, initial_option=picked)
        ),
        field_of(
            DUE_ON, say("intro.fields.due_on"), DatePickerElement(), hint=say("intro.fields.due_on_hint"), optional=True
        ),
        note(say("intro.offer.who")),
    ]  # fmt: skip
    return Modal(
        "intro.offer", say("intro.offer.title"), blocks, say("common.buttons.cancel"), say("common.buttons.send"),
        {"pair": facts.pairs[0].pair.id},
    )  # fmt: skip


def agree(words: Words, facts: IntroFacts) -> Modal:
    """Yes, by a day; or another day."""
    it = facts.intro
    later = it.due_on is not None and it.due_on > facts.today
    picker = DatePickerElement(initial_date=it.due_on.isoformat() if it.due_on and later else None)
    fields = [field_of(DUE_ON, words.say("intro.fields.due_on"), picker)]
    return _answer(words, facts, "agree", fields)


def better(words: Words, facts: IntroFacts) -> Modal:
    """Somebody else, with a word if there is one."""
    word = text_field(WORD, words.say("intro.fields.word"), most=WHY_LENGTH, multiline=True, optional=True)
    return _answer(words, facts, "better", [*_whom(words, Draft()), word])


def decline(words: Words, facts: IntroFacts) -> Modal:
    """Not now: the junior reads why."""
    hint = words.say("intro.fields.reason_hint")
    reason = text_field(REASON, words.say("intro.fields.reason"), most=WHY_LENGTH, multiline=True, hint=hint)
    return _answer(words, facts, "decline", [reason])


def _answer(words: Words, facts: IntroFacts, name: str, fields: list[Block]) -> Modal:
    body = words.say(f"intro.{name}.body", junior=facts.people.junior.user_id, whom=whom(words, facts.intro))
    return Modal(
        f"intro.{name}", words.say(f"intro.{name}.title"),
        [section(body), *fields, note(words.say(f"intro.{name}.who"))],
        words.say("common.buttons.cancel"), words.say("common.buttons.send"), {"intro": facts.intro.id},
    )  # fmt: skip


def _whom(words: Words, draft: Draft) -> list[Block]:
    """Picked, or said in words: one of the two."""
    picker = UserSelectElement(initial_user=draft.user or None)
    hint = words.say("intro.fields.whom_hint")
    told = text_field(
        WHOM, words.say("intro.fields.whom"), initial=draft.whom, most=WHOM_LENGTH, hint=hint, optional=True
    )  # fmt: skip
    return [field_of(PERSON, words.say("intro.fields.person"), picker, optional=True), told]


def _which(words: Words, facts: IntroForm) -> list[Block]:
    if len(facts.pairs) < 2:
        return []
    junior = facts.side is Side.JUNIOR
    known = {it.pair.id: (it.senior if junior else it.junior).name[:75] for it in facts.pairs}
    label = words.say("intro.fields.pair_ask" if junior else "intro.fields.pair_offer")
    return [field_of("intro.pair", label, menu(known, facts.pairs[0].pair.id))]
