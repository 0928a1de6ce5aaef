"""Who may do what with which? One table for each command: a row for each state, a column for each role.

`-` is allowed, anything else the code of the refusal, or a short word of `SHORT` for it. Every cell is performed by
`tests/commands/test_permissions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from folkmoot.commands.base import Command
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity, LearnCommunity
from folkmoot.commands.doctor import ResetChildCounts, ResetCounter
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.commands.ranks import CountActive, RefreshRanks
from folkmoot.commands.site import EditSite, SetUpSite
from folkmoot.commands.upkeep import EraseGone, PruneJournal, RenderAnew
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.base import Tx
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import CommentId, CommunityId, PostId
from folkmoot.store.checks import POST_COMMENTS
from folkmoot.text.thread_text import parse_thread
from tests.world import World

SHORT = {
    "login": "not_logged_in",
    "admin_only": "not_an_admin",
    "own_post": "no_post_edit_allowed",
    "own_comment": "no_comment_edit_allowed",
    "mods_only": "not_a_mod_or_admin",
    "post_final": "couldnt_update_post",
    "comment_final": "couldnt_update_comment",
    "no_bots": "invalid_bot_action",
}


@dataclass
class Stage:
    """One post with one comment, and everybody who may come near them."""

    world: World
    author: Caller = field(init=False)
    roles: dict[str, Caller] = field(init=False)
    community: CommunityId = field(init=False)
    post: PostId = field(init=False)
    comment: CommentId = field(init=False)

    def __post_init__(self) -> None:
        self.world.set_up()
        self.author = self.world.person("author")
        self.roles = {
            "guest": Caller(None),
            "person": self.world.person("passer_by"),
            "bot": self.world.person("robot", bot=True),
            "author": self.author,
            "moderator": self.world.person("moderator"),
            "admin": self.world.person("admin", admin=True),
            "operator": OPERATOR,
        }

    def set(self, state: str) -> None:
        """Make a fresh community, post and comment, in that state."""
        self.community = self.world.community(by=self.roles["moderator"])
        self.post = self.world.post(by=self.author, community=self.community)
        self.comment = self.world.comment(on=self.post, by=self.author)
        STATES[state](self)

    def change(self, sql: str) -> None:
        """Change a row behind the commands' backs, where no command of this release leads to a state."""

        def work(tx: Tx) -> None:
            tx.run(sql, community=self.community, post=self.post, comment=self.comment)

        self.world.db.write(work)


def _deleted(stage: Stage) -> None:
    stage.world.perform(stage.author, DeletePost(stage.post, deleted=True))
    stage.world.perform(stage.author, DeleteComment(stage.comment, deleted=True))


def _removed(stage: Stage) -> None:
    stage.world.perform(OPERATOR, RemovePost(stage.post, None, removed=True))
    stage.world.perform(OPERATOR, RemoveComment(stage.comment, None, removed=True))


def _locked(stage: Stage) -> None:
    stage.world.perform(OPERATOR, LockPost(stage.post, locked=True))


def _post_gone(stage: Stage) -> None:
    stage.world.perform(OPERATOR, RemovePost(stage.post, None, removed=True))


def _erased(stage: Stage) -> None:
    _deleted(stage)
    _removed_too = "update post_rank set removed = 1, erased = 1 where post_id = :post and :community = :community"
    stage.change(_removed_too + " and :comment = :comment")
    stage.change(
        "update comment_node set removed = 1, erased = 1 where comment_id = :comment"
        " and :community = :community and :post = :post"
    )


def _community_gone(stage: Stage) -> None:
    stage.change("update community set removed = 1 where id = :community and :post = :post and :comment = :comment")


STATES: dict[str, Callable[[Stage], None]] = {
    "present": lambda _: None,
    "deleted": _deleted,
    "removed": _removed,
    "locked": _locked,
    "erased": _erased,
    "post_gone": _post_gone,
    "community_gone": _community_gone,
}


