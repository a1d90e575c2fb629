"""Plan: every page of the site as a small value, with its address and its template."""
