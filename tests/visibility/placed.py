"""Where each way of seeing something was placed: what it may show, to whoever the matrix allows to see that.

A new command, button, modal or kind of message belongs here: in `NOTHING` if it shows nothing that people wrote, else
with what it shows in `SHOWS`.
"""

SHOWS: dict[str, str] = {
    "command profile": "private profile",
    "command status": "commitments private profile",
    "command admin pair": "profile",
    "command admin pairs": "profile",
    "command agenda": "shared",
    "command schedule": "shared",
    "command sessions": "shared",
    "command cancel": "shared",
    "command checkin": "commitments reflection",
    "command commitments": "commitments",
    "command ": "commitments shared",
    "action enrol.profile": "private profile",
    "action enrol.edit": "private profile",
    "action match.senior": "profile",
    "action match.junior": "profile",
    "action match.pairs": "profile",
    "action prepare.agenda": "shared",
    "action prepare.template": "shared",
    "action prepare.use": "commitments shared",
    "command contract": "shared",
    "action prepare.contract": "shared",
    "action prepare.contract_with": "shared",
    "action prepare.contract_edit": "shared",
    "action prepare.contract_agree": "shared",
    "action prepare.contract_undo": "shared",
    "action prepare.early": "shared",
    "action prepare.ahead": "ahead shared",
    "action prepare.answer_remove": "ahead shared",
    "action prepare.unpark": "shared",
    "action meet.book": "shared",
    "action meet.sessions": "shared",
    "action meet.cancel": "shared",
    "action meet.offer": "shared",
    "action meet.neither": "shared",
    "action meet.take": "shared",
    "action meet.slot": "shared",
    "action meet.when": "shared",
    "action meet.pair": "shared",
    "action meet.first": "shared",
    "action meet.second": "shared",
    "action meet.offer_pair": "shared",
    "action checkin.answer": "commitments examples reflection",
    "action checkin.option": "examples",
    "action commit.withdraw": "commitments",
    "action commit.accept": "commitments",
    "action commit.reword": "commitments",
    "action commit.decline": "commitments",
    "action commit.reopen": "commitments",
    "action commit.list": "commitments",
    "action commit.done": "commitments",
    "action commit.drop": "commitments",
    "action commit.undo": "commitments",
    "action commit.move": "commitments",
    "action privacy.data": "commitments examples help_request private profile reflection shared",
    "action privacy.page": "commitments examples help_request private profile reflection shared",
    "modal enrol.about": "private profile",
    "modal enrol.profile": "private profile",
    "modal enrol.bring": "private profile",
    "modal enrol.matching": "private profile",
    "modal match.pair": "profile",
    "modal prepare.agenda": "shared",
    "modal prepare.contract": "shared",
    "modal prepare.park": "shared",
    "modal prepare.add": "shared",
    "modal meet.book": "shared",
    "modal meet.cancel": "shared",
    "modal meet.offer": "shared",
    "modal checkin.sheet": "examples",
    "modal checkin.mirror": "commitments reflection",
    "modal checkin.ask_ready": "shared",
    "modal commit.new": "commitments",
    "modal commit.move": "commitments",
    "message match.proposal_junior": "private profile",
    "message match.proposal_senior": "private profile",
    "message match.proposal_reminder": "private profile",
    "message match.pair_started": "profile",
    "message match.senior_goes_first": "profile",
    "message match.junior_welcome": "profile",
    "message prepare.agenda": "commitments shared",
    "message prepare.answers": "ahead",
    "message prepare.redraw": "ahead",
    "message meet.booked": "shared",
    "message meet.moved": "shared",
    "message meet.reminder": "shared",
    "message meet.offered": "shared",
    "message meet.offer_waiting": "shared",
    "message meet.calendar": "shared",
    "message commit.made": "commitments",
    "message commit.changed": "commitments",
    "message commit.due": "commitments",
    "message commit.noticed": "commitments",
    "message support.asked": "help_request",
    "home": "answers commitments examples reflection shared",
    "writing": "commitments concern examples help_request private profile reflection shared",
    "export": "commitments examples help_request private profile reflection shared",
}
"""Data by way, as `Datum` names them."""

