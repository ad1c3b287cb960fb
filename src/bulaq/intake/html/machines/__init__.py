"""What a page tells machines: JSON-LD, microdata, the elements of its head, the data of its scripts."""
