"""What preferences and pauses look like, whole; and that a partner never reads who paused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.match import PairPeople
from bot.domain.pause import AccountGone, FrozenFacts, Paused, PausedFacts, PauseForm, ResumedFacts
from bot.domain.prefs import PrefsForm, Saved
from bot.services.calendar import parts_of, regions
from bot.views import bundle, pause, plain, prefs
from bot.views.common import sentence
from prompts import Words
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.pause import Pause
from storage.records.prefs import Prefs
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE-BY", False)
CHOSEN = Prefs("en", "Asia/Tokyo", 8, 20, 11, 3, fewer=True, plain=True)
PAUSE = Pause("z1", "T1", "ana", NOW, date(2026, 3, 23), datetime(2026, 3, 23, 9, tzinfo=UTC), "Back *soon* <!here>")
OFF = Session("s1", "T1", "p1", 2, NOW, 60, "", SessionState.CANCELLED, "bo", None, NOW)


def test_the_preferences_as_they_come_and_as_somebody_chose_them(words: Words) -> None:
    form = PrefsForm(replace(ANA, region=""), "Europe/Berlin", ("en",), regions()[:4], {})
    same_as_golden("prefs/form", prefs.form(words, form).payload())
    chosen = PrefsForm(replace(ANA, prefs=CHOSEN), "Europe/Berlin", ("en",), ("DE", "FR"), parts_of("DE"))
    same_as_golden("prefs/form_chosen", prefs.form(words, chosen).payload())
    same_as_golden("prefs/form_coordinator", prefs.form(words, replace(chosen, takes_part=False)).payload())


def test_countries_with_the_most_parts_fit_into_the_modal(words: Words) -> None:
    for region in ("IT", "US", "IN", "BR", "CH", "AR", "PT", "DE", ""):
        facts = PrefsForm(replace(ANA, region=region), "UTC", ("en",), regions(), parts_of(region))
        for block in prefs.form(words, facts).payload()["blocks"]:
            element = block.get("element", {})
            groups = element.get("option_groups") or [{"options": element.get("options") or []}]
            assert all(len(group["options"]) <= 100 for group in groups)
            assert all(len(option["text"]["text"]) <= 75 for group in groups for option in group["options"])


@pytest.mark.parametrize(("moved", "changed"), [(0, True), (3, True), (0, False)])
def test_what_was_saved_can_be_taken_back(words: Words, moved: int, changed: bool) -> None:
    drawn = prefs.saved(words, Saved(replace(ANA, prefs=CHOSEN), moved, changed)).payload()
    assert ("prefs.undo" in json.dumps(drawn)) is changed
    if moved:
        same_as_golden("prefs/saved", drawn)


def test_a_pause_as_the_one_who_pauses_sees_it(words: Words) -> None:
    form = PauseForm(ANA, NOW.date(), PAUSE.until)
    same_as_golden("pause/form", pause.form(words, form).payload())
    same_as_golden("pause/form_running", pause.form(words, replace(form, running=PAUSE)).payload())
    same_as_golden("pause/done", pause.done(words, Paused(PAUSE, ANA, 1)).payload())
    assert "pause.undo" not in str(pause.done(words, Paused(replace(PAUSE, settled_at=NOW), ANA, 1)).payload())


def test_a_partner_reads_the_same_words_whoever_asked(words: Words) -> None:
    facts = PausedFacts(PAUSE.until, "", (), "Europe/Berlin")
    assert "U07ANA0000" not in str(pause.paused(words, facts).payload())
    same_as_golden("pause/paused", pause.paused(words, facts).payload())
    told = pause.paused(words, replace(facts, note=PAUSE.note, called_off=(OFF,))).payload()
    assert "<!here>" not in str(told)
    same_as_golden("pause/paused_with_word", told)
    same_as_golden("pause/resumed", pause.resumed(words, ResumedFacts(True, ("U07BO00000",))).payload())
    frozen = pause.frozen(words, FrozenFacts((OFF,), "Europe/Berlin"))
    assert "U07" not in str(frozen.payload()) and "account" not in str(frozen.payload())
    same_as_golden("pause/frozen", frozen.payload())
    same_as_golden("pause/resumed_partner", pause.resumed(words, ResumedFacts(False, ("U07ANA0000",))).payload())


def test_coordinators_read_whose_account_was_closed_and_who_needs_somebody(words: Words) -> None:
    bo = replace(ANA, id="bo", user_id="U07BO00000", name="Bo Lindgren")
    pair = Pair("p1", "T1", "c1", "ana", "bo", PairState.PAUSED, None, "", "", NOW, NOW, None)
    drawn = pause.account_gone(words, AccountGone(ANA, (PairPeople(pair, ANA, bo),)))
    same_as_golden("pause/account_gone", drawn.payload())


def test_of_a_bundle_only_the_part_that_was_pressed_changes(words: Words) -> None:
    drawn = bundle.together(words, [sentence("one"), sentence("two"), sentence("three")]).payload()["blocks"]
    shown = [{"block_id": f"b{n}", **block} for n, block in enumerate(drawn)]
    pressed = next(block["block_id"] for block in shown if "two" in str(block))
    after = bundle.changed(shown, pressed, sentence("done").payload()["blocks"])
    assert after is not None
    said = [block["text"]["text"] for block in after if block["type"] == "section"]
    assert said[1:] == ["one", "done", "three"]
    assert bundle.changed([{"type": "section", "block_id": "x"}], "x", []) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (":wave: *Hi* 🎉", "*Hi*"), ("a · b → c", "a, b, then c"), ("~old~ new", "old new"),
        ("10:00 to 11:00, <https://x.y/a:b:c|there>", "10:00 to 11:00, <https://x.y/a:b:c|there>"),
        ("<!date^1^{time}|10:00:00>", "<!date^1^{time}|10:00:00>"), ("🎉", "🎉"),
    ],
)  # fmt: skip
def test_what_decorates_is_left_out_and_nothing_else(text: str, heard: str) -> None:
    payload = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}, {"type": "divider"}]}
    assert [block["text"]["text"] for block in plain.plain(payload)["blocks"]] == [heard]
