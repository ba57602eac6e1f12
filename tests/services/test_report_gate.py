"""Nothing goes round the gate: who may read answers of many, draw, publish, and look at the answers of one."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from storage import tables as t
from storage.types import Sealed

ROOT = Path(__file__).parents[2]
HOUSE = [p for folder in ("bot", "handlers", "cli", "storage") for p in sorted((ROOT / folder).rglob("*.py"))]
GATE, COUNTING = "bot/services/report/urn.py", "bot/services/report/counting.py"

SWEEPERS = {"bot/services/report/weekly.py", "bot/services/report/outcomes.py"}
"""The weekly job, and what it calls for cohorts that are over: nobody else may choose the moment of a draw."""

IN_BULK = {f"storage/{step}.py" for step in ("checkin", "commit", "pulse", "review")}
"""Where the queries stand that read the answers of many: all of them, and nothing else, end alike."""

OF_ONE = {
    "checkin": {"sheet", "sheets", "last_answered", "reflection"},
    "pulse": {"mine", "open_of"},
    "review": {"given"},
    "commit": {"noticed"},
    "learner": {"mine", "of_sessions"},
    "match.fits": {"mine"},
    "credit": {"mine", "of_senior"},
    "intro": {"outcomes"},
    "ask": {"offers"},
    "privacy": {"everything_about"},
}
"""The queries of storage that open what one person answered in private."""

WHOSE = {
    "bot/services/checkin/answering.py": "the junior's own, of the check-in that she answers",
    "bot/services/checkin/drawing.py": "the own form, filled with what was answered before",
    "bot/services/checkin/promises.py": "the junior's own: whether to ask herself again, in a message to her alone",
    "bot/services/checkin/over_time.py": "the own answers over time, of pairs whose junior is acting",
    "bot/services/checkin/learning.py": "the own answer to who was learning",
    "bot/services/home/pairs.py": "the Home's owner's own, and only where she is the junior",
    "bot/services/home/score.py": "the senior's own credit, on their own scorecard",
    "bot/services/commit/noticing.py": "whether the junior herself is still to be asked",
    "bot/services/pulse.py": "the own taps, of whoever acts or receives the question",
    "bot/services/review/finding.py": "the own answers, once `mine` has found the review to be the actor's",
    "bot/services/review/answering.py": "whether the actor said that they may be quoted; read for their own window",
    "bot/services/match/fitting.py": "the own answer about the match: of the actor, or of whom the question goes to",
    "bot/services/credit.py": "the senior's own credit, of whoever acts or receives the question",
    "bot/services/intro/listing.py": "what the junior herself said came of her introductions",
    "bot/services/intro/talking.py": "what the junior herself said, in the message that asks her",
    "bot/services/ask/offering.py": "what the junior herself was offered to ask for",
    "bot/services/privacy/looking.py": "all that is stored about whoever asks",
    "bot/services/privacy/exporting.py": "all that is stored about whoever asked for the file, once it is sent to them",
    "storage/checkin.py": "part of a sheet, for whoever may read the sheet",
}
"""Every file that opens what one person answered, and why that is nobody else's eyes. A new one is looked at before it
is written down here: the actor's own id, or the receiver's, has to be what the query is given."""


@cache
def named() -> dict[str, set[str]]:
    """File → what it reaches, by its whole name, however it was imported."""
    return {path.relative_to(ROOT).as_posix(): set(_named(ast.parse(path.read_text()))) for path in HOUSE}


def _named(tree: ast.Module) -> Iterator[str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {(one.asname or one.name): f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            known |= {(one.asname or one.name): one.name for one in node.names}
    yield from known.values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield f"{known[node.value.id]}.{node.attr}"


def users(*wanted: str) -> set[str]:
    """The files that reach any of these."""
    return {path for path, reached in named().items() if not reached.isdisjoint(wanted)}


def test_only_the_gate_reads_answers_in_bulk() -> None:
    """Nobody else may so much as name the queries."""
    naming = {p.relative_to(ROOT).as_posix() for p in [*HOUSE, ROOT / "app.py"] if "_for_release" in p.read_text()}
    assert naming == {COUNTING, *IN_BULK}


@pytest.mark.parametrize(
    ("module", "what", "where"),
    [
        ("bot.domain.disclosure", "draw make_release", {GATE}),
        ("bot.services.report.counting", "counted names_of", {GATE}),
        ("storage.report", "wait spend add_releases pool pools newest", {GATE}),
        ("storage.report.urns", "wait spend add_releases pool pools newest", {"storage/report/__init__.py"}),
        ("bot.services.report.urn", "sweep sweep_all sweep_cohorts", SWEEPERS),
        ("bot.services.report.outcomes", "count_outcomes", {"bot/services/report/weekly.py"}),
    ],
)
def test_only_the_weekly_sweep_draws_and_publishes(module: str, what: str, where: set[str]) -> None:
    assert users(*(f"{module}.{name}" for name in what.split())) == where


def test_the_weekly_sweep_is_woken_by_the_schedule_alone() -> None:
    jobs = {"bot/schedule/jobs.py", "bot/services/report/__init__.py"}
    assert users("bot.services.report.do_digest", "bot.services.report.weekly.do_digest") == jobs


def test_nobody_opens_the_answers_of_somebody_else_one_by_one() -> None:
    readers = [f"storage.{module}.{name}" for module, names in OF_ONE.items() for name in names]
    assert users(*readers) == set(WHOSE)


def test_every_query_that_opens_an_answer_is_known() -> None:
    """A sealed answer is opened by the one module that stores it, in queries that are listed above."""
    private = {"answer", "noticing", "pulse", "review", "learner", "fit", "credit", "intro_outcome", "ask_offer", "urn"}
    kept = {table.name for table in t.metadata.sorted_tables for c in table.c if isinstance(c.type, Sealed)}
    assert private <= kept
    opening = {
        (p.relative_to(ROOT).as_posix(), table)
        for p in HOUSE
        if "tx.open(" in (text := p.read_text())
        for table in private
        if f"t.{table}.c" in text
    }
    assert opening == {
        ("storage/checkin.py", "answer"), ("storage/commit.py", "noticing"), ("storage/pulse.py", "pulse"),
        ("storage/review.py", "review"), ("storage/learner.py", "learner"), ("storage/match/fits.py", "fit"),
        ("storage/credit.py", "credit"), ("storage/intro.py", "intro_outcome"), ("storage/ask.py", "ask_offer"),
        ("storage/report/urns.py", "urn"),
    }  # fmt: skip
