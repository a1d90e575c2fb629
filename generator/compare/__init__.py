"""Compare: how an article's wording differs from a claim's, whose words a claim is in, and how a wording drifted."""
