"""The choices by which the catalogue is found: what kind, in what way, for whom, paid by whom."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What somebody has at the end. The first three are told apart by their total time."""

    AWARD = "award"
    CERTIFICATE = "certificate"
    DIPLOMA = "diploma"
    UNIT = "unit"
    COURSE = "course"
    WORKSHOP = "workshop"


class Format(StrEnum):
    """How people learn."""

    FACE_TO_FACE = "face-to-face"
    ONLINE_LIVE = "online-live"
    OWN_TIME = "own-time"
    BLENDED = "blended"


class Funding(StrEnum):
    """Who pays."""

    FREE = "free"
    GOVERNMENT = "government"
    AUTHORITY = "authority"
    SETTING = "setting"
    ASK = "ask"


class Audience(StrEnum):
    """For whom it is."""

    SENCO = "senco"
    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    CHILDMINDER = "childminder"
    TRAINER = "trainer"
    PARENT = "parent"


KIND_LABELS: dict[str, str] = {
    Kind.AWARD: "Award",
    Kind.CERTIFICATE: "Certificate",
    Kind.DIPLOMA: "Diploma",
    Kind.UNIT: "Unit",
    Kind.COURSE: "Course",
    Kind.WORKSHOP: "Workshop",
}
FORMAT_LABELS: dict[str, str] = {
    Format.FACE_TO_FACE: "Face to face",
    Format.ONLINE_LIVE: "Online, at a set time",
    Format.OWN_TIME: "Online, in your own time",
    Format.BLENDED: "Partly face to face, partly online",
}
FUNDING_LABELS: dict[str, str] = {
    Funding.FREE: "Free for everybody",
    Funding.GOVERNMENT: "Places paid by the government, as long as there are some",
    Funding.AUTHORITY: "Often paid by the local authority",
    Funding.SETTING: "Paid by the setting or by oneself",
    Funding.ASK: "Not known: ask",
}
AUDIENCE_LABELS: dict[str, str] = {
    Audience.SENCO: "SENCOs, and people about to be one",
    Audience.PRACTITIONER: "Practitioners and key persons",
    Audience.MANAGER: "Managers and owners",
    Audience.CHILDMINDER: "Childminders",
    Audience.TRAINER: "Trainers, assessors and advisers",
    Audience.PARENT: "Parents and carers",
}
FIELD_LABELS: dict[str, str] = {
    "title": "Title",
    "edition": "Edition",
    "level": "Level",
    "kind": "Kind",
    "guided_hours": "Guided hours",
    "total_hours": "Hours in all",
    "credits": "Credits",
    "number": "Qualification number",
    "awarding_organisation": "Awarding organisation",
    "summary": "What it is",
    "what_it_covers": "What it covers",
    "entry": "Who can take it",
    "mandatory": "Whether it is mandatory",
    "in_ratios": "Whether it counts in ratios",
    "for_whom": "For whom",
    "format": "How people learn",
    "region": "Where",
    "cost": "Cost",
    "funding": "Who pays",
    "leads_to": "What it leads to",
}
