"""What stands there already is its own first version; from now on the database refuses to change or delete any.

And ratings of reviews that have been agreed or archived are frozen."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLES = ["review_actionchange", "review_evidencechange", "review_noactionchange"]
AT_ONCE = 1000


def copy(rows, kept, made):
    """Write the row that `made` makes of each row, some at a time."""
    waiting = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        waiting.append(made(row))
        if len(waiting) == AT_ONCE:
            kept.bulk_create(waiting)
            waiting = []
    kept.bulk_create(waiting)


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor.connection, table)
    actions, evidence, ratings = (apps.get_model("review", name) for name in ("Action", "Evidence", "Rating"))
    of_action, of_evidence, of_rating = (
        apps.get_model("review", name) for name in ("ActionChange", "EvidenceChange", "NoActionChange")
    )
    said = ("what", "why", "owner_id", "owner_name", "start_on", "due_on", "resources", "success")
    copy(
        actions.objects.all(),
        of_action.objects,
        lambda row: of_action(
            action=row,
            version=row.version,
            at=row.created_at,
            by_id=row.created_by_id,
            **{name: getattr(row, name) for name in said},
        ),
    )
    copy(
        evidence.objects.all(),
        of_evidence.objects,
        lambda row: of_evidence(
            evidence=row,
            version=1,
            title=row.title,
            where_kept=row.where_kept,
            look_again_on=row.look_again_on,
            at=row.added_at,
            by_id=row.added_by_id,
        ),
    )
    copy(
        ratings.objects.exclude(no_action_because=""),
        of_rating.objects,
        lambda row: of_rating(
            rating=row, because=row.no_action_because, at=row.no_action_at, by_id=row.no_action_by_id
        ),
    )
    ratings.objects.filter(round__status__in=["agreed", "archived"]).update(frozen=True)


def backwards(apps, schema_editor):
    for table in TABLES:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0004_earlier_versions")]
    operations = [migrations.RunPython(forwards, backwards)]
