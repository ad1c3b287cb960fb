"""Foreign material becomes articles of ours: matching, storing, pictures, links, and taking it all back.

`intake` reads and knows nothing of the newsroom; this package stores and knows nothing of HTML.
"""
