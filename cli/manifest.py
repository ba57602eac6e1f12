"""`manifest`: the Slack app's manifest for HTTP mode, made from the one for Socket Mode."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.saying import english, say
from handlers.http import SLACK

MANIFEST = Path(__file__).parents[1] / "manifest.yaml"


def show(address: Annotated[str, typer.Argument(help="Where Slack can reach revmentor, such as https://…")]) -> None:
    """Print the Slack app's manifest for HTTP mode, with your address in it."""
    if not address.startswith("https://") or not address.removeprefix("https://").strip("/"):
        say(english(), "manifest.address", error=True)
        raise typer.Exit(2)
    import yaml  # where it is used: `run` does without

    plain = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    print(yaml.safe_dump(over_http(plain, address), sort_keys=False, allow_unicode=True, width=110), end="")


def over_http(manifest: dict[str, Any], address: str) -> dict[str, Any]:
    """The manifest with Socket Mode off and Slack's three request URLs at this address."""
    url = address.rstrip("/").removesuffix(SLACK) + SLACK
    features, settings = manifest["features"], manifest["settings"]
    commands = [{**command, "url": url} for command in features["slash_commands"]]
    changed = {
        "event_subscriptions": {"request_url": url, **settings["event_subscriptions"]},
        "interactivity": {**settings["interactivity"], "request_url": url},
        "socket_mode_enabled": False,
    }
    return {**manifest, "features": {**features, "slash_commands": commands}, "settings": {**settings, **changed}}
