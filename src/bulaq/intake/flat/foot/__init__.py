"""The lines under the text: links, topics, boxes of headlines."""
