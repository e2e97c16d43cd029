"""An awarding organisation’s criteria as a file: an empty one to fill in, and one that comes back."""

from trellis.qualifications.criteria_file.reader import NotCriteria, read_criteria_file
from trellis.qualifications.criteria_file.template import filled, template

__all__ = ["NotCriteria", "filled", "read_criteria_file", "template"]
