"""What programs can ask for: `api` holds every operation, under `API_ADDRESS`.

All of it speaks through the same querysets, rules and actions as the pages; a token acts as its owner does.
"""

from trellis.api.endpoints.base import API_ADDRESS, api
from trellis.api.endpoints.counts import router as counts
from trellis.api.endpoints.frameworks import router as frameworks
from trellis.api.endpoints.reviews import router as reviews
from trellis.api.endpoints.visits import router as visits
from trellis.api.endpoints.voices import router as voices

api.add_router("/frameworks", frameworks)
api.add_router("/reviews", reviews)
api.add_router("/reviews", voices)
api.add_router("/visits", visits)
api.add_router("/counts", counts)

__all__ = ["API_ADDRESS", "api"]
