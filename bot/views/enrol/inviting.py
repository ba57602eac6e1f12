"""Invitations: what their receivers read, and the coordinators' forms for sending them."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from slack_sdk.models.blocks import Block, CheckboxesElement, RadioButtonsElement, UserMultiSelectElement

from bot.domain.enrol import Asking, Invited, InviteDesk, Left
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section
from prompts import Words, escape
from storage.records.programme import Cohort

USERS_AT_MOST = 100
_COHORTS = 10
_NAMED = 40


def invitation(words: Words, facts: Asking) -> Message:
    """F1: what it is about, two ways to answer, and that both are free. The reminder says that it is the last word.

    Once its receiver has joined it says no more than that.
    """
    say = words.say
    press = actions(
        button(say("enrol.invitation.look"), "enrol.join", facts.cohort.id, style="primary"),
        button(say("enrol.invitation.no"), "enrol.decline", facts.invitation.id),
    )
    if facts.joined:
        text = say("enrol.invitation.joined", cohort=escape(facts.cohort.name))
        return Message(text, [section(text)])
    first = [section(say("enrol.invitation.again"))] if facts.again else []
    text = say("enrol.invitation.text_again" if facts.again else "enrol.invitation.text")
    return Message(text, [*first, section(_what(words, facts.cohort)), press, note(say("enrol.invitation.sees"))])


def _what(words: Words, cohort: Cohort) -> str:
    """What somebody is invited to, in three sentences."""
    say = words.say
    return say(
        "enrol.invitation.body", cohort=escape(cohort.name), start=words.date(cohort.starts_on),
        end=words.date(cohort.ends_on), sessions=say("common.count.sessions", n=cohort.sessions),
        every=say("common.count.every", n=max(1, round(cohort.cadence_days / 7))),
    )  # fmt: skip


def declined(words: Words, facts: Asking) -> Message:
    """To whoever has said no, with ten minutes to take it back."""
    text = words.say("enrol.declined.body", cohort=escape(facts.cohort.name))
    press = actions(button(words.say("common.buttons.undo"), "enrol.undecline", facts.invitation.id))
    return Message(text, [section(text), press, note(words.say("enrol.declined.sees"))])


def invite(words: Words, facts: InviteDesk) -> Modal:
    """Whom to ask: people picked, everybody on the organisation's list who was not asked, or both."""
    say = words.say
    picker = UserMultiSelectElement(initial_users=list(facts.users) or None, max_selected_items=USERS_AT_MOST)
    blocks: list[Block] = [section(say("enrol.invite.intro")), *_cohort(words, facts.cohorts)]
    blocks.append(
        field_of("users", say("enrol.invite.users"), picker, hint=say("enrol.invite.users_hint"), optional=True)
    )
    if facts.groups:
        named = words.join(f"<!subteam^{group}>" for group in facts.groups)
        blocks.append(section(say("enrol.invite.groups", groups=named)))
    if facts.unasked:
        box = options({"list": say("enrol.invite.list_box", n=facts.unasked)})
        blocks.append(field_of("list", say("enrol.invite.list"), CheckboxesElement(options=box), optional=True))
    else:
        blocks.append(note(say("enrol.invite.list_done" if facts.listed else "enrol.invite.list_none")))
    blocks.append(note(say("enrol.invite.sees")))
    close, submit = say("common.buttons.cancel"), say("enrol.invite.preview")
    return Modal("enrol.invite", say("enrol.invite.title"), blocks, close, submit, {"groups": " ".join(facts.groups)})


def invite_sure(words: Words, facts: Invited, metadata: Mapping[str, str]) -> Modal:
    """Before anything is sent: how many, who is left out and why, and the message itself."""
    say = words.say
    blocks: list[Block] = [section(_how_many(words, facts, "preview")), *_left_out(words, facts.left)]
    if facts.asked:
        message = section(_what(words, facts.cohort))
        blocks += [note(say("enrol.invite_sure.message")), message, note(say("enrol.invite_sure.then"))]
    submit = say("enrol.invite_sure.submit") if facts.asked else None
    title = say("enrol.invite.title")
    return Modal("enrol.invite_sure", title, blocks, say("common.buttons.cancel"), submit, metadata)


def invited(words: Words, facts: Invited) -> Message:
    """To the coordinator: who is asked now, and who is not and why."""
    text = _how_many(words, facts, "done")
    return Message(text, [section(text), *_left_out(words, facts.left)])


def _cohort(words: Words, cohorts: Sequence[Cohort]) -> list[Block]:
    """Which cohort, where there are several."""
    if len(cohorts) < 2:
        return [note(words.say("enrol.invite.one", cohort=escape(cohorts[0].name)))] if cohorts else []
    known = options({cohort.id: cohort.name[:75] for cohort in cohorts[:_COHORTS]})
    element = RadioButtonsElement(options=known, initial_option=known[0])
    return [field_of("cohort", words.say("enrol.invite.cohort"), element)]


def _how_many(words: Words, facts: Invited, tense: str) -> str:
    cohort, n = escape(facts.cohort.name), len(facts.asked)
    if not n:
        return words.say("enrol.invited.nobody", cohort=cohort)
    return words.say(f"enrol.invited.{tense}", n=n, cohort=cohort, people=_names(words, facts.asked))


def _left_out(words: Words, left: Sequence[tuple[str, Left]]) -> list[Block]:
    """Who is left out, by reason; a few by name."""
    if not left:
        return []
    by_reason = groupby(sorted(left, key=lambda one: one[1]), key=lambda one: one[1])
    say = words.say
    lines = [
        say("enrol.left_out.line", why=say(f"enrol.left_out.{why}"), people=_names(words, [user for user, _ in some]))
        for why, some in by_reason
    ]
    return [section("\n".join([words.say("enrol.left_out.title"), *(f"• {line}" for line in lines)])[:2900])]


def _names(words: Words, user_ids: Sequence[str]) -> str:
    named = " ".join(f"<@{user_id}>" for user_id in user_ids[:_NAMED])
    more = len(user_ids) - _NAMED
    return named if more <= 0 else words.say("enrol.invited.and_more", people=named, n=more)
