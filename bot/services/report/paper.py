"""The report's facts, read in one transaction: releases as they were published, counts made by the database.

How much memory it takes depends on the number of cohorts, months and releases, and on nothing that people answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.disclosure import LEAST_K, Withheld, least, needed
from bot.domain.refusals import Refusal
from bot.domain.report.figures import Section, added_up
from bot.domain.report.kinds import ONCE
from bot.domain.report.paper import Asked, Paper, Part, ThemeLine, Told, added, why_not
from bot.domain.report.period import PeriodWords, Span, first_monday, read_period
from bot.domain.report.wanted import cohort_named, read_wanted
from bot.domain.theme import ThemeStory
from bot.domain.when import UNDO, local_day
from bot.services.kit import Kit
from bot.services.meet.spoken import both, time_words
from bot.services.report.activity import midnight
from bot.services.report.outcomes import outcomes_of
from bot.services.report.weekly import stored
from bot.services.theme import themes_of
from prompts import Words
from storage import programme as programmes
from storage import report, ripple, theme
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import FigureKind, Occasion, Release
from storage.records.theme import ThemeStep
from storage.report import papers
from storage.store import Tx

_KINDS = tuple(FigureKind)
_DAY = timedelta(days=1)


def period_words(kit: Kit, words: Words) -> PeriodWords:
    """The months and phrases of a language, and the English ones beside them."""
    spoken = both(time_words(words), time_words(kit.words("en")))
    phrases = {
        phrase.strip().casefold().replace("’", "'"): name
        for pack in (kit.words("en"), words)
        for name in ("last_month", "this_month", "last_quarter", "this_quarter", "last_year", "this_year")
        for phrase in pack.say(f"paper.period.{name}").split("|")
    }
    return PeriodWords(spoken.months, phrases)


async def reported(tx: Tx) -> list[Cohort]:
    """The cohorts that a report can be about: all that ever opened, newest last."""
    return await programmes.cohorts(tx, CohortState.OPEN, CohortState.CLOSED)


async def named(tx: Tx, name: str) -> Cohort | None:
    """The cohort of that name; None where none was named. Raises Refusal with the names there are."""
    return cohort_named(name, await reported(tx)) if name.strip() else None


async def understand(kit: Kit, tx: Tx, programme: Programme, text: str, words: Words) -> Asked:
    """A cohort's name and a period as they were typed, either or none. Raises Refusal that says what to type."""
    today = local_day(kit.clock(), programme.zone)
    asked = read_wanted(text, await reported(tx), period_words(kit, words), today)
    await check_begun(kit, tx, programme, asked, words)
    return asked


async def span_of(kit: Kit, programme: Programme, text: str, words: Words) -> Span | None:
    """A period alone; None where nothing was typed. Raises Refusal."""
    today = local_day(kit.clock(), programme.zone)
    return read_period(text, period_words(kit, words), today) if text.strip() else None


async def check_begun(kit: Kit, tx: Tx, programme: Programme, asked: Asked, words: Words) -> None:
    """Raises Refusal with the first day there is, where the weeks asked for lie before it."""
    cohorts = [asked.cohort] if asked.cohort else await reported(tx)
    if asked.span is None or not cohorts:
        return
    first = min([(await _days(tx, programme, one, None, kit.clock()))[0] for one in cohorts])
    if asked.span.end < first:
        raise Refusal("paper.refused.before", day=words.full_date(first))


async def paper_of(kit: Kit, tx: Tx, programme: Programme, asked: Asked) -> Paper:
    """A whole report, from what is published and counted now."""
    now = kit.clock()
    cohorts = [asked.cohort] if asked.cohort else await reported(tx)
    parts = [await _part(kit, tx, programme, cohort, asked.span, now) for cohort in cohorts]
    all_told = [one for part in parts for one in part.told.values()]
    return Paper(
        whole=added(parts), parts=tuple(parts), span=asked.span, made_on=local_day(now, programme.zone),
        zone=programme.zone, least=min((one.section.fewest for one in all_told), default=LEAST_K), single=asked.cohort,
    )  # fmt: skip


