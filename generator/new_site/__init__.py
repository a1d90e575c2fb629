"""A new site: what `new site` puts into an empty folder. `files/` is that folder, save for what is filled in."""
