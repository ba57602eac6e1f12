"""Which template an agenda starts from: the pair's purpose, another one, or an extra that fits at any time."""

from prompts import Content
from prompts.parts import Agenda as Template
from storage.records.programme import Purpose


def starts_of(content: Content, *, identity: bool = True) -> tuple[str, ...]:
    """Everything that an agenda can start from: the purposes, then the extras.

    `identity`: whether it is a topic for both; where it is not, inclusion is none either.
    """
    purposes = [purpose.value for purpose in Purpose if identity or purpose is not Purpose.INCLUSION]
    return (*purposes, *(extra.id for extra in content.extras()))


def template_of(content: Content, start: str, purpose: Purpose, number: int) -> Template:
    """For a purpose, an extra or a template's id; the pair's own purpose where there is no such thing any more."""
    if start in set(Purpose):
        return content.agenda(Purpose(start).value, number)
    known = {template.id: template for template in content.agendas.templates}
    return known.get(start) or content.agenda(purpose.value, number)
