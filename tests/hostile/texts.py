"""What somebody could write who wants to see something break, and what could stand where an id or a date should."""

TEXTS = (
    "x" * 10_000,
    " \n\t \u2003\u3000 ",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 40,
    "\u202eabc\u2066\u200f\u0627\u0644\u0633\u0644\u0627\u0645",
    "a\x00b\x1b[31m",
    "\ud800lone\udfff",
    "<!channel> <@U07CHI0000> <#C07GENERAL|x> <https://example.com|y>",
    "*b* _i_ ~s~ `c` ```d``` > q",
    "{name} {0.__class__} {{k}} %s %(x)s $x ${x} {% raw %}",
    '=HYPERLINK("x";"y")',
    "+1+1",
    "@SUM(A1:A9)",
    "\t=cmd|' /C calc'!A0",
    "'; DROP TABLE person; --",
    '{"json": ["x"]}',
    "e\u0301\u0302\u0303" * 100,
    "",
)

TIMES = (
    "2026-02-30", "2026-02-30 10:00", "9999-12-31 23:59", "0000-00-00", "2026-03-29 02:30", "10000-01-01", "-1",
    "99999999999999999999", "NaN", "\u00b2", "Mars/Phobos", "../../etc/localtime", "Europe/Berlin\x00", "UTC+25",
)  # fmt: skip

JUNK = (None, True, -1, 10**30, 0.5, "", "x" * 3000, [], [[]], [None], {}, {"value": {}}, {"x": [1]}, ["a", {"b": 2}])
"""Values of another shape than expected."""

GUESSED = (
    "no-such-id",
    "01900000-0000-7000-8000-000000000000",
    "a|b|c",
    "|||",
    "",
    "%",
    "x" * 3000,
    "\x00",
    "1 OR 1=1",
)
"""Ids that nobody was ever given."""
