"""The beginnings and ends of instructions' names that say what an instruction does, alike in all versions."""

from __future__ import annotations

# fmt: off
PRIVATE = (
    "RESUME", "NOP", "CACHE", "EXTENDED_ARG", "POP_TOP", "POP_ITER", "POP_BLOCK", "POP_EXCEPT", "PUSH_",
    "COPY", "SWAP", "ROT_", "DUP_", "PRECALL", "KW_NAMES", "MAKE_", "LOAD_CLOSURE", "LOAD_CONST",
    "LOAD_COMMON", "LOAD_SMALL", "LOAD_FAST", "STORE_FAST", "DELETE_FAST", "LOAD_ASSERTION", "LOAD_BUILD",
    "JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_ABSOLUTE", "JUMP_NO", "RETURN_", "YIELD_", "END_", "RERAISE",
    "RAISE_", "CHECK_EXC", "SETUP_", "NOT_TAKEN", "BUILD_TUPLE", "BUILD_LIST", "BUILD_STRING",
    "BUILD_SLICE", "BUILD_MAP", "BUILD_CONST", "LIST_APPEND", "SET_ADD", "MAP_ADD", "IS_OP", "GEN_START",
    "SET_FUNCTION_ATTRIBUTE", "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE", "POP_JUMP_FORWARD_IF_NO",
    "POP_JUMP_BACKWARD_IF_NO",
)
# fmt: on
NAMES = ("_GLOBAL", "_NAME", "_DEREF", "_CLASSDEREF", "_FROM_DICT_OR_DEREF", "_FROM_DICT_OR_GLOBALS")
OPERATORS = ("BINARY_", "INPLACE_", "COMPARE_", "UNARY_", "FORMAT_", "CONVERT_", "CONTAINS_")
REBINDERS = frozenset({"setattr", "delattr", "exec", "eval", "globals", "locals", "vars", "__dict__", "__setattr__"})
