"""What doctor makes of its findings: one line each, and never better than it is."""

from dataclasses import replace

import pytest

from bot.domain.doctor import (
    Channel,
    Level,
    Line,
    Outside,
    Scopes,
    about_memory,
    about_programme,
    about_slack,
    about_zones,
    worst,
)
from storage.records.doctor import Memory, ProgrammeRow

OK, WARNING, WRONG = Level.OK, Level.WARNING, Level.WRONG
FINE = Memory("sqlite", "3.51.3", "0002", "0002", True, False, True, 9 << 30, keys={"k1": 4})
PROGRAMME = ProgrammeRow("T1", "C1", "UTC", frozenset({"UCHI"}), {"findings_owner": "UCHI"}, 0)
ASKED = Scopes(frozenset({"chat:write", "commands", "files:read"}), frozenset({"files:read"}))
ANSWERS = Outside(
    workspace="Orchard", team_id="T1", app_refused="", scopes=frozenset({"chat:write", "commands"}), skew=1.0,
    channel=Channel(people=frozenset({"UCHI"})),
)  # fmt: skip


def bad(lines: object) -> list[tuple[Level, str, str]]:
    """All lines but the good ones."""
    return [(line.level, line.subject, line.key) for line in lines if line.level is not OK]  # type: ignore[attr-defined]


def test_a_good_installation_is_all_right() -> None:
    lines = [*about_memory(FINE, "k1"), *about_slack(ANSWERS, ASKED), *about_programme(PROGRAMME, ANSWERS)]
    lines.append(about_zones("2026.1", 2026, ()))
    assert bad(lines) == [] and worst(lines) is OK
    subjects = {line.subject for line in lines}
    assert {"database", "sqlite", "keys", "letters", "work", "token", "app_token", "scopes", "clock"} < subjects


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"known": False, "revision": "9999"}, (WRONG, "database", "newer")),
        ({"revision": "0001"}, (WARNING, "database", "behind")),
        ({"writable": False}, (WRONG, "database", "readonly")),
        ({"free": 900 << 20}, (WARNING, "database", "little")),
        ({"free": 20 << 20}, (WRONG, "database", "little")),
        ({"version": "3.40.1"}, (WARNING, "sqlite", "old")),
        ({"integrity": "row 7 missing"}, (WRONG, "sqlite", "damaged")),
        ({"keys": {"k1": 4, "k0": 1}}, (WARNING, "keys", "older")),
        ({"closed": 1}, (WRONG, "keys", "closed")),
        ({"letters_late": 2}, (WARNING, "letters", "late")),
        ({"letters_dead": 2}, (WARNING, "letters", "dead")),
        ({"work_late": 2}, (WARNING, "work", "late")),
        ({"work_dead": 2}, (WARNING, "work", "dead")),
    ],
)
def test_what_is_wrong_with_the_database_is_said(change: dict[str, object], finding: tuple[Level, str, str]) -> None:
    assert bad(about_memory(replace(FINE, **change), "k1")) == [finding]  # type: ignore[arg-type]


def test_on_postgresql_there_is_nothing_to_say_about_sqlite_and_the_disk() -> None:
    lines = list(about_memory(replace(FINE, kind="postgresql", version="15.4", free=None), "k1"))
    assert bad(lines) == [] and "sqlite" not in {line.subject for line in lines}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"refused": "invalid_auth"}, (WRONG, "token", "refused")),
        ({"away": "no_connection"}, (WRONG, "token", "away")),
        ({"app_refused": "invalid_auth"}, (WRONG, "app_token", "refused")),
        ({"scopes": frozenset({"commands"})}, (WRONG, "scopes", "missing")),
        ({"scopes": frozenset({"chat:write", "commands", "admin"})}, (WARNING, "scopes", "superfluous")),
        ({"skew": -31.0}, (WARNING, "clock", "off")),
        ({"skew": 300.0}, (WRONG, "clock", "off")),
    ],
)
def test_what_is_wrong_with_slack_is_said(change: dict[str, object], finding: tuple[Level, str, str]) -> None:
    assert bad(about_slack(replace(ANSWERS, **change), ASKED)) == [finding]  # type: ignore[arg-type]


def test_a_missing_scope_says_what_it_breaks() -> None:
    (missing,) = (line for line in about_slack(replace(ANSWERS, scopes=frozenset({"commands"})), ASKED) if line.level)
    assert missing.params == {"scope": "chat:write", "breaks": "chat_write"}


def test_an_optional_scope_that_was_left_out_is_named_and_is_no_fault() -> None:
    lines = [line for line in about_slack(ANSWERS, ASKED) if line.subject == "scopes"]
    assert [(line.level, line.key) for line in lines] == [(OK, "good"), (OK, "left_out")]
    assert lines[1].params == {"scope": "files:read", "breaks": "files_read"}
    everything = about_slack(replace(ANSWERS, scopes=ASKED.asked), ASKED)
    assert [line.key for line in everything if line.subject == "scopes"] == ["good"]


@pytest.mark.parametrize(
    ("channel", "finding"),
    [
        (Channel(problem="channel_not_found"), (WRONG, "channel", "unseen")),
        (Channel(archived=True), (WRONG, "channel", "archived")),
        (Channel(member=False), (WRONG, "channel", "outside")),
        (Channel(private=False), (WRONG, "channel", "public")),
        (Channel(people=frozenset({"UCHI", "UANA"})), (WARNING, "channel", "others")),
    ],
)
def test_what_is_wrong_with_the_channel_is_said(channel: Channel, finding: tuple[Level, str, str]) -> None:
    assert bad(about_programme(PROGRAMME, replace(ANSWERS, channel=channel))) == [finding]


def test_whoever_was_named_and_is_gone_and_people_without_region_are_said() -> None:
    lines = about_programme(replace(PROGRAMME, nowhere=3), replace(ANSWERS, gone={"safe_contact_1": "UELI"}))
    assert bad(lines) == [(WRONG, "people", "safe_contact_1"), (WARNING, "regions", "unknown")]


def test_before_the_set_up_there_is_nothing_to_look_at() -> None:
    assert list(about_programme(None, ANSWERS)) == [Line(OK, "programme", "none")]


@pytest.mark.parametrize(
    ("version", "missing", "level"), [("2025.2", (), OK), ("2024.1", (), WARNING), ("2026.1", ("Mars/Base",), WRONG)]
)
def test_zone_data_that_is_old_or_lacks_a_zone_is_said(version: str, missing: tuple[str, ...], level: Level) -> None:
    assert about_zones(version, 2026, missing).level is level
