"""A digest that was stored before figures of every kind were counted: it is known as what it is, and it is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.report.facts import DigestFacts
from bot.services.report.weekly import FIGURES
from bot.views.report.digest import digest
from bot.views.report.picture import alt_text, picture
from prompts import Library
from storage import tables as t
from storage.migrate import migrate
from storage.store import Store
from storage.vault import MasterKey
from tests.databases import on_server
from tests.storage.older import one_row_in_every_table, upgrade
from tests.world import World

LAST_OF_BEFORE = "0008"
STORED = (
    '{"start":"2026-03-09","end":"2026-03-15","week":2,"weeks":16,"activity":{"held":0,"planned":0,"moved":0,'
    '"cancelled_by_senior":0,"cancelled_by_junior":0,"cancelled_other":0,"pairs":21,"with_next":0,"met_all":0},'
    '"concerns":[["no_first",1]],"lights":[["too_early",0],["on_track",20],["attention",1],["at_risk",0],'
    '["paused",0]],"reciprocity":{"published":{"n":10,"releases":1,"newest":"2026-03-09","closing":false,"figures":'
    '[{"name":"learn","low":8,"high":10},{"name":"help","low":8,"high":10},{"name":"advocate","low":8,"high":10},'
    '{"name":"introduce","low":8,"high":10}]},"withheld":"waiting","least":5,"needed":10},"say_do":{"published":null,'
    '"withheld":"few","least":5,"needed":10},"promises":{"due":0,"done":0,"slipping":0},"one_thing":"book_two",'
    '"bars":[{"monday":"2026-03-02","held":20,"planned":0},{"monday":"2026-03-09","held":0,"planned":0}],'
    '"final":false,"ripples":[["practice",1]]}'
)
"""As the version before this one wrote it."""


@pytest.fixture
def bare(backend: str, tmp_path: Path) -> Iterator[str]:
    if backend == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"
    else:
        with on_server(bare=True) as address:
            yield address


@pytest.mark.parametrize("final", [False, True])
async def test_the_way_to_this_version_finds_which_digests_were_the_last_of_their_cohorts(
    bare: str, final: bool
) -> None:
    store = Store(bare, [MasterKey.new("test")])
    figures = STORED.replace('"final":false', f'"final":{str(final).lower()}')
    async with store.engine.connect() as conn:
        await conn.run_sync(upgrade, LAST_OF_BEFORE)
        await conn.run_sync(one_row_in_every_table)
        await conn.execute(update(t.digest).values(figures=figures))
        await conn.commit()
    await migrate(store)
    async with store.engine.connect() as conn:
        (row,) = (await conn.execute(t.digest.select())).all()
    await store.close()
    assert (row.final, row.held, row.others, row.figures) == (final, None, 0, figures)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_it_is_drawn_with_what_was_known_then(world: World, library: Library, language: str) -> None:
    words, figures = library.words(language), FIGURES.validate_json(STORED)
    said = str(digest(words, DigestFacts(world.cohort, figures)).payload())
    assert "10" in said and world.cohort.name in said
    assert picture(words, figures) and alt_text(words, figures)
