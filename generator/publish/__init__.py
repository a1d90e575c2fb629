"""Publish: the only stage that touches the output."""
