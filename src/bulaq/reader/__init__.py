"""The public site: views, boxes, templates, styles, and what machines are told (`machine`: feeds, sitemaps, JSON-LD).

A page holds marks where its shared boxes go; boxes are fragments with addresses and surrogate keys of their own, which the
edge puts in. Everything works without JavaScript, and no page sets a cookie.
"""
