"""How the desk writes dates and numbers (Django's FORMAT_MODULE_PATH)."""
