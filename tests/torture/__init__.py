"""Builds under torture: killed, without room, without their output, with a second one beside them."""
