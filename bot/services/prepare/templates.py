"""Which template an agenda starts from: the cohort's purpose, another one, or an extra that fits at any time."""

from prompts import Content
from prompts.parts import Agenda as Template
from storage.records.programme import Cohort, Purpose


def starts_of(content: Content) -> tuple[str, ...]:
    """Everything that an agenda can start from: the purposes, then the extras."""
    return (*(purpose.value for purpose in Purpose), *(extra.id for extra in content.extras()))


def template_of(content: Content, start: str, cohort: Cohort, number: int) -> Template:
    """For a purpose, an extra or a template's id; the cohort's own where there is no such thing any more."""
    if start in set(Purpose):
        return content.agenda(Purpose(start).value, number)
    known = {template.id: template for template in content.agendas.templates}
    return known.get(start) or content.agenda(cohort.purpose.value, number)
