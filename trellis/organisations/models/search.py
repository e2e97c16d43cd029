"""By which words a provider is found. Written by whoever writes a provider’s name, town or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from trellis.organisations.models.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class SearchWord(models.Model):
    """A word that stands in the name or town of some provider, or for its authority: what typing is compared with.

    `backwards` is the word from its end, so that an index finds endings too. `providers` is how many have it: with
    that, a search knows how to look without asking; whoever writes words of providers keeps it true.
    """

    word = models.CharField(primary_key=True, max_length=40)
    backwards = models.CharField(max_length=40, db_index=True)
    providers = models.IntegerField("how many providers have it", default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(providers__gte=0), name="search_word_of_no_provider_or_more")]

    def __str__(self) -> str:
        return self.word


class ProviderWord(models.Model):
    """One word of one provider."""

    word = models.CharField(max_length=40)
    provider = models.ForeignKey(
        Provider, to_field="number", on_delete=models.CASCADE, db_index=False, related_name="words"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "provider"], name="provider_word_once")]

    def __str__(self) -> str:
        return self.word


class HasWord(models.Func):
    """Whether a provider has any of these words: looked up where there are few, tried one by one where there are many.

    Written as it stands, for Django takes longer to build such a subquery than a database to answer it.
    """

    output_field = models.BooleanField()
    LOOKED_UP = "{number} IN (SELECT had.provider_id FROM {lines} had WHERE had.word IN ({words}))"
    TRIED = "EXISTS (SELECT 1 FROM {lines} had WHERE had.word IN ({words}) AND had.provider_id = {number})"

    def __init__(self, words: Iterable[str], *, common: bool) -> None:
        super().__init__(models.F("number"))
        self.words, self.common = sorted(words), common

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """One or the other."""
        number, _parameters = compiler.compile(self.source_expressions[0])
        lines, places = connection.ops.quote_name(ProviderWord._meta.db_table), ", ".join(["%s"] * len(self.words))
        form = self.TRIED if self.common else self.LOOKED_UP
        return form.format(number=number, lines=lines, words=places), self.words


class Likeness(models.Func):
    """How like a provider’s name is to what was typed: 0 the same, 1 it begins so, 2 neither."""

    output_field = models.IntegerField()
    FORM = "CASE WHEN {name} = %s THEN 0 WHEN SUBSTR({name}, 1, {length}) = %s THEN 1 ELSE 2 END"

    def __init__(self, key: str) -> None:
        super().__init__(models.F("name_key"))
        self.key = key

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The three cases."""
        name, _parameters = compiler.compile(self.source_expressions[0])
        return self.FORM.format(name=name, length=len(self.key)), [self.key, self.key]
