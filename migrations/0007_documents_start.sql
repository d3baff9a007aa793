-- Files of dossiers. The content lies in the file store, named by its hash; here is whose it is and what it is for.

create schema documents;
grant usage on schema documents to motcua_app;

create table documents.file (
  agency_id int not null,
  file_id uuid not null,
  dossier_id uuid not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  name text not null,
  purpose text not null,
  component text,
  origin text not null,
  uploaded_at timestamptz not null,
  uploaded_by int,
  removed_at timestamptz,
  removed_by int,
  constraint file_pkey primary key (agency_id, file_id),
  constraint file_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint file_size check (size > 0),
  constraint file_name check (length(name) between 1 and 200),
  constraint file_purpose check (purpose in ('component', 'result', 'opinion', 'form', 'other')),
  constraint file_origin check (origin in ('scan', 'upload', 'reuse', 'system')),
  constraint file_removal check (removed_by is null or removed_at is not null)
);
comment on table documents.file is 'Tệp của hồ sơ: thuộc hồ sơ nào, dùng làm gì, ai đưa lên; nội dung lưu theo mã băm';
comment on column documents.file.component is 'Khóa của thành phần hồ sơ trong thủ tục';
comment on column documents.file.origin is 'Số hóa tại quầy (scan), gửi lên (upload), dùng lại (reuse), do hệ thống lập (system)';
comment on column documents.file.uploaded_by is 'Cán bộ đưa lên; để trống khi công dân gửi';
comment on column documents.file.removed_at is 'Bỏ khỏi hồ sơ lúc nào; dòng và nội dung vẫn giữ';

-- The same content for the same purpose sent twice is one entry.
create unique index file_once on documents.file (agency_id, dossier_id, sha256, purpose, component) nulls not distinct
  where removed_at is null;
create index file_of_dossier on documents.file (agency_id, dossier_id, uploaded_at) where removed_at is null;
create index file_by_id on documents.file (file_id);
create index file_by_content on documents.file (sha256);

alter table documents.file enable row level security;
create policy own_agency on documents.file
  using (agency_id = any ((select platform.scope_agencies())::int[]) or dossier_id = (select platform.scope_dossier()))
  with check (agency_id = any ((select platform.scope_agencies())::int[]) or dossier_id = (select platform.scope_dossier()));

grant select, insert on documents.file to motcua_app;
grant update (removed_at, removed_by) on documents.file to motcua_app;

-- Whether a person may open a file is asked of its dossier, so the dossier must be known first. It tells nothing else.
create function documents.locate_file(wanted uuid) returns table (agency_id int, dossier_id uuid)
  language sql stable security definer set search_path = documents, pg_temp as
  $$ select file.agency_id, file.dossier_id from documents.file where file.file_id = wanted and file.removed_at is null $$;
revoke execute on function documents.locate_file(uuid) from public;
grant execute on function documents.locate_file(uuid) to motcua_app;
