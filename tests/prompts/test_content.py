"""The shipped content is whole, fits Slack, and keeps the codes that answers are stored under."""

import re
from itertools import product

import pytest

from prompts import Library, WordsError
from prompts.parts import PURPOSES, Condition, Review

CODES = {
    "learn": ["changed", "learned", "not_yet", "no", "early", "pass"],
    "help": ["done", "promised", "vague", "not_yet", "no", "early", "pass"],
    "advocate": ["known", "claimed", "promised", "not_yet", "no", "early", "pass"],
    "introduce": ["talked", "made", "promised", "not_yet", "no", "unwanted", "early", "pass"],
}
SECONDS = 90
WORDS_A_SECOND = 200 / 90  # an unhurried reading voice


def test_nine_sets_hold_eighty_icebreakers(library: Library) -> None:
    sizes = [len(group.questions) for group in library.content.icebreakers.sets]
    assert sizes == [10, 10, 10, 10, 8, 8, 8, 8, 8]


def test_an_icebreaker_is_named_after_its_set_and_place(library: Library) -> None:
    for group in library.content.icebreakers.sets:
        names = [f"{group.id}_{place:02}" for place in range(1, len(group.questions) + 1)]
        assert [item.id for item in group.questions] == names


def test_a_question_takes_from_its_set_what_it_does_not_say(library: Library) -> None:
    content = library.content
    assert content.icebreaker("paths_01").senior_first
    assert content.icebreaker("technology_01").depth == 1
    assert content.icebreaker("technology_08").depth == 2
    assert content.icebreaker("inclusion_01").purposes == ("inclusion",)


def test_before_the_contract_nothing_is_deep(library: Library) -> None:
    early = [group for group in library.content.icebreakers.sets if group.unlock_session == 1]
    assert early
    assert all(item.depth == 1 for group in early for item in group.questions)


def test_inclusion_waits_for_the_contract_and_can_be_skipped(library: Library) -> None:
    inclusion = library.content.icebreaker_set("inclusion")
    assert (inclusion.needs_contract, inclusion.show_skip, inclusion.senior_first) == (True, True, True)
    assert [group.id for group in library.content.icebreakers.sets if group.closing] == ["looking_back"]


def test_a_pair_picks_five_to_eight_of_fourteen_principles(library: Library) -> None:
    contract = library.content.contract
    assert (len(contract.principles), contract.fewest, contract.most) == (14, 5, 8)
    assert library.content.principle("senior_keeps_time").text.endswith("within five working days.")


@pytest.mark.parametrize(("purpose", "session"), list(product(PURPOSES, range(1, 7))))
def test_each_purpose_has_one_agenda_for_each_session(library: Library, purpose: str, session: int) -> None:
    templates = library.content.agendas.templates
    fitting = [item.id for item in templates if item.session == session and purpose in item.purposes]
    assert len(fitting) == 1


def test_an_agenda_is_found_by_purpose_and_session(library: Library) -> None:
    assert library.content.agenda("technology", 3).title == "Do it together"
    assert library.content.agenda("inclusion", 1) == library.content.agenda("free", 1)
    with pytest.raises(WordsError, match="no agenda for session 7"):
        library.content.agenda("free", 7)


def test_five_extras_fit_any_time(library: Library) -> None:
    assert [item.id for item in library.content.extras()] == ["visit", "shadow", "stuck", "short", "ask"]


def test_an_agenda_fills_its_hour(library: Library) -> None:
    for template in library.content.agendas.templates:
        hour = 20 if template.id == "short" else 60
        assert sum(line.minutes for line in template.lines) == hour, template.id
        assert 3 <= len(template.lines) <= 6


def test_only_the_first_agenda_is_locked_and_every_later_one_asks_what_will_be_done(library: Library) -> None:
    for template in library.content.agendas.templates:
        assert template.locked == (template.session == 1)
        if template.session in (3, 4, 5):
            assert re.search("[Ww]hat will you do", " ".join(line.text for line in template.lines)), template.id


def test_there_is_a_lesson_before_every_session_two_for_seniors_in_the_middle_and_five_for_coordinators(
    library: Library,
) -> None:
    content = library.content
    assert [lesson.before_session for lesson in content.track("junior")] == [1, 2, 3, 4, 5, 6]
    assert [lesson.before_session for lesson in content.track("senior")] == [1, 2, 3, 4, 4, 5, 6]
    assert [lesson.id for lesson in content.track("coordinator")] == ["c1", "c2", "c3", "c4", "c5"]


def test_a_lesson_is_read_aloud_in_ninety_seconds(library: Library) -> None:
    for lesson in library.content.lessons.lessons:
        words = len(f"{lesson.title} {lesson.text} {lesson.action}".split())
        assert words / WORDS_A_SECOND <= SECONDS, f"{lesson.id}: {words} words"
        assert words >= 100, f"{lesson.id} says too little"


