"""The digest's rules: figures from published cells, activity and lights, one thing to do.

What may be published at all is decided next door, in `bot.domain.disclosure`.
"""
