"""Who may do what. This table is the whole of it; `docs/who-may-do-what.md` is generated from it."""

from __future__ import annotations

from enum import StrEnum, auto

from django.db import models


class Permission(StrEnum):
    """One thing that a role allows, in the organisation that the person acts for."""

    SEE_REVIEW = auto()
    RATE_STATEMENTS = auto()
    LEAD_REVIEW = auto()
    RELEASE_REVIEW = auto()
    TAKE_OUT_WORDS = auto()
    SEE_RELEASED = auto()
    ANSWER_HELP = auto()
    SEE_POOLED = auto()
    COUNT_POOLED = auto()
    RUN_CAMPAIGNS = auto()
    CHANGE_WORDING = auto()
    SEE_EVIDENCE = auto()
    CHANGE_EVIDENCE = auto()
    CHANGE_ACTIONS = auto()
    SEE_PEOPLE = auto()
    INVITE_PEOPLE = auto()
    SEE_ACTIVITY = auto()
    CHANGE_ORGANISATION = auto()
    SEE_GROUP = auto()
    SEE_AUTHORITY_SETTINGS = auto()
    APPROVE_CLAIMS = auto()
    SEE_ORGANISATIONS = auto()
    IMPORT_REGISTER = auto()
    SEE_OPERATIONS = auto()
    USE_PROGRAMS = auto()
    SEE_VISITS = auto()
    ARRANGE_VISITS = auto()
    VISIT = auto()
    TAKE_EVERYTHING = auto()
    SEE_PROGRAMMES = auto()
    RUN_PROGRAMMES = auto()
    RUN_COHORTS = auto()
    SEE_LEARNERS = auto()
    MARK_ATTENDANCE = auto()
    SEE_DUTIES = auto()
    SEE_HOLDINGS = auto()
    CHANGE_HOLDINGS = auto()
    SEE_CRITERIA = auto()
    CHANGE_CRITERIA = auto()
    CHANGE_COURSES = auto()
    SEE_APPLICATIONS = auto()
    DECIDE_APPLICATIONS = auto()
    SEE_ACCESS_NEEDS = auto()
    BOOK_TRAINING = auto()
    HOST_LEARNERS = auto()
    SEE_STAFFING = auto()
    CHANGE_STAFFING = auto()
    CHANGE_CLOSED_DAYS = auto()
    SEE_TRAINERS = auto()


