"""What somebody answers in private changes nothing that anybody else can see: two worlds that differ in it alone."""

import shutil
from pathlib import Path

import pytest

from bot.domain.report.kinds import RUNNING
from prompts import Library
from storage.records.report import FigureKind
from tests.thorough import PLAYED, thorough
from tests.visibility.crowd import play as play_crowd
from tests.visibility.worlds import BITTER, CONTENT, OPERATOR, PLACES, Told, play
from tests.world import ANA, BO

pytestmark = pytest.mark.sqlite


async def test_private_answers_change_nothing_for_anybody_but_who_gave_them(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    async def world(name: str, ana: Told, bo: Told) -> dict[str, list[str]]:
        shutil.copyfile(empty_database, tmp_path / name)
        return await play(f"sqlite+aiosqlite:///{tmp_path / name}", library, ana, bo)

    usual = await world("usual.db", CONTENT, CONTENT)
    assert {OPERATOR, PLACES} < usual.keys() and len(usual) == 8
    both = (("ana.db", ANA, (BITTER, CONTENT)), ("bo.db", BO, (CONTENT, BITTER)))
    for name, who, said in both if PLAYED else both[:1]:
        other = await world(name, *said)
        assert other.keys() == usual.keys()
        told_by = {viewer: _differ(usual[viewer], other[viewer]) for viewer in usual.keys() - {who}}
        assert {viewer: by for viewer, by in told_by.items() if by} == {}, f"they can tell what {who} said"
        assert _differ(usual[who], other[who]), "and who said it sees it"


def _differ(one: list[str], other: list[str]) -> list[str]:
    """Lines of one world that are not in the other, in either direction."""
    mine, theirs = sorted(one), sorted(other)
    return [line[:600] for line in (*(set(mine) - set(theirs)), *(set(theirs) - set(mine)))] or (
        [] if mine == theirs else ["the same, but not as often"]
    )


@thorough
async def test_of_twenty_nobody_sees_that_two_answered_everything_otherwise(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    """Two or fewer is one figure, so is all but two or more: words, buttons, charts, files and rows are the same."""

    async def world(name: str, *odd: int) -> tuple[list[str], set[FigureKind]]:
        shutil.copyfile(empty_database, tmp_path / name)
        return await play_crowd(f"sqlite+aiosqlite:///{tmp_path / name}", library, frozenset(odd))

    seen, published = await world("all.db")
    other, _ = await world("two.db", 4, 11)
    assert published == {*RUNNING, FigureKind.END_JUNIOR, FigureKind.END_SENIOR}
    assert _differ(seen, other) == []
