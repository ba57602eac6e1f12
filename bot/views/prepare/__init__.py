"""What people see of preparing: icebreakers, agendas, the parking lot."""

from bot.views.prepare.agenda import agenda, edit_agenda, last_agenda, numbered
from bot.views.prepare.icebreakers import icebreakers, posted, preview
from bot.views.prepare.park import park, parked, taken_back

__all__ = [
    "agenda", "edit_agenda", "icebreakers", "last_agenda", "numbered", "park", "parked", "posted", "preview",
    "taken_back",
]  # fmt: skip
