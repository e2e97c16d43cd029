"""What the rules know, in words to choose from."""

from __future__ import annotations

from trellis.staffing.rules.days import Band, Provision
from trellis.staffing.rules.people import HowKnown, Level, Standing

LEVELS: list[tuple[int, str]] = [
    (Level.NONE.value, "No level that counts"),
    (Level.TWO.value, "Level 2"),
    (Level.THREE.value, "Level 3"),
    (Level.SIX.value, "Level 6, such as QTS, EYTS or EYPS"),
]
HOW_KNOWN: list[tuple[str, str]] = [
    (HowKnown.EVIDENCE.value, "We have seen the certificate"),
    (HowKnown.LISTED.value, "We found it in the list of early years qualifications"),
    (HowKnown.EXPERIENCE.value, "By experience, in this setting only"),
]
STANDINGS: list[tuple[str, str]] = [
    (Standing.STAFF.value, "Member of staff"),
    (Standing.AGENCY.value, "From an agency"),
    (Standing.APPRENTICE.value, "Apprentice"),
    (Standing.STUDENT.value, "Student on a long placement"),
    (Standing.SHORT_PLACEMENT.value, "Student on a short placement"),
    (Standing.VOLUNTEER.value, "Volunteer"),
]
BANDS: list[tuple[str, str]] = [
    (Band.UNDER_1.value, "Under one"),
    (Band.ONE.value, "One"),
    (Band.TWO.value, "Two"),
    (Band.THREE_PLUS.value, "Three and over"),
    (Band.RECEPTION.value, "Reception"),
    (Band.OUT_OF_SCHOOL.value, "School age"),
]
PROVISIONS: list[tuple[str, str]] = [
    (Provision.PVI.value, "A registered group setting"),
    (Provision.MAINTAINED.value, "A maintained nursery school, or a nursery class in a maintained school"),
    (Provision.INDEPENDENT.value, "An independent school"),
    (Provision.CHILDMINDER.value, "A childminder"),
]
