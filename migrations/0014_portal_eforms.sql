-- Electronic forms, and the schema of all rooms of the citizen's door.
create schema portal;
grant usage on schema portal to motcua_app;

create table portal.eform (
  form_id int generated always as identity,
  key text not null,
  version int not null,
  procedure_code text not null,
  case_keys text[] not null default '{}',
  valid_from date not null,
  valid_to date,
  definition jsonb not null,
  hash text not null,
  reason text not null default '',
  changed_by int,
  changed_by_name text not null default '',
  changed_at timestamptz not null default now(),
  compared_by int,
  compared_by_name text,
  compared_on date,
  compared_note text,
  constraint eform_pkey primary key (form_id),
  constraint eform_one_version unique (key, version),
  constraint eform_version check (version >= 1),
  constraint eform_validity check (valid_to is null or valid_to >= valid_from - 1),
  constraint eform_hash check (hash ~ '^[0-9a-f]{64}$'),
  constraint eform_compared check ((compared_on is null) = (compared_by_name is null))
);
comment on table portal.eform is 'Biểu mẫu điện tử: từng phiên bản, dùng chung cho mọi cơ quan; sửa là thêm phiên bản mới';
comment on column portal.eform.case_keys is 'Các trường hợp của thủ tục dùng biểu mẫu này; rỗng là mọi trường hợp';
comment on column portal.eform.valid_to is 'Ngày cuối cùng có hiệu lực; sớm hơn valid_from một ngày là phiên bản bị thay ngay trong ngày';
comment on column portal.eform.changed_by is 'Người sửa; rỗng là biểu mẫu kèm theo chương trình';
comment on column portal.eform.compared_on is 'Ngày có người đối chiếu với mẫu chính thức; rỗng là chưa đối chiếu mẫu';
create index eform_by_procedure on portal.eform (procedure_code, valid_from);
grant select, insert on portal.eform to motcua_app;
grant update (valid_to, compared_by, compared_by_name, compared_on, compared_note) on portal.eform to motcua_app;

create table portal.filled_form (
  agency_id int not null,
  dossier_id uuid not null,
  row_version int not null,
  form_id int not null,
  case_key text,
  answers bytea,
  hash bytea not null,
  salt bytea not null,
  kept_by text not null,
  kept_at timestamptz not null,
  erased_at timestamptz,
  constraint filled_form_pkey primary key (agency_id, dossier_id, row_version),
  constraint filled_form_form foreign key (form_id) references portal.eform (form_id),
  constraint filled_form_version check (row_version >= 1),
  constraint filled_form_kept_by check (kept_by in ('citizen', 'officer', 'exchange')),
  constraint filled_form_erased check ((answers is null) = (erased_at is not null))
);
comment on table portal.filled_form is 'Tờ khai điện tử đã điền của hồ sơ; câu trả lời được mã hóa; mỗi lần sửa là một dòng mới';
comment on column portal.filled_form.hash is 'SHA-256 của muối và câu trả lời ở dạng chuẩn';
alter table portal.filled_form enable row level security;
create policy own_agency on portal.filled_form
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
grant select, insert on portal.filled_form to motcua_app;
grant update (answers, erased_at) on portal.filled_form to motcua_app;
