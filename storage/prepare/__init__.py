"""Queries about preparing: agenda lines and the parking lot, icebreakers, topics in session 1, and the contract."""

from storage.prepare.agenda import add_line, line, lines, parked, place_line, remove, turn_into
from storage.prepare.contract import (
    add_contract,
    agree_contract,
    contract,
    contract_of,
    contracts_agreed,
    exceptions,
    newest_contract,
    say_fits,
    set_exceptions,
    take_back_agreement,
)
from storage.prepare.early import agree_early, ask_early, drop_early, early_topics
from storage.prepare.icebreakers import (
    answers,
    drop_answer,
    keep_answer,
    remove_answer,
    reveal,
    unuse,
    use,
    uses,
)

__all__ = [
    "add_contract", "add_line", "agree_contract", "agree_early", "answers", "ask_early", "contract", "contract_of",
    "contracts_agreed", "drop_answer", "drop_early", "early_topics", "exceptions", "keep_answer", "line", "lines",
    "newest_contract", "parked", "place_line", "remove", "remove_answer", "reveal", "say_fits", "set_exceptions",
    "take_back_agreement", "turn_into", "unuse", "use", "uses",
]  # fmt: skip
