"""Everything that somebody told about themselves, for their own eyes, with a way to change each part."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from bot.domain.enrol import Part, Told
from bot.views.enrol.fields import language, time_of
from bot.views.parts import Modal, button, note, section
from prompts import Words, escape
from storage.records.enrol import Profile, Side

_SECTION = 2900


def told(words: Words, facts: Told, news: str = "") -> Modal:
    """The card: who sees which part stands below it."""
    say = words.say
    parts = {Part.ABOUT: _about(words, facts), Part.BRING: _bring(words, facts.about.profile),
             Part.MATCHING: _matching(words, facts)}  # fmt: skip
    blocks: list[Block] = [section(news)] if news else []
    for part, lines in parts.items():
        text = "\n".join([f"*{say(f'enrol.{part}.title')}*", *lines])[:_SECTION]
        blocks.append(section(text, button(say("enrol.told.change"), f"enrol.edit:{part}", part.value)))
        blocks.append(note(say(f"enrol.told.sees_{part}")))
    return Modal("enrol.told", say("enrol.told.title"), blocks, say("common.buttons.close"))


def _about(words: Words, facts: Told) -> Iterable[str]:
    say, profile = words.say, facts.about.profile
    country = words.locale.territories.get(profile.region[:2], "")
    manager = facts.about.manager
    above = say("enrol.told.top") if manager == "" else f"<@{manager}>" if manager else ""
    yield from _lines(
        words,
        ("sides", words.join(say(f"common.sides.{side}") for side in Side if side in profile.sides)),
        ("level", say(f"enrol.levels.{profile.level}") if profile.level else ""),
        ("department", " · ".join(escape(text) for text in (profile.department, profile.division) if text)),
        ("manager", above),
        ("location", " · ".join(text for text in (escape(profile.location), str(country)) if text)),
        ("languages", words.join(language(words, code) for code in profile.languages)),
        ("purposes", words.join(say(f"common.purposes.{purpose}") for purpose in profile.purposes)),
    )


def _bring(words: Words, profile: Profile) -> Iterable[str]:
    say = words.say
    hours = say("enrol.told.hours", start=time_of(words, profile.works_from), end=time_of(words, profile.works_to))
    room = [
        say(f"enrol.told.room_{side}", pairs=say("enrol.bring.pairs", n=getattr(profile, f"capacity_{side}")))
        for side in Side
        if side in profile.sides
    ]
    yield from _lines(
        words,
        ("offers", topics(words, profile.offers, profile.share)),
        ("wants", topics(words, profile.wants, profile.learn)),
        ("hours", hours),
        ("room", words.join(room)),
        ("identity", say("enrol.bring.identity_box") if profile.identity_off else ""),
    )


def _matching(words: Words, facts: Told) -> Iterable[str]:
    say, told = words.say, facts.confided
    answered = sum(1 for one in told.values if one)
    decade = say("enrol.matching.decade", year=told.generation) if told.generation else ""
    lines = list(
        _lines(
            words,
            ("values", say("enrol.told.answered", n=answered) if answered else ""),
            ("avoid", words.join(f"<@{one}>" for one in told.avoid)),
            ("tags", words.join(say(f"enrol.experiences.{code}") for code in told.tags)),
            ("generation", decade),
            ("gender", say(f"enrol.genders.{told.gender}") if told.gender else ""),
        )
    )
    yield from lines or [say("enrol.told.nothing")]


def topics(words: Words, codes: Iterable[str], text: str) -> str:
    """What somebody picked, and what they added in their own words."""
    known = (code for code in codes if words.has(f"enrol.topics.{code}"))
    return " · ".join([*(words.say(f"enrol.topics.{code}") for code in known), *([escape(text)] if text else [])])


def _lines(words: Words, *rows: tuple[str, str]) -> Iterable[str]:
    for name, value in rows:
        if value:
            yield words.say("enrol.told.line", label=words.say(f"enrol.told.labels.{name}"), value=value)