def test_the_lines_of_a_lesson_are_whole_paragraphs(library: Library) -> None:
    for lesson in library.content.lessons.lessons:
        assert all(len(line) > 60 or not line for line in lesson.text.split("\n")), lesson.id


def test_the_four_questions_keep_their_codes(library: Library) -> None:
    questions = library.content.questions.questions
    assert {item.id: [option.code for option in item.options] for item in questions} == CODES


def test_only_what_happened_counts(library: Library) -> None:
    questions = library.content.questions.questions
    counting = [option.code for item in questions for option in item.options if option.counts]
    assert counting == ["changed", "done", "known", "talked"]


def test_every_promise_asks_by_when_and_nothing_else_does(library: Library) -> None:
    for item in library.content.questions.questions:
        assert [option.code for option in item.options if option.asks_by_when] == ["promised"] * (item.id != "learn")


def test_each_ask_comes_in_three_tones(library: Library) -> None:
    found = {(ask.question, ask.tone) for ask in library.content.asks.asks}
    assert found == set(product(CODES, ("warm", "direct", "short")))
    assert len(library.content.asks.asks) == 12
    assert len(library.content.asks.follow_ups) == 3
    assert library.content.ask("introduce", "short").text == "Could you introduce me to {person}?"


def test_there_are_twenty_one_themes_and_the_way_out_is_offered_no_more(library: Library) -> None:
    groups = library.content.themes.groups
    assert {group.purpose: len(group.tags) for group in groups} == {
        "technology": 6,
        "inclusion": 8,
        "culture": 7,
        "any": 1,
    }
    ids = [tag.id for group in groups for tag in group.tags]
    assert len(set(ids)) == 22
    assert [tag.id for group in groups for tag in group.tags if tag.retired] == ["other"]
    assert library.content.theme("hybrid").label == "Hybrid work"


def test_there_is_one_thing_to_do_for_every_condition(library: Library) -> None:
    things = library.content.one_things.things
    assert len(things) == 12
    assert {thing.condition for thing in things} == set(Condition)


def test_a_choice_fits_a_group_of_radio_buttons(library: Library) -> None:
    content = library.content
    groups = [item.options for item in content.questions.questions]
    groups += [item.options for review in content.reviews.reviews for item in review.items if item.options]
    for options in groups:
        assert 2 <= len(options) <= 10
        assert len({option.code for option in options}) == len({option.text for option in options})
        assert len({option.code for option in options}) == len(options)
        assert all(len(option.text) <= 75 for option in options)


def test_the_reviews_ask_what_was_agreed(library: Library) -> None:
    review = library.content.review
    sizes = {
        id: (len(review(id).for_side("junior")), len(review(id).for_side("senior")))
        for id in ("midpoint", "pulse", "later", "fit", "learner", "together")
    }
    assert sizes == {
        "midpoint": (6, 6),
        "pulse": (2, 2),
        "later": (3, 3),
        "fit": (2, 2),
        "learner": (1, 1),
        "together": (5, 5),
    }
    assert len(review("end_junior").for_side("junior")) == 8
    assert len(review("end_senior").for_side("senior")) == 8
    assert review("end_senior").for_side("junior") == ()


def test_the_ids_of_review_items_are_unique_and_tell_their_review(library: Library) -> None:
    def strays(review: Review) -> list[str]:
        return [item.id for item in review.items if not item.id.startswith(f"{review.id}_")]

    reviews = library.content.reviews.reviews
    assert [strays(review) for review in reviews] == [[]] * len(reviews)


def test_seniors_get_six_nudges_and_programmes_six_checks(library: Library) -> None:
    assert len(library.content.to_all_seniors()) == 6
    assert [option.code for option in library.content.nudges.credit.options] == ["did", "plan", "not_this_month"]
    assert len(library.content.readiness.items) == 6


@pytest.mark.parametrize("lookup", ["icebreaker", "icebreaker_set", "lesson", "question", "theme", "review"])
def test_an_unknown_id_is_a_loud_bug(library: Library, lookup: str) -> None:
    with pytest.raises(WordsError, match="the content has no item nobody"):
        getattr(library.content, lookup)("nobody")


def test_an_unknown_option_is_a_loud_bug(library: Library) -> None:
    with pytest.raises(WordsError, match="question learn has no option known"):
        library.content.question("learn").option("known")


def test_content_cannot_be_changed_once_read(library: Library) -> None:
    with pytest.raises(ValueError, match="frozen"):
        library.content.lesson("j1").title = "Other"
    assert library.content.lesson("j1").title == "You are not here to know everything"
