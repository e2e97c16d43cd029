"""What reviews keep of a person: what they wrote, decided and were given to do."""

from __future__ import annotations

from trellis.core.personal import before_leaving, left_out, on_leaving, told
from trellis.review.actions.closing import forget_names_in_rounds, records_left_alone
from trellis.review.models import (
    Action,
    ActionChange,
    ActionStep,
    Agreement,
    AreaTarget,
    Campaign,
    CampaignInvitation,
    ChecklistMark,
    ChildVoice,
    ChildVoiceWithdrawal,
    Correction,
    CorrectionAnswer,
    Evidence,
    EvidenceChange,
    EvidenceUse,
    EvidenceVersion,
    FilledForm,
    HelpRequest,
    HelpStep,
    NameChoice,
    NoActionChange,
    OwnRating,
    PaperSitting,
    ParentForm,
    PooledCount,
    PromptDismissal,
    Rating,
    RatingChange,
    RecommendationTaken,
    Release,
    ReleaseLink,
    ReleaseReading,
    ReportVersion,
    ReviewerRating,
    Round,
    RoundPerson,
    RoundStep,
    SettingFile,
    Visit,
    VisitFeedback,
    VisitNote,
    VisitStep,
)

IN_THE_AUDIT = "who decided stands in the audit, which is told"
IN_ITS_HISTORY = "each version is told, with whoever wrote it"


def _review(way: str) -> dict[str, str]:
    """Which setting’s review, and of which period."""
    return {"Setting": f"{way}organisation__name", "Review": f"{way}period"}


