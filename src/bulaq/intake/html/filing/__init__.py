"""Where an article is filed: section, breadcrumb, topics, and who carried it first."""
