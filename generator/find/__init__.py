"""Finding: passages of articles, as quotes that can be pasted into a claim."""
