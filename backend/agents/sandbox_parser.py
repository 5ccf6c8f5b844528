"""The parser of the sandbox: it has whatever a template builds go through a filter that measures it."""

from typing import Any, cast

from jinja2 import nodes
from jinja2.parser import Parser

__all__ = ["COUNTED", "JOINED", "SPENT", "MeasuringParser"]

COUNTED, JOINED, SPENT = "counted_", "joined_", "spent_"
"""Names of filters that no template can write, for they end in an underscore that the check does not know."""


class MeasuringParser(Parser):
    """Has every loop counted, every joining of texts, every list and every copy measured."""

    _targets = 0

    def parse_for(self) -> nodes.For:
        node = super().parse_for()
        node.iter = _filtered(cast("nodes.Expr", node.iter), COUNTED)
        return node

    def parse_concat(self) -> nodes.Expr:
        node = super().parse_concat()
        if not isinstance(node, nodes.Concat):
            return node
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def parse_list(self) -> Any:
        return _filtered(super().parse_list(), SPENT)

    def parse_dict(self) -> Any:
        return _filtered(super().parse_dict(), SPENT)

    def parse_tuple(self, *args: Any, **kwargs: Any) -> Any:
        node = super().parse_tuple(*args, **kwargs)
        return _filtered(node, SPENT) if isinstance(node, nodes.Tuple) and not self._targets else node

    def parse_assign_target(self, *args: Any, **kwargs: Any) -> Any:
        self._targets += 1
        try:
            return super().parse_assign_target(*args, **kwargs)
        finally:
            self._targets -= 1

    def parse_subscript(self, node: nodes.Expr) -> Any:
        found = super().parse_subscript(node)
        copies = isinstance(found, nodes.Getitem) and isinstance(found.arg, nodes.Slice)
        return _filtered(found, SPENT) if copies else found

    def parse_include(self) -> nodes.Include:
        node = super().parse_include()
        node.template = _unfiltered(node.template)
        return node

    def parse_autoescape(self) -> nodes.Scope:
        self.fail("autoescape is for pages; what is spoken has nothing to escape")

    def subparse(self, end_tokens: tuple[str, ...] | None = None) -> list[nodes.Node]:
        body = super().subparse(end_tokens)
        for node in body:
            if isinstance(node, nodes.Output):
                # Plain words are pieces of the text like others: a loop of them grows as fast.
                node.nodes = [_plain(each) if isinstance(each, nodes.TemplateData) else each for each in node.nodes]
        return body


def _plain(node: nodes.TemplateData) -> nodes.Expr:
    return nodes.Const(node.data, lineno=node.lineno)


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _unfiltered(node: nodes.Expr) -> nodes.Expr:
    inner = node.node if isinstance(node, nodes.Filter) and node.name == SPENT else None
    return inner if inner is not None else node
