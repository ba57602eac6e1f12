"""The look into the coordinators' channel before a digest goes there: whatever happens around it, it is there once."""

import asyncio

import pytest

from bot.delivery.letters import LETTERS
from bot.domain.messages import Kind
from bot.domain.programme.setup import SlackChannel
from bot.domain.refusals import Refusal
from bot.services.kit import Actor
from bot.services.report import desk
from playground.faults import Fault
from storage.records.delivery import Letter, LetterState
from storage.records.report import Digest
from storage.report import settings
from tests.clockwork import MovableClock
from tests.delivery.post_office import Office
from tests.faults.test_crash_points import die_at
from tests.services.weeks import plan, sweep
from tests.world import CHANNEL, CHI, TEAM, World

CHIS = Actor(TEAM, CHI)
POST, INFO, MEMBERS = "chat.postMessage", "conversations.info", "conversations.members"


class Post:
    """One digest of a week without sessions, which needs no chart, on its way to Chi's channel."""

    def __init__(self, office: Office) -> None:
        self.office = office
        slack = office.slack
        self.place = slack.workspace.add_channel("coordinators", [slack.bot_id, CHI], private=True, channel_id=CHANNEL)
        office.courier = office.new_courier(letters=LETTERS)

    async def die(self, point: str) -> None:
        await self.office.new_courier(letters=LETTERS, checkpoint=die_at(point)).send_due()
        await self.office.courier.take_over()

    async def quiet(self) -> None:
        for _ in range(8):
            await self.office.send(seconds=30)

    async def letters(self, kind: Kind = Kind.DIGEST) -> list[Letter]:
        return [one for one in await self.office.letters() if one.kind == kind]

    async def kept(self) -> list[Digest]:
        async with self.office.kit.store.read(TEAM) as tx:
            return await settings.kept_back(tx)

    def posted(self) -> int:
        return len([text for text in self.office.texts(CHANNEL) if "weekly digest" in text])

    async def told(self) -> int:
        return len(await self.letters(Kind.DIGEST_HELD))


@pytest.fixture
async def digest(office: Office, world: World, clock: MovableClock) -> Post:
    await plan(office.kit, world)
    await sweep(office.kit, clock)
    made = Post(office)
    assert [one.state for one in await made.letters()] == [LetterState.WAITING]
    return made


TROUBLE = [
    Fault(method, kind, times=2, error=error)
    for method, kind, error in (
        (INFO, "429", ""), (INFO, "500_before", ""), (INFO, "drop_before", ""), (INFO, "html", ""), (INFO, "empty", ""),
        (INFO, "error", "internal_error"), (INFO, "error", "some_error_of_2031"), (MEMBERS, "429", ""),
        (MEMBERS, "drop_before", ""), ("auth.test", "429", ""),
    )
]  # fmt: skip


@pytest.mark.parametrize("fault", TROUBLE, ids=lambda fault: f"{fault.method_glob} {fault.kind} {fault.error}")
async def test_a_look_that_fails_for_a_while_puts_the_digest_off_and_it_is_posted_once(
    digest: Post, fault: Fault
) -> None:
    digest.office.slack.faults.rules.append(fault)
    await digest.office.send()
    (letter,) = await digest.letters()
    assert (letter.state, letter.ambiguous, digest.posted()) == (LetterState.WAITING, False, 0)
    await digest.quiet()
    assert [one.state for one in await digest.letters()] == [LetterState.SENT]
    assert digest.posted() == 1 and await digest.told() == 0


async def test_a_look_without_an_answer_in_time_is_made_again(digest: Post) -> None:
    wait = digest.office.pacing.timeout.total_seconds() + 0.5
    digest.office.slack.faults.rules.append(Fault(INFO, "slow", times=1, retry_after=wait))
    await digest.office.send()
    assert digest.posted() == 0 and (await digest.letters())[0].state is LetterState.WAITING
    await digest.quiet()
    assert digest.posted() == 1


@pytest.mark.parametrize(("method", "public", "posted"), [(INFO, False, 1), (MEMBERS, False, 1), (MEMBERS, True, 0)])
async def test_an_app_that_may_not_look_posts_unless_it_knows_better(
    digest: Post, method: str, public: bool, posted: int
) -> None:
    digest.place.kind = "channel" if public else "private"
    digest.office.slack.faults.rules.append(Fault(method, "error", error="missing_scope"))
    await digest.quiet()
    assert digest.posted() == posted and await digest.told() == 1 - posted


