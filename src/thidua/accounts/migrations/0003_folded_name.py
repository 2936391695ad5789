from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from thidua.support.text import fold


def fold_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    User = apps.get_model("accounts", "User")
    for user in User.objects.only("full_name", "email").iterator():
        User.objects.filter(pk=user.pk).update(folded=fold(f"{user.full_name} {user.email}"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache_table")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
