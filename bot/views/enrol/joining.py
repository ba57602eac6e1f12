"""The modals of joining: choose a cohort, consent, *About you*; and their last sentences."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
    OptionGroup,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.domain.enrol import LEVELS, LONG, SHORT, AboutForm, Joined
from bot.domain.privacy import Keeping
from bot.views.common import sentence
from bot.views.parts import Message, Modal, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.enrol import Side
from storage.records.programme import Cohort, Purpose

NO_REGION = "none"
_MOST_RADIOS = 10


def choose(words: Words, cohorts: Sequence[Cohort]) -> Modal:
    """Which of several open cohorts."""
    say = words.say
    choices = {
        c.id: say("enrol.choose.option", cohort=c.name, start=words.date(c.starts_on), end=words.date(c.ends_on))[:75]
        for c in cohorts[:_MOST_RADIOS]
    }
    blocks = [
        section(say("enrol.choose.intro")),
        field_of("cohort", say("enrol.choose.label"), RadioButtonsElement(options=options(choices))),
        note(say("common.who_sees.nobody")),
    ]
    return Modal(
        "enrol.choose", say("enrol.choose.title"), blocks, say("common.buttons.cancel"), say("enrol.choose.submit")
    )  # fmt: skip


def none_open(words: Words, told: bool) -> Modal:
    """No cohort is open: offer to tell when one is, or say that this is noted."""
    say = words.say
    title = say("enrol.none.title")
    if told:
        return Modal("enrol.none", title, [section(say("enrol.none.told"))], say("common.buttons.close"))
    blocks = [section(say("enrol.none.body")), note(say("enrol.none.sees"))]
    return Modal("enrol.none", title, blocks, say("common.buttons.close"), say("enrol.none.submit"))


def consent(words: Words, cohort: Cohort, keeping: Keeping) -> Modal:
    """M1: what we ask, what we store, who sees it, how to stop; nothing happens without the tick."""
    say = words.say
    version = say("enrol.consent.version")
    intro = say(
        "enrol.consent.intro", cohort=escape(cohort.name), start=words.date(cohort.starts_on),
        end=words.date(cohort.ends_on), sessions=say("common.count.sessions", n=cohort.sessions),
        every=say("common.count.every", n=max(1, round(cohort.cadence_days / 7))),
    )  # fmt: skip
    store = say("enrol.consent.store", text_days=keeping.text_days, days=keeping.row_days)
    lines = [say("enrol.consent.ask"), store, say("enrol.consent.see", k=cohort.k)]
    box = CheckboxesElement(options=options({"yes": say("enrol.consent.agree")}))
    blocks = [
        section(intro),
        *(section(line) for line in [*lines, say("enrol.consent.stop")]),
        field_of("consent", say("enrol.consent.label"), box),
        note(say("enrol.consent.mark", version=version)),
    ]
    return Modal(
        "enrol.consent", say("enrol.consent.title"), blocks, say("common.buttons.cancel"),
        say("enrol.consent.submit"), {"cohort": cohort.id, "version": version},
    )  # fmt: skip


def about(words: Words, form: AboutForm) -> Modal:
    """M2: the profile, when joining and whenever it is edited."""
    say, known = words.say, form.known.profile
    joining = form.cohort is not None
    blocks: list[Block] = [
        section(say("enrol.about.intro")),
        _sides(words, known.sides),
        _level(words, known.level if known.sides else 0),
        _text(words, "department", known.department, SHORT),
        field_of(
            "manager",
            say("enrol.about.manager"),
            UserSelectElement(initial_user=form.known.manager),
            hint=say("enrol.about.manager_hint"),
            optional=True,
        ),
        _text(words, "location", known.location, SHORT),
        region_field(
            words, form.regions, known.region[:2] or ("" if joining else NO_REGION), name="region", step="enrol.about"
        ),
        _purposes(words, known.purposes),
        _text(words, "share", known.share, LONG, optional=True),
        _text(words, "learn", known.learn, LONG, optional=True),
        note(say("enrol.about.sees")),
    ]
    metadata = {"cohort": form.cohort.id, "version": form.version} if form.cohort else {}
    return Modal(
        "enrol.about" if joining else "enrol.profile", say("enrol.about.title"), blocks, say("common.buttons.cancel"),
        say("enrol.about.submit_join" if joining else "common.buttons.save"), metadata,
    )  # fmt: skip


def done(words: Words, facts: Joined) -> Message:
    """The last word of the modal: by when they hear from us."""
    return sentence(words.say("enrol.done.joined", cohort=escape(facts.cohort.name), day=words.date(facts.hear_by)))


def saved(words: Words) -> Message:
    return sentence(words.say("enrol.done.saved"))


def wished(words: Words, new: bool) -> Message:
    return sentence(words.say("enrol.none.done" if new else "enrol.none.again"))


def _sides(words: Words, chosen: frozenset[Side]) -> Block:
    boxes = options({side.value: words.say(f"enrol.about.side_{side}") for side in Side})
    ticked = [box for box in boxes if box.value in chosen]
    element = CheckboxesElement(options=boxes, initial_options=ticked or None)
    return field_of("sides", words.say("enrol.about.sides"), element, hint=words.say("enrol.about.sides_hint"))


def _level(words: Words, chosen: int) -> Block:
    known = options({str(n): words.say(f"enrol.levels.{n}") for n in range(1, LEVELS + 1)})
    element = StaticSelectElement(options=known, initial_option=_picked(known, str(chosen)))
    return field_of("level", words.say("enrol.about.level"), element)


def _purposes(words: Words, chosen: Sequence[str]) -> Block:
    known = options({p.value: words.say(f"common.purposes.{p}") for p in Purpose})
    ticked = [option for option in known if option.value in chosen]
    element = StaticMultiSelectElement(options=known, initial_options=ticked or None)
    return field_of("purposes", words.say("enrol.about.purposes"), element)


def _text(words: Words, name: str, text: str, most: int, *, optional: bool = False) -> Block:
    label, hint = words.say(f"enrol.about.{name}"), words.say(f"enrol.about.{name}_hint")
    return text_field(name, label, initial=text, most=most, multiline=most > SHORT, hint=hint, optional=optional)


def region_field(
    words: Words, regions: Sequence[str], chosen: str, *, name: str, step: str, dispatch: bool = False
) -> Block:
    """Every country whose public holidays are known, and none of them; `step` is where its words stand."""
    groups = _countries(words, regions)
    none = Option(value=NO_REGION, text=PlainTextObject(text=words.say(f"{step}.region_none")))
    groups = [*groups, OptionGroup(label=PlainTextObject(text="–"), options=[none])]
    known = [option for group in groups for option in group.options or ()]
    element = StaticSelectElement(option_groups=groups, initial_option=_picked(known, chosen))
    label, hint = words.say(f"{step}.region"), words.say(f"{step}.region_hint")
    return field_of(name, label, element, hint=hint, dispatch=dispatch)


def _countries(words: Words, regions: Sequence[str]) -> list[OptionGroup]:
    """By first letter: one list of a select holds at most 100 options."""
    names: Mapping[str, str] = words.locale.territories
    rows = sorted((_plain(names.get(code, code)), code, names.get(code, code)) for code in regions)
    return [
        OptionGroup(label=PlainTextObject(text=letter), options=options({code: name[:75] for _, code, name in some}))
        for letter, some in groupby(rows, key=lambda row: row[0][:1].upper())
    ]


def _plain(name: str) -> str:
    """Without accents, for the order."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _picked(known: Sequence[Option], value: str) -> Option | None:
    return next((option for option in known if option.value == value), None)