async def _part(kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, span: Span | None, now: datetime) -> Part:
    first, last = await _days(tx, programme, cohort, span, now)
    start, end = midnight(first, programme.zone), midnight(last + _DAY, programme.zone)
    return Part(
        cohort=cohort,
        told=await _told(tx, programme, cohort, span),
        months=await papers.months(tx, cohort.id, _bounds(first, last, programme.zone, weeks=span is not None)),
        promises=await papers.promises(tx, cohort.id, first, last),
        pairs=await papers.pairs(tx, cohort.id, start, end),
        ripples=tuple(sorted((await ripple.counts(tx, cohort.id, start, end)).items())),
        themes=await _themes(kit, tx, programme, cohort),
    )


async def _days(tx: Tx, programme: Programme, cohort: Cohort, span: Span | None, now: datetime) -> tuple[date, date]:
    """The first and last day that is counted: of the weeks asked for until today, else of the cohort until today."""
    today = local_day(now, programme.zone)
    if span is not None:
        return span.start, min(span.end, today)
    met = await papers.first_session(tx, cohort.id)
    starts = min(cohort.starts_on, local_day(met, programme.zone)) if met else cohort.starts_on
    return min(starts, today), today


def _bounds(first: date, last: date, zone: str, *, weeks: bool) -> list[tuple[date, datetime, datetime]]:
    """The months of these days, each clipped to them: its first day, and from when until when, UTC.

    Where whole `weeks` were asked for, each is in the month of its Monday: else a few days would stand for a month.
    """
    found, month = [], first.replace(day=1)
    while (start := first_monday(month) if weeks else month) <= last:
        after = (month + 31 * _DAY).replace(day=1)
        end = first_monday(after) if weeks else after
        found.append((month, midnight(max(start, first), zone), midnight(min(end, last + _DAY), zone)))
        month = after
    return found


async def _told(tx: Tx, programme: Programme, cohort: Cohort, span: Span | None) -> dict[FigureKind, Told]:
    """Every kind: what was published of it in these weeks, or why nothing was."""
    releases: dict[FigureKind, list[Release]] = {kind: [] for kind in _KINDS}
    for release in await report.releases(tx, cohort.id, *_KINDS):
        if span is None or span.start <= local_day(release.published_at, programme.zone) <= span.end:
            releases[release.kind].append(release)
    counted = {one.occasion: one.sections for one in await outcomes_of(tx, cohort.id)}
    said = await _said(tx, cohort)
    for sections in counted.values():
        said |= {kind: section.withheld for kind, section in sections.items()}
    return {kind: _tell(programme, cohort, kind, releases[kind], said, list(counted), span) for kind in _KINDS}


def _tell(
    programme: Programme, cohort: Cohort, kind: FigureKind, releases: Sequence[Release],
    said: Mapping[FigureKind, Withheld | None], counted: Sequence[Occasion], span: Span | None,
) -> Told:  # fmt: skip
    withheld = said.get(kind) if kind in said or kind in ONCE else Withheld.WAITING
    section = Section(added_up(releases, programme.zone), withheld, least(cohort), needed(cohort))
    if span is not None and section.published is not None:
        section = replace(section, withheld=None)  # what is new now says nothing about those weeks
    is_open = cohort.state is CohortState.OPEN
    return Told(section, why_not(kind, section, is_open=is_open, counted=counted, span=span))


async def _said(tx: Tx, cohort: Cohort) -> dict[FigureKind, Withheld | None]:
    """Why the last weekly sweep published nothing new of each running kind."""
    newest = await report.last_digest(tx, cohort.id)
    if newest is None:
        return {}
    last = stored(newest)
    sections = {kind: last.section(kind) for kind in _KINDS}
    return {kind: section.withheld for kind, section in sections.items() if section is not None}


async def _themes(kit: Kit, tx: Tx, programme: Programme, cohort: Cohort) -> tuple[ThemeLine, ...]:
    """Themes past the gate and what became of them, whatever the weeks: a theme has no date.

    What can still be taken back is not told yet.
    """
    labels = {tag.id: tag.label for tag in await theme.tags(tx)}
    told = [one.before(kit.clock() - UNDO) for one in await themes_of(kit, tx, cohort)]
    return tuple(_line(one, labels, programme.zone) for one in told)


def _line(story: ThemeStory, labels: Mapping[str, str], zone: str) -> ThemeLine:
    last = story.last
    if last is None or last.step is ThemeStep.REOPENED:
        return ThemeLine(story.theme, labels.get(story.theme, ""), None)
    said = last.words or "" if last.step is ThemeStep.CLOSED else ""
    return ThemeLine(story.theme, labels.get(story.theme, ""), last.step, local_day(last.at, zone), said)
