-- Facts read off the log, and their roll-ups. All of it may be rebuilt from the log at any time.

create schema statistics;
grant usage on schema statistics to motcua_app;

-- Agencies whose sums stand in one row: each for itself under its id, and under the negative id of an agency all that
-- belong to it now: itself, what is below it, and the predecessors of these.
create table statistics.scope_member (
  scope_id int not null,
  agency_id int not null,
  constraint scope_member_pkey primary key (scope_id, agency_id)
);
create index scope_member_agency on statistics.scope_member (agency_id);
comment on table statistics.scope_member is 'Phạm vi cộng số liệu: cơ quan gồm những cơ quan nào bên dưới và tiền thân';
grant select, insert, delete on statistics.scope_member to motcua_app;

-- Scopes of which this transaction may see every agency. Those of many come first, since they are few.
create function statistics.readable_scopes() returns int[] language sql stable parallel safe set search_path = '' as $$
  select array(select scope_id from statistics.scope_member where scope_id < 0 group by scope_id
      having bool_and(array_position(platform.scope_agencies(), agency_id) is not null)) || platform.scope_agencies() $$;

-- What was known of a dossier from one moment to the next. Only known_to changes, from infinity to a moment, once.
create table statistics.fact (
  agency_id int not null,
  dossier_id uuid not null,
  -- The entry of the log that made it.
  version int not null,
  known_from timestamptz not null,
  known_to timestamptz not null default 'infinity',
  code text not null,
  procedure_code text collate "C" not null,
  procedure_version_id int not null,
  case_key text not null,
  field text collate "C" not null,
  channel text collate "C" not null,
  unit_id int,
  officer_id int,
  status text not null,
  received_at timestamptz,
  received_on date,
  received_hour smallint,
  finished_at timestamptz,
  finished_on date,
  due_at timestamptz,
  due_on date,
  ending text,
  timeliness text,
  outcome text,
  overdue datemultirange not null default '{}',
  waiting datemultirange not null default '{}',
  not_received_on date,
  supplemented_on date,
  extended_on date,
  apologised_on date,
  returned_on date,
  corrected_on date,
  digitised boolean not null,
  reused boolean not null,
  electronic boolean not null,
  -- How long after the days that it changes it became known, as a power of two; null: it changes days to come alone.
  touched_on date,
  touched_lag smallint,
  moved_on date,
  moved_lag smallint,
  -- For how many days it stood open, as a power of two; 31: still open.
  open_class smallint,
  constraint fact_pkey primary key (agency_id, dossier_id, version),
  constraint fact_known check (known_from <= known_to),
  constraint fact_ending check (ending in ('resolved', 'withdrawn', 'stopped', 'closed') and received_on <= finished_on or ending is null)
);
-- Lists read what is known now; what has changed since an earlier moment is found by its lag and put in its place.
create index fact_received on statistics.fact (agency_id, received_on, dossier_id) where known_to = 'infinity' and received_on is not null;
create index fact_finished on statistics.fact (agency_id, finished_on, dossier_id) where known_to = 'infinity' and finished_on is not null;
create index fact_late on statistics.fact (agency_id, finished_on, dossier_id) where known_to = 'infinity' and timeliness = 'late';
create index fact_open on statistics.fact (agency_id, open_class, received_on, dossier_id) where known_to = 'infinity' and open_class is not null;
create index fact_not_received on statistics.fact (agency_id, not_received_on, dossier_id) where known_to = 'infinity' and not_received_on is not null;
create index fact_supplemented on statistics.fact (agency_id, supplemented_on, dossier_id) where known_to = 'infinity' and supplemented_on is not null;
create index fact_extended on statistics.fact (agency_id, extended_on, dossier_id) where known_to = 'infinity' and extended_on is not null;
create index fact_apologised on statistics.fact (agency_id, apologised_on, dossier_id) where known_to = 'infinity' and apologised_on is not null;
create index fact_returned on statistics.fact (agency_id, returned_on, dossier_id) where known_to = 'infinity' and returned_on is not null;
create index fact_corrected on statistics.fact (agency_id, corrected_on, dossier_id) where known_to = 'infinity' and corrected_on is not null;
create index fact_touched on statistics.fact (agency_id, touched_lag, known_from) where touched_lag is not null;
create index fact_moved on statistics.fact (agency_id, moved_lag, known_from) where moved_lag is not null;
create index fact_due on statistics.fact (agency_id, due_on) where finished_on is null and received_on is not null;
comment on table statistics.fact is 'Điều đã biết về từng hồ sơ theo thời gian, rút từ nhật ký để thống kê';
grant select, insert, update (known_to), delete on statistics.fact to motcua_app;