_COMMANDS = """
    admin audit, admin cohort, admin coordinators, admin setup, admin test, admin contract, admin, join, admin
    lines, admin conflict, park, icebreaker, met, rhythm, ask, commit, admin digest, admin health, support,
    admin support, prefs, pause, resume, leave, privacy, help, learn, admin import
"""
_ACTIONS = """
    programme.audit, programme.cohorts, programme.cohort_new, programme.cohort_edit, programme.cohort_open,
    programme.cohort_close, programme.coordinators, programme.coordinator_add, programme.coordinator_remove,
    programme.setup, programme.setup_back, programme.public, programme.sample, programme.today,
    programme.failed, enrol.join, match.pair, match.withdraw, match.accept, match.decline, match.undo,
    match.ask, match.lines, match.conflict, prepare.park, prepare.add, prepare.aside, prepare.unaside,
    prepare.icebreaker, prepare.set, prepare.with, prepare.swap, prepare.more, prepare.fits, prepare.early_yes,
    prepare.early_no, meet.rebook, meet.reschedule, meet.met, meet.moved, meet.not_met, meet.why, meet.undo,
    meet.rhythm, meet.agree_rhythm, meet.leave_rhythm, meet.calendar, checkin.nothing_new, checkin.tomorrow,
    checkin.skip, checkin.wrong, checkin.ask, checkin.ask_tone, checkin.ask_question, checkin.to_agenda,
    commit.make, commit.suggest, commit.noticed, commit.ask_again, report.health, report.preview,
    report.schedule, report.channel, report.list, report.shield, support.doors, support.ask, support.concern,
    support.edit_links, prefs.open, prefs.region, prefs.undo, pause.open, pause.resume, pause.undo, leave.form,
    leave.undo, leave.word, leave.reword, privacy.show, privacy.export, privacy.erase, home.side, help.show,
    help.turn, learn.open, learn.turn, learn.list, learn.done, learn.later, learn.undo, roster.again,
    roster.look, roster.open, roster.show, roster.page, roster.undo
"""
_MODALS = """
    programme.cohort, programme.cohort_open, programme.cohort_close, programme.coordinator_add,
    programme.setup_purpose, programme.setup_places, programme.setup_rhythm, programme.test, enrol.none,
    enrol.choose, enrol.consent, match.lines, match.conflict, prepare.icebreakers, prepare.ahead,
    prepare.exceptions, meet.log, meet.rhythm, checkin.ask_pick, commit.propose, commit.reword, report.schedule,
    report.channel, support.ask, support.concern, support.links, prefs.save, pause.new, leave.ask,
    privacy.export, privacy.erase, learn.lesson, roster.give, roster.columns, roster.result
"""
_MESSAGES = """
    programme.coordinator_added, programme.named, programme.setup_changed, programme.cohort_closed,
    enrol.joined, enrol.no_match_yet, enrol.cohort_open, match.proposal_closed, match.proposal_question,
    match.first_contact, prepare.icebreakers, prepare.contract, prepare.contract_review, prepare.early_topics,
    meet.cancelled, meet.did_you_meet, meet.rebook, meet.next_missing, meet.offer_lapsed, meet.rhythm,
    checkin.invite, checkin.reminder, checkin.reflection, checkin.reflection_reminder, checkin.promise_passed,
    checkin.answered, commit.proposed, commit.proposal_declined, report.digest, report.chart, report.flags,
    support.contact_gone, pause.paused, pause.resumed, leave.pair_ended, leave.told, privacy.export,
    privacy.remove_message, privacy.remove_file, programme.sample, home.publish, learn.lesson, roster.check,
    roster.checked
"""

NOTHING = {
    f"{kind} {name.strip()}"
    for kind, names in (("command", _COMMANDS), ("action", _ACTIONS), ("modal", _MODALS), ("message", _MESSAGES))
    for name in " ".join(names.split()).split(",")
}
"""Ways that show nothing of what somebody wrote."""
