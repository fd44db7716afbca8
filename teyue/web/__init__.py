"""The hardware of the doors: shell, components, formats, navigation."""
