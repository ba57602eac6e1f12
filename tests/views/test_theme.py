"""What themes look like: the coordinators' window and forms, the digest's line, what others are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.disclosure import Withheld
from bot.domain.theme import MonthFacts, NoteFacts, StepForm, TagsFacts, TakenFacts, ThemesFacts, ThemeStory
from bot.views import theme as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words, with_tags
from storage.records.enrol import Person
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.theme import Step, Tag, ThemeStep
from tests.golden import same_as_golden

NOW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
CHI = Person("p3", "T1", None, "U3", "Chi", "Europe/Berlin", "en-US", "DE", False)
GONE = replace(CHI, id="p4", user_id="gone-p4", name="")
COHORT = Cohort(
    "c1", "T1", "Spring <one>", Purpose.TECHNOLOGY, date(2026, 3, 2), date(2026, 8, 28), 6, 14, False,
    CohortState.OPEN, 5, 2,
)  # fmt: skip
OWN = "01990000-0000-7000-8000-000000000001"


def step(n: int, theme: str, kind: ThemeStep, words: str | None = "", to: str = "", by: Person = CHI) -> Step:
    return Step(f"s{n}", "T1", "c1", theme, kind, by.id, words, to, NOW - timedelta(days=9 - n))


TAKEN = step(2, "data", ThemeStep.TAKEN, "Please look at <!channel> the shared drive", "U4")
STORIES = (
    ThemeStory("tools", (step(1, "tools", ThemeStep.CLOSED, "New laptops.\n*From May.*"),)),
    ThemeStory("data", (TAKEN,)),
    ThemeStory(OWN),
    ThemeStory("access", (
        step(3, "access", ThemeStep.TAKEN, "", "", GONE), step(4, "access", ThemeStep.CLOSED, None, "", GONE),
        replace(step(9, "access", ThemeStep.REOPENED), at=NOW - timedelta(minutes=3)),
    )),
)  # fmt: skip
FACTS = ThemesFacts(COHORT, (COHORT,), STORIES, {"p3": CHI, "p4": GONE}, None, 5, 10, NOW, "Europe/Berlin")
NONE = replace(FACTS, stories=(), withheld=Withheld.WAITING)


def own(words: Words) -> Words:
    """With a theme that a coordinator typed."""
    return replace(words, content=with_tags(words.content, [(OWN, "Parking & <bikes>", "Where to *leave* them")]))


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"theme/{name}", drawn.payload())


def test_a_cohort_older_than_a_menu_has_room_for_stays_picked_and_the_others_are_said_to_be_there(words: Words) -> None:
    many = tuple(replace(COHORT, id=f"c{n}", name=f"Cohort {n}") for n in range(130, 0, -1))
    drawn = views.themes(words, replace(NONE, cohort=many[-1], cohorts=many))
    assert check_blocks(drawn.payload()["blocks"]) == []
    menu = drawn.payload()["blocks"][0]["accessory"]
    assert menu["initial_option"] == menu["options"][0] and menu["options"][0]["value"] == "c1"
    assert (len(menu["options"]), menu["options"][-1]["value"]) == (100, "c32")
    assert "admin themes` and its name" in str(drawn.payload()["blocks"][1])


def test_the_window_shows_what_is_open_first_and_every_step_with_who_and_when(words: Words) -> None:
    check("list", views.themes(own(words), FACTS))
    titles = [
        block["text"]["text"].split("*")[1] for block in views.themes(own(words), FACTS).payload()["blocks"][1:-2:2]
    ]
    assert titles == ["Parking &amp; &lt;bikes&gt;", "Access", "Data", "Tools"]


def test_without_themes_it_says_why_in_words_that_rest_on_who_takes_part(words: Words) -> None:
    closed = replace(COHORT, id="c0", name="Winter", state=CohortState.CLOSED)
    check("none_waiting", views.themes(words, NONE))
    check("none_closed", views.themes(
        words, replace(NONE, cohort=closed, cohorts=(COHORT, closed), withheld=Withheld.ENDED)
    ))  # fmt: skip
    texts = {
        str(why): str(views.themes(words, replace(NONE, withheld=why)).payload()) for why in (Withheld.SMALL, None)
    }
    assert "fewer than ten juniors" in texts["small"]
    assert "No theme" in texts["None"] or "no theme" in texts["None"]


def test_the_forms_say_who_reads_what_is_typed(words: Words) -> None:
    check("take", views.step_form(words, StepForm(COHORT, "data", ThemeStep.TAKEN, "U4")))
    check("close", views.step_form(words, StepForm(COHORT, "data", ThemeStep.CLOSED, "U4")))
    check("tag", views.tag_form(words, "c1"))


def test_tags_of_their_own(words: Words) -> None:
    old = Tag("t1", "T1", "Parking & <bikes>", "Where to *leave* them", "U3", NOW - timedelta(days=9))
    tags = (old, replace(old, id="t2", label="Canteen", retired_at=NOW), replace(old, id="t3", about="", added_at=NOW))
    check("tags", views.tags(words, TagsFacts(tags, frozenset({"t1"}), NOW), "c1"))
    check("tags_none", views.tags(words, TagsFacts((), frozenset(), NOW), "c1"))


def test_whom_a_theme_is_taken_to_reads_which_and_never_by_whom(words: Words) -> None:
    check("taken", views.taken(words, TakenFacts(COHORT, TAKEN, "U3")))
    check("taken_own", views.taken(own(words), TakenFacts(COHORT, replace(TAKEN, theme=OWN, words=""), "U3")))
    check("taken_from_us", views.taken(words, TakenFacts(COHORT, replace(TAKEN, words=None), "", ("U5", "U6"))))


def test_the_note_is_what_was_done_then_what_took_place(words: Words) -> None:
    closed = (("tools", "New laptops from May, for <!here> *everybody*."), ("access", None))
    whole, bare = NoteFacts(COHORT, ("data", "training"), closed, 9, 1, 2), NoteFacts(COHORT, held=5)
    check("note", views.monthly(words, MonthFacts((whole,))))
    check("note_totals", views.monthly(words, MonthFacts((bare,))))
    check("note_two", views.monthly(words, MonthFacts((whole, replace(bare, cohort=replace(COHORT, name="Autumn"))))))
    many = tuple((tag.id, "x" * 500) for group in words.content.themes.groups for tag in group.tags)
    crowded = views.monthly(words, MonthFacts((NoteFacts(COHORT, closed=many),))).payload()
    assert check_blocks(crowded["blocks"]) == []
    assert str(crowded).count("x" * 500) == len(many), "nothing is cut"