DESCRIPTIONS: dict[Permission, str] = {
    Permission.SEE_REVIEW: "See the setting’s SEND reviews, ratings, actions and reports",
    Permission.RATE_STATEMENTS: "Rate statements and write notes while a review is open",
    Permission.LEAD_REVIEW: "Start a review, move it on, agree and archive it, and ask for help",
    Permission.RELEASE_REVIEW: "Release an agreed review to somebody, and withdraw it",
    Permission.TAKE_OUT_WORDS: "Take words that should not be there out of a review for good, earlier versions too",
    Permission.SEE_RELEASED: "Read what settings have released to the organisation or to oneself",
    Permission.ANSWER_HELP: "Answer settings that ask for help",
    Permission.SEE_POOLED: "See what many settings’ released reviews add up to, and no setting by itself",
    Permission.COUNT_POOLED: "Have a term that has ended counted",
    Permission.RUN_CAMPAIGNS: "Ask many settings to review themselves, and remind them once",
    Permission.CHANGE_WORDING: "Say statements in the authority’s own words, and add its own",
    Permission.SEE_EVIDENCE: "See where evidence is kept and open its files",
    Permission.CHANGE_EVIDENCE: "Add evidence and link it to statements",
    Permission.CHANGE_ACTIONS: "Write, change and close actions",
    Permission.SEE_PEOPLE: "See who belongs to the organisation",
    Permission.INVITE_PEOPLE: "Invite people, change their role and end their membership",
    Permission.SEE_ACTIVITY: "See who did what in the organisation, and the e-mails it sent",
    Permission.CHANGE_ORGANISATION: "Change what is known of the organisation, and join or leave a group",
    Permission.SEE_GROUP: "See which settings belong to the group and whether a review is under way",
    Permission.SEE_AUTHORITY_SETTINGS: "See the register of the authority’s settings and who uses Trellis",
    Permission.APPROVE_CLAIMS: "Approve or refuse a request to claim a setting",
    Permission.SEE_ORGANISATIONS: "See the organisations on this installation, and none of their content",
    Permission.IMPORT_REGISTER: "Import the childcare register",
    Permission.SEE_OPERATIONS: "See background jobs and whether e-mail arrives",
    Permission.USE_PROGRAMS: "Let a program do, by a token with an end date, what one may do oneself",
    Permission.SEE_VISITS: "See visits: a setting’s people all of theirs, a visitor those they are invited to, until the end date",
    Permission.ARRANGE_VISITS: "Plan a visit, invite the visitor, prepare it, check the facts of the report",
    Permission.VISIT: "Rate, note and report as a visitor whom the setting invited",
    Permission.TAKE_EVERYTHING: "Take everything about the setting away as one file",
    Permission.SEE_PROGRAMMES: "See award programmes, their cohorts and dates: a centre its own, an authority those held for it",
    Permission.RUN_PROGRAMMES: "Set up a programme, approve cohorts of authorities, say where a duty stands",
    Permission.RUN_COHORTS: "Set up a cohort, move and cancel its sessions, give places: a centre, and an authority in cohorts it delivers",
    Permission.SEE_LEARNERS: "See who has a place: a trainer in cohorts they teach, an authority in cohorts it delivers",
    Permission.MARK_ATTENDANCE: "Mark who attended, in the same cohorts",
    Permission.SEE_DUTIES: "See which second cohorts are due: a centre its own, an authority those it owes",
    Permission.SEE_HOLDINGS: "See which qualifications the organisation’s people hold, and what runs out",
    Permission.CHANGE_HOLDINGS: "Write down who holds a qualification, and that the evidence was seen",
    Permission.SEE_CRITERIA: "See the awarding organisations’ criteria that the organisation has loaded",
    Permission.CHANGE_CRITERIA: "Load an awarding organisation’s criteria, and link those of two sets",
    Permission.CHANGE_COURSES: "Add the centre’s own courses to the public catalogue, change them, say when they begin next",
    Permission.SEE_APPLICATIONS: "See who applied for a place: a centre in its programmes, an authority in cohorts it delivers",
    Permission.DECIDE_APPLICATIONS: "Decide about applications, offer places, keep the waiting list: an authority in cohorts it delivers with the centre’s approval; a centre also sets the rules",
    Permission.SEE_ACCESS_NEEDS: "See what an applicant or learner needs in order to take part, where one arranges it or teaches",
    Permission.BOOK_TRAINING: "Apply for places for several people of one’s own setting at once; agree that the setting is counted when a course is planned",
    Permission.CHANGE_CLOSED_DAYS: "See and change on which days no session is held: school holidays, a centre’s own days",
    Permission.SEE_TRAINERS: "See who can teach, what they teach and when they delivered last: a centre its own, an authority those of its cohorts",
    Permission.HOST_LEARNERS: "See which learners visit the setting as part of their course, and say how many can come",
    Permission.SEE_STAFFING: "See who works when with which children in one’s own setting, and who can go to a course",
    Permission.CHANGE_STAFFING: "Write down the setting’s rooms, people and week, and what is otherwise on a day",
}


class Role(models.TextChoices):
    """What a person is in one organisation."""

    MANAGER = "manager", "Owner or manager"
    SENCO = "senco", "SENCO"
    DEPUTY_SENCO = "deputy_senco", "Deputy SENCO"
    PRACTITIONER = "practitioner", "Practitioner"
    CHILDMINDER = "childminder", "Childminder"
    GROUP_OVERVIEW = "group_overview", "Group overview"
    AUTHORITY_LEAD = "authority_lead", "Authority lead"
    AREA_SENCO = "area_senco", "Area SENCO"
    PEER_REVIEWER = "peer_reviewer", "Visiting reviewer"
    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    CENTRE_ADMINISTRATOR = "centre_administrator", "Centre administrator"
    TRAINER = "trainer", "Trainer"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


ROLE_DESCRIPTIONS: dict[Role, str] = {
    Role.MANAGER: "Leads the setting: its reviews, its plan, its people.",
    Role.SENCO: "Leads on special educational needs in the setting.",
    Role.DEPUTY_SENCO: "Stands in for the SENCO.",
    Role.PRACTITIONER: "Works with the children; takes part in the review.",
    Role.CHILDMINDER: "One person who is every role.",
    Role.GROUP_OVERVIEW: "Looks after several settings of one owner; does not read their reviews.",
    Role.AUTHORITY_LEAD: "Leads on early years SEND for a local authority; sees what settings release.",
    Role.AREA_SENCO: "Advises settings in an authority; sees what settings release.",
    Role.PEER_REVIEWER: "Visits a setting at its invitation; sees what it opens, until the day it says.",
    Role.PROGRAMME_LEAD: "Leads award programmes at a training centre, and answers for them to the funder.",
    Role.CENTRE_ADMINISTRATOR: "Looks after cohorts, dates and places at a training centre.",
    Role.TRAINER: "Teaches cohorts of a training centre; sees the learners of those cohorts.",
    Role.SYSTEM_ADMINISTRATOR: "Keeps the installation running: organisations and jobs, no content.",
}

