"""Query strings and links for outside search engines, from data; nothing is fetched."""
