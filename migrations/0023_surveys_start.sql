-- Surveys of satisfaction.
create schema surveys;
grant usage on schema surveys to motcua_app;
