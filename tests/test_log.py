"""Log lines hold ids and counts; what people wrote never reaches them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import log

SECRET = "the thing that Ana wrote"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.configure("DEBUG", stream)
    yield stream
    log.configure("INFO")


def test_a_line_is_json_with_the_event_and_its_ids(lines: io.StringIO) -> None:
    log.log.info("letter.sent", letter="l1", team="T1", attempts=2)
    line = json.loads(lines.getvalue())
    assert {
        "event": "letter.sent",
        "letter": "l1",
        "team": "T1",
        "attempts": 2,
        "level": "info",
    }.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_a_field_that_is_not_known_to_be_harmless_is_named_and_dropped(lines: io.StringIO) -> None:
    log.log.info("x", answer=SECRET, n=3)
    assert SECRET not in lines.getvalue()
    assert json.loads(lines.getvalue())["dropped"] == ["answer"]


def test_an_exception_is_its_type_and_places_and_not_its_message(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.log.exception("broken", reference="AB12")
    line = json.loads(lines.getvalue())
    assert SECRET not in lines.getvalue()
    assert line["error"] == "ValueError" and "test_log.py" in line["trace"][0]


@pytest.mark.parametrize("name", ["slack_sdk.web.async_client", "slack_bolt.AsyncApp", "aiohttp.access", "sqlalchemy"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR])
def test_a_library_is_logged_by_place_from_warnings_on(lines: io.StringIO, name: str, level: int) -> None:
    logging.getLogger(name).log(level, "body: %s", SECRET)
    assert SECRET not in lines.getvalue()
    assert bool(lines.getvalue()) is (level >= logging.WARNING)
