-- Statutory forms, reporting periods, values.

create table statistics.form (
  form text not null,
  version int not null check (version > 0),
  valid_from date not null,
  valid_to date,
  title text not null,
  definition jsonb not null,
  reason text not null default '',
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint form_pkey primary key (form, version),
  constraint form_code check (form ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  constraint form_validity check (valid_to >= valid_from)
);
comment on table statistics.form is 'Biểu mẫu thống kê: mỗi phiên bản một dòng, giữ vĩnh viễn để báo cáo cũ còn mở được';
grant select, insert on statistics.form to motcua_app;
-- A new version ends the one before it; what was defined stays as it was.
grant update (valid_to) on statistics.form to motcua_app;

create table statistics.regime (
  regime text constraint regime_pkey primary key,
  name text not null,
  name_en text not null default '',
  legal_basis text not null,
  forms jsonb not null,
  position int not null default 0
);
comment on table statistics.regime is 'Chế độ báo cáo: ai quy định, gồm những biểu nào';
grant select, insert, update on statistics.regime to motcua_app;

create table statistics.period (
  period_id int generated always as identity constraint period_pkey primary key,
  regime text not null constraint period_regime references statistics.regime,
  type text not null constraint period_type check (type in ('month', 'quarter', 'half-year', 'nine-months', 'year', 'other')),
  code text not null,
  name text not null,
  first_day date not null,
  last_day date not null,
  year_first_day date not null,
  deadline date not null,
  -- For this agency and those below it; null is for everybody.
  agency_id int,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint period_days check (first_day <= last_day and year_first_day <= first_day and deadline >= last_day),
  constraint period_once unique nulls not distinct (regime, code, agency_id)
);
comment on table statistics.period is 'Kỳ báo cáo: ngày đầu, ngày cuối, hạn gửi; không suy ra từ lịch';
grant select, insert, update, delete on statistics.period to motcua_app;

create table statistics.period_change (
  change_id bigint generated always as identity constraint period_change_pkey primary key,
  period_id int not null,
  before jsonb,
  after jsonb,
  changed_by int,
  changed_at timestamptz not null default now()
);
comment on table statistics.period_change is 'Nhật ký thay đổi kỳ báo cáo; chỉ thêm, không sửa, không xóa';
grant select, insert on statistics.period_change to motcua_app;

create table statistics.report (
  agency_id int not null,
  report_id uuid not null,
  period_id int not null constraint report_period references statistics.period,
  version int not null check (version > 0),
  corrects uuid,
  correction_reason text,
  basis text not null constraint report_basis check (basis in ('own', 'units')),
  -- Which version of which form this report fills in.
  forms jsonb not null,
  state text not null constraint report_state check (state in ('draft', 'submitted', 'returned', 'accepted', 'locked')),
  revision int not null,
  -- The records as known at this moment; null while it is being filled in: as they are known now.
  known_at timestamptz,
  snapshot jsonb,
  hash text,
  locked_at timestamptz,
  created_at timestamptz not null,
  constraint report_pkey primary key (agency_id, report_id),
  constraint report_once unique (agency_id, period_id, version),
  constraint report_corrects foreign key (agency_id, corrects) references statistics.report (agency_id, report_id),
  constraint report_correction check ((corrects is null) = (version = 1) and (corrects is null) = (correction_reason is null)),
  constraint report_locked check ((state = 'locked') = (snapshot is not null and hash is not null and locked_at is not null))
);
create index report_of_period on statistics.report (period_id, agency_id);
comment on table statistics.report is 'Báo cáo theo kỳ của cơ quan: trạng thái, ảnh chụp số liệu khi chốt và mã băm';
alter table statistics.report enable row level security;
create policy own_agency on statistics.report using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on statistics.report to motcua_app;

-- Periods belong to nobody, reports to agencies: whether a period is in use is asked past the scope.
create function statistics.is_period_used(asked int) returns boolean language sql stable security definer set search_path = '' as
  $$ select exists (select from statistics.report where period_id = asked) $$;
revoke all on function statistics.is_period_used from public;
grant execute on function statistics.is_period_used to motcua_app;

-- What is locked stays as it is.
create function statistics.keep_locked() returns trigger language plpgsql as $$ begin
  if old.state = 'locked' then raise exception 'a locked report does not change'; end if;
  return new;
end $$;
create trigger report_keep_locked before update on statistics.report for each row execute function statistics.keep_locked();

create table statistics.entry (
  agency_id int not null,
  report_id uuid not null,
  form text not null,
  row_code text not null,
  value numeric(18, 3),
  numerator numeric(18, 3),
  denominator numeric(18, 3),
  reason text not null default '',
  evidence text not null default '',
  note text not null default '',
  revision int not null check (revision > 0),
  entered_by int not null,
  entered_at timestamptz not null,
  constraint entry_pkey primary key (agency_id, report_id, form, row_code),
  constraint entry_report foreign key (agency_id, report_id) references statistics.report (agency_id, report_id),
  constraint entry_parts check ((numerator is null) = (denominator is null) and numerator <= denominator),
  constraint entry_value_or_parts check (value is null or numerator is null)
);
comment on table statistics.entry is 'Số liệu nhập tay của một báo cáo: giá trị hoặc tử số, mẫu số, căn cứ, người nhập';
alter table statistics.entry enable row level security;
create policy own_agency on statistics.entry using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on statistics.entry to motcua_app;

create table statistics.explanation (
  agency_id int not null,
  report_id uuid not null,
  form text not null,
  check_code text not null,
  fingerprint text not null,
  reason text not null,
  explained_by int not null,
  explained_at timestamptz not null,
  constraint explanation_pkey primary key (agency_id, report_id, form, check_code),
  constraint explanation_report foreign key (agency_id, report_id) references statistics.report (agency_id, report_id)
);
comment on table statistics.explanation is 'Giải trình cho một cảnh báo của báo cáo, theo tình trạng số liệu khi giải trình';
alter table statistics.explanation enable row level security;
create policy own_agency on statistics.explanation using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on statistics.explanation to motcua_app;

create table statistics.report_change (
  agency_id int not null,
  change_id bigint generated always as identity,
  report_id uuid not null,
  what text not null,
  details jsonb not null,
  changed_by int not null,
  changed_at timestamptz not null,
  constraint report_change_pkey primary key (agency_id, change_id),
  constraint report_change_report foreign key (agency_id, report_id) references statistics.report (agency_id, report_id)
);
create index report_change_of_report on statistics.report_change (agency_id, report_id, change_id);
comment on table statistics.report_change is 'Nhật ký của báo cáo: ai nhập, gửi, trả lại, chấp nhận, chốt gì, lúc nào; chỉ thêm, không sửa, không xóa';
alter table statistics.report_change enable row level security;
create policy own_agency on statistics.report_change using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on statistics.report_change to motcua_app;

grant usage on all sequences in schema statistics to motcua_app;
