"""In which language, and how, a letter is drawn."""

from dataclasses import dataclass

from storage import enrol, programme
from storage.records.delivery import Letter, Target
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Reading:
    """`language` is None where nothing is known yet; `plain` is for whoever has it read out."""

    language: str | None
    plain: bool = False


async def reading_of(tx: Tx, letter: Letter) -> Reading:
    """A person's own way for a DM or Home; the programme's language where several read."""
    if letter.target in (Target.PERSON, Target.HOME, Target.CHORE):
        reader = await enrol.find(tx, letter.to)
        if reader is not None:
            return Reading(reader.locale, reader.prefs.plain)
        asked = await enrol.invited_person(tx, letter.to)
        if asked is not None:
            return Reading(asked.locale)
    settings = await programme.get(tx)
    return Reading(settings.language if settings is not None else None)
