"""What is recorded of qualifications, and what can never be untrue."""

from trellis.qualifications.models.criteria import (
    CriteriaSet,
    CriteriaUnit,
    Criterion,
    CrosswalkLink,
    LearningOutcome,
)
from trellis.qualifications.models.listed import ListedQualification
from trellis.qualifications.models.qualification import Qualification, QualificationAudience

__all__ = [
    "CriteriaSet",
    "CriteriaUnit",
    "Criterion",
    "CrosswalkLink",
    "LearningOutcome",
    "ListedQualification",
    "Qualification",
    "QualificationAudience",
]
