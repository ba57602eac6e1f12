"""Questions now and then in Slack: answered in a modal, left out, taken back; and put on the pair's next agenda."""

from bot.domain.review import field_of
from bot.services import review
from bot.views import review as views
from bot.views.prepare import parked
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router
from handlers.turn import Turn

router = Router("review")


@router.action("review.answer", opens=True)
async def open_one(turn: Turn) -> Reply:
    """From the message, the reminder, a Home, or to change what was answered."""
    return Show(views.form(turn.words, await review.opened(turn.kit, turn.actor, turn.value)))


@router.submission("review.sheet")
async def submit(turn: Turn) -> Reply:
    """Which questions there are is for the service to say: here is what stood in the fields of all that are known."""
    known = [item.id for pack in turn.words.content.reviews.reviews for item in pack.items]
    given = {item: _given(turn, field_of(item)) for item in known if turn.form.has(field_of(item))}
    facts = await review.answer(turn.kit, turn.actor, turn.metadata.get("review", ""), given)
    return Show(views.thanks(turn.words, facts))


@router.action("review.skip")
async def skip(turn: Turn) -> Reply:
    """Left out, or what was answered is taken back."""
    message = views.skipped(turn.words, await review.skip(turn.kit, turn.actor, turn.value))
    return Replace(message)


@router.action("review.together")
async def together(turn: Turn) -> Reply:
    """From the pair's space: either of the two puts it on the next agenda."""
    return Say(parked(turn.words, *await review.together(turn.kit, turn.actor, turn.value)))


def _given(turn: Turn, name: str) -> str:
    return turn.form.choice(name) or turn.form.text(name)
