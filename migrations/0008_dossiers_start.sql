-- The dossiers: the log that is the legal record, the rows beside it, and what is derived from it.

create schema dossiers;
grant usage on schema dossiers to motcua_app;

-- Last number given out by an agency on a day. The row is locked from the insert of the dossier to the commit only.
create table dossiers.counter (
  agency_id int not null,
  day date not null,
  last int not null check (last >= 0),
  constraint counter_pkey primary key (agency_id, day)
);
comment on table dossiers.counter is 'Số thứ tự hồ sơ trong ngày của từng cơ quan';
grant select, insert, update on dossiers.counter to motcua_app;

-- The log. The application may add to it and read it, nothing else.
create table dossiers.event (
  agency_id int not null,
  dossier_id uuid not null,
  version int not null check (version > 0),
  type text not null,
  body jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  officer_id int,
  post_id int,
  on_behalf_of int,
  source text not null check (source in ('officer', 'citizen', 'system', 'import', 'demo')),
  command_id uuid not null,
  ordinal smallint not null,
  previous_hash bytea not null,
  hash bytea not null,
  position bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint event_pkey primary key (agency_id, dossier_id, version),
  constraint event_one_command unique (agency_id, command_id, ordinal)
);
-- The order in which followers read: by transaction, since a lower position may be committed later.
create index event_followed on dossiers.event (transaction_id, position);
create index event_recorded on dossiers.event (agency_id, recorded_at);
comment on table dossiers.event is 'Nhật ký hồ sơ: chỉ thêm, không sửa, không xóa; là bản ghi gốc';
grant select, insert on dossiers.event to motcua_app;

-- Row-level security reads a row before it asks a condition that could tell of it, unless PostgreSQL knows the condition
-- for leakproof: comparing numbers, moments, ids and texts is, `like`, regular expressions and arrays are not. Indexes
-- and queries here keep to the former.

-- The present of each dossier, derived from its log in the same transaction; may be rebuilt at any time.
create table dossiers.dossier (
  agency_id int not null,
  dossier_id uuid not null,
  -- In the order of bytes, so that codes that begin alike lie together.
  code text collate "C" not null,
  version int not null,
  head_hash bytea not null,
  status text not null,
  procedure_code text not null,
  procedure_version_id int not null,
  case_key text not null,
  field text not null,
  channel text not null,
  applicant_name text,
  lodged_at timestamptz not null,
  received_at timestamptz,
  clock_started_at timestamptz,
  due_original timestamptz,
  due_current timestamptz,
  finished_at timestamptz,
  outcome text,
  returned_at timestamptz,
  extensions smallint not null,
  apologies smallint not null,
  fee_due bigint not null,
  fee_paid bigint not null,
  delivery text not null,
  digitised smallint not null,
  papers smallint not null,
  received_by int,
  signed_by int,
  constraint dossier_pkey primary key (agency_id, dossier_id),
  constraint dossier_one_code unique (agency_id, code)
);
create index dossier_received on dossiers.dossier (agency_id, received_at desc, dossier_id);
create index dossier_lodged on dossiers.dossier (agency_id, lodged_at desc, dossier_id);
create index dossier_late on dossiers.dossier (agency_id, due_current) where finished_at is null and due_current is not null;
create index dossier_ended_late on dossiers.dossier (agency_id, lodged_at desc, dossier_id desc) where finished_at > due_current;
comment on table dossiers.dossier is 'Hồ sơ thủ tục hành chính: trạng thái hiện tại, dựng lại được từ nhật ký';
grant select, insert, update on dossiers.dossier to motcua_app;

