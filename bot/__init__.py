"""The programme, step by step. Every step has the same file name in each layer it touches.

programme  set-up, coordinators, cohorts
roster     the organisation's list of people, imported before anybody takes part
enrol      joining, profile, reporting lines
match      proposals, pairs, conflicts of interest
prepare    icebreakers, agenda, parking lot
learn      lessons before sessions, and at any time
meet       booking, reminders, did you meet
checkin    the junior's four questions, the senior's reflection
ask        the junior's words for asking something back, and when they are offered to her
commit     dated promises and what became of them
intro      introductions: asked for, promised with a day, made
pulse      load and safety, every four weeks; `credit` beside it, each month
tell       what coordinators send by hand: nudges, announcements
support    the four doors: help, a concern, links
report     the disclosure gate and the weekly digest
prefs      language, hours, holidays, how much is written; pauses stand in `pause`
home       App Home and Today, drawn from all of the above

Where to start: `bot/services/checkin/`, then the same name in `domain`, `views`, `handlers` and `storage`.
"""
