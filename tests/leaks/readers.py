"""Who may read what is sealed in which column: one line for each, and a test that none is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Ask = Callable[[str, Mapping[str, str]], list[str]]
"""Rows of one text each for a query with named values, from the database that a text was sealed for."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One text as the vault was given it: `column` is `table.column`, `person` whose key it is under."""

    column: str
    person: str
    row: str
    text: str


def _own(ask: Ask, told: Sealed) -> list[str]:
    return ask("SELECT user_id FROM person WHERE id = :person", {"person": told.person})


def _partners(ask: Ask, told: Sealed) -> list[str]:
    """Everybody the person was ever paired with."""
    query = (
        "SELECT DISTINCT p.user_id FROM pair JOIN person p ON p.id IN (pair.junior_id, pair.senior_id)"
        " WHERE :person IN (pair.junior_id, pair.senior_id)"
    )
    return ask(query, {"person": told.person})


def own(ask: Ask, told: Sealed) -> set[str]:
    """Nobody but the person."""
    return set(_own(ask, told))


def the_pair(ask: Ask, told: Sealed) -> set[str]:
    """The two people of the pair whose row it is; all partners of the person where the row is gone."""
    table = told.column.partition(".")[0]
    query = (
        f"SELECT p.user_id FROM {table} r JOIN pair ON pair.id = r.pair_id"
        " JOIN person p ON p.id IN (pair.junior_id, pair.senior_id) WHERE r.id = :row"
    )
    return {*_own(ask, told), *(ask(query, {"row": told.row}) or _partners(ask, told))}


def partners(ask: Ask, told: Sealed) -> set[str]:
    """The person and everybody they were ever paired with."""
    return {*_own(ask, told), *_partners(ask, told)}


def junior_if_shared(ask: Ask, told: Sealed) -> set[str]:
    """The senior who wrote it, and the junior where the senior lets her."""
    shared = ask("SELECT checkin_id FROM reflection WHERE checkin_id = :row AND shared", {"row": told.row})
    return set(_own(ask, told)) | (partners(ask, told) if shared else set())


def the_pair_once_revealed(ask: Ask, told: Sealed) -> set[str]:
    """Nobody but the person until both have answered the same question; from then on the two of the pair."""
    query = "SELECT id FROM icebreaker_answer WHERE id = :row AND revealed_at IS NULL"
    return set(_own(ask, told)) if ask(query, {"row": told.row}) else the_pair(ask, told)


def coordinators(ask: Ask, told: Sealed) -> set[str]:
    """The person, and the coordinators to whom it is sent."""
    return {*_own(ask, told), *ask("SELECT user_id FROM coordinator", {})}


def coordinators_if_approved(ask: Ask, told: Sealed) -> set[str]:
    """Nobody but the person, and coordinators once the person has said that it may be quoted."""
    approved = ask("SELECT id FROM quote WHERE id = :row AND state <> 'draft'", {"row": told.row})
    return coordinators(ask, told) if approved else set(_own(ask, told))


def the_cohort(ask: Ask, told: Sealed) -> set[str]:
    """The author, coordinators, and everybody of the cohort that it was said to."""
    query = (
        "SELECT p.user_id FROM announcement a JOIN participant ON participant.cohort_id = a.cohort_id"
        " JOIN person p ON p.id = participant.person_id WHERE a.id = :row"
    )
    return {*coordinators(ask, told), *ask(query, {"row": told.row})}


def of_a_theme(ask: Ask, told: Sealed) -> set[str]:
    """The author, coordinators, whom a theme was taken to, and everybody of the cohort once it is closed."""
    query = (
        "SELECT p.user_id FROM theme_step s JOIN participant ON participant.cohort_id = s.cohort_id"
        " JOIN person p ON p.id = participant.person_id WHERE s.id = :row AND s.step = 'closed'"
        " UNION SELECT taken_to FROM theme_step WHERE id = :row AND taken_to IS NOT NULL"
    )
    return {*coordinators(ask, told), *ask(query, {"row": told.row})}


READERS: dict[str, Callable[[Ask, Sealed], set[str]]] = {
    "answer.content": own,
    "checkin.extra": own,
    "ask_offer.offered": own,
    "noticing.noticed": own,
    "urn.mark": own,
    "reflection.learned": junior_if_shared,
    "commitment.text": the_pair,
    "agenda_line.text": the_pair,
    "icebreaker_answer.text": the_pair_once_revealed,
    "contract_line.text": the_pair,
    "session.place": the_pair,
    "session_offer.place": the_pair,
    "participant.share": partners,
    "participant.learn": partners,
    "confided.body": own,
    "roster_part.piece": own,
    "pause.note": partners,
    "leaving.note": coordinators,
    "help_request.text": coordinators,
    "proposal.text": the_pair,
    "introduction.whom": the_pair,
    "introduction.why": the_pair,
    "introduction.line": the_pair,
    "intro_answer.whom": partners,
    "intro_answer.word": partners,
    "intro_answer.why_not": partners,
    "intro_outcome.outcome": own,
    "announcement.text": the_cohort,
    "theme_step.words": of_a_theme,
    "fit.answer": own,
    "pulse.taps": own,
    "credit.credited": own,
    "learner.learner": own,
    "statement.text": own,
    "statement.note": own,
    "quote.text": coordinators_if_approved,
    "ripple.line": the_pair,
    "review.answers": own,
}
"""Who may see each sealed column in Slack. A new one belongs here; in files and logs nobody finds any of them."""
