"""The page as its reader sees it: from bytes to a tree, from the tree to segments in document order."""
