-- What a person has judged of two hand-ins that are alike. Flags themselves are reckoned, and stored nowhere.
create table similarity_judgement (
    assignment_id uuid not null,
    one_id        uuid not null,
    other_id      uuid not null,
    word          varchar(1000) not null,
    account_id    uuid,
    created_at    timestamp(6) with time zone not null,
    constraint similarity_judgement_pk primary key (assignment_id, one_id, other_id),
    constraint similarity_judgement_assignment foreign key (assignment_id) references assignment (id) on delete cascade,
    constraint similarity_judgement_one foreign key (one_id) references course_member (id) on delete cascade,
    constraint similarity_judgement_other foreign key (other_id) references course_member (id) on delete cascade,
    constraint similarity_judgement_account foreign key (account_id) references account (id) on delete set null
);
