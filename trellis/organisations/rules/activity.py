"""The audit in words."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "action.added": "Added an action to the plan",
    "action.changed": "Changed an action",
    "action.moved": "Moved an action on",
    "action.noted": "Added a note to an action",
    "application.begun": "Began an application for a place",
    "application.booked": "Applied for a place for somebody",
    "application.forgotten": "Forgot an application that came to nothing",
    "application.moved": "Moved an application on",
    "application.next_cohort": "Let somebody wait for the next cohort",
    "campaign.declined": "Said no thanks to the authority’s campaign",
    "campaign.named": "Let the authority know that the setting takes part in its campaign",
    "campaign.opened": "Asked settings to review themselves",
    "campaign.reminded": "Reminded settings of a campaign",
    "campaign.unnamed": "Took back that the authority may know who takes part",
    "children.noted": "Noted something seen of children",
    "children.withdrawn": "Withdrew something seen of children",
    "claim.approved": "Approved a request for a setting",
    "claim.asked": "Asked to use Trellis for a setting",
    "claim.forgotten": "Removed a refused request of long ago",
    "claim.passed_on": "Passed a request for a setting on",
    "claim.refused": "Refused a request for a setting",
    "closed_days.updated": "Brought the closed days up to date",
    "cohort.approved": "Approved that an authority delivers a cohort",
    "cohort.cancelled": "Cancelled a cohort",
    "cohort.changed": "Changed a cohort",
    "cohort.made": "Set up a cohort",
    "cohort.moved": "Moved a cohort on",
    "cohort.trainer_assigned": "Let somebody teach a cohort",
    "cohort.trainer_ended": "Let somebody teach a cohort no more",
    "duty.moved": "Said where the duty of a second cohort stands",
    "duty.promised": "Noted the duty of a second cohort",
    "evidence.added": "Noted a piece of evidence",
    "evidence.changed": "Changed a piece of evidence",
    "evidence.linked": "Linked evidence to a statement",
    "evidence.looked_at": "Looked at a piece of evidence again",
    "evidence.unlinked": "Took evidence away from a statement",
    "evidence.version_added": "Added a file to a piece of evidence",
    "feed.made": "Made a new address for a calendar",
    "file.forgotten": "Removed a file of long ago",
    "file.kept": "Uploaded a file",
    "file.read": "Opened a file",
    "file.removed": "Removed a file",
    "form.emptied": "Removed the words of a form of long ago",
    "form.read": "Read a filled form",
    "form.taken": "Took what a filled form says into the review",
    "framework.loaded": "Loaded a set of statements for reviews",
    "group.asked": "Asked a setting to join the group",
    "group.joined": "Joined the group",
    "group.left": "Left the group",
    "group.refused": "Did not join the group",
    "group.request_withdrawn": "Took back a request to a setting",
    "help.answered": "Answered a request for help",
    "help.asked": "Asked the authority for help",
    "help.asked_again": "Asked the authority again",
    "help.assigned": "Gave a request for help to a colleague",
    "help.closed": "Closed a request for help",
    "help.helped": "Said that the help helped",
    "help.withdrawn": "Withdrew a request for help",
    "invitation.accepted": "Accepted an invitation",
    "invitation.sent": "Invited somebody",
    "invitation.sent_again": "Sent an invitation again",
    "invitation.withdrawn": "Withdrew an invitation",
    "job.asked_for": "Asked for something that takes a while",
    "job.cancelled": "Called off something that was under way",
    "job.run_again": "Let something run again",
    "mail.chosen": "Chose which e-mails to get",
    "membership.began": "Joined the organisation",
    "membership.ended": "Ended a membership",
    "membership.role_changed": "Gave somebody another role",
    "milestone.noted": "Noted a milestone of a learner",
    "milestone.voided": "Made a milestone of a learner void",
    "organisation.added": "Added the organisation",
    "organisation.closed": "Closed the setting",
    "organisation.changed": "Changed the organisation’s details",
    "organisation.made": "Set up the organisation",
    "overlay.loaded": "Loaded an authority’s own words",
    "parents.form_closed": "Closed the form for parents",
    "parents.form_opened": "Opened a form for parents",
    "parents.paper_typed_in": "Typed in forms that parents filled in on paper",
    "person.deleted": "Deleted an account",
    "person.email_change_asked": "Asked to change an e-mail address",
    "person.email_changed": "Changed an e-mail address",
    "person.joined": "Made an account",
    "person.name_changed": "Changed a name",
    "person.password_changed": "Changed a password",
    "person.password_reset": "Chose a new password instead of a forgotten one",
    "person.second_step_changed": "Changed the second step of signing in",
    "person.session_ended": "Signed a browser out",
    "person.sign_on_linked": "Linked an account of another provider",
    "person.sign_on_unlinked": "Took the link with another account away",
    "person.sign_in_failed": "Could not sign in",
    "person.signed_in": "Signed in",
    "place.given": "Gave somebody a place in a cohort",
    "pooled.counted": "Counted what settings have released",
    "programme.changed": "Changed a programme",
    "programme.made": "Set up a programme",
    "programme.rule_set": "Set a rule for who gets a place",
    "prompt.dismissed": "Answered a question about the review",
    "rating.agreed": "Wrote down what the team agreed",
    "rating.changed": "Rated a statement",
    "rating.no_action": "Decided that no action is needed",
    "rating.no_action_taken_back": "Opened the question of an action again",
    "reference.loaded": "Brought regions and authorities up to date",
    "register.import_asked_for": "Asked for an import of the register",
    "register.imported": "Imported the register",
    "register.refused": "Was given a file that is not a register",
    "register.tidied": "Removed the file and the rows of an import of long ago",
    "register.tried": "Tried out an import of the register",
    "release.code_made": "Made a code for a release",
    "release.ended": "A release ended",
    "release.link_closed": "Gave five wrong codes for a release, so that its link is closed for an hour",
    "release.read": "Read a release",
    "release.released": "Released a review",
    "release.withdrawn": "Withdrew a release",
    "round.aims_set": "Said what the setting aims for",
    "round.moved": "Moved the review on",
    "round.name_hidden": "Took a name away from beside own ratings",
    "round.name_shown": "Let a name stand beside own ratings",
    "round.person_added": "Noted who takes part in the review",
    "round.rated_alone": "Rated statements alone",
    "round.started": "Started a review",
    "session.added": "Added a session to a cohort",
    "session.cancelled": "Cancelled a session",
    "session.changed": "Changed a session",
    "session.moved": "Moved a session",
    "setting.file_asked_for": "Asked for everything about the setting as one file",
    "setting.file_made": "A file with everything about the setting was made",
    "setting.read_back": "Everything about the setting was read back",
    "setting.register_changed": "The register changed what it says of this setting",
    "token.ended": "Ended the token of a program",
    "token.made": "Made a token for a program",
    "visit.changed": "Changed a visit, or what it opens",
    "visit.checklist_marked": "Marked the preparation list of a visit",
    "visit.correction_answered": "Answered a correction to the report of a visit",
    "visit.fact_corrected": "Corrected a fact in the report of a visit",
    "visit.feedback_given": "Said how a visit was",
    "visit.moved": "Moved a visit on",
    "visit.noted": "Noted what was said at a visit",
    "visit.planned": "Planned a visit",
    "visit.rated": "Rated statements as a visitor",
    "visit.report_written": "Wrote the report of a visit",
    "visit.timetable_begun": "Began the timetable of a visit",
    "visit.timetable_changed": "Changed the timetable of a visit",
    "visit.visitor_invited": "Invited somebody to a visit",
    "words.taken_out": "Took words out of a review for good",
    "wording.changed": "Changed the authority’s own wording",
}
"""What a verb of the audit means, for people."""


def in_words(verb: str) -> str:
    """What somebody did, as a person would say it; a verb without words of its own is taken apart.

    >>> in_words("rating.changed"), in_words("second_step.added")
    ('Rated a statement', 'Second step: added')
    """
    if verb in WORDS:
        return WORDS[verb]
    noun, _, done = verb.replace("_", " ").partition(".")
    return f"{noun[:1].upper()}{noun[1:]}: {done}"


FOR_MACHINES = frozenset({"sha256", "scan", "size", "fingerprint", "prompt"})
"""What the audit keeps and people do not read."""


def details(change: dict[str, object]) -> str:
    """The change itself in a few words: field, and from what to what where that is short.

    >>> details({"status": ["draft", "agreed"], "statement": "A1", "notes": ["…", "…"]})
    'status: draft → agreed; statement: A1; notes'
    """
    told = {field: value for field, value in change.items() if field not in FOR_MACHINES}
    return "; ".join(_detail(field.replace("_", " "), value) for field, value in told.items())


def _detail(field: str, value: object) -> str:
    if isinstance(value, list) and len(value) == 2 and value != ["…", "…"]:
        before, after = (str(each) if each not in ("", None) else "nothing" for each in value)
        return f"{field}: {before} → {after}" if len(before) + len(after) < 80 else field
    if isinstance(value, str | int) and len(str(value)) < 80:
        return f"{field}: {value}"
    return field
