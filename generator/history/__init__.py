"""History: what git knows of claims' files, where site.toml asks for it. Only here a program is run."""
