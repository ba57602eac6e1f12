"""What coordinators send by hand: the windows that they do it in, and what people get."""

from collections.abc import Iterable, Mapping

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)

from bot.domain.tell import LONGEST, AnnounceDesk, AnnouncePreview, NudgeDesk, NudgeFacts, Nudging, Told
from bot.views.common import mention, moment
from bot.views.parts import Message, Modal, actions, button, field_of, menu, note, options, section
from prompts import Words, escape, tame
from storage.records.programme import Cohort
from storage.records.tell import Audience, Readers

AUDIENCE, TEMPLATE = "tell.nudge_to", "tell.nudge_what"
AUDIENCES = (Audience.SENIORS, Audience.ALL, Audience.UNBOOKED)
_LABEL = 74


def nudge_desk(words: Words, facts: NudgeDesk) -> Modal:
    """Audience, template, how it reads and how many get it; every choice shows at once what would come of it."""
    say = words.say
    blocks: list[Block] = [section(say("tell.nudge.intro"))]
    if facts.pair is not None:
        names = {"junior": mention(words, facts.pair.junior), "senior": mention(words, facts.pair.senior)}
        blocks.append(section(say("tell.nudge.pair", **names)))
    else:
        whom = {one.value: say(f"tell.nudge.audiences.{one}") for one in AUDIENCES}
        blocks.append(_select(AUDIENCE, say("tell.nudge.audience"), whom, facts.audience))
    labels = {name: _short(text) for name, text in facts.templates.items()}
    if labels:
        blocks.append(_select(TEMPLATE, say("tell.nudge.what"), labels, facts.template))
        blocks.append(section(say("tell.nudge.preview", text=facts.templates[facts.template])))
    blocks.append(section("\n".join(_count(words, facts))))
    blocks += [note(say("tell.nudge.budget")), note(say("tell.nudge.sees"))]
    return Modal(
        "tell.nudge", say("tell.nudge.title"), blocks, say("common.buttons.cancel"),
        say("tell.nudge.submit"),
        {"pair": facts.pair.pair.id if facts.pair else ""},
    )  # fmt: skip


def nudging(words: Words, facts: Nudging) -> Message:
    """To the coordinator: it is on its way, or taken back."""
    if facts.undone:
        text = words.say("tell.nudge.undone")
        return Message(text, [section(text)])
    text = words.say("tell.nudge.sent", n=facts.receivers)
    return Message(
        text, [section(text), actions(button(words.say("common.buttons.undo"), "tell.unnudge", facts.nudge_id))]
    )


def nudge(words: Words, facts: NudgeFacts) -> Message:
    """The nudge itself: the template's words, in the reader's language."""
    text = words.content.nudge(facts.template).text
    return Message(words.say("tell.nudged.text"), [section(text), note(words.say("tell.nudged.sees"))])


def announce_form(words: Words, facts: AnnounceDesk, preview: AnnouncePreview | None = None, seen: str = "") -> Modal:
    """What to say and to whom; with a preview, the same fields below how it will look."""
    say = words.say
    blocks: list[Block] = [section(say("tell.announce.intro"))]
    if preview is not None:
        blocks += [note(say("tell.announce.preview")), *_words(words, preview.text, preview.author, preview.cohort)]
        blocks.append(DividerBlock())
    blocks += _cohort(words, facts)
    whom = options({one.value: say(f"tell.announce.whom.{one}") for one in Readers})
    chosen = next(one for one in whom if one.value == facts.readers.value)
    blocks.append(
        field_of("readers", say("tell.announce.readers"), RadioButtonsElement(options=whom, initial_option=chosen))
    )
    element = PlainTextInputElement(initial_value=facts.text or None, max_length=LONGEST, multiline=True)
    hint = say("tell.announce.text_hint", limit=LONGEST)
    blocks.append(field_of("text", say("tell.announce.text"), element, hint=hint))
    blocks += [note(say("tell.announce.again"))] if preview is not None else list(_latest(words, facts.latest))
    blocks.append(note(say("tell.announce.sees")))
    submit = say("tell.announce.submit") if preview is None else say("tell.announce.send", n=preview.receivers)
    title, close = say("tell.announce.title"), say("common.buttons.cancel")
    return Modal("tell.announce", title, blocks, close, submit, {"seen": seen})


