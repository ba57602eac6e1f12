"""Makes text that people typed safe to put into a Slack message."""

import re

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BRACKETS = str.maketrans({"<": "\u2039", ">": "\u203a"})
_LOOKALIKES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_WORD_JOINER = "\u2060"

# Control characters (NUL among them), lone surrogates, and the bidirectional overrides that can turn
# the rest of a message around. Tab and newline stay.
_REMOVED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_QUOTE = re.compile(r"^([ \t]*)>", re.MULTILINE)
_MARK = re.compile(r"[*_~]+|`")
_PING = re.compile(r"@(?=(?:here|channel|everyone|group)\b)", re.IGNORECASE)


def clean(text: str) -> str:
    """Text for a `plain_text` object: no control characters, at most one empty line in a row, as it is."""
    text = _LINE_ENDS.sub("\n", text)
    return _GAP.sub("\n\n", _REMOVED.sub("", text))


def escape(text: str) -> str:
    """People's text for a `mrkdwn` object, shown as it was typed; nothing in it formats, mentions or notifies.

    Slack reads `&amp; &lt; &gt;` as the characters, so `<!channel>` and `<@U1>` stay words. It has no escape
    for `* _ ~` and the backtick: where they could start or end formatting they become look-alikes, and inside
    a word (`file_name`, `3*4`), where Slack leaves them alone, they stay. A `>` that would begin a quotation
    becomes `›`. A bare web address still turns into a link and `:name:` into an emoji, as in any message.
    Apply it once, just before the text goes into a sentence.
    """
    text = _QUOTE.sub("\\1\u203a", clean(text))
    text = _MARK.sub(_defuse, text)
    return _PING.sub("@" + _WORD_JOINER, text).translate(_ENTITIES)


def tame(text: str) -> str:
    """Text that coordinators write for everybody: its own *bold* stays, mentions and links lose their brackets.

    It may go wherever a pack's own texts go, marked up or plain; applied twice it changes nothing more.
    """
    return _PING.sub("@" + _WORD_JOINER, clean(text)).translate(_BRACKETS)


def _defuse(match: re.Match[str]) -> str:
    """Keep a mark that stands between two letters or digits; swap any other for its look-alike."""
    marks, text = match.group(), match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if marks != "`" and len(marks) == 1 and before.isalnum() and after.isalnum():
        return marks
    return "".join(_LOOKALIKES[mark] for mark in marks)
