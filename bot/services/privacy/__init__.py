"""A person's own data: seen, taken along as a file, deleted; and what time takes. Start in `erasing`."""

from bot.services.privacy.erasing import do_late_letter, erase, erase_plan
from bot.services.privacy.exporting import ask_export, contents, do_export_gone, load_exported
from bot.services.privacy.looking import overview, own_data
from bot.services.privacy.retaining import do_retention, plan_retention

__all__ = [
    "ask_export", "contents", "do_export_gone", "do_late_letter", "do_retention", "erase", "erase_plan",
    "load_exported", "overview", "own_data", "plan_retention",
]  # fmt: skip
