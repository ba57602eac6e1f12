"""The coordinators' window: which themes are past the gate, what was done about each, and the forms for more."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, SectionBlock, UserSelectElement
from slack_sdk.models.blocks.basic_components import MarkdownTextObject

from bot.domain.disclosure import Withheld
from bot.domain.theme import LINE, WHO, WORDS, WORDS_LENGTH, StepForm, ThemesFacts, ThemeState, ThemeStory, steps_from
from bot.domain.when import UNDO, local_day
from bot.views.common import mention, to_pick
from bot.views.parts import CHOICES, Modal, actions, button, field_of, menu, note, section, text_field
from bot.views.theme.named import about_of, label_of
from prompts import Words, escape
from storage.records.programme import CohortState
from storage.records.theme import Step, ThemeStep

_STEPS_SHOWN, _SHORT = 6, 240
_ACTIONS = {ThemeStep.TAKEN: "theme.take", ThemeStep.CLOSED: "theme.close", ThemeStep.REOPENED: "theme.reopen"}
_ORDER = tuple(ThemeState)


def themes(words: Words, facts: ThemesFacts) -> Modal:
    """What still waits for somebody comes first."""
    say, cohort = words.say, facts.cohort
    ordered = sorted(facts.stories, key=lambda story: _ORDER.index(story.state))
    blocks: list[Block] = [*_which(words, facts), section(say("theme.list.intro", cohort=escape(cohort.name)))]
    if cohort.state is CohortState.CLOSED:
        blocks.append(note(say("theme.list.over")))
    blocks += [block for story in ordered for block in _story(words, facts, story)]
    if not ordered:
        blocks.append(section(_why_none(words, facts)))
    blocks += [actions(button(say("theme.list.tags"), "theme.tags", cohort.id)), note(say("theme.list.sees"))]
    return Modal("theme.list", say("theme.list.title"), blocks, say("common.buttons.close"))


def step_form(words: Words, facts: StepForm) -> Modal:
    """To whom, or what was done; the way back is a button, for the window changes in place."""
    name = "take" if facts.step is ThemeStep.TAKEN else "close"
    say, cohort = words.say, escape(facts.cohort.name)
    back = actions(button(say("common.buttons.back"), "theme.back", facts.cohort.id))
    blocks = [section(say(f"theme.{name}.intro", label=label_of(words, facts.theme), cohort=cohort))]
    blocks += _take(words, facts) if facts.step is ThemeStep.TAKEN else _close(words)
    return Modal(
        f"theme.{name}", say(f"theme.{name}.title"), [*blocks, back], say("common.buttons.cancel"),
        say(f"theme.{name}.submit"), {"cohort": facts.cohort.id, "theme": facts.theme},
    )  # fmt: skip


def _take(words: Words, facts: StepForm) -> list[Block]:
    say = words.say
    who = UserSelectElement(initial_user=facts.owner or None)
    return [
        field_of(WHO, say("theme.take.who"), who, hint=say("theme.take.who_hint")),
        text_field(
            LINE, say("theme.take.note"), most=WORDS_LENGTH, multiline=True, hint=say("theme.take.note_hint"),
            optional=True,
        ),
        note(say("theme.take.sees")),
    ]  # fmt: skip


def _close(words: Words) -> list[Block]:
    hint = words.say("theme.close.words_hint")
    return [text_field(WORDS, words.say("theme.close.words"), most=WORDS_LENGTH, multiline=True, hint=hint)]


def _which(words: Words, facts: ThemesFacts) -> list[Block]:
    """Where there are several cohorts, one is picked at once."""
    if len(facts.cohorts) < 2:
        return []
    listed = to_pick(facts.cohorts, facts.cohort.id, CHOICES)
    picker = menu({one.id: one.name[:75] for one in listed}, facts.cohort.id, action="theme.cohort")
    more = [note(words.say("theme.list.more"))] if len(listed) < len(facts.cohorts) else []
    return [SectionBlock(text=MarkdownTextObject(text=f"*{words.say('theme.list.cohort')}*"), accessory=picker), *more]


def _why_none(words: Words, facts: ThemesFacts) -> str:
    """It rests on who takes part and on what was published, never on what waits."""
    if facts.withheld is None:
        return words.say("theme.none.below")
    known = facts.withheld if facts.withheld in (Withheld.SMALL, Withheld.ENDED) else Withheld.WAITING
    return words.say(f"theme.none.{known}", needed=facts.needed)


def _story(words: Words, facts: ThemesFacts, story: ThemeStory) -> list[Block]:
    title = words.say("theme.list.theme", label=label_of(words, story.theme), about=about_of(words, story.theme))
    text = "\n".join([title.rstrip(), words.say(f"theme.state.{story.state}"), *_history(words, facts, story)])
    value = f"{facts.cohort.id}:{story.theme}"
    presses = [button(words.say(f"theme.do.{one}"), _ACTIONS[one], value) for one in steps_from(story.state)]
    if story.last is not None and facts.now < story.last.at + UNDO:
        presses.append(button(words.say("common.buttons.undo"), "theme.undo", story.last.id))
    return [section(text), actions(*presses)]


def _history(words: Words, facts: ThemesFacts, story: ThemeStory) -> Iterable[str]:
    shown = story.steps[-_STEPS_SHOWN:]
    if len(story.steps) > len(shown):
        yield words.say("theme.history.earlier", n=len(story.steps) - len(shown))
    for step in shown:
        yield _line(words, facts, step, whole=step is story.last)


def _line(words: Words, facts: ThemesFacts, step: Step, *, whole: bool) -> str:
    """Who did what and when; the words of a step that is past are cut."""
    told = words.say("common.people.removed") if step.words is None else step.words
    cut = told if whole or len(told) <= _SHORT else f"{told[: _SHORT - 1].rstrip()}…"
    key = "taken_note" if step.step is ThemeStep.TAKEN and told else step.step
    return words.say(
        f"theme.history.{key}", day=words.date(local_day(step.at, facts.zone)), words=escape(cut).replace("\n", " "),
        author=mention(words, facts.people[step.author_id]),
        to=f"<@{step.taken_to}>" if step.taken_to else words.say("common.people.someone"),
    )  # fmt: skip
