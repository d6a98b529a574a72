-- What a student asks his course's staff about an event of his run.
create table question (
    id            uuid primary key,
    run_id        uuid not null,
    seq           integer not null,
    text          varchar(2000) not null,
    created_at    timestamp(6) with time zone not null,
    answer        varchar(4000),
    answered_by   uuid,
    answered_at   timestamp(6) with time zone,
    constraint question_run foreign key (run_id) references run (id) on delete cascade,
    constraint question_answered_by foreign key (answered_by) references account (id) on delete set null
);

create index question_of on question (run_id, created_at);