-- Sums by day, month and year of the facts known now. What stands open is kept as changes: +1 on the day it begins, -1
-- on the day it ends, so that the sum of all days up to one is what stood open at its end.
create table statistics.roll_up (
  scope_id int not null,
  -- Which of the columns below it tells apart: all, agency (in scopes of many), field (and channel), procedure (and channel), unit (and officer), hour.
  grain text collate "C" not null check (grain in ('all', 'agency', 'field', 'procedure', 'unit', 'hour')),
  level text collate "C" not null check (level in ('day', 'month', 'year')),
  start date not null,
  agency_id int not null,
  field text collate "C" not null,
  procedure_code text collate "C" not null,
  channel text collate "C" not null,
  unit_id int not null,
  officer_id int not null,
  hour smallint not null,
  received int not null,
  received_online int not null,
  received_counter int not null,
  received_post int not null,
  digitised int not null,
  reused int not null,
  resolved int not null,
  resolved_early int not null,
  resolved_on_time int not null,
  resolved_late int not null,
  resolved_unapologised int not null,
  withdrawn int not null,
  stopped int not null,
  closed int not null,
  refused int not null,
  granted int not null,
  electronic_result int not null,
  not_received int not null,
  supplemented int not null,
  extended int not null,
  apologised int not null,
  returned int not null,
  corrected int not null,
  open int not null,
  open_in_time int not null,
  open_overdue int not null,
  open_waiting int not null,
  open_unapologised int not null,
  constraint roll_up_pkey primary key (scope_id, grain, level, start, agency_id, field, procedure_code, channel, unit_id, officer_id, hour)
);
comment on table statistics.roll_up is 'Số liệu cộng sẵn theo ngày, tháng, năm của từng phạm vi';
grant select, insert, update, delete on statistics.roll_up to motcua_app;

-- The stays of dossiers with somebody that are over. Minutes of the office and of the clock on the wall.
create table statistics.step_time (
  agency_id int not null,
  dossier_id uuid not null,
  ordinal smallint not null,
  kind text collate "C" not null,
  unit_id int not null,
  officer_id int,
  field text collate "C" not null,
  procedure_code text collate "C" not null,
  channel text collate "C" not null,
  closed_on date not null,
  known_at timestamptz not null,
  -- Written down on a later day than it happened.
  known_late boolean not null,
  office_minutes int not null,
  clock_minutes int not null,
  late boolean not null,
  constraint step_time_pkey primary key (agency_id, dossier_id, ordinal)
);
create index step_time_closed on statistics.step_time (agency_id, closed_on);
create index step_time_known_late on statistics.step_time (agency_id, known_at) where known_late;
comment on table statistics.step_time is 'Thời gian hồ sơ ở từng bước đã xong của quy trình';
grant select, insert, delete on statistics.step_time to motcua_app;

-- The same counted by classes of length, for scopes of many agencies.
create table statistics.step_roll_up (
  scope_id int not null,
  level text collate "C" not null check (level in ('day', 'month', 'year')),
  start date not null,
  kind text collate "C" not null,
  clock boolean not null,
  length int not null,
  passed int not null,
  late int not null,
  total bigint not null,
  constraint step_roll_up_pkey primary key (scope_id, level, start, clock, kind, length)
);
comment on table statistics.step_roll_up is 'Số lượt qua từng bước theo độ dài thời gian, cộng sẵn theo ngày, tháng, năm';
grant select, insert, update, delete on statistics.step_roll_up to motcua_app;

alter table statistics.fact enable row level security;
create policy own_agency on statistics.fact to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);

alter table statistics.roll_up enable row level security;
create policy whole_scope on statistics.roll_up to motcua_app
  using (array_position((select statistics.readable_scopes()), scope_id) is not null)
  with check (array_position((select statistics.readable_scopes()), scope_id) is not null);

alter table statistics.step_time enable row level security;
create policy own_agency on statistics.step_time to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);

alter table statistics.step_roll_up enable row level security;
create policy whole_scope on statistics.step_roll_up to motcua_app
  using (array_position((select statistics.readable_scopes()), scope_id) is not null)
  with check (array_position((select statistics.readable_scopes()), scope_id) is not null);
