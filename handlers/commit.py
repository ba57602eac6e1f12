"""Commitments in Slack: made, listed, done, moved, dropped, undone; and the junior's private answer."""

from bot.services import commit
from bot.views import commit as views
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn
from storage.records.commit import CommitmentKind
from storage.records.enrol import Side

router = Router("commit")


@router.command("commit", Who.PAIRED, args="[text]", opens=True)
async def new(turn: Turn) -> Reply:
    """A senior promises something, a junior suggests it; what was typed after the command is already in the field."""
    return Show(views.new(turn.words, await commit.draft_for(turn.kit, turn.actor, turn.typed)))


@router.action("commit.suggest", opens=True)
@router.action("commit.make", opens=True)
async def new_from_button(turn: Turn) -> Reply:
    """The same from Home; the button's value is a pair, where it names one."""
    return Show(views.new(turn.words, await commit.draft_for(turn.kit, turn.actor, "", turn.value)))


@router.submission("commit.new")
async def add(turn: Turn) -> Reply:
    """Store it, for the pair that was chosen or the only one."""
    facts = await commit.add(
        turn.kit, turn.actor, _pair(turn), kind=_kind(turn), text=_text(turn),
        due_on=turn.form.day("commit.due_on"),
    )  # fmt: skip
    return Say(views.after(turn.words, facts))


@router.submission("commit.propose")
async def propose(turn: Turn) -> Reply:
    """A junior suggests it; the senior hears of it in ten minutes."""
    facts = await commit.propose(
        turn.kit, turn.actor, _pair(turn), kind=_kind(turn), text=_text(turn, Side.JUNIOR),
        due_on=turn.form.day("commit.due_on"),
    )  # fmt: skip
    return Say(views.stepped(turn.words, facts))


@router.action("commit.withdraw")
async def withdraw(turn: Turn) -> Reply:
    return Replace(views.stepped(turn.words, await commit.withdraw(turn.kit, turn.actor, turn.value)))


@router.action("commit.accept")
async def accept(turn: Turn) -> Reply:
    """The senior takes it on as it was suggested."""
    return Replace(views.after(turn.words, await commit.accept(turn.kit, turn.actor, turn.value)))


@router.action("commit.reword", opens=True)
async def to_reword(turn: Turn) -> Reply:
    return Show(views.new(turn.words, await commit.to_reword(turn.kit, turn.actor, turn.value)))


@router.submission("commit.reword")
async def reword(turn: Turn) -> Reply:
    """The senior takes it on in other words, or for another day."""
    facts = await commit.reworded(
        turn.kit, turn.actor, turn.metadata.get("suggestion", ""), kind=_kind(turn), text=_text(turn),
        due_on=turn.form.day("commit.due_on"),
    )  # fmt: skip
    return Say(views.after(turn.words, facts))


@router.action("commit.decline")
async def decline(turn: Turn) -> Reply:
    return Replace(views.stepped(turn.words, await commit.decline(turn.kit, turn.actor, turn.value)))


@router.action("commit.reopen")
async def reopen(turn: Turn) -> Reply:
    return Replace(views.stepped(turn.words, await commit.reopen(turn.kit, turn.actor, turn.value)))


@router.command("commitments", Who.PAIRED, aliases=("promises",))
async def everything(turn: Turn) -> Reply:
    """Open, due and done, on both sides."""
    return Say(views.listed(turn.words, await commit.listed(turn.kit, turn.actor)))


@router.action("commit.list")
async def show(turn: Turn) -> Reply:
    """The same from a button: a modal from Home, in place in a modal, else a private message."""
    message = views.listed(turn.words, await commit.listed(turn.kit, turn.actor))
    return Replace(message) if turn.surface is Surface.MODAL else Say(message)


@router.action("commit.done")
async def done(turn: Turn) -> Reply:
    return Replace(views.after(turn.words, await commit.done(turn.kit, turn.actor, turn.value)))


@router.action("commit.drop")
async def drop(turn: Turn) -> Reply:
    return Replace(views.after(turn.words, await commit.drop(turn.kit, turn.actor, turn.value)))


@router.action("commit.undo")
async def undo(turn: Turn) -> Reply:
    """Take back what the button's message says was done."""
    facts = await commit.undo(turn.kit, turn.actor, turn.value, turn.choice)
    return Replace(views.after(turn.words, facts))


@router.action("commit.move", opens=True)
async def to_move(turn: Turn) -> Reply:
    return Show(views.move(turn.words, await commit.to_move(turn.kit, turn.actor, turn.value)))


@router.submission("commit.move")
async def move(turn: Turn) -> Reply:
    """Another day."""
    day = turn.form.day("commit.due_on")
    facts = await commit.move(turn.kit, turn.actor, turn.metadata.get("commitment", ""), day)
    return Say(views.after(turn.words, facts))


@router.action("commit.noticed")
async def noticed(turn: Turn) -> Reply:
    """The junior's private answer."""
    return Replace(views.noticed(turn.words, await commit.notice(turn.kit, turn.actor, turn.value, turn.choice)))


@router.action("commit.ask_again")
async def ask_again(turn: Turn) -> Reply:
    return Replace(views.noticing(turn.words, await commit.ask_again(turn.kit, turn.actor, turn.value)))


def _pair(turn: Turn) -> str:
    return turn.form.choice("commit.pair") or turn.metadata.get("pair", "")


def _kind(turn: Turn) -> CommitmentKind:
    kind = turn.form.choice("commit.kind")
    return CommitmentKind(kind) if kind in set(CommitmentKind) else CommitmentKind.OTHER


def _text(turn: Turn, side: Side = Side.SENIOR) -> str:
    return views.sentence_of(turn.words, turn.form.text("commit.when"), turn.form.text("commit.text"), side)
