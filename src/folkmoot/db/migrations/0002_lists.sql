-- What lists need: stored ranks, who took part where, and comments by community. For the tokens see 0001.
--
-- Ranks are 64-bit integers, larger first (model/ranking.py). A worker refreshes them when they are due: soon after a
-- vote, and at the times at which age alone changes them. rank_due is null where only a vote could still change one.
-- newest_other: published of the newest comment that counts for Active: by somebody else, in the post's first two days;
-- the post's own where there is none.
-- age_class: the shortest window of "Top" that the post was within at its last refresh; top_rank: its score then.
alter table post_rank add column newest_other $micros not null default 0;
alter table post_rank add column hot_rank $micros not null default 0;
alter table post_rank add column active_rank $micros not null default 0;
alter table post_rank add column scaled_rank $micros not null default 0;
alter table post_rank add column controversy_rank $micros not null default 0;
alter table post_rank add column top_rank $micros not null default 0;
alter table post_rank add column age_class integer not null default 0;
alter table post_rank add column rank_due $micros default 0;
update post_rank set newest_other = coalesce((
    select max(n.published) from comment_node n
    where n.post_id = post_rank.post_id and n.author_id <> post_rank.author_id
        and n.published > post_rank.published and n.published < post_rank.published + 172800000000
), published);

create index post_rank_hot on post_rank (hot_rank, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_active on post_rank (active_rank, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_scaled on post_rank (scaled_rank, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_controversial on post_rank (controversy_rank, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_top on post_rank (age_class, top_rank, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_comments on post_rank (comments, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_commented on post_rank (newest_comment, post_id) where deleted = 0 and removed = 0;
create index post_rank_due on post_rank (rank_due, post_id) where rank_due is not null;

-- Within one community Scaled is the order of Hot.
create index post_rank_community_hot on post_rank (community_id, hot_rank, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_community_active on post_rank (community_id, active_rank, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_community_controversial on post_rank (community_id, controversy_rank, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_community_top on post_rank (community_id, age_class, top_rank, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_community_comments on post_rank (community_id, comments, published, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_community_commented on post_rank (community_id, newest_comment, post_id)
    where deleted = 0 and removed = 0;
create index post_rank_author_top on post_rank (author_id, top_rank, published, post_id);

-- community_id: of the post; a post never moves. 0 stands in no row once this migration has run.
alter table comment_node add column community_id integer not null default 0;
update comment_node set community_id = (select r.community_id from post_rank r where r.post_id = comment_node.post_id);

create index comment_node_parent on comment_node (parent_id, comment_id) where parent_id is not null;
create index comment_node_new on comment_node (published, comment_id) where deleted = 0 and removed = 0;
create index comment_node_community_new on comment_node (community_id, published, comment_id)
    where deleted = 0 and removed = 0;
create index comment_node_author_top on comment_node (author_id, score, published, comment_id);

-- Who posted, commented or voted in a community last when, to the hour. Imported things do not count.
create table participation (
    community_id integer not null references community (id),
    person_id integer not null references person (id),
    last_active $micros not null,
    primary key (community_id, person_id)
) $strict $no_rowid;

insert into participation (community_id, person_id, last_active)
select community_id, person_id, max(at) / 3600000000 * 3600000000 from (
    select community_id, author_id as person_id, published as at from post_rank where imported = 0
    union all
    select community_id, author_id, published from comment_node where position is null
    union all
    select r.community_id, v.person_id, v.at from vote v join post_rank r on r.post_id = v.thing_id where v.kind = 1
    union all
    select n.community_id, v.person_id, v.at
    from vote v join comment_node n on n.comment_id = v.thing_id where v.kind = 2
) took_part group by community_id, person_id;

create index participation_recent on participation (community_id, last_active);
create index participation_person on participation (person_id);

-- How many took part within a day, a week, a month, half a year; counted by a worker when it is due.
alter table community add column active_day integer not null default 0;
alter table community add column active_week integer not null default 0;
alter table community add column active_month integer not null default 0;
alter table community add column active_half_year integer not null default 0;
alter table community add column count_due $micros not null default 0;

create index community_due on community (count_due, id);
create index community_active on community (active_month, id) where deleted = 0 and removed = 0;
create index community_new on community (published, id) where deleted = 0 and removed = 0;
create index community_posts on community (posts, id) where deleted = 0 and removed = 0;
create index community_name on community (name_key, id) where deleted = 0 and removed = 0;

