"""What the digest, its modals and the flags look like, and that the picture and its words say the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.disclosure import Withheld
from bot.domain.report.activity import Activity, Checked, Concern, History, Light, WeekBar
from bot.domain.report.facts import (
    ChartFacts,
    DigestFacts,
    DigestFigures,
    FlagFacts,
    HealthFacts,
    Listed,
    Matter,
    MatterFacts,
    MatterRow,
    NeedsFacts,
    PreviewFacts,
    Promises,
    ScheduleFacts,
    ShieldFacts,
)
from bot.domain.report.figures import Figure, Published, Section
from bot.views import report as views
from bot.views.parts import Message, Modal
from bot.views.report import modals
from bot.views.report.picture import alt_text, picture
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from tests.golden import same_as_golden
from tests.views.test_enrol import NOW, PAIR, PEOPLE, SESSION

COHORT = Cohort(
    "c1", "T1", "Spring *& co* <!here>", Purpose.TECHNOLOGY, date(2026, 3, 2), date(2026, 6, 19), 6, 14, False,
    CohortState.OPEN, 5, 2,
)  # fmt: skip
PROGRAMME = Programme(
    team_id="T1", enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner="U1", safe_contacts=("U2", "U3"),
    channel_id="C1", zone="Europe/Berlin", digest_weekday=0, digest_hour=9, k=5, clamp=2, checkin_after_hours=None,
    language="en", digest_paused=False, created_at=NOW,
)  # fmt: skip
PUBLISHED = Published(
    25, 3, date(2026, 4, 27), False,
    (Figure("learn", 11, 17), Figure("help", 18, 25), Figure("advocate", 0, 7), Figure("introduce", 9, 9)),
)  # fmt: skip
GAP = Published(12, 1, date(2026, 4, 20), False, (Figure("unnoticed", 0, 2),))
BARS = tuple(WeekBar(date(2026, 3, 2) + timedelta(weeks=n), n % 3, 0 if n < 9 else 4) for n in range(11))
FULL = DigestFigures(
    start=date(2026, 5, 4), end=date(2026, 5, 10), week=10, weeks=16,
    activity=Activity(9, 11, 2, 1, 1, 2, 16, 14), concerns=((Concern.TWICE, 1), (Concern.NO_FIRST, 2)),
    lights=((Light.TOO_EARLY, 0), (Light.ON_TRACK, 12), (Light.ATTENTION, 3), (Light.AT_RISK, 1), (Light.PAUSED, 2)),
    reciprocity=Section(PUBLISHED, Withheld.WAITING, 5, 10), say_do=Section(GAP, Withheld.WAITING, 5, 10),
    promises=Promises(7, 5, 2), one_thing="protect_hour", bars=BARS,
)  # fmt: skip
EMPTY = replace(
    FULL, activity=Activity(0, 0, 0, 0, 0, 0, 0, 0), concerns=(), lights=(), promises=Promises(0, 0, 0), one_thing="",
    reciprocity=Section(None, Withheld.FEW, 5, 10), say_do=Section(None, Withheld.FEW, 5, 10), bars=(),
)  # fmt: skip
CLOSED = replace(
    FULL, final=True, concerns=(), reciprocity=Section(replace(PUBLISHED, releases=1, closing=True), None, 5, 10),
    say_do=Section(None, Withheld.ENDED, 5, 10),
)  # fmt: skip


def check(name: str, drawn: Message | Modal) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"report/{name}", payload)


def test_the_digest(words: Words) -> None:
    check("digest", views.digest(words, DigestFacts(COHORT, FULL, "F123")))
    check("digest_without_chart", views.digest(words, DigestFacts(COHORT, FULL)))
    check("digest_first_week", views.digest(words, DigestFacts(COHORT, EMPTY)))
    check("digest_final", views.digest(words, DigestFacts(COHORT, CLOSED, "F123")))
    check("chart", views.chart(words, ChartFacts(COHORT, FULL, "F123", "1.2")))


def test_flags_hold_counts_only(words: Words) -> None:
    check("flags", views.flags(words, FlagFacts(((COHORT, FULL.concerns),), tuple((matter, 2) for matter in Matter))))


@pytest.mark.parametrize("reason", list(Withheld))
def test_the_reason_for_withholding_is_said_in_words_that_depend_on_nothing_else(
    words: Words, reason: Withheld
) -> None:
    """Two cohorts with other figures, withheld for the same reason, read the same."""
    other = replace(FULL, reciprocity=Section(None, reason, 5, 10), activity=EMPTY.activity)
    same = replace(EMPTY, reciprocity=Section(None, reason, 5, 10))
    said = [_says(words, figures) for figures in (other, same)]
    assert said[0] == said[1]
    assert words.say(f"report.withheld.{reason}", least=5, needed=10) in said[0]


def _says(words: Words, figures: DigestFigures) -> str:
    blocks = views.digest(words, DigestFacts(COHORT, figures)).payload()["blocks"]
    return str(next(b["text"]["text"] for b in blocks if b["type"] == "section" and "juniors say" in b["text"]["text"]))


def test_the_modals(words: Words) -> None:
    checked = Checked(History(PAIR, (SESSION,)), Light.AT_RISK, (Concern.TWICE, Concern.NOT_REBOOKED))
    listed = tuple(Listed(PEOPLE, checked) for _ in range(45))
    check("needs", modals.needs(words, NeedsFacts(COHORT, listed[:1], NOW, "Europe/Berlin")))
    check("needs_nobody", modals.needs(words, NeedsFacts(COHORT, (), NOW, "Europe/Berlin")))
    many = modals.needs(words, NeedsFacts(COHORT, listed, NOW, "Europe/Berlin")).payload()
    assert check_view(many, ("modal",)) == []
    assert "And 5 more" in str(many)
    check("shield", modals.shield(words, ShieldFacts(5, 2, 10)))
    check("schedule", modals.schedule(words, ScheduleFacts(PROGRAMME)))
    check("schedule_paused", modals.schedule(words, ScheduleFacts(replace(PROGRAMME, digest_paused=True))))
    check("scheduled", modals.scheduled(words, ScheduleFacts(PROGRAMME, NOW)))
    check("scheduled_paused", modals.scheduled(words, ScheduleFacts(replace(PROGRAMME, digest_paused=True), NOW)))
    check("channel", modals.channel(words, PROGRAMME))
    check("moved", modals.moved(words, PROGRAMME))
    check("health", modals.health(words, HealthFacts(((COHORT, FULL.lights, FULL.concerns), (COHORT, (), ())), 2, 1)))
    everything = tuple((COHORT, FULL.lights, tuple((one, 9) for one in Concern)) for _ in range(40))
    assert check_view(modals.health(words, HealthFacts(everything, 1, 1)).payload(), ("modal",)) == []
    rows = tuple(MatterRow(PEOPLE, matter) for matter in (Matter.GONE, Matter.APART))
    check("matters", modals.matters(words, MatterFacts(rows, 3)))
    check("health_none", modals.health(words, HealthFacts(())))


def test_the_preview_fits_one_message_however_many_cohorts_there_are(words: Words) -> None:
    facts = DigestFacts(COHORT, FULL, so_far=True)
    check("preview", modals.preview(words, PreviewFacts((facts,), NOW, "Europe/Berlin")))
    check("preview_none", modals.preview(words, PreviewFacts((), None, "Europe/Berlin")))
    full = modals.preview(words, PreviewFacts((facts,) * 9, None, "Europe/Berlin")).payload()
    assert check_blocks(full["blocks"]) == []


def test_the_chart_and_its_alt_text_say_the_same(words: Words) -> None:
    spec, alt = picture(words, FULL), alt_text(words, FULL)
    for row in spec["rows"]:
        assert f"{row['label']}: {row['share']}, {row['bounds']}." in alt
    assert spec["subtitle"] in alt
    assert len(alt) <= 2000
    same_as_golden("report/picture", {"alt": alt, "spec": spec})


def test_before_the_first_release_the_chart_shows_no_bar(words: Words) -> None:
    assert {row["n"] for row in picture(words, EMPTY)["rows"]} == {0}
    assert "No figures have been released yet." in alt_text(words, EMPTY)
