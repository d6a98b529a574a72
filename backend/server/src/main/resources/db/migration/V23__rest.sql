-- A token can be bound to one course; without one it is good for all of its owner's. It goes with its course: it must not
-- become good for all.
alter table api_token add column course_id uuid;
alter table api_token add constraint api_token_course foreign key (course_id) references course (id) on delete cascade;
create index api_token_of_course on api_token (course_id);

-- A question that needs no answer any more, since it was answered otherwise.
alter table question add column closed_at timestamp(6) with time zone;

-- Whether students see all of a result at once. Of one that holds something back no score is told without looking.
alter table grading_result add column whole boolean default false not null;
