"""What is stored under inner names, in the words that people know it by."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from babel.core import Locale, UnknownLocaleError

from bot.views.common import city
from bot.views.hours import hour_of
from bot.views.programme.fields import clock, full_date
from bot.views.theme.named import tag_of
from prompts import Words

Tell = Callable[[Words, Any], Any]


def in_words(words: Words, column: str, value: Any) -> Any:
    """A value of a column as people know it; empty for a machine's note, which is left to the file."""
    if value in (None, "", [], {}):
        return ""
    if column in _TOLD:
        return _TOLD[column](words, value)
    if isinstance(value, list):
        return [in_words(words, column, one) for one in value]
    return _coded(words, column, value) if column in CODED else value


def _coded(words: Words, column: str, value: Any) -> str:
    key = f"{CODED[column]}.{value}"
    return words.say(key) if words.has(key) else ""


def _kind(words: Words, value: Any) -> str:
    """Of a message, the step that it belongs to; of anything else, what sort it is."""
    step, dot, _ = str(value).partition(".")
    if not dot:
        return _coded(words, "kind", value)
    return words.say(f"programme.sample.steps.{step}" if step != "home" else "privacy.tables.home")


def _icebreaker(words: Words, value: Any) -> str:
    return words.content.icebreaker(value).text


def _principles(words: Words, value: Any) -> list[str]:
    return [words.content.principle(one).label for one in value]


def _field(words: Words, value: Any) -> str:
    """What a line in one's own words is about."""
    return words.say(f"prepare.contract_form.{value}")


def _lesson(words: Words, value: Any) -> str:
    known = next((one for one in words.content.lessons.lessons if one.id == value), None)
    return known.title if known is not None else ""


def _about(words: Words, value: Any) -> list[str]:
    """Who was learning, and the themes that were picked."""
    said = json.loads(value)
    learner = [_coded(words, "learner", said["learner"])] if said.get("learner") else []
    return [*learner, *(_theme(words, one) for one in said.get("themes", ()))]


def _theme(words: Words, value: Any) -> str:
    """As it is called now; one of a coordinator's own as it was typed."""
    known = tag_of(words, value)
    return known.label if known is not None else ""


def _fit(words: Words, value: Any) -> list[str]:
    """How a pair fits, and the help that was wanted."""
    fit, wanted = json.loads(value)
    return [words.say(f"fit.answers.{fit}"), *([words.say(f"fit.helps.{wanted}")] if wanted else [])]


def _review(words: Words, value: Any) -> list[str]:
    """Answers to a review, each with its question; what no set of questions knows any more is left to the file."""
    items = {item.id: item for pack in words.content.reviews.reviews for item in pack.items}
    told = [(items[name], text) for name, text in json.loads(value)["answers"].items() if name in items]
    return [f"{item.text} {next((o.text for o in item.options if o.code == text), text)}" for item, text in told]


def _taps(words: Words, value: Any) -> list[str]:
    """What a pairing takes, and whether one can speak in it."""
    given = {f"pulse_{name}": code for name, code in json.loads(value).items() if code}
    items = (item for item in words.content.review("pulse").items if item.id in given)
    return [option.text for item in items for option in item.options if option.code == given[item.id]]


def _credited(words: Words, value: Any) -> str:
    options = words.content.nudges.credit.options
    return next((option.text for option in options if option.code == value), "")


def _offered(words: Words, value: Any) -> list[str]:
    """The questions for which somebody was offered words lately, each with its day."""
    made = {question: datetime.fromtimestamp(at, UTC).date() for question, (at, _) in json.loads(value).items()}
    return [f"{words.content.question(question).title} {full_date(words, day)}" for question, day in made.items()]


def _action(words: Words, value: Any) -> str:
    """What a coordinator did; to whom stands in the file."""
    key = f"programme.did.{str(value).replace('.', '_')}"
    if not words.has(key):
        return ""
    people = words.say("privacy.codes.two" if value in _ABOUT_TWO else "privacy.codes.somebody")
    return words.say(key, people=people, cohort=words.say("privacy.codes.cohort"))


