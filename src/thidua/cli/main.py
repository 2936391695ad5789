import click


@click.group()
@click.version_option(package_name="thidua")
def main() -> None:
    """Thi Đua: công cụ cho công tác thi đua, khen thưởng."""
