"""A new site: what `new site` puts into an empty folder. `files/` is that folder as it will be, save for what is filled in."""
