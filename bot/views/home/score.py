"""A senior's own scorecard: on the Home at a glance, in a modal with what lies behind it; as text, never a picture."""

from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.score import Scorecard, bar
from bot.views.parts import Modal, button, header, note, section
from prompts import Words

_FULL, _EMPTY = "■", "□"


def scorecard_blocks(words: Words, score: Scorecard) -> list[Block]:
    """One line for each thing that counts: the words say it all, the bar shows it at a glance."""
    details = button(words.say("home.score.details"), "home.score")
    text = words.say("home.score.empty") if score.empty else "\n".join(_lines(words, score))
    return [header(words.say("home.score.title")), section(text, details), note(words.say("home.score.sees"))]


def scorecard(words: Words, score: Scorecard) -> Modal:
    """What the lines are made of."""
    say = words.say
    kept, promises, introduced, credited = _lines(words, score)
    blocks = [
        section(say("home.score.about")),
        section(f"{kept}\n{say('home.score.more.sessions')}"),
        section("\n".join([promises, *_promises(words, score)])),
        section(f"{introduced}\n{say('home.score.more.introductions')}"),
        section("\n".join([credited, _months(words, score)])),
        note(say("home.score.sees"), say("home.score.more.coordinators")),
    ]
    return Modal("home.score", say("home.score.title"), blocks, say("common.buttons.close"))


def _lines(words: Words, score: Scorecard) -> list[str]:
    """Sessions, promises, introductions, credit: always these four, in this order."""
    say, sessions = words.say, score.held + score.cancelled
    kept = say("home.score.kept", n=sessions, part=score.held) if sessions else say("home.score.no_sessions")
    promises = (
        say("home.score.promises", done=score.done, n=score.made) if score.made else say("home.score.no_promises")
    )
    return [
        _line(kept, score.held, sessions),
        _line(promises, score.done, score.made),
        _line(say("home.score.introductions", n=score.introductions), score.introductions, score.introductions),
        _line(say("home.score.credits", n=score.credits), score.credits, score.credits),
    ]


def _line(text: str, part: int, whole: int) -> str:
    """The words first, for whoever has it read out; a bar that is empty is left out."""
    full, empty = bar(part, whole)
    return f"{text}  {_FULL * full}{_EMPTY * empty}" if whole else text


def _promises(words: Words, score: Scorecard) -> list[str]:
    late = [words.say("home.score.more.late", n=score.late)] if score.late else []
    dropped = [words.say("home.score.more.dropped", n=score.dropped)] if score.dropped else []
    return [*late, *dropped] or [words.say("home.score.more.promises")]


def _months(words: Words, score: Scorecard) -> str:
    if not score.months:
        return words.say("home.score.more.credits")
    months = (date.fromisoformat(f"{one}-01") for one in score.months)
    return words.say("home.score.more.months", months=words.join(_month(words, one) for one in months))


def _month(words: Words, day: date) -> str:
    return str(words.locale.months["stand-alone"]["wide"][day.month])
