"""Search: finished pages in, the files of Pagefind's index out. Runs only where site.toml turns it on."""
