-- Something handed in to be graded, and where its grading stands. It holds all that grading it needs.

create table grading_job (
    id           uuid primary key,
    account_id   uuid not null,
    run_id       uuid,
    batch_id     uuid,
    kind         varchar(16) not null,
    lab_id       varchar(64) not null,
    lab_revision integer not null,
    seed         bigint not null,
    answer       text not null,
    phase        varchar(16) not null,
    lane         varchar(64),
    claim        uuid,
    tries        integer default 0 not null,
    queued_at    timestamp(6) with time zone not null,
    started_at   timestamp(6) with time zone,
    finished_at  timestamp(6) with time zone,
    constraint grading_job_account foreign key (account_id) references account (id) on delete cascade,
    constraint grading_job_run foreign key (run_id) references run (id) on delete cascade
);

create index grading_job_queue on grading_job (phase, account_id, queued_at, id);
create index grading_job_of on grading_job (account_id, queued_at, id);
create index grading_job_of_run on grading_job (run_id, queued_at);
create index grading_job_of_batch on grading_job (batch_id);

-- One a job, whatever happens: the key sees to it.
create table grading_result (
    job_id      uuid primary key,
    verdict     varchar(16) not null,
    score       double precision not null,
    max_score   double precision not null,
    gradable    boolean not null,
    trace_hash  varchar(64) not null,
    document    text not null,
    wait_nanos  bigint not null,
    grade_nanos bigint not null,
    created_at  timestamp(6) with time zone not null,
    constraint grading_result_job foreign key (job_id) references grading_job (id) on delete cascade
);

create index grading_result_recent on grading_result (created_at);

-- What was answered under a key: the same request gets the same answer.
create table idempotency_key (
    account_id  uuid not null,
    name        varchar(255) not null,
    fingerprint varchar(64) not null,
    made_id     uuid not null,
    created_at  timestamp(6) with time zone not null,
    constraint idempotency_key_pk primary key (account_id, name),
    constraint idempotency_key_account foreign key (account_id) references account (id) on delete cascade
);

create index idempotency_key_age on idempotency_key (created_at);

-- db-scheduler's, for the lanes in which jobs are graded, and for what is told to others.

create table grading_lane (
    task_name            varchar(100) not null,
    task_instance        varchar(100) not null,
    task_data            bytea,
    execution_time       timestamp(6) with time zone not null,
    picked               boolean not null,
    picked_by            varchar(100),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint not null,
    priority             smallint,
    constraint grading_lane_pk primary key (task_name, task_instance)
);

create index grading_lane_due on grading_lane (execution_time);
create index grading_lane_heartbeat on grading_lane (last_heartbeat);
