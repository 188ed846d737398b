"""The small faults: what each piece of a module's syntax can be changed into.

A change is made to the text of the module, so that its lines, comments and sections stay.
Docstrings, annotations and f-strings are left alone, and the reasons why a cause goes before
another (`BEFORE`), which are written for people who read the module.
"""

import ast
import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt},
    **{ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd},
}
# What stands in brackets behind these is a type, which nothing looks at while running.
GENERIC = {"Callable", "Literal", "Mapping", "dict", "frozenset", "list", "set", "tuple"}
DROPPED = (ast.Raise, ast.Continue, ast.Break, ast.AugAssign, ast.Expr)
# What makes a text a regular expression, wherever it stands.
IS_REGEX = re.compile(r"\(\?|\\[sdwbSDWB]|\[\^|\[\w-\w")
# A sign of a regular expression: escaped, a class, or a group, alternative, anchor, quantifier.
SIGN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?<[=!]|[*+?]\??|\{\d*,?\d*\}|.", re.S
)


@dataclass(frozen=True)
class Mutant:
    """A module with one change: what stood there, what stands there now, and where (bytes)."""

    file: str
    line: int
    kind: str
    old: str
    new: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.kind}: `{self.old}` -> `{self.new}`"

    def source(self) -> bytes:
        """Return the module with the change."""
        content = (ROOT / self.file).read_bytes()
        return content[: self.start] + self.new.encode() + content[self.end :]

    def is_python(self) -> bool:
        """Whether the module can still be compiled."""
        try:
            compile(self.source(), self.file, "exec")
        except SyntaxError:
            return False
        return True


class Change(NamedTuple):
    """A kind of change, the node it replaces, and the source that stands there then."""

    kind: str
    node: ast.expr | ast.stmt
    new: str


def mutants(path: Path) -> list[Mutant]:
    """Return all mutants of a module."""
    content = path.read_bytes()
    lines = [0, *(found.end() for found in re.finditer(rb"\n", content))]
    made = dict[tuple[int, int, str], Mutant]()
    for kind, node, new in changes(ast.parse(content)):
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        old = " ".join(content[start:end].decode().split())
        name = path.relative_to(ROOT).as_posix()
        mutant = Mutant(name, node.lineno, kind, old, new, start, end)
        made.setdefault((start, end, new), mutant)
    return list(made.values())


def changes(tree: ast.AST) -> Iterator[Change]:
    """Yield the changes of a tree, in the order of its text."""
    for node in nodes(tree):
        if isinstance(node, ast.stmt):
            yield from of_statement(node)
        elif isinstance(node, ast.expr):
            yield from of_expression(node)
        elif isinstance(node, ast.comprehension):
            yield from (Change("comp-if", test, "True") for test in node.ifs)


def nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and those below it, but for docstrings, types, f-strings and reasons."""
    is_docstring = isinstance(node, ast.Expr) and is_text(node.value)
    is_type = isinstance(node, ast.Subscript) and ast.unparse(node.value) in GENERIC
    is_export = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    if is_docstring or is_type or is_export or isinstance(node, ast.JoinedStr):
        return
    yield node
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "BEFORE":
        yield from (node.value, *(key for key in getattr(node.value, "keys", ()) if key))
        return
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from nodes(child)


def is_text(node: ast.expr) -> bool:
    """Whether a node is a literal text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def of_statement(node: ast.stmt) -> Iterator[Change]:
    """Yield what a statement can become: nothing, a return of nothing, another condition."""
    if isinstance(node, DROPPED):
        yield Change("stmt-del", node, "pass")
    if isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield Change("ret-none", node.value, "None")
    if isinstance(node, (ast.If, ast.While)):
        yield from of_condition(node.test)


def of_condition(test: ast.expr) -> Iterator[Change]:
    """Yield the contrary of a condition, and one that is always true, or never."""
    if isinstance(test, ast.Constant):
        return
    yield Change("cond-not", test, f"(not ({ast.unparse(test)}))")
    yield Change("cond-true", test, "True")
    yield Change("cond-false", test, "False")


