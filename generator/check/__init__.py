"""Check: rules over the library. Each gives problems; all are gathered, none stops at the first."""
