"""The topic words of SEND in the early years: the one vocabulary that every app shares.

A statement of a review, a webcast and a course that are about the same thing carry the same
word, and find each other by it. A word, once used, stays: labels may change, words may not.
"""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """One subject that people in the sector would look for by name.

    >>> Topic("child-voice").label
    'Children’s views'
    """

    LEADERSHIP = "leadership"
    POLICY = "policy"
    EQUALITY = "equality"
    STAFF_TRAINING = "staff-training"
    INCLUSIVE_PRACTICE = "inclusive-practice"
    ENVIRONMENT = "environment"
    PLAY_AND_TEACHING = "play-and-teaching"
    CHILD_VOICE = "child-voice"
    WORKING_WITH_PARENTS = "working-with-parents"
    IDENTIFICATION = "identification"
    GRADUATED_APPROACH = "graduated-approach"
    COMMUNICATION_AND_INTERACTION = "communication-and-interaction"
    COGNITION_AND_LEARNING = "cognition-and-learning"
    SEMH = "semh"
    SENSORY_AND_PHYSICAL = "sensory-and-physical"
    BEHAVIOUR = "behaviour"
    HEALTH_NEEDS = "health-needs"
    ENGLISH_AS_AN_ADDITIONAL_LANGUAGE = "english-as-an-additional-language"
    WORKING_WITH_PROFESSIONALS = "working-with-professionals"
    EHC_NEEDS_ASSESSMENT = "ehc-needs-assessment"
    TRANSITION = "transition"
    FUNDING = "funding"
    DATA_AND_IMPACT = "data-and-impact"

    @property
    def label(self) -> str:
        """The topic as a person reads it."""
        return LABELS[self]


LABELS: dict[Topic, str] = {
    Topic.LEADERSHIP: "Leadership of SEND",
    Topic.POLICY: "Policy and the law",
    Topic.EQUALITY: "Equality and reasonable adjustments",
    Topic.STAFF_TRAINING: "Staff skills and training",
    Topic.INCLUSIVE_PRACTICE: "Inclusive practice for every child",
    Topic.ENVIRONMENT: "Indoor and outdoor environment",
    Topic.PLAY_AND_TEACHING: "Play, teaching and learning",
    Topic.CHILD_VOICE: "Children’s views",
    Topic.WORKING_WITH_PARENTS: "Working with parents and carers",
    Topic.IDENTIFICATION: "Noticing and identifying needs",
    Topic.GRADUATED_APPROACH: "The graduated approach: assess, plan, do, review",
    Topic.COMMUNICATION_AND_INTERACTION: "Communication and interaction",
    Topic.COGNITION_AND_LEARNING: "Cognition and learning",
    Topic.SEMH: "Social, emotional and mental health",
    Topic.SENSORY_AND_PHYSICAL: "Sensory and physical needs",
    Topic.BEHAVIOUR: "Behaviour as communication",
    Topic.HEALTH_NEEDS: "Health and medical needs",
    Topic.ENGLISH_AS_AN_ADDITIONAL_LANGUAGE: "Children who speak other languages at home",
    Topic.WORKING_WITH_PROFESSIONALS: "Working with other professionals",
    Topic.EHC_NEEDS_ASSESSMENT: "EHC needs assessments and plans",
    Topic.TRANSITION: "Starting, moving rooms and moving to school",
    Topic.FUNDING: "Funding and resources",
    Topic.DATA_AND_IMPACT: "Information, progress and impact",
}
