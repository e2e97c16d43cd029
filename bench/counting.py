"""Which page a request opened and how many queries that took, for whoever asks; all other requests pay nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COUNT = "X-Count-Queries"
COUNTED = "X-Queries"
ROUTE = "X-Route"
# What a database does besides answering: the beginning and the end of a transaction.
OF_TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the name of the page and the number of queries, when the request asks; otherwise cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if COUNT not in request.headers:
            return get_response(request)
        asked: list[str] = []

        def note(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
            if not sql.startswith(OF_TRANSACTIONS):
                asked.append(sql)
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response[COUNTED] = str(len(asked))
        response[ROUTE] = (request.resolver_match and request.resolver_match.url_name) or ""
        return response

    return middleware