_TAKING_PART = {Permission.SEE_REVIEW, Permission.RATE_STATEMENTS, Permission.SEE_PEOPLE, Permission.SEE_VISITS}
_SENCO = _TAKING_PART | {
    Permission.LEAD_REVIEW,
    Permission.SEE_EVIDENCE,
    Permission.CHANGE_EVIDENCE,
    Permission.CHANGE_ACTIONS,
    Permission.SEE_ACTIVITY,
    Permission.ARRANGE_VISITS,
    Permission.SEE_STAFFING,
    Permission.CHANGE_STAFFING,
}
_WHO_HOLDS_WHAT = {Permission.SEE_HOLDINGS, Permission.CHANGE_HOLDINGS}
_TEACHING = {
    Permission.SEE_PROGRAMMES,
    Permission.SEE_LEARNERS,
    Permission.MARK_ATTENDANCE,
    Permission.SEE_PEOPLE,
    Permission.SEE_CRITERIA,
    Permission.SEE_ACCESS_NEEDS,
}
_CENTRE = (
    _TEACHING
    | _WHO_HOLDS_WHAT
    | {
        Permission.CHANGE_CRITERIA,
        Permission.CHANGE_COURSES,
        Permission.RUN_COHORTS,
        Permission.SEE_APPLICATIONS,
        Permission.DECIDE_APPLICATIONS,
        Permission.SEE_DUTIES,
        Permission.SEE_TRAINERS,
        Permission.INVITE_PEOPLE,
        Permission.SEE_ACTIVITY,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(
        _SENCO
        | _WHO_HOLDS_WHAT
        | {
            Permission.RELEASE_REVIEW,
            Permission.TAKE_OUT_WORDS,
            Permission.INVITE_PEOPLE,
            Permission.CHANGE_ORGANISATION,
            Permission.USE_PROGRAMS,
            Permission.TAKE_EVERYTHING,
            Permission.BOOK_TRAINING,
            Permission.HOST_LEARNERS,
        }
    ),
    Role.SENCO: frozenset(_SENCO | _WHO_HOLDS_WHAT | {Permission.INVITE_PEOPLE}),
    Role.DEPUTY_SENCO: frozenset(_SENCO),
    Role.PRACTITIONER: frozenset(_TAKING_PART),
    Role.CHILDMINDER: frozenset(
        _SENCO
        | _WHO_HOLDS_WHAT
        | {
            Permission.RELEASE_REVIEW,
            Permission.TAKE_OUT_WORDS,
            Permission.INVITE_PEOPLE,
            Permission.CHANGE_ORGANISATION,
            Permission.USE_PROGRAMS,
            Permission.TAKE_EVERYTHING,
            Permission.BOOK_TRAINING,
            Permission.HOST_LEARNERS,
        }
    ),
    Role.GROUP_OVERVIEW: frozenset(
        {
            Permission.SEE_GROUP,
            Permission.SEE_RELEASED,
            Permission.CHANGE_ORGANISATION,
            Permission.SEE_PEOPLE,
            Permission.INVITE_PEOPLE,
            Permission.SEE_ACTIVITY,
        }
    ),
    Role.AUTHORITY_LEAD: frozenset(
        {
            Permission.SEE_AUTHORITY_SETTINGS,
            Permission.SEE_RELEASED,
            Permission.ANSWER_HELP,
            Permission.SEE_POOLED,
            Permission.COUNT_POOLED,
            Permission.RUN_CAMPAIGNS,
            Permission.CHANGE_WORDING,
            Permission.APPROVE_CLAIMS,
            Permission.CHANGE_ORGANISATION,
            Permission.SEE_PEOPLE,
            Permission.INVITE_PEOPLE,
            Permission.SEE_ACTIVITY,
            Permission.USE_PROGRAMS,
            Permission.SEE_PROGRAMMES,
            Permission.RUN_COHORTS,
            Permission.SEE_LEARNERS,
            Permission.MARK_ATTENDANCE,
            Permission.SEE_DUTIES,
            Permission.SEE_TRAINERS,
            Permission.SEE_CRITERIA,
            Permission.CHANGE_CRITERIA,
            Permission.SEE_APPLICATIONS,
            Permission.DECIDE_APPLICATIONS,
            Permission.SEE_ACCESS_NEEDS,
        }
    ),
    Role.AREA_SENCO: frozenset(
        {
            Permission.SEE_AUTHORITY_SETTINGS,
            Permission.SEE_RELEASED,
            Permission.ANSWER_HELP,
            Permission.SEE_POOLED,
            Permission.SEE_PEOPLE,
            Permission.SEE_PROGRAMMES,
            Permission.SEE_DUTIES,
            Permission.SEE_TRAINERS,
        }
    ),
    Role.PEER_REVIEWER: frozenset({Permission.SEE_VISITS, Permission.VISIT}),
    Role.PROGRAMME_LEAD: frozenset(
        _CENTRE
        | {
            Permission.RUN_PROGRAMMES,
            Permission.CHANGE_ORGANISATION,
            Permission.USE_PROGRAMS,
            Permission.CHANGE_CLOSED_DAYS,
        }
    ),
    Role.CENTRE_ADMINISTRATOR: frozenset(_CENTRE),
    Role.TRAINER: frozenset(_TEACHING),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            Permission.SEE_ORGANISATIONS,
            Permission.IMPORT_REGISTER,
            Permission.APPROVE_CLAIMS,
            Permission.SEE_OPERATIONS,
            Permission.CHANGE_CLOSED_DAYS,
            Permission.CHANGE_ORGANISATION,
            Permission.SEE_PEOPLE,
            Permission.INVITE_PEOPLE,
            Permission.SEE_ACTIVITY,
        }
    ),
}

