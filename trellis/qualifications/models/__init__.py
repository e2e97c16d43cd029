"""What is recorded of qualifications, and what can never be untrue."""

from trellis.qualifications.models.criteria import (
    CriteriaSet,
    CriteriaUnit,
    Criterion,
    CrosswalkLink,
    LearningOutcome,
)
from trellis.qualifications.models.criteria_import import CriteriaImport
from trellis.qualifications.models.holding import Evidence, Holding, HoldingChange
from trellis.qualifications.models.listed import ListedQualification
from trellis.qualifications.models.qualification import Qualification, QualificationAudience

__all__ = [
    "CriteriaImport",
    "CriteriaSet",
    "CriteriaUnit",
    "Criterion",
    "CrosswalkLink",
    "Evidence",
    "Holding",
    "HoldingChange",
    "LearningOutcome",
    "ListedQualification",
    "Qualification",
    "QualificationAudience",
]
