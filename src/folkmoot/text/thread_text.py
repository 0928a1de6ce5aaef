"""A thread as plain text, both ways: what other rooms use of it.

The form is described for its readers in `docs/thread-text.md`.
"""

from folkmoot.text.lookalikes import is_handle
from folkmoot.text.thread_format import ItemFrame, format_thread, item_block, item_frame, joined_blocks, start_block
from folkmoot.text.thread_paragraphs import is_paragraph, paragraphs_from_text
from folkmoot.text.thread_parse import parse_thread, post_author
from folkmoot.text.thread_title import UNTITLED, title_from_body
from folkmoot.text.thread_values import (
    DELETED_TEXT,
    REMOVED_TEXT,
    UNKNOWN_AUTHOR,
    ThreadItem,
    ThreadText,
    ThreadTextFault,
)

__all__ = [
    "DELETED_TEXT",
    "REMOVED_TEXT",
    "UNKNOWN_AUTHOR",
    "UNTITLED",
    "ItemFrame",
    "ThreadItem",
    "ThreadText",
    "ThreadTextFault",
    "format_thread",
    "is_handle",
    "is_paragraph",
    "item_block",
    "item_frame",
    "joined_blocks",
    "paragraphs_from_text",
    "parse_thread",
    "post_author",
    "start_block",
    "title_from_body",
]
