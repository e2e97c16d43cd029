"""A review on paper and in spreadsheets: the same words as on the screen."""

from trellis.review.papers.blank_form import blank_form
from trellis.review.papers.comparing import comparison, years
from trellis.review.papers.evidence import evidence_export
from trellis.review.papers.full_report import in_full
from trellis.review.papers.help import help_figures_export
from trellis.review.papers.one_page import MOST_ON_ONE_PAGE, OnePage, first_of_the_plan
from trellis.review.papers.picture import (
    HOW_IT_IS_COUNTED,
    level_words,
    part_words,
    picture_chart,
    picture_document,
    picture_table,
    topic_rows,
)
from trellis.review.papers.plan import plan_document, plan_export
from trellis.review.papers.ratings import ratings_export
from trellis.review.papers.shape import area_table, chart
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM, Asked, standing_of, who_was_asked

__all__ = [
    "HOW_IT_IS_COUNTED",
    "MOST_ON_ONE_PAGE",
    "NOT_THE_OFFICIAL_FORM",
    "Asked",
    "OnePage",
    "area_table",
    "blank_form",
    "chart",
    "comparison",
    "evidence_export",
    "first_of_the_plan",
    "help_figures_export",
    "in_full",
    "level_words",
    "part_words",
    "picture_chart",
    "picture_document",
    "picture_table",
    "plan_document",
    "plan_export",
    "ratings_export",
    "standing_of",
    "topic_rows",
    "who_was_asked",
    "years",
]
