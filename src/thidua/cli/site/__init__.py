"""The book of law as static pages: `build_site(book, folder)`."""

from thidua.cli.site.build import FolderTaken, SiteNotWritten, SiteReport, build_site

__all__ = ["FolderTaken", "SiteNotWritten", "SiteReport", "build_site"]
