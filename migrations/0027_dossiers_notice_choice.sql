-- Mẫu số 01, mục đăng ký nhận thông báo: cách người nộp muốn được báo về hồ sơ này. Không có dòng thì theo thiết đặt của cơ quan.
create table dossiers.notice_choice (
  agency_id int not null,
  dossier_id uuid not null,
  ways text[] not null,
  chosen_at timestamptz not null,
  -- Empty: who filed said it themselves.
  officer_id int,
  constraint notice_choice_pkey primary key (agency_id, dossier_id),
  constraint notice_choice_ways check (cardinality(ways) between 1 and 3 and ways <@ array['email', 'sms', 'zalo'])
);
comment on table dossiers.notice_choice is 'Cách người nộp đăng ký nhận thông báo về hồ sơ: thư điện tử, SMS, Zalo; không có dòng thì theo thiết đặt của cơ quan';
grant select, insert, update, delete on dossiers.notice_choice to motcua_app;
alter table dossiers.notice_choice enable row level security;
create policy own_agency on dossiers.notice_choice to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
