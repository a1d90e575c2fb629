"""What an attacker might put into a site's files, and a site with a place for it in every field."""
