"""By which words a provider is found. Written by whoever writes a provider’s name, town or number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.organisations.models.provider import Provider


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
