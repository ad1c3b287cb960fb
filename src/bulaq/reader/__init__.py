"""The public site: views, boxes, templates, styles, feeds, sitemaps, JSON-LD."""
