"""Against: the site as it is on disk, compared with a revision of its repository: what was published changes openly."""