told(
    "reviews",
    "Reviews you take or took part in",
    RoundPerson,
    "user",
    says={"Started": "round__started_at", **_review("round__"), "Your part": "part", "Name": "name"},
    newest="round__started_at",
)
told(
    "reviews_started",
    "Reviews you started",
    Round,
    "started_by",
    says={"When": "started_at", **_review(""), "Why": "reason", "Status": "status"},
    newest="started_at",
)
told(
    "review_steps",
    "How you moved reviews on",
    RoundStep,
    "by",
    says={"When": "at", **_review("round__"), "To": "to_status", "Note": "note"},
)
told(
    "ratings",
    "What you said of statements",
    RatingChange,
    "by",
    says={
        "When": "at",
        **_review("rating__round__"),
        "Statement": "rating__statement__code",
        "State": "state",
        "Rating": "level__label",
        "Not sure": "unsure",
        "Notes": "notes",
        "Reason": "reason",
    },
)
told(
    "own_ratings",
    "What you said of statements alone, before the talk",
    OwnRating,
    "user",
    says={
        "When": "changed_at",
        **_review("round__"),
        "Statement": "statement__code",
        "State": "state",
        "Rating": "level__label",
        "Not sure": "unsure",
        "Note": "note",
    },
    newest="changed_at",
)
told(
    "names_shown",
    "Whether your name stands beside what you said alone",
    NameChoice,
    "user",
    says={"When": "changed_at", **_review("round__"), "Name is shown": "shows_name"},
    newest="changed_at",
)
told(
    "agreements",
    "What the team agreed, written down by you",
    Agreement,
    "by",
    says={"When": "at", **_review("rating__round__"), "Statement": "rating__statement__code"},
)
told(
    "no_action",
    "Why you said that no action is needed",
    NoActionChange,
    "by",
    says={"When": "at", **_review("rating__round__"), "Statement": "rating__statement__code", "Why": "because"},
)
told(
    "answered_questions",
    "Questions about reviews that you answered",
    PromptDismissal,
    "by",
    says={"When": "at", **_review("round__"), "Your answer": "word"},
)
told(
    "aims",
    "What you said a setting aims for",
    AreaTarget,
    "by",
    says={"When": "at", **_review("round__"), "Area": "area", "Aim": "level__label"},
)
told(
    "actions_owned",
    "Actions you own",
    Action,
    "owner",
    says={
        "Written": "created_at",
        "Setting": "organisation__name",
        "Action": "what",
        "Due": "due_on",
        "Status": "status",
        "What difference it made": "impact",
    },
    newest="created_at",
)
told(
    "actions_written",
    "Actions you wrote or changed",
    ActionChange,
    "by",
    says={
        "When": "at",
        "Setting": "action__organisation__name",
        "Action": "what",
        "Why": "why",
        "What it needs": "resources",
        "How you will know": "success",
    },
)
told(
    "action_steps",
    "Notes on actions, and how you moved them on",
    ActionStep,
    "by",
    says={
        "When": "at",
        "Setting": "action__organisation__name",
        "Action": "action__what",
        "To": "to_status",
        "Note": "note",
    },
)
told(
    "evidence",
    "Evidence you noted or changed",
    EvidenceChange,
    "by",
    says={"When": "at", "Setting": "evidence__organisation__name", "Evidence": "title", "Kept": "where_kept"},
)
told(
    "evidence_files",
    "Files you added to evidence",
    EvidenceVersion,
    "added_by",
    says={
        "When": "added_at",
        "Setting": "evidence__organisation__name",
        "Evidence": "evidence__title",
        "File": "file__name",
        "Note": "note",
    },
    newest="added_at",
)
told(
    "evidence_used",
    "Evidence you linked to statements",
    EvidenceUse,
    "by",
    says={
        "When": "at",
        **_review("rating__round__"),
        "Statement": "rating__statement__code",
        "Evidence": "evidence__title",
    },
)
told(
    "children_seen",
    "What you noted of children, without names",
    ChildVoice,
    "by",
    says={"When": "at", **_review("round__"), "Area": "area", "What you saw": "seen"},
)
told(
    "parents_forms",
    "Forms for parents you opened",
    ParentForm,
    "opened_by",
    says={"When": "opened_at", **_review("round__"), "Until": "closes_on"},
    newest="opened_at",
)
told(
    "parents_paper",
    "Parents’ paper forms you typed in",
    PaperSitting,
    "by",
    says={"On": "on", **_review("form__round__"), "How many": "replies"},
    newest="on",
)
told(
    "filled_forms",
    "Forms you filled in offline and read back",
    FilledForm,
    "read_by",
    says={"When": "read_at", **_review("round__"), "Kind": "kind", "Name": "name"},
    newest="read_at",
)
told(
    "setting_files",
    "Files with everything about a setting that you asked for",
    SettingFile,
    "asked_by",
    says={"When": "asked_at", "Setting": "organisation__name"},
    newest="asked_at",
)
told(
    "campaigns",
    "Campaigns you opened",
    Campaign,
    "opened_by",
    says={
        "When": "opened_at",
        "Authority": "organisation__name",
        "Period": "period",
        "Your message": "message",
        "Until": "until",
    },
    newest="opened_at",
)
told(
    "releases",
    "What you released",
    Release,
    "released_by",
    says={
        "When": "released_at",
        **_review("round__"),
        "To": "to_organisation__name",
        "To somebody outside": "outside_name",
        "What for": "purpose",
        "Until": "until",
    },
    newest="released_at",
)
told(
    "released_to_you",
    "What was released to you by name",
    Release,
    "to_user",
    says={"When": "released_at", "From": "organisation__name", "What for": "purpose", "Until": "until"},
    newest="released_at",
)
told(
    "released_read",
    "What you read of what was released",
    ReleaseReading,
    "by",
    says={"When": "at", "From": "release__organisation__name", "What": "what"},
)
told(
    "help",
    "Help you asked for",
    HelpRequest,
    "asked_by",
    says={
        "When": "asked_at",
        "Setting": "organisation__name",
        "About": "topic",
        "What would help": "wanted",
        "Your words": "words",
        "Status": "status",
    },
    newest="asked_at",
)
told(
    "help_given_to_you",
    "Requests for help that were given to you",
    HelpRequest,
    "assigned_to",
    says={"When": "asked_at", "Setting": "organisation__name", "About": "topic", "Status": "status"},
    newest="asked_at",
)
told(
    "help_steps",
    "What you said about requests for help",
    HelpStep,
    "by",
    says={"When": "at", "Setting": "request__organisation__name", "What": "kind", "Your words": "words"},
)
told(
    "visits",
    "Visits you planned",
    Visit,
    "created_by",
    says={
        "When": "created_at",
        "Setting": "organisation__name",
        "Kind": "kind",
        "Why": "why",
        "Day": "visit_on",
        "Until": "until",
    },
    newest="created_at",
)
told(
    "visits_made",
    "Visits you were invited to",
    Visit,
    "reviewer__user",
    "invitation__accepted_by",
    says={"When": "created_at", "Setting": "organisation__name", "Kind": "kind", "Day": "visit_on", "Until": "until"},
    newest="created_at",
)
told(
    "visit_steps",
    "How you moved visits on",
    VisitStep,
    "by",
    says={"When": "at", "Setting": "visit__organisation__name", "To": "to_status", "Note": "note"},
)
told(
    "visit_checklists",
    "What you marked on preparation lists",
    ChecklistMark,
    "by",
    says={"When": "at", "Setting": "visit__organisation__name", "What": "item", "State": "state", "Kept": "where_kept"},
)
told(
    "visit_ratings",
    "What you said of statements as a visitor",
    ReviewerRating,
    "by",
    says={
        "When": "at",
        "Setting": "visit__organisation__name",
        "Statement": "statement__code",
        "Rating": "level__label",
        "Comment": "comment",
    },
)
told(
    "visit_notes",
    "Notes of what was said at visits",
    VisitNote,
    "by",
    says={
        "When": "at",
        "Setting": "visit__organisation__name",
        "Who was there": "who",
        "What was said": "said",
        "What comes next": "next_steps",
    },
)
told(
    "visit_reports",
    "Reports of visits you wrote",
    ReportVersion,
    "by",
    says={
        "When": "at",
        "Setting": "visit__organisation__name",
        "What is strong": "strong",
        "What to work on": "work_on",
        "The self-evaluation": "self_evaluation",
        "What was agreed": "agreed",
    },
)
told(
    "visit_recommendations",
    "Recommendations you made an action of",
    RecommendationTaken,
    "by",
    says={
        "When": "at",
        "Setting": "action__organisation__name",
        "Recommendation": "recommendation__what",
        "Action": "action__what",
    },
)
told(
    "visit_corrections",
    "Facts you corrected in reports of visits",
    Correction,
    "by",
    says={
        "When": "at",
        "Setting": "visit__organisation__name",
        "The report said": "says",
        "You said": "should_say",
    },
)
told(
    "visit_answers",
    "Corrections you answered",
    CorrectionAnswer,
    "by",
    says={
        "When": "at",
        "Setting": "correction__visit__organisation__name",
        "Taken in": "taken_in",
        "Why not": "why_not",
    },
)
told(
    "visit_feedback",
    "How you found visits",
    VisitFeedback,
    "by",
    says={
        "When": "at",
        "Setting": "visit__organisation__name",
        "Useful": "useful",
        "Fair": "fair",
        "Kind": "kind",
        "Your words": "words",
    },
)
told(
    "filled_forms",
    "Filled forms you read back",
    FilledForm,
    "read_by",
    says={"When": "read_at", **_review("round__"), "File": "name"},
    newest="read_at",
)
told(
    "setting_files",
    "Files with everything about a setting that you asked for",
    SettingFile,
    "asked_by",
    says={"When": "asked_at", "Setting": "organisation__name"},
    newest="asked_at",
)
told(
    "campaigns",
    "What you asked many settings to do",
    Campaign,
    "opened_by",
    says={"When": "opened_at", "For": "organisation__name", "Period": "period", "Message": "message", "Until": "until"},
    newest="opened_at",
)