@dataclass(frozen=True)
class Table:
    """`make` gives the command for the stage as it is set."""

    command: type[Command[Any]]
    make: Callable[[Stage], Command[Any]]
    text: str

    def cells(self) -> list[tuple[str, str, str | None]]:
        """Give state, role, and the code or None."""
        head, *lines = [line.split() for line in self.text.strip().splitlines()]
        return [
            (state, role, None if cell == "-" else SHORT.get(cell, cell))
            for state, *cells in lines
            for role, cell in zip(head, cells, strict=True)
        ]


SITE = """
             guest  person      moderator   admin  operator
    present  login  admin_only  admin_only  -      -
"""
HOUSE = """
             guest       person      moderator   admin       operator
    present  admin_only  admin_only  admin_only  admin_only  -
"""
_THREAD = parse_thread(b"Words.")

TABLES = (
    Table(SetUpSite, lambda _: SetUpSite("Folkmoot"), SITE),
    Table(EditSite, lambda _: EditSite(description="A place."), SITE),
    Table(CreatePerson, lambda s: CreatePerson(f"new_{s.community}"), SITE),
    Table(LearnPerson, lambda _: LearnPerson("ada@elsewhere.example"), SITE),
    Table(LearnCommunity, lambda _: LearnCommunity("bees@elsewhere.example"), SITE),
    Table(ImportThread, lambda s: ImportThread(_THREAD, f"{s.post}", s.world.clock.now), SITE),
    Table(PruneJournal, lambda _: PruneJournal(), HOUSE),
    Table(EraseGone, lambda _: EraseGone(), HOUSE),
    Table(RenderAnew, lambda _: RenderAnew(()), HOUSE),
    Table(RefreshRanks, lambda _: RefreshRanks(), HOUSE),
    Table(CountActive, lambda _: CountActive(()), HOUSE),
    Table(ResetCounter, lambda _: ResetCounter(POST_COMMENTS, ()), HOUSE),
    Table(ResetChildCounts, lambda _: ResetChildCounts(()), HOUSE),
    Table(
        CreateCommunity,
        lambda s: CreateCommunity(f"of_{s.community}", "Ours"),
        """
                     guest  person  bot  operator
            present  login  -       -    login
        """,
    ),
    Table(
        CreatePost,
        lambda s: CreatePost(s.community, "A new post"),
        """
                            guest  person   bot      moderator  admin    operator
            present         login  -        -        -          -        login
            community_gone  login  deleted  deleted  deleted    deleted  login
        """,
    ),
    Table(
        EditPost,
        lambda s: EditPost(s.post, title="Another title"),
        """
                            guest  person    author   moderator  admin     operator
            present         login  own_post  -        own_post   own_post  login
            locked          login  own_post  -        own_post   own_post  login
            deleted         login  own_post  deleted  own_post   own_post  login
            removed         login  own_post  deleted  own_post   own_post  login
            community_gone  login  own_post  deleted  own_post   own_post  login
        """,
    ),
    Table(
        DeletePost,
        lambda s: DeletePost(s.post, deleted=True),
        """
                            guest  person    author  moderator  admin     operator
            present         login  own_post  -       own_post   own_post  login
            deleted         login  own_post  -       own_post   own_post  login
            removed         login  own_post  -       own_post   own_post  login
            community_gone  login  own_post  -       own_post   own_post  login
        """,
    ),
    Table(
        DeletePost,
        lambda s: DeletePost(s.post, deleted=False),
        """
                     guest  person    author      moderator  operator
            deleted  login  own_post  -           own_post   login
            erased   login  own_post  post_final  own_post   login
        """,
    ),
    Table(
        RemovePost,
        lambda s: RemovePost(s.post, "off topic", removed=True),
        """
                            guest  person     author     moderator  admin  operator
            present         login  mods_only  mods_only  -          -      -
            deleted         login  mods_only  mods_only  -          -      -
            removed         login  mods_only  mods_only  -          -      -
            community_gone  login  mods_only  mods_only  -          -      -
        """,
    ),
    Table(
        RemovePost,
        lambda s: RemovePost(s.post, None, removed=False),
        """
                     guest  person     author     moderator   admin       operator
            removed  login  mods_only  mods_only  -           -           -
            erased   login  mods_only  mods_only  post_final  post_final  post_final
        """,
    ),
    Table(
        LockPost,
        lambda s: LockPost(s.post, locked=True),
        """
                     guest  person     author     moderator  admin  operator
            present  login  mods_only  mods_only  -          -      -
            locked   login  mods_only  mods_only  -          -      -
            removed  login  mods_only  mods_only  -          -      -
        """,
    ),
    Table(
        SetPostVote,
        lambda s: SetPostVote(s.post, -1),
        """
                            guest  person   author   bot      moderator  admin    operator
            present         login  -        -        no_bots  -          -        login
            locked          login  -        -        no_bots  -          -        login
            deleted         login  deleted  deleted  no_bots  deleted    deleted  login
            removed         login  deleted  deleted  no_bots  deleted    deleted  login
            community_gone  login  deleted  deleted  no_bots  deleted    deleted  login
        """,
    ),
    Table(
        CreateComment,
        lambda s: CreateComment(s.post, None, "An answer"),
        """
                            guest  person   author   bot      moderator  admin    operator
            present         login  -        -        -        -          -        login
            locked          login  locked   locked   locked   -          -        login
            deleted         login  deleted  deleted  deleted  deleted    deleted  login
            removed         login  deleted  deleted  deleted  deleted    deleted  login
            community_gone  login  deleted  deleted  deleted  deleted    deleted  login
        """,
    ),
    Table(
        EditComment,
        lambda s: EditComment(s.comment, "Other words"),
        """
                            guest  person       author   moderator    admin        operator
            present         login  own_comment  -        own_comment  own_comment  login
            locked          login  own_comment  -        own_comment  own_comment  login
            deleted         login  own_comment  deleted  own_comment  own_comment  login
            removed         login  own_comment  deleted  own_comment  own_comment  login
            community_gone  login  own_comment  deleted  own_comment  own_comment  login
        """,
    ),
    Table(
        DeleteComment,
        lambda s: DeleteComment(s.comment, deleted=True),
        """
                            guest  person       author  moderator    admin        operator
            present         login  own_comment  -       own_comment  own_comment  login
            deleted         login  own_comment  -       own_comment  own_comment  login
            removed         login  own_comment  -       own_comment  own_comment  login
            post_gone       login  own_comment  -       own_comment  own_comment  login
            community_gone  login  own_comment  -       own_comment  own_comment  login
        """,
    ),
    Table(
        DeleteComment,
        lambda s: DeleteComment(s.comment, deleted=False),
        """
                     guest  person       author         moderator    operator
            deleted  login  own_comment  -              own_comment  login
            erased   login  own_comment  comment_final  own_comment  login
        """,
    ),
    Table(
        RemoveComment,
        lambda s: RemoveComment(s.comment, "rude", removed=True),
        """
                       guest  person     author     moderator      admin          operator
            present    login  mods_only  mods_only  -              -              -
            removed    login  mods_only  mods_only  -              -              -
            post_gone  login  mods_only  mods_only  -              -              -
            deleted    login  mods_only  mods_only  comment_final  comment_final  comment_final
        """,
    ),
    Table(
        RemoveComment,
        lambda s: RemoveComment(s.comment, None, removed=False),
        """
                     guest  person     author     moderator      admin          operator
            removed  login  mods_only  mods_only  -              -              -
            erased   login  mods_only  mods_only  comment_final  comment_final  comment_final
        """,
    ),
    Table(
        SetCommentVote,
        lambda s: SetCommentVote(s.comment, 1),
        """
                            guest  person   author   bot      moderator  admin    operator
            present         login  -        -        no_bots  -          -        login
            locked          login  -        -        no_bots  -          -        login
            post_gone       login  -        -        no_bots  -          -        login
            deleted         login  deleted  deleted  no_bots  deleted    deleted  login
            removed         login  deleted  deleted  no_bots  deleted    deleted  login
            community_gone  login  deleted  deleted  no_bots  deleted    deleted  login
        """,
    ),
)
