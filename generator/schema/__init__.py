"""Schema: what the content's files may hold, as JSON Schemas for editors' own programs (docs/schema.md)."""
