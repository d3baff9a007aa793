-- Facts read off the log, and their roll-ups.

create schema statistics;
grant usage on schema statistics to motcua_app;
