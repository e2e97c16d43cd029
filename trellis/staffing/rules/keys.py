"""The keys of rules that the check knows, and of what kind each value is. What a rule says stands in the editions."""

from __future__ import annotations

KINDS: dict[str, str] = {
    # one member of staff for so many children
    "ratio-under-2": "number",
    "ratio-2": "number",
    "ratio-3-plus": "number",
    "ratio-3-plus-level-6": "number",
    "ratio-3-plus-maintained": "number",
    "ratio-3-plus-independent": "number",
    "ratio-3-plus-independent-level-6": "number",
    "ratio-3-plus-independent-most-five": "number",
    "ratio-reception": "number",
    "out-of-school-number": "words",
    "level-6-hours": "hours",
    "own-ratio": "switch",
    "pooled-ratio": "switch",
    # who has to be among them
    "under-2-level-3": "number",
    "under-2-others-level-2": "share",
    "under-2-trained-in-babies": "share",
    "under-2-in-charge": "number",
    "two-level-3": "number",
    "two-others-level-2": "share",
    "three-level-3": "number",
    "three-others-level-2": "share",
    "level-6-other-level-3": "number",
    "maintained-teacher": "number",
    "maintained-other-level-3": "number",
    "reception-teacher": "number",
    # who may be counted, and at which level
    "least-age": "number",
    "unqualified-counted": "switch",
    "trainee-level-below": "number",
    "trainee-least-age": "number",
    "apprentice-least-age": "number",
    "trainee-first-aid": "switch",
    "one-to-one-not-counted": "switch",
    "level-3-english": "day",
    "newly-qualified-first-aid": "day",
    "newly-qualified-months": "number",
    "experience-route": "switch",
    "experience-first-aid": "switch",
    "experience-good-setting": "switch",
    "experience-share": "share",
    # who has to be there besides
    "first-aid-on-premises": "number",
    "first-aid-at-meals": "number",
    "first-aid-lasts-months": "number",
    "outing-first-aid": "number",
    "manager-level-3": "switch",
    "setting-others-level-2": "share",
    "manager-maths": "day",
    "manager-maths-months": "number",
    "manager-or-deputy": "number",
    # childminders, for each childminder or assistant who is there
    "childminder-under-8": "number",
    "childminder-young": "number",
    "childminder-under-1": "number",
    "assistant-alone-minutes": "number",
    "assistant-alone-permission": "switch",
    # what makes an answer tight
    "each-room-by-itself": "switch",
    "nobody-spare": "switch",
    "rests-on-trainee-or-agency": "switch",
    # what is shown and not worked out
    "sight-and-hearing": "words",
    "sleeping-children-count": "words",
    "breaks-not-counted": "words",
    "mixed-ages": "words",
    "exceptional-circumstances": "words",
    "outings": "words",
    "more-for-send": "words",
    "manager-experience": "words",
    "childminder-exceptions": "words",
    "senco-award-no-level": "words",
}

IN_EVERY_EDITION = (
    *("ratio-under-2", "ratio-2", "ratio-3-plus", "ratio-3-plus-maintained", "ratio-3-plus-independent"),
    *("ratio-reception", "pooled-ratio", "own-ratio", "each-room-by-itself", "nobody-spare"),
    *("rests-on-trainee-or-agency", "childminder-under-8", "childminder-young", "childminder-under-1"),
    "assistant-alone-minutes",
)
"""What the check cannot do without. Any other rule holds in the editions that have it, and in no other."""
