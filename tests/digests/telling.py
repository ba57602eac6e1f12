"""A played programme in plain text: each digest as a coordinator reads it, and two tables about all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from slack_sdk.models.blocks import Block

from bot.domain.report.figures import Section
from bot.views import report as views
from bot.views.report import phrases
from prompts import Words
from storage.records.report import FigureKind
from tests.digests.playing import Week
from tests.digests.truth import Gap, Mean, Name, means

KINDS = {
    FigureKind.RECIPROCITY: "questions",
    FigureKind.SAY_DO: "noticed",
    FigureKind.THEMES: "themes",
    FigureKind.BENEFIT_JUNIOR: "benefit j.",
    FigureKind.BENEFIT_SENIOR: "benefit s.",
    FigureKind.SAFETY_JUNIOR: "safety j.",
    FigureKind.SAFETY_SENIOR: "safety s.",
}
"""The columns; j. is what juniors say, s. what seniors do."""
NAMES: Mapping[Name, str] = {
    (FigureKind.RECIPROCITY, "learn"): "Learned and changed",
    (FigureKind.RECIPROCITY, "help"): "Helped me",
    (FigureKind.RECIPROCITY, "advocate"): "Spoke up for me",
    (FigureKind.RECIPROCITY, "introduce"): "Introduced me, and we talked",
    (FigureKind.SAY_DO, "unnoticed"): "Did not notice what was marked done",
    (FigureKind.BENEFIT_JUNIOR, "gives_more"): "Gives more than it takes, juniors",
    (FigureKind.BENEFIT_SENIOR, "gives_more"): "Gives more than it takes, seniors",
    (FigureKind.SAFETY_JUNIOR, "can_say"): "Can say what I think, juniors",
    (FigureKind.SAFETY_SENIOR, "can_say"): "Can say what I think, seniors",
}


def letter(words: Words, week: Week) -> str:
    """The digest as it stands in the channel; buttons in brackets."""
    return "\n".join(_lines(views.digest(words, week.facts).blocks))


def reason(words: Words, section: Section) -> str:
    """The sentence that says why there is nothing new of a kind; empty where there is."""
    return phrases.withheld(words, section) or ""


def _why(words: Words, section: Section) -> str:
    """The same for whoever is asked, juniors or seniors: a column's note, in the report's words."""
    if not reason(words, section):
        return ""
    said = words.say(f"paper.withheld.{section.withheld}", least=section.least, needed=section.needed)
    return said[:1].upper() + said[1:]


def calendar(words: Words, weeks: Sequence[Week]) -> str:
    """A row per week: what was held, who needs a person, the one thing to do, and of each kind what is new or why
    nothing is."""
    sentences = list(dict.fromkeys(_why(words, one) for week in weeks for one in week.sections.values()) | {"": None})
    sentences.remove("")
    head = ("week", "held", "need a person", "one thing", *KINDS.values())
    rows = [_row(words, number, week, sentences) for number, week in enumerate(weeks, 1)]
    notes = [f"{_letter(place)}: {sentence}" for place, sentence in enumerate(sentences)]
    return "\n".join([table(head, rows), "", *notes])


def accuracy(weeks: Iterable[Mapping[Name, Gap]]) -> str:
    """A row per figure: how far the middle of what was published was from the truth, in hundredths of a share."""
    head = ("figure", "weeks shown", "mean error", "largest", "behind today", "truth within", "counted within")
    found = means(weeks)
    return table(head, [_mean(NAMES[name], found[name]) for name in NAMES if name in found])


def _mean(name: str, one: Mean) -> tuple[str, ...]:
    hundredths = (_points(share) for share in (one.error, one.largest, one.behind))
    return (name, str(one.weeks), *hundredths, f"{one.covers:.0%}", f"{one.holds:.0%}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """In Markdown, which can be read as it stands."""
    wide = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [head, ["-" * width for width in wide], *rows]
    return "\n".join(f"| {' | '.join(cell.ljust(wide[at]) for at, cell in enumerate(row))} |" for row in lines)


def _row(words: Words, number: int, week: Week, sentences: list[str]) -> tuple[str, ...]:
    figures = week.facts.figures
    needing = sum(n for _, n in figures.concerns)
    thing = figures.one_thing.replace("_", " ")
    return (
        str(number), str(figures.activity.held), str(needing), thing, *(_cell(words, week, k, sentences) for k in KINDS)
    )  # fmt: skip


def _cell(words: Words, week: Week, kind: FigureKind, sentences: list[str]) -> str:
    """How many were counted so far, where this week added some; else which sentence says why none."""
    section = week.sections[kind]
    if kind in week.new and section.published is not None:
        return f"new: {section.published.n}"
    sentence = _why(words, section)
    return _letter(sentences.index(sentence)) if sentence else ""


def _letter(place: int) -> str:
    return chr(ord("a") + place)


def _points(share: float) -> str:
    return f"{100 * share:.0f}"


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in (one.to_dict() for one in blocks):
        if block["type"] == "actions":
            yield " ".join(f"[{one['text']['text']}]" for one in block["elements"])
        elif block["type"] == "image":
            yield f"(picture: {block['alt_text']})"
        elif block["type"] == "context":
            yield " ".join(one["text"] for one in block["elements"] if "text" in one)
        elif "text" in block:
            button = block.get("accessory", {}).get("text", {}).get("text")
            yield block["text"]["text"] + (f"  [{button}]" if button else "")
