"""A modal that Slack does not open, or not soon."""

import pytest

from playground.faults import Fault
from tests.handlers.probe import Doors


@pytest.mark.parametrize("kind", ["429", "500_before", "drop_before", "internal_error_after"])
async def test_a_modal_that_slack_does_not_open_is_answered_in_words(doors: Doors, kind: str) -> None:
    doors.pg.faults.rules = [Fault("views.open", kind)]
    assert (await doors.ana.command("/revmentor modal")).ok
    assert "Slack is not answering" in doors.heard()


async def test_a_modal_that_slack_is_slow_to_open_holds_up_no_acknowledgement(doors: Doors, hurried: None) -> None:
    doors.pg.faults.rules = [Fault("views.open", "slow", retry_after=0.3)]
    assert (await doors.ana.command("/revmentor modal")).ok
    await doors.finish()
    assert doors.ana.modal is not None and doors.ana.modal["callback_id"] == "probe.modal"
