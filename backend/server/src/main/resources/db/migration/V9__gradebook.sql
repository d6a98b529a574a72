-- What somebody of the staff says about a student's work: points in place of those that are reckoned, or a word alone.
create table assessment (
    assignment_id uuid not null,
    member_id     uuid not null,
    points        double precision,
    word          varchar(1000) not null,
    account_id    uuid,
    created_at    timestamp(6) with time zone not null,
    constraint assessment_pk primary key (assignment_id, member_id),
    constraint assessment_assignment foreign key (assignment_id) references assignment (id) on delete cascade,
    constraint assessment_member foreign key (member_id) references course_member (id) on delete cascade,
    constraint assessment_account foreign key (account_id) references account (id) on delete set null
);
