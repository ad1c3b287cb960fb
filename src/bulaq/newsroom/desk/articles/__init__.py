"""Articles at the desk: the list, the editing page, and every act on them."""
