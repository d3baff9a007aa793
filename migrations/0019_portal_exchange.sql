-- What officers marked as wrong in an online dossier; the national portal's port; the post.

create table portal.mark (
  agency_id int not null,
  mark_id uuid not null,
  dossier_id uuid not null,
  -- The command that asked for the supplement: marks of one request belong together, and a repeated one is found.
  command_id uuid not null,
  kind text not null constraint mark_kind check (kind in ('field', 'paper')),
  target text not null constraint mark_target check (length(target) between 1 and 500),
  -- Label, note, and what stood there before and after: encrypted.
  secret bytea not null,
  marked_at timestamptz not null,
  marked_by int not null,
  -- Null until the request was accepted: a mark without it is not shown to anybody.
  requested_at timestamptz,
  mended_at timestamptz,
  constraint mark_pkey primary key (agency_id, mark_id),
  constraint mark_once unique (agency_id, dossier_id, command_id, kind, target),
  constraint mark_mended_after_request check (mended_at is null or requested_at is not null)
);
comment on table portal.mark is 'Chỗ cán bộ đánh dấu cần sửa trong hồ sơ trực tuyến: từng ô khai, từng giấy tờ, kèm lời nhắn (mã hóa)';
comment on column portal.mark.target is 'Đường dẫn của ô khai (JSON pointer) hoặc khóa của thành phần hồ sơ';
alter table portal.mark enable row level security;
create policy own_agency on portal.mark
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
grant select, insert, delete on portal.mark to motcua_app;
grant update (secret, requested_at, mended_at) on portal.mark to motcua_app;
