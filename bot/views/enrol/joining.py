"""The modals of joining: choose a cohort, consent; and their last sentences."""

from collections.abc import Sequence

from slack_sdk.models.blocks import CheckboxesElement, RadioButtonsElement

from bot.domain.privacy import Keeping
from bot.views.common import sentence
from bot.views.parts import Message, Modal, field_of, note, options, section
from prompts import Words, escape
from storage.records.programme import Cohort

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


def done(words: Words) -> Message:
    """The last word of joining, once all three forms are filled in."""
    return sentence(words.say("enrol.done.all"))


def wished(words: Words, new: bool) -> Message:
    return sentence(words.say("enrol.none.done" if new else "enrol.none.again"))
