"""What the site says to machines: structured data, share cards, feeds, sitemaps, well-known files, pings."""