def announcing(words: Words, facts: Told) -> Message:
    """To the coordinator: when it goes and how to take it back, or that it was."""
    if facts.announcement.undone_at is not None:
        text = words.say("tell.announce.undone")
        return Message(text, [section(text)])
    text = words.say(
        "tell.announce.on_its_way", cohort=escape(facts.cohort.name), readers=_whom(words, facts),
        at=moment(words, facts.goes_at, facts.zone),
    )  # fmt: skip
    undo = button(words.say("common.buttons.undo"), "tell.unannounce", facts.announcement.id)
    return Message(words.say("tell.announce.title"), [section(text), actions(undo)])


def announcement(words: Words, facts: Told) -> Message:
    """The announcement itself, with who sent it."""
    text = facts.announcement.text or ""
    return Message(words.say("tell.announced.text"), list(_words(words, text, facts.author, facts.cohort)))


def _words(words: Words, text: str, author: str, cohort: Cohort) -> Iterable[Block]:
    """A coordinator's own words: their bold and links stay, nothing in them mentions or notifies."""
    yield section(tame(text))
    yield note(words.say("tell.announced.foot", author=_author(words, author), cohort=escape(cohort.name)))


def _author(words: Words, author: str) -> str:
    return f"<@{author}>" if author else words.say("tell.announce.nobody")


def _cohort(words: Words, facts: AnnounceDesk) -> list[Block]:
    """Which cohort, where there are several."""
    say = words.say
    if len(facts.cohorts) == 1:
        return [note(say("tell.announce.one", cohort=escape(facts.cohorts[0].name)))]
    choices = {cohort.id: cohort.name[:_LABEL] for cohort in facts.cohorts[:100]}
    known = options(choices)
    picked = next((one for one in known if one.value == facts.cohort), None)
    return [field_of("cohort", say("tell.announce.cohort"), StaticSelectElement(options=known, initial_option=picked))]


def _latest(words: Words, told: Iterable[Told]) -> Iterable[Block]:
    """The last announcements, each with what became of it; never their words."""
    say, lines = words.say, []
    for one in told:
        day = words.date(one.announcement.at.date())
        lines.append(
            say(
                "tell.announce.line", day=day, author=_author(words, one.author), cohort=escape(one.cohort.name),
                readers=_whom(words, one), became=_became(words, one),
            )
        )  # fmt: skip
    if lines:
        yield section("\n".join([say("tell.announce.latest"), *lines]))


def _became(words: Words, told: Told) -> str:
    say, n = words.say, told.delivery
    if told.announcement.undone_at is not None:
        return say("tell.announce.became.undone")
    counts = {"sent": n.sent, "waiting": n.waiting, "failed": n.failed, "left_out": n.left_out}
    parts = [say(f"tell.announce.became.{name}", n=count) for name, count in counts.items() if count]
    return ", ".join(parts) or say("tell.announce.became.planned", at=moment(words, told.goes_at, told.zone))


def _whom(words: Words, told: Told) -> str:
    return words.say(f"tell.announce.whom.{told.announcement.readers}")


def _count(words: Words, facts: NudgeDesk) -> Iterable[str]:
    say = words.say
    yield say("tell.nudge.count", n=facts.receivers) if facts.receivers else say("tell.nudge.nobody")
    if facts.lately:
        yield say("tell.nudge.lately", n=facts.lately)


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    return field_of(name, label, menu(choices, chosen), dispatch=True)


def _short(text: str) -> str:
    plain = text.replace("*", "")
    return plain if len(plain) <= _LABEL else f"{plain[: _LABEL - 1].rstrip()}…"
