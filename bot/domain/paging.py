"""Long lists in windows, page by page; pages count from 0."""


def pages_of(found: int, size: int) -> int:
    """On how many pages so many lie; nothing lies on one."""
    return max(1, -(-found // size))


def page_within(page: int, pages: int) -> int:
    """The page itself, or the nearest that there is: a list may have become shorter meanwhile."""
    return max(0, min(page, pages - 1))
