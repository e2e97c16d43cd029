"""By which words a provider is found. Written by whoever writes a provider’s name, town or number."""

from __future__ import annotations

from django.db import models

from trellis.organisations.models.provider import Provider


class SearchWord(models.Model):
    """A word that stands in the name or town of some provider: what typing is compared with."""

    word = models.CharField(primary_key=True, max_length=40)

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
