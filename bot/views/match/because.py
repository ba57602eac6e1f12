"""Why two people were suggested, in one sentence for whoever reviews it."""

from collections.abc import Sequence

from prompts import Words


def because(words: Words, codes: Sequence[str]) -> str:
    """One sentence out of one code or two of `match.because`."""
    clauses = [words.say(f"match.because.{code}") for code in codes[:2]]
    if len(clauses) == 1:
        return words.say("match.because.one", first=clauses[0])
    return words.say("match.because.two", first=clauses[0], second=clauses[1])
