"""What came of a cohort: seniors' and juniors' own reports side by side, counted once after its end."""

from slack_sdk.models.blocks import Block, MarkdownTextObject, SectionBlock

from bot.domain.report.balance import balance_of
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.report.outcomes import OutcomeFacts, OutcomeFigures
from bot.domain.when import local_day
from bot.views.parts import Message, actions, button, header, note, section
from bot.views.report import phrases
from prompts import Words
from storage.records.enrol import Side
from storage.records.report import Occasion

_COMPARED = {
    Occasion.END: ("end_senior_benefit", "end_junior_benefit"),
    Occasion.LATER_180: ("later_new_role", "later_new_role"),
}
"""What is told beside each other in a sentence: the seniors' figure and the juniors'."""


def outcomes(words: Words, facts: OutcomeFacts) -> Message:
    """One occasion of a cohort."""
    say, cohort, found = words.say, facts.cohort, facts.figures
    day = words.date(local_day(found.at, facts.zone))
    blocks: list[Block] = [
        header(say(f"outcome.title.{found.occasion}", cohort=cohort.name)),
        note(say(f"outcome.about.{found.occasion}", day=day)),
        *([section(compared(words, found))] if found.occasion in _COMPARED and found.published else []),
        side_by_side(words, found),
        note(say("outcome.foot", least=min(found.of(side).fewest for side in Side))),
        actions(button(say("report.digest.shield"), "report.shield", cohort.id)),
    ]
    return Message(say("outcome.text"), blocks)


def compared(words: Words, figures: OutcomeFigures) -> str:
    """Who benefited more, or got on further, in a sentence."""
    seniors, juniors = (figures.of(side).published for side in (Side.SENIOR, Side.JUNIOR))
    balance = balance_of(seniors, juniors, *_COMPARED[figures.occasion])
    return words.say(f"outcome.compared.{figures.occasion}.{balance}")


def side_by_side(words: Words, figures: OutcomeFigures) -> Block:
    """Two columns; on a phone one below the other."""
    columns = [_column(words, side, figures.of(side)) for side in (Side.SENIOR, Side.JUNIOR)]
    return SectionBlock(fields=[MarkdownTextObject(text="\n".join(lines)) for lines in columns])


def lines_of(words: Words, published: Published) -> list[str]:
    """Each item under its plain label, in words first."""
    return [_line(words, figure, published.n) for figure in published.figures]


def _line(words: Words, figure: Figure, n: int) -> str:
    return words.say(
        "outcome.line", name=words.say(f"outcome.item.{figure.name}"), share=phrases.share(words, figure, n),
        bounds=phrases.bounds(words, figure, n),
    )  # fmt: skip


def _column(words: Words, side: Side, found: Section) -> list[str]:
    if found.published is None:
        return [words.say(f"outcome.side.{side}"), f"_{withheld(words, found)}_"]
    answers = phrases.answers(words, found.published.n)
    return [words.say(f"outcome.side_said.{side}", answers=answers), *lines_of(words, found.published)]


def withheld(words: Words, found: Section) -> str:
    """Why nothing is said: how many answered, or of how many pairs, and never what they answered."""
    return words.say(f"outcome.withheld.{found.withheld}", least=found.least)
