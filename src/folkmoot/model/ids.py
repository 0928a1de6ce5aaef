"""Which thing is meant? One type for each kind of id: a post's cannot stand where a comment's is asked for."""

from typing import NewType

InstanceId = NewType("InstanceId", int)
PersonId = NewType("PersonId", int)
CommunityId = NewType("CommunityId", int)
PostId = NewType("PostId", int)
CommentId = NewType("CommentId", int)
ModlogId = NewType("ModlogId", int)

Uri = NewType("Uri", str)
"""The permanent identifier of an actor or object (ActivityPub's `id`)."""

Micros = NewType("Micros", int)
"""A moment: microseconds since 1970-01-01T00:00:00Z; negative before."""

HERE = InstanceId(1)
"""Our own instance's row. Its host is computed from the site's base URL, never stored."""
