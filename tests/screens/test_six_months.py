"""Both Homes of one pair along its six months, wide and on a phone; taken by `make pictures`."""

import pytest
from playwright.async_api import Browser, expect

from prompts import load
from tests.screens.conftest import PHONE, WIDE, Screens
from tests.screens.test_screens import EVERY
from tests.six_months import six_months
from tests.thorough import thorough

SHOWS = {
    "deferred": {"ana": "when you're more ready", "bo": "You have not promised"},
    "promised": {"ana": "put Ana's name forward", "bo": "put Ana's name forward"},
    "slipping": {"ana": "slipping", "bo": "slipping"},
    "done": {"ana": "made on", "bo": "1 of 1 promise done"},
    "ended": {"ana": "You both would like to stay in touch", "bo": "You both would like to stay in touch"},
}


@pytest.mark.skipif(not EVERY, reason="half a year takes its time; `make pictures` looks at it")
@thorough
async def test_a_pair_finds_on_its_homes_how_far_a_promise_and_a_door_have_come(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    async with six_months(tmp_path_factory.mktemp("six_months"), load()) as one:
        screens = Screens(one.town, browser)
        for stage, homes in SHOWS.items():
            await one.until(stage)
            for name, words in homes.items():
                for width in (WIDE, PHONE):
                    page = await screens.look(name, "app:home", width=width)
                    await expect(page.locator("#main")).to_contain_text(words)
                    await screens.keep(page, f"six-months-{stage}-{name}-{width}", page.locator("#main .home"))
                    await page.close()
        assert screens.failures == []
