"""The profile: three short forms, and everything that somebody told, for their own eyes."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from bot.domain.enrol import (
    AVOID_AT_MOST,
    EXPERIENCES,
    GENDERS,
    GENERATIONS,
    LEVELS,
    LONG,
    PAIRS_AT_MOST,
    SCALE,
    SHORT,
    TOPICS,
    TOPICS_AT_MOST,
    VALUES,
    AboutForm,
    BringForm,
    Joined,
    MatchingForm,
)
from bot.views.enrol.fields import NO_REGION, languages_field, picked, region_field, several, time_field
from bot.views.parts import Modal, field_of, note, options, section, text_field
from bot.views.programme.fields import menu
from prompts import Words, escape
from storage.records.enrol import Profile, Side
from storage.records.programme import Purpose

UNSAID = "0"
"""The value of "rather not say": a menu in which something was picked cannot be emptied."""


def about(words: Words, form: AboutForm) -> Modal:
    """M2, first part: who somebody is at work; when joining and whenever it is edited."""
    say, known = words.say, form.known.profile
    joining = form.cohort is not None
    manager = UserSelectElement(initial_user=form.known.manager)
    country = known.region[:2] or ("" if joining else NO_REGION)
    blocks: list[Block] = [
        section(say("enrol.about.listed" if form.listed else "enrol.about.intro")),
        _sides(words, known.sides),
        _level(words, known.level),
        _text(words, "about", "department", known.department, SHORT),
        _text(words, "about", "division", known.division, SHORT, optional=True),
        field_of(
            "manager", say("enrol.about.manager"), manager, hint=say("enrol.about.manager_hint"), optional=True
        ),
        _text(words, "about", "location", known.location, SHORT),
        region_field(words, form.regions, country, name="region", step="enrol.about"),
        languages_field(words, form.languages, known.languages),
        _purposes(words, known.purposes),
        note(say("enrol.about.sees")),
    ]  # fmt: skip
    metadata = {"cohort": form.cohort.id, "version": form.version} if form.cohort else {}
    return Modal(
        "enrol.about" if joining else "enrol.profile", say("enrol.about.title"), blocks, say("common.buttons.cancel"),
        say("enrol.about.submit_join" if joining else "common.buttons.save"), metadata,
    )  # fmt: skip


def bring(words: Words, form: BringForm) -> Modal:
    """M2, second part: what somebody can share and wants to learn, hours, and for how many pairs they have time."""
    say, known, joined = words.say, form.known, form.joined
    topics = {code: say(f"enrol.topics.{code}") for code in TOPICS}
    blocks: list[Block] = []
    if joined is not None:
        blocks.append(section(joined_line(words, joined)))
    blocks.append(section(say("enrol.bring.intro")))
    for name, text, ticked in (("offers", "share", known.offers), ("wants", "learn", known.wants)):
        label, hint = say(f"enrol.bring.{name}"), say(f"enrol.bring.{name}_hint")
        blocks.append(several(name, label, topics, ticked, TOPICS_AT_MOST, hint))
        blocks.append(_text(words, "bring", text, getattr(known, text), LONG, optional=True))
    blocks += [
        time_field(words, "works_from", say("enrol.bring.works_from"), known.works_from),
        time_field(words, "works_to", say("enrol.bring.works_to"), known.works_to, hint=say("enrol.bring.hours_hint")),
        *[_capacity(words, side, known) for side in Side if side in known.sides],
        _box(words, "bring", "identity", ticked=known.identity_off),
        note(say("enrol.bring.sees")),
    ]
    close = say("enrol.bring.later" if joined else "common.buttons.cancel")
    submit = say("common.buttons.next" if joined else "common.buttons.save")
    metadata = {"joining": "yes"} if joined else {}
    return Modal("enrol.bring", say("enrol.bring.title"), blocks, close, submit, metadata)


def matching(words: Words, form: MatchingForm) -> Modal:
    """M2, third part: what nobody but the person ever sees; all of it optional."""
    say, known = words.say, form.known
    decades = {UNSAID: say("enrol.matching.unsaid"), **{y: say("enrol.matching.decade", year=y) for y in GENERATIONS}}
    genders = {UNSAID: say("enrol.matching.unsaid"), **{g: say(f"enrol.genders.{g}") for g in GENDERS}}
    lived = {code: say(f"enrol.experiences.{code}") for code in EXPERIENCES}
    avoid = UserMultiSelectElement(initial_users=list(known.avoid) or None, max_selected_items=AVOID_AT_MOST)
    blocks: list[Block] = [
        section(say("enrol.matching.intro")),
        note(say("enrol.matching.sees")),
        *([_box(words, "matching", "agree", optional=False)] if form.agree else []),
        section(say("enrol.matching.values")),
        *_values(words, known.values),
        field_of(
            "avoid", say("enrol.matching.avoid"), avoid, hint=say("enrol.matching.avoid_hint"), optional=True
        ),
        several(
            "tags", say("enrol.matching.tags"), lived, known.tags, len(EXPERIENCES), say("enrol.matching.tags_hint")
        ),
        menu("generation", say("enrol.matching.generation"), decades, known.generation or UNSAID),
        menu("gender", say("enrol.matching.gender"), genders, known.gender or UNSAID),
        note(say("enrol.matching.forget")),
    ]  # fmt: skip
    metadata = {"version": form.version, **({"joining": "yes"} if form.joining else {})}
    close = say("enrol.bring.later" if form.joining else "common.buttons.cancel")
    return Modal("enrol.matching", say("enrol.matching.title"), blocks, close, say("common.buttons.save"), metadata)


def joined_line(words: Words, facts: Joined) -> str:
    """That somebody is in, and by when they hear from us."""
    key = "joined_full" if facts.full else "joined"
    return words.say(f"enrol.done.{key}", cohort=escape(facts.cohort.name), day=words.date(facts.hear_by))


def _values(words: Words, answers: Sequence[int]) -> list[Block]:
    say = words.say
    scale = {UNSAID: say("enrol.matching.unsaid"), **{str(n): say(f"enrol.scale.{n}") for n in range(1, SCALE + 1)}}
    given = [*answers, *[0] * VALUES]
    return [
        menu(f"values{n}", say(f"enrol.values.{n}"), scale, str(given[n - 1])) for n in range(1, VALUES + 1)
    ]  # fmt: skip


def _sides(words: Words, chosen: frozenset[Side]) -> Block:
    boxes = options({side.value: words.say(f"enrol.about.side_{side}") for side in Side})
    ticked = [box for box in boxes if box.value in chosen]
    element = CheckboxesElement(options=boxes, initial_options=ticked or None)
    return field_of("sides", words.say("enrol.about.sides"), element, hint=words.say("enrol.about.sides_hint"))


def _level(words: Words, chosen: int) -> Block:
    known = options({str(n): words.say(f"enrol.levels.{n}") for n in range(1, LEVELS + 1)})
    element = StaticSelectElement(options=known, initial_option=picked(known, str(chosen)))
    return field_of("level", words.say("enrol.about.level"), element)


def _purposes(words: Words, chosen: Sequence[str]) -> Block:
    known = options({p.value: words.say(f"common.purposes.{p}") for p in Purpose})
    ticked = [option for option in known if option.value in chosen]
    element = StaticMultiSelectElement(options=known, initial_options=ticked or None)
    return field_of("purposes", words.say("enrol.about.purposes"), element)


def _capacity(words: Words, side: Side, known: Profile) -> Block:
    name = f"capacity_{side}"
    choices: Mapping[str, str] = {str(n): words.say("enrol.bring.pairs", n=n) for n in range(1, PAIRS_AT_MOST + 1)}
    return menu(name, words.say(f"enrol.bring.{name}"), choices, str(getattr(known, name)))


def _text(words: Words, part: str, name: str, text: str, most: int, *, optional: bool = False) -> Block:
    label, hint = words.say(f"enrol.{part}.{name}"), words.say(f"enrol.{part}.{name}_hint")
    return text_field(name, label, initial=text, most=most, multiline=most > SHORT, hint=hint, optional=optional)


def _box(words: Words, part: str, name: str, *, ticked: bool = False, optional: bool = True) -> Block:
    """One box to tick."""
    box = options({"yes": words.say(f"enrol.{part}.{name}_box")})
    element = CheckboxesElement(options=box, initial_options=box if ticked else None)
    label, hint = words.say(f"enrol.{part}.{name}"), words.say(f"enrol.{part}.{name}_hint")
    return field_of(name, label, element, hint=hint, optional=optional)
