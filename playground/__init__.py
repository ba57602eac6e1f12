"""A strict stand-in for Slack on this machine: Web API, Socket Mode, a page in the browser and a clock to move.

It imports nothing of the programme it serves and nothing of Slack's SDK, so that it stays an independent witness.
Where to start reading: `server` (what runs), `api/` (what an app may call), `blocks/` (what Slack refuses to draw),
`person` (what somebody at the screen does).
"""
