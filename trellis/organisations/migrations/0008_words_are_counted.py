"""Each word of the register says how many providers have it, and stands there from its end as well."""

from django.db import migrations, models


def count_what_is_there(apps, schema_editor):
    """The words of a register that was imported before."""
    SearchWord = apps.get_model("organisations", "SearchWord")
    ProviderWord = apps.get_model("organisations", "ProviderWord")
    counted = dict(ProviderWord.objects.values_list("word").annotate(providers=models.Count("pk")))
    earlier = SearchWord.objects.values_list("word", flat=True)
    SearchWord.objects.bulk_create(
        [
            SearchWord(word=word, backwards=word[::-1], providers=counted.get(word, 0))
            for word in sorted(counted.keys() | set(earlier))
        ],
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["backwards", "providers"],
        batch_size=300,
    )


class Migration(migrations.Migration):

    dependencies = [("organisations", "0007_visits")]

    operations = [
        migrations.AddField(
            model_name="searchword",
            name="backwards",
            field=models.CharField(db_index=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="searchword",
            name="providers",
            field=models.IntegerField(default=0, verbose_name="how many providers have it"),
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="searchword",
            constraint=models.CheckConstraint(
                condition=models.Q(("providers__gte", 0)), name="search_word_of_no_provider_or_more"
            ),
        ),
    ]
