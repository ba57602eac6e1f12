"""What people see of preparing: icebreakers, agendas, the parking lot, how they agreed to work."""

from bot.views.prepare.agenda import agenda, early, edit_agenda, last_agenda, numbered
from bot.views.prepare.answers import ahead, answers, kept
from bot.views.prepare.contract import contract, contract_modal, home_card, review, waiting
from bot.views.prepare.contract_form import contract_form, exceptions_form, exceptions_saved
from bot.views.prepare.icebreakers import icebreakers, posted, preview
from bot.views.prepare.park import park, parked, taken_back

__all__ = [
    "agenda", "ahead", "answers", "contract", "contract_form", "contract_modal", "early", "edit_agenda",
    "exceptions_form", "exceptions_saved", "home_card", "icebreakers", "kept", "last_agenda", "numbered", "park",
    "parked", "posted", "preview", "review", "taken_back", "waiting",
]  # fmt: skip
