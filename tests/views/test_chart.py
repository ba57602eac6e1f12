"""The drawing process: a picture of the right size, one after another, with no secrets and nobody else's matplotlib."""

import os
import struct
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.charts import Drawer
from bot.views.report.picture import picture
from prompts import Words
from tests.views.test_report import EMPTY, FULL

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def drawer() -> Any:
    made = Drawer()
    yield made
    made.close()


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


async def test_one_process_draws_several_charts(drawer: Drawer, words: Words) -> None:
    full, again, empty = [await drawer.draw(picture(words, figures)) for figures in (FULL, FULL, EMPTY)]
    assert size_of(full) == size_of(empty) == (800, 940)
    assert full == again != empty


async def test_a_process_that_died_is_started_again(drawer: Drawer, words: Words) -> None:
    await drawer.draw(picture(words, FULL))
    assert drawer._process is not None
    drawer._process.kill()
    assert size_of(await drawer.draw(picture(words, FULL))) == (800, 940)


async def test_what_cannot_be_drawn_raises_and_the_next_one_works(drawer: Drawer, words: Words) -> None:
    with pytest.raises((EOFError, OSError)):
        await drawer.draw({"title": "nothing else"})
    assert size_of(await drawer.draw(picture(words, EMPTY))) == (800, 940)


async def test_the_process_knows_no_secrets(drawer: Drawer, words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVMENTOR_MASTER_KEYS", "planted-secret")
    drawer.close()
    await drawer.draw(picture(words, EMPTY))
    assert drawer._process is not None
    environment = Path(f"/proc/{drawer._process.pid}/environ")
    if not environment.exists():
        pytest.skip("this system does not show a process's environment")
    assert b"planted-secret" not in environment.read_bytes()
    assert os.environ["REVMENTOR_MASTER_KEYS"] == "planted-secret"


def test_matplotlib_is_imported_in_the_drawing_process_only() -> None:
    sources = [p for folder in ("bot", "handlers", "storage", "prompts") for p in (ROOT / folder).rglob("*.py")]
    users = [
        p for p in [*sources, ROOT / "app.py"] if "import matplotlib" in (t := p.read_text()) or "from matplotlib" in t
    ]
    drawing = ["bot/views/chart.py", "bot/views/chart_bars.py", "bot/views/chart_paper.py"]
    assert sorted(p.relative_to(ROOT).as_posix() for p in users) == drawing
