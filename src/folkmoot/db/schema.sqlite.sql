-- Made from the migrations. Never edited, never run.

CREATE TABLE schema_version (version integer not null);

CREATE TABLE counter (
    kind text not null primary key,
    next integer not null
) strict , without rowid;

CREATE TABLE journal (
    seq integer not null primary key autoincrement,
    at integer not null,
    kind text not null,
    body text not null
) strict;

CREATE TABLE cursor (
    name text not null primary key,
    xid integer not null,
    seq integer not null,
    moved integer not null
) strict;

CREATE TABLE site (
    id integer not null primary key check (id = 1),
    name text not null,
    description text not null,
    published integer not null,
    updated integer,
    version integer not null
) strict;

CREATE TABLE instance (
    id integer not null primary key,
    host text not null,
    host_key text not null unique,
    published integer not null
) strict;

CREATE TABLE person (
    id integer not null primary key,
    instance_id integer not null references instance (id),
    name text not null,
    name_key text not null,
    display_name text,
    uri text unique,
    provisional integer not null check (provisional in (0, 1)),
    admin integer not null check (admin in (0, 1)),
    bot integer not null check (bot in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    published integer not null,
    updated integer,
    version integer not null,
    post_count integer not null,
    comment_count integer not null,
    unique (instance_id, name_key)
) strict;

CREATE INDEX person_admin on person (published, id) where admin = 1;

CREATE TABLE community (
    id integer not null primary key,
    instance_id integer not null references instance (id),
    name text not null,
    name_key text not null,
    title text not null,
    description text not null,
    html text not null,
    renderer integer not null,
    uri text unique,
    provisional integer not null check (provisional in (0, 1)),
    nsfw integer not null check (nsfw in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    published integer not null,
    updated integer,
    version integer not null,
    posts integer not null,
    comments integer not null, active_day integer not null default 0, active_week integer not null default 0, active_month integer not null default 0, active_half_year integer not null default 0, count_due integer not null default 0,
    unique (instance_id, name_key)
) strict;

CREATE TABLE moderator (
    community_id integer not null references community (id),
    person_id integer not null references person (id),
    appointed integer not null,
    primary key (community_id, person_id)
) strict , without rowid;

CREATE INDEX moderator_person on moderator (person_id);

CREATE TABLE post (
    id integer not null primary key,
    version integer not null,
    renderer integer not null,
    format integer not null check (format in (1, 2)),
    archive_offered integer not null check (archive_offered in (0, 1)),
    uri text unique,
    handle text,
    title text not null,
    url text,
    archive_url text,
    source text not null,
    html text not null,
    text text not null
) strict;

CREATE INDEX post_renderer on post (renderer);

CREATE TABLE post_rank (
    post_id integer not null primary key references post (id),
    community_id integer not null references community (id),
    author_id integer not null references person (id),
    published integer not null,
    updated integer,
    received integer not null,
    imported integer not null check (imported in (0, 1)),
    approximate integer not null check (approximate in (0, 1)),
    newest_comment integer not null,
    tree_version integer not null,
    comments integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    nsfw integer not null check (nsfw in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    locked integer not null check (locked in (0, 1)),
    gone_since integer,
    erased integer not null check (erased in (0, 1)), newest_other integer not null default 0, hot_rank integer not null default 0, active_rank integer not null default 0, scaled_rank integer not null default 0, controversy_rank integer not null default 0, top_rank integer not null default 0, age_class integer not null default 0, rank_due integer default 0,
    check ((gone_since is null) = (deleted = 0 and removed = 0))
) strict , without rowid;

CREATE INDEX post_rank_new on post_rank (published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_new on post_rank (community_id, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_author on post_rank (author_id, published, post_id);

CREATE INDEX post_rank_gone on post_rank (gone_since, post_id) where gone_since is not null and erased = 0;

CREATE TABLE comment (
    id integer not null primary key,
    version integer not null,
    renderer integer not null,
    format integer not null check (format in (1, 2)),
    path text not null,
    uri text unique,
    handle text,
    source text not null,
    html text not null,
    text text not null
) strict;

CREATE INDEX comment_renderer on comment (renderer);

CREATE TABLE comment_node (
    comment_id integer not null primary key references comment (id),
    post_id integer not null references post (id),
    parent_id integer references comment_node (comment_id),
    author_id integer not null references person (id),
    depth integer not null,
    position integer,
    published integer not null,
    updated integer,
    received integer not null,
    approximate integer not null check (approximate in (0, 1)),
    child_count integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    gone_since integer,
    erased integer not null check (erased in (0, 1)), community_id integer not null default 0,
    check ((gone_since is null) = (deleted = 0 and removed = 0))
) strict , without rowid;

CREATE INDEX comment_node_post on comment_node (post_id, comment_id);

CREATE INDEX comment_node_author on comment_node (author_id, published, comment_id);

CREATE INDEX comment_node_gone on comment_node (gone_since, comment_id) where gone_since is not null and erased = 0;

CREATE TABLE vote (
    person_id integer not null references person (id),
    kind integer not null check (kind in (1, 2)),
    thing_id integer not null,
    value integer not null check (value in (-1, 1)),
    at integer not null,
    primary key (person_id, kind, thing_id)
) strict , without rowid;

CREATE INDEX vote_thing on vote (kind, thing_id, person_id);

CREATE TABLE edition (
    kind integer not null check (kind in (1, 2)),
    thing_id integer not null,
    number integer not null,
    title text,
    url text,
    source text not null,
    format integer not null check (format in (1, 2)),
    html text not null,
    text text not null,
    renderer integer not null,
    updated integer,
    known_until integer not null,
    primary key (kind, thing_id, number)
) strict , without rowid;

CREATE TABLE modlog (
    id integer not null primary key,
    at integer not null,
    kind integer not null,
    undone integer not null check (undone in (0, 1)),
    moderator_id integer references person (id),
    community_id integer references community (id),
    post_id integer,
    comment_id integer,
    reason text
) strict;

CREATE INDEX modlog_community on modlog (community_id, id);

CREATE INDEX modlog_post on modlog (post_id, id);

CREATE INDEX modlog_comment on modlog (comment_id, id);

CREATE TABLE imported (
    digest text not null,
    community_id integer not null references community (id),
    post_id integer not null unique references post (id),
    read_at integer not null,
    at integer not null,
    primary key (digest, community_id)
) strict , without rowid;

CREATE INDEX post_rank_hot on post_rank (hot_rank, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_active on post_rank (active_rank, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_scaled on post_rank (scaled_rank, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_controversial on post_rank (controversy_rank, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_top on post_rank (age_class, top_rank, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_comments on post_rank (comments, published, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_commented on post_rank (newest_comment, post_id) where deleted = 0 and removed = 0;

CREATE INDEX post_rank_due on post_rank (rank_due, post_id) where rank_due is not null;

CREATE INDEX post_rank_community_hot on post_rank (community_id, hot_rank, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_active on post_rank (community_id, active_rank, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_controversial on post_rank (community_id, controversy_rank, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_top on post_rank (community_id, age_class, top_rank, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_comments on post_rank (community_id, comments, published, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_community_commented on post_rank (community_id, newest_comment, post_id)
    where deleted = 0 and removed = 0;

CREATE INDEX post_rank_author_top on post_rank (author_id, top_rank, published, post_id);

CREATE INDEX comment_node_parent on comment_node (parent_id, comment_id) where parent_id is not null;

CREATE INDEX comment_node_new on comment_node (published, comment_id) where deleted = 0 and removed = 0;

CREATE INDEX comment_node_community_new on comment_node (community_id, published, comment_id)
    where deleted = 0 and removed = 0;

CREATE INDEX comment_node_author_top on comment_node (author_id, score, published, comment_id);

CREATE TABLE participation (
    community_id integer not null references community (id),
    person_id integer not null references person (id),
    last_active integer not null,
    primary key (community_id, person_id)
) strict , without rowid;

CREATE INDEX participation_recent on participation (community_id, last_active);

CREATE INDEX participation_person on participation (person_id);

CREATE INDEX community_due on community (count_due, id);

CREATE INDEX community_active on community (active_month, id) where deleted = 0 and removed = 0;

CREATE INDEX community_new on community (published, id) where deleted = 0 and removed = 0;

CREATE INDEX community_posts on community (posts, id) where deleted = 0 and removed = 0;

CREATE INDEX community_name on community (name_key, id) where deleted = 0 and removed = 0;
