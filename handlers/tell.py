"""`/revmentor admin nudge` and `admin announce`: looked at first, sent in ten minutes, taken back until then."""

from hashlib import sha256

from bot.domain.refusals import Refusal
from bot.domain.tell import AnnounceDesk
from bot.services import tell
from bot.views import tell as views
from bot.views.parts import Modal
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.tell import Audience, Readers

router = Router("tell")

_TYPED = {
    "": Audience.SENIORS, "all seniors": Audience.SENIORS, "seniors": Audience.SENIORS, "all": Audience.ALL,
    "unbooked": Audience.UNBOOKED,
}  # fmt: skip


@router.command("admin nudge", Who.COORDINATOR, args="[all seniors | all | unbooked]", opens=True)
async def nudge_typed(turn: Turn) -> Reply:
    audience = _TYPED.get(" ".join(turn.text.lower().split()))
    if audience is None:
        raise Refusal("tell.refused.words")
    return Show(await _desk(turn, audience))


@router.action("tell.nudge")
async def nudge_of(turn: Turn) -> Reply:
    """From the Home or the lights, or about one pair."""
    meant = Audience.UNBOOKED if turn.choice == Audience.UNBOOKED else Audience.SENIORS
    return Show(await _desk(turn, Audience.PAIR if turn.value else meant, pair_id=turn.value))


@router.action("tell.nudge_to")
@router.action("tell.nudge_what")
async def nudge_chosen(turn: Turn) -> Reply:
    """Something was picked: how it reads and how many get it is shown at once."""
    pair_id = turn.metadata.get("pair", "")
    desk = await _desk(turn, _audience(turn), turn.form.choice(views.TEMPLATE) or "", pair_id)
    return Redraw(desk)


@router.submission("tell.nudge")
async def nudge(turn: Turn) -> Reply:
    template, pair_id = turn.form.choice(views.TEMPLATE) or "", turn.metadata.get("pair", "")
    done = await tell.nudge(turn.kit, turn.actor, _audience(turn), template, pair_id=pair_id)
    return Say(views.nudging(turn.words, done))


@router.action("tell.unnudge")
async def unnudge(turn: Turn) -> Reply:
    return Replace(views.nudging(turn.words, await tell.undo_nudge(turn.kit, turn.actor, turn.value)))


@router.command("admin announce", Who.COORDINATOR, opens=True)
@router.action("tell.announce", opens=True)
async def announce_form(turn: Turn) -> Reply:
    return Show(views.announce_form(turn.words, await tell.announce_desk(turn.kit, turn.actor)))


@router.submission("tell.announce")
async def announce(turn: Turn) -> Reply:
    """The first press shows how it will look; the second sends what was shown, and nothing else."""
    cohort, text = turn.form.choice("cohort") or "", turn.form.text("text")
    readers = next((one for one in Readers if one == turn.form.choice("readers")), Readers.EVERYBODY)
    seen = sha256("\n".join((cohort, readers, text)).encode()).hexdigest()[:32]
    if turn.metadata.get("seen") == seen:
        return Say(views.announcing(turn.words, await tell.announce(turn.kit, turn.actor, cohort, readers, text)))
    preview = await tell.announce_preview(turn.kit, turn.actor, cohort, readers, text)
    known = await tell.announce_desk(turn.kit, turn.actor)
    typed = AnnounceDesk(known.cohorts, (), cohort, readers, text)
    return Show(views.announce_form(turn.words, typed, preview, seen))


@router.action("tell.unannounce")
async def unannounce(turn: Turn) -> Reply:
    done = await tell.undo_announcement(turn.kit, turn.actor, turn.value)
    return Replace(views.announcing(turn.words, done))


async def _desk(turn: Turn, audience: Audience, template: str = "", pair_id: str = "") -> Modal:
    desk = await tell.nudge_desk(
        turn.kit, turn.actor, audience, template, pair_id=pair_id, locale=turn.words.lang
    )  # fmt: skip
    return views.nudge_desk(turn.words, desk)


def _audience(turn: Turn) -> Audience:
    if turn.metadata.get("pair"):
        return Audience.PAIR
    picked = turn.form.choice(views.AUDIENCE)
    return next((one for one in views.AUDIENCES if one == picked), Audience.SENIORS)
