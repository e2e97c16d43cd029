"""The pages about programs, and the API itself."""

from django.urls import URLPattern, include, path
from django.views.decorators.cache import cache_control

from trellis.api import views
from trellis.api.endpoints import API_ADDRESS, api
from trellis.core.access import by_token

# Each operation of the API is a page like others: it says who may open it. Ninja’s own root page is left out.
# What it answers is for whoever asked, and for no cache on the way.
for_whoever_asked = cache_control(private=True, no_cache=True)
_views = {
    (str(each.pattern), each.name): each.callback
    for each in api.urls[0]
    if isinstance(each, URLPattern) and each.name != "api-root"
}
operations = [path(route, by_token(for_whoever_asked(view)), name=name) for (route, name), view in _views.items()]

urlpatterns = [
    path("programs", views.tokens, name="tokens"),
    path("programs/new", views.make_token, name="make_token"),
    path("programs/<uuid:token_id>/end", views.end_token, name="end_token"),
    path(f"{API_ADDRESS.strip('/')}/openapi.json", views.openapi, name="openapi"),
    path(API_ADDRESS.lstrip("/"), include(operations)),
    path(f"{API_ADDRESS.lstrip('/')}<path:rest>", views.nothing_there, name="api_nothing_there"),
]
