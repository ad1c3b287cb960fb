"""The picture that leads an article, and its caption."""
