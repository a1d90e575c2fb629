"""Outside links: every address that the content holds, and whether it still answers. Nothing else uses the network."""
