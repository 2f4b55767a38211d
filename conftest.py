"""The whole suite hangs on one plugin."""

pytest_plugins = ("spec.support.plugin",)
