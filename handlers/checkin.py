"""The check-in in Slack: its buttons, the modal that grows a date field, the reflection, the trend, support."""

from bot.domain.checkin import Sheet, asks_by_when
from bot.domain.learner import LearnerFacts
from bot.domain.refusals import Refusal
from bot.services import checkin, review, support
from bot.services.prepare import lines as prepare_lines
from bot.views import checkin as views
from bot.views import prepare as prepare_views
from bot.views import review as review_views
from bot.views import support as support_views
from bot.views.commit import sentence_of
from bot.views.parts import Modal
from handlers.fields import learner_in, learner_named
from handlers.form import Form
from handlers.replies import Nothing, Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn
from storage.records.checkin import Answer, AnswerSheet, Question

router = Router("checkin")


@router.command("checkin", Who.PAIRED, opens=True)
async def current(turn: Turn) -> Reply:
    """What waits for the person, or can still be changed; questions about the pairing where no check-in waits."""
    if (instead := await review.instead(turn.kit, turn.actor)) is not None:
        return Show(review_views.form(turn.words, instead))
    facts = await checkin.current(turn.kit, turn.actor)
    return Show(views.sheet(turn.words, facts) if isinstance(facts, Sheet) else views.mirror(turn.words, facts))


@router.action("checkin.answer", opens=True)
async def open_one(turn: Turn) -> Reply:
    """The button of an invitation, on either side."""
    facts = await checkin.opened(turn.kit, turn.actor, turn.value)
    return Show(views.sheet(turn.words, facts) if isinstance(facts, Sheet) else views.mirror(turn.words, facts))


@router.action("checkin.option")
async def picked(turn: Turn) -> Reply:
    """A date field appears beside a promise and goes when the answer changes; everything typed stays."""
    typed = _sheet_of(turn.form)
    if _promised(typed) == _dated(turn.form):
        return Nothing()
    return Redraw(await _drawn(turn, typed))


@router.submission("checkin.sheet")
async def submit(turn: Turn) -> Reply:
    """The four answers."""
    typed = _sheet_of(turn.form)
    if not _promised(typed) <= _dated(turn.form):
        return Redraw(await _drawn(turn, typed))  # pressed before the date field had come
    facts = await checkin.answer(turn.kit, turn.actor, turn.metadata.get("checkin", ""), typed)
    return Show(views.thanks(turn.words, facts))


@router.action("checkin.nothing_new")
async def nothing_new(turn: Turn) -> Reply:
    """The answers of last time, in one tap."""
    return Redraw(views.thanks(turn.words, await checkin.nothing_new(turn.kit, turn.actor, turn.value)))


@router.submission("checkin.mirror")
async def reflect(turn: Turn) -> Reply:
    """The senior's reflection, with or without a promise."""
    facts = await checkin.reflect(
        turn.kit, turn.actor, turn.metadata.get("checkin", ""),
        learned=turn.form.text("checkin.learned"), shared=bool(turn.form.choices("checkin.share")),
        text=sentence_of(turn.words, turn.form.text("commit.when"), turn.form.text("commit.text")),
        due_on=turn.form.day("commit.due_on"), said=learner_in(turn.form),
    )  # fmt: skip
    return Say(views.reflected(turn.words, facts))


@router.action("checkin.who_learned")
async def learned(turn: Turn) -> Reply:
    """Who was mainly learning: one tap, where a message or the thanks asks."""
    said = learner_named(turn.choice)
    if said is None:
        raise Refusal("common.errors.gone")
    return await _learner(turn, await checkin.say_learner(turn.kit, turn.actor, turn.value, said))


@router.action("checkin.who_undo")
async def unlearned(turn: Turn) -> Reply:
    """Taken back: the tap again."""
    return await _learner(turn, await checkin.say_learner(turn.kit, turn.actor, turn.value, None))


@router.action("checkin.reset", opens=True)
async def reset(turn: Turn) -> Reply:
    """A line about who leads, for the next agenda: hers or his to change, and to send or not."""
    form = await prepare_lines.park_form(turn.kit, turn.actor, turn.value, for_next=True)
    return Show(prepare_views.park(turn.words, form, add=True, text=turn.words.say("learner.offer.line")))


@router.action("checkin.tomorrow")
async def tomorrow(turn: Turn) -> Reply:
    """Ask again on the next working morning."""
    found, at, zone = await checkin.tomorrow(turn.kit, turn.actor, turn.value)
    return Replace(views.put_off(turn.words, found, at, zone))


@router.action("checkin.skip")
async def skip(turn: Turn) -> Reply:
    """Leave this one out."""
    return Replace(views.skipped(turn.words, *await checkin.skip(turn.kit, turn.actor, turn.value)))


@router.action("checkin.wrong", opens=True)
async def wrong(turn: Turn) -> Reply:
    """The four doors of support, from a message."""
    return Show(support_views.doors(turn.words, await support.doors(turn.kit, turn.actor)))


@router.action("checkin.over_time", opens=True)
async def over_time(turn: Turn) -> Reply:
    """All that the acting person has answered, in pairs that have ended too."""
    facts = await checkin.over_time(turn.kit, turn.actor)
    return Show(views.over_time(turn.words, facts, plain=turn.plain))


async def _learner(turn: Turn, facts: LearnerFacts) -> Reply:
    if turn.surface is Surface.MODAL:
        thanks = await checkin.thanks_for(turn.kit, turn.actor, turn.metadata.get("checkin", ""))
        return Redraw(views.thanks(turn.words, thanks))
    return Replace(views.learner_part(turn.words, facts))


async def _drawn(turn: Turn, typed: AnswerSheet) -> Modal:
    facts = await checkin.sheet_for(turn.kit, turn.actor, turn.metadata.get("checkin", ""), typed)
    return views.sheet(turn.words, facts)


def _sheet_of(form: Form) -> AnswerSheet:
    """What was typed so far; an option that nobody picked is empty."""
    answers = (
        Answer(
            q,
            form.choice(f"checkin.option:{q}") or "",
            form.text(f"checkin.example:{q}"),
            form.day(f"checkin.by_when:{q}"),
        )
        for q in Question
    )
    return AnswerSheet(tuple(answers), learner_in(form), form.choices("checkin.themes"))


def _promised(sheet: AnswerSheet) -> set[Question]:
    return {a.question for a in sheet.answers if asks_by_when(a.question, a.option)}


def _dated(form: Form) -> set[Question]:
    return {q for q in Question if form.has(f"checkin.by_when:{q}")}
