"""Icebreakers, the agenda, the parking lot."""

from typing import Any

from bot.domain.prepare import SHOWN, line_fields
from bot.services.prepare import agenda, asides, icebreakers, lines
from bot.views import prepare as views
from handlers.replies import Close, Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn

router = Router("prepare")


@router.command("agenda", Who.PAIRED, args="[purpose, extra or last]", opens=True)
async def show_agenda(turn: Turn) -> Reply:
    wanted = turn.text.strip().lower()
    if wanted == "last":
        return Say(views.last_agenda(turn.words, await agenda.last_agenda(turn.kit, turn.actor)))
    form = await agenda.agenda_form(turn.kit, turn.actor, purpose=wanted)
    return Show(views.edit_agenda(turn.words, form))


@router.action("prepare.agenda", opens=True)
async def edit(turn: Turn) -> Reply:
    """From the suggestion, from a Home (where no session is named), or from an agreed agenda."""
    return Show(views.edit_agenda(turn.words, await agenda.agenda_form(turn.kit, turn.actor, session_id=turn.value)))


@router.action("prepare.template")
async def start_from(turn: Turn) -> Reply:
    """Another agenda was chosen in the modal; its lines replace those that stood there."""
    start = "" if turn.choice == "as_it_is" else turn.choice
    session = turn.metadata.get("session", "")
    form = await agenda.agenda_form(turn.kit, turn.actor, session_id=session, purpose=start)
    return Redraw(views.edit_agenda(turn.words, form))


@router.submission("prepare.agenda")
async def save(turn: Turn) -> Reply:
    start = turn.metadata.get("start", "")
    texts = {name: turn.form.text(name) for name in line_fields(start)}
    picked = turn.form.choices("prepare.parked")
    await agenda.save_agenda(turn.kit, turn.actor, turn.metadata.get("session", ""), texts, picked, start=start)
    return Close(all=True)


@router.action("prepare.use")
async def use(turn: Turn) -> Reply:
    return Replace(views.agenda(turn.words, await agenda.agree(turn.kit, turn.actor, turn.value)))


@router.command("park", Who.PAIRED, args="[topic]")
async def park(turn: Turn) -> Reply:
    """With a topic it is kept at once; without one, a modal asks for it."""
    if turn.text.strip():
        return Say(views.parked(turn.words, await lines.park(turn.kit, turn.actor, turn.typed)))
    return Show(views.park(turn.words, await lines.park_form(turn.kit, turn.actor)))


@router.action("prepare.park", opens=True)
async def park_something(turn: Turn) -> Reply:
    return Show(views.park(turn.words, await lines.park_form(turn.kit, turn.actor, turn.value)))


@router.submission("prepare.park")
async def parked(turn: Turn) -> Reply:
    topic = turn.form.text("prepare.topic", required=True)
    pair = turn.form.choice("prepare.pair") or turn.metadata.get("pair", "")
    facts = await lines.park(turn.kit, turn.actor, topic, pair, field="prepare.topic")
    return Say(views.parked(turn.words, facts))


@router.action("prepare.add", opens=True)
async def add_something(turn: Turn) -> Reply:
    form = await lines.park_form(turn.kit, turn.actor, turn.value, for_next=True)
    return Show(views.park(turn.words, form, add=True))


@router.submission("prepare.add")
async def added(turn: Turn) -> Reply:
    topic, pair = turn.form.text("prepare.topic", required=True), turn.metadata.get("pair", "")
    facts = await lines.bring(turn.kit, turn.actor, pair, topic, field="prepare.topic")
    return Say(views.parked(turn.words, facts))


@router.action("prepare.unpark")
async def unpark(turn: Turn) -> Reply:
    await lines.unpark(turn.kit, turn.actor, turn.value)
    return Replace(views.taken_back(turn.words))


@router.command("icebreaker", Who.PAIRED, args="[set, more, skip n or never n]", aliases=("icebreakers",), opens=True)
async def icebreaker(turn: Turn) -> Reply:
    """The preview; `more` shows ten, `skip 2` and `never 2` put the second question away first."""
    verb, _, rest = turn.text.lower().partition(" ")
    if verb == "more" and not rest:
        return Show(views.preview(turn.words, await icebreakers.preview(turn.kit, turn.actor, count=icebreakers.MOST)))
    if verb in ("skip", "never"):
        form = await asides.put_away_number(turn.kit, turn.actor, rest.strip(), never=verb == "never")
        return Show(views.preview(turn.words, form))
    return Show(views.preview(turn.words, await icebreakers.preview(turn.kit, turn.actor, wanted=turn.text)))


@router.action("prepare.aside")
async def put_away(turn: Turn) -> Reply:
    """One question of the preview: another one instead, or never this one again."""
    verb, _, item = turn.choice.partition("|")
    form = await asides.put_away(turn.kit, turn.actor, item, never=verb == "never", **_preview(turn))
    return Redraw(views.preview(turn.words, form))


@router.action("prepare.unaside")
async def bring_back(turn: Turn) -> Reply:
    """Undo, for ten minutes."""
    return Redraw(
        views.preview(turn.words, await asides.bring_back(turn.kit, turn.actor, turn.value, **_preview(turn)))
    )


@router.action("prepare.icebreaker", opens=True)
async def look(turn: Turn) -> Reply:
    return Show(views.preview(turn.words, await icebreakers.preview(turn.kit, turn.actor, pair_id=turn.value)))


@router.action("prepare.set")
async def other_set(turn: Turn) -> Reply:
    """Another set was chosen in the preview."""
    pair = turn.metadata.get("pair", "")
    form = await icebreakers.preview(turn.kit, turn.actor, wanted=turn.choice, pair_id=pair)
    return Redraw(views.preview(turn.words, form))


@router.action("prepare.with")
async def other_partner(turn: Turn) -> Reply:
    """Another pair was chosen in the preview."""
    deck = turn.metadata.get("set", "")
    form = await icebreakers.preview(turn.kit, turn.actor, wanted=deck, pair_id=turn.choice)
    return Redraw(views.preview(turn.words, form))


@router.submission("prepare.icebreakers")
async def post(turn: Turn) -> Reply:
    items = turn.metadata.get("items", "").split(",")
    await icebreakers.post_icebreakers(turn.kit, turn.actor, turn.metadata.get("pair", ""), items)
    return Say(views.posted(turn.words))


@router.action("prepare.swap")
async def swap(turn: Turn) -> Reply:
    pair, item, shown = _on_show(turn.value)
    return Replace(views.icebreakers(turn.words, await icebreakers.swap(turn.kit, turn.actor, pair, shown, item)))


@router.action("prepare.more")
async def more(turn: Turn) -> Reply:
    pair, _, shown = _on_show(turn.value)
    return Replace(views.icebreakers(turn.words, await icebreakers.more(turn.kit, turn.actor, pair, shown)))


def _preview(turn: Turn) -> dict[str, Any]:
    """Which preview a press came from."""
    count = turn.metadata.get("count", "")
    return {
        "pair_id": turn.metadata.get("pair", ""), "deck": turn.metadata.get("set", ""),
        "count": int(count) if count.isdecimal() else SHOWN,
    }  # fmt: skip


def _on_show(value: str) -> tuple[str, str, list[str]]:
    """A button's value: pair, the question meant, and all that are on show."""
    pair, item, shown = [*value.split("|"), "", ""][:3]
    return pair, item, shown.split(",")
