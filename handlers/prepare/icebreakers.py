"""Questions to open with: previewed, posted, swapped, put away."""

from typing import Any

from bot.domain.prepare import SHOWN
from bot.services.prepare import answers, asides, icebreakers
from bot.views import prepare as views
from handlers.prepare.routing import router
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn


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


@router.action("prepare.ahead", opens=True)
async def answer_ahead(turn: Turn) -> Reply:
    """From the questions, or from answers that both see."""
    pair, _, shown = _on_show(turn.value)
    return Show(views.ahead(turn.words, await answers.ahead_form(turn.kit, turn.actor, pair, shown)))


@router.submission("prepare.ahead")
async def keep_ahead(turn: Turn) -> Reply:
    items = turn.metadata.get("items", "").split(",")
    fields = {item: f"{answers.FIELD}{item}" for item in items}
    texts = {item: turn.form.text(name) for item, name in fields.items() if turn.form.has(name)}
    kept = await answers.keep_ahead(turn.kit, turn.actor, turn.metadata.get("pair", ""), texts)
    return Say(views.kept(turn.words, kept))


@router.action("prepare.answer_remove")
async def remove_answer(turn: Turn) -> Reply:
    """One's own answer, from what both see."""
    pair, items = turn.metadata.get("pair", ""), turn.metadata.get("items", "").split(",")
    return Redraw(views.ahead(turn.words, await answers.remove(turn.kit, turn.actor, pair, items, turn.value)))


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
