"""The coordinators' list of people, and one person's card: what the matrix lets coordinators see, and no more."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, ButtonElement, CheckboxesElement, StaticSelectElement, UserSelectElement

from bot.domain.enrol import Card, Filter, People, Row, Standing
from bot.views.common import mention
from bot.views.enrol.fields import language, picked, time_of
from bot.views.enrol.told import topics
from bot.views.paging import turning
from bot.views.parts import Modal, actions, button, field_of, note, options, section, text_field
from bot.views.programme.fields import asking_button, full_date
from prompts import Words, escape
from storage.records.enrol import Profile, Side

STATE, SIDE, TEXT = "enrol.people_state", "enrol.people_side", "enrol.people_text"
ANY = "any"
_TEXT = 60


def people(words: Words, facts: People) -> Modal:
    """A page of people with a filter on top."""
    say = words.say
    blocks: list[Block] = [*_filter(words, facts)]
    if not facts.rows:
        blocks.append(section(say("enrol.people.none" if facts.wanted == Filter() else "enrol.people.none_found")))
    blocks += [
        section(_row(words, row), button(say("common.buttons.open"), "enrol.person", _of(row))) for row in facts.rows
    ]
    if facts.pages > 1:
        blocks += _turning(words, facts)
    ways = [button(say("enrol.people.invite"), "enrol.invite"), button(say("enrol.people.pair"), "match.pair")]
    blocks += [actions(*ways), note(say("enrol.people.sees"))]
    return Modal(
        "enrol.people", say("enrol.people.title"), blocks, say("common.buttons.close"), say("enrol.people.search")
    )  # fmt: skip


def person(words: Words, facts: Card, news: str = "") -> Modal:
    """One person: the basics, and what a coordinator can do."""
    say, row = words.say, facts.row
    blocks: list[Block] = [section(news)] if news else []
    lines = [
        say(
            "enrol.person.who", person=f"<@{row.user_id}>", cohort=escape(row.cohort), state=_state(words, row.standing)
        )
    ]
    lines += [f"_{outside}_"] if (outside := _outside(words, row)) else []
    lines += list(_profile(words, facts.profile)) if facts.profile is not None else []
    lines += list(_asked(words, facts))
    blocks.append(section("\n".join([*lines, _above(words, facts)])[:2900]))
    if facts.pairs:
        couples = [
            say("match.pairs.line", junior=mention(words, pair.junior), senior=mention(words, pair.senior),
                state=say(f"match.pairs.states.{pair.pair.state}"), facts="").strip()
            for pair in facts.pairs[:5]
        ]  # fmt: skip
        blocks.append(section("\n".join(couples)))
    blocks += [actions(*_ways(words, facts)), note(say("enrol.person.sees"))]
    return Modal("enrol.person", say("enrol.person.title"), blocks, say("common.buttons.close"))


def line(words: Words, user_id: str, manager: str | None) -> Modal:
    """Whom one person reports to."""
    say = words.say
    box = options({"yes": say("match.lines.nobody_box")})
    picker = UserSelectElement(initial_user=manager or None)
    ticks = CheckboxesElement(options=box, initial_options=box if manager == "" else None)
    blocks: list[Block] = [
        section(say("enrol.person.line", person=f"<@{user_id}>")),
        field_of(
            "manager", say("match.lines.manager"), picker, hint=say("match.lines.manager_hint"), optional=True
        ),
        field_of("top", say("match.lines.nobody"), ticks, optional=True),
        note(say("match.lines.sees")),
    ]  # fmt: skip
    return Modal(
        "enrol.line", say("match.lines.title"), blocks, say("common.buttons.cancel"), say("common.buttons.save"),
        {"user": user_id},
    )  # fmt: skip


def _filter(words: Words, facts: People) -> Iterable[Block]:
    say, wanted = words.say, facts.wanted
    states = {ANY: say("enrol.people.all", n=sum(facts.counts.values()))}
    states |= {one.value: f"{_state(words, one)} ({facts.counts.get(one, 0)})" for one in Standing}
    sides = {ANY: say("enrol.people.both"), **{side.value: say(f"enrol.people.{side}s") for side in Side}}
    for name, label, choices, chosen in (
        (STATE, "state", states, wanted.standing.value if wanted.standing else ANY),
        (SIDE, "side", sides, wanted.side.value if wanted.side else ANY),
    ):
        known = options(choices)
        element = StaticSelectElement(options=known, initial_option=picked(known, chosen))
        yield field_of(name, say(f"enrol.people.{label}"), element, dispatch=True)
    yield text_field(
        TEXT,
        say("enrol.people.text"),
        initial=wanted.text,
        most=_TEXT,
        hint=say("enrol.people.text_hint"),
        optional=True,
    )


def _turning(words: Words, facts: People) -> list[Block]:
    page, pages = facts.wanted.page, facts.pages
    place = note(words.say("enrol.people.page", page=page + 1, pages=pages, n=facts.found))
    return [place, actions(*turning(words, "enrol.people_page", page, pages))]


def _row(words: Words, row: Row) -> str:
    sides = words.join(words.say(f"common.sides.{side}") for side in Side if side in row.sides)
    level = words.say(f"enrol.levels.{row.level}") if row.level else ""
    facts = [
        part
        for part in (
            _state(words, row.standing), _outside(words, row), sides, escape(row.department), level, escape(row.cohort)
        )
        if part
    ]  # fmt: skip
    return f"<@{row.user_id}>\n{' · '.join(facts)}"


def _outside(words: Words, row: Row) -> str:
    return words.say(f"enrol.person.{row.outside}") if row.outside else ""


def _profile(words: Words, profile: Profile) -> Iterable[str]:
    say = words.say
    place = [escape(part) for part in (profile.department, profile.division, profile.location) if part]
    yield say("enrol.person.at", level=say(f"enrol.levels.{profile.level}"), place=" · ".join(place))
    room = [
        say(f"enrol.told.room_{side}", pairs=say("enrol.bring.pairs", n=getattr(profile, f"capacity_{side}")))
        for side in Side
        if side in profile.sides
    ]
    hours = say("enrol.told.hours", start=time_of(words, profile.works_from), end=time_of(words, profile.works_to))
    rows = {
        "room": words.join(room),
        "languages": words.join(language(words, code) for code in profile.languages),
        "hours": hours,
        "purposes": words.join(say(f"common.purposes.{purpose}") for purpose in profile.purposes),
        "offers": topics(words, profile.offers, ""),
        "wants": topics(words, profile.wants, ""),
    }
    for name, value in rows.items():
        if value:
            yield say("enrol.told.line", label=say(f"enrol.told.labels.{name}"), value=value)


def _asked(words: Words, facts: Card) -> Iterable[str]:
    """When somebody was invited, and reminded."""
    asked = facts.invitation
    if asked is None:
        return
    yield words.say("enrol.person.invited", day=full_date(words, asked.at.date()), by=f"<@{asked.invited_by}>")
    if asked.reminded_at is not None:
        yield words.say("enrol.person.reminded", day=full_date(words, asked.reminded_at.date()))


def _above(words: Words, facts: Card) -> str:
    if facts.manager is None:
        return words.say("enrol.person.no_line")
    value = f"<@{facts.manager}>" if facts.manager else words.say("enrol.told.top")
    return words.say("enrol.told.line", label=words.say("enrol.told.labels.manager"), value=value)


def _ways(words: Words, facts: Card) -> Iterable[ButtonElement]:
    say, row = words.say, facts.row
    if facts.can_pair:
        for side in (side for side in Side if side in row.sides):
            yield button(say(f"enrol.person.pair_{side}"), f"enrol.pair:{side}", row.place)
    yield button(say("enrol.person.edit_line"), "enrol.line", row.user_id)
    if facts.can_ask:
        again = row.standing is Standing.UNANSWERED
        key = "again" if again else "remind"
        yield asking_button(
            words, say(f"enrol.person.{key}"), "enrol.ask_again", row.invitation, say(f"enrol.person.{key}_sure")
        )


def _state(words: Words, standing: Standing) -> str:
    return words.say(f"enrol.people.states.{standing}")


def _of(row: Row) -> str:
    """What the button carries: a place, or an invitation."""
    return f"place:{row.place}" if row.place else f"invitation:{row.invitation}"
