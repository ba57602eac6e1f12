"""Finding pairs for a cohort: what counts, the run, and the review of what it suggests."""

from bot.domain.match import Reason, Terms, Weights
from bot.domain.match.review import News, Place, Shelf, Swap
from bot.domain.programme.cohorts import called
from bot.domain.refusals import Refusal
from bot.services import match
from bot.services.refusing import unknown_cohort
from bot.views import match as views
from bot.views.parts import Modal
from handlers.match.routing import router
from handlers.replies import Meanwhile, Redraw, Reply, Show
from handlers.router import Who
from handlers.turn import Turn

_JUNIOR, _SENIOR = "match.swap_junior", "match.swap_senior"
_PARTS = tuple(Weights.__dataclass_fields__)


@router.command("admin match", Who.COORDINATOR, args="[cohort]", opens=True)
@router.action("match.runs", opens=True)
async def start(turn: Turn) -> Reply:
    """Where a match begins; the review where one waits."""
    cohorts = await match.open_cohorts(turn.kit, turn.actor)
    found = called(turn.typed, cohorts) if turn.typed.strip() else cohorts
    found = [one for one in found if turn.value in ("", one.id)]
    if turn.typed.strip() and not found:
        raise unknown_cohort(turn.typed, cohorts)
    if len(found) != 1:
        return Show(views.choose(turn.words, cohorts))
    desk = await match.match_desk(turn.kit, turn.actor, found[0].id)
    return Show(await _review(turn, Place(desk.cohort.id)) if desk.waiting else views.match_desk(turn.words, desk))


@router.action("match.start")
async def desk(turn: Turn) -> Reply:
    return Redraw(views.match_desk(turn.words, await match.match_desk(turn.kit, turn.actor, turn.value)))


@router.action("match.run")
async def run(turn: Turn) -> Reply:
    """A small one is there in a moment; of a big one the coordinator hears."""
    begun, small = await match.begin(turn.kit, turn.actor, turn.value)
    if not small:
        return await look(turn)

    async def computed() -> Reply:
        await match.compute(turn.kit, turn.actor.team_id, begun.id)
        return await look(turn)

    facts = await match.match_desk(turn.kit, turn.actor, turn.value)
    return Meanwhile(views.working(turn.words, facts), computed)


@router.action("match.look")
async def look(turn: Turn) -> Reply:
    """The review where the run is ready."""
    facts = await match.match_desk(turn.kit, turn.actor, turn.value)
    if facts.computing:
        return Redraw(views.working(turn.words, facts))
    return Redraw(await _review(turn, Place(turn.value)))


@router.action("match.review", opens=True)
async def review(turn: Turn) -> Reply:
    return Show(await _review(turn, Place(turn.value)))


@router.action("match.page")
async def page(turn: Turn) -> Reply:
    cohort, _, rest = turn.value.partition("|")
    shelf, _, number = rest.partition("|")
    return Redraw(await _review(turn, _place(cohort, shelf, number)))


@router.action("match.approve")
async def approve(turn: Turn) -> Reply:
    return await _decided(turn, await match.approve(turn.kit, turn.actor, [turn.value]))


@router.action("match.approve_page")
async def approve_page(turn: Turn) -> Reply:
    """Those that were on the page when it was pressed, and no others."""
    return await _decided(turn, await match.approve(turn.kit, turn.actor, turn.value.split(",")))


@router.action("match.unapprove")
async def unapprove(turn: Turn) -> Reply:
    return await _decided(turn, (await match.undo_approval(turn.kit, turn.actor, turn.value),))


@router.action("match.hold")
async def hold(turn: Turn) -> Reply:
    return await _decided(turn, (await match.hold(turn.kit, turn.actor, turn.value),))


@router.action("match.unhold")
async def unhold(turn: Turn) -> Reply:
    return await _decided(turn, (await match.hold(turn.kit, turn.actor, turn.value, back=True),))


@router.action("match.swap")
async def swap(turn: Turn) -> Reply:
    return Redraw(views.swap(turn.words, await match.swap_form(turn.kit, turn.actor, turn.value, _here(turn))))


@router.action(_JUNIOR)
@router.action(_SENIOR)
async def swapped_in(turn: Turn) -> Reply:
    """Somebody was picked: the checks answer at once."""
    picked = turn.form.user(_JUNIOR), turn.form.user(_SENIOR)
    suggestion = turn.metadata.get("suggestion", "")
    return Redraw(views.swap(turn.words, await match.swap_form(turn.kit, turn.actor, suggestion, _here(turn), *picked)))


@router.submission("match.swap")
async def save_swap(turn: Turn) -> Reply:
    junior, senior = turn.form.user(_JUNIOR), turn.form.user(_SENIOR)
    if not junior or not senior:
        raise Refusal("common.errors.pick_one", field=_SENIOR if junior else _JUNIOR)
    reason = next((r for r in Reason if r == turn.form.choice("reason")), None)
    suggestion = turn.metadata.get("suggestion", "")
    done = await match.swap(turn.kit, turn.actor, suggestion, _here(turn), junior, senior, reason)
    if isinstance(done, Swap):
        return Show(views.swap(turn.words, done))
    return Show(await _review(turn, Place(turn.metadata.get("cohort", "")), (done,)))


@router.action("match.weights")
async def weights(turn: Turn) -> Reply:
    return Redraw(views.weights(turn.words, await match.match_desk(turn.kit, turn.actor, turn.value)))


@router.submission("match.weights")
async def save_weights(turn: Turn) -> Reply:
    usual = Weights()
    chosen = {name: _number(turn, f"weight.{name}", getattr(usual, name)) for name in _PARTS}
    terms = Terms(Weights(**chosen), _number(turn, "floor", Terms().floor))
    return Show(await _weighed(turn, turn.metadata.get("cohort", ""), terms))


@router.action("match.reset")
async def reset(turn: Turn) -> Reply:
    return Redraw(await _weighed(turn, turn.value, None))


async def _weighed(turn: Turn, cohort: str, terms: Terms | None) -> Modal:
    await match.weigh(turn.kit, turn.actor, cohort, terms)
    news = News("weighed" if terms else "reset")
    return views.match_desk(turn.words, await match.match_desk(turn.kit, turn.actor, cohort, (news,)))


async def _decided(turn: Turn, news: tuple[News, ...]) -> Reply:
    return Redraw(await _review(turn, _here(turn), news))


async def _review(turn: Turn, place: Place, news: tuple[News, ...] = ()) -> Modal:
    return views.review(turn.words, await match.review(turn.kit, turn.actor, place, news))


def _here(turn: Turn) -> Place:
    """Where in the review the button was pressed."""
    told = turn.metadata
    return _place(told.get("cohort", ""), told.get("shelf", ""), told.get("page", ""))


def _place(cohort: str, shelf: str, number: str) -> Place:
    known = next((one for one in Shelf if one == shelf), Shelf.OPEN)
    return Place(cohort, known, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0)


def _number(turn: Turn, name: str, usual: int) -> int:
    """The number that was picked in a menu; out of range, the service refuses it."""
    picked = turn.form.choice(name) or ""
    return int(picked) if picked.isascii() and picked.isdigit() and len(picked) < 4 else usual
