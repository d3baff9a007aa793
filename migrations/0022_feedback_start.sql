-- Citizens' petitions (phản ánh, kiến nghị).
create schema feedback;
grant usage on schema feedback to motcua_app;
