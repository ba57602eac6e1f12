"""What a person's going, an export and the passing of time do to each table; start in `fates`."""

from storage.privacy.consents import end_consents, give_consent
from storage.privacy.erase import cancel_for, drop_letter, erase, letters_shown, open_letters
from storage.privacy.export import everything_about
from storage.privacy.fates import FATES, Fate
from storage.privacy.files import ask_export, export_of, exports_of, set_export
from storage.privacy.retention import forget_old, forget_people, forget_steps, forget_texts

__all__ = [
    "FATES", "Fate", "ask_export", "cancel_for", "drop_letter", "end_consents", "erase", "everything_about",
    "export_of", "exports_of", "forget_old", "forget_people", "forget_steps", "forget_texts", "give_consent",
    "letters_shown", "open_letters", "set_export",
]  # fmt: skip
