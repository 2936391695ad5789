"""Vietnamese formats; Django looks for `formats` here (FORMAT_MODULE_PATH)."""
