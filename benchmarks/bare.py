"""What ours is held against: a bare Bolt app that answers `/revmentor` and does nothing else.

It imports the drivers that ours works with, so that start and memory compare what we add to them.
"""

import os
import sys

import aiosqlite  # noqa: F401
import apscheduler.schedulers.asyncio  # noqa: F401
import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401
import sqlalchemy.ext.asyncio  # noqa: F401
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def main() -> None:
    """Serve on a port (first argument); `--before` answers before the acknowledgement is awaited."""
    url, secret = os.environ["REVMENTOR_SLACK_API_URL"], os.environ["REVMENTOR_SLACK_SIGNING_SECRET"]
    client = AsyncWebClient(token=os.environ["REVMENTOR_SLACK_BOT_TOKEN"], base_url=url)
    app = AsyncApp(client=client, signing_secret=secret, process_before_response="--before" in sys.argv)

    async def answer(ack: AsyncAck) -> None:
        await ack("Kept for later.")

    app.command("/revmentor")(answer)
    app.start(port=int(sys.argv[1]), host="127.0.0.1")


if __name__ == "__main__":
    main()
