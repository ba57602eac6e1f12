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
    HeldFacts,
    Listed,
    Matter,
    MatterFacts,
    MatterRow,
    NeedsFacts,
    Part,
    PreviewFacts,
    Promises,
    ScheduleFacts,
    SettingFacts,
    ShieldFacts,
)
from bot.domain.report.figures import Figure, Published, Section, Step
from bot.views import report as views
from bot.views.parts import Message, Modal
from bot.views.report import care, modals, settings
from bot.views.report.picture import alt_text, picture
from playground.blocks import check_blocks, check_view
from prompts import Library, Words
from storage.records.paper import MonthCount
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.records.report import DigestSetting, FigureKind, Held
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
_NAMES = ("learn", "help", "advocate", "introduce")


def step(day: date, n: int, *cells: tuple[int, int]) -> Step:
    return Step(day, n, tuple(Figure(name, low, high) for name, (low, high) in zip(_NAMES, cells, strict=True)))


STEPS = (
    step(date(2026, 3, 30), 10, (2, 2), (8, 10), (0, 2), (3, 3)),
    step(date(2026, 4, 13), 7, (3, 3), (5, 7), (0, 2), (5, 7)),
    step(date(2026, 4, 27), 8, (6, 8), (6, 8), (0, 2), (0, 2)),
)
PUBLISHED = Published(
    25, 3, date(2026, 4, 27), False,
    (Figure("learn", 11, 13), Figure("help", 19, 25), Figure("advocate", 0, 6), Figure("introduce", 8, 12)), STEPS,
)  # fmt: skip
BOTH = {
    FigureKind.BENEFIT_JUNIOR: Section(
        Published(12, 1, date(2026, 4, 20), False, (Figure("gives_more", 4, 4),)), None, 5, 10
    ),
    FigureKind.BENEFIT_SENIOR: Section(
        Published(11, 1, date(2026, 4, 20), False, (Figure("gives_more", 9, 11),)), Withheld.WAITING, 5, 10
    ),
    FigureKind.SAFETY_JUNIOR: Section(None, Withheld.FEW, 5, 10),
    FigureKind.SAFETY_SENIOR: Section(
        Published(11, 1, date(2026, 4, 20), False, (Figure("can_say", 6, 6),)), None, 5, 10
    ),
}
NEITHER = {kind: Section(None, Withheld.FEW, 5, 10) for kind in BOTH}
GAP = Published(12, 1, date(2026, 4, 20), False, (Figure("unnoticed", 0, 2),))
BARS = tuple(WeekBar(date(2026, 3, 2) + timedelta(weeks=n), n % 3, 0 if n < 9 else 4) for n in range(11))
FULL = DigestFigures(
    start=date(2026, 5, 4), end=date(2026, 5, 10), week=10, weeks=16,
    activity=Activity(9, 11, 2, 1, 1, 2, 16, 14), concerns=((Concern.TWICE, 1), (Concern.NO_FIRST, 2)),
    lights=((Light.TOO_EARLY, 0), (Light.ON_TRACK, 12), (Light.ATTENTION, 3), (Light.AT_RISK, 1), (Light.PAUSED, 2)),
    reciprocity=Section(PUBLISHED, Withheld.WAITING, 5, 10), say_do=Section(GAP, Withheld.WAITING, 5, 10),
    promises=Promises(7, 5, 2), one_thing="protect_hour", bars=BARS,
    more=BOTH, of_late=MonthCount(date(2026, 4, 13), 31, 4, 1, 1, 2),
)  # fmt: skip
EMPTY = replace(
    FULL, activity=Activity(0, 0, 0, 0, 0, 0, 0, 0), concerns=(), lights=(), promises=Promises(0, 0, 0), one_thing="",
    reciprocity=Section(None, Withheld.FEW, 5, 10), say_do=Section(None, Withheld.FEW, 5, 10), bars=(),
    more=NEITHER, of_late=MonthCount(date(2026, 4, 13)),
)  # fmt: skip
CLOSED = replace(
    FULL, final=True, concerns=(), say_do=Section(None, Withheld.ENDED, 5, 10),
    reciprocity=Section(replace(PUBLISHED, releases=1, closing=True, steps=STEPS[:1]), None, 5, 10),
)  # fmt: skip


