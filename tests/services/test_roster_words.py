"""What a list's words and Slack's own accounts are read as."""

from bot.delivery.roster import account_from
from bot.domain.roster import Account, Field
from bot.services.roster.words import headers, vocabulary
from prompts import Library


async def test_the_words_of_three_languages_are_understood(library: Library) -> None:
    words, known = library.words("en"), headers(library.words("en"))
    assert {"personalnummer", "matricule", "employee id"} <= known[Field.EMPLOYEE_ID]
    assert not [one for one in Field for other in Field if one < other and known[one] & known[other]], (
        "one meaning each"
    )
    meant = vocabulary(words)
    assert [meant.languages[word] for word in ("deutsch", "allemand", "german", "de", "espanol")] == ["de"] * 4 + ["es"]
    assert [meant.regions.get(word) for word in ("de by", "germany", "fr", "de xx", "mars")] == [
        "DE-BY", "DE", "FR", None, None,
    ]  # fmt: skip
    assert meant.levels["abteilungsleiter"] == 4 and meant.sides["beide"] == ("junior", "senior")


def test_an_account_is_read_from_slacks_user() -> None:
    member = {
        "id": "U1", "name": "ana", "deleted": True,
        "profile": {"display_name": "", "real_name": "Ana  Silva", "email": "ana@example.org"},
    }  # fmt: skip
    assert account_from(member) == Account("U1", "ana", ("Ana Silva",), "ana@example.org", False, True)
