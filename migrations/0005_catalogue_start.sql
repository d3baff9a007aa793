-- Procedures with all their published parts. Versions are kept for ever: a dossier keeps the one it came in under.

create extension if not exists btree_gist;

create schema catalogue;
grant usage on schema catalogue to motcua_app;

create table catalogue.field (
  field text constraint field_pkey primary key,
  name text not null,
  name_en text not null default '',
  position int not null default 0
);
comment on table catalogue.field is 'Lĩnh vực của thủ tục hành chính';
grant select, insert, update on catalogue.field to motcua_app;

create table catalogue.procedure (
  code text constraint procedure_pkey primary key,
  created_at timestamptz not null default now()
);
comment on table catalogue.procedure is 'Thủ tục hành chính, mỗi mã một dòng';
grant select, insert on catalogue.procedure to motcua_app;
-- Publishing locks the row of the procedure, which needs the right to update it.
grant update (code) on catalogue.procedure to motcua_app;

create table catalogue.procedure_version (
  version_id int generated always as identity constraint procedure_version_pkey primary key,
  code text not null constraint procedure_version_procedure_fkey references catalogue.procedure,
  valid_from date not null,
  valid_to date,
  name text not null,
  short_name text not null,
  field text not null,
  -- Words of the titles of the cases, forms and results, so that they are found as well.
  keywords text not null,
  content jsonb not null,
  published_at timestamptz not null default now(),
  published_by int,
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', platform.search_text(short_name)), 'A') ||
    setweight(to_tsvector('simple', platform.search_text(keywords)), 'B') ||
    setweight(to_tsvector('simple', platform.search_text(name)), 'C') ||
    setweight(to_tsvector('simple', platform.search_text(code)), 'D')
  ) stored,
  constraint procedure_version_validity check (valid_to is null or valid_to >= valid_from),
  constraint procedure_version_one_a_day exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table catalogue.procedure_version is 'Các phiên bản đã công bố của thủ tục, giữ lại vĩnh viễn; hồ sơ giữ phiên bản khi được tiếp nhận';
comment on column catalogue.procedure_version.valid_to is 'Ngày cuối cùng có hiệu lực';
create index procedure_version_by_code on catalogue.procedure_version (code, valid_from desc);
create index procedure_version_by_name on catalogue.procedure_version (short_name collate "vi-x-icu", version_id);
create index procedure_version_by_field on catalogue.procedure_version (field, short_name collate "vi-x-icu", version_id);
create index procedure_version_by_words on catalogue.procedure_version using gin (search);
-- For words that nobody has: the nearest names.
create index procedure_version_by_likeness on catalogue.procedure_version using gin (platform.search_text(short_name || ' ' || keywords) public.gin_trgm_ops);
grant select, insert on catalogue.procedure_version to motcua_app;
-- Only the end of a version can change; what was published stays as it was.
grant update (valid_to) on catalogue.procedure_version to motcua_app;

create table catalogue.offering (
  agency_id int not null,
  code text not null constraint offering_procedure_fkey references catalogue.procedure,
  valid_from date not null,
  valid_to date,
  constraint offering_pkey primary key (agency_id, code, valid_from),
  constraint offering_validity check (valid_to is null or valid_to >= valid_from)
);
comment on table catalogue.offering is 'Thủ tục mà mỗi cơ quan tiếp nhận, giải quyết, theo thời gian';
create index offering_by_code on catalogue.offering (code, agency_id);
grant select, insert on catalogue.offering to motcua_app;
grant update (valid_to) on catalogue.offering to motcua_app;

create table catalogue.fee_amount (
  agency_id int not null,
  code text not null constraint fee_amount_procedure_fkey references catalogue.procedure,
  fee_key text not null,
  valid_from date not null,
  valid_to date,
  amount int not null,
  basis text not null,
  constraint fee_amount_pkey primary key (agency_id, code, fee_key, valid_from),
  constraint fee_amount_validity check (valid_to is null or valid_to >= valid_from),
  constraint fee_amount_not_negative check (amount >= 0)
);
comment on table catalogue.fee_amount is 'Mức phí, lệ phí do hội đồng nhân dân tỉnh quy định hoặc áp dụng riêng tại cơ quan';
grant select, insert on catalogue.fee_amount to motcua_app;
grant update (valid_to) on catalogue.fee_amount to motcua_app;

create table catalogue.change (
  change_id bigint generated always as identity constraint change_pkey primary key,
  changed_at timestamptz not null default now(),
  changed_by int,
  what text not null,
  code text,
  details jsonb not null
);
comment on table catalogue.change is 'Nhật ký thay đổi danh mục thủ tục; chỉ thêm, không sửa, không xóa';
create index change_by_code on catalogue.change (code, change_id);
grant select, insert on catalogue.change to motcua_app;

grant usage on all sequences in schema catalogue to motcua_app;