def check(name: str, drawn: Message | Modal) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"report/{name}", payload)


def test_the_digest(words: Words) -> None:
    check("digest", views.digest(words, DigestFacts(COHORT, FULL, "F123")))
    check("digest_without_chart", views.digest(words, DigestFacts(COHORT, replace(FULL, unreflected=3))))
    check("digest_first_week", views.digest(words, DigestFacts(COHORT, EMPTY)))
    check("digest_ahead", views.digest(words, DigestFacts(COHORT, EMPTY, so_far=True, ahead=True)))
    none_left = views.digest(words, DigestFacts(COHORT, replace(EMPTY, bars=BARS)))
    assert "Nobody. No pair is running." in str(none_left.payload()) and "match.runs" not in str(none_left.payload())
    check("digest_final", views.digest(words, DigestFacts(COHORT, CLOSED, "F123")))
    check("chart", views.chart(words, ChartFacts(COHORT, FULL, "F123", "1.2")))


def test_the_digest_has_only_the_parts_that_coordinators_want(words: Words) -> None:
    bare = views.digest(words, DigestFacts(COHORT, FULL, "F123", hidden=frozenset(Part), others=2))
    check("digest_bare", bare)
    assert "2 people in this channel do not coordinate" in str(bare.payload())
    assert len(views.digest(words, DigestFacts(COHORT, FULL, "F123")).blocks) <= 30


def test_a_side_is_named_only_where_figures_leave_no_doubt(words: Words) -> None:
    even = replace(FULL, more=BOTH | {FigureKind.BENEFIT_SENIOR: BOTH[FigureKind.BENEFIT_JUNIOR]})
    one = replace(FULL, more=BOTH | {FigureKind.BENEFIT_SENIOR: NEITHER[FigureKind.BENEFIT_SENIOR]})
    said = [care.lines(words, figures).splitlines()[-1] for figures in (FULL, even, one)]
    assert said == [words.say(f"report.balance.{name}") for name in ("seniors", "even", "unknown")]


def test_a_cohorts_own_settings_and_what_is_said_when_nothing_could_be_posted(words: Words) -> None:
    own = DigestSetting("c1", "C2", True, ("chart", "care"))
    check("setting", settings.setting(words, SettingFacts(PROGRAMME, COHORT, own, NOW)))
    mended = SettingFacts(PROGRAMME, COHORT, replace(own, paused=False), NOW, "the way back")
    check("setting_saved", settings.saved(words, mended))
    check("setting_undone", settings.saved(words, replace(mended, undo=""), undone=True))
    check("setting_paused", settings.pausing(words, SettingFacts(PROGRAMME, COHORT, own, NOW)))
    for why in Held:
        check(f"held_{why}", views.held(words, HeldFacts(COHORT, "C1", why)))
    check("held_now", views.held(words, HeldFacts(COHORT, "C1", Held.PUBLIC, kept=False)))
    check("held_other", views.held(words, HeldFacts(None, "C1", Held.PUBLIC)))


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
    first = "_first" if reason in (Withheld.WAITING, Withheld.SENIORS) else ""
    assert words.say(f"report.withheld.{reason}{first}", least=5, needed=10) in said[0]
    assert "new figures" not in said[0], "there never were any"


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
    check("moved", modals.moved(words, ScheduleFacts(PROGRAMME, NOW, "the way back")))
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
        assert f"{row['label']}: {row['share']}, {row['bounds']}, {row['trend']}." in alt
    assert spec["subtitle"] in alt
    assert len(alt) <= 2000
    same_as_golden("report/picture", {"alt": alt, "spec": spec})


def test_the_alt_text_keeps_french_signs_beside_their_words(library: Library) -> None:
    said = alt_text(library.words("fr"), FULL)
    assert said.count("\u00a0; ") == 7 and " ;" not in said and " :" not in said


def test_before_the_first_release_the_chart_shows_no_bar(words: Words) -> None:
    assert {row["n"] for row in picture(words, EMPTY)["rows"]} == {0}
    assert "No figures have been released yet." in alt_text(words, EMPTY)
