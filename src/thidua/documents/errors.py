"""What can go wrong with files, numbers and templates. Each message names the fix."""

from __future__ import annotations


class DocumentFault(Exception):
    """A write that is refused; `str()` is a sentence for the person who asked for it."""


class FileRefused(DocumentFault):
    """A file that is not taken in: what is wrong with it, and what to do. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class BookRefused(DocumentFault):
    """A number book, or a number in it, that cannot be made or changed as asked."""


class TemplateRefused(FileRefused):
    """A template that cannot be used as it is: what is wrong, and how to mend it in Word."""
