"""The catalogue, criteria and the rules of “What next” as data: pure, without database."""

from trellis.qualifications.catalogue.certainty import Certainty
from trellis.qualifications.catalogue.loading import NotReadable, read_catalogue, read_criteria, read_guide
from trellis.qualifications.catalogue.shape import Catalogue, CriteriaText, Entry, EntryFacts, Source

__all__ = [
    "Catalogue",
    "Certainty",
    "CriteriaText",
    "Entry",
    "EntryFacts",
    "NotReadable",
    "Source",
    "read_catalogue",
    "read_criteria",
    "read_guide",
]
