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
"""Whole words of English, in any case."""

FRENCH = {
    Topic.METAPHOR: r"animal totem|tribus?|gourous?|chamane?s?",
    Topic.BODIES: r"corps|poids|cheveux|peau|maigr\w*|silhouette|enceinte|grossesse|ton apparence",
    Topic.FOOD: r"régimes?|végane?s?|végétari\w*|halal|ca[cs]her|jeûn\w*",
    Topic.ALCOHOL: r"alcool\w*|bières?|vins?|apéros?|apéritifs?|ivre|boire un (?:coup|verre)|bars?",
    Topic.FAMILY: r"enfants?|bébés?|gosses?|ton mari|ta femme|mariée?s?|mariage|époux|épouse|conjointe?s?|parents?",
    Topic.WEALTH: r"salaires?|riches?|fortune|loyer|crédit immobilier|propriétaires?|résidence secondaire",
    Topic.RELIGION: r"religi\w*|églises?|mosquées?|synagogues?|prières?|prier|dieu|la foi|ta foi|noël|pâques|messe",
    Topic.POLITICS: r"politi(?:que|cien)\w*|élections?|voté|voter|votes-tu|de gauche|de droite",
    Topic.CHILDHOOD: r"enfance|as grandi|avez grandi|ville natale|étant enfant|langue maternelle",
    Topic.ORIGIN: r"d'où (?:viens-tu|tu viens|es-tu|venez-vous|vient ta famille)|tu viens d'où|(?:tes|vos) origines",
    Topic.HEALTH: r"malades?|maladies?|handicap\w*|thérapie|diagnosti\w*|médicaments?|dépression",
    Topic.TRAVEL: r"voyag\w*|à l'étranger|vacances|avion|passeport",
    Topic.SPEAKS_FOR: r"en tant qu(?:e|'une?)|représent\w*",
    Topic.RANKS: r"mentors?|mentore[es]?|mentoré\w*",
}  # fmt: skip
"""The same in French. A text may be in either language, so it is held against both."""

_GROUP = re.compile(
    r"(?:^|[.!?:,;–]\s+)as an? (?!(?:expert|rule|start|result|matter|whole)\b)[\w-]+(?: [\w-]+)?(?:,"
    r"| (?:what|how|which|why|do|would|could|can|have|are)\b)"
    r"|\b(?:people|someone|somebody|those|folks?) like (?:you|yourself)\b"
    r"|\byour (?:people|community|culture|kind|group|generation|gender|race)\b"
    r"|\bon behalf of\b|\bspeak(?:ing)? for (?:all|every|your)\b",
    re.IGNORECASE,
)
_GROUPE = re.compile(
    r"(?:^|[.!?:,;–]\s+)(?:en tant qu(?:e\s|')|comme\s)(?!expert|début)[\w-]+(?: [\w-]+)?\s*,"
    r"|\b(?:gens|personnes|quelqu'un|ceux|celles) comme (?:toi|vous)\b"
    r"|\b(?:ta|votre) (?:communauté|culture|génération|race|ethnie)\b|\bton genre\b(?! de)"
    r"|\bau nom de (?:tous|toutes|ta|ton|tes|votre|vos)\b|\bparler pour (?:tous|toutes|ton|ta)\b",
    re.IGNORECASE,
)
_EYE = re.compile(r"[/()\[\]]|\bi\.e\.|\be\.g\.|\bp\. ex\.|\bc\.-à-d\.")


def touched(text: str, *, question: bool) -> tuple[Topic, ...]:
    """What a text touches, what is barred first.

    A `question` is put to somebody about herself, and read aloud; a statement (a lesson, an agenda, a principle) may
    speak of what it must not ask, so only what is barred counts in it.
    """
    text = text.replace("’", "'")
    found = {
        topic for words in (WORDS, FRENCH) for topic, pattern in words.items()
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    }  # fmt: skip
    found |= {Topic.GROUP} if _GROUP.search(text) or _GROUPE.search(text) else set()
    found |= {Topic.FOR_THE_EYE} if _EYE.search(text) else set()
    found -= {Topic.SPEAKS_FOR} if Topic.GROUP in found else set()
    return tuple(topic for topic in Topic if topic in found and (question or topic in BARRED))
