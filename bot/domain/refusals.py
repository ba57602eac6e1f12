"""The one family of errors that people are meant to read."""


class Refusal(Exception):
    """A rule said no. `key` names the sentence in `prompts/`, which says what to do next.

    `field` is the block id of the modal field to show it under; None means the whole request.
    """

    def __init__(self, key: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.params = params


class TooLate(Refusal):
    """The time in which something can be taken back is over, for good: the button for it may go."""


class Refusals(Exception):
    """Several fields of one modal were refused at once."""

    def __init__(self, problems: list[Refusal]) -> None:
        super().__init__(", ".join(p.key for p in problems))
        self.problems = problems
