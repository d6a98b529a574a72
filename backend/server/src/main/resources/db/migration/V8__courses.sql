-- Courses, who is in them, and what they have to do. What a person did is his runs and hand-ins; a grade is reckoned from
-- these and from what stands here, and is stored nowhere.

create table course (
    id             uuid primary key,
    title          varchar(120) not null,
    term           varchar(40) not null,
    zone           varchar(60) not null,
    secret         varchar(64) not null,
    copied_from    uuid,
    retention_days integer default 730 not null,
    archived       boolean default false not null,
    created_at     timestamp(6) with time zone not null
);

-- Somebody on the list. He has no account until he has come; then the course has him once.
create table course_member (
    id         uuid primary key,
    course_id  uuid not null,
    account_id uuid,
    role       varchar(16) not null,
    name       varchar(80) not null,
    email      varchar(254),
    sis_id     varchar(80),
    section    varchar(40) default '' not null,
    joined_at  timestamp(6) with time zone,
    created_at timestamp(6) with time zone not null,
    constraint course_member_course foreign key (course_id) references course (id) on delete cascade,
    constraint course_member_account foreign key (account_id) references account (id) on delete cascade,
    constraint course_member_once unique (course_id, account_id),
    constraint course_member_email unique (course_id, email),
    constraint course_member_sis unique (course_id, sis_id)
);

create index course_member_of on course_member (account_id);

-- A link by which people join. What makes it hard to guess is not here: it is made of the id and a secret of the server's.
-- One with a member is for him alone.
create table course_invitation (
    id         uuid primary key,
    course_id  uuid not null,
    member_id  uuid,
    role       varchar(16) not null,
    section    varchar(40) default '' not null,
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    constraint course_invitation_course foreign key (course_id) references course (id) on delete cascade,
    constraint course_invitation_member foreign key (member_id) references course_member (id) on delete cascade
);

create index course_invitation_of on course_invitation (course_id);

-- A lab that a course has to do. Percents say what a hand-in is worth when it comes; without a time there is no such end.
create table assignment (
    id            uuid primary key,
    course_id     uuid not null,
    lab_id        varchar(64) not null,
    title         varchar(200) not null,
    place         integer not null,
    published     boolean not null,
    points        double precision not null,
    opens_at      timestamp(6) with time zone,
    early_at      timestamp(6) with time zone,
    early_percent integer not null,
    due_at        timestamp(6) with time zone,
    late_at       timestamp(6) with time zone,
    late_percent  integer not null,
    attempts      integer not null,
    schedule      varchar(200) not null,
    pay           varchar(16) not null,
    hides_scores  boolean not null,
    created_at    timestamp(6) with time zone not null,
    constraint assignment_course foreign key (course_id) references course (id) on delete cascade
);

create index assignment_of on assignment (course_id, place);

-- Other times for one member or one section. What is null is as for all.
create table extension (
    id            uuid primary key,
    assignment_id uuid not null,
    member_id     uuid,
    section       varchar(40),
    due_at        timestamp(6) with time zone,
    late_at       timestamp(6) with time zone,
    attempts      integer,
    reason        varchar(300) not null,
    created_at    timestamp(6) with time zone not null,
    constraint extension_assignment foreign key (assignment_id) references assignment (id) on delete cascade,
    constraint extension_member foreign key (member_id) references course_member (id) on delete cascade
);

create index extension_of on extension (assignment_id);

-- Who changed what about whose grade, deadline or place, and why. Only added to; goes with its course.
create table course_audit (
    id         uuid primary key,
    course_id  uuid not null,
    account_id uuid,
    member_id  uuid,
    what       varchar(40) not null,
    detail     varchar(1000) not null,
    created_at timestamp(6) with time zone not null,
    constraint course_audit_course foreign key (course_id) references course (id) on delete cascade,
    constraint course_audit_account foreign key (account_id) references account (id) on delete set null,
    constraint course_audit_member foreign key (member_id) references course_member (id) on delete set null
);

create index course_audit_of on course_audit (course_id, created_at);

-- Which assignment a run is for; most are for none. Attempts are counted for each.
alter table run add column assignment_id uuid;
alter table run add constraint run_assignment foreign key (assignment_id) references assignment (id) on delete set null;
create index run_of_assignment on run (assignment_id, account_id);

-- Whatever was handed in for a run and has a score, by the page or over REST.
create view hand_in as
    select s.run_id, 'page' as way, cast(s.n as varchar(40)) as ref, s.n as n,
           s.score, s.max_score, s.verdict, s.trace_hash, s.created_at as handed_in_at, s.document
    from submission s
    union all
    select j.run_id, 'rest' as way, cast(j.id as varchar(40)) as ref, 0 as n,
           r.score, r.max_score, r.verdict, r.trace_hash, j.queued_at as handed_in_at, r.document
    from grading_job j join grading_result r on r.job_id = j.id
    where j.run_id is not null and r.gradable;