def _chosen(words: Words, value: Any) -> list[str]:
    """Preferences that differ from the usual ones, each by its label in the form."""
    return [_choice(words, name, one) for name, one in dict(value).items() if one not in (None, "", False)]


def _choice(words: Words, name: str, value: Any) -> str:
    label = words.say(_PREFS[name])
    if value is True:
        return label
    if name == "checkin_day":
        value = words.say(f"prefs.weekdays.{value}")
    elif name == "language":
        value = _language(words, value)
    elif name == "zone":
        value = city(value)
    elif isinstance(value, int):
        value = hour_of(words, value)
    return f"{label} {value}"


def _language(words: Words, value: Any) -> str:
    try:
        return Locale.parse(str(value), sep="-").get_display_name(words.locale) or str(value)
    except (UnknownLocaleError, ValueError):
        return str(value)


def _confided(words: Words, value: Any) -> list[str]:
    """What somebody told the matching alone, each with its words."""
    told = json.loads(value)
    values = [
        words.say("privacy.data.cell", label=words.say(f"enrol.values.{n}"), value=words.say(f"enrol.scale.{answer}"))
        for n, answer in enumerate(told.get("values", ()), 1)
        if answer
    ]
    picked = {"experiences": told.get("tags", ()), "genders": [told["gender"]] if told.get("gender") else ()}
    found = [words.say(f"enrol.{name}.{code}") for name, codes in picked.items() for code in codes]
    if told.get("generation"):
        found.append(words.say("enrol.matching.decade", year=told["generation"]))
    if told.get("avoid"):
        label = words.say("enrol.told.labels.avoid")
        found.append(words.say("privacy.data.cell", label=label, value=words.join(told["avoid"])))
    return [*values, *found]


def _day(words: Words, value: Any) -> str:
    return full_date(words, date.fromisoformat(value))


def _clock(words: Words, minutes: Any) -> str:
    return clock(words, time(int(minutes) // 60 % 24, int(minutes) % 60))


def _region(words: Words, value: Any) -> str:
    country, _, part = str(value).partition("-")
    name = words.locale.territories.get(country, country)
    return f"{name} ({part})" if part else name


_ABOUT_TWO = frozenset(
    f"match.{what}" for what in (
        "propose", "withdraw", "conflict", "conflict_removed", "approve", "unapprove", "hold", "unhold", "swap",
        "unpair", "rematch", "unpair_undone",
    )
)  # fmt: skip

CODED = {
    "state": "privacy.codes.state", "side": "common.sides", "sides": "common.sides", "level": "enrol.levels",
    "purposes": "common.purposes", "kind": "privacy.codes.kind", "door": "privacy.codes.door",
    "reason": "privacy.codes.reason", "said": "privacy.codes.said", "hindrance": "privacy.codes.hindrance",
    "noticed": "privacy.codes.noticed", "learner": "privacy.codes.learner", "offers": "enrol.topics",
    "wants": "enrol.topics", "outcome": "privacy.codes.outcome",
    "step": "privacy.codes.step",
}  # fmt: skip
"""Columns that hold inner names, and where the words for these stand."""

_TOLD: Mapping[str, Tell] = {
    "kind": _kind, "item_id": _icebreaker, "lesson_id": _lesson, "extra": _about, "action": _action, "chosen": _chosen,
    "body": _confided, "languages": lambda words, codes: [_language(words, code) for code in codes],
    "works_from": _clock, "works_to": _clock,
    "locale": _language, "region": _region, "zone": lambda _, zone: city(zone), "due_on": _day, "until": _day,
    "answer": _fit, "offered": _offered, "taps": _taps, "credited": _credited, "answers": _review,
    "theme": _theme, "principles": _principles, "field": _field, "review_on": _day,
}  # fmt: skip
_PREFS = {
    "language": "prefs.form.language", "zone": "prefs.form.zone", "quiet_until": "privacy.codes.from",
    "quiet_from": "privacy.codes.until", "checkin_hour": "prefs.form.hour", "checkin_day": "prefs.form.day",
    "fewer": "prefs.form.less_fewer", "plain": "prefs.form.less_plain",
}  # fmt: skip
