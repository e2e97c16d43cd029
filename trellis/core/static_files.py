"""How static files are served: under names that change with their content, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise’s storage, which also renames the modules that our scripts import from each other."""

    support_js_module_import_aggregation = True
