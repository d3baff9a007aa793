-- Filing online: what an authority allows, drafts of citizens, their uploads.

-- Whether an authority keeps a front of its own. Without a row it has none: since 1/7/2025 citizens file on the national portal.
create table portal.filing_setting (
  agency_id int not null,
  own_front boolean not null,
  -- Where the law leaves it open: these days, procedures and fields alone; null stands for all.
  open_from date,
  open_to date,
  procedures text[],
  fields text[],
  basis text not null,
  drafts_per_account smallint not null default 20,
  draft_days smallint not null default 30,
  changed_at timestamptz not null,
  changed_by int,
  constraint filing_setting_pkey primary key (agency_id),
  constraint filing_setting_drafts check (drafts_per_account between 1 and 200),
  constraint filing_setting_days check (draft_days between 1 and 365),
  constraint filing_setting_order check (open_to is null or open_from is null or open_from <= open_to)
);
comment on table portal.filing_setting is 'Cơ quan có mở cổng nộp hồ sơ của mình không, cho thủ tục nào, từ ngày nào, theo căn cứ nào';
grant select, insert, update on portal.filing_setting to motcua_app;
alter table portal.filing_setting enable row level security;
-- What an authority offers to everybody is read by everybody; only its own people change it.
create policy everybody_reads on portal.filing_setting for select to motcua_app using (true);
create policy own_agency on portal.filing_setting to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);

-- A draft belongs to the citizen who writes it, not to an authority: none may read it before it is lodged.
create table portal.draft (
  draft_id uuid not null,
  account_id uuid,
  -- The officer who helps at the desk.
  officer_id int,
  -- Browsers that may open it, by the key in their cookie.
  key_hashes bytea[] not null,
  resume_index bytea,
  phone_index bytea,
  wrong_guesses smallint not null default 0,
  source_index bytea not null,
  procedure_code text not null,
  -- Set when it mends or adjusts a dossier that is lodged already.
  mends_agency_id int,
  mends_dossier_id uuid,
  command_id uuid not null,
  content bytea,
  revision int not null default 1,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  expires_at timestamptz not null,
  lodging_at timestamptz,
  lodged_at timestamptz,
  lodged_agency_id int,
  lodged_dossier_id uuid,
  constraint draft_pkey primary key (draft_id),
  constraint draft_lodged check ((lodged_at is null) = (lodged_dossier_id is null) and (lodged_at is null) = (lodged_agency_id is null)),
  constraint draft_mends check ((mends_agency_id is null) = (mends_dossier_id is null)),
  constraint draft_content check (content is not null or lodged_at is not null)
);
create unique index draft_resumed on portal.draft (resume_index) where resume_index is not null;
create index draft_of_account on portal.draft (account_id, touched_at desc) where account_id is not null;
create index draft_of_key on portal.draft using gin (key_hashes);
create index draft_of_source on portal.draft (source_index) where lodged_at is null;
create unique index draft_mending on portal.draft (mends_dossier_id) where mends_dossier_id is not null and lodged_at is null;
create index draft_expiring on portal.draft (expires_at);
create index draft_unfinished on portal.draft (lodging_at) where lodging_at is not null and lodged_at is null;
comment on table portal.draft is 'Hồ sơ người dân đang điền, chưa nộp: nội dung mã hóa, tự xóa khi hết hạn';
grant select, insert, update, delete on portal.draft to motcua_app;

create table portal.draft_file (
  draft_id uuid not null,
  file_id uuid not null,
  component text not null,
  place int not null,
  name bytea not null,
  size bigint not null,
  received bigint not null default 0,
  sha256 text,
  media_type text,
  refused text,
  -- A file of an earlier dossier that is used again, instead of bytes.
  reused_agency_id int,
  reused_dossier_id uuid,
  reused_file_id uuid,
  created_at timestamptz not null,
  completed_at timestamptz,
  constraint draft_file_pkey primary key (draft_id, file_id),
  constraint draft_file_draft foreign key (draft_id) references portal.draft (draft_id) on delete cascade,
  constraint draft_file_size check (size > 0 and received between 0 and size),
  constraint draft_file_reused check ((reused_file_id is null) = (reused_agency_id is null) and (reused_file_id is null) = (reused_dossier_id is null))
);
comment on table portal.draft_file is 'Tệp của hồ sơ đang điền: đã tải lên được bao nhiêu, thuộc giấy tờ nào; tệp nằm trên đĩa đến khi nộp';
grant select, insert, update, delete on portal.draft_file to motcua_app;
