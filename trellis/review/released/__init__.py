"""The copy that a release holds: frozen from a round, shown on the screen and on paper from itself alone."""

from trellis.review.released.copy import Parts, frozen, texts_of, warnings_in, without_words
from trellis.review.released.paper import released_paper
from trellis.review.released.reading import copy_of, file_in

__all__ = ["Parts", "copy_of", "file_in", "frozen", "released_paper", "texts_of", "warnings_in", "without_words"]
