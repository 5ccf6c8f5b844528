"""Names for the branches of a model that ONNX Runtime has written out: it leaves them empty, and then refuses them.

The messages of ONNX (``onnx.proto``, fields by their numbers) are known here as far as the way to a branch goes; all
other fields are kept as they come.
"""

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

__all__ = ["with_names"]

_FIELD: Any = descriptor_pb2.FieldDescriptorProto
_MESSAGES: dict[str, dict[str, tuple[int, str]]] = {
    "Model": {"graph": (7, "Graph")},
    "Graph": {"node": (1, "Node*"), "name": (2, "")},
    "Node": {"attribute": (5, "Attribute*")},
    "Attribute": {"name": (1, ""), "g": (6, "Graph")},
}
"""Fields of a message: number, and type; ``*`` for many, text where it is empty."""


def with_names(content: bytes) -> bytes:
    """A model (``ModelProto``) whose branches are called after the attributes that hold them."""
    model: Any = _model()()
    model.ParseFromString(content)
    _name(model.graph)
    return model.SerializeToString()


def _name(graph: Any) -> None:
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                attribute.g.name = attribute.g.name or attribute.name
                _name(attribute.g)


def _model() -> Any:
    file: Any = descriptor_pb2.FileDescriptorProto(name="onnx_names.proto", package="onnx_names", syntax="proto2")
    for message, fields in _MESSAGES.items():
        made = file.message_type.add(name=message)
        for name, (number, kind) in fields.items():
            made.field.add(
                name=name,
                number=number,
                label=_FIELD.LABEL_REPEATED if kind.endswith("*") else _FIELD.LABEL_OPTIONAL,
                type=_FIELD.TYPE_MESSAGE if kind else _FIELD.TYPE_STRING,
                type_name=f".onnx_names.{kind.rstrip('*')}" if kind else None,
            )
    pool: Any = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("onnx_names.Model"))
