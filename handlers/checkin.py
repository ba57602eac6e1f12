"""The check-in in Slack: its buttons, the modal that grows a date field, the reflection, asks and support."""

from bot.domain.checkin import Draft, Sheet, Tone, asks_by_when, check_ask
from bot.services import checkin, prepare, support
from bot.views import checkin as views
from bot.views import support as support_views
from bot.views.parts import Modal
from handlers.form import Form
from handlers.replies import Nothing, Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.checkin import Answer, AnswerSheet, Learner, Question

router = Router("checkin")
_TONES: dict[str, Tone] = {"warm": "warm", "direct": "direct", "short": "short"}


@router.command("checkin", Who.PAIRED, opens=True)
async def current(turn: Turn) -> Reply:
    """What waits for the person, or can still be changed."""
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
        text=turn.form.text("commit.text"), due_on=turn.form.day("commit.due_on"),
    )  # fmt: skip
    return Say(views.reflected(turn.words, facts))


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


@router.command("ask", Who.PAIRED, args="[1-4]", opens=True)
async def ask_command(turn: Turn) -> Reply:
    """Words for asking the senior for something back; a number picks the question."""
    number = int(turn.text) if turn.text in ("1", "2", "3", "4") else 2
    return Show(await _ask(turn, "", Draft(question=list(Question)[number - 1])))


@router.action("checkin.ask", opens=True)
async def ask(turn: Turn) -> Reply:
    """From the thanks, or from Home."""
    chosen = Question(turn.choice) if turn.choice in set(Question) else Question.HELP
    return Show(await _ask(turn, turn.value, Draft(question=chosen)))


@router.action("checkin.ask_question")
@router.action("checkin.ask_tone")
async def reword(turn: Turn) -> Reply:
    """Another question or tone has other blanks."""
    return Redraw(await _ask(turn, turn.metadata.get("pair", ""), _draft_of(turn.form)))


@router.submission("checkin.ask_pick")
async def make_it_mine(turn: Turn) -> Reply:
    """The wording, to be edited, copied or put on the agenda."""
    facts = await checkin.ask_of(turn.kit, turn.actor, turn.metadata.get("pair", ""))
    return Show(views.your_words(turn.words, facts, views.wording(turn.words, _draft_of(turn.form))))


@router.action("checkin.to_agenda", opens=True)
async def to_agenda(turn: Turn) -> Reply:
    """A line of the junior's own, from scratch."""
    return Show(views.your_words(turn.words, await checkin.ask_of(turn.kit, turn.actor, turn.value), ""))


@router.submission("checkin.ask_ready")
async def add_line(turn: Turn) -> Reply:
    """Onto the agenda of the next session, or into the parking lot."""
    text = turn.form.text("checkin.line", required=True)
    check_ask(text)
    facts = await prepare.bring(turn.kit, turn.actor, turn.metadata.get("pair", ""), text, field="checkin.line")
    return Say(views.added(turn.words, facts))


async def _drawn(turn: Turn, typed: AnswerSheet) -> Modal:
    facts = await checkin.sheet_for(turn.kit, turn.actor, turn.metadata.get("checkin", ""), typed)
    return views.sheet(turn.words, facts)


async def _ask(turn: Turn, pair_id: str, draft: Draft) -> Modal:
    return views.ask(turn.words, await checkin.ask_of(turn.kit, turn.actor, pair_id), draft)


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
    learner = form.choice("checkin.learner")
    known = Learner(learner) if learner in set(Learner) else None
    return AnswerSheet(tuple(answers), known, form.choices("checkin.themes"))


def _draft_of(form: Form) -> Draft:
    question, tone = form.choice("checkin.ask_question"), form.choice("checkin.ask_tone")
    return Draft(
        question=Question(question) if question in set(Question) else Question.HELP,
        tone=_TONES.get(tone or "", "warm"),
        topic=form.text("checkin.ask_topic"),
        person=form.text("checkin.ask_person"),
        day=form.day("checkin.ask_date"),
    )


def _promised(sheet: AnswerSheet) -> set[Question]:
    return {a.question for a in sheet.answers if asks_by_when(a.question, a.option)}


def _dated(form: Form) -> set[Question]:
    return {q for q in Question if form.has(f"checkin.by_when:{q}")}
