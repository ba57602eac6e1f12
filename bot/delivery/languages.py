"""In which language a letter is drawn."""

from storage import enrol, programme
from storage.records.delivery import Letter, Target
from storage.store import Tx


async def language_of(tx: Tx, letter: Letter) -> str | None:
    """A person's own for a DM or Home; the programme's where several read. None where nothing is known yet."""
    if letter.target in (Target.PERSON, Target.HOME):
        reader = await enrol.find(tx, letter.to)
        if reader is not None:
            return reader.locale
    settings = await programme.get(tx)
    return settings.language if settings is not None else None
