"""Stored files, and places in them: where a fact comes from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q


class PrivateStorage(FileSystemStorage):
    """The folder of files: outside every folder that a web server serves, without any address."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        """The folder that the settings name now."""
        return str(settings.FILES_ROOT)

    @property
    def location(self) -> str:
        """The same as an absolute path."""
        return str(Path(settings.FILES_ROOT).absolute())

    def url(self, name: str | None) -> str:
        """There is none: a view hands the file out."""
        raise ValueError(f"no URL leads to {name}")


def private_storage() -> PrivateStorage:
    """The storage, by name: so that no migration holds its folder."""
    return PrivateStorage()


class FileKind(models.TextChoices):
    """What a file is, by its content and never by its name."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"
    XLSB = "xlsb", "Excel (.xlsb)"
    XLS = "xls", "Excel, Word 97–2003"
    ODS = "ods", "Bảng tính OpenDocument"
    ODT = "odt", "Văn bản OpenDocument"
    PNG = "png", "Ảnh PNG"
    JPEG = "jpeg", "Ảnh JPEG"
    WEBP = "webp", "Ảnh WebP"
    TEXT = "text", "Chữ thuần (.txt, .csv)"


class StoredFile(models.Model):
    """A file as it came: never changed, found by `key`, kept under a name that we made.

    It is handed out only as an attachment, by a view that has asked who may have it.
    """

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(storage=private_storage, max_length=120, unique=True)
    uploaded_by_id = models.BigIntegerField(null=True, db_index=True)
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.CheckConstraint(name="stored_file_is_not_empty", condition=Q(size__gt=0)),
        )

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """The source of a fact: a place in a file, or where none is kept, words that say where it is."""

    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="locations"
    )
    page = models.PositiveIntegerField(null=True, blank=True)
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    cell = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="location_says_where", condition=Q(file__isnull=False) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="location_counts_from_one",
                condition=(Q(page__isnull=True) | Q(page__gte=1))
                & (Q(row__isnull=True) | Q(row__gte=1)),
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """«danh-sach.xlsx, trang tính «2017», ô C12», as far as known."""
        parts = [self.file.name] if self.file else []
        parts += [f"trang {self.page}"] if self.page else []
        parts += [f"trang tính «{self.sheet}»"] if self.sheet else []
        if self.cell:
            parts.append(f"ô {self.cell}")
        elif self.row:
            parts.append(f"dòng {self.row}")
        parts += [self.note] if self.note else []
        return ", ".join(parts)
