"""History: what git knows of claims' files. The one program that a build may run, and only where site.toml asks for it."""
