"""The dry run: what would be saved, and every problem by row and column; then what was saved."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock

from bot.domain.paging import page_within, pages_of
from bot.domain.roster import (
    Broken,
    Busy,
    Checked,
    Counts,
    Problem,
    Result,
    Saved,
    Standing,
    Trouble,
    Undone,
    causes,
    letter,
)
from bot.views.paging import turning
from bot.views.parts import Message, Modal, actions, button, note, section
from bot.views.roster.giving import checking
from prompts import Words, escape

PAGE = 20
"""Problems in one window."""
_NAMED, _ROWS = 10, 8
_MOST = 2900


def shown(words: Words, facts: Standing) -> Modal:
    """Where a list stands: its result where it was checked, else how far the work has got, or what came of it."""
    match facts:
        case Saved():
            return saved(words, facts)
        case Undone():
            return undone(words, facts.counts)
        case Busy():
            return busy(words, facts)
        case Broken():
            return broken(words, facts)
        case Checked(result=Result() as found):
            return result(words, facts, found)
        case Checked():
            return checking(words, facts)


def result(words: Words, facts: Checked, found: Result) -> Modal:
    """Counts first, then one page of problems; Save only where somebody would be saved."""
    say = words.say
    blocks: list[Block] = [section(text) for text in _summary(words, found)]
    pages = pages_of(len(found.problems), PAGE)
    page = page_within(facts.page, pages)
    if found.problems:
        blocks += [DividerBlock(), *_problems(words, found, page)]
        ways = turning(words, "roster.page", page, pages, lambda to: f"{facts.draft_id} {to}")
        blocks += [actions(*ways)] if ways else []
    if not page:
        blocks += _beside(words, found)
    blocks.append(actions(button(say("roster.result.again"), "roster.again", facts.draft_id)))
    blocks.append(note(say("roster.result.sees")))
    submit = say("roster.result.submit") if found.people else None
    return Modal(
        "roster.result", say("roster.result.title"), blocks, say("roster.result.close"), submit,
        {"draft": facts.draft_id},
    )  # fmt: skip


def saved(words: Words, facts: Saved) -> Modal:
    """What was saved, what to do next, and how to take it back."""
    say, counts = words.say, facts.counts
    blocks: list[Block] = [section(say("roster.saved.body", **_tally(counts)))]
    if facts.lines:
        blocks.append(section(say("roster.saved.lines", n=facts.lines)))
    if facts.forbidden:
        pairs = words.join(f"<@{one}> + <@{other}>" for one, other in facts.forbidden[:_NAMED])
        blocks.append(section(say("roster.saved.forbidden", pairs=pairs)))
    blocks += [
        section(say("roster.saved.next")),
        actions(button(say("roster.saved.undo"), "roster.undo", facts.draft_id)),
        note(say("roster.saved.undo_note")),
    ]
    return Modal("roster.saved", say("roster.saved.title"), blocks, say("common.buttons.close"))


def undone(words: Words, counts: Counts) -> Modal:
    blocks = [section(_undone(words, counts))]
    return Modal("roster.undone", words.say("roster.give.title"), blocks, words.say("common.buttons.close"))


def _undone(words: Words, counts: Counts) -> str:
    return words.say("roster.saved.undone", new=counts.new, changed=counts.changed)


def busy(words: Words, facts: Busy) -> Modal:
    """A long list is being saved, or taken back."""
    say, key = words.say, "undoing" if facts.undoing else "saving"
    blocks: list[Block] = [
        section(say(f"roster.{key}.body")),
        actions(button(say("roster.checking.look"), "roster.look", facts.draft_id)),
        note(say("roster.saving.sees")),
    ]
    return Modal("roster.saving", say(f"roster.{key}.title"), blocks, say("common.buttons.close"))


def broken(words: Words, facts: Broken) -> Modal:
    """It did not work, and why nobody knows yet: a number to ask about, and once more."""
    say = words.say
    blocks: list[Block] = [
        section(_broken(words, facts)),
        actions(button(say("roster.broken.again"), "roster.retry", facts.draft_id, style="primary")),
        note(say("roster.saving.sees")),
    ]
    return Modal("roster.broken", say("roster.broken.title"), blocks, say("common.buttons.close"))


def _broken(words: Words, facts: Broken) -> str:
    return words.say(f"roster.broken.{facts.work}", reference=facts.reference)


def message(words: Words, facts: Standing) -> Message:
    """To whoever closed the window meanwhile: counts, and a way in."""
    say = words.say
    text, body = _told(words, facts)
    way = button(say("roster.checked.open"), "roster.show", facts.draft_id, style="primary")
    kept = note(say("roster.saved.undo_note" if isinstance(facts, Saved) else "roster.checked.sees"))
    return Message(text, [section(body), actions(way), kept])


def _told(words: Words, facts: Standing) -> tuple[str, str]:
    """For the lock screen, and in the message."""
    say = words.say
    match facts:
        case Saved():
            return say("roster.saving.done"), say("roster.saved.body", **_tally(facts.counts))
        case Undone():
            return say("roster.undoing.done"), _undone(words, facts.counts)
        case Broken():
            return say("roster.broken.title"), _broken(words, facts)
        case Checked(result=Result() as found):
            n, problems = words.number(found.counts.saved), words.number(len(found.problems))
            return say("roster.checked.text"), say("roster.checked.body", saved=n, problems=problems)
        case _:
            return say("roster.checked.text"), say("roster.checked.failed")


def _summary(words: Words, found: Result) -> list[str]:
    say, counts = words.say, found.counts
    texts = [say("roster.result.saved", **_tally(counts)) if found.people else say("roster.result.none")]
    if counts.left_out:
        texts.append(say("roster.result.left_out", n=counts.left_out))
    if found.guessed:
        texts.append(say("roster.columns.guessed"))
    if not found.problems:
        return [*texts, say("roster.result.good")]
    kinds = [kind(words, trouble, rows) for trouble, rows in causes(found.problems)]
    return [*texts, "\n".join([say("roster.result.kinds"), *kinds])[:_MOST]]


def kind(words: Words, trouble: Trouble, rows: Sequence[int]) -> str:
    """How often something is wrong, what it is, and the first rows it is wrong in."""
    some = list(dict.fromkeys(rows))
    shown = ", ".join(str(row) for row in some[:_ROWS]) + (", …" if len(some) > _ROWS else "")
    return words.say("roster.result.kind", n=len(rows), kind=words.say(f"roster.kinds.{trouble}"), rows=shown)


def _tally(counts: Counts) -> dict[str, object]:
    return {"n": counts.saved, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}


def _problems(words: Words, found: Result, page: int) -> list[Block]:
    some = found.problems[page * PAGE : (page + 1) * PAGE]
    first = page * PAGE + 1
    heading = words.say("roster.result.page", first=first, last=first + len(some) - 1, n=len(found.problems))
    return [note(heading), *(section(problem(words, found.headers, one)[:_MOST]) for one in some)]


def problem(words: Words, headers: Sequence[str], one: Problem) -> str:
    """Where it is, what was found there, and what to do."""
    text = words.say(f"roster.troubles.{one.trouble}", found=escape(one.found), more=escape(one.more))
    key = "out" if one.leaves_out else "kept"
    return words.say(f"roster.result.{key}", row=one.row, column=where(words, headers, one), text=text)


def where(words: Words, headers: Sequence[str], one: Problem) -> str:
    """A column as the spreadsheet names it, with its header."""
    if one.column is None:
        return words.say("roster.result.whole")
    header = escape(headers[one.column][:40])
    return words.say("roster.result.column", letter=letter(one.column), header=header) if header else letter(one.column)


def _beside(words: Words, found: Result) -> list[Block]:
    """Who is missing, and which columns nothing was taken from."""
    blocks: list[Block] = []
    if found.missing:
        some, hidden = [f"<@{user}>" for user in found.missing[:_NAMED]], len(found.missing) - _NAMED
        people = words.say("roster.result.more", people=", ".join(some), n=hidden) if hidden > 0 else words.join(some)
        blocks.append(section(words.say("roster.result.missing", n=len(found.missing), people=people)))
    if found.unread:
        names = words.join(f"{letter(n)} {found.headers[n]}"[:40] for n in found.unread[:_NAMED])
        blocks.append(note(words.say("roster.result.unread", columns=escape(names))))
    return blocks
