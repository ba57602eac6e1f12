"""The weekly digest and what follows it: messages to the coordinators' channel."""

from slack_sdk.models.blocks import Block, ImageBlock, PlainTextObject
from slack_sdk.models.blocks.basic_components import SlackFile

from bot.domain.report.facts import ChartFacts, DigestFacts, DigestFigures, FlagFacts, Matter, Part
from bot.views import theme
from bot.views.parts import Message, actions, button, header, note, section
from bot.views.report import care, phrases
from bot.views.report.picture import alt_text
from bot.views.report.threaded import ThreadedMessage
from prompts import Words, escape

OPENS: dict[Matter, str] = {
    Matter.GONE: "report.matters:gone",
    Matter.APART: "report.matters:apart",
    Matter.WISH: "match.wishes",
    Matter.WAITING: "match.runs",
}
"""Where names appear, for coordinators alone."""

TEMPLATES: dict[str, str] = {
    "protect_hour": "tell.nudge",
    "small_promises": "tell.nudge",
    "first_date": "tell.nudge:unbooked",
    "book_two": "tell.nudge:unbooked",
}
"""Where the one thing of a week has something ready."""


def digest(words: Words, facts: DigestFacts) -> Message:
    """One cohort's week: at most twenty blocks besides the themes, whatever happened."""
    return Message(words.say("report.digest.text"), [*_body(words, facts), _buttons(words, facts)])


def blocks(words: Words, facts: DigestFacts) -> list[Block]:
    """The digest as part of something else, such as the preview."""
    return _body(words, facts)


def chart(words: Words, facts: ChartFacts) -> Message:
    """The picture that Slack had not processed in time, in the digest's thread."""
    text = words.say("report.digest.chart_follows", cohort=escape(facts.cohort.name), week=facts.figures.week)
    picture = _picture(words, facts.figures, facts.chart_file)
    return ThreadedMessage(words.say("report.digest.chart_text"), [section(text), picture, note(text)], facts.thread)


def flags(words: Words, facts: FlagFacts) -> Message:
    """What has come up, counts only; the list opens for coordinators."""
    drawn: list[Block] = [
        section(
            words.say(
                "report.flags.line", cohort=escape(cohort.name), concerns=phrases.concerns(words, counts)
            ),
            button(words.say("report.digest.open_list"), "report.list", cohort.id),
        )
        for cohort, counts in facts.cohorts[:20]
    ]  # fmt: skip
    drawn += [
        section(words.say(f"report.matter.{matter}", n=n), button(words.say("report.digest.open_list"), OPENS[matter]))
        for matter, n in facts.matters
    ]
    return Message(words.say("report.flags.text"), [*drawn, note(words.say("report.flags.sees"))])


def _body(words: Words, facts: DigestFacts) -> list[Block]:
    """What asks something of the coordinators comes first: half an hour a week has to be enough."""
    figures = facts.figures
    return [
        header(_title(words, facts)),
        note(_covers(words, facts)),
        *([section(words.say("report.digest.over"))] if figures.final else _to_do(words, facts)),
        section(_activity(words, facts)),
        *_said(words, facts),
        *([section(_promises(words, figures))] if facts.shows(Part.PROMISES) else []),
        *([section(care.lines(words, figures))] if facts.shows(Part.CARE) and figures.more else []),
        *(theme.digest_blocks(words, facts) if facts.shows(Part.THEMES) else []),
        note(_foot(words, facts)),
    ]


def _said(words: Words, facts: DigestFacts) -> list[Block]:
    """The four figures, and the picture of them."""
    figures = facts.figures
    drawn: list[Block] = [section(phrases.says(words, figures.reciprocity))] if facts.shows(Part.FIGURES) else []
    if facts.chart_file is not None and facts.shows(Part.CHART):
        drawn.append(_picture(words, figures, facts.chart_file))
    return drawn


def _foot(words: Words, facts: DigestFacts) -> str:
    foot = words.say("report.digest.foot", least=facts.figures.fewest)
    return f"{foot} {words.say('report.digest.others', n=facts.others)}" if facts.others else foot