def of_expression(node: ast.expr) -> Iterator[Change]:
    """Yield what an expression can become."""
    if isinstance(node, ast.IfExp):
        yield from of_condition(node.test)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change("not", node, f"({ast.unparse(node.operand)})")
    elif isinstance(node, ast.BoolOp):
        yield with_other("bool", node, node.op)
        for operand in node.values:
            rest = copy.copy(node)
            rest.values = [value for value in node.values if value is not operand]
            yield Change("bool-drop", node, f"({ast.unparse(rest)})")
    elif isinstance(node, ast.Compare):
        yield from (with_other("cmp", node, op) for op in node.ops if type(op) in OTHER)
    elif isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        yield with_other("operator", node, node.op)
    elif isinstance(node, ast.Constant):
        yield from of_constant(node)
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
        yield from of_table(node)
    elif isinstance(node, ast.Attribute) and re.fullmatch(r"re\.[A-Z]+", ast.unparse(node)):
        yield Change("re-flag", node, "0")


def with_other(kind: str, node: ast.expr, operator: ast.AST) -> Change:
    """Return the change of one operator in an expression into its counterpart."""
    changed = copy.copy(node)
    if isinstance(changed, ast.Compare):
        changed.ops = [other(op) if op is operator else op for op in changed.ops]
    elif isinstance(changed, (ast.BoolOp, ast.BinOp)):
        changed.op = other(operator)
    return Change(kind, node, f"({ast.unparse(changed)})")


def other(operator: ast.AST) -> Any:
    """Return the counterpart of an operator."""
    return OTHER[type(operator)]()


def of_constant(node: ast.Constant) -> Iterator[Change]:
    """Yield another truth, the next number, a longer text, a regular expression of less."""
    value = node.value
    if isinstance(value, bool):
        yield Change("const", node, str(not value))
    elif isinstance(value, int):
        yield Change("int", node, str(value + 1))
    elif isinstance(value, str):
        yield Change("str", node, repr(value + "XX"))
        if IS_REGEX.search(value):
            yield from (Change(kind, node, repr(new)) for kind, new in of_regex(value))


def of_table(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[Change]:
    """Yield a table without its first, its middle or its last item."""
    count = len(node.keys if isinstance(node, ast.Dict) else node.elts)
    if count < 2 or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    for number in sorted({0, count // 2, count - 1}):
        rest = copy.copy(node)
        if isinstance(rest, ast.Dict):
            rest.keys = [*rest.keys[:number], *rest.keys[number + 1 :]]
            rest.values = [*rest.values[:number], *rest.values[number + 1 :]]
        else:
            rest.elts = [*rest.elts[:number], *rest.elts[number + 1 :]]
        yield Change("elt-drop", node, ast.unparse(rest))


def of_regex(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield a pattern without a quantifier, an anchor, an alternative, a negation."""
    signs = [(found.start(), found[0]) for found in SIGN.finditer(pattern)]
    found = dict[str, list[str]]()
    for at, sign in signs:
        without = pattern[:at] + pattern[at + len(sign) :]
        if sign[0] in "*+?{" and sign != "{":
            found.setdefault("re-quant", []).append(without)
        elif sign in ("^", "$", r"\b"):
            found.setdefault("re-anchor", []).append(without)
        elif sign.startswith("[^"):
            found.setdefault("re-not", []).append(pattern[:at] + "[" + pattern[at + 2 :])
    found["re-alt"] = list(without_alternatives(pattern, signs))
    for kind, patterns in found.items():
        yield from ((kind, new) for new in some(patterns) if new != pattern)


def without_alternatives(pattern: str, signs: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Yield a pattern without one of the alternatives in it."""
    begins, bars = [0], [False]  # where the alternative of each open group begins
    for at, sign in [*signs, (len(pattern), ")")]:
        if sign.startswith("("):
            begins, bars = [*begins, at + len(sign)], [*bars, False]
        elif sign == "|":
            yield pattern[: begins[-1]] + pattern[at + 1 :]
            begins[-1], bars[-1] = at + 1, True
        elif sign == ")" and begins:
            if bars.pop():
                yield pattern[: begins[-1] - 1] + pattern[at:]
            begins.pop()


def some(patterns: list[str]) -> list[str]:
    """Return the first, the middle and the last of several."""
    return [patterns[at] for at in sorted({0, len(patterns) // 2, len(patterns) - 1}) if patterns]
