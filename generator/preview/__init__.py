"""The preview: the site on this machine alone, built again at every save and renewed in the browser."""
