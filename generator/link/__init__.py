"""Link: records become one library, with every quote anchored in its article's text."""