@pytest.mark.parametrize("point", ["leased", "no_place"])
async def test_a_death_before_it_is_kept_back_leaves_one_digest_whatever_becomes_of_the_channel(
    digest: Post, point: str
) -> None:
    digest.place.kind = "channel"
    await digest.die(point)
    assert await digest.kept() == [], "it is kept when its letter has ended, not before"
    with pytest.raises(Refusal, match=r"report\.refused\.posted"):
        await desk.post_now(digest.office.kit, CHIS, kept_only=True)
    digest.place.kind = "private"
    await digest.quiet()
    assert digest.posted() == 1 and await digest.told() == 0


async def test_what_was_kept_back_is_told_once_and_posted_once_whoever_dies_meanwhile(digest: Post) -> None:
    digest.place.kind = "channel"
    await digest.die("no_place")
    await digest.quiet()
    assert digest.posted() == 0 and len(await digest.kept()) == await digest.told() == 1
    assert [one.state for one in await digest.letters()] == [LetterState.SKIPPED]
    assert await desk.post_now(digest.office.kit, CHIS, kept_only=True) == (CHANNEL,)
    await digest.office.send()
    assert len(await digest.kept()) == 1, "it is public still"
    digest.place.kind = "private"
    pressed = [desk.post_now(digest.office.kit, CHIS, kept_only=one) for one in (True, True, False)]
    found = await asyncio.gather(*pressed, return_exceptions=True)
    assert found.count((CHANNEL,)) == 1, "in the same minute, and at the same instant once"
    assert {str(one) for one in found if isinstance(one, Refusal)} <= {"report.refused.posted", "report.refused.soon"}
    await digest.die("drawn")
    await digest.quiet()
    assert digest.posted() == 1 and await digest.kept() == []
    assert digest.place.messages and await digest.told() == 2


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_channel_that_is_shut_between_the_look_and_the_post_keeps_the_digest(digest: Post, error: str) -> None:
    digest.office.slack.faults.rules.append(Fault(POST, "error", times=1, error=error))

    def shut(name: str) -> None:
        if name == "attempt_recorded":
            digest.place.is_archived = True

    await digest.office.new_courier(letters=LETTERS, checkpoint=shut).send_due()
    await digest.quiet()
    assert digest.posted() == 0 and len(await digest.kept()) == await digest.told() == 1
    digest.place.is_archived = False
    await desk.post_now(digest.office.kit, CHIS, kept_only=True)
    await digest.quiet()
    assert digest.posted() == 1 and await digest.kept() == []


async def test_a_channel_that_is_shut_between_the_two_looks_keeps_the_digest(digest: Post) -> None:
    digest.office.slack.faults.rules.append(Fault(MEMBERS, "error", times=1, error="channel_not_found"))
    await digest.office.send()
    assert digest.posted() == 0 and len(await digest.kept()) == 1


async def test_a_digest_on_its_way_goes_to_the_channel_that_was_picked_meanwhile_whoever_dies(digest: Post) -> None:
    office, slack = digest.office, digest.office.slack
    new = slack.workspace.add_channel("new-room", [slack.bot_id, CHI], private=True, channel_id="C07NEW0001")
    slack.faults.rules.append(Fault(INFO, "500_before", times=1))
    await office.send()
    await desk.move_channel(office.kit, CHIS, SlackChannel(new.id, private=True, member=True, archived=False))
    office.clock.move(minutes=10)
    await digest.die("no_place")
    await digest.quiet()
    assert digest.posted() == 0 and len([text for text in office.texts(new.id) if "weekly digest" in text]) == 1
    assert {one.to: one.state for one in await digest.letters()} == {
        CHANNEL: LetterState.SKIPPED, new.id: LetterState.SENT,
    }  # fmt: skip


async def test_a_slack_that_says_yes_to_the_look_and_no_to_the_post_is_given_up_on(digest: Post) -> None:
    digest.office.slack.faults.rules.append(Fault(POST, "error", error="not_in_channel"))
    await digest.quiet()
    (letter,) = await digest.letters()
    assert (letter.state, letter.reason) == (LetterState.DEAD, "not_in_channel")
    assert letter.attempts == digest.office.pacing.most_refusals
