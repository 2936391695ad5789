"""Where officers work: screens that translate, and decide nothing."""
