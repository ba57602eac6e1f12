"""The coordinators' log, page by page."""

from slack_sdk.models.blocks import Block

from bot.domain.programme.audit import AuditPage, AuditRow
from bot.views.parts import Modal, actions, button, note, section
from prompts import Words, escape

_KNOWN = (
    "match.checks", "match.reasons", "programme.settings", "content.one", "tell.nudge.audiences", "tell.announce.whom",
)  # fmt: skip


def audit(words: Words, facts: AuditPage) -> Modal:
    """Who did what; nobody's words are in it."""
    say = words.say
    lines = [_line(words, row, facts.zone) for row in facts.rows]
    blocks: list[Block] = [section(line[:2900]) for line in lines] or [section(say("programme.audit.none"))]
    turns = [("newer", facts.newer), ("older", facts.older)]
    buttons = [
        button(say(f"programme.audit.{way}"), f"programme.audit:{way}", str(start))
        for way, start in turns
        if start is not None
    ]
    if buttons:
        blocks.append(actions(*buttons))
    if facts.lingering:
        people = words.join(f"<@{user}>" for user in facts.lingering[:10])
        blocks.insert(0, section(say("programme.audit.lingering", people=people)))
    blocks.append(note(say("programme.audit.who"), say("common.who_sees.coordinators_only")))
    return Modal("programme.audit", say("programme.audit.title"), blocks, say("common.buttons.close"))


def _line(words: Words, row: AuditRow, zone: str) -> str:
    key = f"programme.did.{row.action.replace('.', '_')}"
    what = words.say(
        key if words.has(key) else "programme.did.something",
        people=words.join(f"<@{user}>" for user in row.people) or words.say("common.people.someone"),
        cohort=escape(row.cohort), action=row.action,
    )  # fmt: skip
    actor = f"<@{row.actor}>" if row.actor.startswith(("U", "W")) else row.actor.capitalize()
    line = words.say("programme.audit.line", when=words.day_time(row.at, zone), actor=actor, what=what)
    detail = " ".join(_detail(words, one) for one in row.detail.split())
    return f"{line}\n_{detail}_" if detail else line


def _detail(words: Words, part: str) -> str:
    """A setting's name, a warning or a reason as a phrase; ids as mentions; anything else as it is."""
    key = next((f"{table}.{part}" for table in _KNOWN if words.has(f"{table}.{part}")), None)
    if key is not None:
        return words.say(key)
    if part.startswith(("U0", "W0")):
        return f"<@{part}>"
    return f"<#{part}>" if part.startswith(("C0", "G0")) else escape(part)