# Whom a role may invite to its own organisation, give another role there, and say goodbye to.
MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.MANAGER: frozenset({Role.MANAGER, Role.SENCO, Role.DEPUTY_SENCO, Role.PRACTITIONER, Role.PEER_REVIEWER}),
    Role.SENCO: frozenset({Role.DEPUTY_SENCO, Role.PRACTITIONER, Role.PEER_REVIEWER}),
    Role.CHILDMINDER: frozenset({Role.PEER_REVIEWER}),
    Role.GROUP_OVERVIEW: frozenset({Role.GROUP_OVERVIEW}),
    Role.AUTHORITY_LEAD: frozenset({Role.AUTHORITY_LEAD, Role.AREA_SENCO}),
    Role.PROGRAMME_LEAD: frozenset({Role.PROGRAMME_LEAD, Role.CENTRE_ADMINISTRATOR, Role.TRAINER}),
    Role.CENTRE_ADMINISTRATOR: frozenset({Role.TRAINER}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Role.SYSTEM_ADMINISTRATOR}),
}

# An organisation without any of these would belong to nobody.
ANSWERABLE = frozenset(
    {
        Role.MANAGER,
        Role.CHILDMINDER,
        Role.GROUP_OVERVIEW,
        Role.AUTHORITY_LEAD,
        Role.PROGRAMME_LEAD,
        Role.SYSTEM_ADMINISTRATOR,
    }
)

# Whoever may do one of these sees other people’s evidence, or many settings: a password alone is not enough.
SECOND_STEP_PERMISSIONS = frozenset(
    {
        Permission.SEE_EVIDENCE,
        Permission.SEE_GROUP,
        Permission.SEE_RELEASED,
        Permission.SEE_POOLED,
        Permission.SEE_AUTHORITY_SETTINGS,
        Permission.SEE_ORGANISATIONS,
        Permission.APPROVE_CLAIMS,
        Permission.SEE_LEARNERS,
        Permission.SEE_ACCESS_NEEDS,
    }
)


def may(role: Role, permission: Permission) -> bool:
    """Whether a role allows something.

    >>> may(Role.MANAGER, Permission.LEAD_REVIEW), may(Role.AUTHORITY_LEAD, Permission.SEE_REVIEW)
    (True, False)
    """
    return permission in ROLE_PERMISSIONS[role]


def may_invite(role: Role) -> frozenset[Role]:
    """The roles that a role may invite to its own organisation.

    >>> Role.MANAGER in may_invite(Role.MANAGER), Role.MANAGER in may_invite(Role.SENCO)
    (True, False)
    >>> may_invite(Role.PRACTITIONER)
    frozenset()
    """
    return MAY_INVITE.get(role, frozenset())


def needs_second_step(role: Role) -> bool:
    """Whether a role needs a passkey or a one-time code besides the password, from the first sign-in.

    >>> needs_second_step(Role.SENCO), needs_second_step(Role.PRACTITIONER)
    (True, False)
    """
    return bool(ROLE_PERMISSIONS[role] & SECOND_STEP_PERMISSIONS)
