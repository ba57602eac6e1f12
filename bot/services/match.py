"""Pairing: proposals, answers, the start of a pair, conflicts of interest."""

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage import enrol
from storage.records.match import Pair
from storage.store import Tx


async def people_of(tx: Tx, pair: Pair) -> PairPeople:
    """The pair with its two persons. Raises Refusal when one of them is gone."""
    found = await enrol.people(tx, (pair.junior_id, pair.senior_id))
    if pair.junior_id not in found or pair.senior_id not in found:
        raise Refusal("common.errors.gone")
    return PairPeople(pair, found[pair.junior_id], found[pair.senior_id])