-- Open work, narrow, so that a queue is one short index scan. Rows come and go with the steps.
create table dossiers.task (
  agency_id int not null,
  dossier_id uuid not null,
  key text not null,
  handling_agency_id int not null,
  unit_id int not null,
  officer_id int,
  kind text not null,
  status text not null,
  opened_at timestamptz not null,
  step_due_at timestamptz,
  due_at timestamptz,
  sort_at timestamptz not null,
  code text not null,
  procedure_version_id int not null,
  field text not null,
  channel text not null,
  applicant_name text,
  constraint task_pkey primary key (agency_id, dossier_id, key)
);
create index task_agency on dossiers.task (handling_agency_id, sort_at, dossier_id, key);
create index task_unit on dossiers.task (handling_agency_id, unit_id, sort_at, dossier_id, key);
create index task_officer on dossiers.task (handling_agency_id, officer_id, sort_at, dossier_id, key) where officer_id is not null;
comment on table dossiers.task is 'Việc đang chờ: mỗi bước đang mở của một hồ sơ là một dòng';
grant select, insert, update, delete on dossiers.task to motcua_app;

-- Persons as they stood in a dossier. Personal data: erasable without breaking the log, which holds only id and hash.
create table dossiers.person (
  agency_id int not null,
  person_id uuid not null,
  dossier_id uuid not null,
  content jsonb,
  secret bytea,
  salt bytea not null,
  hash bytea not null,
  name_key text,
  identity_index bytea,
  phone_index bytea,
  recorded_at timestamptz not null,
  erased_at timestamptz,
  constraint person_pkey primary key (agency_id, person_id),
  constraint person_erased check (erased_at is null or (content is null and secret is null and name_key is null and identity_index is null and phone_index is null))
);
create index person_dossier on dossiers.person (agency_id, dossier_id);
create index person_identity on dossiers.person (agency_id, identity_index, recorded_at desc) where identity_index is not null;
create index person_phone on dossiers.person (agency_id, phone_index, recorded_at desc) where phone_index is not null;
create index person_name on dossiers.person (agency_id, name_key, recorded_at desc) include (dossier_id) where name_key is not null;
comment on table dossiers.person is 'Người nộp, chủ hồ sơ, người được ủy quyền: dữ liệu cá nhân, số định danh được mã hóa';
grant select, insert, update on dossiers.person to motcua_app;

-- Names met in an agency, without accents and word order; a search reads this small table, then the persons.
create table dossiers.name (
  agency_id int not null,
  name_key text not null,
  words text[] not null,
  constraint name_pkey primary key (agency_id, name_key)
);
create extension if not exists btree_gin;
create index name_words on dossiers.name using gin (agency_id, words);
comment on table dossiers.name is 'Từ điển họ tên không dấu để tra cứu';
grant select, insert, delete on dossiers.name to motcua_app;

