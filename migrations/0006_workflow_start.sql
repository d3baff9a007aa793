-- Internal processes of agencies. A dossier keeps the process under which it is handled, so nothing is ever rewritten.

create schema workflow;
grant usage on schema workflow to motcua_app;

create table workflow.process (
  agency_id int not null,
  process_id int generated always as identity,
  code text not null,
  case_key text,
  valid_from date not null,
  valid_to date,
  -- A correction for the same first day takes the place of this one; dossiers that began under it go on with it.
  superseded_at timestamptz,
  content jsonb not null,
  recorded_at timestamptz not null default now(),
  recorded_by int,
  constraint process_pkey primary key (agency_id, process_id),
  constraint process_id_once unique (process_id),
  constraint process_validity check (valid_to is null or valid_to >= valid_from),
  constraint process_one_a_day exclude using gist (
    agency_id with =, code with =, (coalesce(case_key, '')) with =, daterange(valid_from, valid_to, '[]') with &&
  ) where (superseded_at is null)
);
comment on table workflow.process is 'Quy trình nội bộ giải quyết thủ tục của từng cơ quan, theo trường hợp và thời gian';
comment on column workflow.process.case_key is 'Trường hợp của thủ tục; để trống là mọi trường hợp';
create index process_by_code on workflow.process (agency_id, code, valid_from desc);
grant select, insert on workflow.process to motcua_app;
grant update (valid_to, superseded_at) on workflow.process to motcua_app;
grant usage on all sequences in schema workflow to motcua_app;
