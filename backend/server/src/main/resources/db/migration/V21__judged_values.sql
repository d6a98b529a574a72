-- What a person has judged of a value of another's seed in somebody's hand-in, beside what was judged of pairs.
create table foreign_value_judgement (
    assignment_id uuid not null,
    member_id     uuid not null,
    found         varchar(64) not null,
    word          varchar(1000) not null,
    account_id    uuid,
    created_at    timestamp(6) with time zone not null,
    constraint foreign_value_judgement_pk primary key (assignment_id, member_id, found),
    constraint foreign_value_judgement_assignment foreign key (assignment_id) references assignment (id) on delete cascade,
    constraint foreign_value_judgement_member foreign key (member_id) references course_member (id) on delete cascade,
    constraint foreign_value_judgement_account foreign key (account_id) references account (id) on delete set null
);
