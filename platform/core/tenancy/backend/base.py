"""Django finds the engine's `DatabaseWrapper` here."""

from typing import Any

from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper

from core.tenancy.here import here


class SchemaEditor(DatabaseSchemaEditor):
    """Makes no `_like` index: databases have collation C, where the plain index serves prefix search."""

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        return None


class DatabaseWrapper(TenantsWrapper):  # type: ignore[misc]
    """Follows `here` at each cursor, so that no thread, task or coroutine differs from it."""

    SchemaEditorClass = SchemaEditor
    schema_name: str
    include_public_schema: bool
    _borrowed = False
    _path_is_of: tuple[str, bool] | None = None

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """As the parent, but keeps the content types' cache (they live in public only), and the search path until a
        cursor needs another: leaving a commune and coming back costs no statement."""
        self.tenant = tenant
        self.schema_name = tenant.schema_name
        self.include_public_schema = include_public
        self.set_settings_schema(tenant.schema_name)

    def _handle_search_path(self, cursor: Any = None) -> None:
        wanted = here.get()
        if wanted is not None:
            if wanted.schema_name != self.schema_name:
                self.set_tenant(wanted)
            self._borrowed = True
        elif self._borrowed:
            self._borrowed = False
            self.set_schema_to_public()
        path_of = (self.schema_name, self.include_public_schema)
        if path_of != self._path_is_of:
            self.search_path_set_schemas = None
        super()._handle_search_path(cursor)  # sets it when it is not known: another, rolled back, a new connection
        self._path_is_of = path_of
