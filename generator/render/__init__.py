"""Render: a page's value to bytes. Pure: the same value and templates give the same bytes."""
