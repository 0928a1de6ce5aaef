"""How long, how deep, how many? Every bound of the house, with its unit."""

TITLE_MIN_CHARS = 3
TITLE_MAX_CHARS = 200
URL_MAX_CHARS = 2_000
BODY_MAX_CHARS = 50_000
"""A post's or comment's source, when written here."""
PEER_BODY_MAX_CHARS = 100_000
"""A body from another instance is cut here, not refused."""
NAME_MIN_CHARS = 3
NAME_MAX_CHARS = 20
COMMUNITY_TITLE_MAX_CHARS = 255
SITE_NAME_MAX_CHARS = 50
SITE_DESCRIPTION_MAX_CHARS = 150
DISPLAY_NAME_MAX_CHARS = 50
DESCRIPTION_MAX_CHARS = 10_000
REASON_MAX_CHARS = 1_000
HANDLE_MAX_CHARS = 255
LOCAL_DEPTH_MAX = 200
"""Levels of comments that people here may add; the top level is depth 1."""
IMPORT_DEPTH_MAX = 2_000
IMPORT_ITEMS_MAX = 200_000
IMPORT_MAX_BYTES = 50 * 1024 * 1024
PATH_ELEMENTS_MAX = 51
"""Lemmy's `path`: the root `0` and 50 ids."""

COUNTED_LEVELS = 200
"""How many levels further up a new comment is counted in `child_count`. All that people here can reach; it bounds what
each reply in a peer's endless chain costs."""
ERASE_AFTER_DAYS = 30
"""How long the text of a deleted or removed thing stays, so that it can be restored."""
