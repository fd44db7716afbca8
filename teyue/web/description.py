"""The description of the API, in the language of the reader.

Shapes that share a name in two stages stay two shapes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import CoreModeRef, DefsRef, JsonSchemaMode

_MODULES = re.compile(r"(?<![A-Za-z0-9])(?:[a-z0-9]+(?:_[a-z0-9]+)*__)+(?=[A-Z])")
_PLACE = REF_TEMPLATE.format(model="")
# What people read stands under these names; everything else is for machines.
_READ = frozenset({"summary", "description", "tags"})


class _Named(NinjaGenerateJsonSchema):
    """Name a shape by its module as well: two stages may each have an ``OpenIn``."""

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        name = super().get_defs_ref(core_mode_ref)
        # The first two choices leave the module out.
        del self._prioritized_defsref_choices[name][:2]
        return name


class Description(OpenAPISchema):
    """The description, in which a shape bears its short name where no other one does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shapes = self["components"]["schemas"]
        uses = Counter(map(_short, shapes))
        names = {name: _short(name) for name in shapes if uses[_short(name)] == 1}
        self["info"]["description"] = _translated(self["info"]["description"])
        self["paths"] = _renamed(self["paths"], names)
        self["components"]["schemas"] = {
            names.get(name, name): _renamed(shape, names) for name, shape in shapes.items()
        }

    def _create_schema_from_model(
        self,
        model: Any,
        by_alias: bool = True,
        remove_level: bool = True,
        mode: JsonSchemaMode = "validation",
    ) -> tuple[dict[str, Any], bool]:
        schema = model.model_json_schema(
            ref_template=REF_TEMPLATE, by_alias=by_alias, schema_generator=_Named, mode=mode
        )
        self.add_schema_definitions(schema.pop("$defs", {}))
        properties = schema["properties"]
        if not remove_level or len(properties) != 1:
            return schema, True
        ((name, details),) = properties.items()
        return details, name in schema.get("required", ())


def _short(name: str) -> str:
    return _MODULES.sub("", name)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a part of the description with every reference by the new name."""
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    said = {key: _renamed(one, names) for key, one in value.items()}
    said |= {key: _translated(said[key]) for key in _READ & said.keys()}
    if isinstance(where := said.get("$ref"), str):
        name = where.removeprefix(_PLACE)
        said["$ref"] = _PLACE + names.get(name, name)
    return said


def _translated(value: Any) -> Any:
    """Return what people read in their language; a shape's field may bear such a name too."""
    if isinstance(value, list):
        return [_translated(one) for one in value]
    if isinstance(value, Promise):
        return str(value)
    return gettext(value) if isinstance(value, str) and value else value
