"""What no prompt touches unasked, as word lists: tests hold the packs to them, coordinators are warned by them."""

import re
from enum import StrEnum


class Topic(StrEnum):
    """What a text touches. The first four have no place in a prompt; with the rest it depends on the people."""

    GROUP = "group"
    ORIGIN = "origin"
    METAPHOR = "metaphor"
    RANKS = "ranks"
    BODIES = "bodies"
    FOOD = "food"
    ALCOHOL = "alcohol"
    FAMILY = "family"
    WEALTH = "wealth"
    RELIGION = "religion"
    POLITICS = "politics"
    CHILDHOOD = "childhood"
    HEALTH = "health"
    TRAVEL = "travel"
    SPEAKS_FOR = "speaks_for"
    FOR_THE_EYE = "for_the_eye"


BARRED = frozenset({Topic.GROUP, Topic.ORIGIN, Topic.METAPHOR, Topic.RANKS})
"""What is not taken, whoever asks for it."""

WORDS = {
    Topic.METAPHOR: r"spirit animals?|totems?|tribes?|guru|ninja|pow ?wow|rock ?stars?",
    Topic.BODIES: r"body|bodies|weight|tall|hair|skin|pretty|handsome|look like you (?:do|are)|fit or|pregnan\w*",
    Topic.FOOD: r"diet\w*|vegan|vegetarian|halal|kosher|fasting",
    Topic.ALCOHOL: r"alcohol\w*|beer|wine|drunk|drinks?|pub|bar|cocktail\w*",
    Topic.FAMILY: r"child(?:ren)?|kids?|baby|babies|married|marriage|husband|wife|spouse|wedding|parents?",
    Topic.WEALTH: r"salary|salaries|rich|wealth\w*|mortgage|afford|own a|expensive|bought a house|holiday home",
    Topic.RELIGION: r"religio\w*|church|mosque|temple|synagogue|pray\w*|god|faith|christmas|easter|ramadan",
    Topic.POLITICS: r"politic\w*|elections?|party|parties|voted|left-wing|right-wing",
    Topic.CHILDHOOD: r"childhood|grew up|home ?town|as a child|native",
    Topic.ORIGIN: r"where (?:are|do|did|is) (?:you|your family) (?:really )?(?:come )?from",
    Topic.HEALTH: r"ill|illness|disab\w*|therapy|diagnos\w*|medication",
    Topic.TRAVEL: r"travel\w*|abroad|vacation|flown|passport",
    Topic.SPEAKS_FOR: r"as an? (?!(?:expert|rule|start|result|matter|whole)\b)\w+|represent\w*",
    Topic.RANKS: r"ment(?:or|ee)(?:s|ed|ing)?",
}  # fmt: skip
"""Whole words, in any case."""

_GROUP = re.compile(
    r"(?:^|[.!?:,;–]\s+)as an? (?!(?:expert|rule|start|result|matter|whole)\b)[\w-]+(?: [\w-]+)?(?:,"
    r"| (?:what|how|which|why|do|would|could|can|have|are)\b)"
    r"|\b(?:people|someone|somebody|those|folks?) like (?:you|yourself)\b"
    r"|\byour (?:people|community|culture|kind|group|generation|gender|race)\b"
    r"|\bon behalf of\b|\bspeak(?:ing)? for (?:all|every|your)\b",
    re.IGNORECASE,
)
_EYE = re.compile(r"[/()\[\]]|\bi\.e\.|\be\.g\.")


def touched(text: str, *, question: bool) -> tuple[Topic, ...]:
    """What a text touches, what is barred first.

    A `question` is put to somebody about herself, and read aloud; a statement (a lesson, an agenda, a principle) may
    speak of what it must not ask, so only what is barred counts in it.
    """
    found = {topic for topic, pattern in WORDS.items() if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)}
    found |= {Topic.GROUP} if _GROUP.search(text) else set()
    found |= {Topic.FOR_THE_EYE} if _EYE.search(text) else set()
    found -= {Topic.SPEAKS_FOR} if Topic.GROUP in found else set()
    return tuple(topic for topic in Topic if topic in found and (question or topic in BARRED))
