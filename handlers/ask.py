"""Asking for something back in Slack: the builder and its preview, the junior's own words, onto the agenda."""

from dataclasses import replace
from datetime import date

from bot.domain.ask import TONES, Draft
from bot.services import ask, checkin
from bot.views import ask as views
from bot.views import checkin as checkin_views
from bot.views.parts import Modal
from handlers.replies import Nothing, Redraw, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn
from storage.records.checkin import Question

router = Router("ask")


@router.command("ask", Who.PAIRED, args="[1-4]", opens=True)
async def command(turn: Turn) -> Reply:
    """Words for asking the senior for something back; a number picks the question."""
    number = int(turn.text) if turn.text in ("1", "2", "3", "4") else 2
    return Show(await _build(turn, "", Draft(question=list(Question)[number - 1])))


@router.action("ask.open", opens=True)
async def opened(turn: Turn) -> Reply:
    """From the thanks, a list or a Home; where these words were offered, the offer is taken."""
    chosen = _question(turn.choice)
    modal = await _build(turn, turn.value, Draft(question=chosen or Question.HELP))
    if chosen is not None:
        await ask.settle(turn.kit, turn.actor, turn.value, chosen)
    return Show(modal)


@router.action("ask.not_now")
async def not_now(turn: Turn) -> Reply:
    """No wording for now: the offer goes from the Home, and from the thanks where it was pressed there."""
    await ask.settle(turn.kit, turn.actor, turn.value)
    if turn.surface is not Surface.MODAL:
        return Nothing()
    facts = await checkin.thanks_for(turn.kit, turn.actor, turn.metadata.get("checkin", ""))
    return Redraw(checkin_views.thanks(turn.words, facts))


@router.action("ask.pair")
@router.action("ask.question")
@router.action("ask.tone")
@router.action("ask.date")
@router.action("ask.back")
async def chosen(turn: Turn) -> Reply:
    """Another question or tone has other blanks; the text follows."""
    return Redraw(await _build(turn, _pair(turn), _draft(turn)))


@router.action("ask.topic")
@router.action("ask.person")
async def typed(turn: Turn) -> Reply:
    """The text follows what is being typed."""
    return Redraw(await _build(turn, _pair(turn), _draft(turn)), passing=True)


@router.action("ask.change")
async def change(turn: Turn) -> Reply:
    """The wording as it stands, to be edited."""
    draft = _draft(turn)
    return Redraw(await _own(turn, _pair(turn), draft.starting(views.wording(turn.words, draft))))


@router.action("ask.mine")
async def mine(turn: Turn) -> Reply:
    """Back to what the junior has changed already."""
    return Redraw(await _own(turn, _pair(turn), _draft(turn)))


@router.action("ask.follow_up")
async def follow_up(turn: Turn) -> Reply:
    """Wording for a soft no, to be edited."""
    return Redraw(await _own(turn, _pair(turn), _draft(turn).starting(views.follow_up(turn.words, turn.choice))))


@router.action("ask.scratch", opens=True)
async def scratch(turn: Turn) -> Reply:
    """A line of the junior's own for the next agenda."""
    return Show(await _own(turn, turn.value, Draft()))


@router.submission("ask.build")
async def add_wording(turn: Turn) -> Reply:
    """The wording as it stands, onto the agenda of the next session, or into the parking lot."""
    draft = _draft(turn)
    return await _added(turn, views.wording(turn.words, draft), _gap(turn, draft))


@router.submission("ask.own")
async def add_own(turn: Turn) -> Reply:
    """The same with her own words."""
    return await _added(turn, turn.form.text("ask.line", required=True), "ask.line")


async def _added(turn: Turn, text: str, field: str | None) -> Reply:
    return Say(views.added(turn.words, await ask.add(turn.kit, turn.actor, _pair(turn), text, field=field)))


async def _build(turn: Turn, pair_id: str, draft: Draft) -> Modal:
    return views.build(turn.words, await ask.facts_for(turn.kit, turn.actor, pair_id), draft)


async def _own(turn: Turn, pair_id: str, draft: Draft) -> Modal:
    return views.own(turn.words, await ask.facts_for(turn.kit, turn.actor, pair_id), draft)


def _pair(turn: Turn) -> str:
    return turn.form.choice("ask.pair") or turn.metadata.get("pair", "")


def _draft(turn: Turn) -> Draft:
    """What was chosen and typed so far, in fields that are shown and in those that are not."""
    tone = turn.form.choice("ask.tone") or turn.metadata.get("tone")
    draft = Draft(
        question=_question(turn.form.choice("ask.question") or turn.metadata.get("question")) or Question.HELP,
        tone=next((one for one in TONES if one == tone), "warm"),
        topic=_typed(turn, "topic"),
        person=_typed(turn, "person"),
        day=turn.form.day("ask.date") if turn.form.has("ask.date") else _day(turn.metadata.get("date", "")),
        own=(turn.form.text("ask.line") if turn.form.has("ask.line") else turn.metadata.get("own")) or None,
        before=turn.metadata.get("before", ""),
    )
    unchanged = draft.own == views.wording(turn.words, draft)
    return replace(draft, own=draft.before or None, before="") if unchanged else draft


def _gap(turn: Turn, draft: Draft) -> str | None:
    """The field to say it under when the wording cannot be used: the first that is shown and empty."""
    filled = {"topic": draft.topic, "person": draft.person, "date": draft.day}
    return next((f"ask.{name}" for name, given in filled.items() if turn.form.has(f"ask.{name}") and not given), None)


def _typed(turn: Turn, name: str) -> str:
    field = f"ask.{name}"
    return turn.form.text(field) if turn.form.has(field) else turn.metadata.get(name, "")


def _question(value: str | None) -> Question | None:
    return next((question for question in Question if question == value), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
