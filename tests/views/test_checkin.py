"""What the check-in looks like, whole; and that a lock screen never shows a name or a judgement."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.checkin import Invite, Mirror, Reflected, Sheet, Thanks, Told
from bot.domain.match import PairPeople
from bot.views import checkin as views
from playground.blocks import check_view
from prompts import Words
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Learner, Question, Reflection
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("bo", "T1", None, "U07BO00000", "Bo <Lindgren>", "Europe/Berlin", "en-US", "DE", False)
PAIR = Pair("p1", "T1", "k1", "ana", "bo", PairState.ACTIVE, None, "", "", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)
SESSION = Session(
    "s1", "T1", "p1", 2, datetime(2026, 3, 2, 14, tzinfo=UTC), 60, "", SessionState.HELD, "bo", None, NOW
)  # fmt: skip
CHECKIN = Checkin(
    "c1", "T1", "s1", "p1", "ana", Side.JUNIOR, CheckinState.SENT, NOW, datetime(2026, 3, 16, 15, tzinfo=UTC), None
)  # fmt: skip
COMMITMENT = Commitment(
    "k1", "T1", "p1", "bo", "c1", CommitmentKind.BEHAVIOUR, "When <!channel> is used, I will *ask* first",
    date(2026, 3, 20), 0, CommitmentState.OPEN, NOW, None, NOW,
)  # fmt: skip
INVITE = Invite(CHECKIN, SESSION, 5, "Europe/Berlin")
TECHNOLOGY = ("tools", "access", "training", "support", "ai_rules", "data")
BLANK = Sheet(CHECKIN, SESSION, BO, "Europe/Berlin", TECHNOLOGY, 5, AnswerSheet(()), False, False)
FILLED = AnswerSheet(
    (
        Answer(Question.LEARN, "changed", "He *asked* <@U1> first"),
        Answer(Question.HELP, "promised", "", date(2026, 3, 12)),
        Answer(Question.ADVOCATE, "promised"),
        Answer(Question.INTRODUCE, "unwanted"),
    ),
    Learner.THEM,
    ("tools", "other"),
)
NOT_YET = AnswerSheet(tuple(Answer(q, "not_yet") for q in Question))
TOLD = Told(PEOPLE, ((replace(SESSION, id="s0", number=1), NOT_YET), (SESSION, FILLED)))


MESSAGES = {
    "invite": lambda w: views.invite(w, INVITE),
    "reminder": lambda w: views.reminder(w, INVITE),
    "reflection": lambda w: views.reflection(w, INVITE),
    "reflection_reminder": lambda w: views.reflection_reminder(w, INVITE),
    "passed": lambda w: views.passed(w, INVITE),
    "answered": lambda w: views.answered(w, INVITE),
    "answered_senior": lambda w: views.answered(w, replace(INVITE, checkin=replace(CHECKIN, side=Side.SENIOR))),
    "put_off": lambda w: views.put_off(w, CHECKIN, datetime(2026, 3, 4, 9, tzinfo=UTC), "Europe/Berlin"),
    "skipped": lambda w: views.skipped(w, CHECKIN, "Europe/Berlin"),
    "reflected_empty": lambda w: views.reflected(w, Reflected(CHECKIN, "Europe/Berlin", False, None)),
    "reflected": lambda w: views.reflected(w, Reflected(CHECKIN, "Europe/Berlin", True, COMMITMENT)),
}

MODALS = {
    "sheet_blank": lambda w: views.sheet(w, BLANK),
    "sheet_filled": lambda w: views.sheet(w, replace(BLANK, filled=FILLED)),
    "sheet_again": lambda w: views.sheet(
        w, replace(BLANK, again=True, copyable=True, themes=(*TECHNOLOGY, "meetings", "hybrid"))
    ),
    "thanks": lambda w: views.thanks(w, Thanks(CHECKIN, "Europe/Berlin")),
    "thanks_offer": lambda w: views.thanks(w, Thanks(CHECKIN, "Europe/Berlin", Question.INTRODUCE)),
    "over_time": lambda w: views.over_time(w, (TOLD,), plain=False),
    "over_time_heard": lambda w: views.over_time(w, (TOLD,), plain=True),
    "over_time_none": lambda w: views.over_time(w, (), plain=False),
    "mirror": lambda w: views.mirror(w, Mirror(CHECKIN, SESSION, PEOPLE, "Europe/Berlin", None, None)),
    "mirror_again": lambda w: views.mirror(
        w, Mirror(CHECKIN, SESSION, PEOPLE, "Europe/Berlin", Reflection("c1", "bo", "Ask", False, NOW), COMMITMENT)
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"checkin/{name}", MESSAGES[name](words).payload())


@pytest.mark.parametrize("name", MODALS)
def test_each_modal_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"checkin/{name}", MODALS[name](words).payload())


@pytest.mark.parametrize("name", ["invite", "reminder", "reflection", "reflection_reminder", "passed"])
def test_a_lock_screen_shows_no_name_no_question_and_no_judgement(words: Words, name: str) -> None:
    text = MESSAGES[name](words).text
    assert not {"Ana", "Bo", "Lindgren", "help", "advocate", "promise", "senior"} & set(text.split())
    assert len(text) < 70


def test_both_sides_get_the_same_buttons_so_that_being_written_to_reveals_nothing(words: Words) -> None:
    shapes = [
        [element["action_id"] for element in views.payload()["blocks"][-1]["elements"]]
        for views in (MESSAGES["invite"](words), MESSAGES["reflection"](words))
    ]
    assert shapes[0] == shapes[1] == ["checkin.answer", "checkin.tomorrow", "checkin.skip", "checkin.wrong"]


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_with_a_question_says_who_sees_the_answer(words: Words, name: str) -> None:
    notes = [block for block in MODALS[name](words).payload()["blocks"] if block["type"] == "context"]
    said = " ".join(str(note["elements"]) for note in notes)
    assert "see" in said


def test_a_trend_has_a_mark_for_each_check_in_and_says_the_newest(words: Words) -> None:
    lines = views.trend(words, [NOT_YET] * 2 + [FILLED], plain=False).splitlines()
    assert lines[0] == "*Learning*   ○ ○ ●   They did something differently"
    assert [line.split("   ")[1][-1] for line in lines] == ["●", "◐", "◐", "–"]
    long = views.trend(words, [NOT_YET] * 20, plain=False).splitlines()[0]
    assert long == f"*Learning*   …{' ○' * 8}   Not yet"


def test_read_out_a_trend_is_words_without_marks(words: Words) -> None:
    lines = views.trend(words, [NOT_YET, NOT_YET, FILLED], plain=True).splitlines()
    assert lines[0] == "*Learning*, oldest first: Not yet, 2 times; then: They did something differently."
    assert not set("●◐○–") & set("".join(lines))


def test_many_check_ins_still_fit_into_one_modal(words: Words) -> None:
    payload = views.over_time(words, [replace(TOLD, entries=TOLD.entries * 60)], plain=False).payload()
    assert check_view(payload, ("modal",)) == []
    assert "My data" in str(payload["blocks"][-1])


def _field(payload: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((block for block in payload["blocks"] if block.get("block_id") == name), None)


def test_a_date_is_asked_for_beside_a_promise_only(words: Words) -> None:
    payload = MODALS["sheet_filled"](words).payload()
    dated = [q for q in Question if _field(payload, f"checkin.by_when:{q}")]
    assert dated == [Question.HELP, Question.ADVOCATE]
    promised = _field(payload, "checkin.by_when:help")
    assert promised is not None
    assert promised["element"]["initial_date"] == "2026-03-12"


def test_what_a_person_wrote_does_not_notify_or_format_anything(words: Words) -> None:
    said = str(MESSAGES["reflected"](words).payload())
    assert "<!channel>" not in said
    assert "*ask*" not in said


def test_only_the_themes_of_the_cohort_can_be_picked(words: Words) -> None:
    def groups(*themes: str) -> list[tuple[str, int]]:
        drawn = views.sheet(words, replace(BLANK, themes=themes)).payload()["blocks"]
        select = next(block for block in drawn if block.get("block_id") == "checkin.themes")
        return [(group["label"]["text"], len(group["options"])) for group in select["element"]["option_groups"]]

    assert groups(*TECHNOLOGY) == [("Technology", 6)]
    assert groups("tools", "meetings", "language", "other") == [("Technology", 1), ("Inclusion", 2), ("Added here", 1)]
