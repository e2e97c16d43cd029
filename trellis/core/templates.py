"""The Jinja2 environment: our functions and filters, and what every page knows."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from jinja2 import ChainableUndefined, Environment

from trellis.core.dates import clock, day, moment
from trellis.core.forms import error_links, opened_by_choices
from trellis.core.tables import labelled

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from django.http import HttpRequest


class Pages(Environment):
    """Jinja2’s environment, whose templates know its globals as they are when a template is loaded.

    Jinja2 looks each of them up in two places whenever a template includes or imports another, so that one could
    still be added. None is, and pages include and import dozens of times.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template, in one dictionary."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """The environment that Django’s Jinja2 backend asks for."""
    options["undefined"] = ChainableUndefined  # a page leaves out what it does not need to say
    jinja = Pages(
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    jinja.globals.update(
        static=static,
        url=url,
        link_if=link_if,
        with_query=with_query,
        error_links=error_links,
        labelled=labelled,
        opened_by_choices=opened_by_choices,
        get_messages=get_messages,
        installation_name=settings.INSTALLATION_NAME,
        contact_email=settings.CONTACT_EMAIL,
        demonstration=settings.DEMONSTRATION,
        single_sign_on=lambda: settings.SINGLE_SIGN_ON,
        session_hours=settings.ENVIRONMENT.session_hours,
    )
    jinja.filters.update(clock=clock, day=day, moment=moment, plural=plural)
    return jinja


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows besides the request itself."""
    return {
        "acting": getattr(request, "acting", None),
        "now": timezone.localtime(),
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # the same for every form of the page
    }


def url(name: str, *args: object) -> str:
    """The address of a page."""
    return _url(name, args, settings.ROOT_URLCONF)


@lru_cache(maxsize=4096)
def _url(name: str, args: tuple[object, ...], pages: str) -> str:
    """The same, worked out once: a page has dozens of links, and most of them lead where others led before."""
    return reverse(name, urlconf=pages, args=args)


def link_if(name: str) -> str:
    """The address of a page that not every installation has, or nothing."""
    return _link_if(name, settings.ROOT_URLCONF) if name else ""


@cache
def _link_if(name: str, pages: str) -> str:
    """The same, worked out once for each list of pages; only tests have a second one."""
    try:
        return reverse(name, urlconf=pages)
    except NoReverseMatch:
        return ""


def with_query(request: HttpRequest, **changes: object) -> str:
    """The query of this page with some of it changed, as “?name=oak&page=3”; None takes one out."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "statement"), plural(3, "piece of evidence", "pieces of evidence")
    ('1 statement', '3 pieces of evidence')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
