"""Every command, button and modal, tried by people whom it is none of: nothing changes and nothing private shows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers import routes
from handlers.router import Who
from prompts import Library
from tests.end_to_end.conftest import open_town
from tests.end_to_end.strangers import PEOPLE, SECRETS, Square, square
from tests.thorough import few

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALL, PAIR, NOBODY = frozenset(PEOPLE), frozenset({"junior", "senior"}), frozenset[str]()
JUNIOR, SENIOR, TEAM = (frozenset({who}) for who in ("junior", "senior", "coordinator"))
ENROLLED = PAIR | {"other junior", "other senior"}

PRESSED: dict[str, dict[str, frozenset[str]]] = {
    "programme.cohorts": {"": TEAM}, "programme.cohort_new": {"": TEAM}, "programme.cohort_edit": {"cohort": TEAM},
    "programme.cohort_open": {"cohort": TEAM}, "programme.cohort_close": {"cohort": TEAM},
    "programme.coordinators": {"": TEAM}, "programme.coordinator_add": {"": TEAM},
    "programme.coordinator_remove": {"chi": TEAM}, "programme.setup": {"": TEAM}, "programme.setup_back": {"": TEAM},
    "programme.public": {"": TEAM}, "programme.today": {"": TEAM}, "programme.failed": {"": TEAM},
    "programme.audit": {"": TEAM},
    "programme.content": {"": TEAM}, "programme.content_kind": {"": TEAM}, "programme.content_show": {"": TEAM},
    "programme.content_page": {"": TEAM}, "programme.content_list": {"": TEAM}, "programme.content_open": {"": TEAM},
    "programme.content_add": {"": TEAM}, "programme.content_edit": {"": TEAM}, "programme.content_back": {"": TEAM},
    "programme.content_preview": {"": TEAM}, "programme.content_switch": {"": TEAM},
    "programme.content_restore": {"": TEAM}, "programme.content_undo": {"": TEAM},
    "programme.sample": {"": ALL},
    "enrol.join": {"": ALL}, "enrol.profile": {"": ENROLLED}, "enrol.edit": {"": ENROLLED},
    "enrol.invite": {"": TEAM}, "enrol.decline": {"pair": NOBODY}, "enrol.undecline": {"pair": NOBODY},
    "enrol.people": {"": TEAM}, "enrol.people_state": {"": TEAM}, "enrol.people_side": {"": TEAM},
    "enrol.people_page": {"": TEAM}, "enrol.person": {"": TEAM}, "enrol.pair": {"": TEAM}, "enrol.line": {"": TEAM},
    "enrol.ask_again": {"": TEAM},
    "match.pair": {"": TEAM}, "match.senior": {"": TEAM}, "match.junior": {"": TEAM}, "match.pairs": {"": TEAM},
    "report.pairs": {"": TEAM}, "report.pairs_cohort": {"": TEAM}, "report.pairs_show": {"": TEAM},
    "report.pairs_page": {"": TEAM}, "report.pair": {"pair": TEAM}, "report.matters": {"": TEAM},
    "tell.nudge": {"": TEAM}, "tell.nudge_to": {"": TEAM}, "tell.nudge_what": {"": TEAM},
    "tell.unnudge": {"pair": NOBODY}, "tell.announce": {"": TEAM}, "tell.unannounce": {"pair": NOBODY},
    "match.withdraw": {"proposal": TEAM}, "match.accept": {"proposal": NOBODY}, "match.decline": {"proposal": NOBODY},
    "match.undo": {"proposal": NOBODY}, "match.ask": {"proposal": NOBODY}, "match.lines": {"": TEAM},
    "match.conflict": {"": TEAM}, "match.runs": {"": TEAM}, "match.start": {"cohort": TEAM},
    "match.run": {"cohort": TEAM},
    "match.look": {"cohort": TEAM}, "match.review": {"cohort": TEAM}, "match.page": {"cohort": TEAM},
    "match.approve": {"cohort": NOBODY}, "match.approve_page": {"cohort": NOBODY},
    "match.unapprove": {"cohort": NOBODY}, "match.hold": {"cohort": NOBODY}, "match.unhold": {"cohort": NOBODY},
    "match.swap": {"cohort": NOBODY}, "match.swap_junior": {"": NOBODY}, "match.swap_senior": {"": NOBODY},
    "match.weights": {"cohort": TEAM}, "match.reset": {"cohort": TEAM}, "match.fit": {"pair": PAIR},
    "match.fit_say": {"pair": PAIR}, "match.fit_undo": {"pair": PAIR}, "match.wishes": {"": TEAM},
    "match.wish_done": {"pair": NOBODY}, "leave.part": {"pair": TEAM}, "leave.unpart": {"pair": TEAM},
    "leave.look": {"pair": NOBODY}, "leave.go_on": {"pair": NOBODY}, "leave.cross_out": {"pair": NOBODY},
    "prepare.agenda": {"session": PAIR}, "prepare.use": {"session": PAIR}, "prepare.park": {"pair": PAIR},
    "prepare.add": {"pair": PAIR}, "prepare.unpark": {"line": PAIR}, "prepare.icebreaker": {"pair": PAIR},
    "prepare.set": {"pair": PAIR}, "prepare.with": {"pair": PAIR}, "prepare.swap": {"shown": PAIR},
    "prepare.more": {"shown": PAIR}, "prepare.template": {"session": PAIR}, "prepare.aside": {"pair": PAIR},
    "prepare.unaside": {"pair": PAIR}, "prepare.ahead": {"shown": PAIR}, "prepare.answer_remove": {"answer": JUNIOR},
    "prepare.contract": {"pair": PAIR}, "prepare.contract_with": {"pair": PAIR},
    "prepare.contract_edit": {"pair": PAIR},
    "prepare.contract_agree": {"contract": PAIR}, "prepare.contract_undo": {"contract": PAIR},
    "prepare.fits": {"contract": PAIR}, "prepare.early": {"session": PAIR}, "prepare.early_yes": {"pair": PAIR},
    "prepare.early_no": {"pair": PAIR}, "prepare.confidentiality": {"": TEAM},
    "learn.open": {"": ENROLLED | TEAM}, "learn.turn": {"": ENROLLED | TEAM}, "learn.list": {"": ENROLLED | TEAM},
    "learn.done": {"": ENROLLED | TEAM}, "learn.later": {"": ENROLLED | TEAM}, "learn.undo": {"": ENROLLED | TEAM},
    "roster.import": {"": TEAM}, "roster.again": {"draft": TEAM}, "roster.look": {"draft": TEAM},
    "roster.open": {"draft": TEAM},
    "roster.show": {"draft": TEAM}, "roster.page": {"draft": TEAM}, "roster.retry": {"draft": TEAM},
    "roster.undo": {"imported": TEAM},
    "meet.book": {"pair": PAIR}, "meet.rebook": {"session": PAIR}, "meet.reschedule": {"session": PAIR},
    "meet.sessions": {"pair": PAIR}, "meet.cancel": {"session": PAIR}, "meet.met": {"session": PAIR, "held": PAIR},
    "meet.moved": {"session": PAIR, "held": PAIR}, "meet.not_met": {"session": PAIR, "held": PAIR},
    "meet.why": {"session": PAIR, "held": PAIR}, "meet.undo": {"session": PAIR, "held": PAIR},
    "meet.when": {"": PAIR}, "meet.pair": {"": PAIR}, "meet.slot": {"": PAIR}, "meet.offer": {"pair": PAIR},
    "meet.first": {"": PAIR}, "meet.second": {"": PAIR}, "meet.offer_pair": {"": PAIR},
    "meet.take": {"offer": JUNIOR}, "meet.neither": {"offer": PAIR}, "meet.rhythm": {"pair": PAIR},
    "meet.agree_rhythm": {"rhythm": JUNIOR}, "meet.leave_rhythm": {"rhythm": PAIR},
    "meet.calendar": {"session": PAIR, "held": PAIR},
    "checkin.answer": {"checkin": JUNIOR, "reflection": SENIOR}, "checkin.option": {"checkin": JUNIOR},
    "checkin.nothing_new": {"checkin": JUNIOR, "reflection": NOBODY},
    "checkin.tomorrow": {"checkin": JUNIOR, "reflection": SENIOR},
    "checkin.skip": {"checkin": JUNIOR, "reflection": SENIOR}, "checkin.wrong": {"": ALL},
    "checkin.over_time": {"": ALL},
    "ask.open": {"pair": JUNIOR}, "ask.not_now": {"checkin": JUNIOR}, "ask.pair": {"pair": JUNIOR},
    "ask.question": {"pair": JUNIOR}, "ask.tone": {"pair": JUNIOR}, "ask.date": {"pair": JUNIOR},
    "ask.topic": {"pair": JUNIOR}, "ask.person": {"pair": JUNIOR}, "ask.back": {"pair": JUNIOR},
    "ask.change": {"pair": JUNIOR}, "ask.mine": {"pair": JUNIOR}, "ask.follow_up": {"pair": JUNIOR},
    "ask.scratch": {"pair": JUNIOR},
    "review.answer": {"review": JUNIOR, "reviewed": SENIOR}, "review.skip": {"review": JUNIOR, "reviewed": SENIOR},
    "review.together": {"pair": PAIR},
    "checkin.who_learned": {"held": PAIR}, "checkin.who_undo": {"held": PAIR}, "checkin.reset": {"pair": PAIR},
    "pulse.tap": {"pulse": JUNIOR}, "pulse.change": {"pulse": JUNIOR}, "pulse.take_back": {"pulse": JUNIOR},
    "pulse.open": {"pulse": JUNIOR}, "credit.say": {"credit": SENIOR}, "credit.undo": {"credit": SENIOR},
    "credit.plan": {"credit": PAIR | ENROLLED}, "home.score": {"": SENIOR | {"other senior"}},
    "commit.make": {"pair": PAIR}, "commit.suggest": {"pair": PAIR},
    "commit.withdraw": {"suggestion": JUNIOR}, "commit.accept": {"suggestion": SENIOR},
    "commit.reword": {"suggestion": SENIOR}, "commit.decline": {"suggestion": SENIOR},
    "commit.reopen": {"suggestion": SENIOR}, "commit.list": {"": PAIR}, "commit.done": {"commitment": SENIOR},
    "commit.drop": {"commitment": SENIOR}, "commit.undo": {"commitment": SENIOR}, "commit.move": {"commitment": SENIOR},
    "commit.noticed": {"commitment": JUNIOR}, "commit.ask_again": {"commitment": JUNIOR},
    "intro.list": {"": PAIR}, "intro.new": {"pair": PAIR}, "intro.again": {"intro": PAIR},
    "intro.preview": {"pair": JUNIOR}, "intro.agree": {"intro": SENIOR}, "intro.better": {"intro": SENIOR},
    "intro.decline": {"intro": SENIOR}, "intro.made": {"intro": SENIOR}, "intro.let_go": {"intro": JUNIOR},
    "intro.take": {"intro": JUNIOR}, "intro.undo": {"intro": PAIR}, "intro.talked": {"made": JUNIOR},
    "intro.ask_again": {"made": JUNIOR},
    "report.health": {"": TEAM}, "report.preview": {"": TEAM}, "report.schedule": {"": TEAM},
    "report.paper": {"": TEAM}, "report.export": {"": TEAM},
    "report.setting": {"cohort": TEAM}, "report.pause": {"cohort": TEAM}, "report.resume": {"cohort": TEAM},
    "report.undo": {"": TEAM},
    "report.now": {"": TEAM}, "report.channel": {"": TEAM}, "report.list": {"cohort": TEAM},
    "report.shield": {"cohort": ALL},
    "theme.open": {"cohort": TEAM}, "theme.cohort": {"cohort": TEAM}, "theme.back": {"cohort": TEAM},
    "theme.take": {"cohort": NOBODY}, "theme.close": {"cohort": NOBODY}, "theme.reopen": {"cohort": NOBODY},
    "theme.undo": {"cohort": NOBODY}, "theme.tags": {"cohort": TEAM}, "theme.tag": {"cohort": TEAM},
    "theme.tag_undo": {"cohort": NOBODY}, "theme.tag_retire": {"cohort": NOBODY},
    "theme.tag_restore": {"cohort": NOBODY},
    "support.doors": {"": ALL}, "support.ask": {"": ALL}, "support.concern": {"": ALL},
    "support.edit_links": {"": TEAM},
    "privacy.show": {"": ALL}, "privacy.data": {"": ALL}, "privacy.page": {"": ALL}, "privacy.export": {"": ALL},
    "privacy.erase": {"": ALL}, "leave.form": {"": ENROLLED}, "leave.undo": {"pair": NOBODY},
    "leave.word": {"pair": NOBODY}, "leave.reword": {"pair": NOBODY},
    "prefs.open": {"": ENROLLED | TEAM}, "prefs.region": {"": ENROLLED | TEAM}, "prefs.undo": {"": ENROLLED | TEAM},
    "pause.open": {"": ENROLLED}, "pause.resume": {"": ENROLLED}, "pause.undo": {"pair": NOBODY},
    "close.stay": {"pair": NOBODY}, "close.statement": {"pair": JUNIOR}, "close.statement_fresh": {"pair": JUNIOR},
    "close.quote": {"pair": PAIR}, "close.quote_withdraw": {"quote": JUNIOR}, "close.quotes": {"": TEAM},
    "ripple.list": {"pair": PAIR}, "ripple.log": {"pair": PAIR}, "ripple.undo": {"ripple": JUNIOR},
    "ripple.line": {"ripple": JUNIOR},
    "steer.desk": {"": TEAM}, "steer.ask": {"cohort": NOBODY}, "steer.answer": {"cohort": NOBODY},
    "steer.channel": {"cohort": NOBODY},
    "home.side": {"": ALL}, "help.show": {"": ALL}, "help.turn": {"": ALL},
}  # fmt: skip
"""Every button and menu: which ids it may be pressed with, and by whom. A new one belongs here."""

CHOICES = {
    "close.stay": "yes", "ripple.log": "visit", "steer.answer": "yes",
    "prepare.set": "leading", "prepare.with": "pair", "prepare.contract_with": "pair",
    "meet.why": "senior", "commit.undo": "done",
    "intro.undo": "asked", "intro.talked": "talked",
    "match.fit_say": "good", "leave.look": "yes", "commit.noticed": "yes",
    "checkin.who_learned": "me", "pulse.tap": "load_more", "credit.say": "did", "ask.open": "help",
    "ask.follow_up": "make_it_yes",
}  # fmt: skip

SENT: dict[str, frozenset[str]] = {
    "programme.test": TEAM, "programme.content": TEAM, "programme.content_save": TEAM,
    "programme.cohort": TEAM, "programme.cohort_open": TEAM, "programme.cohort_close": TEAM,
    "programme.coordinator_add": TEAM, "programme.setup_purpose": TEAM, "programme.setup_places": TEAM,
    "programme.setup_rhythm": TEAM,
    "enrol.none": ALL, "enrol.choose": ALL, "enrol.consent": ALL, "enrol.about": ALL, "enrol.profile": ENROLLED,
    "enrol.bring": ENROLLED, "enrol.matching": ENROLLED, "enrol.invite": TEAM, "enrol.invite_sure": TEAM,
    "enrol.people": TEAM, "enrol.line": TEAM,
    "match.pair": TEAM, "match.lines": TEAM, "match.conflict": TEAM,
    "match.swap": NOBODY, "match.weights": TEAM, "match.fit": PAIR, "leave.part": TEAM,
    "roster.give": TEAM, "roster.columns": TEAM, "roster.result": TEAM,
    "prepare.agenda": PAIR, "prepare.park": PAIR, "prepare.add": PAIR, "prepare.icebreakers": PAIR,
    "prepare.ahead": PAIR, "prepare.contract": PAIR, "prepare.exceptions": TEAM,
    "learn.lesson": ENROLLED | TEAM,
    "meet.book": PAIR, "meet.cancel": PAIR, "meet.log": PAIR, "meet.offer": PAIR, "meet.rhythm": PAIR,
    "review.sheet": JUNIOR,
    "checkin.sheet": JUNIOR, "checkin.mirror": NOBODY, "ask.build": JUNIOR, "ask.own": JUNIOR,
    "privacy.export": ALL, "privacy.erase": ALL, "leave.ask": NOBODY,
    "prefs.save": ENROLLED | TEAM, "pause.new": ENROLLED,
    "pulse.form": JUNIOR,
    "commit.new": SENIOR, "commit.move": SENIOR, "commit.propose": JUNIOR, "commit.reword": SENIOR,
    "intro.ask": JUNIOR, "intro.offer": SENIOR, "intro.agree": SENIOR, "intro.better": SENIOR, "intro.decline": SENIOR,
    "report.export": TEAM,
    "report.schedule": TEAM, "report.channel": TEAM, "report.setting": TEAM,
    "tell.nudge": TEAM, "tell.announce": TEAM, "report.pairs": TEAM,
    "theme.take": NOBODY, "theme.close": NOBODY, "theme.tag": TEAM,
    "support.ask": ALL, "support.concern": ALL, "support.links": TEAM,
    "close.statement": JUNIOR, "close.quote": PAIR, "close.quote_sure": JUNIOR, "ripple.line": JUNIOR,
    "steer.channel": NOBODY,
}  # fmt: skip
"""Every modal, and by whom it may be sent with the ids of Ana's and Bo's pair (the check-in's is Ana's)."""


OWN = {"ask.open", "ask.pair", "ask.question", "ask.tone", "ask.date", "ask.topic", "ask.person", "ask.back",
       "ask.change", "ask.mine", "ask.follow_up", "ask.scratch",
       "commit.list", "commit.make", "commit.suggest", "meet.sessions",
       "intro.list", "intro.new",
       "intro.again", "intro.preview"}  # fmt: skip
"""Where somebody on the same side of another pair is shown their own instead of a refusal."""

NO = ("no longer open", "not part of a programme", "for coordinators", "needs a workspace admin",
      "no partner at the moment", "That is for juniors", "That is for seniors", "These times are yours",
      "your own suggestion", "belongs to the other side", "I can't find that",
      "Nothing to take back")  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def around(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Square]:
    folder: Path = tmp_path_factory.mktemp("square")
    async with open_town(folder, library) as town:
        found = await square(town)
        yield found
        found.close()


async def test_every_button_and_modal_is_listed_with_whom_it_is_for() -> None:
    assert set(routes().actions) == set(PRESSED)
    assert set(routes().submissions) == set(SENT)


def barred(name: str) -> list[str]:
    """Whom a command refuses."""
    allowed = {
        Who.ALL: ALL,
        Who.ENROLLED: ENROLLED,
        Who.READER: ENROLLED | TEAM,
        Who.PAIRED: ENROLLED,
        Who.COORDINATOR: TEAM,
    }
    return sorted(ALL - allowed[routes().commands[name].who])


@pytest.mark.parametrize("name", sorted(routes().commands))
async def test_a_command_is_refused_to_whom_it_is_not_for(around: Square, name: str) -> None:
    for who in barred(name):
        before = around.writes()
        said = await around.types(who, name)
        check(around, who, before, said, refused=True)


@pytest.mark.parametrize("name", few(sorted(PRESSED), 90))
async def test_a_button_does_nothing_for_whom_it_is_not_for(around: Square, name: str) -> None:
    known = around.ids | {"chi": around.town.person("chi").id, "shown": f"{around.ids['pair']}|x|y"}
    choice = CHOICES.get(name, "")
    pressed = f"{name}:{known.get(choice, choice)}" if choice else name
    for subject, allowed in PRESSED[name].items():
        for who in sorted(ALL - allowed):
            before = around.writes()
            said = await around.presses(who, pressed, known.get(subject, ""))
            check(around, who, before, said, refused=not (name in OWN and who in ENROLLED))


@pytest.mark.parametrize("name", sorted(SENT))
async def test_a_modal_does_nothing_for_whom_it_is_not_for(around: Square, name: str) -> None:
    for who in sorted(ALL - SENT[name]):
        before = around.writes()
        said = await around.submits(who, name)
        check(around, who, before, said, refused=not (name in OWN and who in ENROLLED))


def check(around: Square, who: str, before: int, said: str, *, refused: bool) -> None:
    """Nothing was stored, nothing private was said, nothing broke; a sentence said no."""
    assert around.writes() == before, who
    assert [secret for secret in SECRETS[who] if secret in said] == [], who
    assert "went wrong" not in said, (who, said[:900])
    assert not refused or any(no in said for no in NO), (who, said[:900])


@pytest.mark.parametrize("name", few([name for name, subjects in PRESSED.items() if set(subjects) - {"", "chi"}], 20))
async def test_a_button_with_an_id_that_does_not_exist_changes_nothing_and_says_so(around: Square, name: str) -> None:
    """Whatever an old message still carries: another choice, an id of something that is gone, several ids."""
    known, around.ids = around.ids, dict.fromkeys(around.ids, "no-such-id")
    try:
        for pressed, value in ((name, "no-such-id"), (f"{name}:junk", "a|b|c")):
            for who in sorted(PAIR | TEAM):
                before = around.writes()
                check(around, who, before, await around.presses(who, pressed, value), refused=False)
    finally:
        around.ids = known


@pytest.mark.parametrize("name", ["help.show", "help.turn"])
async def test_a_button_to_a_page_that_is_gone_shows_what_one_needs_most(around: Square, name: str) -> None:
    assert "/revmentor schedule" in await around.presses("junior", f"{name}:gone", "")


@pytest.mark.parametrize("name", few([name for name, allowed in SENT.items() if allowed <= PAIR], 6))
async def test_a_modal_about_something_that_does_not_exist_changes_nothing_and_says_so(
    around: Square, name: str
) -> None:
    known, around.ids = around.ids, dict.fromkeys(around.ids, "no-such-id")
    try:
        for who in sorted(PAIR):
            before = around.writes()
            check(around, who, before, await around.submits(who, name), refused=name not in OWN)
    finally:
        around.ids = known
