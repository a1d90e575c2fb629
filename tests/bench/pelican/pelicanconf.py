# mypy: ignore-errors
SITENAME = "Benchmark"
SITEURL = "https://bench.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_DIR = "assets"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["library"]

# The three texts are Pelican's own pages; all else is the plugin's.
PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
ARTICLE_PATHS = []
STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

# With CACHE_CONTENT and LOAD_CONTENT_CACHE on the command line, files that did not change are not parsed again.
CONTENT_CACHING_LAYER = "generator"
GZIP_CACHE = False
