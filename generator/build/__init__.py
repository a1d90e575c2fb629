"""Build: what a change reaches is made anew, by as many workers as there are; all else stays as it is."""
