"""Backups: one archive with every record and every file, which any empty installation can be restored from.

An archive is an ordinary tar file that needs no Trellis to be looked into:

    tables/<table>/000001.jsonl.gz …   the rows, one JSON list a line, in the order of their keys
    files/<key>                        what people uploaded and what Trellis made
    pages/<name>.txt                   the installation’s own words for the privacy notice and so on
    manifest.json                      which Trellis, which migrations, the columns and counts of each table
    SHA256SUMS                         the hash of each of these, as `sha256sum --check` reads it

SQLite and PostgreSQL write the same archive, so an installation can also move from one to the other.
See docs/decisions/0062-a-backup-is-rows-not-a-copy-of-the-database.md.
"""