-- Names of agencies that have all of the whole words (in the order of the alphabet, as in the key) and one that begins
-- with the last. The names of a few agencies are read through in the index of the key; of many by the index of words,
-- which row-level security would not let be used. The function asks the scope itself.
create function dossiers.find_names(agencies int[], whole text[], last text, most int) returns table (agency_id int, name_key text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  begun constant text := '(^| )' || last;
  complete constant text := '(^| )' || array_to_string(whole, '( | .* )') || '( |$)';
  seen constant int[] := array(select id from unnest(agencies) as id where id = any (platform.scope_agencies()));
begin
  if cardinality(seen) > 8 and cardinality(whole) > 0 then
    return query select found.agency_id, found.name_key from unnest(seen) as one (id) cross join lateral (
      select n.agency_id, n.name_key from dossiers.name n
      where n.agency_id = one.id and n.words @> whole and n.name_key ~ begun limit most) as found limit most;
  elsif cardinality(whole) > 0 then
    return query select n.agency_id, n.name_key from dossiers.name n
      where n.agency_id = any (seen) and n.name_key ~ begun and n.name_key ~ complete limit most;
  else
    return query select n.agency_id, n.name_key from dossiers.name n
      where n.agency_id = any (seen) and n.name_key ~ begun limit most;
  end if;
end $$;
revoke execute on function dossiers.find_names from public;
grant execute on function dossiers.find_names to motcua_app;

-- Free text that officers and applicants wrote; erasable like persons.
create table dossiers.note (
  agency_id int not null,
  note_id uuid not null,
  dossier_id uuid not null,
  content jsonb,
  salt bytea not null,
  hash bytea not null,
  recorded_at timestamptz not null,
  erased_at timestamptz,
  constraint note_pkey primary key (agency_id, note_id)
);
create index note_dossier on dossiers.note (agency_id, dossier_id);
comment on table dossiers.note is 'Lý do, nội dung, ghi chú viết tự do kèm theo sự kiện';
grant select, insert, update on dossiers.note to motcua_app;

-- Each time a masked number was shown in full.
create table dossiers.disclosure (
  agency_id int not null,
  disclosure_id uuid not null,
  dossier_id uuid not null,
  person_id uuid not null,
  officer_id int not null,
  reason text not null,
  disclosed_at timestamptz not null,
  constraint disclosure_pkey primary key (agency_id, disclosure_id)
);
comment on table dossiers.disclosure is 'Nhật ký xem số định danh đầy đủ';
grant select, insert on dossiers.disclosure to motcua_app;

-- Seals of the log: how far it had come, how many dossiers and events there were, chained and authenticated.
create table dossiers.seal (
  agency_id int not null,
  number int not null check (number > 0),
  sealed_at timestamptz not null,
  dossiers int not null,
  events bigint not null,
  heads_hash bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  mac bytea not null,
  constraint seal_pkey primary key (agency_id, number)
);
comment on table dossiers.seal is 'Niêm phong nhật ký theo cơ quan: số hồ sơ, số sự kiện, mã băm nối tiếp';
grant select, insert on dossiers.seal to motcua_app;

create table dossiers.sealed_head (
  agency_id int not null,
  number int not null,
  dossier_id uuid not null,
  version int not null,
  head_hash bytea not null,
  constraint sealed_head_pkey primary key (agency_id, number, dossier_id)
);
comment on table dossiers.sealed_head is 'Đầu nhật ký của từng hồ sơ đã đổi kể từ lần niêm phong trước';
grant select, insert on dossiers.sealed_head to motcua_app;

-- The policies ask by array_position and not by `= any`: PostgreSQL then takes them for what they are, a condition that
-- nearly every row fulfils which a query asks for, and chooses the index by the conditions of the query.
do $$
declare
  name text;
begin
  foreach name in array array['event', 'dossier', 'person', 'note', 'disclosure', 'sealed_head'] loop
    execute format('alter table dossiers.%I enable row level security', name);
    execute format(
      'create policy own_agency on dossiers.%I to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
         with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))', name);
  end loop;
  foreach name in array array['counter', 'name', 'seal'] loop
    execute format('alter table dossiers.%I enable row level security', name);
    execute format(
      'create policy own_agency on dossiers.%I to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null)
         with check (array_position((select platform.scope_agencies()), agency_id) is not null)', name);
  end loop;
end $$;

-- Work that was handed to another agency is seen by both.
alter table dossiers.task enable row level security;
create policy both_agencies on dossiers.task to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null
    or array_position((select platform.scope_agencies()), handling_agency_id) is not null
    or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null
    or dossier_id = (select platform.scope_dossier()));

-- Other agencies that took part, so that they find the dossier again after their step is done.
create table dossiers.participant (
  agency_id int not null,
  dossier_id uuid not null,
  participant_agency_id int not null,
  constraint participant_pkey primary key (agency_id, dossier_id, participant_agency_id)
);
create index participant_agency on dossiers.participant (participant_agency_id, dossier_id);
comment on table dossiers.participant is 'Cơ quan khác đã được chuyển hồ sơ để phối hợp giải quyết';
grant select, insert on dossiers.participant to motcua_app;
alter table dossiers.participant enable row level security;
create policy both_agencies on dossiers.participant to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null
    or array_position((select platform.scope_agencies()), participant_agency_id) is not null
    or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null
    or dossier_id = (select platform.scope_dossier()));
