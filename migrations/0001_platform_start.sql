-- What every feature stands on: extensions, the application's role, the scope of row-level security.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

do $$ begin
  if not exists (select from pg_roles where rolname = 'motcua_app') then
    create role motcua_app nologin nosuperuser nobypassrls;
  end if;
  -- The login that migrates is also the login of the application, which takes on motcua_app at once.
  -- Since PostgreSQL 16 who makes a role may grant it, but not yet take it on.
  begin
    execute format('grant motcua_app to %I', current_user);
  exception when insufficient_privilege then
    if not pg_has_role(current_user, 'motcua_app', 'member') then raise; end if;
  end;
end $$;

grant usage on schema platform to motcua_app;
grant select on platform.migration to motcua_app;
comment on table platform.migration is 'Các bước nâng cấp cơ sở dữ liệu đã chạy';

-- The agencies whose rows this transaction may see; empty when nobody said so.
create function platform.scope_agencies() returns int[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('app.agencies', true), ''), '{}')::int[] $$;

-- One dossier of another agency that was opened on purpose, or null.
create function platform.scope_dossier() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.dossier', true), '')::uuid $$;

-- Text for search: no accents, no tone position, small letters, single spaces. đ becomes d, NFD and NFC are equal.
create function platform.search_text(value text) returns text language sql immutable parallel safe strict as
  $$ select trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, nfc))), '[^a-z0-9]+', ' ', 'g')) $$;

grant execute on all functions in schema platform to motcua_app;

-- How far each follower of the log has read.
create table platform.follower (
  name text primary key,
  -- The last entry that was handled: its transaction, then its place in it.
  transaction_id xid8 not null default '0',
  position bigint not null default 0,
  followed_at timestamptz not null default now()
);
comment on table platform.follower is 'Vị trí đã đọc của từng bộ phận đọc nhật ký';
grant select, insert, update on platform.follower to motcua_app;

-- Facts about this installation, e.g. that it is a demo.
create table platform.setting (
  name text primary key,
  value jsonb not null,
  set_at timestamptz not null default now()
);
comment on table platform.setting is 'Thiết đặt của hệ thống';
grant select, insert, update, delete on platform.setting to motcua_app;
