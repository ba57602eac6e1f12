"""Fields that forms of several steps have, in typed values."""

from bot.views.checkin import LEARNER
from handlers.form import Form
from storage.records.checkin import Learner


def learner_in(form: Form) -> Learner | None:
    """Who was mainly learning, where somebody said so."""
    return learner_named(form.choice(LEARNER))


def learner_named(code: str | None) -> Learner | None:
    return next((one for one in Learner if one == code), None)
