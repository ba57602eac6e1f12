"""What can be picked in the profile: codes that are stored; their words stand in `enrol.toml`."""

TOPICS: tuple[str, ...] = (
    "data", "ai_tools", "automation", "chat_tools", "social_media", "security", "coding", "design", "accessibility",
    "meetings", "plain_language", "feedback", "first_years", "hiring", "hours", "remote", "customers", "front_line",
    "generations", "presenting", "writing", "decisions", "budgets", "strategy", "careers", "leading", "negotiating",
    "contacts", "history",
)  # fmt: skip
"""What people can share or want to learn, besides what they write themselves."""

EXPERIENCES: tuple[str, ...] = (
    "first_degree", "no_degree", "new_career", "new_country", "second_language", "caring", "part_time", "break",
    "disability", "neurodivergent", "lgbtq", "ethnic_minority", "religious_minority", "only_woman", "youngest",
    "oldest",
)  # fmt: skip
"""Lived experience that somebody may want the matching to know, and nobody else."""

GENERATIONS: tuple[str, ...] = tuple(str(year) for year in range(1940, 2011, 10))
"""Decades of birth."""

GENDERS: tuple[str, ...] = ("woman", "man", "nonbinary", "other")

VALUES = 3
"""Statements about values and ways of learning: what is similar underneath makes pairs work (evidence, rule 4)."""
SCALE = 5

PAIRS_AT_MOST = 3
"""Pairs at a time on one side: each is an hour or two a month."""
AVOID_AT_MOST = 25
TOPICS_AT_MOST = 8
LANGUAGES_AT_MOST = 8
"""Each fits its sealed or readable column many times over; more would say nothing to the matching."""
HALF_HOUR = 30
DAY = 24 * 60
"""Minutes."""
