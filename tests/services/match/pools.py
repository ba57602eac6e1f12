"""Organisations made up for tests of matching: deep chains, wide teams, circles, unknown lines, all kinds of people."""

import random
from collections.abc import Sequence
from datetime import date

from bot.domain.match import Common, Member, Why, offsets
from bot.services.match.pool import Pool
from storage.records.enrol import Confided, Person, Profile, Side
from storage.records.programme import Purpose

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")
FIRST, LAST = date(2026, 3, 2), date(2026, 8, 28)
SUBJECTS = ("spreadsheets", "leading", "Python", "presentations", "café talk", "data", "the law", "photos", "")
SHAPES = ("chain", "wide", "circles", "unknown", "tree")


def lines(dice: random.Random, users: Sequence[str], shape: str) -> dict[str, str]:
    """Who reports to whom: one deep chain, one wide team, anybody to anybody, next to nothing known, or a tree."""
    if shape == "chain":
        return dict(zip(users, ["", *users], strict=False))
    if shape == "wide":
        return {user: users[0] if user != users[0] else "" for user in users}
    if shape == "circles":
        return {user: dice.choice(users) for user in users}
    if shape == "unknown":
        return {user: dice.choice(["", *users]) for user in users if dice.random() < 0.3}
    return {user: users[(number - 1) // 3] if number else "" for number, user in enumerate(users)}


def member(dice: random.Random, number: int, users: Sequence[str], room: int = 3) -> Member:
    """Somebody, of whom everything may be said or not."""
    profile = Profile(
        sides=frozenset(dice.choice([[Side.JUNIOR], [Side.SENIOR], [Side.JUNIOR, Side.SENIOR]])),
        level=dice.randint(1, 5), department=dice.choice(["Legal", "legal ", "Finance", "Sales", ""]),
        location=dice.choice(["Berlin", "Lisbon", "Oslo"]), region="",
        share=" ".join(dice.sample(SUBJECTS, 3)), learn=", ".join(dice.sample(SUBJECTS, dice.randint(0, 3))),
        purposes=tuple(dice.choice([[], ["free"], ["technology"], ["technology", "inclusion"], ["culture"]])),
        division=dice.choice(["", "North", "South"]),
        languages=tuple(dice.sample(["en", "de", "pt"], dice.randint(0, 2))),
        capacity_junior=dice.randint(0, room), capacity_senior=dice.randint(0, room),
        identity_off=dice.random() < 0.2,
        offers=tuple(dice.sample(["data", "law"], dice.randint(0, 1))),
        wants=tuple(dice.sample(["data", "law"], dice.randint(0, 1))),
        works_from=dice.choice([480, 540, 1320]), works_to=dice.choice([1020, 1080, 360]),
    )  # fmt: skip
    told = Confided(
        values=tuple(dice.randint(0, 5) for _ in range(dice.choice([0, 3]))),
        generation=dice.choice(["", "1960", "1980", "2000"]), gender=dice.choice(["", "woman", "man"]),
        tags=tuple(dice.sample(["carer", "first_generation", "migration"], dice.randint(0, 1))),
        avoid=tuple(dice.sample(list(users), dice.choice([0, 0, 1]))),
    )  # fmt: skip
    pairs = {side: dice.choice([0, 0, 1]) for side in Side}
    return Member(f"p{number:04}", users[number], profile, dice.choice(ZONES), told, dice.random() < 0.1, pairs=pairs)


def pool(seed: int, size: int, shape: str = "tree", purpose: Purpose = Purpose.TECHNOLOGY, **changes: int) -> Pool:
    """A cohort of so many people, the same for the same seed."""
    dice = random.Random(seed)
    users = [f"U{number:04}" for number in range(size)]
    members = tuple(member(dice, number, users, changes.get("room", 3)) for number in range(size))
    couples = [frozenset(dice.sample(range(size), 2)) for _ in range(size // 2)] if size > 1 else []
    common = Common(
        lines=lines(dice, users, shape) if users else {},
        conflicts={frozenset(users[n] for n in couple) for couple in couples[::2]},
        former={frozenset(members[n].id for n in couple) for couple in couples[1::2]},
        purpose=purpose, language="en", offsets=offsets({m.zone for m in members}, FIRST, LAST),
        outsiders=dice.random() < 0.7,
    )  # fmt: skip
    return of(members, common, limit=changes.get("limit"))


def of(members: Sequence[Member], common: Common, limit: int | None = None) -> Pool:
    """These people as a pool."""
    persons = {m.id: Person(m.id, "T1", None, m.user_id, m.id, m.zone, "en-US", "", False) for m in members}
    away = {m.id: Why.AWAY for m in members if not m.here}
    return Pool(tuple(members), persons, away, common, limit)
