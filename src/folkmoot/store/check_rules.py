"""What must hold that the schema cannot say? For each such rule the statement that finds the rows that break it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What the schema cannot say: rows that should not be. Each is (id, what is stored, what should be)."""

    name: str
    thing: str
    span: int
    ends: str
    broken: str


RULES = (
    Rule(
        name="narrow row",
        thing="post",
        span=20_000,
        ends="select min(id), max(id) from post",
        broken="""
            select p.id, 'wide only', 'both' from post p left join post_rank r on r.post_id = p.id
            where p.id between :low and :high and r.post_id is null
        """,
    ),
    Rule(
        name="wide row",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select r.post_id, 'narrow only', 'both' from post_rank r left join post p on p.id = r.post_id
            where r.post_id between :low and :high and p.id is null
        """,
    ),
    Rule(
        name="narrow row",
        thing="comment",
        span=20_000,
        ends="select min(id), max(id) from comment",
        broken="""
            select c.id, 'wide only', 'both' from comment c left join comment_node n on n.comment_id = c.id
            where c.id between :low and :high and n.comment_id is null
        """,
    ),
    Rule(
        name="wide row",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, 'narrow only', 'both' from comment_node n left join comment c on c.id = n.comment_id
            where n.comment_id between :low and :high and c.id is null
        """,
    ),
    Rule(
        name="post of a comment",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, n.post_id, 'a post' from comment_node n left join post_rank r on r.post_id = n.post_id
            where n.comment_id between :low and :high and r.post_id is null
        """,
    ),
    Rule(
        name="author",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select r.post_id, r.author_id, 'a person' from post_rank r left join person p on p.id = r.author_id
            where r.post_id between :low and :high and p.id is null
        """,
    ),
    Rule(
        name="author",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, n.author_id, 'a person' from comment_node n left join person p on p.id = n.author_id
            where n.comment_id between :low and :high and p.id is null
        """,
    ),
    Rule(
        name="voted thing",
        thing="post",
        span=20_000,
        ends="select min(thing_id), max(thing_id) from vote where kind = 1",
        broken="""
            select distinct v.thing_id, 'votes', 'no votes' from vote v left join post_rank r on r.post_id = v.thing_id
            where v.kind = 1 and v.thing_id between :low and :high and r.post_id is null
        """,
    ),
    Rule(
        name="voted thing",
        thing="comment",
        span=20_000,
        ends="select min(thing_id), max(thing_id) from vote where kind = 2",
        broken="""
            select distinct v.thing_id, 'votes', 'no votes'
            from vote v left join comment_node n on n.comment_id = v.thing_id
            where v.kind = 2 and v.thing_id between :low and :high and n.comment_id is null
        """,
    ),
    Rule(
        name="edition",
        thing="post",
        span=5_000,
        ends="select min(thing_id), max(thing_id) from edition where kind = 1",
        broken="""
            select e.thing_id, 'edition ' || e.number, 'editions in order' from (
                select thing_id, number, known_until,
                    row_number() over (partition by thing_id order by number) as place,
                    lag(known_until) over (partition by thing_id order by number) as earlier
                from edition where kind = 1 and thing_id between :low and :high
            ) e left join post_rank r on r.post_id = e.thing_id
            where e.number <> e.place or e.earlier > e.known_until or r.post_id is null or r.updated is null
        """,
    ),
    Rule(
        name="edition",
        thing="comment",
        span=5_000,
        ends="select min(thing_id), max(thing_id) from edition where kind = 2",
        broken="""
            select e.thing_id, 'edition ' || e.number, 'editions in order' from (
                select thing_id, number, known_until,
                    row_number() over (partition by thing_id order by number) as place,
                    lag(known_until) over (partition by thing_id order by number) as earlier
                from edition where kind = 2 and thing_id between :low and :high
            ) e left join comment_node n on n.comment_id = e.thing_id
            where e.number <> e.place or e.earlier > e.known_until or n.comment_id is null or n.updated is null
        """,
    ),
    Rule(
        name="imported",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select r.post_id, 'imported = ' || r.imported, case when i.post_id is null then 'no file' else 'a file' end
            from post_rank r left join imported i on i.post_id = r.post_id
            where r.post_id between :low and :high
                and (r.imported <> case when i.post_id is null then 0 else 1 end or r.received <> i.read_at)
        """,
    ),
    Rule(
        name="position",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, 'position ' || n.position, 'none, or an imported post'
            from comment_node n join post_rank r on r.post_id = n.post_id
            where n.comment_id between :low and :high and n.position is not null and r.imported = 0
        """,
    ),
    Rule(
        name="erased",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select r.post_id, 'text', 'none: it is erased' from post_rank r join post p on p.id = r.post_id
            where r.post_id between :low and :high and r.erased = 1
                and (r.gone_since is null or p.title <> '' or p.source <> '' or p.html <> '' or p.text <> ''
                    or p.url is not null or p.archive_url is not null)
        """,
    ),
    Rule(
        name="erased",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, 'text', 'none: it is erased' from comment_node n join comment c on c.id = n.comment_id
            where n.comment_id between :low and :high and n.erased = 1
                and (n.gone_since is null or c.source <> '' or c.html <> '' or c.text <> '')
        """,
    ),
    Rule(
        name="community of a comment",
        thing="comment",
        span=20_000,
        ends="select min(comment_id), max(comment_id) from comment_node",
        broken="""
            select n.comment_id, n.community_id, r.community_id
            from comment_node n join post_rank r on r.post_id = n.post_id
            where n.comment_id between :low and :high and n.community_id <> r.community_id
        """,
    ),
    Rule(
        name="ranks",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select post_id, 'age class ' || age_class || ', due at ' || rank_due || ', hot rank ' || hot_rank,
                'a class of 0 to 10, due when it ends at the latest; no rank under 0'
            from post_rank
            where post_id between :low and :high
                and (age_class not between 0 and 10 or hot_rank < 0 or active_rank < 0 or controversy_rank < 0
                    or scaled_rank < hot_rank / 10
                    or rank_due > published + 1 + case age_class
                        when 0 then 3600000000 when 1 then 21600000000 when 2 then 43200000000 when 3 then 86400000000
                        when 4 then 604800000000 when 5 then 2678400000000 when 6 then 7948800000000
                        when 7 then 15897600000000 when 8 then 23760000000000 when 9 then 31622400000000
                        else 9000000000000000 end)
        """,
    ),
    Rule(
        name="final ranks",
        thing="post",
        span=20_000,
        ends="select min(post_id), max(post_id) from post_rank",
        broken="""
            select post_id, 'age class ' || age_class || ', top rank ' || top_rank,
                'class 10, score ' || score || ', no other ranks: it is never due'
            from post_rank
            where post_id between :low and :high and rank_due is null
                and (age_class <> 10 or top_rank <> score or hot_rank <> 0 or active_rank <> 0 or scaled_rank <> 0)
        """,
    ),
    Rule(
        name="taking part",
        thing="person",
        span=200,
        ends="select min(id), max(id) from person",
        broken="""
            select w.person_id, 'in community ' || w.community_id || ' last at ' || coalesce(p.last_active, 0),
                'not before ' || w.newest
            from (
                select person_id, community_id, max(published) as newest from (
                    select author_id as person_id, community_id, published
                    from post_rank where author_id between :low and :high and imported = 0
                    union all
                    select author_id, community_id, published
                    from comment_node where author_id between :low and :high and position is null
                ) wrote group by person_id, community_id
            ) w left join participation p on p.community_id = w.community_id and p.person_id = w.person_id
            where p.last_active is null or w.newest - p.last_active >= 3600000000
        """,
    ),
    Rule(
        name="counts of active people",
        thing="community",
        span=20_000,
        ends="select min(id), max(id) from community",
        broken="""
            select id, active_day || ', ' || active_week || ', ' || active_month || ', ' || active_half_year,
                'none smaller than the one before'
            from community
            where id between :low and :high and (active_day < 0 or active_week < active_day
                or active_month < active_week or active_half_year < active_month)
        """,
    ),
)
