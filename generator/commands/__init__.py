"""The commands: one module a command, each with `add` (its options) and a function that runs it."""
