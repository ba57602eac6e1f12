"""What the windows of an import look like."""

from dataclasses import replace

from bot.domain.roster import (
    Broken,
    Busy,
    Checked,
    Choosing,
    Counts,
    Desk,
    Field,
    Problem,
    Result,
    Saved,
    Told,
    Trouble,
)
from bot.views import roster as views
from bot.views.parts import Message, Modal
from prompts import Words
from tests.golden import same_as_golden

HEADERS = ("user", "employee_id", "department", "level", "manager_id", "salary")
COLUMNS = {Field.USER: 0, Field.EMPLOYEE_ID: 1, Field.DEPARTMENT: 2, Field.LEVEL: 3, Field.MANAGER_ID: 4}
PROBLEMS = (
    Problem(4, 0, Trouble.UNKNOWN_USER, "@zed"),
    Problem(5, 4, Trouble.CIRCLE, "Bo", "Ana → Bo → Ana"),
    Problem(7, None, Trouble.CELLS, "7", "6"),
    Problem(9, 2, Trouble.TOO_LONG, "*Data* & <Legal>…", "120/80"),
)
RESULT = Result(HEADERS, (), PROBLEMS, Counts(3, 1, 8, 2, 12), True, tuple(f"U{n}" for n in range(12)), "", (5,))


def check(name: str, drawn: Message | Modal) -> None:
    same_as_golden(f"roster/{name}", drawn.payload())


def with_people(result: Result) -> Result:
    """At least one row can be saved."""
    return replace(result, people=(Told(2, "UANA"),))


def test_a_list_is_pasted_or_chosen_where_files_may_be_read(words: Words) -> None:
    check("give", views.give(words, Desk(files=False)))
    check("give_file", views.give(words, Desk(files=True, waiting="draft")))


def test_every_field_has_a_menu_of_the_columns_with_the_guess_chosen(words: Words) -> None:
    samples = ("@ana, @bo", "7, 12", "Data", "2, director", "12", "")
    check("columns", views.columns(words, Choosing("draft", HEADERS, samples, 12, COLUMNS, guessed=True)))


def test_a_list_with_a_hundred_and_fifty_columns_still_fits_into_a_window(words: Words) -> None:
    headers = tuple(f"a rather long header {'x' * 80} {n}" for n in range(150))
    drawn = views.columns(words, Choosing("draft", headers, headers, 1, {Field.USER: 0}, guessed=False)).payload()
    assert len(drawn["blocks"]) <= 100 and len(drawn["blocks"][2]["element"]["options"]) == 99


def test_the_window_says_how_far_the_check_is_and_why_it_failed(words: Words) -> None:
    check("checking", views.shown(words, Checked("draft", accounts=1800)))
    check("checking_again", views.shown(words, Checked("draft", reason="changed")))
    check("failed", views.shown(words, Checked("draft", reason="missing_scope")))


def test_the_result_says_what_would_be_saved_and_every_problem(words: Words) -> None:
    check("result", views.shown(words, Checked("draft", with_people(RESULT))))
    check("result_good", views.shown(words, Checked("draft", with_people(Result(HEADERS, (), (), Counts(1))))))


def test_where_nobody_would_be_saved_there_is_no_save(words: Words) -> None:
    assert "submit" not in views.shown(words, Checked("draft", RESULT)).payload()


def test_many_problems_are_turned_page_by_page(words: Words) -> None:
    many = replace(RESULT, problems=tuple(Problem(n, 0, Trouble.UNKNOWN_USER, f"@u{n}") for n in range(2, 47)))
    for page, shown in ((0, "1 to 20"), (1, "21 to 40"), (2, "41 to 45"), (9, "41 to 45")):
        said = str(views.shown(words, Checked("draft", with_people(many), page=page)).payload())
        assert f"Problems {shown} of 45" in said
        assert ("roster.page:back" in said, "roster.page:next" in said) == (page > 0, page < 2)


def test_what_was_saved_can_be_taken_back(words: Words) -> None:
    check("saved", views.saved(words, Saved("draft", Counts(3, 1, 8), 5, (("UANA", "UBO"),))))
    check("undone", views.undone(words, Counts(3, 1)))


def test_a_long_list_says_that_it_is_worked_on_and_that_something_went_wrong(words: Words) -> None:
    check("saving", views.shown(words, Busy("draft")))
    check("undoing", views.shown(words, Busy("draft", undoing=True)))
    check("broken", views.shown(words, Broken("draft", "saving", "1a2b3c4d")))


def test_whoever_closed_the_window_is_told(words: Words) -> None:
    check("checked", views.message(words, Checked("draft", with_people(RESULT))))
    check("checked_failed", views.message(words, Checked("draft", reason="missing_scope")))
    check("checked_saved", views.message(words, Saved("draft", Counts(3, 1, 8), 5)))
    check("checked_broken", views.message(words, Broken("draft", "undoing", "1a2b3c4d")))