def _buttons(words: Words, facts: DigestFacts) -> Block:
    say, cohort_id = words.say, facts.cohort.id
    shield = button(say("report.digest.shield"), "report.shield", cohort_id)
    if facts.figures.final:
        return actions(shield)
    return actions(
        shield,
        button(say("report.digest.preview_next"), "report.preview", cohort_id),
        button(say("report.digest.pause"), "report.pause", cohort_id),
    )


def _activity(words: Words, facts: DigestFacts) -> str:
    figures = facts.figures
    said = phrases.sessions(words, figures.activity, over=figures.final)
    lines = [said]
    if figures.of_late and figures.of_late.planned:
        lines.append(phrases.reliability(words, figures.of_late))
    if figures.unreflected:
        lines.append(words.say("report.digest.unreflected", n=figures.unreflected))
    if figures.ripples and facts.shows(Part.RIPPLES):
        lines.append(phrases.ripples(words, figures.ripples))
    return "\n".join(lines)


def _to_do(words: Words, facts: DigestFacts) -> list[Block]:
    thing = "" if facts.ahead else facts.figures.one_thing
    return [_needs(words, facts), *([_one_thing(words, thing)] if thing and facts.shows(Part.ONE_THING) else [])]


def _title(words: Words, facts: DigestFacts) -> str:
    figures, name = facts.figures, facts.cohort.name
    if facts.ahead:
        return words.say("report.digest.title_ahead", cohort=name, day=words.date(facts.cohort.starts_on))
    key = "report.digest.title_final" if figures.final else "report.digest.title"
    return words.say(key, cohort=name, week=figures.week, weeks=figures.weeks)


def _covers(words: Words, facts: DigestFacts) -> str:
    start, end = words.date(facts.figures.start), words.date(facts.figures.end)
    return words.say("report.digest.covers_so_far" if facts.so_far else "report.digest.covers", start=start, end=end)


def _needs(words: Words, facts: DigestFacts) -> Block:
    figures = facts.figures
    lights = phrases.lights(words, figures.lights)
    tail = f"\n{words.say('report.digest.lights', lights=lights)}" if lights else ""
    if not figures.concerns and not lights:
        return _no_pairs(words, facts)
    if not figures.concerns:
        return section(words.say("report.digest.needs_nobody") + tail)
    text = words.say("report.digest.needs", concerns=phrases.concerns(words, figures.concerns))
    return section(text + tail, button(words.say("report.digest.open_list"), "report.list", facts.cohort.id))


def _no_pairs(words: Words, facts: DigestFacts) -> Block:
    """Nothing to look after yet, and what comes first; or nothing any more."""
    if any(bar.held or bar.planned for bar in facts.figures.bars):
        return section(words.say("report.digest.needs_nobody_runs"))
    key = "report.digest.needs_pairs_ahead" if facts.ahead else "report.digest.needs_pairs"
    text = words.say(key, day=words.date(facts.cohort.starts_on))
    return section(text, button(words.say("matches.title"), "match.runs"))


def _promises(words: Words, figures: DigestFigures) -> str:
    kept = figures.promises
    key = "report.digest.promises" if kept.due else "report.digest.promises_none"
    said = words.say(key, due=kept.due, done=kept.done, slipping=kept.slipping)
    return f"{said}\n{phrases.gap(words, figures.say_do)}"


def _one_thing(words: Words, thing_id: str) -> Block:
    """Where a template is ready, it can be looked at; nothing goes out before that was pressed once more."""
    known = {thing.id: thing.text for thing in words.content.one_things.things}
    text = words.say("report.digest.one_thing", text=known.get(thing_id, ""))
    ready = TEMPLATES.get(thing_id)
    return section(text, button(words.say("report.digest.template"), ready) if ready else None)


def _picture(words: Words, figures: DigestFigures, file_id: str) -> Block:
    return ImageBlock(
        slack_file=SlackFile(id=file_id),
        alt_text=alt_text(words, figures),
        title=PlainTextObject(text=words.say("report.digest.chart_title")),
    )