left_out(Campaign, "reminded_by", because=IN_THE_AUDIT)
left_out(CampaignInvitation, "declined_by", because=IN_THE_AUDIT)
left_out(PooledCount, "counted_by", because=IN_THE_AUDIT)
left_out(Evidence, "looked_by", because=IN_THE_AUDIT)
left_out(EvidenceUse, "taken_away_by", because=IN_THE_AUDIT)
left_out(Round, "agreed_by", because=IN_THE_AUDIT)
left_out(Rating, "changed_by", "no_action_by", because=IN_ITS_HISTORY)
left_out(Action, "created_by", because=IN_ITS_HISTORY)
left_out(Action, "closed_by", because="closing is a step, and steps are told")
left_out(
    ActionChange, "owner", because="whose actions they are is told; who owned them when stands with whoever changed it"
)
left_out(Campaign, "reminded_by", because=IN_THE_AUDIT)
left_out(CampaignInvitation, "declined_by", because=IN_THE_AUDIT)
left_out(Evidence, "added_by", because=IN_ITS_HISTORY)
left_out(Evidence, "looked_by", because=IN_THE_AUDIT)
left_out(EvidenceUse, "taken_away_by", because=IN_THE_AUDIT)
left_out(PooledCount, "counted_by", because=IN_THE_AUDIT)
left_out(ChildVoiceWithdrawal, "by", because=IN_THE_AUDIT)
left_out(ParentForm, "closed_by", because=IN_THE_AUDIT)
left_out(Release, "withdrawn_by", because=IN_THE_AUDIT)
left_out(ReleaseLink, "code_made_by", because=IN_THE_AUDIT)
left_out(HelpRequest, "closed_by", because="closing is a step, and steps are told")
left_out(HelpStep, "to", because="what was given to them is told")

before_leaving(records_left_alone)
on_leaving(forget_names_in_rounds)
