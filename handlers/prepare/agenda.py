"""The agenda and the parking lot."""

from bot.domain.prepare import line_fields
from bot.services.prepare import agenda, early, editing, lines
from bot.views import prepare as views
from handlers.prepare.routing import router
from handlers.replies import Close, Redraw, Replace, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn


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
    shown = [name for name in turn.form.inputs if name.startswith("prepare.line")]
    texts = {name: turn.form.text(name) for name in shown or line_fields(start)}
    picked = turn.form.choices("prepare.parked")
    session, base = turn.metadata.get("session", ""), turn.metadata.get("base")
    again = await editing.save_agenda(turn.kit, turn.actor, session, texts, picked, start=start, base=base)
    return Redraw(views.edit_agenda(turn.words, again)) if again is not None else Close(all=True)


@router.action("prepare.use")
async def use(turn: Turn) -> Reply:
    return Replace(views.agenda(turn.words, await editing.agree(turn.kit, turn.actor, turn.value)))


@router.action("prepare.early")
async def open_topics(turn: Turn) -> Reply:
    """From the locked agenda of a first session: ask the partner, or agree where the partner has asked."""
    await early.ask(turn.kit, turn.actor, turn.value)
    return Redraw(views.edit_agenda(turn.words, await agenda.agenda_form(turn.kit, turn.actor, session_id=turn.value)))


@router.action("prepare.early_yes")
async def agree_to_topics(turn: Turn) -> Reply:
    return Replace(views.early(turn.words, await early.agree(turn.kit, turn.actor, turn.value)))


@router.action("prepare.early_no")
async def keep_locked(turn: Turn) -> Reply:
    return Replace(views.early(turn.words, await early.keep_locked(turn.kit, turn.actor, turn.value)))


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
