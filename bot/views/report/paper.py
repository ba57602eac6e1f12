"""The report as Slack shows it: a summary at once and below the files, and the form for a CSV."""

from slack_sdk.models.blocks import Block, CheckboxesElement, Option

from bot.domain.report.paper import ExportFacts, Group, Paper, PaperFacts, Part, total
from bot.views.common import sentence, to_pick
from bot.views.parts import CHOICES, Message, Modal, actions, button, field_of, header, menu, note, section, text_field
from bot.views.report import paper_lines as lines
from bot.views.report import phrases
from prompts import Words, escape
from storage.records.paper import PaperWhat
from storage.records.report import FigureKind

ALL = "all"
COHORT, PERIOD, GROUPS = "cohort", "period", "groups"
_LABEL = 75


def summary(words: Words, paper: Paper) -> Message:
    """What the coordinator reads at once, only to her; the files come by direct message."""
    coming = section(words.say("paper.message.coming"))
    more = actions(button(words.say("paper.message.csv"), "report.export"))
    return Message(words.say("paper.message.text"), [*_said(words, paper), coming, more, note(_seen(words))])


def sent(words: Words, facts: PaperFacts) -> Message:
    """Below the files, in her own direct messages."""
    say, paper = words.say, facts.paper
    if facts.barred:
        return _barred(words, facts)
    if facts.what is PaperWhat.FIGURES:
        drawn: list[Block] = [section(f"*{escape(_about(words, paper))}*\n{say('paper.message.file')}")]
        forward = say("paper.message.forward_figures", least=paper.least)
        return Message(say("paper.message.text_figures"), [*drawn, note(forward)])
    files, forward = say("paper.message.files"), say("paper.message.forward", least=paper.least)
    return Message(say("paper.message.text"), [*_said(words, paper), section(files), section(forward)])


def _barred(words: Words, facts: PaperFacts) -> Message:
    """The figures without files, and who can mend it."""
    about = [section(escape(_about(words, facts.paper)))]
    said = about if facts.what is PaperWhat.FIGURES else _said(words, facts.paper)
    text = words.say("paper.message.text_barred")
    return Message(text, [*said, section(words.say("paper.message.barred")), note(_seen(words))])


def asked(words: Words) -> Message:
    return sentence(words.say("paper.message.asked"))


def export(words: Words, facts: ExportFacts) -> Modal:
    """A10: whose figures, of which weeks, and which of them."""
    say = words.say
    listed = to_pick(facts.cohorts[::-1], facts.cohort_id, CHOICES - 1)
    cohorts = {ALL: say("paper.form.all")} | {one.id: one.name[:_LABEL] for one in listed}
    more = [note(say("paper.form.more"))] if len(listed) < len(facts.cohorts) else []
    boxes = [Option(value=one, text=say(f"paper.group.{one}")[:_LABEL]) for one in Group]
    blocks = [
        field_of(COHORT, say("paper.form.cohort"), menu(cohorts, facts.cohort_id or ALL)),
        *more,
        text_field(
            PERIOD, say("paper.form.period"), initial=facts.period, most=60, hint=say("paper.form.period_hint"),
            optional=True,
        ),
        field_of(GROUPS, say("paper.form.groups"), CheckboxesElement(options=boxes, initial_options=boxes)),
        note(say("paper.form.sees")),
    ]  # fmt: skip
    return Modal(
        "report.export", say("paper.form.title"), blocks, say("common.buttons.close"), submit=say("paper.form.submit")
    )


def _said(words: Words, paper: Paper) -> list[Block]:
    """Who benefited, the four questions, promises and sessions, each in a line or two."""
    part = paper.whole
    caveat = lines.caveat(words, part)
    benefit = "\n".join([*lines.balances(words, part), *_rows(words, part)])
    return [
        header(words.say("paper.message.title")),
        note(escape(_about(words, paper))),
        section(benefit),
        section(_juniors(words, part)),
        section(_facts(words, part)),
        *([note(caveat)] if caveat else []),
    ]


def _about(words: Words, paper: Paper) -> str:
    return words.say("paper.message.about", whom=lines.whom(words, paper), period=lines.period(words, paper))


def _rows(words: Words, part: Part) -> list[str]:
    """Both sides beside each other, where one of them has a figure."""
    none = words.say("paper.message.none")
    return [
        words.say(
            "paper.message.line", name=words.say(f"paper.both.{row.name}"),
            seniors=lines.said(words, row.senior) if row.senior else none,
            juniors=lines.said(words, row.junior) if row.junior else none,
        )
        for row in lines.side_by_side(words, part)
        if row.senior or row.junior
    ]  # fmt: skip


def _juniors(words: Words, part: Part) -> str:
    """The four questions, from how many answers, or why there is nothing; then whether they noticed what was done."""
    published = part.told[FigureKind.RECIPROCITY].published
    reason = lines.standing(lines.why(words, part, FigureKind.RECIPROCITY))
    if published is None:
        return f"*{words.say('report.chart.title')}*\n_{reason or words.say('paper.message.none')}_"
    releases = words.say("report.count.releases", n=published.releases)
    found = [words.say("paper.message.says", answers=phrases.answers(words, published.n), releases=releases)]
    for one in published.figures:
        known = lines.said(words, (one, published.n))
        found.append(words.say("paper.message.said", name=words.say(f"report.plain.{one.name}"), figure=known))
    if gap := part.figure(FigureKind.SAY_DO, "unnoticed"):
        found.append(words.say("paper.page.gap", figure=lines.said(words, gap)))
    return "\n".join([*found, *([f"_{reason}_"] if reason else [])])


def _facts(words: Words, part: Part) -> str:
    whole = total(part.months)
    key = "reliability" if whole.planned else "no_sessions"
    sessions = words.say(f"paper.page.{key}", held=whole.held, planned=whole.planned)
    named = [lines.theme_name(words, line) for line in part.themes]
    themes = [words.say("report.digest.themes", themes=escape(" · ".join(named)))] if named else []
    return "\n".join([sessions, lines.promises(words, part), *themes])


def _seen(words: Words) -> str:
    return words.say("paper.message.sees")
