-- A dossier goes on by the process under which it was received, whatever becomes of that process later: the event names
-- a copy by its hash. Processes repeat, so there are as many copies as there were processes, not as dossiers.

create table dossiers.process (
  hash text not null,
  content jsonb not null,
  kept_at timestamptz not null default now(),
  constraint process_pkey primary key (hash),
  constraint process_hash check (hash ~ '^[0-9a-f]{64}$')
);
comment on table dossiers.process is 'Bản lưu quy trình nội bộ mà hồ sơ được tiếp nhận theo đó; sự kiện tiếp nhận dẫn tới bản lưu bằng mã băm';
comment on column dossiers.process.hash is 'SHA-256 của nội dung ở dạng chuẩn (RFC 8785)';
grant select, insert on dossiers.process to motcua_app;
