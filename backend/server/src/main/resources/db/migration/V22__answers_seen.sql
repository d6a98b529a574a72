-- When the student has seen the answer that stands there; null while it is new to him.
alter table question add column answer_seen_at timestamp(6) with time zone;
update question set answer_seen_at = answered_at;
