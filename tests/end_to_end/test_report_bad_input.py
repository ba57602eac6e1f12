"""What somebody might try in order to read more out of the figures: a clear sentence each time, and nothing leaked."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from playground.person import Person
from storage import programme
from storage import tables as t
from storage.records.programme import CohortState
from tests.end_to_end.cohort import open_cohort
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_programme import room
from tests.end_to_end.test_report import CHANNEL, MONDAY, begin, digests
from tests.services.many import YES, add_pairs, everybody_answers

FIGURES = ("helped me", "spoke up", "introduced me", "learned")


def seen(person: Person) -> str:
    """The modal and every message that somebody has before them, in small letters."""
    return f"{person.modal} {person.messages()} {person.messages(CHANNEL)}".lower()


async def in_database(town: Town, **values: Any) -> None:
    """Somebody with access to it writes this beside every cohort and the programme."""
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        for table in (t.cohort, t.programme):
            await tx.conn.execute(update(table).values(**values))


async def test_a_threshold_under_five_is_refused_in_the_form_though_no_client_offers_it(town: Town) -> None:
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin setup")).ok
    assert (await chi.submit({"findings_owner": "dee"})).ok
    assert (await chi.submit({"contact_1": "noor", "contact_2": "eli", "channel_id": room(chi, "programme-team")})).ok
    assert chi.modal is not None
    view = chi.view(chi.modal["id"])
    menu = next(block for block in view.given["blocks"] if block.get("block_id") == "k")["element"]
    assert all(int(option["value"]) >= 5 for option in menu["options"])
    for forged in ("4", "1", "0", "-5", "five"):
        menu["options"].append({"text": {"type": "plain_text", "text": forged}, "value": forged})
        refused = await chi.submit({"k": forged})
        assert "It can be raised, not lowered" in refused.errors["k"], forged
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        assert await programme.get(tx) is None


async def test_a_threshold_that_was_lowered_in_the_database_lowers_nothing_nor_does_a_cohort_of_three(
    town: Town,
) -> None:
    cohort, pairs = await begin(town, 6)
    three = await open_cohort(town, name="Trio")
    trio = await add_pairs(town.house.kit, three, 3, {n: (f"U07JT{n:05}", f"U07ST{n:05}") for n in range(3)})
    await everybody_answers(town.house.kit, [*pairs[:4], *trio], YES)
    await in_database(town, k=1, clamp=0)
    chi = town.person("chi")
    await town.until(MONDAY)
    assert (await chi.command("/revmentor admin digest", channel=CHANNEL)).ok
    await chi.press("How these numbers are protected", in_=digests(chi)[0])
    assert "at least 10 people" in str(chi.modal) and "if at least 5 answered" in str(chi.modal)
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        for one in (cohort, three):
            await programme.move_cohort(tx, one.id, CohortState.OPEN, CohortState.CLOSED)
    await town.until(MONDAY + timedelta(weeks=1))
    last = digests(chi)[-2:]
    assert len(digests(chi)) == 4 and all("the last digest" in str(one) for one in last)
    for one in last:
        assert "asked once at the end" not in str(one).lower()
        assert not re.search(r" of [34]\b(?! planned session)", str(one)), "sessions are counted, answers are not"
        assert not [two.junior.user_id for two in [*pairs, *trio] if two.junior.user_id in str(one)]


async def test_no_filter_of_a_list_comes_near_a_figure(town: Town) -> None:
    _, pairs = await begin(town, 20)
    await everybody_answers(town.house.kit, pairs, YES)
    await town.until(MONDAY)
    chi = town.person("chi")
    (told,) = digests(chi)
    assert all(figure in str(told).lower() for figure in FIGURES), "there is something to be filtered"
    for line in ("admin pairs", "admin people", f"admin pair-info <@{pairs[0].junior.user_id}>"):
        assert (await chi.command(f"/revmentor {line}")).ok, line
        assert not [figure for figure in FIGURES if figure in str(chi.modal).lower()], line
    for line in ("admin digest Spring", "admin digest now Operations", f"admin digest <@{pairs[0].junior.user_id}>"):
        before = len(digests(chi))
        await chi.command(f"/revmentor {line}", channel=CHANNEL)
        await town.settle()
        assert len(digests(chi)) == before, line
        assert not [figure for figure in FIGURES if figure in str(chi.messages(CHANNEL)[-1]).lower()], line


async def test_whoever_stopped_coordinating_between_preview_and_posting_posts_nothing(town: Town) -> None:
    await begin(town, 3)
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command(f"/revmentor admin coordinators add <@{dee.id}>")).ok
    await town.settle()
    assert (await dee.command("/revmentor admin digest", channel=CHANNEL)).ok
    assert (await chi.command(f"/revmentor admin coordinators remove <@{dee.id}>")).ok
    await town.settle()
    for line in ("now", "preview", "schedule", "channel"):
        await dee.command(f"/revmentor admin digest {line}", channel=CHANNEL)
        assert "for coordinators" in seen(dee), line
    await town.settle()
    assert digests(chi) == []


async def test_a_report_of_one_day_of_a_part_or_of_nothing_is_refused_with_what_to_type(town: Town) -> None:
    _, pairs = await begin(town, 20)
    await everybody_answers(town.house.kit, pairs, YES)
    odd = await open_cohort(town, name="=cmd|' /C calc'!A0 <!channel>")
    await town.until(MONDAY)
    chi = town.person("chi")
    refused = {
        "2026-03-09": "one day", "2026-03-09 to 2026-03-09": "one day", "2026-03-02 to 2026-03-10": "whole weeks",
        "department=Operations": "no filters", f"<@{pairs[0].junior.user_id}>": "no filters",
        "Spring level:2": "no filters", "<!channel> & <https://x.example|y>": "cohort",
    }  # fmt: skip
    for typed, why in refused.items():
        said = await answer_to(chi, f"admin report {typed}")
        assert why in said.lower() and "<!channel>" not in said, (typed, said)
        assert not [figure for figure in FIGURES if figure in said.lower()], typed
    await answer_to(chi, f"admin export {odd.name}")
    assert (await chi.submit({})).ok
    await town.settle()
    (table,) = [one.content for one in town.pg.workspace.files.values() if one.name.endswith(".csv")]
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {f"'{odd.name}"}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


async def answer_to(person: Person, line: str) -> str:
    """What a command says to whoever typed it."""
    before = len(person.messages(CHANNEL))
    await person.command(f"/revmentor {line}", channel=CHANNEL)
    return f"{person.modal} {person.messages(CHANNEL)[before:]}"
