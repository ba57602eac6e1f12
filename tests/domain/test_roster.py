"""The dry run: every mistake is found in its row and column, and saving does what was shown."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import Refusal
from bot.domain.roster import (
    LEAVES_OUT,
    Account,
    Directory,
    Field,
    Known,
    Result,
    Told,
    Trouble,
    Vocabulary,
    changes,
    check,
    checked,
    guess,
    letter,
    named,
    read,
    words_of,
)
from bot.domain.roster.lines import without_circles

ACCOUNTS = (
    Account("UANA", "ana", ("Ana", "Ana Silva"), "ana@example.org"),
    Account("UBO", "bo", ("Bo", "Bo Lindgren"), "bo@example.org"),
    Account("UCHI", "chi", ("Chi", "Chi Okafor"), "chi@example.org"),
    Account("UDEE", "dee", ("Dee", "Dee Novak"), "dee@example.org"),
    Account("UIVY", "ivy", ("Ivy", "Ivy Novak")),
    Account("UIVY2", "ivy2", ("Ivy", "Ivy Tran")),
    Account("UMIA", "mia", ("Mia",), deactivated=True),
    Account("UBOT", "helper", ("Helper",), bot=True),
)
WORDS = Vocabulary(
    levels={"starting out": 1, "director": 4}, languages={"german": "de", "deutsch": "de", "en": "en", "french": "fr"},
    regions={"de by": "DE-BY", "germany": "DE"}, sides={"junior": ("junior",), "both": ("junior", "senior")},
    purposes={"culture": "culture"}, nobody=frozenset({"none"}),
)  # fmt: skip
HEADERS = {
    "user": Field.USER, "name": Field.NAME, "id": Field.EMPLOYEE_ID, "level": Field.LEVEL, "dept": Field.DEPARTMENT,
    "region": Field.REGION, "lang": Field.LANGUAGES, "boss": Field.MANAGER, "bossid": Field.MANAGER_ID,
    "side": Field.SIDES, "why": Field.PURPOSES,
}  # fmt: skip
NOTHING = Known({}, {})


def checked_list(text: str, known: Known = NOTHING, accounts: Sequence[Account] = ACCOUNTS) -> Result:
    """The dry run of a list whose rows are separated by "/" and whose headers are those of `HEADERS`."""
    sheet = read(text.replace("/", "\n"))
    columns = {HEADERS[header]: n for n, header in enumerate(sheet.headers)}
    return check(sheet, columns, Directory(accounts), WORDS, known)


def managers(said: Result) -> dict[str, str | None]:
    return {one.user_id: one.manager for one in said.people}


def saved(told: Result) -> Known:
    """What is stored once a list has been saved."""
    made = changes(told.people, {}, {})
    return Known({one.user_id: one for one in made.people}, made.lines)


@pytest.mark.parametrize(
    ("text", "trouble", "row", "column", "found"),
    [
        ("user;dept/;Data", Trouble.MISSING_USER, 2, 0, ""),
        ("user/@ana/@zed", Trouble.UNKNOWN_USER, 3, 0, "@zed"),
        ("user/zed@example.org", Trouble.UNKNOWN_MAIL, 2, 0, "zed@example.org"),
        ("user/Ivy", Trouble.AMBIGUOUS, 2, 0, "Ivy"),
        ("user/@mia", Trouble.DEACTIVATED, 2, 0, "@mia"),
        ("user/Helper", Trouble.BOT, 2, 0, "Helper"),
        ("user/@ana/Bo/Ana Silva", Trouble.DUPLICATE, 4, 0, "Ana Silva"),
        ("user;dept/@ana;Data;x", Trouble.CELLS, 2, None, "3"),
        ("user;boss/@ana;@zed", Trouble.UNKNOWN_MANAGER, 2, 1, "@zed"),
        ("user;bossid/@ana;12", Trouble.UNKNOWN_MANAGER, 2, 1, "12"),
        ("user;boss/@ana;Helper", Trouble.UNKNOWN_MANAGER, 2, 1, "Helper"),
        ("user;boss/@ana;Ivy", Trouble.AMBIGUOUS_MANAGER, 2, 1, "Ivy"),
        ("user;boss/@ana;Mia", Trouble.MANAGER_GONE, 2, 1, "Mia"),
        ("user;id;boss;bossid/@ana;1;@chi;2/@bo;2;;", Trouble.MANAGERS_DIFFER, 2, 3, "2"),
        ("user;boss/@ana;ana@example.org", Trouble.OWN_MANAGER, 2, 1, "ana@example.org"),
        ("user;id/@ana;7/@bo;007", Trouble.SAME_ID, 3, 1, "007"),
        ("user;level/@ana;wizard", Trouble.UNKNOWN_LEVEL, 2, 1, "wizard"),
        ("user;level/@ana;6", Trouble.UNKNOWN_LEVEL, 2, 1, "6"),
        ("user;lang/@ana;German, Klingon", Trouble.UNKNOWN_LANGUAGE, 2, 1, "Klingon"),
        ("user;region/@ana;Mars", Trouble.UNKNOWN_REGION, 2, 1, "Mars"),
        ("user;side/@ana;left", Trouble.UNKNOWN_SIDE, 2, 1, "left"),
        ("user;why/@ana;fun", Trouble.UNKNOWN_PURPOSE, 2, 1, "fun"),
        (f"user;dept/@ana;{'x' * 81}", Trouble.TOO_LONG, 2, 1, "x" * 40 + "…"),
        ("user;dept/@ana;Da\ufffda", Trouble.UNDECODABLE, 2, 1, "Da\ufffda"),
    ],
)
def test_each_mistake_is_named_with_its_row_and_column_and_the_rest_goes_on(
    text: str, trouble: Trouble, row: int, column: int | None, found: str
) -> None:
    said = checked_list(f"{text}/@dee")
    assert [(p.trouble, p.row, p.column, p.found) for p in said.problems] == [(trouble, row, column, found)]
    assert "UDEE" in {one.user_id for one in said.people}
    assert (row in {one.row for one in said.people}) is (trouble not in LEAVES_OUT)
    assert said.counts.left_out == (trouble in LEAVES_OUT)


def test_every_kind_of_mistake_is_tried() -> None:
    cases = test_each_mistake_is_named_with_its_row_and_column_and_the_rest_goes_on.pytestmark[0].args[1]
    elsewhere = {Trouble.CIRCLE, Trouble.MAIL_UNREAD}
    assert {case[1] for case in cases} | elsewhere == set(Trouble)


def test_without_the_right_to_read_addresses_a_mail_address_says_so() -> None:
    accounts = [Account(one.user_id, one.handle, one.names) for one in ACCOUNTS]
    said = checked_list("user;boss/ana@example.org;/@bo;chi@example.org", accounts=accounts)
    assert [(p.row, p.trouble) for p in said.problems] == [(2, Trouble.MAIL_UNREAD), (3, Trouble.MAIL_UNREAD)]
    assert [one.user_id for one in said.people] == ["UBO"]


@pytest.mark.parametrize(
    "cell", ["UANA", "@ana", "ana", "Ana", "ana silva", "Silva, Ana", "ANA@example.org", "<@UANA|ana>", "Ána  Silva"]
)
def test_somebody_is_found_however_they_are_written(cell: str) -> None:
    assert checked_list(f'user\n"{cell}"').people[0].user_id == "UANA"


def test_of_two_of_the_same_name_whoever_has_left_is_not_meant() -> None:
    accounts = (*ACCOUNTS, Account("UOLD", "ana.old", ("Ana Silva",), deactivated=True))
    assert checked_list("user/Ana Silva", accounts=accounts).people[0].user_id == "UANA"


def test_managers_are_found_by_account_by_a_name_of_the_list_and_by_number() -> None:
    text = "user;name;id;boss/@ana;Ana;7;@bo/@bo;Bo;8;Chief of all/@chi;Chief of all;9;none/@dee;Dee;10;8"
    said = checked_list(text)
    assert said.problems == ()
    assert {one.user_id: one.manager for one in said.people} == {
        "UANA": "UBO",
        "UBO": "UCHI",
        "UCHI": "",
        "UDEE": "UBO",
    }


def test_a_manager_who_is_in_slack_and_in_no_list_is_one_too_also_by_the_number_of_an_earlier_list() -> None:
    known = saved(checked_list("user;id/@bo;8"))
    said = checked_list("user;boss/@ana;8/@chi;Dee Novak", known)
    assert managers(said) == {"UANA": "UBO", "UCHI": "UDEE"}
    assert said.counts.missing == 1 and said.missing == ("UBO",)


def test_a_circle_is_named_whole_and_none_of_its_lines_is_saved() -> None:
    said = checked_list("user;boss/@ana;@bo/@bo;@chi/@chi;@ana/@dee;@ana")
    assert [(p.row, p.column, p.trouble) for p in said.problems] == [(n, 1, Trouble.CIRCLE) for n in (2, 3, 4)]
    assert {p.more for p in said.problems} == {"Ana → Bo → Chi → Ana"}
    assert {one.user_id: one.manager for one in said.people} == {
        "UANA": None,
        "UBO": None,
        "UCHI": None,
        "UDEE": "UANA",
    }


def test_a_line_that_closes_a_circle_with_what_is_known_is_left_out() -> None:
    known = Known({}, {"UBO": "UCHI", "UCHI": "UANA"})
    said = checked_list("user;boss/@ana;@bo", known)
    assert [p.trouble for p in said.problems] == [Trouble.CIRCLE] and said.people[0].manager is None


PEOPLE = [f"U{n}" for n in range(8)]
LINES = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from([*PEOPLE, ""]), max_size=8)


@given(LINES, LINES)
def test_no_list_ever_adds_a_circle_to_lines_that_have_none(
    given_: Mapping[str, str], before: Mapping[str, str]
) -> None:
    straight = _straight(before)
    told = [Told(n, user, manager=manager) for n, (user, manager) in enumerate(given_.items(), 2) if user != manager]
    kept, problems = without_circles(told, straight, 1, {})
    after = {**straight, **{one.user_id: one.manager for one in kept if one.manager is not None}}
    assert _straight(after) == after
    assert {p.row for p in problems} == {one.row for one in kept if one.manager is None}


def _straight(lines: Mapping[str, str]) -> dict[str, str]:
    """The lines of whoever gets to the top from where they are."""

    def ends(user: str) -> bool:
        seen = set()
        while user and user not in seen:
            seen.add(user)
            user = lines.get(user, "")
        return not user

    return {user: manager for user, manager in lines.items() if ends(user)}


def test_cells_say_what_people_mean_by_them() -> None:
    said = checked_list(
        "user;level;lang;region;side;why/@ana;4.0;Deutsch / en-GB;de-BY;both;Culture".replace(" / ", "|")
    )
    (one,) = said.people
    assert (one.level, one.languages, one.region) == (4, ("de", "en"), "DE-BY")
    assert (one.sides, one.purposes) == (("junior", "senior"), ("culture",))


def test_importing_the_same_list_again_changes_nothing() -> None:
    text = "user;dept;boss/@ana;Data;@bo/@bo;Ops;none"
    first = checked_list(text)
    assert (first.counts.new, first.counts.changed, first.counts.unchanged) == (2, 0, 0)
    again = checked_list(text, saved(first))
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 2)


def test_a_later_list_updates_what_it_tells_and_leaves_the_rest() -> None:
    known = saved(checked_list("user;level;dept/@ana;2;Data/@bo;4;Ops"))
    later = checked_list("user;dept;level/@ana;Legal;wizard/@bo;;4", known)
    made = {one.user_id: one for one in changes(later.people, known.people, known.lines).people}
    assert (made["UANA"].department, made["UANA"].level) == ("Legal", 2), (
        "a cell that says nothing usable changes nothing"
    )
    assert (made["UBO"].department, made["UBO"].level) == ("", 4), "an empty cell empties"
    assert later.counts.changed == 2


def test_an_empty_cell_for_the_manager_leaves_the_line_as_it_is() -> None:
    known = Known({}, {"UANA": "UBO"})
    assert checked_list("user;boss/@ana;", known).people[0].manager is None


def test_the_mark_is_another_one_as_soon_as_saving_would_do_something_else() -> None:
    text = "user;dept;boss/@ana;Data;@bo"
    marks = [
        checked_list(text).mark,
        checked_list(text, Known({}, {"UANA": "UCHI"})).mark,
        checked_list(text, saved(checked_list("user;dept/@ana;Legal"))).mark,
        checked_list("user;dept;boss/@ana;Data;@chi").mark,
    ]
    assert len(set(marks)) == 4 and checked_list(text).mark == marks[0]


KNOWN_HEADERS = {one: words_of(f"{one}; {one}s") for one in Field}


def test_columns_are_guessed_by_their_headers_and_the_first_of_two_counts() -> None:
    found = guess(["Level", "USER", "Managers", "salary", "user", "employee-id"], KNOWN_HEADERS)
    assert found == {Field.LEVEL: 0, Field.USER: 1, Field.MANAGER: 2, Field.EMPLOYEE_ID: 5}


def test_where_no_column_is_called_after_the_account_the_names_find_people() -> None:
    assert guess(["name", "level"], KNOWN_HEADERS) == {Field.NAME: 0, Field.USER: 0, Field.LEVEL: 1}
    assert Field.USER not in guess(["salary"], KNOWN_HEADERS)


@pytest.mark.parametrize(
    ("columns", "why", "field"),
    [
        ({Field.LEVEL: 0}, "no_user", "user"),
        ({Field.USER: 0, Field.LEVEL: 9}, "no_column", "level"),
        ({Field.USER: 0, Field.LEVEL: 1, Field.DEPARTMENT: 1}, "twice", "department"),
    ],
)
def test_columns_that_cannot_be_are_refused_under_their_field(columns: dict[Field, int], why: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked(columns, 3)
    assert (refused.value.key, refused.value.field) == (f"roster.refused.{why}", field)


def test_a_command_line_names_columns_by_header_or_letter() -> None:
    chosen, without = named(["Team=department", "a=user", "C=-"], ["who", "team", "salary"])
    assert chosen == {Field.DEPARTMENT: 1, Field.USER: 0} and without == {2}
    for pair in ("Team", "Team=colour", "Z=user"):
        with pytest.raises(Refusal):
            named([pair], ["who", "team"])


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
