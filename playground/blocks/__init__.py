"""What Slack refuses to draw: a strict check of messages, modals and Homes, by family of block.

Limits are those of Slack's Block Kit reference; each problem names its place as a JSON pointer.
"""

from playground.blocks.check import check_blocks, check_view, fill_ids

__all__ = ["check_blocks", "check_view", "fill_ids"]
