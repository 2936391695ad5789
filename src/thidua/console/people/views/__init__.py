"""Views of these screens: they translate, and decide nothing."""
